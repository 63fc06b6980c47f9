"""Tags of languages as an edition takes them (BCP 47)."""

from __future__ import annotations

import re

from babel import Locale
from babel.core import get_global

_TAG = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)")


def language(tag: str) -> str:
    """A tag in its shortest form; nothing where it names no language that is known."""
    found = _TAG.fullmatch(tag)
    if not found:
        return ""
    first = found[1].lower()
    shorter = str(get_global("language_aliases").get(first, first)).partition("_")[0]
    first = shorter if len(shorter) == 2 else first
    known = len(first) == 3 or first in Locale.parse("en").languages
    return first + found[2] if known else ""
