"""A further witness in an entry that is there already.

Where the witness reads what an entry records of another, or differs at just the words that an
entry is about, a new entry beside the old would hide that they agree. Its siglum goes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apparatus.collation.align import Hunk
from apparatus.collation.attestation import Stance
from apparatus.collation.compare import Part
from apparatus.collation.mending.proof import Prover
from apparatus.collation.mending.rewrite import mended
from apparatus.model import BREAK, Anchored, Entry, Origin, Span

EDGES = f" {BREAK}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry to paste under a block."""

    line: str
    host: int  #: index of the block under which it belongs
    anchored: Anchored[Entry]
    instead: int | None = None  #: the entry about the same words, which it replaces
    origin: Origin | None = None  #: of that entry


class Joiner:
    """Finds the entries that the differences of one part of one witness may go into."""

    def __init__(self, prover: Prover, part: Part) -> None:
        self.prover, self.text = prover, prover.text
        self.ours, self.theirs = part.rebuilt_text, part.transcribed_text
        self.pieces = list(part.pieces())

    def as_recorded(self, differences: Sequence[Hunk]) -> list[Hunk]:
        """The differences, those joined into one that an entry records together as another witness's reading."""
        grouped: list[Hunk] = []
        at = 0
        while at < len(differences):
            first, end = differences[at], at + 1
            for i, _, a1 in self._about(first):
                last = max((n for n, h in enumerate(differences) if n >= at and h.a1 <= a1), default=at)
                both = Hunk(first.a0, differences[last].a1, first.b0, differences[last].b1)
                if last >= end and any(p.instead == i for p in self.joined(both)):
                    first, end = both, last + 1
            grouped.append(first)
            at = end
        return grouped

    def joined(self, hunk: Hunk, about: Span | None = None) -> Iterator[Proposal]:
        """The entries that have what the witness reads, with its siglum; or those *about* just these words."""
        for i, a0, a1 in self._about(hunk):
            before = self._entry(i)
            words = self.ours[a0 : hunk.a0] + self.theirs[hunk.b0 : hunk.b1] + self.ours[hunk.a1 : a1]
            lemma = self.text.slice(before.span)
            state, marks = self.prover.witness.state, self.prover.marks
            entry = mended(before.item, lemma, words.strip(EDGES), state, None, marks)
            if entry is None:
                continue
            adds_reading = len(entry.readings) > len(before.item.readings)
            if adds_reading if about is None else before.span != about:
                continue
            anchored = self.prover.anchored(entry, before.home)
            if anchored is not None and anchored.span == before.span:
                yield Proposal(self.prover.line(entry), before.home, anchored, i, before.item.origin)

    def _about(self, hunk: Hunk) -> Iterator[tuple[int, int, int]]:
        """Entries that say nothing of the witness and whose words hold the difference, and where."""
        attestations = self.prover.witness.attestations
        cut = self.ours[hunk.a0 : hunk.a1]  # of words left out, the blanks may lie outside
        lead, trail = len(cut) - len(cut.lstrip(EDGES)), len(cut) - len(cut.rstrip(EDGES))
        near = [(p.start, p.end) for at, p in self.pieces if at <= hunk.a1 and hunk.a0 <= at + len(p.text)]
        if not near:
            return
        for i in attestations.within(Span(min(a for a, _ in near), max(b for _, b in near))):
            found = self._rebuilt(self._entry(i).span)
            if found is None or not (found[0] <= hunk.a0 + lead and hunk.a1 - trail <= found[1]):
                continue
            said = attestations.of(i, self.prover.witness.state)
            if said.by is None and said.reads is Stance.LEMMA:
                yield i, *found

    def _rebuilt(self, span: Span) -> tuple[int, int] | None:
        """Where words of the reading text stand in the rebuilt text, if they do in one piece."""
        for at, piece in self.pieces:
            if piece.is_copy and piece.start <= span.start and span.end <= piece.end:
                start = at + span.start - piece.start
                return start, start + len(span)
        return None

    def _entry(self, i: int) -> Anchored[Entry]:
        return self.prover.witness.attestations.entries[i]
