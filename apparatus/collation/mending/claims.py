"""Entries that claim what a witness does not read, and how they should read.

An entry is to blame for a difference if the difference lies in words that it has put there,
moved or cut out, or inside words for which it names the witness as reading the lemma.
"""

from __future__ import annotations

from apparatus.collation.align import Hunk, applied
from apparatus.collation.compare import Part, words_that_differ
from apparatus.collation.mending.proof import Prover
from apparatus.collation.mending.propose import Proposer
from apparatus.collation.mending.rewrite import mended, without
from apparatus.model import BREAK, Anchored, Effect, Entry, Reading, Span


def to_blame(proposer: Proposer, hunk: Hunk, *, beside: bool = False) -> list[int]:
    """The entries that a difference disproves, in order; with *beside* also those that it only touches."""
    blamed = set()
    theirs = proposer.theirs[hunk.b0 : hunk.b1]
    if found := put_back(proposer, hunk):
        return found
    for at, piece in proposer.pieces:
        entry = piece.moved_by if piece.entry is None else piece.entry
        if entry is None:
            continue
        end = at + len(piece.text)
        if piece.text:
            if piece.moved_by is not None and piece.entry is None:
                touches = hunk.a0 <= at and end <= hunk.a1
            elif hunk.a0 == hunk.a1:
                touches = at < hunk.a0 < end
            else:
                touches = at < hunk.a1 and hunk.a0 < end
            touches = touches or (beside and at - 1 <= hunk.a1 and hunk.a0 <= end + 1)
        else:
            touches = (beside and hunk.a0 - 1 <= at <= hunk.a1 + 1) or _fills(
                proposer, hunk, at, proposer.text.joined[piece.start : piece.end], theirs
            )
        if touches:
            blamed.add(entry)
    return sorted(blamed | _upheld(proposer, hunk))


def put_back(proposer: Proposer, hunk: Hunk) -> list[int]:
    """The entries that have cut just the words of a difference, one or some that follow on each other; others beside are right."""
    words = proposer.theirs[hunk.b0 : hunk.b1].strip()
    if not words or proposer.ours[hunk.a0 : hunk.a1].strip():
        return []
    cut = [
        (piece.start, piece.end, piece.entry)
        for at, piece in proposer.pieces
        if piece.entry is not None
        and piece.moved_by is None
        and not piece.text
        and hunk.a0 - 1 <= at <= hunk.a1 + 1
    ]
    joined = proposer.text.joined
    runs = (cut[n:m] for n in range(len(cut)) for m in range(n + 1, len(cut) + 1))
    found = next((run for run in runs if joined[run[0][0] : run[-1][1]].strip() == words), [])
    return sorted({entry for _, _, entry in found})


def is_in_gap(proposer: Proposer, hunk: Hunk) -> bool:
    """Whether the difference touches what stands for a declared gap."""
    for at, piece in proposer.pieces:
        if piece.is_copy or piece.entry is not None or piece.start == piece.end:
            continue
        if (at < hunk.a1 and hunk.a0 < at + len(piece.text)) or (
            not piece.text and hunk.a0 - 1 <= at <= hunk.a1 + 1
        ):
            return True
    return False


def _fills(proposer: Proposer, hunk: Hunk, at: int, cut: str, theirs: str) -> bool:
    """Whether the difference puts words where the entry has cut some out."""
    if hunk.a0 < at < hunk.a1:
        return True
    if not theirs.strip():
        return False
    if not proposer.ours[hunk.a0 : hunk.a1].strip():
        return hunk.a0 - 1 <= at <= hunk.a1 + 1
    return at in (hunk.a0, hunk.a1) and cut.strip() in theirs


