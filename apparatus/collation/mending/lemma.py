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
        return _place(text, first, last), Lemma(None)
    words = text.slice(span)
    parts = words.replace(BREAK, " ").split(" ")
    if shorten and len(parts) >= LONG:
        start, end = parts[0], parts[-1]
        starts = [s.start for s in occurrences(text, start, first)]
        ends = [s.end for s in occurrences_ending(text, end, last, last)]
        if span.start in starts and span.end in ends:
            lemma = Lemma(_numbered(start, span.start, starts), _numbered(end, span.end, ends))
            return (_place(text, first, last) if last > first else None), lemma
    found = [s.start for s in occurrences(text, words, first)]
    return None, Lemma(_numbered(words, span.start, found))


def locus_for(text: EditedText, span: Span) -> tuple[Place, Lemma] | None:
    """Place and lemma of a gap, as they come back from writing; ``None`` where they do not."""
    place, lemma = lemma_for(text, span)
    first = text.block_at(span.start)
    if span == text.span(first):
        place, lemma = None, Lemma(None)
    place = place or Place(text.blocks[first].number)
    parsed, problems = parse_locus(write_locus(place, lemma))
    found = find_lemma(text, *parsed) if parsed and not problems else None
    return (place, lemma) if found == span else None


def _place(text: EditedText, first: int, last: int) -> Place:
    return Place(text.blocks[first].number, text.blocks[last].number)


def _numbered(words: str, at: int, found: list[int]) -> Words:
    return Words(words, found.index(at) + 1 if len(found) > 1 and at in found else None)
