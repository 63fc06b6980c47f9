"""One account of who reads what: by all entries together, by position and whole words, and proved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from collating import FOUR, SmallEdition, transcript

from apparatus.collation import Account, Collation, collate
from apparatus.collation.within import Within
from apparatus.edition import PlacedItem, Series, SourceDocument, make_edition
from apparatus.forms import silent_support
from apparatus.model import Gap, Silence
from apparatus.notation import parse_locus
from apparatus.numbering import SourceBlock
from apparatus.problems import ProblemKind

FERRY = "The ferry left at dawn."
LONGER = "The ferry left at ] One boat went by A"
ITS = "One boat went by dawn."


def told(collation: Collation) -> list[str]:
    """What a collation says, without the names of the file."""
    return [str(problem).removeprefix("text.md:") for problem in collation.problems]


def account(block: str, lines: list[str], i: int = 0) -> Account:
    edition = SmallEdition([block], lines)
    assert edition.problems == []
    return edition.collate().accounts[i]


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("ferry ] transp. post dawn A", "the reading of “ferry” disagrees with the longer reading of"),
        ("ferry ] transp. ante The A", "the reading of “ferry” disagrees with the longer reading of"),
        ("ferry ] add. oat A", "the reading of “ferry” stands inside the longer reading of"),
        ("ferry ] praem. oa A", "the reading of “ferry” stands inside the longer reading of"),
        ("ferry ] oat A", "the reading of “ferry” disagrees with the longer reading of"),
        (
            "ferry ] om. A",
            "the reading of “ferry” disagrees with the longer reading of",
        ),  # it has a word for it
        ("ferry ] boat went A", "the reading of “ferry” disagrees with the longer reading of"),
        ("ferry ] add. went A", "the reading of “ferry” stands inside the longer reading of"),
        ("left ] boat A", "the reading of “left” disagrees with the longer reading of"),
        ("dawn ] transp. post ferry A", "the reading of “dawn” stands inside the longer reading of"),
    ],
)
def test_an_entry_inside_a_longer_reading_is_held_against_it(inner: str, message: str) -> None:
    (said,) = told(SmallEdition([FERRY], [LONGER, inner]).collate(A=[ITS]))
    assert said == (
        f"102: for A, {message} “The ferry left at”; that one stands: take A out of this one [apparatus.inner_reading]"
    )


@pytest.mark.parametrize(
    "inner",
    [
        *("ferry ] boat A", "The ferry ] One boat A", "left at ] went by A", "at ] by A", "ferry ] boat B"),
        *("ferry ] boat Madvig", "ferry ] boat cett.", "ferry cett. ] boat B", "dawn A ] noon B"),
        *("ferry ] secl. Madvig", "ferry ] boat A ; bark Madvig"),
    ],
)
def test_an_entry_that_says_what_the_longer_one_says_or_nothing_of_it_is_right(inner: str) -> None:
    assert told(SmallEdition([FERRY], [LONGER, inner]).collate(A=[ITS])) == []


def test_an_entry_inside_two_longer_ones_is_held_against_the_words_and_not_against_what_follows_them() -> (
    None
):
    lines = [
        "The ferry left at dawn. ] One boat went by dawn. A",
        "The ferry left at ] One boat went by A",
        "ferry ] boat A",
        "left at ] went by A",
    ]
    assert told(SmallEdition([FERRY], lines).collate(A=[ITS])) == []
    lines[2] = "ferry ] went A"
    (said,) = told(SmallEdition([FERRY], lines).collate(A=[ITS]))
    assert said.startswith("103: for A, the reading of “ferry” disagrees with the longer reading of")


@pytest.mark.parametrize(
    ("longer", "support"),
    [
        ("zero one two three. ] zero one duo three. B", "B"),  # other words stand beside, none is added
        ("zero one two three. ] zero one three. B", "B"),
        ("zero one two three. ] nil one two three. B", "B"),
        ("zero one two three. ] zero one ¶ two three. B", "B"),  # a break is no word
        ("zero one two three. ] zero one more two three. B", ""),
        (
            "zero one two three. ] zero one uno duo three. B",
            "",
        ),  # which of the two answers to “two” nobody can tell
        ("zero one two three. ¶ four ] zero one two three. tetra B", "B"),
    ],
)
def test_who_goes_on_as_the_text_does_adds_nothing(longer: str, support: str) -> None:
    lines = [(2, "one ] add. x A"), (2, longer)]
    edition = SmallEdition(["nought.", "zero one two three.", "four five."], lines)
    theirs = {key: [b.text for b in edition.witness(key).blocks] for key in "ABCD"}
    collation = edition.collate(**theirs)
    assert told(collation) == []
    assert ("B" in collation.accounts[0].support) is (support == "B")
    blocks = [block.text for block in edition.text.blocks]
    named = SmallEdition(blocks, [(2, "one B ] add. x A"), lines[1]])
    assert len(told(named.collate(**theirs))) == (0 if support else 1)


@pytest.mark.parametrize(
    ("inner", "mend"),
    [
        ("ferry ] ferry A", "delete the entry"),
        ("ferry ] ferry A ; boat B", "write: ferry ] boat B"),
        ("ferry A ] boat B", "write: ferry ] boat B"),
        ("ferry A C ] om. B", "write: ferry C ] om. B"),
        ("ferry A (sic) ] boat B", "write: ferry ] boat B"),
        ("ferry ] secl. A", "delete the entry"),
        ("at dawn A ] by dawn B", "write: at dawn ] by dawn B"),  # overlapping in part
    ],
)
def test_who_is_named_for_a_lemma_must_have_it(inner: str, mend: str) -> None:
    lines = [LONGER, inner] if " om." not in inner else ["The ferry ] om. A", inner]
    its = ITS if " om." not in inner else "left at dawn."
    (said,) = told(SmallEdition([FERRY], lines).collate(A=[its]))
    assert said.startswith("102: the entry says that A has the text for ")
    assert said.endswith(f"; {mend} [apparatus.false_claim]")


@pytest.mark.parametrize("kind", ["lac.", "ill."])
def test_who_has_lost_what_stood_there_cannot_be_said_to_add_nothing(kind: str) -> None:
    edition = SmallEdition(["one two three."], [f"two three. ] {kind} A", "one two A C ] add. x B"])
    (said,) = told(edition.collate(A=[f"one [{kind}]"], B=["one two x three."]))
    assert said == (
        "102: the entry says that A adds nothing to “one two”, but by text.md:101 what it had there is lost or "
        "illegible; write: one two C ] add. x B [apparatus.false_claim]"
    )


@pytest.mark.parametrize(
    ("lost", "its", "named"),
    [
        (
            "two three.",
            "one [ill.]",
            "two A C ] praem. x B",
        ),  # the words, and what stood before them, if anything
        ("two", "one [ill.] three.", "two A C ] praem. x B"),
        ("two", "one [ill.] three.", "one two A C ] add. x B"),
        ("two", "one [ill.] three.", "two A C ] add. x B"),
    ],
)
def test_nor_who_has_lost_the_words_themselves(lost: str, its: str, named: str) -> None:
    edition = SmallEdition(["one two three."], [f"{lost} ] ill. A", named])
    (said,) = told(edition.collate(A=[its]))
    assert said.startswith("102: the entry says that A adds nothing to ")
    assert said.endswith(f"; write: {named.replace(' A', '')} [apparatus.false_claim]")


def test_who_leaves_the_words_out_adds_nothing_to_them() -> None:
    edition = SmallEdition(["one two three."], ["two ] om. A", "two A C ] praem. x B"])
    assert told(edition.collate(A=["one three."])) == []


@pytest.mark.parametrize(
    ("words", "conflict"),
    [("one two three. ] uno B", False), ("one two three. ] om. B", True), ("¶ ] om. B", True)],
)
def test_who_has_the_passage_can_have_it_in_other_words(words: str, conflict: bool) -> None:
    said = told(SmallEdition(["one two three.", "four."], ["¶ B ] om. C", words]).collate())
    assert any("two_readings" in message for message in said) is conflict


@pytest.mark.parametrize(("reading", "has"), [("one ¶ ¶ five", False), ("one ¶ tria ¶ five", True)])
def test_a_passage_that_a_longer_reading_leaves_out_is_not_there(reading: str, has: bool) -> None:
    lines = [(2, "¶ ] add. new D"), (1, f"1–3: one … five ] {reading} A")]
    edition = SmallEdition(["zero one.", "three four.", "five six."], lines)
    assert edition.problems == []
    assert ("A" in edition.collate().accounts[0].support) is has


@pytest.mark.parametrize(
    ("reading", "has"),
    [
        ("one ¶ five", False),
        ("one", False),
        ("one zwei", False),
        ("one ¶ three five", True),
        ("one three four five", True),
        ("one ¶ zwei ¶ five", True),
    ],
)
def test_nor_is_one_of_which_a_reading_of_fewer_passages_has_no_word(reading: str, has: bool) -> None:
    lines = [(2, "¶ ] om. D"), (1, f"1–3: one … five ] {reading} A")]
    edition = SmallEdition(["zero one.", "three four.", "five six."], lines)
    account = edition.collate().accounts[1 if edition.entries[0].item.place else 0]
    assert ("A" in account.support) is has


def test_a_stop_more_or_less_leaves_as_many_words_paired() -> None:
    longer = "1–2: one. … three ] ein drei A"
    edition = SmallEdition(["Zero one.", "three four."], [longer, (2, "three ] om. A"), (1, ". ] om. A")])
    (said,) = told(edition.collate(A=["Zero ein drei four."]))
    assert said.startswith(
        "102: for A, the reading of “three” disagrees with the longer reading of “one. ¶ three”"
    )


def test_one_slip_has_one_message_and_no_true_entry_is_accused() -> None:
    lines = ["scimus ] praem. M. A", "scimus enim ] dicimus en A"]
    assert told(SmallEdition(["scimus enim three."], lines).collate(A=["M.dicimus en three."])) == [
        "101: the entry says that A reads praem. “M.” for “scimus”, but the transcription differs here (A.txt:1): A "
        "lacks the blank between “M.” and “dicimus” (A.txt:1); take A out of this reading; the next build says what to "
        "write [apparatus.false_claim]"
    ]


@pytest.mark.parametrize(
    ("lines", "theirs", "found"),
    [
        (["five ] om. A", "Four ] om. A"], "Four six seven.", {102: "delete the entry"}),
        (["five ] om. A", "Four ] om. A"], "five six seven.", {101: "delete the entry"}),
        (
            ["five ] om. A", "Four ] om. A"],
            "Four five six seven.",
            {101: "delete the entry", 102: "delete the entry"},
        ),
        (["five ] om. A", "Four ] om. A"], "vier six seven.", {101: "write: five ] vier A"}),
        (["five ] om. A", "Four ] om. cett."], "Four six seven.", {102: "write: Four A ] om. cett."}),
    ],
)
def test_of_omissions_side_by_side_that_alone_is_false_whose_words_are_there(
    lines: list[str], theirs: str, found: dict[int, str]
) -> None:
    problems = SmallEdition(["Four five six seven."], lines).collate(A=[theirs]).problems
    assert {p.origin.line: p.message.rpartition("; ")[2] for p in problems if p.origin} == found


def test_the_siglum_to_take_out_is_as_the_entry_has_it() -> None:
    first, *others = FOUR.witnesses
    conspectus = replace(FOUR, witnesses=(replace(first, state="A^2"), *others))
    lines = ["scimus ] praem. M. A", "scimus enim ] dicimus en A"]
    (said,) = told(SmallEdition(["scimus enim three."], lines, conspectus).collate(A=["M.dicimus en three."]))
    assert "says that A^2 reads" in said and "; take A out of this reading; the next build" in said


def test_an_omission_stands_beside_no_support_of_its_words() -> None:
    edition = SmallEdition(["one two three."], ["one two A ] uno duo B", "two ] om. A"])
    assert told(edition.collate(A=["one three."], B=["uno duo three."])) == [
        "101: the entry says that A has the text for “one two”, but by text.md:102 it has “one”; write: one two ] uno "
        "duo B [apparatus.false_claim]"
    ]


@pytest.mark.parametrize(
    ("lines", "theirs", "line"),
    [
        (["one ] uno A", "one ] un A"], "uno two.", 102),
        (["one ] uno A", "one ] un A"], "un two.", 101),
        (["one ] transp. post two A", "one ] transp. ante one A"], "two one.", 102),
        (["one two ] uno duo A", "two. ] due. A"], "uno duo.", 102),
        (["one two ] uno duo A", "two. ] due. A"], "one due.", 101),
        (["one two ] uno duo A", "two ] due A"], "uno duo.", 102),
        (["one two ] uno duo A", "two ] due A"], "one due.", 101),
    ],
)
def test_of_two_entries_that_contradict_each_other_the_wrong_one_alone_is_reported(
    lines: list[str], theirs: str, line: int
) -> None:
    edition = SmallEdition(["one two."], lines)
    own = [said for said in told(edition.collate(A=[theirs])) if "same_words" not in said]
    assert [said.split(":")[0] for said in own] == [str(line)]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["one ] add. x A", "one ] add. x B"], "one ] add. x A B"),
        (["one ] add. x A", "one ] add. y B"], "one ] add. x A ; add. y B"),
        (["one ] add. x A", "two ] praem. x B"], "one ] add. x A B"),
        (["two ] praem. x A", "one ] add. x B"], "two ] praem. x A B"),
        (["one ] add. x A", "one ] one x B"], "one ] add. x A B"),
        (["one C ] add. x A", "one C ] add. x B"], "one C ] add. x A B"),
        (["one ] add. x A", "the one ] add. x B"], "one ] add. x A B"),
        (["¶ ] add. new A", "¶ ] add. new B"], "¶ ] add. new A B"),
        (["one ] transp. post two A", "one ] transp. post two B"], "one ] transp. post two A B"),
        (["two A B ] tooo C", "two A C ] too B"], "two A ] tooo C ; too B"),
        (["two ] om. A", "two ] om. B"], "two ] om. A B"),
        (["two ] too A", "two A ] tu B"], "two ] too A ; tu B"),
        (["two A ] tu B", "two ] too A"], "two ] tu B ; too A"),
        (["two ] too A", "two ] tu B", "two ] tooo C"], "two ] too A ; tu B ; tooo C"),
        (["two ] too Madvig", "two ] tu Madvig"], "two ] too Madvig ; tu Madvig"),
    ],
)
def test_entries_about_one_thing_are_reported_with_the_one_that_says_all(
    lines: list[str], joined: str
) -> None:
    edition = SmallEdition(["the one two."], lines)
    theirs = {key: [b.text for b in edition.witness(key).blocks] for key in "ABCD"}
    (said,) = told(edition.collate(**theirs))
    assert said.endswith(f": {joined} [apparatus.same_words]")
    assert told(SmallEdition(["the one two."], [joined]).collate(**theirs)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["one ] add. x A", "one ] add. y A"],  # they follow on each other
        ["one ] add. x A B", "one ] add. y B"],
        ["one ] add. x A", "one ] praem. x B"],
        ["two A B ] add. x C", "two A C ] too B"],  # that B adds nothing contradicts no reading
        ["two ] too A", "two ] add. x B"],
        ["one two ] uno duo A", "two ] duo A", "two. ] due. B"],
    ],
)
def test_entries_about_several_things_stay(lines: list[str]) -> None:
    edition = SmallEdition(["one two."], lines)
    theirs = {key: [b.text for b in edition.witness(key).blocks] for key in "ABCD"}
    assert told(edition.collate(**theirs)) == []


@pytest.mark.parametrize(
    ("lines", "support", "otherwise"),
    [
        (["one ] add. x A", "one ] add. x B"], "C D", "B"),
        (["one ] add. x A", "two ] praem. y B"], "C D", "B"),
        (["one ] add. x A", "one ] one y B"], "C D", "B"),
        (["one ] one y B", "one ] add. x A"], "C D", "A"),
        (["one ] add. x A", "one two ] one and two B"], "C D", "B"),
        (["one ] add. x A", "one ] om. B"], "C D", "B"),
        (["one ] add. x A", "one ] praem. x B"], "B C D", ""),
        (["two ] too A", "one two three ] uno B"], "C D", "B"),
        (["two ] too A", "one two three ] one B"], "C D", "B"),
        (["two ] too A", "one two three ] ill. B"], "C D", "B"),
        (["two ] too A", "¶ ] om. B"], "C D", "B"),
        (["two ] too A", "one two ] uno two B"], "B C D", ""),  # it has the word in its longer reading
        (["one two three ] om. A", "two ] deux B"], "C D", "B"),
        (["one two three ] om. A", "three ] three and B"], "B C D", ""),  # what is more stands after them
        (["one two three ] om. A", "one ] the one B"], "B C D", ""),
        (["one two three ] om. A", "three ] the three B"], "C D", "B"),
        (["one two three ] om. A", "three ] threefold B"], "C D", "B"),
        (["one two three ] om. A", "two ] add. x B"], "C D", "B"),
        (["one two three ] om. A", "three ] add. x B"], "B C D", ""),
        (["one two three ] om. A", "two ] transp. post three B"], "C D", "B"),
        (["two ] too A", "one two ] transp. post three B"], "B C D", ""),
        (["two ] transp. post three A", "one two ] transp. post three B"], "C D", "B"),
        (["¶ ] om. A", "two ] deux B"], "B C D", ""),  # it has the passage
        (["¶ ] om. A", "one … four ] lac. B"], "C D", "B"),
        (["two ] too A", "two cett. ] tu B"], "C D", "B"),
        (["two β ] too A", "one two ] uno duo B"], "C D", "B"),
        (["two ] un two B", "three ] transp. ante two A"], "C D", "A"),
        (["two ] untwo B", "three ] transp. ante two A"], "A C D", ""),  # a longer word adds none before it
        (["two ] twofold B", "one ] transp. post two A"], "A C D", ""),
    ],
)
def test_who_supports_a_lemma_is_told_by_all_entries(lines: list[str], support: str, otherwise: str) -> None:
    found = account("one two three four", lines)
    assert " ".join(found.support) == support
    assert " ".join(key for key, _ in found.otherwise) == otherwise


@pytest.mark.parametrize(
    ("lines", "emended", "supplied"),
    [
        (["two ] om. A B C D"], True, True),
        (["two ] om. A B C", "two ] om. D"], True, True),
        (["two ] om. A B C", "one two three ] om. D"], True, True),
        (["two ] om. A B C", "two ] tu D"], True, False),
        (["two ] om. A B C", "one two ] uno duo D"], True, False),
        (["two ] om. A B C", "one two three ] ill. D"], True, False),
        (["one two ] om. A B C", "two ] tu D"], False, False),  # D has one of the words
        (["two ] om. A B C"], False, False),
    ],
)
def test_words_are_supplied_where_no_witness_has_them_by_any_entry(
    lines: list[str], emended: bool, supplied: bool
) -> None:
    small = SmallEdition(["one two three four"], lines)
    items = tuple(PlacedItem("apparatus", anchored.item, 0) for anchored in small.entries)
    document = SourceDocument("text", 1, (SourceBlock("one two three four"),), items)
    edition = make_edition([document], {"apparatus": Series("apparatus", "")}, FOUR, {})
    entry = next(e for e in edition.entries if e.item == small.entries[0].item)
    assert (entry.is_emended, entry.is_supplied) == (emended, supplied)


@pytest.mark.parametrize(
    ("transcription", "lines", "emended"),
    [
        ("D.txt", ["two ] om. A B C"], False),
        ("D.txt", ["two ] om. A B C", "two ] tu D"], True),
        (None, ["two ] om. A B C"], True),  # what D has nobody knows
    ],
)
def test_a_word_that_a_transcribed_witness_has_is_not_supplied_though_its_silence_means_nothing(
    transcription: str | None, lines: list[str], emended: bool
) -> None:
    *others, last = FOUR.witnesses
    unnamed = replace(last, silence=Silence.UNKNOWN, transcription=transcription)
    conspectus = replace(FOUR, witnesses=(*others, unnamed))
    small = SmallEdition(["one two three four"], lines, conspectus)
    items = tuple(PlacedItem("apparatus", anchored.item, 0) for anchored in small.entries)
    document = SourceDocument("text", 1, (SourceBlock("one two three four"),), items)
    edition = make_edition([document], {"apparatus": Series("apparatus", "")}, conspectus, {})
    assert edition.entries[0].is_emended is emended


def test_what_a_witness_has_otherwise_is_told_where_it_can_be() -> None:
    lines = ["two ] too A", "one two three ] uno B", "one … three ] om. C", "two ] tu D"]
    found = account("one two three four", lines)
    assert dict(found.otherwise) == {"B": None, "C": "", "D": "tu"}


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (["two A B D ] add. x C", "two A C D ] too B"], []),
        (["two A D ] add. x C", "two A C D ] too B"], []),  # the other entry says what B reads
        (["one two three. A C D ] ill. B", "two A D ] add. x C"], []),  # so does the longer one
        (["one two three. A C D ] om. B", "two A D ] too C"], []),
        (["two A ] too C"], ["two A B D ] too C"]),
        (["two ] too ω"], ["two D ] too ω"]),
        (["two A ] too cett."], []),
    ],
)
def test_in_a_positive_apparatus_a_witness_is_asked_for_with_the_line_to_write(
    lines: list[str], missing: list[str]
) -> None:
    edition = SmallEdition(["one two three."], lines)
    assert [
        said.split(" write: ")[1].split(" [")[0] for said in told(edition.collate(positive=True))
    ] == missing
    theirs = {key: [b.text for b in edition.witness(key).blocks] for key in "ABCD"}
    assert told(edition.collate(positive=True, **theirs)) == []  # of a transcribed witness it is known


@pytest.mark.parametrize(
    ("lemma", "reading", "part", "words", "stands"),
    [
        ("the army of the north", "an army of a north", (12, 15), "a", True),
        ("the army of the north", "an army of a north", (12, 15), "an", False),
        ("the army of the north", "an army of a north", (0, 3), "an", True),
        ("the army of the north", "an army of a north", (4, 8), "", False),
        ("the old the", "the", (4, 7), "", True),
        ("one two", "one", (4, 7), "", True),
        ("scimus enim", "dicimus en", (7, 11), "en", True),
        ("one two three", "three one two", (8, 13), "three", False),
        ("The ferry", "One small boat", (4, 9), "small boat", True),
    ],
)
def test_a_part_of_a_reading_answers_to_a_part_of_its_lemma(
    lemma: str, reading: str, part: tuple[int, int], words: str, stands: bool
) -> None:
    assert (Within(lemma, reading).place(*part, words) is not None) is stands


@pytest.mark.parametrize(
    ("lemma", "reading", "part", "sure"),
    [
        ("the old the", "the very old the", (0, 3), True),  # it stands there twice, as in the text
        ("the old the", "the very old the", (8, 11), True),
        ("the old the", "the", (0, 3), False),  # which of the two it is nobody can tell
        ("the old the", "the", (8, 11), False),
        ("the old", "the new the", (0, 3), False),
        ("the old man", "the new man", (4, 7), False),
        ("one two one two", "one two and one two", (0, 7), True),
    ],
)
def test_a_reading_surely_has_words_where_they_can_stand_in_one_place_only(
    lemma: str, reading: str, part: tuple[int, int], sure: bool
) -> None:
    assert Within(lemma, reading).surely_has(*part) is sure


@pytest.mark.parametrize(
    ("lemma", "reading", "part", "at", "more"),
    [
        ("one two.", "x y z.\none ka", (0, 3), 3, False),  # the stop could be taken for that of the lemma
        ("one two.", "x y z.\none ka na.", (0, 3), 3, True),
        ("two one.", "na ka one x y z.", (4, 7), 4, True),
        ("two one.", "ka one x y z.", (4, 7), 4, False),
        ("the old the", "the very", (0, 3), 3, False),  # which of the two it is nobody can tell
        ("the old the", "the very very old", (0, 3), 3, True),
    ],
)
def test_whether_more_stands_beside_words_is_asked_of_that_side_alone(
    lemma: str, reading: str, part: tuple[int, int], at: int, more: bool
) -> None:
    assert Within(lemma, reading).has_more(at, *part) is more


def test_who_has_words_before_them_is_named_for_what_others_add_after_them() -> None:
    lines = ["one two. ] x y z. ¶ one ka A", "one ] add. na C"]
    assert account("one two. three", lines, 1).support == ("A", "B", "D")


@pytest.mark.parametrize(
    ("line", "other", "support"),
    [
        ("1–2: ¶ ] om. D", (2, "2: ¶ ] om. B"), "A C"),  # something of each is wanted
        ("1–2: ¶ ] om. D", (1, "Old cat ] om. B"), "A C"),  # a stop is no text
        ("1–2: ¶ ] om. D", (1, "Old cat. ] — B"), "A C"),
        ("1–2: ¶ ] om. D", (1, "cat ] om. B"), "A B C"),
        ("1–2: ¶ ] om. D", (2, "* * * ] om. B"), "A C"),
    ],
)
def test_who_has_passages_has_something_of_each(line: str, other: tuple[int, str], support: str) -> None:
    edition = SmallEdition(["Old cat.", "* * *", "End."], [line, other])
    assert edition.problems == []
    found = next(a for a, e in zip(edition.collate().accounts, edition.entries, strict=True) if e.item.place)
    assert " ".join(found.support) == support


AWAY = "All went away."
THEIRS = {"A": [AWAY], "B": [AWAY], "C": ["All went."], "D": ["None went home."]}
SHORTER = ["All ] None D", "away ] om. C ; home D"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("went away ω ] left Madvig", "by 'ω' that C has the text for “went away”, but by text.md:102 it has “went”; "
                                      "write: went away A B ] left Madvig"),
        ("went away codd. ] left Madvig", "by 'codd.' that C has the text for “went away”, but by text.md:102 it has “went”"
                                          " (nor is it so of D); write: went away A B ] left Madvig"),
        ("went away cett. ] went home D", "by 'cett.' that C has the text for “went away”, but by text.md:102 it has “went”"
                                          "; write: went away A B ] went home D"),
        ("went away A β ] left Madvig", "by 'β' that C has the text for “went away”, but by text.md:102 it has “went”"
                                        "; write: went away A B ] left Madvig"),
        ("went away A B ] left Madvig", None),
        ("went ω ] ran Madvig", None),
    ],
)  # fmt: skip
def test_a_siglum_for_several_is_held_against_what_each_reads_by_shorter_entries(
    line: str, said: str | None
) -> None:
    reported = told(SmallEdition([AWAY], [*SHORTER, line]).collate(**THEIRS))
    expected = f"103: the entry says {said} [apparatus.false_claim]"
    assert reported == ([expected] if said else [])


def test_so_it_is_where_the_other_entry_stands_in_another_series() -> None:
    edition = SmallEdition(["The old man."], ["old ] young A", "old cett. ] Old B"])
    theirs = {"A": "The young man.", "B": "The Old man.", "C": "The old man.", "D": "The old man."}
    read = {key: transcript(text) for key, text in theirs.items()}
    (said,) = collate(edition.text, edition.entries, FOUR, read, lists=("apparatus", "signs")).problems
    assert "says by 'cett.' that A has the text for “old”, but by text.md:101 it has “young”" in said.message


def test_a_siglum_for_several_does_not_speak_of_one_that_a_longer_entry_names() -> None:
    lines = ["went away ] left C", "away ω ] hence Madvig", "went codd. ] ran Müller"]
    edition = SmallEdition([AWAY], lines)
    collation = edition.collate(A=[AWAY], B=[AWAY], C=["All left."], D=[AWAY])
    assert told(collation) == []
    assert collation.accounts[1].excepted == (("C", None),)
    assert collation.accounts[2].excepted == (("C", None),)


@pytest.mark.parametrize(
    ("lines", "excepted"),
    [
        (["one ] uno ω ; un A"], (("A", 0),)),
        (["one A ] uno ω"], (("A", 0),)),
        (["one ] uno cett. ; un A"], ()),  # who is named is none of the rest
        (["one ] uno ω", "one two ] un deux C"], (("C", 0),)),
        (["one ω ] un D"], ()),
    ],
)
def test_for_whom_a_siglum_for_several_does_not_speak(
    lines: list[str], excepted: tuple[tuple[str, int | None], ...]
) -> None:
    assert account("one two three", lines).excepted == excepted


@pytest.mark.parametrize(
    ("gaps", "silence", "lines", "excepted"),
    [
        (("1: one",), None, ["one ] uno codd."], (("D", 0),)),
        (("1: one",), None, ["one ] uno cett. ; un A"], (("D", 0),)),
        (("1: one",), None, ["one codd. ] uno Madvig"], (("D", None),)),
        (("1: two",), None, ["one ] uno codd."], ()),
        ((), Silence.UNKNOWN, ["one ] uno codd."], (("D", 0),)),  # its transcription has the word of the text
        ((), Silence.UNKNOWN, ["one codd. ] uno Madvig"], ()),
        ((), Silence.UNKNOWN, ["one codd. ] uno Madvig", "one two ] un deux D"], (("D", None),)),
    ],
)
def test_all_and_the_rest_are_said_without_who_is_absent_or_reads_otherwise_unnamed(
    gaps: tuple[str, ...],
    silence: Silence | None,
    lines: list[str],
    excepted: tuple[tuple[str, int | None], ...],
) -> None:
    *others, last = FOUR.witnesses
    declared = tuple(Gap(*locus) for gap in gaps if (locus := parse_locus(gap)[0]))
    odd = replace(last, gaps=declared, **({"silence": silence} if silence else {}))
    small = SmallEdition(["one two three"], lines, replace(FOUR, witnesses=(*others, odd)))
    assert small.collate().accounts[0].excepted == excepted


def test_a_whole_edition_has_its_accounts_whether_it_is_proved_or_not() -> None:
    small = SmallEdition(["one two."], ["one ] add. x A", "one ] add. x B"])
    items = tuple(PlacedItem("apparatus", anchored.item, 0) for anchored in small.entries)
    document = SourceDocument("text", 1, (SourceBlock("one two."),), items)
    for check in (True, False):
        edition = make_edition([document], {"apparatus": Series("apparatus", "")}, FOUR, {}, check=check)
        supports = [e.account.support if e.account else () for e in edition.entries]
        assert supports == [("C", "D"), ("C", "D")]
        named = "C D" if check else ""  # where nothing is proved nobody is vouched for
        assert [" ".join(map(str, silent_support(e, edition))) for e in edition.entries] == [named] * 2
        assert [p.kind for p in edition.problems] == [ProblemKind.SAME_WORDS]


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        (
            "one ] uno A^zz",
            "'A^zz' names a hand that is not declared; A has ac, pc, c, 2, 3, 4, mg, sl, γρ, vl;",
        ),
        ("one A^m ] uno B", "'A^m' names a hand that is not declared; did you mean 'A^mg'? A has ac,"),
        ("one ] uno ω^zz", "'ω^zz' names a hand that is not declared; no witness that it stands for has it"),
        (
            "one ] uno cett.^2",
            "'cett.^2' names a hand that is not declared; no witness that it stands for has it",
        ),
        ("one ] uno A^2 B^mg ω^ac", None),
        ("one ] uno Madvig^2", None),  # of a scholar nothing is proved
    ],
)
def test_a_hand_that_is_not_declared_takes_nothing_out_of_the_proof_in_silence(
    line: str, reported: str | None
) -> None:
    said = told(SmallEdition(["one two."], [line]).collate())
    assert len(said) == (1 if reported else 0)
    assert not reported or (
        said[0].startswith(f"101: {reported}") and said[0].endswith("[apparatus.unknown_hand]")
    )


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("Division A ] Divisio Madvig", '"Division A"'),  # in the text: Division A fought
        ("Division A B ] Divisio Madvig", '"Division A"'),
        ("Division B A ] Divisio Madvig", None),
        ("Division A ] Divisio B", None),  # B has a transcription: the proof would find it
        ("Division ] Division A Madvig", '"Division A"'),
        ("Division ] Divisio A Madvig", None),
        ("Division ] Divisio A", None),
        ('"Division A" ] Divisio Madvig', None),
        ("fought A ] won Madvig", None),
        ("fought ] won A Madvig", None),
    ],
)
def test_a_siglum_that_is_a_word_is_reported_only_where_it_can_be_mistaken(
    line: str, reported: str | None
) -> None:
    text = "Division A fought hard."
    said = told(
        SmallEdition([text], [line]).collate(
            B=[text.replace("Division A", "Divisio A", line.endswith("o B"))]
        )
    )
    found = [message for message in said if "siglum_is_a_word" in message]
    assert len(found) == (1 if reported else 0)
    assert not reported or f"quote both ({reported})" in found[0]


def test_differences_come_in_the_order_of_the_text_not_of_the_witnesses() -> None:
    blocks = ["one two.", "three four."]
    edition = SmallEdition(blocks)
    said = told(edition.collate(A=["one two.", "tria four."], B=["uno two.", "three four."]))
    assert [message.split(":")[0] for message in said] == ["10", "20"]


def test_who_lacks_words_by_a_longer_reading_is_not_named_beside_an_omission_of_them() -> None:
    lines = ["one two B ] om. A", "one … four. ] three four. B"]
    theirs = {"A": ["three four."], "B": ["three four."]}
    (said,) = told(SmallEdition(["one two three four."], lines).collate(**theirs))
    assert said == (
        "101: the entry says that B has the text for “one two”, but by text.md:102 it reads otherwise; "
        "write: one two ] om. A [apparatus.false_claim]"
    )
