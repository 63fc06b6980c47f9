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
