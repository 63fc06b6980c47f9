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
