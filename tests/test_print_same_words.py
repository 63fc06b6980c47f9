"""Same words in a line of print are told apart by a number, and only there."""

from __future__ import annotations

import pytest
from building import CONF, project
from printing import FAULTS, Paper, squeeze, typeset

pytestmark = pytest.mark.tex

TEXT = """\
# A

The cat and the *cat* saw the end of the day.

:::{apparatus}
cat^1 ] dog A
cat^2 ] hog A
the^3 ] an A
the end ] their end A
saw ] was A
:::

A line of words that is long enough to be broken into two by any measure, in which the dove comes
early and, many words after it, at the very end of the sentence, a second time the dove.

:::{apparatus}
dove^2 ] hawk A
:::
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("same")
    return typeset(project(folder / "source", TEXT, conf=CONF), folder / "out")


def foot(paper: Paper) -> str:
    return squeeze(paper.foot(paper.places["1.1"].page))


def test_each_of_two_on_a_line_has_its_number(paper: Paper) -> None:
    assert "cat1]dogA" in foot(paper)
    assert "cat2]hogA" in foot(paper)


def test_nested_lemmata_are_counted_each_for_itself(paper: Paper) -> None:
    """The article is the third of its form on the line, *the end* is there once."""
    assert "the3]anA" in foot(paper)
    assert "theend]theirendA" in foot(paper)


def test_words_that_stand_once_have_no_number(paper: Paper) -> None:
    assert "saw]wasA" in foot(paper)


def test_the_same_word_on_another_line_is_not_counted(paper: Paper) -> None:
    assert paper.line("1.2-a1:start") > paper.line("1.2")
    assert "dove]hawkA" in foot(paper)


def test_the_log_has_no_fault(paper: Paper) -> None:
    assert FAULTS.findall(paper.log) == []
