"""What stands at the foot of the book's pages already has no chapter of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import Built, build, project

from apparatus.sphinxext.latex import left_out

TEXT = """# The Ferry

The boat left at dawn.

:::{apparatus}
boat ] ship A
:::
"""
LINKS = (
    "See [](whole.md), {ref}`all <all>`, {doc}`every entry <whole>` and [here](whole.md#all-that-differs).\n"
)
CONTENTS = "\n```{toctree}\n:hidden:\n\nabout\nwhole\n```\n"
LIST = ":::{whole-apparatus}\n:::\n"


def book(folder: Path, whole: str) -> tuple[Built, str]:
    pages = {"whole.md": whole, "about.md": f"# About\n\n{LINKS}"}
    conf = "extensions = ['myst_parser', 'apparatus']\napparatus_conspectus = 'witnesses.toml'\nmyst_heading_anchors = 2\n"
    source = project(folder / "source", TEXT + CONTENTS, conf=conf, **pages)
    built = build(
        source, folder / "build", builder="latex", allow="siglum_unused siglum_is_a_word xref_missing ref"
    )
    return built, next(built.out.glob("*.tex")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "whole",
    [
        f"(all)=\n# All that differs\n\n{LIST}",
        f"(all)=\n# Whole\n\n## All that differs\n\n{LIST}",
        f"(all)=\n# Whole\n\n{LIST}\n% again\n\n{LIST}\n## All that differs\n\n{LIST}",
    ],
)
def test_a_page_that_has_nothing_else_is_not_in_the_book(tmp_path: Path, whole: str) -> None:
    _, tex = book(tmp_path, whole)
    assert not re.search(r"\\(chapter|section)\{.*(differs|Whole)", tex)
    assert "label{\\detokenize{whole" not in tex


def test_a_reference_to_it_is_its_words(tmp_path: Path) -> None:
    _, tex = book(tmp_path, f"(all)=\n# All that differs\n\n{LIST}")
    assert "hyperref[\\detokenize{whole" not in tex
    assert re.search(r"See .*All that differs.*, .*all.*, .*every entry.* and .*here", tex)


def test_that_it_is_left_out_is_said_once_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(left_out, "inform", told.append)
    built, _ = book(tmp_path, f"# All that differs\n\n{LIST}")
    (said,) = told
    assert said.startswith(
        f"{built.source / 'whole.md'}:3: in print: every entry stands at the foot of its page"
    )


def test_what_else_a_page_says_is_printed(tmp_path: Path) -> None:
    _, tex = book(tmp_path, f"(all)=\n# All that differs\n\n{LIST}\n## On kinds\n\nOf many kinds.\n")
    assert "Of many kinds." in tex
    assert re.search(r"\\chapter\{.*differs", tex)


def test_a_book_of_nothing_else_keeps_its_title(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "", **{"index.md": f"# All that differs\n\n{LIST}"})
    out = build(source, tmp_path / "build", builder="latex").out
    assert "\\begin{document}" in next(out.glob("*.tex")).read_text(encoding="utf-8")
