"""Tables on paper: as short as they can be, and headings of rows above them."""

from __future__ import annotations

import pytest
from building import CONF, project
from printing import FAULTS, Paper, missing_programs, typeset

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


@pytest.mark.skipif(bool(missing_programs()), reason=f"needs {', '.join(missing_programs())}")
def test_the_headings_of_rows_stand_above_the_other_cells(tmp_path) -> None:
    source = project(tmp_path / "source", "", conf=CONF, **{"index.md": TEXT})
    paper: Paper = typeset(source, tmp_path / "out")
    assert FAULTS.findall(paper.log) == []
    words = {w.text: w for page in paper.pages for w in page}
    assert "Theme" not in words
    assert words["Money"].left == pytest.approx(words["First"].left, abs=1)
    assert words["Money"].bottom < words["little."].top + 3 < words["Another"].bottom


@pytest.mark.skipif(bool(missing_programs()), reason=f"needs {', '.join(missing_programs())}")
def test_the_last_row_of_a_table_is_never_alone_on_a_page(tmp_path) -> None:
    """Tables of every length, each from the top of a page: some would leave one row for the next."""
    lengths = range(27, 37)
    head = "| Row | Words |\n|---|---|\n"
    chapters = {
        f"t{n}.md": f"# Table {n}\n\n{head}"
        + "".join(f"| r{n}.{i} | words of a row |\n" for i in range(1, n + 1))
        for n in lengths
    }
    index = "# All\n\n```{toctree}\n" + "\n".join(name[:-3] for name in chapters) + "\n```\n"
    source = project(tmp_path / "source", "", conf=CONF, **{"index.md": index, **chapters})
    paper: Paper = typeset(source, tmp_path / "out")
    pages: dict[str, int] = {
        w.text: i for i, page in enumerate(paper.pages) for w in page if w.text[0] == "r"
    }
    assert any(pages[f"r{n}.1"] != pages[f"r{n}.{n}"] for n in lengths)
    for n in lengths:
        assert pages[f"r{n}.{n}"] == pages[f"r{n}.{n - 1}"], n
