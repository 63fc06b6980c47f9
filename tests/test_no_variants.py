"""A reading that is its lemma, and a bracket that no editor set, are no variants and are reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from collating import FOUR, SmallEdition

from apparatus.model import Witness

FERRY = "The ferry left at dawn."


def said(*lines: str, conspectus=FOUR, **transcripts: list[str]) -> list[str]:
    return [str(p) for p in SmallEdition([FERRY], lines, conspectus).collate(**transcripts).problems]


@pytest.mark.parametrize(
    ("line", "who", "mend"),
    [
        ("dawn ] dawn A", "A", "delete the entry, or write what else it reads"),
        ("dawn ] dawn A^ac", "A^ac", "delete the entry, or write what else it reads"),
        ("dawn ] dawn A (in the margin)", "A", "delete the entry, or write what else it reads"),
        ("dawn ] noon B ; dawn A", "A", "write: dawn A ] noon B"),
        ("dawn ] noon B / dawn A", "A", "write: dawn A ] noon B"),
        ("dawn ] dawn A / noon B", "A", "write: dawn A ] noon B"),
        ("dawn C ] dawn A^pc (late) ; noon A^ac", "A^pc", "write: dawn C A^pc (late) ] noon A^ac"),
        ("left … dawn ] left at dawn A ; left B", "A", "write: left … dawn A ] left B"),
        ("¶ ] The ferry left at dawn. A ; om. B", "A", "write: ¶ A ] om. B"),
        ("dawn ] noon B ; dawn A Madvig", "A, Madvig", "write: dawn A Madvig ] noon B"),
    ],
)
def test_a_reading_that_is_its_lemma_is_reported(line: str, who: str, mend: str) -> None:
    (found,) = said(line)
    assert found.startswith(f"text.md:101: the reading of {who} for “")
    assert found.endswith(f"is the lemma itself, and no variant; {mend} [apparatus.no_variant]")
    if mend.startswith("write: "):
        assert said(mend.removeprefix("write: ")) == []


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("dawn ] transp. post at A", "delete the entry, or write what else it reads"),
        ("left ] transp. ante at A ; went B", "write: left A ] went B"),
        ("left at ] transp. post ferry Madvig", "delete the entry, or write what else it reads"),
    ],
)
def test_so_is_a_transposition_to_where_the_lemma_stands(line: str, mend: str) -> None:
    (found,) = said(line)
    assert found.endswith(
        f"is the lemma itself in its own place, and no variant; {mend} [apparatus.no_variant]"
    )


def test_a_passage_is_not_moved_by_being_said_to_follow_the_one_before_it() -> None:
    blocks = ["One.", "Two.", "Three."]
    (problem,) = SmallEdition(blocks, [(2, "¶ ] transp. post 1 A")]).collate().problems
    assert problem.kind.value == "no_variant"
    for line in ("¶ ] transp. post 3 A", "¶ ] transp. ante 1 A", "Two ] transp. post 1: One A"):
        assert SmallEdition(blocks, [(2, line)]).collate().problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "dawn ] transp. post ferry A",
        "dawn ] transp. ante left A",
        "dawn A ] noon B",
        "dawn ] noon A ; dawn Madvig",
        "dawn ] dawns A",
        "dawn ] add. dawn A",
        "dawn ] crux.",
    ],
)
def test_what_is_another_reading_or_a_scholars_is_not(line: str) -> None:
    assert said(line) == []


def test_where_the_transcription_has_something_else_that_alone_is_said() -> None:
    (found,) = said("dawn ] dawn A", A=["The ferry left at noon."])
    assert found.endswith("write: dawn ] noon A [apparatus.false_claim]")


@pytest.mark.parametrize("who", ["A", "ω", "cett."])
@pytest.mark.parametrize("has", [{}, {"A": [FERRY]}])
def test_a_witness_brackets_nothing(who: str, has: dict[str, list[str]]) -> None:
    (found,) = said(f"dawn ] secl. {who}", **has)
    assert found == (
        f"text.md:101: 'secl.' says that an editor brackets the words, but {who} is declared as no scholar; write 'om. {who}' "
        f"for one that lacks them, 'del. {who}' for one in which they are struck out; a print that is witness and scholar at "
        "once has 'is_scholar = true' [apparatus.secl_with_witness]"
    )


def test_a_scholar_does_and_a_print_that_is_both() -> None:
    both = replace(FOUR, witnesses=(*FOUR.witnesses, Witness("Ed", is_scholar=True)))
    assert said("dawn ] secl. Madvig Ed", conspectus=both) == []


CAT = "The old cat sat on mats."


@pytest.mark.parametrize(
    ("lines", "theirs", "line"),
    [
        (["cat ] om. A", "sat ] praem. cat A"], CAT, 102),
        (["cat ] add. sat A", "sat ] om. A"], CAT, 102),
        (["cat ] cat sat A", "sat ] om. A"], CAT, 102),
        (["cat ] sat A", "sat ] cat A", "on ] in A"], "The old sat cat in mats.", None),
        (["sat ] om. A", "cat ] transp. post sat A"], "The old cat on mats.", 102),
        (["sat on ] om. A", "cat ] transp. ante mats A"], "The old cat mats.", 102),
        (["sat ] transp. post on A"], "The old cat on sat mats.", None),
        (["cat ] dog A", "sat ] om. A"], "The old dog on mats.", None),
        (["old ] add. young A", "cat ] om. A"], "The old young sat on mats.", None),
        (
            ["cat sat ] dog ran A", "cat ] dog A", "sat ] ran A"],
            "The old dog ran on mats.",
            None,
        ),  # said again
    ],
)
def test_entries_that_come_to_nothing_together_are_reported(
    lines: list[str], theirs: str, line: int | None
) -> None:
    said = [str(problem) for problem in SmallEdition([CAT], lines).collate(A=[theirs]).problems]
    if line is None:
        assert said == []
        return
    (problem,) = said
    assert problem.startswith(f"text.md:{line}: ")
    assert "comes, with all other entries, to nothing: without it A reads the same" in problem
    assert problem.endswith("[apparatus.no_variant]")


@pytest.mark.parametrize(
    ("lines", "theirs"),
    [
        ([(2, "¶ ] om. A"), (1, "¶ ] transp. post 2 A")], ["First.", "Third."]),
        ([(1, "¶ ] transp. post 2 A"), (3, "¶ ] transp. post 1 A")], ["Second.", "First.", "Third."]),
    ],
)
def test_so_are_passages(lines: list[tuple[int, str]], theirs: list[str]) -> None:
    blocks = ["First.", "Second.", "Third."]
    (problem,) = SmallEdition(blocks, lines).collate(A=theirs).problems
    assert "the transposition that this entry gives to A comes" in problem.message


MOVED = ["One here.", "The second passage there.", "Third."]


@pytest.mark.parametrize(
    ("lines", "theirs"),
    [
        ([(2, "¶ ] transp. ante 1 A")], ["The there second passage.", "One here.", "Third."]),
        ([(2, "¶ ] transp. post 3 A")], ["One here.", "Third.", "The there second passage."]),
        (["2: The … there ] transp. ante 1: One A"], ["The there second passage One here.", ".", "Third."]),
    ],
)
def test_words_moved_within_what_is_moved_are_no_nothing(
    lines: list[str | tuple[int, str]], theirs: list[str]
) -> None:
    edition = SmallEdition(MOVED, [*lines, (2, "there ] transp. ante second A")])
    assert [str(problem) for problem in edition.collate(A=theirs).problems] == []


def test_words_moved_to_where_they_stand_within_what_is_moved_are_reported() -> None:
    lines = [(2, "¶ ] transp. ante 1 A"), (2, "passage ] om. A"), (2, "there ] transp. post second A")]
    (problem,) = SmallEdition(MOVED, lines).collate(A=["The second there.", "One here.", "Third."]).problems
    assert "comes, with all other entries, to nothing" in problem.message


@pytest.mark.parametrize(
    ("host", "line", "theirs", "mend"),
    [
        (2, "Two ] ¶ A", ["One here.", "there.", "Three."], "write: Two ] om. A"),
        (2, "Two ] ¶ zwei A", ["One here.", "zwei there.", "Three."], "write: Two ] zwei A"),
        (2, "there. ] dort ¶ A", ["One here.", "Two dort", "Three."], "write: there. ] dort A"),
        (2, "there. ] add. ¶ A ; praem. da B", ["One here.", "Two there.", "Three."], "take it out"),
        (
            2,
            "Two there. ] Two ¶ ¶ da A",
            ["One here.", "Two", "da", "Three."],
            "write: Two there. ] Two ¶ da A",
        ),
        (2, "¶ ] ¶ zwei A", ["One here.", "zwei", "Three."], "write: ¶ ] zwei A"),
        (1, "1–2: here. ¶ Two ] ¶ ¶ A", ["One", "there.", "Three."], "write: 1–2: here. ¶ Two ] ¶ A"),
        (1, "1–2: here. ¶ Two ] ¶ A", ["One", "there.", "Three."], None),
        (1, "One ] add. ¶ A", ["One", "here.", "Two there.", "Three."], None),
        (2, "Two ] praem. da ¶ A", ["One here.", "da", "Two there.", "Three."], None),
    ],
)
def test_a_break_that_begins_no_passage_is_reported(
    host: int, line: str, theirs: list[str], mend: str | None
) -> None:
    blocks = ["One here.", "Two there.", "Three."]
    said = SmallEdition(blocks, [(host, line)]).collate(A=theirs).problems
    assert [problem.message.rpartition("; ")[2] for problem in said] == ([mend] if mend else [])
    if mend and mend.startswith("write: "):
        mended = SmallEdition(blocks, [(host, mend.removeprefix("write: "))])
        assert mended.collate(A=theirs).problems == ()
