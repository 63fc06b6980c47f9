"""The lemma to write for words of the text, so that it means these words and no others."""

from __future__ import annotations

from apparatus.anchoring import find_lemma
from apparatus.anchoring.words import occurrences, occurrences_ending
from apparatus.model import BREAK, EditedText, Lemma, Place, Span, Words
from apparatus.notation import parse_locus, write_locus

#: A lemma of more words is abbreviated.
LONG = 7


def lemma_for(text: EditedText, span: Span, *, shorten: bool = True) -> tuple[Place | None, Lemma]:
    """Lemma and, where it needs one, place of *span*, for an entry under the span's first block."""
    first, last = text.block_at(span.start), text.block_at(span.end)
    if span == Span(text.starts[first], text.span(last).end) and last > first:
        return Place(text.blocks[first].number, list(text.passages_of(last))[-1].number), Lemma(None)
    words = text.slice(span)
    parts = words.replace(BREAK, " ").split(" ")
    if shorten and len(parts) >= LONG:
        start, end = parts[0], parts[-1]
        place = _place(text, span, first, last) if last > first else None
        begins, ends = _reach(text, place, first, last)
        starts = [s.start for s in occurrences(text, start, first) if begins.contains(s)]
        stops = [s.end for s in occurrences_ending(text, end, last, last) if ends.contains(s)]
        if span.start in starts and span.end in stops:
            return place, Lemma(_numbered(start, span.start, starts), _numbered(end, span.end, stops))
    found = [s.start for s in occurrences(text, words, first)]
    return None, Lemma(_numbered(words, span.start, found))


def locus_for(text: EditedText, span: Span) -> tuple[Place, Lemma] | None:
    """Place and lemma of a gap, as they come back from writing; ``None`` where they do not."""
    place, lemma = lemma_for(text, span)
    first = text.block_at(span.start)
    if span == text.span(first):
        place, lemma = None, Lemma(None)
    for named in (place,) if place else _places(text, span, first):
        parsed, problems = parse_locus(write_locus(named, lemma))
        found = find_lemma(text, *parsed) if parsed and not problems else None
        if found == span:
            return named, lemma
    return None


def _places(text: EditedText, span: Span, block: int) -> tuple[Place, ...]:
    """How a block may be named: by its number; from its first number to its last; by that of the passage."""
    numbers = [passage.number for passage in text.passages_of(block)]
    passage = Place(text.number_in(block, span.start))
    return (passage,) if len(numbers) == 1 else (Place(numbers[0], numbers[-1]), passage)


def _place(text: EditedText, span: Span, first: int, last: int) -> Place:
    return Place(text.number_in(first, span.start), text.number_in(last, max(span.start, span.end - 1)))


def _reach(text: EditedText, place: Place | None, first: int, last: int) -> tuple[Span, Span]:
    """Where the occurrences of the two ends of an abbreviated lemma are counted."""
    if place is None or place.end is None:
        return text.span(first), text.span(last)
    return text.passage[place.start].span, text.passage[place.end].span


def _numbered(words: str, at: int, found: list[int]) -> Words:
    return Words(words, found.index(at) + 1 if len(found) > 1 and at in found else None)
