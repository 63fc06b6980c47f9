"""Tables on paper: as short as they can be, and headings of rows above them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import build, project
from printing import Paper, squeeze, typeset

from apparatus.sphinxext.latex import unset
from apparatus.sphinxext.latex.tables import fitted, shortest

LENGTHS = {"short": range(27, 37), "prose": range(14, 22)}


def test_the_column_with_most_words_is_widest() -> None:
    rows = [["a", "b" * 200], ["a", "b" * 150]]
    narrow, wide = shortest(rows, [8, 8], 76)
    assert narrow < 12
    assert narrow + wide == pytest.approx(76, abs=1)


def test_no_column_is_narrower_than_its_longest_word() -> None:
    assert shortest([["x" * 200, "y" * 10]], [5, 20], 76)[1] >= 20


def test_what_a_line_does_not_hold_is_taken_from_the_widest_column() -> None:
    assert fitted([14, 86], 76) == [14, 62]
    assert fitted([10, 20], 76) == [10, 20]
    assert fitted([60, 90, 10], 76) == [60, 45, 10]  # no column is made nothing


@pytest.mark.tex
def test_the_headings_of_rows_stand_above_the_other_cells(sample: Paper) -> None:
    pages = [{w.text: w for w in page} for page in sample.pages]
    (words,) = (page for page in pages if "Money" in page)
    assert "Theme" not in words
    assert words["Money"].left == pytest.approx(words["First"].left, abs=1)
    assert words["Money"].bottom < words["little."].top + 3 < words["Another"].bottom


TABLE = """# The Ferry

| Boat | Price |
|---|---|
| large | five pence |

:::{apparatus}
five ] six A
:::

| One |
|---|
| column |
"""


def test_a_table_of_edited_text_is_printed_cell_below_cell_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is information: nothing is lost, and there is nothing to mend."""
    told: list[str] = []
    monkeypatch.setattr(unset, "inform", told.append)
    source = project(tmp_path / "source", TABLE)
    out = build(source, tmp_path / "build", builder="latex", allow="siglum_unused siglum_is_a_word").out
    tex = next(out.glob("*.tex")).read_text(encoding="utf-8")
    kinds = re.findall(r"\\passage\{(\w+)\}\{0\}\{\}\{(1\.\d)\}", tex)
    assert kinds[:4] == [("row", "1.1"), ("cell", "1.2"), ("row", "1.3"), ("cell", "1.4")]
    assert told == [f"{source / 'index.md'}:7: in print: {unset.BELOW}"]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Tables of every length, each from the top of a page: some would leave one row for the next."""
    prose = "words of a row that go on and on until they fill more than one line, and then some more of them, so it is prose"
    head = "| Row | Words |\n|---|---|\n"
    chapters = {
        f"{kind}{n}.md": f"# Table {n}\n\n{head}"
        + "".join(f"| {kind}{n}.{i} | {words} |\n" for i in range(1, n + 1))
        for kind, words in (("short", "words of a row"), ("prose", prose))
        for n in LENGTHS[kind]
    }
    index = "# All\n\nOnly words.\n\n```{toctree}\n" + "\n".join(name[:-3] for name in chapters) + "\n```\n"
    folder = tmp_path_factory.mktemp("tables")
    source = project(folder / "source", "", witnesses="", **{"index.md": index, **chapters})
    return typeset(source, folder / "out")


@pytest.mark.tex
def test_a_document_without_numbered_text_is_a_book_too(tables: Paper) -> None:
    assert squeeze("Only words.") in squeeze(tables.run("pdftotext", "PDF", "-"))


@pytest.mark.tex
def test_the_last_row_of_a_table_is_never_alone_on_a_page(tables: Paper) -> None:
    pages = {w.text: i for i, page in enumerate(tables.pages) for w in page}
    for kind, lengths in LENGTHS.items():
        assert any(pages[f"{kind}{n}.1"] != pages[f"{kind}{n}.{n}"] for n in lengths)
        for n in lengths:
            assert pages[f"{kind}{n}.{n}"] == pages[f"{kind}{n}.{n - 1}"], (kind, n)
