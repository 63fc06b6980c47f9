"""Where inside a longer reading the words stand that answer to a part of its lemma.

An entry inside a longer one of the same witness repeats a part of it, and must agree with it.
Which words answer to which is told by position: lemma and reading are laid side by side so that
most of their words agree. Where none agree, but they are as many, they are paired word by word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from apparatus.anchoring.words import find_all
from apparatus.characters import divides, is_of_word
from apparatus.collation.align import Hunk, hunks, tokens
from apparatus.model import BREAK

#: Above this size (words times words) only the alignment that costs little is asked.
_LIMIT = 250_000
_Table = list[list[int]]


@dataclass(frozen=True)
class Within:
    """A lemma, and the reading that a witness has for it."""

    lemma: str
    reading: str

    def place(self, start: int, end: int, words: str, since: int = 0) -> int | None:
        """Where *words* end that can answer to the lemma's stretch from *start* to *end*; ``None``: nowhere.

        Of several places it is the first from *since* on. Without words it is the place where they would stand.
        """
        i, j = self._count(self._ours, start), self._count(self._ours, end)
        for at in self._places(words, since):
            if self._answers(i, j, *self._range(self._theirs, at, words)):
                return at + len(words)
        return None

    def surely_has(self, start: int, end: int) -> bool:
        """Whether the reading has the words of the lemma's stretch, and no others could be meant."""
        return self._sure_place(start, end) is not None

    def _sure_place(self, start: int, end: int) -> int | None:
        """Where the words of the lemma's stretch stand in the reading, if no others could be meant."""
        words = self.lemma[start:end]
        here = [self._range(self._ours, at, words) for at in find_all(self.lemma, words, 0, len(self.lemma))]
        places = {self._range(self._theirs, at, words): at for at in self._places(words, 0)}
        if len(self._ours[0]) * len(self._theirs[0]) > _LIMIT and len(here) + len(places) > 2:
            return None
        pairs = [(own, its) for own in here for its in places if self._answers(*own, *its)]
        own = self._count(self._ours, start), self._count(self._ours, end)
        meant = [theirs for ours, theirs in pairs if ours == own]
        if len(meant) != 1 or any(ours != own for ours, theirs in pairs if theirs == meant[0]):
            return None
        return places[meant[0]]

    def lacks(self, start: int, end: int) -> bool:
        """Whether the reading has nothing for the lemma's stretch."""
        i, j = self._count(self._ours, start), self._count(self._ours, end)
        return any(a0 <= i and j <= a1 and b0 == b1 for a0, a1, b0, b1 in self._hunks)

    def has_fewer(self, at: int) -> bool:
        """Whether the reading has fewer words where the one at an offset of the lemma stands: perhaps none for it."""
        i = self._count(self._ours, at)
        ours, theirs = self._ours[0], self._theirs[0]
        return any(
            a0 <= i < a1 and _many(theirs[b0:b1]) < _many(ours[a0:a1]) for a0, a1, b0, b1 in self._hunks
        )

    def is_shared(self, start: int, end: int) -> bool:
        """Whether what the reading has in place of the lemma's stretch stands in place of other words, too."""
        i, j = self._count(self._ours, start), self._count(self._ours, end)
        around = [hunk for hunk in self._hunks if hunk[0] <= i and j <= hunk[1]]
        return any(_many(self._ours[0][a0:i]) or _many(self._ours[0][j:a1]) for a0, a1, _, _ in around)

    def has_more(self, at: int, start: int, end: int) -> bool:
        """Whether the reading may have words of its own at an offset of the lemma: where more stands against less.

        The offset is at an end of the lemma's stretch from *start* to *end*. Where that stands in the reading
        for sure, only what is on that side of it is asked.
        """
        place = self._sure_place(start, end) if 0 <= start <= end <= len(self.lemma) else None
        if place is None:
            return _has_more(self.lemma, self.reading, at)
        if at < end:
            return _has_more(self.lemma[:start], self.reading[:place], start)
        return _has_more(self.lemma[end:], self.reading[place + end - start :], 0)

    def _places(self, words: str, since: int) -> Iterator[int]:
        if words:
            yield from find_all(self.reading, words, since, len(self.reading))
        else:
            yield from (at for at in [0, *self._theirs[1]] if at >= since)

    @cached_property
    def _ours(self) -> tuple[list[str], list[int]]:
        return _words(self.lemma)

    @cached_property
    def _theirs(self) -> tuple[list[str], list[int]]:
        return _words(self.reading)

    @staticmethod
    def _count(words: tuple[list[str], list[int]], offset: int) -> int:
        """How many words end at or before *offset*."""
        return sum(end <= offset for end in words[1])

    def _range(self, text: tuple[list[str], list[int]], at: int, words: str) -> tuple[int, int]:
        """Which words of the lemma or the reading *words* are, that stand at an offset."""
        return self._count(text, at), self._count(text, at + len(words))

    def _answers(self, i: int, j: int, p: int, q: int) -> bool:
        """Whether the words from p to q of the reading can stand for those from i to j of the lemma."""
        return self._agree(i, j, p, q) and self._are_paired(i, j, p, q)

    def _agree(self, i: int, j: int, p: int, q: int) -> bool:
        """Whether as many words agree with these side by side as can at all."""
        ours, theirs = self._ours[0], self._theirs[0]
        if len(ours) * len(theirs) > _LIMIT:
            return self._hull(i, j, p, q)
        before, after = self._tables
        return before[i][p] + _common(ours[i:j], theirs[p:q])[-1][-1] + after[j][q] == before[-1][-1]

    @cached_property
    def _tables(self) -> tuple[_Table, _Table]:
        """How many words the first i and j have in common, and how many those after them."""
        ours, theirs = self._ours[0], self._theirs[0]
        backwards = _common(ours[::-1], theirs[::-1])
        return _common(ours, theirs), [row[::-1] for row in backwards[::-1]]

    @cached_property
    def _hunks(self) -> list[tuple[int, int, int, int]]:
        return [tuple(hunk) for hunk in hunks(self._ours[0], self._theirs[0])]  # type: ignore[misc]

    def _hull(self, i: int, j: int, p: int, q: int) -> bool:
        """Whether the stretches lie between the same words on which both agree."""
        return all((a1 <= i) <= (b1 <= p) and (j <= a0) <= (q <= b0) for a0, a1, b0, b1 in self._hunks)

    def _are_paired(self, i: int, j: int, p: int, q: int) -> bool:
        """Where as many words stand against as many others: whether these have the same place there.

        Signs are counted as words where they are as many, too.
        """
        for a0, a1, b0, b1 in self._hunks:
            if not (a0 <= i and j <= a1 and b0 <= p and q <= b1):
                continue
            if a1 - a0 == b1 - b0:
                return (i - a0, j - a0) == (p - b0, q - b0)
            ours, theirs = self._ours[0], self._theirs[0]
            if _many(ours[a0:a1]) == _many(theirs[b0:b1]):
                mine, its = (ours[a0:i], ours[a0:j]), (theirs[b0:p], theirs[b0:q])
                return [*map(_many, mine)] == [*map(_many, its)]
        return True


