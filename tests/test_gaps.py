"""Words that are lost or illegible: what stands for them in a transcription, in an entry, in a declared gap."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from collating import FOUR, SmallEdition

from apparatus.model import Conspectus, Gap, Origin
from apparatus.notation import parse_locus

CLOCK = "The clock struck not ten."
PARTS = ["Title", CLOCK, "Two three four.", "Four."]
PASTE = re.compile(r"write (?:below \d+|in place of the entry at [^:]+:\d+): (.*)$")


def fragment(*gaps: str) -> Conspectus:
    """The four witnesses, A with gaps."""
    found = tuple(Gap(*locus) for gap in gaps if (locus := parse_locus(gap)[0]))
    origin = Origin("witnesses.toml", 1)
    return replace(
        FOUR, witnesses=(replace(FOUR.witnesses[0], gaps=found, origin=origin), *FOUR.witnesses[1:])
    )


def offered(edition: SmallEdition, **theirs: list[str]) -> list[str]:
    matches = [PASTE.search(problem.message) for problem in edition.collate(**theirs).problems]
    return [match[1] for match in matches if match]


@pytest.mark.parametrize(
    ("theirs", "lines"),
    [
        ("The [lac.] struck not ten.", ["clock ] lac. A"]),
        ("The clock struck [ill.] ten.", ["not ] ill. A"]),
        ("The klok [lac.] ten.", ["clock ] klok A", "struck not ] lac. A"]),
        ("The clock [lac.] dix.", ["struck not ] lac. A", "ten ] dix A"]),
        (
            "La cloche [ill.] pas dix.",
            ["The ] La A", "clock ] cloche A", "struck ] ill. A", "not ] pas A", "ten ] dix A"],
        ),
        ("The clock [lac.]", ["struck not ten. ] lac. A"]),
        ("[lac.] ten.", ["The clock struck not ] lac. A"]),
        ("[lac.]", ["The clock struck not ten. ] lac. A"]),
        ("The cl[...] struck not ten.", ["clock ] cl[...] A"]),  # legible in part: words
    ],
)
def test_a_sign_of_a_transcription_is_proposed_as_what_it_means(theirs: str, lines: list[str]) -> None:
    assert offered(SmallEdition([CLOCK]), A=[theirs]) == lines
    assert SmallEdition([CLOCK], lines).collate(A=[theirs]).problems == ()


@pytest.mark.parametrize(
    ("entry", "after"),
    [
        ("clock ] lac. A", "clock ] lac. A B"),
        ("clock ] bell A", "clock ] bell A ; lac. B"),
    ],
)
def test_a_further_witness_joins_as_lost(entry: str, after: str) -> None:
    edition = SmallEdition([CLOCK], [entry])
    theirs = {"A": [edition.reads("A")], "B": ["The [lac.] struck not ten."]}
    assert offered(edition, **theirs) == [after]


@pytest.mark.parametrize(
    ("entry", "mend"),
    [
        ("clock ] [lac.] A", "clock ] lac. A"),
        ("clock ] bell B ; [ill.] A C", "clock ] bell B ; ill. A C"),
        ("clock ] the [lac.] A", None),
        ("clock ] [lac.] Madvig", None),
    ],
)
def test_a_sign_that_is_written_as_words_is_reported(entry: str, mend: str | None) -> None:
    said = [str(problem) for problem in SmallEdition([CLOCK], [entry]).collate().problems]
    assert [line.split("write: ")[1] for line in said] == (
        [f"{mend} [apparatus.mark_as_words]"] if mend else []
    )


@pytest.mark.parametrize(
    ("gap", "theirs"),
    [
        ("1–2: ¶", PARTS[2:]),
        ("1–2: ¶", ["[lac.]", *PARTS[2:]]),
        ("2–4: clock … Four.", ["Title", "The"]),
        ("2–4: clock … Four.", ["Title", "The [lac.]"]),
        ("2–3: clock … three", ["Title", "The four.", "Four."]),
        ("2–3: clock … three", ["Title", "The [lac.] four.", "Four."]),
        ("2–3: clock … three", ["Title", "The [lac.]", "[lac.] four.", "Four."]),  # on both sides of a break
        ("2–4: clock … Four.", ["Title", "The [lac.]", "[lac.]"]),
        ("3: ¶", [*PARTS[:2], PARTS[3]]),
        ("3: Two", [*PARTS[:2], "three four.", "Four."]),
    ],
)
def test_where_a_gap_is_declared_the_transcription_has_a_sign_or_nothing(gap: str, theirs: list[str]) -> None:
    edition = SmallEdition(PARTS, (), fragment(gap))
    assert edition.collate(A=theirs).problems == ()


@pytest.mark.parametrize(
    ("theirs", "gap"),
    [
        (PARTS[2:], "1–2: ¶"),
        (["Title", "The clock"], "2–4: struck … Four."),
        (["[lac.]", "Four."], "1–3: ¶"),
        (["Title", "The clock [lac.]", "Four."], "2: struck not ten. ¶ Two three four."),
    ],
)
def test_what_much_is_lacking_of_is_proposed_as_a_gap_too(theirs: list[str], gap: str) -> None:
    (problem,) = SmallEdition(PARTS, (), fragment()).collate(A=theirs).problems
    assert (
        f'; if A is a fragment here, add to its gaps (witnesses.toml:1): "{gap}"; else write below '
        in problem.message
    )
    assert SmallEdition(PARTS, (), fragment(gap)).collate(A=theirs).problems == ()
    (line,) = offered(SmallEdition(PARTS), A=theirs)
    assert SmallEdition(PARTS, [(int(gap[0]), line)]).collate(A=theirs).problems == ()


def test_what_stands_in_a_gap_or_beside_it_is_reported() -> None:
    edition = SmallEdition(PARTS, (), fragment("2–3: clock … three"))
    (inside,) = edition.collate(A=["Title", "The clock four.", "Four."]).problems
    assert "A has “clock” besides (A.txt:2), in its declared gap: mend the gap" in inside.message
    (beside,) = edition.collate(A=["Title", "The four.", "Fore."]).problems
    assert "A has “Fore” where the edition gives it “Four”" in beside.message
