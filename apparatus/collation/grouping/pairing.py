"""Which word of a witness answers to which word of the text.

Rows that both have certainly are found first (:mod:`apparatus.collation.align`); between them words are paired
by their likeness (the method of Needleman and Wunsch, 1970). What is so unlike that pairs would say nothing is
one stretch, which a reader can take in at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from apparatus.collation.align import Hunk, hunks
from apparatus.collation.grouping.units import Units, joined_keys
from apparatus.model import BREAK

#: What it costs that a word stands alone, and that two stand together which are not alike.
_ALONE, _UNLIKE, _KNOWN = 1.0, 1.95, 0.125
#: From this likeness on two words are a pair wherever they stand.
ALIKE = 0.5
#: Above this size (words times words) a stretch is one, without a look inside.
_LARGEST = 250_000
#: So many words that both have, of so many letters together, are an island between longer stretches that differ.
_ISLAND, _SHORT = 3, 12
#: So many words that one side has more are told apart from a pair beside them.
_MANY = 4
#: So few words that are lacking beside whole blocks have nothing to do with these.
_FEW = 2
#: So many words at most change places with so many beside them.
_SWAPPED = 3


class Row(NamedTuple):
    """A word of the text beside one of the witness; ``None``: that side has none."""

    a: int | None
    b: int | None
    is_match: bool
    is_block: bool = False  #: of whole blocks that one side has more

    @property
    def is_alone(self) -> bool:
        return self.a is None or self.b is None

    @property
    def sort(self) -> tuple[bool, bool]:
        """What it must have in common with its neighbours to be of one run with them."""
        return self.is_match, self.is_block


@dataclass
class Known:
    """What witnesses have for single words of the text: by unit, their keys, and whether any lacks it."""

    keys: dict[int, set[str]] = field(default_factory=dict)
    lacking: set[int] = field(default_factory=set)


#: Nothing is known of others.
NOTHING = Known()


class Pairing:
    """Two texts, word by word."""

    def __init__(self, ours: Units, theirs: Units, marks: Collection[str] = ()) -> None:
        """*marks* stand in *theirs* for words that are lost."""
        self.ours, self.theirs, self.lost = ours, theirs, set[Hunk]()
        apart: list[Hunk] = []
        for hunk in hunks(ours.keys, theirs.keys):
            parts = _at_mark(theirs, hunk, marks)
            self.lost.update(parts[1:2] if len(parts) > 1 else ())
            for part in parts:
                whole = part in self.lost or part.a0 == part.a1 == part.b0 == part.b1
                apart += [part] if whole else at_breaks(ours, theirs, part)
        self.zones = [*_zones([hunk for hunk in apart if hunk.a0 < hunk.a1 or hunk.b0 < hunk.b1])]

    def differences(self, known: Known = NOTHING) -> list[Hunk]:
        """The least stretches in which *theirs* differs from *ours*, in units and in order.

        What others are *known* to have for a word is its like.
        """
        found: list[Hunk] = []
        for zone in self.zones:
            rows = _without_islands(self.ours, self._rows(zone, known))
            found += _stretches(self.ours, self.theirs, rows, zone[0])
        every = sorted([*found, *_respelled(self.ours, self.theirs, found)])
        return [*_with_swaps(self.ours, self.theirs, [*_slid(self.ours, self.theirs, every)])]

    def _rows(self, zone: Sequence[Hunk], known: Known) -> list[Row]:
        rows: list[Row] = []
        a, b = zone[0].a0, zone[0].b0
        for hunk in zone:
            rows += [Row(a + n, b + n, True) for n in range(hunk.a0 - a)]
            rows += self._paired(hunk, known)
            a, b = hunk.a1, hunk.b1
        return rows

    def _paired(self, hunk: Hunk, known: Known) -> list[Row]:
        a0, a1, b0, b1 = hunk
        if hunk in self.lost:
            return [*(Row(i, None, False, True) for i in range(a0, a1)), Row(None, b0, False, True)]
        if a0 == a1 or b0 == b1 or (a1 - a0) * (b1 - b0) > _LARGEST:
            blocks = _is_of_blocks(self.ours, self.theirs, hunk)
            ours = (Row(i, None, i in known.lacking and not blocks, blocks) for i in range(a0, a1))
            return [*ours, *(Row(None, j, False, blocks) for j in range(b0, b1))]
        theirs = self.theirs.keys[b0:b1]
        costs = [[_ALONE * j for j in range(len(theirs) + 1)]]
        for i in range(a0, a1):
            before, key, is_known = costs[-1], self.ours.keys[i], known.keys.get(i, ())
            row = [before[0] + _ALONE]
            for j, its in enumerate(theirs):
                pair = before[j] + (_KNOWN if its in is_known else _cost(key, its))
                row.append(min(pair, before[j + 1] + _ALONE, row[j] + _ALONE))
            costs.append(row)
        return self._traced(hunk, known, costs)

    def _traced(self, hunk: Hunk, known: Known, costs: list[list[float]]) -> list[Row]:
        """The cheapest way back through *costs*."""
        i, j = hunk.a1 - hunk.a0, hunk.b1 - hunk.b0
        rows: list[Row] = []
        while i or j:
            a, b = hunk.a0 + i - 1, hunk.b0 + j - 1
            if i and j and costs[i][j] == costs[i - 1][j - 1] + self._cost(a, b, known):
                rows.append(Row(a, b, self._cost(a, b, known) <= _ALONE))
                i, j = i - 1, j - 1
            elif i and costs[i][j] == costs[i - 1][j] + _ALONE:
                rows.append(Row(a, None, a in known.lacking))
                i -= 1
            else:
                rows.append(Row(None, b, False))
                j -= 1
        return rows[::-1]

    def _cost(self, a: int, b: int, known: Known) -> float:
        ours, theirs = self.ours.keys[a], self.theirs.keys[b]
        return _KNOWN if theirs in known.keys.get(a, ()) else _cost(ours, theirs)


def _slid(ours: Units, theirs: Units, found: Sequence[Hunk]) -> Iterable[Hunk]:
    """The differences; words that the witness has more, where they first may be: the same in all witnesses.

    In *the old old man* either *old* may be the one too many.
    """
    floor = 0
    for a0, a1, b0, b1 in found:
        back, words = 0, theirs.words
        while a0 == a1 and floor < a0 - back and words[b0 - back - 1] == words[b1 - back - 1] != BREAK:
            back += 1
        yield Hunk(a0 - back, a1 - back, b0 - back, b1 - back)
        floor = a1 - back


def _with_swaps(ours: Units, theirs: Units, found: Sequence[Hunk]) -> Iterable[Hunk]:
    """The differences; where few words and those beside them change places, both as one."""
    at = 0
    while at < len(found):
        end = _end_of_swap(ours, theirs, found, at)
        first, last = found[at], found[end]
        yield Hunk(first.a0, last.a1, first.b0, last.b1)
        at = end + 1


def _end_of_swap(ours: Units, theirs: Units, found: Sequence[Hunk], at: int) -> int:
    """Which difference has the words that this one lacks, or lacks those that it has more; itself, if none does."""
    first = found[at]
    for end in range(at + 1, min(at + 2 + _SWAPPED, len(found))):
        other = found[end]
        between = ours.words[first.a1 : other.a0]
        if len(between) > _SWAPPED or BREAK in between:
            break
        if between and _change_places(ours, theirs, first, other):
            return end
        if (other.a1 - other.a0, other.b1 - other.b0) != (1, 1):
            break
    return at


def _change_places(ours: Units, theirs: Units, one: Hunk, other: Hunk) -> bool:
    gone, new = (one, other) if one.b0 == one.b1 else (other, one)
    if gone.b0 != gone.b1 or new.a0 != new.a1 or not 0 < gone.a1 - gone.a0 <= _SWAPPED:
        return False
    return ours.keys[gone.a0 : gone.a1] == theirs.keys[new.b0 : new.b1]


def _respelled(ours: Units, theirs: Units, found: Sequence[Hunk]) -> Iterable[Hunk]:
    """Pairs outside what has been *found* that differ in signs, accents or capitals alone."""
    a = b = 0
    for hunk in [*found, Hunk(len(ours), len(ours), len(theirs), len(theirs))]:
        while a < hunk.a0:
            if ours.words[a] != theirs.words[b]:
                yield Hunk(a, a + 1, b, b + 1)
            a, b = a + 1, b + 1
        a, b = hunk.a1, hunk.b1


def _zones(found: Sequence[Hunk]) -> Iterable[list[Hunk]]:
    """Differences with no more than an island between them, together."""
    zone: list[Hunk] = []
    for hunk in found:
        if zone and hunk.a0 - zone[-1].a1 > _ISLAND:
            yield zone
            zone = []
        zone.append(hunk)
    if zone:
        yield zone


def _at_mark(theirs: Units, hunk: Hunk, marks: Collection[str]) -> list[Hunk]:
    """A difference, what is between words and a mark of loss among them by itself, second of three.

    Words before the mark stand for as many words of the text, those after it likewise; what is between is lost.
    Where that leaves nothing to be lost the mark stays among the words.
    """
    a0, a1, b0, b1 = hunk
    found = [b for b in range(b0, b1) if theirs.words[b] in marks] if marks else []
    if len(found) != 1 or found[0] - b0 + (b1 - found[0] - 1) >= a1 - a0:
        return [hunk]
    (at,) = found
    start, end = a0 + at - b0, a1 - (b1 - at - 1)
    return [Hunk(a0, start, b0, at), Hunk(start, end, at, at + 1), Hunk(end, a1, at + 1, b1)]


def at_breaks(ours: Units, theirs: Units, hunk: Hunk) -> list[Hunk]:
    """A difference in which one side has breaks more: whole blocks apart from the words beside them."""
    a0, a1, b0, b1 = hunk
    in_ours, in_theirs = BREAK in ours.words[a0:a1], BREAK in theirs.words[b0:b1]
    if in_ours == in_theirs:
        return [hunk]
    few, many = (theirs.keys[b0:b1], ours.keys[a0:a1]) if in_ours else (ours.keys[a0:a1], theirs.keys[b0:b1])
    begins, ends = _is_edge(ours, theirs, a0 - 1, b0 - 1), _is_edge(ours, theirs, a1, b1)
    part = _answering(few, many, begins=begins, ends=ends)
    if part is None:
        return [hunk]
    start, end = part
    if in_ours and b0 == b1 and end - start > _FEW:
        return [
            hunk
        ]  # from within a block to within another, or over several: a leaf, or what the eye passed over
    if in_ours:
        cut = [Hunk(a0, a0 + start, b0, b0), Hunk(a0 + start, a0 + end, b0, b1), Hunk(a0 + end, a1, b1, b1)]
    else:
        cut = [Hunk(a0, a0, b0, b0 + start), Hunk(a0, a1, b0 + start, b0 + end), Hunk(a1, a1, b0 + end, b1)]
    return [one for one in cut if one.a0 != one.a1 or one.b0 != one.b1]


def _is_edge(ours: Units, theirs: Units, a: int, b: int) -> bool:
    """Whether a block ends here on both sides."""
    at_end = [n < 0 or n >= len(units) or units.words[n] == BREAK for units, n in ((ours, a), (theirs, b))]
    return all(at_end)


def _answering(
    few: Sequence[str], many: Sequence[str], *, begins: bool, ends: bool
) -> tuple[int, int] | None:
    """Which of several blocks is the one that answers to words without a break; ``None``: they are divided otherwise."""
    edges = [-1, *(n for n, key in enumerate(many) if key == BREAK), len(many)]
    parts = [(start + 1, end) for start, end in pairwise(edges)]
    words = Counter(few)
    shared = [(words & Counter(many[start:end])).total() for start, end in parts]
    best = shared.index(max(shared))
    at = best if begins and ends else 0 if ends else len(parts) - 1
    if not (begins or ends) or (2 * shared[best] > len(few) and best != at):
        return None
    return parts[at]


def _is_of_blocks(ours: Units, theirs: Units, hunk: Hunk) -> bool:
    """Whether a difference is nothing but whole blocks."""
    words = [*ours.words[hunk.a0 : hunk.a1], *theirs.words[hunk.b0 : hunk.b1]]
    return len(words) > 1 and BREAK in (words[0], words[-1])


@lru_cache(maxsize=1 << 17)
def _cost(one: str, other: str) -> float:
    if (one == BREAK) != (other == BREAK):
        return 3 * _ALONE
    like = likeness(one, other)
    return 2 * (1 - like) if like >= ALIKE else _UNLIKE


@lru_cache(maxsize=1 << 17)
def likeness(one: str, other: str) -> float:
    """How like two keys are: 1 equal, 0 nothing in common."""
    if one == other:
        return 1.0
    if BREAK in (one, other):
        return 0.0
    longest = max(len(one), len(other))
    if 2 * min(len(one), len(other)) < longest:
        return 0.0
    return 0.95 * (1 - _changes(one, other) / longest)


def _changes(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein)."""
    before = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != its)))
        before = row
    return before[-1]