def _many(parts: Sequence[str]) -> int:
    """How many of the parts are words."""
    return sum(is_of_word(part[0]) for part in parts)


def _has_more(lemma: str, reading: str, at: int) -> bool:
    """Whether at an offset of the lemma more words stand against less."""
    (ours, ends), (theirs, _) = _parts(lemma), _parts(reading)
    i = sum(end <= at for end in ends)

    def is_longer(hunk: Hunk) -> bool:
        mine, its = ours[hunk.a0 : hunk.a1], theirs[hunk.b0 : hunk.b1]
        return len(its) - its.count(BREAK) > len(mine) - mine.count(BREAK)

    return any(h.a0 <= i <= h.a1 and is_longer(h) for h in hunks(ours, theirs))


def _words(text: str) -> tuple[list[str], list[int]]:
    """The words and signs of a text, and where each ends."""
    parts = [(token, end) for token, end in zip(*_parts(text), strict=True) if token != BREAK]
    return [token for token, _ in parts], [end for _, end in parts]


def _parts(text: str) -> tuple[list[str], list[int]]:
    """The words, signs and breaks of a text, and where each ends."""
    found, ends, at = [], [], 0
    for token in tokens(text):
        at += len(token)
        if token == BREAK or not divides(token[0]):
            found.append(token)
            ends.append(at)
    return found, ends


def _common(ours: Sequence[str], theirs: Sequence[str]) -> _Table:
    """How many words the first i of the one and the first j of the other have in common, in order."""
    table = [[0] * (len(theirs) + 1)]
    for word in ours:
        above, row = table[-1], [0]
        for j, other in enumerate(theirs):
            row.append(max(above[j] + 1 if word == other else 0, above[j + 1], row[j]))
        table.append(row)
    return table
