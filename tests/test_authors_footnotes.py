"""The author's own footnotes keep their marks, on the page, in the EPUB and in print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import build, project

TEXT = """\
One[^1] two[^h] three[^3a].

Four[^h] five.

[^1]: First.
[^h]: With a letter.
[^3a]: With both.
"""


@pytest.mark.parametrize(("builder", "name"), [("html", "index.html"), ("epub", "index.xhtml")])
def test_on_a_page_each_mark_is_that_of_the_source(tmp_path: Path, builder: str, name: str) -> None:
    built = build(project(tmp_path / "source", TEXT), tmp_path, builder=builder, allow="any")
    page = re.sub(r"<head>.*?</head>|<[^>]+>", "", (built.out / name).read_text(encoding="utf-8"), flags=re.S)
    assert re.search(r"One\s*\[?1\]?\s*two\s*\[?h\]?\s*three\s*\[?3a\]?\.", page)
    assert re.search(r"Four\s*\[?h\]?\s*five", page)
    for mark, words in (("1", "First"), ("h", "With a letter"), ("3a", "With both")):
        assert re.search(rf"\[?{mark}\]?\s*(?:\(1,2\)|\([^)]*\))?\s*{words}", page), words


def test_in_print_each_mark_is_that_of_the_source_told_from_the_editors_by_brackets(tmp_path: Path) -> None:
    built = build(project(tmp_path / "source", TEXT), tmp_path, builder="latex", allow="any")
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert re.findall(r"\\authorsnote\{B\}\{(\w+)\}", tex) == ["1", "h", "3a", "h"]


def test_marks_of_the_editors_own_pages_are_numbered_as_ever(tmp_path: Path) -> None:
    page = "# Introduction\n\nWords[^x].\n\n[^x]: A note.\n"
    built = build(project(tmp_path / "source", TEXT, **{"other.md": page}), tmp_path, allow="any")
    assert re.search(r">1<", built.page("other"))


def test_in_print_each_document_has_its_own_footnotes(tmp_path: Path) -> None:
    """Both count the ids of their footnotes from the same number; the second printed the words of the first."""
    text = "# One\n\nA cat[^1] sat.\n\n[^1]: Of the first.\n\n```{toctree}\ntwo\n```\n"
    other = "---\nedited-text: 2\n---\n\n# Two\n\nA dog[^1] sat.\n\n[^1]: Of the second.\n"
    source = project(tmp_path / "source", text, **{"two.md": other})
    written = build(source, tmp_path, builder="latex", allow="any").out
    tex = next(written.glob("*.tex")).read_text(encoding="utf-8")
    notes = re.findall(r"A (\w+)\\authorsnote\{\w\}\{1\}\{([^{}]*)\}\{\\label\{.*?\}\}(.*?)\}", tex)
    assert [(word, words) for word, _, words in notes] == [
        ("cat", "Of the first."),
        ("dog", "Of the second."),
    ]
    assert len({name for _, name, _ in notes}) == 2
