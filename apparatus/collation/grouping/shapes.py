"""What a witness has otherwise, in the shapes that an apparatus can write."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from apparatus.collation.align import Hunk
from apparatus.collation.grouping.copy import Copy
from apparatus.collation.grouping.units import Units
from apparatus.model import BREAK

#: What lacks more words than this is an entry of its own, whatever others have there.
LONG_OMISSION = 3


class Shape(Enum):
    WORDS = auto()  #: other words for a stretch, or none
    ADDED = auto()  #: words more, between two units
    BLOCKS = auto()  #: whole blocks are lacking
    ADDED_BLOCKS = auto()  #: blocks more, after a block or before the first


class Variant(NamedTuple):
    """In units of what is compared, and of the witness."""

    shape: Shape
    a0: int
    a1: int
    b0: int
    b1: int


def variants(copy: Copy) -> Iterator[Variant]:
    """All that the witness has otherwise, in order."""
    for hunk in _with_breaks_joined(copy):
        if hunk in copy.passed_over:
            continue
        yield from _as_blocks(copy, hunk) or _as_words(copy.ours, hunk)


def _as_words(ours: Units, hunk: Hunk) -> Iterator[Variant]:
    a0, a1, b0, b1 = hunk
    if a0 == a1:
        yield Variant(Shape.ADDED, a0, a1, b0, b1)
    elif b0 == b1 and a1 - a0 <= LONG_OMISSION and BREAK not in ours.words[a0:a1]:
        yield from (Variant(Shape.WORDS, a, a + 1, b0, b0) for a in range(a0, a1))
    else:
        yield Variant(Shape.WORDS, a0, a1, b0, b1)


def _as_blocks(copy: Copy, hunk: Hunk) -> list[Variant]:
    """Whole blocks that only one side has, or what is lacking over a break."""
    for shift in (0, -1, 1):
        moved = _shifted(copy, hunk, shift)
        if moved and (lacking := _blocks_lacking(copy.ours, moved)):
            return [*_one_by_one(copy.ours, lacking)]
        if moved and (more := _blocks_more(copy, moved)):
            return [more]
    for shift in (0, -1, 1):
        moved = _shifted(copy, hunk, shift)
        if moved and _is_over_break(copy.ours, moved):
            return [Variant(Shape.WORDS, *moved)]
    return []


def _one_by_one(ours: Units, lacking: Variant) -> Iterator[Variant]:
    """Each of the blocks that are lacking."""
    start = lacking.a0
    for at in [*(a for a in range(lacking.a0, lacking.a1) if ours.words[a] == BREAK), lacking.a1]:
        yield lacking._replace(a0=start, a1=at)
        start = at + 1


def _shifted(copy: Copy, hunk: Hunk, shift: int) -> Hunk | None:
    """The same difference seen one unit further on, or back: of two equal units either may be the one too many."""
    if not shift:
        return hunk
    a0, a1, b0, b1 = hunk
    if a0 != a1 and b0 != b1:
        return None
    words, start, end = (copy.ours.words, a0, a1) if a0 != a1 else (copy.theirs.words, b0, b1)
    gone, new = (start, end) if shift > 0 else (end - 1, start - 1)
    if not (0 <= new < len(words)) or words[gone] != words[new]:
        return None
    return Hunk(a0 + shift, a1 + shift, b0 + shift, b1 + shift)


def _blocks_lacking(ours: Units, hunk: Hunk) -> Variant | None:
    a0, a1, b0, b1 = hunk
    if b0 != b1 or a0 == a1:
        return None
    begins, ends = a0 == 0 or ours.words[a0 - 1] == BREAK, a1 == len(ours) or ours.words[a1] == BREAK
    if ours.words[a0] == BREAK and ends and a1 - a0 > 1:
        return Variant(Shape.BLOCKS, a0 + 1, a1, b0, b1)
    if ours.words[a1 - 1] == BREAK and begins and a1 - a0 > 1:
        return Variant(Shape.BLOCKS, a0, a1 - 1, b0, b1)
    return None


def _is_over_break(ours: Units, hunk: Hunk) -> bool:
    """Whether nothing stands for words from one block into another."""
    words = ours.words[hunk.a0 : hunk.a1]
    return hunk.b0 == hunk.b1 and BREAK in words and BREAK not in (words[0], words[-1])


def _blocks_more(copy: Copy, hunk: Hunk) -> Variant | None:
    a0, a1, b0, b1 = hunk
    if a0 != a1 or b1 - b0 < 2:
        return None
    ours, words = copy.ours.words, copy.theirs.words
    if words[b0] == BREAK and a0 and (a0 == len(ours) or ours[a0] == BREAK):
        return Variant(Shape.ADDED_BLOCKS, a0, a0, b0 + 1, b1)
    if words[b1 - 1] == BREAK and a0 == 0:
        return Variant(Shape.ADDED_BLOCKS, a0, a0, b0, b1 - 1)
    if words[b1 - 1] == BREAK and ours[a0 - 1] == BREAK:
        return Variant(Shape.ADDED_BLOCKS, a0 - 1, a0 - 1, b0, b1 - 1)
    return None


def _with_breaks_joined(copy: Copy) -> list[Hunk]:
    """The differences, each with a break in it and no whole blocks joined to the words around."""
    for hunk in [*copy.hunks]:
        if (
            hunk in copy.hunks
            and hunk not in copy.passed_over
            and _breaks(copy, hunk)
            and not _as_blocks(copy, hunk)
        ):
            _widen(copy, hunk.a0, hunk.a1)
    return copy.hunks


def _breaks(copy: Copy, hunk: Hunk) -> bool:
    return BREAK in copy.ours.words[hunk.a0 : hunk.a1] or BREAK in copy.theirs.words[hunk.b0 : hunk.b1]


def _widen(copy: Copy, start: int, end: int) -> None:
    """Join units until words stand at both ends, on both sides."""
    ours, theirs = copy.ours, copy.theirs
    while True:
        copy.join(start, end)
        one = next(hunk for hunk in copy.hunks if hunk.a0 <= start and end <= hunk.a1)
        start, end = one.a0, one.a1
        left = one.a0 and (
            one.a0 == one.a1 or not one.b1 > one.b0 or BREAK in (ours.words[one.a0], theirs.words[one.b0])
        )
        right = one.a1 < len(ours) and (
            one.a0 == one.a1
            or not one.b1 > one.b0
            or BREAK in (ours.words[one.a1 - 1], theirs.words[one.b1 - 1])
        )
        if not left and not right:
            return
        start, end = start - bool(left), end + bool(right)
