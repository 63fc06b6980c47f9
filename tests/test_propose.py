"""The entry that would record a difference is always found, and proved before it is offered."""

from __future__ import annotations

import re

import pytest
from collating import SmallEdition
from hypothesis import given
from hypothesis import strategies as st

from apparatus.collation.mending.lemma import lemma_for
from apparatus.model import Lemma, Place, Span, Words
from apparatus.problems import ProblemKind

PASTE = re.compile(r"write (?:below (\d+)|in place of the entry at text\.md:(\d+)): (.*)$")
THREE = ["They fought, lost the war.", "Then they left the town.", "The end came."]


def offered(edition: SmallEdition, theirs: list[str], witness: str = "A") -> list[tuple[int, str]]:
    """Each line to write, with the block to write it below; all of them are new entries."""
    matches = [PASTE.search(p.message) for p in edition.collate(**{witness: theirs}).problems]
    assert None not in matches
    return [(int(m[1]), m[3]) for m in matches if m]


def joined(lines: list[str], theirs: list[str], base: list[str] = THREE) -> list[str]:
    """The entries after the offers for B have been carried out, in place of the old and besides."""
    now = list(lines)
    for problem in SmallEdition(base, lines).collate(B=theirs).problems:
        offer = PASTE.search(problem.message)
        assert offer, problem
        if offer[2]:
            now[int(offer[2]) - 101] = offer[3]
        else:
            now.append(offer[3])
    assert SmallEdition(base, now).collate(B=theirs).problems == ()
    return now


@pytest.mark.parametrize(
    ("theirs", "line"),
    [
        (["They fought, won the war.", *THREE[1:]], (1, "lost ] won A")),
        (["They fought, the war.", *THREE[1:]], (1, "lost ] om. A")),
        (["They fought lost the war.", *THREE[1:]], (1, "fought, ] fought A")),
        (["They fought; lost the war.", *THREE[1:]], (1, "fought, ] fought; A")),
        (["They fought, lost the whole war.", *THREE[1:]], (1, "the ] add. whole A")),
        (["And They fought, lost the war.", *THREE[1:]], (1, "They ] praem. And A")),
        ([THREE[0], THREE[2]], (2, "¶ ] om. A")),
        ([THREE[0]], (2, "2–3: ¶ ] om. A")),
        ([THREE[0], "New.", *THREE[1:]], (1, "¶ ] add. New. A")),
        (["New.", *THREE], (1, "¶ ] praem. New. A")),
        ([*THREE, "One.", "Two."], (3, "¶ ] add. One. ¶ Two. A")),
        ([" ".join(THREE[:2]), THREE[2]], (1, "war. ¶ Then ] war. Then A")),
        (["They fought,", "lost the war.", *THREE[1:]], (1, "fought, lost ] fought, ¶ lost A")),
    ],
)
def test_each_kind_of_difference_has_its_line(theirs: list[str], line: tuple[int, str]) -> None:
    edition = SmallEdition(THREE)
    assert offered(edition, theirs) == [line]
    assert SmallEdition(THREE, [line]).collate(A=theirs).problems == ()


def test_a_word_that_stands_more_than_once_is_numbered() -> None:
    assert offered(SmallEdition(["the old the new"]), ["the old a new"]) == [(1, "the^2 ] a A")]


def test_a_text_that_would_be_misread_is_quoted() -> None:
    assert offered(SmallEdition(["a b c"]), ["a A c"]) == [(1, 'b ] "A" A')]
    assert offered(SmallEdition(["a b c"]), ["a om. c"])[0][0] == 1


def test_a_long_lemma_is_abbreviated() -> None:
    block = "one two three four five six seven eight nine"
    assert offered(SmallEdition([block]), ["one nine"]) == [(1, "two … eight ] om. A")]


def test_a_line_respects_the_entries_that_are_there() -> None:
    lines = ["lost ] won A", (2, "left ] fled A")]
    theirs = ["They fought, won a war.", "Then fled the town.", THREE[2]]
    new = offered(SmallEdition(THREE, lines), theirs)
    assert new == [(1, "the ] a A"), (2, "they ] om. A")]
    assert SmallEdition(THREE, [*lines, *new]).collate(A=theirs).problems == ()


