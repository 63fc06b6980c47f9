"""Whatever entries an edition has, each witness can be given back, and the rules say which words stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from collating import FOUR, SmallEdition, transcript
from hypothesis import given
from hypothesis import strategies as st

from apparatus.anchoring import anchor
from apparatus.anchoring.words import is_whole
from apparatus.collation import anchor_gaps, collate
from apparatus.collation.attestation import Attestations
from apparatus.collation.mending.lemma import lemma_for
from apparatus.collation.rebuild import WitnessText
from apparatus.model import (
    BREAK,
    Anchored,
    Conspectus,
    EditedText,
    Entry,
    Gap,
    Kind,
    Lemma,
    Place,
    Reading,
    Siglum,
    Span,
    Target,
    Witness,
)
from apparatus.notation import parse_entry, write_entry
from apparatus.problems import ProblemKind

#: Words with marks that belong to the letter before them, punctuation apart and joined, words that repeat.
TOKENS = (
    *("the", "The", "a", "army,", "(so", "say)", "“over”", "lost.", "—", "don’t", "A", "om.", "3", "]", "¶"),
    *(
        "é",
        "e\u0301",
        "Ива\u0301нов",
        "ἄ\u0323",
        "co\u00adop",
        "\u05d0\u05b8",
        "a—b",
        "…",
        "†",
        "x^2",
        "2.3:",
        "a…b",
    ),
)
texts = st.lists(
    st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4
)
some_words = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3).map(" ".join)
new_words = some_words | st.lists(some_words, min_size=2, max_size=2).map(BREAK.join)


def whole_spans(text: EditedText) -> list[Span]:
    """Every stretch that can be a lemma."""
    joined = text.joined
    edges = range(len(joined) + 1)
    return [
        Span(a, b)
        for a in edges
        for b in edges[a + 1 :]
        if joined[a] not in f" {BREAK}" and joined[b - 1] not in f" {BREAK}" and is_whole(joined, a, b)
    ]


def entry_at(
    text: EditedText, span: Span, readings: tuple[Reading, ...], *, shorten: bool = True
) -> Anchored[Entry]:
    """An entry about a stretch, as it comes back when it has been written, read and anchored."""
    place, lemma = lemma_for(text, span, shorten=shorten)
    line = write_entry(Entry(lemma, readings, place=place), FOUR.keys)
    entry, problems = parse_entry(line, FOUR.keys)
    assert entry is not None and not problems, (line, problems)
    (found,), problems = anchor(text, [(entry, text.block_at(span.start))])
    assert not problems and found.span == span, (line, problems, found.span, span)
    return found


def rebuilt(text: EditedText, entries: list[Anchored[Entry]], key: str = "A") -> WitnessText:
    return WitnessText(Attestations(text, entries, FOUR), Siglum(key))


def words_of(witness: WitnessText) -> str:
    return BREAK.join(block.text for block in witness.rebuild().blocks)


def without_empty_blocks(words: str) -> str:
    return BREAK.join(block for block in words.split(BREAK) if block)


@st.composite
def editions(draw: st.DrawFn, *, most: int = 5) -> tuple[EditedText, list[Span]]:
    """A text, and stretches of it that may nest, overlap and run over several blocks."""
    text = SmallEdition(draw(texts)).text
    spans = draw(st.lists(st.sampled_from(whole_spans(text)), min_size=1, max_size=most))
    return text, spans


@given(texts, st.data())
def test_every_stretch_of_whole_words_has_a_lemma_that_means_it(
    blocks: list[str], data: st.DataObject
) -> None:
    text = SmallEdition(blocks).text
    span = data.draw(st.sampled_from(whole_spans(text)))
    for shorten in (True, False):
        entry_at(text, span, (Reading(Kind.OM, sigla=(Siglum("A"),)),), shorten=shorten)


@given(editions(), st.data())
def test_of_stretches_that_are_replaced_the_first_and_longest_stand(
    edition: tuple[EditedText, list[Span]], data: st.DataObject
) -> None:
    text, spans = edition
    spans = list(dict.fromkeys(spans))
    entries = [
        entry_at(text, span, (Reading(Kind.TEXT, data.draw(new_words), sigla=(Siglum("A"),)),))
        for span in spans
    ]
    expected, at = "", 0
    for span, entry in sorted(zip(spans, entries, strict=True), key=lambda p: (p[0].start, -p[0].end)):
        if span.start >= at and entry.item.readings[0].text != text.slice(span):  # the same words say nothing
            expected += text.joined[at : span.start] + entry.item.readings[0].text
            at = span.end
    expected += text.joined[at:]
    assert words_of(rebuilt(text, entries)) == without_empty_blocks(expected)
    assert words_of(rebuilt(text, entries, "B")) == text.joined


def block_entry(text: EditedText, block: int, reading: Reading) -> Anchored[Entry]:
    """An entry about a whole block."""
    (found,), problems = anchor(text, [(Entry(Lemma(None), (reading,)), block)])
    assert not problems
    return found


@st.composite
def targets(draw: st.DrawFn, text: EditedText) -> Target:
    """A place for words that are moved: a block, or words of one."""
    before = draw(st.booleans())
    goal = draw(st.none() | st.sampled_from(whole_spans(text)))
    place, lemma = (None, None) if goal is None else lemma_for(text, goal)
    if goal is None or place is not None:  # words of several blocks are no target
        return Target(before, draw(st.sampled_from(text.blocks)).number)
    return Target(before, text.blocks[text.block_at(goal.start)].number, lemma)


@given(editions(), st.data())
def test_words_that_are_moved_or_added_are_all_there(
    edition: tuple[EditedText, list[Span]], data: st.DataObject
) -> None:
    text, spans = edition
    entries, expected = [], text.joined
    for span in spans:
        kind = data.draw(st.sampled_from([Kind.TRANSP, Kind.TRANSP, Kind.ADD, Kind.PRAEM]))
        if kind is Kind.TRANSP:
            reading = Reading(kind, target=data.draw(targets(text)), sigla=(Siglum("A"),))
        else:
            reading = Reading(kind, data.draw(new_words), sigla=(Siglum("A"),))
            expected += reading.text
        is_block = data.draw(st.booleans())
        entries.append(
            block_entry(text, text.block_at(span.start), reading)
            if is_block
            else entry_at(text, span, (reading,))
        )

    def letters(words: str) -> Counter[str]:
        return Counter(words.replace(" ", "").replace(BREAK, ""))

    assert letters(words_of(rebuilt(text, entries))) == letters(expected)


KINDS = [Kind.TEXT, Kind.OM, Kind.ADD, Kind.PRAEM, Kind.ILL, Kind.LAC, Kind.DEL, Kind.TRANSP, Kind.TRANSP]
HANDS = [
    Siglum("A"),
    *(Siglum("A", hand) for hand in ("ac", "pc", "2")),
    *map(Siglum, ("B", "ω", "codd.", "cett.")),
]


@st.composite
def whole_editions(draw: st.DrawFn) -> tuple[EditedText, list[Anchored[Entry]], Conspectus]:
    """Entries of every kind for several hands and groups, and perhaps a gap in a witness."""
    text, spans = draw(editions(most=7))
    entries = []
    for span in spans:
        kind, sigla = draw(st.sampled_from(KINDS)), (draw(st.sampled_from(HANDS)),)
        words = draw(new_words) if kind in (Kind.TEXT, Kind.ADD, Kind.PRAEM) else ""
        reading = Reading(kind, words, draw(targets(text)) if kind is Kind.TRANSP else None, sigla)
        is_block = draw(st.booleans())
        entries.append(
            block_entry(text, text.block_at(span.start), reading)
            if is_block
            else entry_at(text, span, (reading,))
        )
    gaps: tuple[Gap, ...] = ()
    if draw(st.booleans()):
        lost = draw(st.sampled_from(whole_spans(text)))
        place, lemma = lemma_for(text, lost)
        gaps = (Gap(place or Place(text.blocks[text.block_at(lost.start)].number), lemma),)
    mark = draw(st.sampled_from(["[lac.]", ""]))
    first = Witness("A", transcription="A.txt", gaps=gaps, lac_mark=mark)
    return text, entries, replace(FOUR, witnesses=(first, *FOUR.witnesses[1:]))


@given(whole_editions(), texts)
def test_any_edition_can_be_rebuilt_and_compared_and_no_blank_is_left_over(
    edition: tuple[EditedText, list[Anchored[Entry]], Conspectus], theirs: list[str]
) -> None:
    text, entries, conspectus = edition
    attestations = Attestations(text, entries, conspectus, anchor_gaps(text, conspectus)[0])
    for state in (Siglum("A", "ac"), Siglum("A", "2"), Siglum("B"), Siglum("A")):
        witness = WitnessText(attestations, state)
        given_back = witness.rebuild()
        for block in given_back.blocks:
            assert block.text and block.text == " ".join(block.text.split())
            assert "".join(piece.text for piece in block.pieces) == block.text
            for piece in block.pieces:
                assert not piece.is_copy or text.joined[piece.start : piece.end] == piece.text
                assert piece.text or piece.start < piece.end  # nothing stands only for words cut out
        whole, _ = witness.part(Span(0, len(text.joined)))
        assert [block.text for block in whole] == [block.text for block in given_back.blocks]
    own = [block.text for block in given_back.blocks]
    told = collate(text, entries, conspectus, {"A": transcript(*own)}).problems
    wrong = {ProblemKind.UNRECORDED_DIFFERENCE, ProblemKind.FALSE_CLAIM}
    assert not wrong & {problem.kind for problem in told}
    collate(text, entries, conspectus, {"A": transcript(*theirs), "B": transcript(*own)})
