"""Whether entries give back a witness, and if not, where: nothing is said of how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from apparatus.collation.align import Hunk
from apparatus.collation.compare import Part, TranscribedBlock, compare
from apparatus.collation.rebuild import WitnessText
from apparatus.collation.stream import Piece
from apparatus.model import Span


def unproved(
    witness: WitnessText, transcribed: Sequence[TranscribedBlock], normalise: Callable[[str], str]
) -> list[Span]:
    """The stretches of the text in which the entries do not give what the witness has."""
    rebuilt = witness.rebuild()
    parts = compare(rebuilt.blocks, transcribed, normalise, witness.witness.marks)
    entries = witness.attestations.entries
    conflicts = [entries[conflict.entry].span for conflict in rebuilt.conflicts]
    return [*conflicts, *(span for part in parts for span in _spans(part))]


def _spans(part: Part) -> Iterator[Span]:
    """Where in the text the differences of a part are."""
    pieces = [*part.pieces()]
    return (span_of_difference(pieces, hunk) for hunk in part.differences)


def span_of_difference(pieces: Sequence[tuple[int, Piece]], hunk: Hunk) -> Span:
    """Where in the text a difference of a part with these *pieces* is."""
    found = []
    for at, piece in pieces:
        if at <= hunk.a1 and hunk.a0 <= at + len(piece.text):
            start, end = piece.start, piece.end
            if piece.is_copy:
                start += max(0, hunk.a0 - at)
                end = min(end, piece.start + hunk.a1 - at)
            found.append(Span(min(start, end), max(start, end)))
    if not found:
        return Span(0, 0)
    return Span(min(span.start for span in found), max(span.end for span in found))
