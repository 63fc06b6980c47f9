"""The entry that would record a difference, proved before it is offered.

The narrowest lemma is tried first, then wider ones, at last the whole block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apparatus.anchoring.words import is_of_word, is_whole
from apparatus.collation.align import Hunk
from apparatus.collation.compare import Part
from apparatus.collation.lemmata import lemma_for
from apparatus.collation.proof import Prover
from apparatus.model import BREAK, Entry, Kind, Lemma, Reading, Span

#: How many words on either side a lemma is widened by before the whole block is taken.
WIDEST = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry to paste under a block."""

    line: str
    host: int  #: index of the block under which it belongs
    entry: Entry


class Proposer:
    """Finds entries for the differences of one part of one witness."""

    def __init__(self, prover: Prover, part: Part) -> None:
        self.prover, self.text = prover, prover.text
        self.part = part
        self.span, self.whole = prover.region(part)
        self.ours, self.theirs = part.rebuilt_text, part.transcribed_text
        self.before = BREAK.join(b.text for b in self.whole.blocks[: part.first - self.whole.first])
        self.after = BREAK.join(
            b.text for b in self.whole.blocks[part.first - self.whole.first + len(part.blocks) :]
        )
        self.pieces = list(part.pieces())

    def propose(self, hunk: Hunk, without: frozenset[int] = frozenset()) -> Proposal | None:
        """A proved entry for one difference, or ``None``."""
        expected = self.expected(hunk)
        candidates = list(dict.fromkeys(self._candidates(hunk)))
        for strict in (True, False):
            for place_lemma, reading in candidates:
                span, is_block = place_lemma
                proposal = self._try(span, is_block, reading, expected, without, strict)
                if proposal is not None:
                    return proposal
        return None

    def expected(self, *differences: Hunk) -> str:
        """The stretch as it would be with these differences recorded."""
        words, at = "", 0
        for h in differences:
            words += self.ours[at : h.a0] + self.theirs[h.b0 : h.b1]
            at = h.a1
        words += self.ours[at:]
        blocks = f"{self.before}{BREAK}{words}{BREAK}{self.after}".split(BREAK)
        return BREAK.join(block for block in blocks if block)

    def _try(
        self,
        span: Span,
        is_block: bool,
        reading: Reading,
        expected: str,
        without: frozenset[int],
        strict: bool,
    ) -> Proposal | None:
        host = self.text.block_at(span.start)
        for shorten in (True, False):
            place, lemma = (None, Lemma(None)) if is_block else lemma_for(self.text, span, shorten=shorten)
            entry = Entry(lemma, (reading,), place=place)
            anchored = self.prover.anchored(entry, host)
            if anchored is None or anchored.span != span:
                continue
            if self.prover.gives(self.span, expected, [anchored], without, strict=strict):
                return Proposal(self.prover.line(entry), host, entry)
        return None

    # --- what might be written --------------------------------------------------------

    def _candidates(self, hunk: Hunk) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        yield from self._of_blocks(hunk)
        ours, theirs = self.ours[hunk.a0 : hunk.a1], self.theirs[hunk.b0 : hunk.b1]
        if BREAK not in ours + theirs:
            if not ours.strip(" ") and any(map(is_of_word, theirs)):
                yield from self._added(hunk, theirs.strip(" "))
            if not theirs.strip(" ") and ours.strip(" "):
                lead = len(ours) - len(ours.lstrip(" "))
                yield from self._words(hunk.a0 + lead, hunk.a0 + lead + len(ours.strip(" ")), Kind.OM, "")
        for a0, a1 in self._widened(hunk):
            words = self.ours[a0 : hunk.a0] + theirs + self.ours[hunk.a1 : a1]
            yield from self._words(a0, a1, Kind.TEXT if words else Kind.OM, words)
        span = self._source(0, len(self.ours))
        if span is not None:
            first, last = self.text.block_at(span.start), self.text.block_at(span.end)
            everything = Span(self.text.starts[first], self.text.span(last).end)
            words = self.ours[: hunk.a0] + theirs + self.ours[hunk.a1 :]
            yield (everything, first == last), self._reading(Kind.TEXT if words else Kind.OM, words)

    def _of_blocks(self, hunk: Hunk) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        """Whole blocks that only one side has."""
        ours, theirs = self.ours[hunk.a0 : hunk.a1], self.theirs[hunk.b0 : hunk.b1]
        at_edge = (hunk.a0 in (0, len(self.ours)) or BREAK in self.ours[hunk.a0 - 1 : hunk.a0 + 1]) and (
            hunk.a1 in (0, len(self.ours)) or BREAK in self.ours[hunk.a1 - 1 : hunk.a1 + 1]
        )
        if not at_edge:
            return
        if not ours and BREAK in theirs:
            for end, kind in ((hunk.a0, Kind.ADD), (hunk.a1, Kind.PRAEM)):
                span = self._source(max(0, end - 1), end) if kind is Kind.ADD else self._source(end, end + 1)
                if span is not None:
                    block = self.text.span(self.text.block_at(span.start))
                    yield (block, True), self._reading(kind, theirs.strip(BREAK))
        if not theirs and ours.strip(BREAK):
            lead = len(ours) - len(ours.lstrip(BREAK))
            start = hunk.a0 + lead
            span = self._source(start, start + len(ours.strip(BREAK)))
            if span is not None:
                first, last = self.text.block_at(span.start), self.text.block_at(span.end)
                whole = Span(self.text.starts[first], self.text.span(last).end)
                yield (whole, first == last), self._reading(Kind.OM, "")

    def _added(self, hunk: Hunk, words: str) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        end = hunk.a0
        while end > 0 and self.ours[end - 1] == " ":
            end -= 1
        start = end
        while start > 0 and self.ours[start - 1] not in f" {BREAK}":
            start -= 1
        if start < end:
            yield from self._words(start, end, Kind.ADD, words)
        start = hunk.a1
        while start < len(self.ours) and self.ours[start] == " ":
            start += 1
        end = start
        while end < len(self.ours) and self.ours[end] not in f" {BREAK}":
            end += 1
        if start < end:
            yield from self._words(start, end, Kind.PRAEM, words)

    def _widened(self, hunk: Hunk) -> Iterator[tuple[int, int]]:
        """The difference itself, then with more and more words around it."""
        lefts, rights = self._lefts(hunk.a0), self._rights(hunk.a1)
        for extra in range(len(lefts) + len(rights) - 1):
            for left in range(max(0, extra - len(rights) + 1), min(extra, len(lefts) - 1) + 1):
                yield lefts[left], rights[extra - left]

    def _lefts(self, at: int) -> list[int]:
        edges = [at]
        while at > 0 and len(edges) <= WIDEST:
            at -= 1
            while at > 0 and not (self.ours[at - 1] in f" {BREAK}" and self.ours[at] not in f" {BREAK}"):
                at -= 1
            edges.append(at)
        return edges

    def _rights(self, at: int) -> list[int]:
        edges = [at]
        end = len(self.ours)
        while at < end and len(edges) <= WIDEST:
            at += 1
            while at < end and not (self.ours[at] in f" {BREAK}" and self.ours[at - 1] not in f" {BREAK}"):
                at += 1
            edges.append(at)
        return edges

    def _words(self, a0: int, a1: int, kind: Kind, words: str) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        ours = self.ours[a0:a1]
        if not ours or ours != ours.strip(f" {BREAK}") or words != words.strip(f" {BREAK}"):
            return
        span = self._source(a0, a1)
        if span is not None and len(span) and is_whole(self.text.joined, span.start, span.end):
            yield (span, False), self._reading(kind, words)

    def _source(self, a0: int, a1: int) -> Span | None:
        """The stretch of the reading text that the rebuilt text from *a0* to *a1* comes from."""
        start = end = None
        for at, piece in self.pieces:
            if piece.is_copy and at <= a0 < at + len(piece.text):
                start = piece.start + a0 - at
            if piece.is_copy and at < a1 <= at + len(piece.text):
                end = piece.start + a1 - at
        return Span(start, end) if start is not None and end is not None and start <= end else None

    def _reading(self, kind: Kind, words: str) -> Reading:
        return Reading(kind, words, sigla=(self.prover.witness.state,))
