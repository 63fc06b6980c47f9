"""What of a witness stands opposite which block of the reading text."""

from __future__ import annotations

from collections.abc import Sequence

from collating import SmallEdition

from apparatus.edition import Edition
from apparatus.parallel import Paragraph, opposite


def beside(blocks: Sequence[str], *lines: str | tuple[int, str]) -> dict[str, list[Paragraph]]:
    """Number of a block → what A has opposite it."""
    small = SmallEdition(blocks, lines)
    edition = Edition(small.text, small.conspectus, collation=small.collate())
    return {small.text.blocks[i].number: found for i, found in opposite(edition, "A").items()}


def test_each_block_stands_opposite_its_counterpart() -> None:
    found = beside(["The cat sat.", "It slept."], (1, "cat ] dog A"))
    assert found == {"1": [Paragraph("The dog sat.")], "2": [Paragraph("It slept.")]}


def test_what_the_witness_lacks_has_nothing_opposite() -> None:
    assert beside(["One here.", "Two here."], (2, "¶ ] om. A")) == {"1": [Paragraph("One here.")]}


def test_a_block_that_only_the_witness_has_follows_what_stands_before_it_there() -> None:
    found = beside(["One here.", "Two here."], (1, "¶ ] add. New here. A"))
    assert found == {
        "1": [Paragraph("One here."), Paragraph("New here.")],
        "2": [Paragraph("Two here.")],
    }


def test_a_block_that_the_witness_divides_is_two_paragraphs() -> None:
    found = beside(["They fought, lost and left."], (1, "fought, lost ] fought, ¶ lost A"))
    assert found == {"1": [Paragraph("They fought,"), Paragraph("lost and left.")]}


def test_a_moved_block_says_where_the_witness_has_it() -> None:
    found = beside(["One here.", "Two here.", "Three here."], (1, "¶ ] transp. post 3 A"))
    assert found["1"] == [Paragraph("One here.", after="3")]
    assert found["2"] == [Paragraph("Two here.")]


def test_a_block_moved_to_the_beginning_has_nothing_before_it() -> None:
    found = beside(["One here.", "Two here."], (2, "¶ ] transp. ante 1 A"))
    assert found["2"] == [Paragraph("Two here.", after="")]


def test_blocks_that_the_witness_joins_are_divided_where_the_text_divides_them() -> None:
    found = beside(["They lost.", "Then all left."], (1, "lost. ¶ Then ] lost. Then A"))
    assert found == {"1": [Paragraph("They lost.")], "2": [Paragraph("Then all left.", runs_on=True)]}


def test_they_are_divided_so_too_where_the_words_at_the_joint_differ() -> None:
    found = beside(["They lost it all.", "Then they left."], (1, "lost it all. ¶ Then ] gave all, then A"))
    assert found == {"1": [Paragraph("They gave all,")], "2": [Paragraph("then they left.", runs_on=True)]}


def test_three_blocks_in_one_are_divided_twice() -> None:
    found = beside(["One a.", "Two b.", "Three c."], (1, "1–3: a. … Three ] a. Two b. Three A"))
    assert [[(p.text, p.runs_on) for p in found[n]] for n in "123"] == [
        [("One a.", False)],
        [("Two b.", True)],
        [("Three c.", True)],
    ]


def test_words_moved_into_another_block_stay_where_the_witness_has_them() -> None:
    found = beside(["The far bank.", "In the morning."], (1, "far ] transp. ante 2: morning A"))
    assert found == {"1": [Paragraph("The bank.")], "2": [Paragraph("In the far morning.")]}


def test_words_moved_from_a_later_block_do_not_divide_the_one_that_has_them() -> None:
    found = beside(["The far bank.", "In the morning."], (2, "the ] transp. post 1: far A"))
    assert found == {"1": [Paragraph("The far the bank.")], "2": [Paragraph("In morning.")]}


def test_a_mark_alone_begins_no_block() -> None:
    found = beside(["On the bank a bell.", "Someone called."], (1, "1–2: a … called ] om. A"))
    assert [p.text for p in found["1"]] == ["On the bank."]
    assert "2" not in found