# --- what can be read -----------------------------------------------------------------


def _stretches(ours: Units, theirs: Units, rows: list[Row], first: Hunk) -> Iterable[Hunk]:
    """The rows as stretches that differ, each as short as can be read."""
    a, b = first.a0, first.b0
    for group in _groups(ours, theirs, rows):
        sides = ([row.a for row in group if row.a is not None], [row.b for row in group if row.b is not None])
        hunk = Hunk(a, a + len(sides[0]), b, b + len(sides[1]))
        a, b = hunk.a1, hunk.b1
        if ours.words[hunk.a0 : a] != theirs.words[hunk.b0 : b]:
            yield hunk


def _groups(ours: Units, theirs: Units, rows: list[Row]) -> Iterable[list[Row]]:
    """The rows that are one: a word divided or joined; words that answer to each other only as a whole."""
    at, since = 0, 0
    while at < len(rows):
        divided = _divided_at(ours, theirs, rows, at)
        if divided:
            yield from _runs(rows[since:at])
            yield rows[at : at + divided]
            since = at + divided
        at += divided or 1
    yield from _runs(rows[since:])


def _divided_at(ours: Units, theirs: Units, rows: list[Row], at: int) -> int:
    """How many rows from here on have one word on one side, and the same in several on the other."""
    for n in (2, 3):
        window = rows[at : at + n]
        a = [ours.keys[row.a] for row in window if row.a is not None]
        b = [theirs.keys[row.b] for row in window if row.b is not None]
        if len(window) == n and (len(a), len(b)) in ((1, n), (n, 1)) and joined_keys(a) == joined_keys(b):
            return n
    return 0


