"""Furo's style sheet without what few pages need: no rule is lost that a page has a use for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apparatus.sphinxext.html.furo_styles import RARE, RARE_TAGS, joined_sheets, lean
from apparatus.sphinxext.html.text_styles import LANGUAGES, UNUSUAL, is_plain_text

ROOT = Path(__file__).parents[1]
SHEET = (
    "body{--icon-note:url('data:a;b}c');--color-api-name:red;--font:serif;font:var(--font)}"
    ".admonition,.topic{padding:1rem}.admonition.note{color:var(--color-api-name)}"
    ".admonition p,article p{margin:0}code,kbd,samp{font:mono}.highlight pre{padding:0}.highlighted{color:red}"
    "p:not(.admonition-title,.x){color:blue}dl[class]:not(.simple) dt{color:green}"
    "@media print{.sig{display:none}a{color:black}}@media screen{pre{color:red}}"
    "@keyframes turn{from{top:0}to{top:1px}}"
)


def test_only_selectors_go_that_ask_for_what_a_page_lacks() -> None:
    assert lean(SHEET) == (
        "body{--font:serif;font:var(--font)}article p{margin:0}code,kbd{font:mono}"
        ".highlighted{color:red}p:not(.admonition-title,.x){color:blue}@media print{a{color:black}}"
        "@keyframes turn{from{top:0}to{top:1px}}"
    )


@pytest.mark.parametrize(
    ("page", "needs_all"),
    [
        ('<p class="passage">The topic of <span class="highlighted">sig</span>.</p>', False),
        ('<div class="admonition note">', True),
        ('<div class="a highlight-text notranslate">', True),
        ("<pre>code</pre>", True),
        ('<dl class="simple">', True),
        ("<dl><dt>", False),
        ('<img src="a.png">', True),
    ],
)
def test_a_page_says_by_its_elements_whether_it_needs_the_whole(page: str, needs_all: bool) -> None:
    assert RARE.are_on(page) is needs_all


def test_what_a_rule_asks_for_and_what_a_page_has_are_the_same_things() -> None:
    for name in ("admonition-title", "topic", "sig-name", "highlight-python", "footnote", "versionadded"):
        assert lean(f".{name}{{color:red}}") == ""
        assert RARE.are_on(f'<div class="{name}">')
    for tag in RARE_TAGS.split("|"):
        assert lean(f"{tag}{{color:red}}") == ""
        assert RARE.are_on(f"<{tag}>")
    assert re.fullmatch(r"[a-z|]+", RARE_TAGS)


FURO = (
    "body{--color:#000;--size:1rem;--unused:1px;color:var(--color)}body[data-theme=dark]{--color:#fff}"
    "table,p{margin:var(--size)}.verse .line{top:0}@media print{p{color:red}code{color:red}}"
)
OURS = ":root body,:root{--color:light-dark(red,blue);--ink:var(--color)}p{color:var(--ink)}:lang(he){font:x}.toc-tree{top:0}"


def test_the_joined_sheet_has_no_value_that_ours_overrides_or_nobody_uses() -> None:
    assert joined_sheets(FURO, OURS, UNUSUAL) == (
        "body{--size:1rem;color:var(--color)}p{margin:var(--size)}@media print{p{color:red}}"
        ":root body,:root{--color:light-dark(red,blue);--ink:var(--color)}p{color:var(--ink)}"
    )


@pytest.mark.parametrize(
    ("page", "is_plain"),
    [
        ('<p class="passage">A <span class="name">line</span> of verse.</p><ul class="simple">', True),
        ('<div class="verse">', False),
        ("<table>", False),
        ("<blockquote>", False),
        ('<span lang="he">', False),
        ('<span lang="he-Latn">', False),
        ('<span lang="ru">', True),
        ('<p class="line-block">', False),
    ],
)
def test_a_page_of_plain_text_has_nothing_for_which_the_joined_sheet_has_no_rule(
    page: str, is_plain: bool
) -> None:
    assert is_plain_text([page]) is is_plain


def test_every_language_for_which_our_sheet_has_faces_is_looked_for() -> None:
    sheet = (ROOT / "apparatus" / "static" / "apparatus.css" / "03-reading.css").read_text(encoding="utf-8")
    assert set(re.findall(r":lang\(([\w-]+)\)", sheet)) == set(LANGUAGES.split("|"))