def _upheld(proposer: Proposer, hunk: Hunk) -> set[int]:
    """Entries that name the witness for the lemma where it has other words."""
    start = end = None
    for at, piece in proposer.pieces:
        if piece.is_copy and at <= hunk.a0 <= at + len(piece.text):
            start = piece.start + hunk.a0 - at
        if piece.is_copy and end is None and at <= hunk.a1 <= at + len(piece.text):
            end = piece.start + hunk.a1 - at
    if start is None or end is None:
        return set()
    start, end = min(start, end), max(start, end)
    entries = proposer.prover.witness.attestations.entries
    blamed = set()
    for i in proposer.prover.witness.upheld_in(Span(start, end)):
        span = entries[i].span
        if (span.start < end and start < span.end) if start < end else (span.start < start < span.end):
            blamed.add(i)
    return blamed


class Correction:
    """One blamed entry and what the witness has at its lemma; without those that are false together with it."""

    def __init__(self, proposer: Proposer, i: int, together: frozenset[int] = frozenset()) -> None:
        self.proposer, self.i, self.out = proposer, i, together | {i}
        self.prover = proposer.prover
        self.state = self.prover.witness.state
        self.anchored = self.prover.witness.attestations.entries[i]
        blocks, _ = self.prover.witness.part(proposer.span, (), self.out)
        transcribed = BREAK.join(
            words for words in (proposer.before, proposer.theirs, proposer.after) if words
        )
        self.part = Part(proposer.whole.first, tuple(blocks), ())
        self.ours, self.theirs = self.part.rebuilt_text, transcribed
        self.differences = words_that_differ(self.ours, self.theirs, self.prover.normalise, self.prover.marks)

    def words(self) -> str | None:
        """What the transcription has at the lemma; ``None`` where it cannot be told apart."""
        found = self._range()
        return None if found is None else found[0]

    def is_true(self) -> bool:
        """Whether the witness has at the lemma just the words, or none, that the entry says it has."""
        reading = claim_of(self.anchored, self.prover, self.i)
        if reading is None:
            return self.words() == self.prover.text.slice(self.anchored.span)
        in_words = reading.kind.effect in (Effect.SUBSTITUTES, Effect.CUTS)
        return in_words and self.words() == reading.text

    def _range(self) -> tuple[str, list[Hunk]] | None:
        span = self.anchored.span
        start = end = None
        for at, piece in self.part.pieces():
            if piece.is_copy and piece.start <= span.start < piece.end:
                start = at + span.start - piece.start
            if piece.is_copy and piece.start < span.end <= piece.end:
                end = at + span.end - piece.start
        if start is None or end is None or end < start:
            return None
        touching = [h for h in self.differences if h.a0 <= end and start <= h.a1]
        touching = [h for h in touching if (h.a0 < end and start < h.a1) or h.a0 == h.a1]
        if any(self.ours[h.a0 : start].strip(" ") or self.ours[end : h.a1].strip(" ") for h in touching):
            return None  # what the witness has goes beyond the lemma
        return applied(self.ours, self.theirs, touching, start, end).strip(" "), touching

    def line(self) -> str | None:
        """The entry as it should be, proved; empty if nothing of it is left."""
        by = self.prover.witness.attestations.of(self.i, self.state).by
        if not self.differences and by is not None and by.key == self.state.key:
            entry = without(self.anchored.item, by)  # what the witness has another entry says
            return self.prover.line(entry) if entry else ""
        found = self._range()
        if found is None:
            return None
        words, touching = found
        lemma = self.prover.text.slice(self.anchored.span)
        entry = mended(self.anchored.item, lemma, words, self.state, by, self.prover.marks)
        blocks = applied(self.ours, self.theirs, touching).split(BREAK)
        expected = BREAK.join(block for block in blocks if block)
        if entry is None:
            return "" if self.prover.gives(self.proposer.span, expected, (), self.out, strict=False) else None
        anchored = self.prover.anchored(entry, self.anchored.home)
        if anchored is None or anchored.span != self.anchored.span:
            return None
        proved = self.prover.gives(self.proposer.span, expected, [anchored], self.out, strict=False)
        return self.prover.line(entry) if proved else None


def claim_of(anchored: Anchored[Entry], prover: Prover, i: int) -> Reading | None:
    """The reading that the entry gives to the witness; ``None``: the lemma."""
    reads = prover.witness.attestations.of(i, prover.witness.state).reads
    return anchored.item.readings[reads] if isinstance(reads, int) else None
