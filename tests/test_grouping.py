"""All witnesses at once: one entry a place, together proved, as an editor would have written them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from collating import FOUR, Line, SmallEdition, transcript
from hypothesis import given
from hypothesis import strategies as st
from traditions import Rates, tradition

from apparatus.collation import collate
from apparatus.collation.grouping import Grouped, group_witnesses
from apparatus.model import Block, Conspectus, EditedText, Kind, Origin
from apparatus.notation import write_entry, write_locus

THREE = ["They fought, lost the war.", "Then they left the town.", "The end came."]


def text_of(blocks: Sequence[str]) -> EditedText:
    return EditedText(tuple(Block(str(n), block, Origin("text.md", n)) for n, block in enumerate(blocks, 1)))


def grouped(base: Sequence[str], *, lacunae: bool = False, **theirs: Sequence[str]) -> Grouped:
    told = {key: [Line(text, n) for n, text in enumerate(blocks, 1)] for key, blocks in theirs.items()}
    return group_witnesses(text_of(base), FOUR, told, lacunae=lacunae)


def problems(base: Sequence[str], found: Grouped, theirs: Mapping[str, Sequence[str]]) -> list[str]:
    """What the proof of the whole edition says."""
    gaps = {key: replace(FOUR.witness[key], gaps=its) for key, its in found.gaps.items()}
    conspectus = Conspectus(tuple(gaps.get(w.key, w) for w in FOUR.witnesses))
    told = {key: transcript(*blocks) for key, blocks in theirs.items()}
    return [str(problem) for problem in collate(text_of(base), found.entries, conspectus, told).problems]


def lines(base: Sequence[str], **theirs: Sequence[str]) -> list[str]:
    """The entries as they are written, proved."""
    found = grouped(base, **theirs)
    assert found.unproved == {}
    assert problems(base, found, theirs) == []
    return [f"{a.home + 1} {write_entry(a.item, FOUR.keys)}" for a in found.entries]


@pytest.mark.parametrize(
    ("theirs", "line"),
    [
        (["They fought, won the war.", *THREE[1:]], "1 lost ] won A"),
        (["They fought, the war.", *THREE[1:]], "1 lost ] om. A"),
        (["They fought lost the war.", *THREE[1:]], "1 fought, ] fought A"),
        (["They fought; lost the war.", *THREE[1:]], "1 fought, ] fought; A"),
        (["They fled, lost the war.", *THREE[1:]], "1 fought ] fled A"),
        (["They fought, lost the whole war.", *THREE[1:]], "1 the ] add. whole A"),
        (["And They fought, lost the war.", *THREE[1:]], "1 They ] praem. And A"),
        ([THREE[0], THREE[2]], "2 ¶ ] om. A"),
        ([THREE[0]], "2 2–3: ¶ ] om. A"),
        ([THREE[0], "New.", *THREE[1:]], "1 ¶ ] add. New. A"),
        (["New.", *THREE], "1 ¶ ] praem. New. A"),
        ([*THREE, "One.", "Two."], "3 ¶ ] add. One. ¶ Two. A"),
        ([" ".join(THREE[:2]), THREE[2]], "1 war. ¶ Then ] war. Then A"),
        (["They fought,", "lost the war.", *THREE[1:]], "1 fought, lost ] fought, ¶ lost A"),
        (["They fought, lost thewar.", *THREE[1:]], "1 the war ] thewar A"),
        ([THREE[1], THREE[0], THREE[2]], "1 ¶ ] transp. post 2 A"),
        (["They fought, lost the [lac.]", *THREE[1:]], "1 war. ] lac. A"),
    ],
)
def test_each_kind_of_difference_has_its_line(theirs: list[str], line: str) -> None:
    assert lines(THREE, A=theirs) in ([line], ["2 ¶ ] transp. post 3 A"], ["2 ¶ ] transp. ante 1 A"])


def test_what_several_witnesses_have_is_one_reading() -> None:
    won, left = "They fought, won the war.", "They fought, left a war."
    assert lines(THREE[:1], A=[won], B=[won], C=[left], D=["They fought, lost a war."]) == [
        "1 lost ] won A B ; left C",
        "1 the ] a C D",
    ]


def test_words_side_by_side_are_told_apart() -> None:
    base = ["one two three. then he .d. and so four five"]
    theirs = ["uno two tres. then he. d town. and so four fife"]
    assert lines(base, A=theirs)[:2] == ["1 one ] uno A", "1 three ] tres A"]
    assert lines(base, A=theirs)[-1] == "1 five ] fife A"


def test_no_entry_begins_with_a_stop() -> None:
    assert lines(["He went . This was all"], A=["He went ; this was all"]) == [
        '1 went . ] "went ;" A',
        "1 This ] this A",
    ]


def test_a_dash_that_two_lack_is_one_entry_beside_the_word_that_one_has_otherwise() -> None:
    found = lines(["said Nikita – and went"], A=["said Nikika and went"], B=["said Nikita and went"])
    assert found == ["1 Nikita ] Nikika A", "1 – ] om. A B"]


def test_what_others_have_for_a_word_divides_a_rewriting() -> None:
    found = lines(["one two three four."], A=["one dos four."], B=["one dos three four."])
    assert found == ["1 two ] dos A B", "1 three ] om. A"]


def test_an_addition_stands_where_it_hides_no_agreement() -> None:
    found = lines(["one two three four."], A=["one tow three four."], B=["one tow more three four."])
    assert found == ["1 two ] tow A B", "1 three ] praem. more B"]


def test_one_witness_never_lacks_words_and_adds_others_in_their_place() -> None:
    theirs = ["They fought and so they altogether went away from here.", *THREE[1:]]
    for line in lines(THREE, A=theirs):
        assert "om." not in line


BLOCKS = [
    "When the first ships came into the harbour nobody had seen their like before that day.",
    "The old men of the town went down to the water and looked at them for a long while.",
    "Some said that they came from the south, others that they had been sent by the king.",
    "In the evening a boat was lowered, and three strangers were rowed to the stone steps.",
    "They asked for bread, for fresh water and for a pilot who would know the northern coast.",
]


def test_a_block_elsewhere_is_moved_and_its_variants_stay_entries() -> None:
    other = BLOCKS[1].replace("old", "aged").replace("looked", "gazed").replace("long", "little")
    theirs = [BLOCKS[0], BLOCKS[2], BLOCKS[3], other, BLOCKS[4]]
    assert lines(BLOCKS, A=theirs, B=theirs) == [
        "2 ¶ ] transp. post 4 A B",
        "2 old ] aged A B",
        "2 looked ] gazed A B",
        "2 long ] little A B",
    ]


def test_a_sentence_elsewhere_is_moved() -> None:
    base = ["One man went out of the house. Two women stayed at home. All was quiet in the street."]
    theirs = ["One man went out of the house. All was quiet in the street. Two women remained at home."]
    found = lines(base, A=theirs)
    assert len(found) == 2
    assert any("transp." in line for line in found)
    assert "stayed ] remained A" in found[0] + found[1]


def test_what_two_have_elsewhere_in_two_places_is_one_entry() -> None:
    after = [*BLOCKS[1:4], BLOCKS[0], BLOCKS[4]]
    last = [*BLOCKS[1:], BLOCKS[0]]
    assert lines(BLOCKS, A=after, B=last) == ["1 ¶ ] transp. post 4 A ; transp. post 5 B"]


def test_a_fragment_has_gaps() -> None:
    whole = " ".join(BLOCKS)
    begins = [whole.partition("others that")[2].strip(), "The end."]
    found = grouped([whole, "The end."], lacunae=True, A=begins)
    assert [write_locus(gap.place, gap.lemma) for gap in found.gaps["A"]] == ["1: When … that^3"]
    assert (found.entries, found.unproved) == ((), {})
    assert problems([whole, "The end."], found, {"A": begins}) == []


def test_a_leaf_that_is_lost_is_a_gap_over_the_break() -> None:
    long = [" ".join(BLOCKS), " ".join(reversed(BLOCKS))]
    theirs = [" ".join(long[0].split()[:30] + long[1].split()[40:])]
    found = grouped(long, lacunae=True, A=theirs)
    assert [str(gap.place) for gap in found.gaps["A"]] == ["1–2"]
    assert problems(long, found, {"A": theirs}) == []


def test_another_work_has_few_words_in_common() -> None:
    other = ["Quousque tandem abutere patientia nostra, quam diu etiam furor iste tuus nos eludet?"]
    found = grouped(BLOCKS, A=other, B=BLOCKS[:3])
    assert found.shared["A"] < 0.15
    assert found.shared["B"] == 1


TOKENS = ["the", "The", "a", "led", "lead", "army,", "(so", "say)", "“over”", "lost.", "—", "don’t", "A", "om.", "3", "é", "]"]  # fmt: skip
some_blocks = st.lists(
    st.lists(st.sampled_from(TOKENS), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=4
)


@given(some_blocks, some_blocks, some_blocks)
def test_any_witnesses_whatever_are_recorded_in_one_round(
    base: list[str], one: list[str], other: list[str]
) -> None:
    found = grouped(base, A=one, B=other)
    assert found.unproved == {}
    text = SmallEdition(base)
    text.entries = list(found.entries)
    assert [block.text for block in text.witness("A").blocks] == one
    assert [block.text for block in text.witness("B").blocks] == other
    assert [block.text for block in text.witness("C").blocks] == base


@given(some_blocks, some_blocks)
def test_no_two_entries_are_about_the_same_words(base: list[str], theirs: list[str]) -> None:
    found = grouped(base, A=theirs, B=theirs[::-1]).entries
    about = [
        (a.span, a.item.readings[0].kind.effect) for a in found if a.item.readings[0].kind.replaces_lemma
    ]
    assert len(about) == len(set(about))


@pytest.mark.parametrize(
    ("rates", "share"),
    [(Rates(), 0.99), (Rates(0.05), 0.97), (Rates(0.02, 1, 1, 1), 0.99), (Rates(0.02, 2, 2, 2), 0.95)],
    ids=["slips", "many slips", "faults", "several faults"],
)
def test_agreements_of_thirteen_witnesses_of_known_descent_are_shown(rates: Rates, share: float) -> None:
    every = shown = 0
    for seed in range(3):
        drawn = tradition(seed, rates=rates)
        found = group_witnesses(drawn.text, drawn.conspectus, drawn.transcriptions)
        assert found.unproved == {}
        its = drawn.shown(found)
        every, shown = every + its[0], shown + its[1]
    assert shown / every >= share


@pytest.mark.parametrize(
    ("base", "theirs", "lines_"),
    [
        ("one two three four.", "one three two four.", ["1 two three ] three two A"]),
        ("the rope had been mended twice.", "the rope twice had been mended.", ["1 twice ] transp. post rope A"]),
        ("horum omnium fortissimi sunt Belgae, et", "horum omnium sunt Belgae, fortissimi et", ["1 fortissimi ] transp. post Belgae, A"]),
        ("the old old man", "the old man", ["1 old^2 ] om. A"]),
        ("end of the road", "end of all of the road", ["1 end ] add. of all A"]),
        ("he spoke to them all", "he said unto them all", ["1 spoke ] said A", "1 to ] unto A"]),
    ],
)  # fmt: skip
def test_words_that_change_places_are_one_entry(base: str, theirs: str, lines_: list[str]) -> None:
    found = lines([base], A=[theirs])
    assert found == lines_ or (
        "transp." in lines_[0]
        and len(found) == 1
        and len(found[0]) <= len(lines_[0])
        and "transp." in found[0]
    )


@given(some_blocks, some_blocks)
def test_nobody_lacks_words_and_has_others_in_their_place_by_two_entries(
    base: list[str], theirs: list[str]
) -> None:
    found = [a for a in grouped(base, A=theirs).entries if a.item.readings[0].kind is not Kind.TRANSP]
    for one, other in pairwise(sorted(found, key=lambda a: a.span)):
        assert one.span != other.span or Kind.OM not in {a.item.readings[0].kind for a in (one, other)}
