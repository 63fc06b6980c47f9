"""Headings and words in old or foreign letters: anchors that stay, letters that a table lacks."""

from __future__ import annotations

import re

import pytest
from building import build, project

from apparatus.sphinxext.names import letters
from apparatus.sphinxext.source.heading_ids import anchor_of


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Русское движение", "russkoe-dvizhenie"),
        ("Артемьев, В. П.: письма", "artemev-v-p-pisma"),
        ("Ἰλιάς", "ἰλιάς"),
        ("שלום", "שלום"),
        ("1942", "h-1942"),  # a number alone is the anchor of a passage
        ("…", ""),
    ],
)
def test_a_heading_has_an_anchor_of_its_words(title, anchor):
    assert anchor_of(title) == anchor


@pytest.mark.parametrize("before", ["", "## Введение\n\n"])
def test_a_heading_more_moves_no_anchor(tmp_path, before):
    headings = (
        f"## Русское движение\n\n[there](#target)\n\n{before}## Армия\n\n(target)=\n## Армия\n\n## 1942\n"
    )
    notes = {"notes.md": f"---\norphan: true\n---\n\n# Notes\n\n{headings}"}
    built = build(project(tmp_path / "source", "# T\n\nA.\n", witnesses="", **notes), tmp_path / "build")
    page = built.page("notes")
    for anchor, title in (
        *(("russkoe-dvizhenie", "Русское движение"), ("armiia", "Армия"), ("target", "Армия")),
        ("h-1942", "1942"),
    ):
        assert re.search(
            rf'<section id="{anchor}">\s*(?:<span id="[^"]*"></span>)?<h2>(?:<[^>]*>)*{title}', page
        )
    assert 'id="armiia-2"' in page  # the second of that name has its own beside the one that is given
    assert 'href="#target"' in page
    assert not re.search(r'id="id\d', page)


def test_old_letters_build_and_stay_and_are_told_once(tmp_path, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(letters, "inform", said.append)
    page = "# Notes\n\nThe word ꙗсноꙗ and the word ꙗсны\u0301й.\n\nAgain ꙗ, and зємлѧ.\n"
    source = project(tmp_path / "source", page, witnesses="")
    built = build(source, tmp_path / "build")
    shown = re.findall(r'<span class="transliteration"[^>]*> \[(.*?)\]</span>', built.page("index"))
    assert shown == ["ꙗsnoꙗ", "ꙗsnýi", "ꙗ", "zєmlѧ"]
    file = source / "index.md"
    assert said == [
        f"transliteration: ala-lc-plain has no value for ꙗ ({file}:7), є ({file}:9), ѧ ({file}:9); what has none "
        "stays as it is"
    ]
    build(source, tmp_path / "build")  # again, from what is remembered
    assert said[1:] == said[:1]


def test_where_every_letter_has_a_value_nothing_is_told(tmp_path, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(letters, "inform", said.append)
    build(project(tmp_path / "source", "# Notes\n\nВласов\n", witnesses=""), tmp_path / "build")
    assert said == []