@pytest.mark.parametrize(
    ("entry", "theirs", "after"),
    [
        ("lost ] won A", "They fought, won the war.", "lost ] won A B"),
        ("lost ] won A", "They fought, left the war.", "lost ] won A ; left B"),
        ("lost ] won A (so C also)", "They fought, won the war.", "lost ] won A B (so C also)"),
        ("lost ] won A ; (a remark)", "They fought, left the war.", "lost ] won A ; left B ; (a remark)"),
        ("lost C ] won A", "They fought, won the war.", "lost C ] won A B"),
        ("lost ] won Madvig", "They fought, the war.", "lost ] won Madvig ; om. B"),
        ("fought, lost ] fled, won A", "They fled, won the war.", "fought, lost ] fled, won A B"),
        ("lost the ] won the A", "They fought, won the war.", "lost the ] won the A B"),
        ("the ] add. whole A", "They fought, lost the whole war.", "the ] add. whole A B"),
        ("the ] add. whole A", "They fought, lost the last war.", "the ] add. whole A ; add. last B"),
        ("They ] praem. And A", "And They fought, lost the war.", "They ] praem. And A B"),
        ("¶ ] om. A", "", "¶ ] om. A B"),
    ],
)
def test_a_further_witness_joins_the_entry_about_its_words(entry: str, theirs: str, after: str) -> None:
    assert joined([entry], [theirs, *THREE[1:]] if theirs else THREE[1:]) == [after]


def test_a_difference_of_its_own_does_not_join_a_longer_entry() -> None:
    lines = joined(["fought, lost ] fled, won A"], ["They fought, won the war.", *THREE[1:]])
    assert lines == ["fought, lost ] fled, won A", "lost ] won B"]


def test_two_differences_inside_one_entry_lose_neither() -> None:
    lines = joined(["fought, lost the ] fled A"], ["They came, lost a war.", *THREE[1:]])
    assert lines == ["fought, lost the ] fled A", "fought ] came B", "the ] a B"]


def test_differences_that_stand_in_each_others_way_become_one() -> None:
    theirs = ["—, b"]
    new = offered(SmallEdition(["— b"]), theirs)
    assert SmallEdition(["— b"], new).collate(A=theirs).problems == ()


def test_a_lemma_is_written_so_that_it_means_these_words() -> None:
    text = SmallEdition(["the war the end", "the end of the war"]).text
    assert lemma_for(text, Span(8, 11)) == (None, Lemma(Words("the", 2)))
    assert lemma_for(text, Span(0, 7)) == (None, Lemma(Words("the war")))
    assert lemma_for(text, Span(0, len(text.joined))) == (Place("1", "2"), Lemma(None))
    assert lemma_for(text, Span(4, 30)) == (Place("1", "2"), Lemma(Words("war"), Words("the", 2)))


