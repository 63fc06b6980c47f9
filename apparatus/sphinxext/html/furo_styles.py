"""Furo's style sheet without what a page has no use for: code, signatures of functions, admonitions and the like.

They are two fifths of it, and a page of text has none. A selector is left out only if it asks for something that the page
lacks, so that nothing on it looks otherwise; the order of the rules is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

#: The sheet for pages that have none of these things.
LEAN = "furo-lean.css"
#: Classes of what few pages have.
RARE_CLASSES = (
    r"(?:admonition|topic|sig|sd|code-block|viewcode|literal-block|announcement|footnote|option-list|field-list)(?:-[\w-]+)?"
    r"|highlight(?:table|-[\w-]+)?|versionadded|versionchanged|versionremoved|versionmodified|deprecated|property"
    r"|centered|figure|sidebar|only-light|only-dark|visually-hidden|hlist|guilabel|menuselection|math-wrapper|line-block"
    r"|toctree-wrapper|edit-this-page|view-this-page"
)
#: Elements of what few pages have, but those that scripts of ours make.
RARE_TAGS = "pre|samp|img|figure|hr|abbr|progress"
_USES = re.compile(r"var\((--[\w-]+)")
_DECLARED = re.compile(r"(?<=[{;])(--[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*(?:;|(?=\}))")
#: A custom property of Furo's with its value, which may be a picture in quotation marks; the sheets of others may use other names.
_VALUES = re.compile(
    r"(?<=[{;])(--(?:icon|color-api|color-admonition|color-guilabel|api|admonition|sig)-[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*(?:;|(?=\}))"
)
#: Braces, and strings, which may hold some.
_BRACES = re.compile(r"\"[^\"]*\"|'[^']*'|[{}]")
_COMMA = re.compile(r",(?![^()]*\))")
_EMPTY = re.compile(r"(?<=[{}])[^{};@]+\{\}")
_FUNCTIONS = re.compile(r":(?:not|is|where|has)\([^()]*\)|\[[^\]]*\]")


class Things:
    """What some pages have and others lack: by their elements a page tells whether it has them, and a selector whether it asks for them."""

    def __init__(self, classes: str, tags: str, languages: str = "") -> None:
        self._classes, self._tags, self._languages = classes, tags, languages or "$."

    @cached_property
    def _asks(self) -> re.Pattern[str]:
        classes, tags, languages = self._classes, self._tags, self._languages
        return re.compile(
            rf"\.(?:{classes})(?![\w-])|(?<![\w.#-])(?:{tags})(?![\w-])|^dl\[class\]|:lang\((?:{languages})\)"
        )

    @cached_property
    def _has(self) -> re.Pattern[str]:
        classes, tags, languages = self._classes, self._tags, self._languages
        return re.compile(
            rf'class="(?:[^"]* )?(?:{classes})[ "]|<(?:{tags})[ >/]|<dl [^>]*class=|lang="(?:{languages})[-"]'
        )

    def are_on(self, page: str) -> bool:
        """Whether a page has any of them."""
        return self._has.search(page) is not None

    def are_asked_for(self, selector: str) -> bool:
        """Whether a selector needs one of them; what stands in brackets is not looked at."""
        bare = selector if selector.startswith("dl[class]") else _FUNCTIONS.sub("", selector)
        return self._asks.search(bare) is not None


#: What only the whole sheet of Furo has rules for.
RARE = Things(RARE_CLASSES, RARE_TAGS)


def lean(sheet: str, lacking: Things = RARE) -> str:
    """A minified sheet without what asks only for things that a page lacks, and without the values that only this uses."""
    return _without_unused_values("".join(_kept(sheet, lacking)))


def joined_sheets(furo: str, ours: str, lacking: Things) -> str:
    """Furo's sheet and ours as one, without rules that a page has no use for, and values that are overridden or never used.

    Ours gives many of Furo's values others, by rules that outweigh Furo's for light and for dark.
    """
    beneath, above = ("".join(_kept(sheet, lacking)) for sheet in (furo, ours))
    values = next(body for selectors, body in _rules(above) if selectors.startswith(":root body"))
    overridden = {found[1] for found in _DECLARED.finditer(f"{{{values}}}")}
    left = _DECLARED.sub(lambda found: "" if found[1] in overridden else found[0], beneath)
    return _EMPTY.sub("", _without_unused_values(left + above, _DECLARED))


def _without_unused_values(sheet: str, values: re.Pattern[str] = _VALUES) -> str:
    """A sheet without custom properties that it never asks for; these may have asked for others."""
    used = set(_USES.findall(sheet))
    left = values.sub(lambda found: found[0] if found[1] in used else "", sheet)
    return left if left == sheet else _without_unused_values(left, values)


def _kept(sheet: str, lacking: Things) -> Iterator[str]:
    for selectors, body in _rules(sheet):
        if selectors.startswith(("@media", "@supports")):
            inside = "".join(_kept(body, lacking))
            yield f"{selectors}{{{inside}}}" if inside else ""
        elif selectors.startswith("@"):
            yield f"{selectors}{{{body}}}"
        else:
            asking = [one for one in _COMMA.split(selectors) if not lacking.are_asked_for(one)]
            yield f"{','.join(asking)}{{{body}}}" if asking else ""


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
