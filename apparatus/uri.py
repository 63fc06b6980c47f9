"""Which addresses are links, and which paths lie inside an edition: what its data may point at.

An address that a browser would run (``javascript:``, ``data:``) is none, however it is spelt: browsers
drop control characters and line ends before they read the scheme (WHATWG URL Standard, 4.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

#: Schemes that lead somewhere and run nothing.
SCHEMES = frozenset({"http", "https", "mailto", "doi", "ftp", "ftps", "tel", "urn", "hdl", "news", "geo"})

_DROPPED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([^/?#:]*):")


def scheme_of(address: str) -> str:
    """The scheme of an address in lower case; empty for one that is relative."""
    found = _SCHEME.match(_DROPPED.sub("", address))
    return found[1].lower() if found else ""


def is_link(address: str) -> bool:
    """Whether an address may be a link: relative, or of a scheme that runs nothing."""
    scheme = scheme_of(address)
    return not scheme or scheme in SCHEMES


def is_inside(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a path lies in one of the folders when its links are followed; if they cannot be followed, it does not."""
    try:
        there = path.resolve()
        return any(there.is_relative_to(folder.resolve()) for folder in folders)
    except (OSError, ValueError, RuntimeError):  # a loop of links, a NUL
        return False