def _runs(rows: list[Row]) -> Iterable[list[Row]]:
    for (is_match, _), its in groupby(rows, key=lambda row: row.sort):
        run = [*its]
        if is_match or _is_in_pairs(run):
            yield from ([row] for row in run)
        else:
            yield from _parted(run)


def _is_in_pairs(run: Sequence[Row]) -> bool:
    return len(run) <= 2 and all(row.a is not None and row.b is not None for row in run)


def _parted(run: list[Row]) -> Iterable[list[Row]]:
    """A run as one; but many words that one side has more are apart from a pair beside them."""
    parts = [[*its] for _, its in groupby(run, key=lambda row: (row.a is None, row.b is None))]
    one_has_more = not {(True, False), (False, True)} <= {(p[0].a is None, p[0].b is None) for p in parts}
    if one_has_more and all(_is_in_pairs(p) or (p[0].is_alone and len(p) >= _MANY) for p in parts):
        for part in parts:
            yield from [part] if part[0].is_alone else ([row] for row in part)
    else:
        yield run


def _without_islands(ours: Units, rows: list[Row]) -> list[Row]:
    """The rows, few short words between much longer stretches that differ taken into these."""
    while True:
        runs = [[*its] for _, its in groupby(rows, key=lambda row: row.sort)]
        islands = [n for n in range(1, len(runs) - 1) if _is_island(ours, runs[n - 1 : n + 2])]
        if not islands:
            return rows
        for n in islands:
            runs[n] = [row._replace(is_match=False) for row in runs[n]]
        rows = [row for run in runs for row in run]


def _is_island(ours: Units, runs: Sequence[Sequence[Row]]) -> bool:
    before, run, after = runs
    keys = [ours.keys[row.a] for row in run if row.a is not None]
    if not run[0].is_match or len(run) > _ISLAND or BREAK in keys or sum(map(len, keys)) > _SHORT:
        return False
    return min(len(before), len(after)) > 1 and len(before) + len(after) > 4 * len(run)
