"""A rebuilt witness against its transcription: where they differ.

Both are sequences of blocks. First the blocks are aligned, then the words of blocks that
differ. So blocks that are joined, split, omitted or added come out as differences of words and
breaks. Nothing is normalised but what the conspectus declares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol

from apparatus.collation.align import Hunk, hunks, tokens
from apparatus.collation.rebuild import RebuiltBlock
from apparatus.collation.stream import Piece
from apparatus.model import BREAK


class TranscribedBlock(Protocol):
    """A block of a transcription, and where in the file it stands."""

    @property
    def text(self) -> str: ...
    @property
    def line(self) -> int: ...


@dataclass(frozen=True)
class Part:
    """Blocks of the rebuilt witness that stand against blocks of the transcription and differ.

    Offsets of the differences are in the blocks' texts joined by breaks.
    """

    first: int  #: index of the first rebuilt block
    blocks: tuple[RebuiltBlock, ...]
    transcribed: tuple[TranscribedBlock, ...]
    differences: tuple[Hunk, ...] = field(default=())

    @property
    def rebuilt_text(self) -> str:
        return BREAK.join(block.text for block in self.blocks)

    @property
    def transcribed_text(self) -> str:
        return BREAK.join(block.text for block in self.transcribed)

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """The pieces of the rebuilt blocks, each with its offset."""
        at = 0
        for block in self.blocks:
            inside = at
            for piece in block.pieces:
                yield inside, piece
                inside += len(piece.text)
            at += len(block.text) + len(BREAK)

    def line_at(self, offset: int) -> int | None:
        """The line of the transcription file for an offset in its joined text."""
        if not self.transcribed:
            return None
        at = 0
        for block in self.transcribed:
            at += len(block.text) + len(BREAK)
            if offset < at:
                return block.line
        return self.transcribed[-1].line


def compare(
    rebuilt: Sequence[RebuiltBlock],
    transcribed: Sequence[TranscribedBlock],
    normalise: Callable[[str], str] = str,
    marks: Collection[str] = (),
) -> list[Part]:
    """Where a rebuilt witness and its transcription differ; *marks* stand for words that are lost."""
    ours = [normalise(block.text) for block in rebuilt]
    theirs = [normalise(block.text) for block in transcribed]
    parts: list[Part] = []
    for hunk in hunks(ours, theirs):
        a0, a1, b0, b1 = _with_neighbour(hunk, len(ours), len(theirs))
        part = Part(a0, tuple(rebuilt[a0:a1]), tuple(transcribed[b0:b1]))
        parts += _split(part, words_that_differ(part.rebuilt_text, part.transcribed_text, normalise, marks))
    return parts


def _with_neighbour(hunk: Hunk, ours: int, theirs: int) -> Hunk:
    """A block that only one side has is seen beside a block that both have."""
    a0, a1, b0, b1 = hunk
    if a0 == a1 or b0 == b1:
        if a0 and b0:
            return Hunk(a0 - 1, a1, b0 - 1, b1)
        if a1 < ours and b1 < theirs:
            return Hunk(a0, a1 + 1, b0, b1 + 1)
    return hunk


def words_that_differ(
    a: str, b: str, normalise: Callable[[str], str] = str, marks: Collection[str] = ()
) -> list[Hunk]:
    """The differences of two texts as offsets, at the edges of words and *marks*."""
    our_tokens, their_tokens = tokens(a, marks), tokens(b, marks)
    our_ends = [0, *accumulate(map(len, our_tokens))]
    their_ends = [0, *accumulate(map(len, their_tokens))]
    found = hunks([normalise(t) for t in our_tokens], [normalise(t) for t in their_tokens])
    merged: list[Hunk] = []
    for n, (a0, a1, b0, b1) in enumerate(found):
        hunk = Hunk(our_ends[a0], our_ends[a1], their_ends[b0], their_ends[b1])
        room = our_ends[found[n + 1].a0] if n + 1 < len(found) else len(a)
        hunk = _slide(a, b, hunk, merged[-1].a1 if merged else 0, room)
        if merged and a[merged[-1].a1 : hunk.a0].strip(" ") == "" and not _is_break(a, b, merged[-1], hunk):
            hunk = Hunk(merged[-1].a0, hunk.a1, merged[-1].b0, hunk.b1)
            merged.pop()
        merged.append(hunk)
    return merged


def _is_break(a: str, b: str, *both: Hunk) -> bool:
    return any(BREAK in a[h.a0 : h.a1] or BREAK in b[h.b0 : h.b1] for h in both)


def _slide(a: str, b: str, hunk: Hunk, floor: int, room: int) -> Hunk:
    """Words only on one side, put where they begin with a break or a blank.

    In *the old old man* either *old* may be the one too many, with the blank before it or
    after it; an entry can be written if the blank comes first. *floor* and *room* are where
    the differences beside it end and begin.
    """
    a0, a1, b0, b1 = hunk
    if a0 != a1 and b0 != b1:
        return hunk
    text, lo, hi = (a, a0, a1) if a0 != a1 else (b, b0, b1)
    shifts, n = [0], 0
    while (
        a0 - n > floor and b0 > n and a[a0 - n - 1] == b[b0 - n - 1] and text[lo - n - 1] == text[hi - n - 1]
    ):
        n += 1
        shifts.append(-n)
    n = 0
    while a1 + n < room and b1 + n < len(b) and a[a1 + n] == b[b1 + n] and text[lo + n] == text[hi + n]:
        n += 1
        shifts.append(n)

    def rank(shift: int) -> tuple[int, int]:
        words = text[lo + shift : hi + shift]
        order = (words[0] == BREAK, words[-1] == BREAK, words[0] == " ", words[-1] == " ")
        return (order.index(True) if True in order else len(order), abs(shift))

    best = min(shifts, key=rank)
    return Hunk(a0 + best, a1 + best, b0 + best, b1 + best)


def _split(part: Part, found: Sequence[Hunk]) -> Iterator[Part]:
    """The part divided at the breaks that both sides have."""
    a, b = part.rebuilt_text, part.transcribed_text
    groups: list[list[Hunk]] = []
    for hunk in found:
        if groups and BREAK not in a[groups[-1][-1].a1 : hunk.a0]:
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    a_starts, b_starts = _starts(a), _starts(b)
    for group in groups:
        first, last = group[0], group[-1]
        a_lo, a_hi = bisect_right(a_starts, first.a0) - 1, bisect_right(a_starts, last.a1) - 1
        b_lo, b_hi = bisect_right(b_starts, first.b0) - 1, bisect_right(b_starts, last.b1) - 1
        a_at, b_at = a_starts[a_lo], b_starts[b_lo]
        yield Part(
            part.first + a_lo,
            part.blocks[a_lo : a_hi + 1],
            part.transcribed[b_lo : b_hi + 1],
            tuple(Hunk(h.a0 - a_at, h.a1 - a_at, h.b0 - b_at, h.b1 - b_at) for h in group),
        )


def _starts(text: str) -> list[int]:
    """Where the blocks of a joined text begin."""
    return [0, *(i + len(BREAK) for i, character in enumerate(text) if character == BREAK)]
