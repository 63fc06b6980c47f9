"""Same words in a line of print are told apart by a number, and only there."""

from __future__ import annotations

import pytest
from printing import Paper, squeeze
from sampling import section_of

pytestmark = pytest.mark.tex

SECTION = section_of("same")


def foot(paper: Paper) -> str:
    return squeeze(paper.foot(paper.places[f"{SECTION}.1"].page))


def test_each_of_two_on_a_line_has_its_number(sample: Paper) -> None:
    assert "cat1]dogA" in foot(sample)
    assert "cat2]hogA" in foot(sample)


def test_nested_lemmata_are_counted_each_for_itself(sample: Paper) -> None:
    """The article is the third of its form on the line, *the end* is there once."""
    assert "the3]anA" in foot(sample)
    assert "theend]theirendA" in foot(sample)


def test_words_that_stand_once_have_no_number(sample: Paper) -> None:
    assert "saw]wasA" in foot(sample)


def test_the_same_word_on_another_line_is_not_counted(sample: Paper) -> None:
    assert sample.line(f"{SECTION}.2-a1:start") > sample.line(f"{SECTION}.2")
    assert "dove]hawkA" in foot(sample)
