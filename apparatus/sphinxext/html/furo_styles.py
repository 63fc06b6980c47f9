"""Furo's style sheet without what a page has no use for: code, signatures of functions, admonitions and the like.

They are two fifths of it, and a page of text has none. A rule is left out only if every selector asks for something that
the page lacks, so that nothing on it looks otherwise; the order of the others is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: The sheet for pages that have none of these things.
LEAN = "furo-lean.css"
#: Classes of what few pages have.
_CLASSES = (
    r"(?:admonition|topic|sig|sd|code-block|viewcode|literal-block|announcement|footnote|option-list|field-list)(?:-[\w-]+)?"
    r"|highlight(?:table|-[\w-]+)?|versionadded|versionchanged|versionremoved|versionmodified|deprecated|property"
    r"|centered|figure|sidebar|only-light|only-dark|visually-hidden|hlist|guilabel|menuselection|math-wrapper|line-block"
    r"|toctree-wrapper|edit-this-page|view-this-page"
)
#: Elements of what few pages have, but those that scripts of ours make.
_TAGS = "pre|samp|img|figure|hr|abbr|progress"
_ASKS = re.compile(rf"\.(?:{_CLASSES})(?![\w-])|(?<![\w.#-])(?:{_TAGS})(?![\w-])|^dl\[class\]")
_HAS = re.compile(rf'class="(?:[^"]* )?(?:{_CLASSES})[ "]|<(?:{_TAGS})[ >/]|<dl [^>]*class=')
_USES = re.compile(r"var\((--[\w-]+)")
#: A custom property of Furo's with its value, which may be a picture in quotation marks; the sheets of others may use other names.
_VALUES = re.compile(
    r"(?<=[{;])(--(?:icon|color-api|color-admonition|color-guilabel|api|admonition|sig)-[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*(?:;|(?=\}))"
)
#: Braces, and strings, which may hold some.
_BRACES = re.compile(r"\"[^\"]*\"|'[^']*'|[{}]")
_COMMA = re.compile(r",(?![^()]*\))")
_FUNCTIONS = re.compile(r":(?:not|is|where|has)\([^()]*\)|\[[^\]]*\]")


def has_use_for_all(page: str) -> bool:
    """Whether a page has something for which only the whole sheet has rules."""
    return _HAS.search(page) is not None


def lean(sheet: str) -> str:
    """A minified sheet without the rules that ask only for such things, and without the values that only these use."""
    return _without_unused_values("".join(_kept(sheet)))


def _without_unused_values(sheet: str) -> str:
    """A sheet without custom properties that it never asks for; these may have asked for others."""
    used = set(_USES.findall(sheet))
    left = _VALUES.sub(lambda found: found[0] if found[1] in used else "", sheet)
    return left if left == sheet else _without_unused_values(left)


def _kept(sheet: str) -> Iterator[str]:
    for selectors, body in _rules(sheet):
        if selectors.startswith(("@media", "@supports")):
            inside = "".join(_kept(body))
            yield f"{selectors}{{{inside}}}" if inside else ""
        elif selectors.startswith("@") or not all(map(_asks, _COMMA.split(selectors))):
            yield f"{selectors}{{{body}}}"


def _asks(selector: str) -> bool:
    """Whether a selector needs such a thing; what stands in brackets is not looked at."""
    return (
        _ASKS.search(selector if selector.startswith("dl[class]") else _FUNCTIONS.sub("", selector))
        is not None
    )


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Every rule that is not within another: its selectors, and what stands between its braces."""
    start = opening = depth = 0
    for found in _BRACES.finditer(sheet):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == "{" and depth == 1:
            opening = found.end()
        elif found[0] == "}" and depth == 0:
            yield sheet[start : opening - 1], sheet[opening : found.start()]
            start = found.end()
