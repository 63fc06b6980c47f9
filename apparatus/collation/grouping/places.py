"""The places of variation, each with what all witnesses have there."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from apparatus.collation.grouping.copy import Copy
from apparatus.collation.grouping.shapes import Shape, Variant, variants
from apparatus.collation.grouping.units import Units, blocks_of
from apparatus.model import BREAK, Siglum


@dataclass(slots=True)
class Place:
    """Units of the text, and what witnesses have for them."""

    start: int
    end: int
    readings: dict[Siglum, str] = field(default_factory=dict)  #: empty: the witness lacks them
    is_block: bool = False
    adds: bool = False  #: the readings are blocks that stand after these, or before the first of the text
    before: bool = False


def places(base: Units, copies: Sequence[Copy]) -> list[Place]:
    """What the witnesses have otherwise, joined by its place in the text, in order."""
    units, stretches, gaps = _sorted(base, copies)
    for (at, is_block), its in sorted(gaps.items()):
        if not is_block:
            _attach(base, units, at, its)
    single = _not_in(stretches, _omissions_joined(_not_in(stretches, _single(units))))
    blocks = _omissions_joined(sorted((p for p in stretches.values() if p.is_block), key=lambda p: p.start))
    others = (place for place in stretches.values() if not place.is_block)
    found = [*blocks, *others, *_blocks_added(base, gaps, _gone(base, copies, stretches)), *single]
    return sorted(found, key=lambda place: (place.start, -place.end, place.adds))


#: What witnesses have of and beside one unit: the copy, the variant of the unit, what is added before and after.
_Units: TypeAlias = dict[int, dict[Siglum, "_Own"]]


@dataclass(slots=True)
class _Own:
    copy: Copy
    at: int  #: the unit in what is compared
    is_other: bool = False  #: the unit itself is otherwise
    before: bool = False
    after: bool = False

    @property
    def words(self) -> str:
        copy, at = self.copy, self.at
        start = copy.begin(at) if self.before else copy.end(at)
        end = copy.end(at + 1) if self.after else copy.begin(at + 1)
        return copy.theirs.slice(start, end)


_Gone: TypeAlias = Mapping[Siglum, set[tuple[int, int]]]
_Gaps: TypeAlias = dict[tuple[int, bool], dict[Siglum, tuple[Copy, Variant]]]


def _sorted(base: Units, copies: Sequence[Copy]) -> tuple[_Units, dict[tuple[int, int], Place], _Gaps]:
    """What concerns a unit, a stretch, and what is added, by their places."""
    units: _Units = defaultdict(dict)
    stretches: dict[tuple[int, int], Place] = {}
    gaps: _Gaps = defaultdict(dict)
    for copy in copies:
        for variant in variants(copy):
            if variant.a0 == variant.a1:
                gaps[copy.gap(variant.a0), variant.shape is Shape.ADDED_BLOCKS][copy.state] = (copy, variant)
                continue
            start, end = copy.base[variant.a0], copy.base[variant.a1 - 1] + 1
            if variant.shape is Shape.WORDS and end - start == 1:
                units[start][copy.state] = _Own(copy, variant.a0, is_other=True)
                continue
            if copy.theirs.slice(variant.b0, variant.b1) == base.slice(start, end):
                continue  # joined to what differs beside it, and then left by that
            is_block = variant.shape is Shape.BLOCKS
            place = stretches.setdefault((start, end), Place(start, end))
            place.is_block |= is_block
            place.readings[copy.state] = copy.theirs.slice(variant.b0, variant.b1)
    return units, stretches, gaps


def _attach(base: Units, units: _Units, at: int, its: Mapping[Siglum, tuple[Copy, Variant]]) -> None:
    """Put what is added between two units to the one before, or to the other where that hides less."""
    before = at > 0 and base.words[at - 1] != BREAK
    after = at < len(base) and base.words[at] != BREAK
    to_next = after and (not before or _hides(units.get(at, {}), its) < _hides(units.get(at - 1, {}), its))
    for state, (copy, variant) in its.items():
        unit, own = (at, variant.a0) if to_next else (at - 1, variant.a0 - 1)
        one = units[unit].setdefault(state, _Own(copy, own))
        if to_next:
            one.before = True
        else:
            one.after = True


def _hides(owns: Mapping[Siglum, _Own], its: Collection[Siglum]) -> tuple[bool, bool, int]:
    """How much is hidden if what these witnesses add is written with one unit, of which *owns* tells what each has.

    That two have the same for the unit, of whom one adds nothing; that two add the same, of whom one has it otherwise.
    Where nothing is, what a witness adds belongs to the unit that it has otherwise.
    """
    ours = {state: owns[state].words if state in owns else None for state in its}
    others = {own.words for state, own in owns.items() if state not in its}
    varied = [words for words in ours.values() if words is not None]
    return any(words in others for words in varied), len(set(ours.values())) > 1, -len(varied)


def _single(units: _Units) -> Iterator[Place]:
    for at in sorted(units):
        yield Place(at, at + 1, {state: own.words for state, own in units[at].items()})


def _not_in(stretches: Mapping[tuple[int, int], Place], found: Iterable[Place]) -> Iterator[Place]:
    """The places; what witnesses have for words that others have or lack as one stretch goes there."""
    for place in found:
        stretch = stretches.get((place.start, place.end))
        if stretch:
            stretch.readings |= place.readings
        else:
            yield place


def _omissions_joined(found: Iterable[Place]) -> Iterator[Place]:
    """Neighbours that the same witnesses lack, and nobody has otherwise, as one."""
    before: Place | None = None
    for place in found:
        if before and _is_one_omission(before, place):
            before.end = place.end
            continue
        if before:
            yield before
        before = place
    if before:
        yield before


def _is_one_omission(one: Place, other: Place) -> bool:
    lack_all = not any(one.readings.values()) and not any(other.readings.values())
    follow = one.end + one.is_block == other.start
    return lack_all and follow and one.readings.keys() == other.readings.keys()


def _gone(base: Units, copies: Sequence[Copy], stretches: Mapping[tuple[int, int], Place]) -> _Gone:
    """The blocks that a witness lacks, or has elsewhere."""
    gone: dict[Siglum, set[tuple[int, int]]] = defaultdict(set)
    blocks = blocks_of(base)
    for place in stretches.values():
        for state, words in place.readings.items() if place.is_block else ():
            gone[state] |= {(place.start, place.end)} if not words else set()
    for copy in copies:
        for move in copy.moves:
            ends = copy.base[move.start], copy.base[move.end - 1] + 1
            gone[copy.state] |= {(s, e) for s, e in blocks if ends[0] <= s and e <= ends[1]}
    return gone


def _blocks_added(base: Units, gaps: _Gaps, gone: _Gone) -> Iterator[Place]:
    """Blocks that witnesses have more, each beside a block that the witness has where the text has it."""
    blocks = blocks_of(base)
    found: dict[tuple[int, bool], Place] = {}
    for (at, is_block), its in gaps.items():
        n = bisect_left(blocks, (at, at))  # the first block behind
        for state, beside in _beside(n, len(blocks), its, blocks, gone).items() if is_block else ():
            copy, variant = its[state]
            i, before = beside
            place = found.setdefault(beside, Place(*blocks[i], is_block=True, adds=True, before=before))
            place.readings[state] = copy.theirs.slice(variant.b0, variant.b1)
    yield from found.values()


def _beside(
    n: int, count: int, its: Iterable[Siglum], blocks: Sequence[tuple[int, int]], gone: _Gone
) -> dict[Siglum, tuple[int, bool]]:
    """For each witness beside which block to put what it adds before block *n*, and whether before it.

    All of them after the block before, if all have it; else before the next; else each where it can.
    """

    def has(state: Siglum, i: int) -> bool:
        return 0 <= i < count and blocks[i] not in gone.get(state, ())

    for i, before in ((n - 1, False), (n, True)):
        if all(has(state, i) for state in its):
            return dict.fromkeys(its, (i, before))
    made = {}
    for state in its:
        near = [(i, False) for i in range(n - 1, -1, -1)] + [(i, True) for i in range(n, count)]
        made[state] = next((one for one in near if has(state, one[0])), (max(0, n - 1), n == 0))
    return made
