"""The one style sheet of a page of plain edited text: Furo's and ours joined, without what such a page has no use for.

A page with anything more (a table, verse, code, another script, a sheet of another extension) has the two sheets.
"""

from __future__ import annotations

from collections.abc import Iterable

from apparatus.sphinxext.html.furo_styles import RARE_CLASSES, RARE_TAGS, Things

#: The sheet.
SHEET = "text.css"
_CLASSES = (
    r"(?:genindex|domainindex)-\w+|toc-(?:tree|title|scroll|sticky)(?:-container)?|contents|search|icons|problematic|rubric|math|eqno"
    r"|align-\w+|text-(?:align|left|right|center)|(?:lower|upper)(?:alpha|roman)|citation|epigraph|pull-quote|highlights|sig-inline"
    r"|code-block-caption|literal-block-wrapper|field-list|option-list|glossary|external|caption|table-wrapper|docutils-table"
    r"|this-will-duplicate-information-and-it-is-still-useful-here"
    r"|verse|line|side-by-side|pair|goes-on|first-at-right|counterpart|half|indent-\d+|attribution|stub|sidebar-logo(?:-container)?"
    r"|in-margin|in-line|of-several|milestone-number|speaker|stage|doubtful|in-columns|carriers(?:-of-section)?|way-(?:to|from)"
    r"|compound|caption-text|classifier|unplaced|moved|begins|editors-words|toc-backref"
)
_TAGS = "code|table|th|td|caption|figcaption|small|sub|b|optgroup|h[3-6]|blockquote"
#: Languages for which our sheet has faces.
LANGUAGES = "he|hbo|yi|arc|ar|fa|ota|ur|syr|syc|cu|orv|cop|zh|ja|lzh|sa-Deva|hi|pi"
#: What a page of plain text lacks, besides.
UNUSUAL = Things(f"{RARE_CLASSES}|{_CLASSES}", f"{RARE_TAGS}|{_TAGS}", LANGUAGES)


def is_plain_text(parts: Iterable[str]) -> bool:
    """Whether the parts of a page hold nothing but what the sheet has rules for."""
    return not any(map(UNUSUAL.are_on, parts))
