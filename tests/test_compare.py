"""A rebuilt witness and its transcription: what differs, who is to blame, what would mend it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from collating import FOUR, Line, SmallEdition
from hypothesis import given
from hypothesis import strategies as st

from apparatus.collation.align import hunks, tokens
from apparatus.collation.compare import compare, words_that_differ
from apparatus.collation.rebuild import RebuiltBlock
from apparatus.model import Gap, Lemma, Place, Witness, Words
from apparatus.normalisation import normaliser
from apparatus.problems import ProblemKind

THREE = ["They fought, lost the war.", "Then they left the town.", "The end came."]

some_tokens = st.lists(st.sampled_from("abcdef"), max_size=25)


@given(some_tokens, some_tokens)
def test_what_does_not_differ_is_the_same_on_both_sides(a: list[str], b: list[str]) -> None:
    rest_a, rest_b, i, j = [], [], 0, 0
    for a0, a1, b0, b1 in hunks(a, b):
        assert a1 > a0 or b1 > b0
        rest_a += a[i:a0]
        rest_b += b[j:b0]
        i, j = a1, b1
    assert [*rest_a, *a[i:]] == [*rest_b, *b[j:]]


@given(st.text())
def test_tokens_are_the_whole_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_words_hold_their_accents_and_punctuation_stands_by_itself() -> None:
    assert tokens("ἀνὴρ, don’t") == ["ἀνὴρ", ",", " ", "don", "’", "t"]
    assert tokens(unicodedata.normalize("NFD", "é e")) == ["e\u0301", " ", "e"]


@given(st.text("ab ,\n", max_size=30), st.text("ab ,\n", max_size=30))
def test_the_differences_turn_one_text_into_the_other(a: str, b: str) -> None:
    made, at = "", 0
    for a0, a1, b0, b1 in words_that_differ(a, b):
        made += a[at:a0] + b[b0:b1]
        at = a1
    assert made + a[at:] == b


def parts(ours: list[str], theirs: list[str], *normal: str) -> list[tuple[str, str]]:
    rebuilt = [RebuiltBlock(text, i) for i, text in enumerate(ours)]
    lines = [Line(text, n) for n, text in enumerate(theirs, 1)]
    found = compare(rebuilt, lines, normaliser(normal))
    return [(part.rebuilt_text, part.transcribed_text) for part in found]


def test_only_the_blocks_that_differ_are_looked_at() -> None:
    assert parts(["a", "b", "c"], ["a", "b", "c"]) == []
    assert parts(["a", "b x", "c"], ["a", "b y", "c"]) == [("b x", "b y")]
    assert parts(["a x", "b x"], ["a y", "b y"]) == [("a x", "a y"), ("b x", "b y")]


def test_joined_and_split_blocks_are_seen_together() -> None:
    assert parts(["a b", "c d", "e"], ["a b c d", "e"]) == [("a b\nc d", "a b c d")]
    assert parts(["a b c d", "e"], ["a b", "c d", "e"]) == [("a b c d", "a b\nc d")]


def test_a_block_on_one_side_only_is_seen_beside_its_neighbour() -> None:
    assert parts(["a", "b"], ["a", "x", "b"]) == [("a", "a\nx")]
    assert parts(["a", "b"], ["x", "a", "b"]) == [("a", "x\na")]
    assert parts(["a", "x", "b"], ["a", "b"]) == [("a\nx", "a")]


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [("nfc", "é", "e\u0301"), ("nfkc", "ﬁne", "fine"), ("casefold", "Straße", "STRASSE")],
)
def test_only_what_is_declared_is_normalised(name: str, ours: str, theirs: str) -> None:
    assert parts([ours], [theirs]) == [(ours, theirs)]
    assert parts([ours], [theirs], name) == []


def said(lines: list[str | tuple[int, str]], conspectus=FOUR, **transcripts: list[str]) -> list[str]:
    return [str(p) for p in SmallEdition(THREE, lines, conspectus).collate(**transcripts).problems]


def changed(**blocks: str) -> list[str]:
    return [blocks.get(f"b{i}", block) for i, block in enumerate(THREE, 1)]


def test_a_complete_apparatus_is_silent() -> None:
    edition = SmallEdition(THREE, ["lost ] won A", (2, "¶ ] om. B"), "war ] fight Madvig", "They ] We C"])
    collation = edition.collate(A=changed(b1="They fought, won the war."), B=[THREE[0], THREE[2]], D=THREE)
    assert collation.problems == ()
    assert collation.checked == 2
    assert [edition.entries[i].item.readings[0].text for i in collation.unchecked] == ["fight", "We"]
    assert [b.text for b in collation.rebuilt["B"].blocks] == [THREE[0], THREE[2]]


def test_an_unrecorded_difference_is_reported_at_its_block_with_the_line_to_paste() -> None:
    assert said([], A=changed(b2="Then they fled the town.")) == [
        "text.md:20: in 2, A has “fled” where the edition gives it “left” (A.txt:2), and no entry says so; "
        "write below 2: left ] fled A [apparatus.unrecorded_difference]"
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("By В. П. Then", "By В.П. Then", "A lacks the blank between “В.” and “П.” (A.txt:1)"),
        ("By В.П. Then", "By В. П. Then", "A has a blank between “В.” and “П.” besides (A.txt:1)"),
        (
            "In deed it",
            "In-deed it",
            "A has “-” where the edition gives it the blank between “In” and “deed” ",
        ),
        ("In-deed it", "In deed it", "A has a blank between “In” and “deed” where the edition gives it “-” "),
    ],
)
def test_a_blank_is_told_in_words_with_those_beside_it(ours: str, theirs: str, told: str) -> None:
    edition = SmallEdition([ours, *THREE[1:]], [], FOUR)
    (problem,) = edition.collate(A=[theirs, *THREE[1:]]).problems
    assert told in str(problem)
    assert "“”" not in str(problem)


@pytest.mark.parametrize(
    ("lines", "block", "reason"),
    [
        (
            ["lost ] won A"],
            THREE[0],
            "reads “won” for “lost”, but the transcription (A.txt:1) has “lost”; delete the entry",
        ),
        (["lost ] won A ; gone B"], "They fought, went the war.", "write: lost ] gone B ; went A"),
        (["lost ] won A B"], THREE[0], "write: lost ] won B"),
        (["lost ] won B ; gone A"], "They fought, won the war.", "write: lost ] won B A"),
        (
            ["lost A ] won B"],
            "They fought, went the war.",
            "reads the lemma for “lost”, but the transcription (A.txt:1) has “went”; write: lost ] won B ; went A",
        ),
        (["lost ] won ω"], THREE[0], "write: lost A ] won ω"),
        (["lost ] won cett."], THREE[0], "write: lost A ] won cett."),
        (["lost ] om. A"], THREE[0], "delete the entry"),
        (["lost ] om. A"], "They fought, won the war.", "write: lost ] won A"),
        (["war ] add. again A"], "They fought, lost the war once.", "write: war ] add. once A"),
        (["lost ] won A"], "They fought, the war.", "(A.txt:1) lacks the words; write: lost ] om. A"),
        (
            ["lost ] transp. post war A"],
            THREE[0],
            "has “lost” elsewhere, but the transcription (A.txt) has no such transposition; delete the entry",
        ),
    ],
)
def test_a_false_claim_is_reported_at_the_entry_with_the_entry_as_it_should_be(
    lines: list[str | tuple[int, str]], block: str, reason: str
) -> None:
    (message,) = said(lines, A=changed(b1=block))
    assert message.startswith("text.md:101: the entry says that A ")
    assert message.endswith(f"{reason} [apparatus.false_claim]")


@pytest.mark.parametrize(
    "line", ["¶ ] om. A", "¶ ] transp. post 3 A", "¶ ] add. More A", "¶ ] transp. ante 1 A"]
)
def test_a_false_claim_about_a_block(line: str) -> None:
    (message,) = said([(2, line)], A=THREE)
    assert message.startswith("text.md:101: ")
    assert message.endswith("delete the entry [apparatus.false_claim]")


def test_an_entry_is_not_blamed_for_a_difference_beside_it() -> None:
    (message,) = said(["lost ] won A"], A=changed(b1="They fought, won a war."))
    assert "write below 1: the ] a A" in message


def test_a_correct_omission_is_not_blamed_for_words_added_beside_it() -> None:
    (message,) = said([(2, "Then ] om. A")], A=changed(b2="But they left the town."))
    assert message.endswith("; write: Then ] But A [apparatus.false_claim]")
    (message,) = said([(1, "¶ ] om. A")], A=["And then", *THREE[1:]])
    assert "write: ¶ ] And then A" in message


@pytest.mark.parametrize(
    ("line", "theirs"),
    [
        ("lost ] om. A", "They fought, a war."),
        ("the ] om. A", "They fought, won war."),
        ("the ] om. A", "They fought, lost fight."),
    ],
)
def test_a_correct_omission_is_not_blamed_for_other_words_beside_it(line: str, theirs: str) -> None:
    (message,) = said([line], A=changed(b1=theirs))
    assert message.endswith("[apparatus.unrecorded_difference]")


@pytest.mark.parametrize(
    ("line", "theirs", "mend", "other"),
    [
        ("war ] peace A", "They fought, won the war.", "delete the entry", "write below 1: lost ] won A"),
        (
            "lost ] won A",
            "They fought, left the peace.",
            "write: lost ] left A",
            "write below 1: war ] peace A",
        ),
    ],
    ids=["behind it", "before it"],
)
def test_a_false_claim_hides_no_other_difference_of_its_block(
    line: str, theirs: str, mend: str, other: str
) -> None:
    unrecorded, claim = said([line], A=changed(b1=theirs))
    assert f"{mend} [apparatus.false_claim]" in claim
    assert f"{other} [apparatus.unrecorded_difference]" in unrecorded


def test_words_added_to_an_added_block_are_put_right_in_its_entry() -> None:
    (message,) = said([(3, "¶ ] add. New A")], A=[*THREE, "Quite New"])
    assert message.endswith("write: ¶ ] add. Quite New A [apparatus.false_claim]")


def test_a_long_witness_of_which_every_block_differs_is_still_compared_word_by_word() -> None:
    ours = [f"the {n} of the {n * 7} and the {n * 3} of the end" for n in range(400)]
    theirs = [block.replace("and", "or") for block in ours]
    assert parts(ours, theirs) == list(zip(ours, theirs, strict=True))


def test_entries_that_leave_no_text_are_blamed_together() -> None:
    messages = said([(n, "¶ ] om. A") for n in (1, 2, 3)], A=THREE)
    assert len(messages) == 3
    assert all("together leave it no text" in message for message in messages)


def test_a_difference_in_a_declared_gap_asks_for_the_gap() -> None:
    gap = Gap(Place("2"), Lemma(Words("they"), Words("town.")))
    fragment = replace(FOUR, witnesses=(Witness("A", gaps=(gap,)),))
    assert said([], fragment, A=changed(b2="Then [lac.]")) == []
    assert said([], fragment, A=changed(b2="Then they.")) == [
        "text.md:20: in 2, A has “they.” besides (A:2), in its declared gap: "
        "mend the gap [apparatus.unrecorded_difference]"
    ]


def test_each_state_of_a_witness_is_compared_with_its_own_transcription() -> None:
    states = replace(FOUR, witnesses=(Witness("A", state="A^ac"),))
    assert said(["lost A^pc ] won A^ac"], states, A=changed(b1="They fought, won the war.")) == []
    (message,) = said(["lost ] won A^ac"], states, A=changed(b1="They fought, went the war."))
    assert "write: lost ] went A^ac" in message


def test_the_kinds_of_problem_are_told_apart() -> None:
    edition = SmallEdition(THREE, ["lost ] won A"])
    problems = edition.collate(A=changed(b3="The end.")).problems
    assert {p.kind for p in problems} == {ProblemKind.FALSE_CLAIM, ProblemKind.UNRECORDED_DIFFERENCE}
