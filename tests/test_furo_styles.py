"""Furo's style sheet without what few pages need: no rule is lost that a page has a use for."""

from __future__ import annotations

import re

import pytest

from apparatus.sphinxext.html.furo_styles import has_use_for_all, lean

SHEET = (
    "body{--icon-note:url('data:a;b}c');--color-api-name:red;--font:serif;font:var(--font)}"
    ".admonition,.topic{padding:1rem}.admonition.note{color:var(--color-api-name)}"
    ".admonition p,article p{margin:0}code,kbd,samp{font:mono}.highlight pre{padding:0}.highlighted{color:red}"
    "p:not(.admonition-title,.x){color:blue}dl[class]:not(.simple) dt{color:green}"
    "@media print{.sig{display:none}a{color:black}}@media screen{pre{color:red}}"
    "@keyframes turn{from{top:0}to{top:1px}}"
)


def test_only_rules_go_that_ask_for_what_a_page_lacks() -> None:
    assert lean(SHEET) == (
        "body{--font:serif;font:var(--font)}.admonition p,article p{margin:0}code,kbd,samp{font:mono}"
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
    assert has_use_for_all(page) is needs_all


def test_what_a_rule_asks_for_and_what_a_page_has_are_the_same_things() -> None:
    from apparatus.sphinxext.html import furo_styles

    for name in ("admonition-title", "topic", "sig-name", "highlight-python", "footnote", "versionadded"):
        assert lean(f".{name}{{color:red}}") == ""
        assert has_use_for_all(f'<div class="{name}">')
    for tag in furo_styles._TAGS.split("|"):
        assert lean(f"{tag}{{color:red}}") == ""
        assert has_use_for_all(f"<{tag}>")
    assert re.fullmatch(r"[a-z|]+", furo_styles._TAGS)
