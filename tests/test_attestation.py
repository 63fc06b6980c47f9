"""For every entry it is known who supports the lemma, who departs, who is absent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from collating import FOUR, SmallEdition

from apparatus.collation import Account, Accounts, Attestations, Stance, anchor_gaps
from apparatus.collation.attestation import hand_chain
from apparatus.collation.hygiene import in_gaps, two_readings, unaccounted
from apparatus.model import Conspectus, Gap, Group, Lemma, Place, Siglum, Silence, Witness, Words
from apparatus.problems import ProblemKind

FRAGMENT = Gap(Place("2", "3"), Lemma(Words("then"), Words("The")))
#: A is constant; F has a gap; N is cited only where named.
MIXED = Conspectus(
    witnesses=(
        Witness("A"),
        Witness("B"),
        Witness("F", gaps=(FRAGMENT,)),
        Witness("N", silence=Silence.UNKNOWN),
    ),
    groups=(Group("ω", ("A", "F", "N")), Group("α", ("A", "B")), Group("big", ("A", "B", "F"))),
    scholars=FOUR.scholars,
)
BLOCKS = ["They led them.", "And then they left.", "The end came."]


def attestations(lines: list[str | tuple[int, str]], conspectus: Conspectus = MIXED) -> Attestations:
    edition = SmallEdition(BLOCKS, lines, conspectus)
    assert edition.problems == []
    gaps, problems = anchor_gaps(edition.text, conspectus)
    assert problems == ()
    return Attestations(edition.text, edition.entries, conspectus, gaps)


def reads(line: str | tuple[int, str], key: str, hand: str | None = None) -> int | Stance:
    return attestations([line]).of(0, Siglum(key, hand)).reads


@pytest.mark.parametrize(
    ("line", "key", "hand", "expected"),
    [
        ("led ] lead A^2 ; lad A", "A", "2", 0),
        ("led ] lead A^2 ; lad A", "A", None, 1),
        ("led ] lead A^2 ; lad A", "A", "3", 0),  # a later hand stands on an earlier correction
        ("led ] lead A^pc", "A", "2", 0),
        ("led ] lead A^pc", "A", None, 0),  # the bare siglum is the text as corrected by its scribe
        ("led ] lead A^c", "A", None, 0),
        ("led ] lead A^2", "A", None, Stance.LEMMA),
        ("led ] lead A^ac", "A", "ac", 0),
        ("led ] lead A^ac", "A", "pc", Stance.LEMMA),
        ("led ] lead A^ac", "A", "2", Stance.LEMMA),
        ("led ] lead A^pc", "A", "ac", Stance.LEMMA),
        ("led ] lead A", "A", "ac", 0),
        ("led ] lead A^mg", "A", "2", Stance.LEMMA),
        ("led ] lead A^mg", "A", None, Stance.LEMMA),
        ("led ] lead A^mg", "A", "mg", 0),
        ("led A^pc ] lead A^ac", "A", None, Stance.LEMMA),
        ("led A^pc ] lead A^ac", "A", "ac", 0),
        ("led ] lead A^ac ; led A^pc", "A", None, Stance.LEMMA),  # a reading equal to the lemma
    ],
)
def test_of_hands_the_most_specific_counts(
    line: str, key: str, hand: str | None, expected: int | Stance
) -> None:
    assert reads(line, key, hand) == expected


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("led ] lead ω ; lad A", "A", 1),
        ("led ] lead big ; lad α", "A", 1),  # the smaller group
        ("led ] lead big ; lad α", "F", 0),
        ("led ] lead codd. ; lad α", "B", 1),
        ("led ] lead cett. ; lad B", "A", 0),
        ("led ] lead cett. ; lad codd.", "A", 1),
        ("led cett. ] lad B", "A", Stance.LEMMA),
        ("led ] lead ω", "N", 0),
        ("led ] lead codd.", "N", Stance.UNKNOWN),
        ("led ] lead cett.", "N", Stance.UNKNOWN),
        ("led ] lead A", "N", Stance.UNKNOWN),
        ("led ] lead N", "N", 0),
        ("led ] lead A", "B", Stance.LEMMA),
        ("led ] lead Madvig", "A", Stance.LEMMA),
        ("led ] secl. A", "A", Stance.LEMMA),
        ("led ] crux.", "A", Stance.LEMMA),
        ((2, "left ] went B"), "F", Stance.ABSENT),
        ((2, "left ] went cett."), "F", Stance.ABSENT),
        ((2, "left ] went ω"), "F", Stance.ABSENT),
        ((2, "left ] went ω"), "A", 0),
        ((2, "And ] But B"), "F", Stance.LEMMA),  # before the gap
        ("led ] lead A", "Q", Stance.UNKNOWN),
    ],
)
def test_siglum_group_codd_cett_silence(
    line: str | tuple[int, str], key: str, expected: int | Stance
) -> None:
    assert reads(line, key) == expected


def test_a_group_may_hold_groups() -> None:
    nested = replace(
        FOUR, groups=(Group("β", ("B", "C")), Group("ω", ("A", "β")), Group("loop", ("loop", "D")))
    )
    found = Attestations(SmallEdition(["led"]).text, (), nested)
    assert found.groups_of == {"A": ("ω",), "B": ("β", "ω"), "C": ("β", "ω"), "D": ("loop",)}


def test_an_entry_accounts_for_every_witness() -> None:
    found = attestations([(2, "left ] went B ; gone Madvig")])
    (account,) = Accounts(found).all
    assert account == Account(support=("A",), depart=(("B", 0),), absent=("F",), unknown=("N",))


def test_citing_finds_the_entries_that_say_something_of_a_witness() -> None:
    found = attestations(["They ] He A", "led ] lead B", "them ] us ω", (2, "left ] went cett.")])
    assert found.citing("A") == [0, 2, 3]
    assert found.citing("N") == [2, 3]


def test_the_state_of_a_transcription() -> None:
    assert Witness("A", state="A^ac").state_transcribed == Siglum("A", "ac")
    assert Witness("A").state_transcribed == Siglum("A")
    assert hand_chain(Witness("A"), "2") == ("2", "c", "pc", None)


def test_a_positive_apparatus_names_every_constant_and_present_witness_whose_silence_nothing_proves() -> None:
    found = attestations(
        [
            "They A ] He B",
            "led A ] lead cett.",
            "them A B ] us F",
            (2, "left ] went α"),
            "They … led A ] om. α",
        ]
    )
    accounts = Accounts(found).all
    assert [str(p) for p in unaccounted(found, accounts, {"A", "B"})] == [
        "text.md:101: the entry on “They” does not say what F reads, and neither a transcription nor a declared "
        "'silence' says what its silence means; if it has the text, write: They A F ] He B [apparatus.unaccounted_witness]",
    ]
    assert unaccounted(found, accounts, {"A", "B", "F"}) == []


def test_a_positive_apparatus_need_not_name_a_witness_whose_silence_is_declared_to_be_agreement() -> None:
    declared = replace(FOUR, witnesses=tuple(replace(w, silence=Silence.AGREES) for w in FOUR.witnesses))
    assert SmallEdition(BLOCKS, ["They A ] He B"], declared).collate(positive=True).problems == ()


def test_a_positive_apparatus_is_checked_where_it_is_declared() -> None:
    edition = SmallEdition(BLOCKS, ["They A ] He B"], FOUR)
    assert [p.kind for p in edition.collate(positive=True).problems] == [ProblemKind.UNACCOUNTED_WITNESS]
    assert edition.collate().problems == ()


def test_a_witness_cannot_be_named_in_its_gap() -> None:
    lines: list[str | tuple[int, str]] = [
        (2, "left ] went F"),
        (2, "they ] lac. F"),
        (2, "And ] But F"),
        (2, "left ] x ω"),
    ]
    problems = in_gaps(attestations(lines))
    assert [str(p) for p in problems] == [
        "text.md:101: F has a declared gap here and cannot attest anything for “left”: mend the entry or the gap "
        "[apparatus.witness_in_gap]"
    ]


def test_nor_can_it_be_said_where_in_its_gap_something_stands() -> None:
    lines: list[str | tuple[int, str]] = [
        (2, "And ] transp. post left F"),
        (2, "And ] transp. post left ω"),
    ]
    (problem,) = in_gaps(attestations(lines))
    assert str(problem).startswith(
        "text.md:101: F has a declared gap here and cannot attest anything for “left”"
    )


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["led ] lead A", "led ] lad A"], 1),
        (["led ] lead A", "led ] lad B"], 0),
        (["led ] lead A", "led ] lead A"], 0),
        (["led ] lead A", "led ] om. A"], 1),
        (["led A ] lead B", "led ] lad A"], 1),
        (["led ] lead α", "led ] lad B"], 1),
        (["led ] lead A^2", "led ] lad A"], 0),
        (["led ] lead A", "led ] add. on A", "led ] add. up A"], 0),
        (["led ] lead A", "led ] transp. post them A"], 0),
        (["led ] transp. ante They A", "led ] transp. post them A"], 1),
    ],
)
def test_two_entries_may_not_give_one_witness_two_readings(
    lines: list[str | tuple[int, str]], count: int
) -> None:
    problems = two_readings(attestations(lines))
    assert [p.kind for p in problems] == [ProblemKind.TWO_READINGS] * count


def test_two_readings_are_reported_with_both_places() -> None:
    (problem,) = two_readings(attestations(["led ] lead A", "led ] lad A"]))
    assert str(problem) == (
        "text.md:102: A is said to read “lad” for “led”, and in another entry (text.md:101) “lead” "
        "[apparatus.two_readings]"
    )


def test_a_gap_that_is_not_in_the_text_is_a_problem() -> None:
    lost = Gap(Place("1"), Lemma(Words("nowhere")))
    gaps, problems = anchor_gaps(
        SmallEdition(BLOCKS).text, Conspectus(witnesses=(Witness("A", gaps=(lost,)),))
    )
    assert gaps == {}
    assert [p.kind for p in problems] == [ProblemKind.LEMMA_NOT_FOUND]
    assert problems[0].message.startswith("gap of A: “nowhere” is not in block 1")
