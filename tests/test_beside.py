"""Words are added beside words, and moved to words, that the witness has."""

from __future__ import annotations

import pytest
from collating import SmallEdition

FIVE = "One two three four five."


def said(lines: list[str | tuple[int, str]], *theirs: str, text: tuple[str, ...] = (FIVE,)) -> list[str]:
    return [str(problem) for problem in SmallEdition(text, lines).collate(A=theirs).problems]


@pytest.mark.parametrize(
    ("lines", "theirs", "line", "instead"),
    [
        (["three ] om. A", "three ] add. drei A"], "One two drei four five.", 102, "drei"),
        (["two three ] om. A", "three ] add. drei A"], "One drei four five.", 102, "drei"),
        (["two three ] om. A", "two ] praem. zwo A"], "One zwo four five.", 102, "zwo"),
        (["two three ] zwei A", "three ] add. drei A"], "One zwei drei four five.", 102, "zwei drei"),
        (["¶ ] eins A", "One ] praem. null A"], "null eins", 102, "null eins"),
        (["three ] om. A", "two three ] add. x A"], "One two x four five.", 102, "x"),
        (["three ] del. A", "three ] add. x A"], "One two x four five.", 102, "x"),
        (["two three ] add. x A", "three ] om. A"], "One two x four five.", 101, "x"),
    ],
)
def test_what_is_added_to_words_that_a_witness_lacks_is_reported(
    lines: list[str | tuple[int, str]], theirs: str, line: int, instead: str
) -> None:
    (problem,) = said(lines, theirs)
    assert problem.startswith(f"text.md:{line}: for A, words stand ")
    assert problem.endswith(
        f"take A out of this one, and let that one say “{instead}” of it [apparatus.inner_reading]"
    )


@pytest.mark.parametrize(
    ("lines", "theirs"),
    [
        (["three ] drei A", "three ] add. x A"], "One two drei x four five."),
        (["two three ] zwei drei A", "three ] add. x A"], "One zwei drei x four five."),
        (["two three ] zwei drei und A", "three ] add. x A"], "One zwei drei und x four five."),
        (["two three ] three A", "three ] add. x A"], "One three x four five."),
        (["two three ] lac. A", "three ] add. x A"], "One [lac.] x four five."),
        (["two ] om. A", "three ] add. x A"], "One three x four five."),
        (["two ] om. A", "two three ] add. x A"], "One three x four five."),
        (["five. ] five A", "five. ] add. x A"], "One two three four five x"),
        ([". ] om. A", "five. ] add. x A"], "One two three four five x"),
        (["two three ] transp. post five A", "three ] add. x A"], "One four five two three x."),
        (["four ] vier A", "two ] transp. ante four A"], "One three two vier five."),
    ],
)
def test_for_these_words_it_may_have_others_or_have_lost_them(
    lines: list[str | tuple[int, str]], theirs: str
) -> None:
    assert said(lines, theirs) == []


@pytest.mark.parametrize(
    ("lines", "theirs"),
    [
        (["two ] transp. ante four A", "four ] om. A"], "One three two five."),
        (["two ] transp. post four A", "three four ] drei A"], "One drei two five."),
        (["two ] transp. post three four A", "four ] transp. ante One A"], "four One three two five."),
        (["three four ] add. x A", "four ] transp. ante One A"], "four One two three x five."),
    ],
)
def test_so_is_what_stands_beside_words_that_it_lacks_or_has_elsewhere(
    lines: list[str | tuple[int, str]], theirs: str
) -> None:
    (problem,) = said(lines, theirs)
    assert problem.startswith("text.md:101: for A, words stand ")
    assert problem.endswith("; name words that A has there [apparatus.inner_reading]")


THREE = ("First.", "Second here.", "Third.")


@pytest.mark.parametrize(
    ("lines", "theirs"),
    [
        ([(2, "¶ ] om. A"), (2, "¶ ] add. New. A")], ("First.", "New.", "Third.")),
        ([(2, "Second here. ] om. A"), (2, "¶ ] praem. New. A")], ("First.", "New.", "Third.")),
        ([(3, "¶ ] om. A"), (1, "¶ ] transp. post 3 A")], ("Second here.", "First.")),
    ],
)
def test_passages_stand_beside_passages_that_it_has(
    lines: list[str | tuple[int, str]], theirs: tuple[str, ...]
) -> None:
    (problem,) = said(lines, *theirs, text=THREE)
    assert problem.endswith("[apparatus.inner_reading]")
    in_part = [(2, "here. ] om. A"), (2, "¶ ] add. New. A")]
    assert said([*in_part], "First.", "Second", "New.", "Third.", text=THREE) == []


def test_a_siglum_for_several_adds_nothing_for_one_that_lacks_the_longer_words() -> None:
    edition = SmallEdition([FIVE], ["two three ] om. A", "three ] add. drei ω"])
    found = edition.collate(A=["One four five."], B=["One two three drei four five."])
    assert found.problems == ()
    assert found.accounts[1].depart == (("B", 0), ("C", 0))
    assert found.accounts[1].excepted == (("A", 0),)


def test_what_an_earlier_hand_added_may_stand_where_a_later_one_cut() -> None:
    edition = SmallEdition([FIVE], ["two three ] om. A^2", "three ] add. drei A"])
    assert edition.witness("A").problems == ()
    assert [block.text for block in edition.witness("A").blocks] == ["One two three drei four five."]
    assert edition.witness("A", "2").problems == ()


def test_what_the_messages_say_to_write_comes_to_an_end() -> None:
    """Taken out of the one, the witness is reported at the other, with the line to write."""
    (problem,) = said(["two three ] om. A"], "One drei four five.")
    assert "; write: two three ] drei A [" in problem
    assert said(["two three ] drei A"], "One drei four five.") == []


TWO = ("One two three.", "Four five six.")


@pytest.mark.parametrize(
    ("line", "theirs"),
    [
        ("two ] transp. ante 2: five A", "One two five three."),
        ("two ] transp. post 2: five A", "One five two three."),
    ],
)
def test_words_moved_to_words_that_are_moved_to_them_stand_at_their_place(line: str, theirs: str) -> None:
    lines: list[str | tuple[int, str]] = [line, (2, "five ] transp. post 1: One A")]
    (problem,) = said(lines, theirs, "Four six.", text=TWO)
    assert problem.startswith("text.md:101: ") and problem.endswith("[apparatus.no_variant]")


def test_by_way_of_a_third_too() -> None:
    lines = ["b ] transp. post e A", "e ] transp. ante h A", "h ] transp. ante c A"]
    (problem,) = said([*lines], "a e b h c d f g i.", text=("a b c d e f g h i.",))
    assert "let the other say that “e” stands before “b” [apparatus.no_variant]" in problem
    assert (
        said(
            ["b ] transp. post e A", "e ] transp. ante h A"],
            "a c d f g e b h i.",
            text=("a b c d e f g h i.",),
        )
        == []
    )


def test_past_a_word_that_stays_they_are_moved() -> None:
    lines = ["two ] transp. post 2: five A", (2, "five ] transp. post 1: three A")]
    assert said(lines, "One three five two.", "Four six.", text=TWO) == []
