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


PROSE = "words of a row that go on until they fill more than one line, and then some more of them, so it is prose. "
TABLE = f"""# The Ferry

| Boat | Price |
|---|---|
| the large boat | five pence |
| the small one | the same {PROSE * 4} |
| none | |

:::{{apparatus}}
1.3: large ] big A
1.3–1.4: boat ¶ five ] om. A
1.5: the ] a A
1.6: the ] a B
:::

:::{{commentary}}
1.6: same ] A note on the price.
:::

| One |
|---|
| column |

Words behind it.

:::{{apparatus}}
behind ] before A
:::
"""
NOTES = {
    "apparatus_series": {
        "apparatus": {"label": "Apparatus"},
        "commentary": {"label": "Commentary", "holds": "prose", "form": "notes"},
    }
}
LIST = """```{list-table}
* - a
  - - one
    - two
```
"""
JOINED = """```{eval-rst}
+---+---+
| a | b |
+---+---+
| joined|
+---+---+
```
"""
#: What reledmac cannot set as one line, and what of conf.py makes it so.
BELOW = {
    "a list in a cell": (LIST, {}),
    "cells that are joined": (JOINED, {}),
    "a row that is higher than a part of the page": (f"| a | b |\n|---|---|\n| c | {PROSE * 12} |\n", {}),
    "long words": (f"| {'a' * 35} | {'b' * 35} |\n|---|---|\n| c | d |\n", {}),
    "from right to left": ("| א | ב |\n|---|---|\n| ג | ד |\n", {"apparatus_text_language": "he"}),
    "a witness opposite": ("| a | b |\n|---|---|\n| c | d |\n", {"apparatus_layout": "facing"}),
}


def latex(tmp_path: Path, text: str, **config: object) -> str:
    source = project(tmp_path / "source", text)
    out = build(source, tmp_path / "build", builder="latex", allow="any", **config).out
    return next(out.glob("*.tex")).read_text(encoding="utf-8")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said as information."""
    said: list[str] = []
    monkeypatch.setattr(unset, "inform", said.append)
    return said


@pytest.mark.parametrize("name", BELOW)
def test_what_does_not_go_into_one_line_is_printed_cell_below_cell_and_it_is_said(
    tmp_path: Path, told: list[str], name: str
) -> None:
    """It is information: nothing is lost, and there is nothing to mend."""
    text, config = BELOW[name]
    tex = latex(tmp_path, f"# The Ferry\n\nWords.\n\n{text}", **config)
    assert "\\tablerow" not in tex
    assert {"1.2", "1.3"} <= set(re.findall(r"\\passage(?:\{[^{}]*\}){3}\{(.*?)\}", tex))
    assert [unset.BELOW in said for said in told] == [True]


def test_a_row_of_the_edited_text_is_a_line_with_a_box_for_each_cell(tmp_path: Path, told: list[str]) -> None:
    tex = latex(tmp_path, TABLE, **NOTES)
    rows = tex.split("\\tablerow")[1:]
    assert [row.count("\\tablecell") for row in rows] == [2, 2, 2, 2]
    numbers = [re.findall(r"\\cellpassage\{(.*?)\}", row) for row in rows]
    assert numbers == [["1.1", "1.2"], ["1.3", "1.4"], ["1.5", "1.6"], ["1.7"]]
    assert not told


@pytest.fixture(scope="module")
def of_text(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("of-text")
    return typeset(project(folder / "source", TABLE), folder / "out", allow="any", **NOTES)


@pytest.mark.tex
def test_the_cells_of_a_row_of_the_edited_text_stand_side_by_side(of_text: Paper) -> None:
    page = next(page for page in of_text.pages if any(word.text == "Boat" for word in page))
    at = {word.text: word for word in reversed(page)}
    for one, other in (("Boat", "Price"), ("large", "five"), ("small", "same")):
        assert at[one].top == pytest.approx(at[other].top, abs=1), one
        assert at[one].right < at[other].left
    assert at["Price"].left == pytest.approx(at["five"].left, abs=1)
    assert at["pence"].bottom < at["small"].bottom < at["none"].top < at["behind"].top


@pytest.mark.tex
def test_the_entries_of_all_cells_of_a_row_are_keyed_to_its_line(of_text: Paper) -> None:
    foot = squeeze(of_text.foot(of_text.places["1.3"].page))
    assert foot.startswith("3large]bigAboat¶five]om.A4the1]aA")
    assert "the2]aB" in foot
    labels = of_text.pdf.with_suffix(".aux").read_text(encoding="utf-8")
    lines = re.findall(r"labels 1\|(\d+)\|.*\|\{1\.[1-7]:start\}", labels)
    assert "".join(lines) == "2233445"
    assert "Anoteontheprice." in squeeze(of_text.notes(of_text.places["1.6"].page))
    assert {f"1.{n}" for n in range(1, 8)} <= set(of_text.places)


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
