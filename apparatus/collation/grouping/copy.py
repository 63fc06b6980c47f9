"""A witness beside the text: in which stretches it has other words, and which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from apparatus.collation.align import Hunk
from apparatus.collation.grouping.pairing import Known
from apparatus.collation.grouping.units import Units
from apparatus.model import BREAK, Siglum

#: A word that a witness lacks with so many beside it says nothing of others.
FEW = 4


class Move(NamedTuple):
    """Words, or whole blocks, that a witness has elsewhere; all in units of what is compared with it."""

    start: int
    end: int
    at: int  #: the unit beside which it has them; of a block its first
    before: bool
    is_block: bool


class Copy:
    """One witness, its words put into the order of the text, and where it differs.

    *ours* is what the edition gives the witness so far: the text itself, or the text with entries that stand;
    *base* says of each of its units which of the text it is, −1: none, an entry has put it there.
    """

    def __init__(
        self,
        state: Siglum,
        ours: Units,
        base: Sequence[int],
        theirs: Units,
        hunks: Sequence[Hunk],
        moves: Sequence[Move] = (),
    ) -> None:
        self.state, self.ours, self.base, self.theirs, self.moves = state, ours, base, theirs, tuple(moves)
        self.passed_over: frozenset[Hunk] = frozenset()
        self._set(list(hunks))

    def _set(self, hunks: list[Hunk]) -> None:
        self.hunks = hunks
        self._begins = [hunk.a0 for hunk in hunks]

    def begin(self, a: int) -> int:
        """Where the witness stands before unit *a*, and before what it adds there."""
        i = bisect_left(self._begins, a)
        if not i:
            return a
        before = self.hunks[i - 1]
        return before.b1 + max(0, a - before.a1)

    def end(self, a: int) -> int:
        """Where it stands after what it adds before unit *a*."""
        at, i = self.begin(a), bisect_left(self._begins, a)
        while i < len(self.hunks) and self.hunks[i].a0 == self.hunks[i].a1 == a:
            at, i = self.hunks[i].b1, i + 1
        return at

    def gap(self, a: int) -> int:
        """Before which unit of the text what stands before unit *a* is; -1: nowhere in it."""
        if a < len(self.base) and self.base[a] >= 0:
            return self.base[a]
        return self.base[a - 1] + 1 if a and self.base[a - 1] >= 0 else -1

    def join(self, start: int, end: int) -> None:
        """Take the units of the stretch, and what differs at its edges, for one."""
        touching = [hunk for hunk in self.hunks if hunk.a0 <= end and start <= hunk.a1]
        start = min([start, *(hunk.a0 for hunk in touching)])
        end = max([end, *(hunk.a1 for hunk in touching)])
        one = Hunk(start, end, self.begin(start), self.end(end))
        self._set(sorted([*(hunk for hunk in self.hunks if hunk not in touching), one]))

    @cached_property
    def units(self) -> Mapping[int, int]:
        """Unit of the text → where it stands in what is compared."""
        return {unit: a for a, unit in enumerate(self.base) if unit >= 0}

    @property
    def shared(self) -> float:
        """Which share of the words of the shorter side both have in one order."""
        alike = {a0 for a0, a1, b0, b1 in self.hunks if a1 - a0 == b1 - b0 == 1 and self._is_alike(a0, b0)}
        gone = sum(self._count(a0, a1) for a0, a1, _, _ in self.hunks if a0 not in alike)
        whole = self._count(0, len(self.ours))
        theirs = sum(word != BREAK for word in self.theirs.words)
        return (whole - gone) / max(1, min(whole, theirs))

    def _is_alike(self, a: int, b: int) -> bool:
        return self.ours.keys[a] == self.theirs.keys[b]

    def _count(self, start: int, end: int) -> int:
        return sum(word != BREAK for word in self.ours.words[start:end])

    def pass_over(self, hunks: Collection[Hunk]) -> None:
        """Say nothing of these differences."""
        self.passed_over = frozenset(hunks)


def known_of(copies: Iterable[Copy]) -> Known:
    """What witnesses have for single words of the text."""
    known = Known()
    for copy in copies:
        for a0, a1, b0, b1 in copy.hunks:
            if b1 - b0 == a1 - a0 == 1:
                known.keys.setdefault(copy.base[a0], set()).add(copy.theirs.keys[b0])
            elif b0 == b1 and a1 - a0 < FEW:
                known.lacking |= {copy.base[a] for a in range(a0, a1)}
    return known
