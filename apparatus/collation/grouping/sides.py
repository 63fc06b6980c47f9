"""What of a witness is compared: all of it with the text, or the parts that no entry accounts for yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apparatus.collation.align import Hunk
from apparatus.collation.compare import Part, TranscribedBlock
from apparatus.collation.grouping.copy import Copy
from apparatus.collation.grouping.units import Units
from apparatus.collation.rebuild import RebuiltBlock, WitnessText
from apparatus.model import BREAK, EditedText, Siglum, Span


@dataclass
class Side:
    """A witness, or parts of it, on the way to be compared.

    *ours* is what the edition gives it, *base* says of each unit of that which of the text it is (−1: none).
    """

    state: Siglum
    ours: Units
    base: Sequence[int]
    theirs: str
    transcribed: Sequence[TranscribedBlock]  #: all of it, to be proved
    witness: WitnessText | None = None  #: as the entries that stand make it
    rebuilt: Sequence[RebuiltBlock] = ()  #: all of it, as the entries that stand make it
    parts: tuple[Part, ...] = ()  #: for which entries are made
    stretches: tuple[Part, ...] = ()  #: these, and what is between them
    starts: tuple[int, ...] = field(default=())  #: at which unit each stretch begins

    def part_at(self, unit: int) -> Part:
        """The stretch that a unit belongs to."""
        return self.stretches[max(0, bisect_right(self.starts, unit) - 1)]

    def spans(self, text: EditedText) -> list[tuple[Part, Span]]:
        """Where in the text each part is."""
        return [(part, span) for part in self.parts if (span := span_of(text, part))]


def whole_side(base: Units, state: Siglum, blocks: Sequence[TranscribedBlock]) -> Side:
    """A witness of which no entry says anything yet."""
    return Side(state, base, range(len(base)), BREAK.join(block.text for block in blocks), blocks)


def side_of_parts(
    base: Units,
    witness: WitnessText,
    parts: Sequence[Part],
    blocks: Sequence[TranscribedBlock],
    rebuilt: Sequence[RebuiltBlock],
) -> Side:
    """The *parts* in which a witness differs from what the entries that stand say of it.

    Where whole blocks are more or less they may be elsewhere: then all of the witness is compared, so that it is seen
    what stands between. *rebuilt* is what the edition gives for it.
    """
    some_elsewhere = any(len(part.blocks) != len(part.transcribed) for part in parts)
    stretches = [*_with_the_rest(parts, rebuilt)] if some_elsewhere else [*parts]
    ours = Units(BREAK.join(part.rebuilt_text for part in stretches))
    theirs = BREAK.join(part.transcribed_text for part in stretches)
    places = _places(base, ours, stretches)
    starts, at = [], 0
    for part in stretches:
        starts.append(bisect_right(ours.starts, at) - 1 if len(ours) else 0)
        at += len(part.rebuilt_text) + len(BREAK)
    return Side(
        witness.state,
        ours,
        places,
        theirs,
        blocks,
        witness,
        rebuilt,
        tuple(parts),
        tuple(stretches),
        tuple(starts),
    )


def _with_the_rest(parts: Sequence[Part], rebuilt: Sequence[RebuiltBlock]) -> Iterator[Part]:
    """The parts, and between them the blocks for which nothing is to be said, as if the witness had just these."""
    at = 0
    for part in [*parts, Part(len(rebuilt), (), ())]:
        if between := tuple(rebuilt[at : part.first]):
            yield Part(at, between, tuple(_Same(block.text) for block in between))
        if part.blocks or part.transcribed:
            yield part
        at = part.first + len(part.blocks)


@dataclass(frozen=True)
class _Same:
    """A block that the witness has as the edition gives it."""

    text: str
    line: int = 0


def _places(base: Units, ours: Units, parts: Sequence[Part]) -> list[int]:
    """Of each unit which of the text it is, if it stands there letter for letter."""
    copies = [(at, at + len(words), start) for at, words, start in _copies(parts)]
    begins = [at for at, _, _ in copies]
    places = []
    for start, end in zip(ours.starts, ours.ends, strict=True):
        n = bisect_right(begins, start) - 1
        offset = start + copies[n][2] - copies[n][0] if n >= 0 and end <= copies[n][1] else -1
        i = bisect_right(base.starts, offset) - 1
        same = i >= 0 and base.starts[i] == offset and base.ends[i] - offset == end - start
        places.append(i if same else -1)
    for n in range(1, len(places) - 1):
        before, after = places[n - 1], places[n + 1]
        if ours.words[n] == BREAK and 0 <= before == after - 2 and base.words[before + 1] == BREAK:
            places[n] = before + 1
    return places


def _copies(parts: Sequence[Part]) -> Iterator[tuple[int, str, int]]:
    """What stands in the text letter for letter: its offset in the parts, its words, its offset in the text."""
    at = 0
    for part in parts:
        for offset, piece in part.pieces():
            if piece.is_copy and piece.text:
                yield at + offset, piece.text, piece.start
        at += len(part.rebuilt_text) + len(BREAK)


def span_of(text: EditedText, part: Part) -> Span | None:
    """The blocks of the text that a part gives."""
    places = [p for _, piece in part.pieces() for p in (piece.start, piece.end)]
    if not places:
        return None
    first, last = text.block_at(min(places)), text.block_at(max(places))
    return Span(text.starts[first], text.span(last).end)


def foreign(copy: Copy) -> list[Hunk]:
    """The differences that are not at words of the text: an entry has put others there."""
    return [hunk for hunk in copy.hunks if not _is_of_text(copy.base, hunk)]


def _is_of_text(base: Sequence[int], hunk: Hunk) -> bool:
    a0, a1 = hunk.a0, hunk.a1
    near = [base[a] for a in (a0 - 1, a1) if 0 <= a < len(base)]
    if a0 == a1:
        return any(place >= 0 for place in near)
    inside = base[a0:a1]
    return inside[0] >= 0 and list(inside) == list(range(inside[0], inside[0] + a1 - a0))
