"""The language of the editors' prose in its exact form, and how a day is written out in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import get_date_format

from apparatus.language import UNDETERMINED
from apparatus.sphinxext.config import is_set, settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: An English book is British if it says no more.
USUAL = "en-GB"
BRITISH = "%-d %B %Y"


def book_language(config: Config) -> str:
    """The language of the editors' prose, in its exact form."""
    said = settings(config).language or (str(config.language) if is_set(config, "language") else UNDETERMINED)
    return USUAL if said == "en" else said.replace("_", "-")


def date_format(language: str) -> str:
    """How a day is written out in a language, as Sphinx's ``today_fmt``: *24 December 2026*, *24. Dezember 2026*."""
    if language in (USUAL, UNDETERMINED):
        return BRITISH
    try:
        pattern = str(get_date_format("long", Locale.parse(language, sep="-")).pattern)
    except (UnknownLocaleError, ValueError):
        pattern = ""
    if not pattern:
        return BRITISH
    bare = {"d": "%-d", "dd": "%d", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%-m", "y": "%Y"}
    parts = re.findall(r"'([^']*)'|([A-Za-z]+)|([^A-Za-z']+)", pattern)
    return "".join(quoted or bare.get(letters, "") or between for quoted, letters, between in parts)


def write_out_days(app: Sphinx, config: Config) -> None:
    """Have every output write the date as the book does (``config-inited``)."""
    if not is_set(config, "today_fmt"):
        config.today_fmt = date_format(book_language(config))
