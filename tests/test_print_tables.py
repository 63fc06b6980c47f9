"""Tables on paper: as short as they can be, and headings of rows above them."""

from __future__ import annotations

import pytest
from building import CONF, project
from printing import FAULTS, Paper, typeset

from apparatus.sphinxext.latex.tables import shortest

TEXT = """\
# Plain

| Theme | First | Second | Third |
|---|---|---|---|
| **On the one hand** | Short. | Short too. | A long cell that says a great deal about the theme and more. |
| **Money** | A little. | None. | Another cell that is as long as the first or a good deal longer than it. |
"""


def test_the_column_with_most_words_is_widest() -> None:
    rows = [["a", "b" * 200], ["a", "b" * 150]]
    narrow, wide = shortest(rows, [8, 8], 76)
    assert narrow < 12
    assert narrow + wide == pytest.approx(76, abs=1)


def test_no_column_is_narrower_than_its_longest_word() -> None:
    assert shortest([["x" * 200, "y" * 10]], [5, 20], 76)[1] >= 20


@pytest.mark.tex
def test_the_headings_of_rows_stand_above_the_other_cells(tmp_path) -> None:
    source = project(tmp_path / "source", "", conf=CONF, **{"index.md": TEXT})
    paper: Paper = typeset(source, tmp_path / "out")
    assert FAULTS.findall(paper.log) == []
    words = {w.text: w for page in paper.pages for w in page}
    assert "Theme" not in words
    assert words["Money"].left == pytest.approx(words["First"].left, abs=1)
    assert words["Money"].bottom < words["little."].top + 3 < words["Another"].bottom


@pytest.mark.tex
def test_the_last_row_of_a_table_is_never_alone_on_a_page(tmp_path) -> None:
    """Tables of every length, each from the top of a page: some would leave one row for the next."""
    prose = "words of a row that go on and on until they fill more than one line, and then some more of them, so it is prose"
    tables = {"short": ("words of a row", range(27, 37)), "prose": (prose, range(14, 22))}
    head = "| Row | Words |\n|---|---|\n"
    chapters = {
        f"{kind}{n}.md": f"# Table {n}\n\n{head}"
        + "".join(f"| {kind}{n}.{i} | {words} |\n" for i in range(1, n + 1))
        for kind, (words, lengths) in tables.items()
        for n in lengths
    }
    index = "# All\n\n```{toctree}\n" + "\n".join(name[:-3] for name in chapters) + "\n```\n"
    source = project(tmp_path / "source", "", conf=CONF, **{"index.md": index, **chapters})
    paper: Paper = typeset(source, tmp_path / "out")
    pages = {w.text: i for i, page in enumerate(paper.pages) for w in page}
    for kind, (_, lengths) in tables.items():
        assert any(pages[f"{kind}{n}.1"] != pages[f"{kind}{n}.{n}"] for n in lengths)
        for n in lengths:
            assert pages[f"{kind}{n}.{n}"] == pages[f"{kind}{n}.{n - 1}"], (kind, n)