TOKENS = [
    "the",
    "The",
    "a",
    "led",
    "lead",
    "army,",
    "(so",
    "say)",
    "“over”",
    "lost.",
    "—",
    "don’t",
    "A",
    "om.",
    "3",
    "é",
    "]",
]
blocks = st.lists(
    st.lists(st.sampled_from(TOKENS), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=4
)


def clean(base: list[str], theirs: list[str]) -> None:
    """Paste what is offered until nothing is: it must come to that."""
    lines: list[str | tuple[int, str]] = []
    for _ in range(3):
        edition = SmallEdition(base, lines)
        new = offered(edition, theirs)
        if not new:
            break
        lines += new
    edition = SmallEdition(base, lines)
    assert edition.collate(A=theirs).problems == ()
    assert [b.text for b in edition.witness("A").blocks] == theirs
    assert [b.text for b in edition.witness("B").blocks] == base


@given(blocks, blocks)
def test_any_witness_whatever_can_be_recorded(base: list[str], theirs: list[str]) -> None:
    clean(base, theirs)


@st.composite
def altered(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A text, and a copy with words changed and blocks joined, split, omitted and added."""
    base = draw(blocks)
    words = "\n".join(base).replace("\n", " \n ").split(" ")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(words)))
        size = draw(st.integers(0, 2))
        words[at : at + size] = draw(st.lists(st.sampled_from([*TOKENS, "\n"]), max_size=2))
    theirs = [" ".join(block.split()) for block in " ".join(words).split("\n")]
    return base, [block for block in theirs if block]


@given(altered())
def test_any_alteration_can_be_recorded(pair: tuple[list[str], list[str]]) -> None:
    clean(*pair)


@given(altered(), st.data())
def test_a_second_witness_never_harms_the_first(
    pair: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    """With the offers for A written, those for B, which has some of A's readings, keep A as it is."""
    base, first = pair
    lines: list[str | tuple[int, str]] = list(offered(SmallEdition(base), first))
    if SmallEdition(base, lines).collate(A=first).problems:
        return
    second = [data.draw(st.sampled_from(both)) for both in zip(base, first, strict=False)] or base
    now = list(lines)
    for problem in SmallEdition(base, lines).collate(B=second).problems:
        if offer := PASTE.search(problem.message):
            if offer[2]:
                at = int(offer[2]) - 101
                now[at] = (now[at][0], offer[3])
            else:
                now.append((int(offer[1]), offer[3]))
    edition = SmallEdition(base, now)
    told = edition.collate(A=first, B=second).problems
    assert {problem.kind for problem in told} <= {ProblemKind.SAME_WORDS}  # with the one line for both


@pytest.mark.parametrize(
    ("text", "transcribed", "said"),
    [
        (
            "one two.",
            "one\u00a0two.",
            "A has “\u00a0” (U+00A0 no-break space) where the edition gives it the blank",
        ),
        ("one\u00a0two.", "one two.", "where the edition gives it “\u00a0” (U+00A0 no-break space)"),
        (
            "wellknown x.",
            "well\u00adknown x.",
            "“well\u00adknown” (U+00AD soft hyphen) where the edition gives",
        ),
        ("two\u2009x y.", "two y.", "A lacks “\u2009x” (U+2009 thin space)"),
    ],
)
def test_a_blank_of_another_kind_and_what_nobody_sees_are_named(
    text: str, transcribed: str, said: str
) -> None:
    (problem,) = SmallEdition([text]).collate(A=[transcribed]).problems
    assert said in problem.message


def test_a_blank_of_another_kind_is_named_in_what_an_entry_says() -> None:
    edition = SmallEdition(["one two three."], ["two ] a\u00a0b A"])
    (problem,) = edition.collate(A=["one a b three."]).problems
    assert "reads “a\u00a0b” (U+00A0 no-break space) for “two”, but the transcription" in problem.message


MISPLACED = ["two ] transp. post four A", "four ] add. vier A", "five ] praem. funf A"]
SEVEN = "One two three four five six seven."


def test_no_line_is_offered_for_words_that_the_transcription_has_not_beside_a_false_entry() -> None:
    """A whole passage as it would be with the false words still in it is not what the witness reads."""
    edition = SmallEdition([SEVEN], [*MISPLACED, "six ] sechs A"])
    theirs = "One three four vier two funf five six seven."
    said = [str(problem) for problem in edition.collate(A=[theirs]).problems]
    assert len(said) == 3
    assert any(
        "mend first what is reported beside it; the next build says what to write" in one for one in said
    )
    assert any("has them in another place, or not at all" in one for one in said)
    assert not any("write below" in one for one in said)


@pytest.mark.parametrize(
    ("lines", "theirs", "order"),
    [
        (MISPLACED, "One three four vier two funf five six seven.", (1, 0, 2)),
        (["four ] add. x A", "four ] add. y A"], "One two three four y x five six seven.", (1, 0)),
        (["five ] praem. x A", "five ] praem. y A"], "One two three four y x five six seven.", (1, 0)),
        (
            ["two ] transp. post four A", "six ] transp. post four A"],
            "One three four six two five seven.",
            (1, 0),
        ),
    ],
)
def test_true_entries_in_a_wrong_order_are_said_to_be_that(
    lines: list[str], theirs: str, order: tuple[int, ...]
) -> None:
    (problem,) = SmallEdition([SEVEN], lines).collate(A=[theirs]).problems
    assert "A has in A.txt what this entry says of " in problem.message
    assert problem.message.endswith(": write this entry below text.md:102")
    assert str(problem.origin) == "text.md:101"
    assert SmallEdition([SEVEN], [lines[n] for n in order]).collate(A=[theirs]).problems == ()
