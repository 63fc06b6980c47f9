"""A second text beside the first: which passages of a translation answer to which of the text.

They are aligned by number. A second text has the numbers of the first, and its anchors have its name
before them: ``en.2.3`` answers to ``2.3``. One passage may answer to several, in either direction: its
number is then a range, ``2.3-2.5`` or ``2.3-5``. TEI: ``linkGrp`` of type *translation*, or ``@corresp``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from apparatus.model import Block, Origin, Point
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import PART, ReferenceSystem

#: Number → the numbers that stand beside it in another text, in the order of that text.
Counterparts: TypeAlias = Mapping[str, Sequence[str]]


def prefix_of(docname: str) -> str:
    """What stands before the numbers of a second text: the name of its document, as a number may have it."""
    return re.sub(r"[\W_]+", ".", docname).strip(".") + "."


def side_page(first: str, second: str) -> str:
    """The page of two documents side by side; no witness's page has *with* before the siglum."""
    return f"{first}-with-{prefix_of(second)[:-1]}"


def in_second_text(block: Block, prefix: str) -> Block:
    """A block of a second text, with the prefix before its numbers; those of other systems stay."""
    points = tuple(Point(prefix + point.number, point.at) for point in block.points)
    section = prefix + block.section
    return replace(block, number=prefix + block.number, points=points, under=section)


def check_second_text(
    docname: str, translates: str, texts: Mapping[str, str], origin: Origin | None
) -> list[Problem]:
    """What is wrong with what a document says it translates; *texts* has for each document what it translates."""
    if translates == docname:
        said = "a document cannot translate itself; name the document of the text"
    elif translates not in texts:
        said = f"there is no edited text {translates!r} to translate; name a document as the list of contents does"
    elif texts[translates]:
        said = f"{translates!r} is itself a translation; name the text, {texts[translates]!r}"
    else:
        return []
    return [Problem(ProblemKind.BAD_FRONT_MATTER, f"translates: {said}", origin)]


class Alignment:
    """Two texts side by side."""

    def __init__(self, first: Sequence[str], second: Sequence[str], system: ReferenceSystem) -> None:
        """*first* and *second* are their numbers in their order, without prefix."""
        self.first, self.second, self._system = first, second, system
        of_first = {number: self._reach(number, second) for number in first}
        of_second = {number: self._reach(number, first) for number in second}
        self._places = ({n: i for i, n in enumerate(first)}, {n: i for i, n in enumerate(second)})
        pairs = {(one, other) for one, its in of_first.items() for other in its}
        pairs |= {(one, other) for other, its in of_second.items() for one in its}
        self.beside_first = self._gathered(pairs, first, 0)
        self.beside_second = self._gathered(pairs, second, 1)

    def _gathered(
        self, pairs: set[tuple[str, str]], numbers: Sequence[str], side: int
    ) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {number: [] for number in numbers}
        for pair in sorted(pairs, key=lambda pair: self._places[1 - side][pair[1 - side]]):
            found[pair[side]].append(pair[1 - side])
        return found

    def _reach(self, number: str, others: Sequence[str]) -> Sequence[str]:
        """The passages of the other text that a number names: itself, those of a range, that of which it is a part."""
        if number in (known := set(others)):
            return (number,)
        start, end = self._system.ends(number)
        if start in known and end in known:
            return others[others.index(start) : others.index(end) + 1]
        return ()

    def twice(self) -> list[tuple[str, list[str]]]:
        """The passages of the first text beside which several of the second claim to stand, of which one says no range."""
        return [
            (number, its)
            for number, its in self.beside_first.items()
            if "-" not in number and len({PART.sub("", one) for one in its}) > 1
        ]

    def twice_in_second(self) -> list[tuple[str, list[str]]]:
        """The same of the second text."""
        return [
            (number, its)
            for number, its in self.beside_second.items()
            if "-" not in number and len({PART.sub("", one) for one in its}) > 1
        ]


def problems_of(
    alignment: Alignment, first: str, second: str, origins: Sequence[Mapping[str, Origin | None]]
) -> list[Problem]:
    """What has no counterpart, or two; *first* and *second* are documents, *origins* say where each number stands."""
    prefix = prefix_of(second)
    found: list[Problem] = []

    def report(message: str, origin: Origin | None) -> None:
        found.append(Problem(ProblemKind.NO_COUNTERPART, message, origin))

    sides = (
        (alignment.beside_first, alignment.twice(), "", second, origins[0]),
        (alignment.beside_second, alignment.twice_in_second(), prefix, first, origins[1]),
    )
    for beside, twice, own, other, where in sides:
        for number in (number for number, its in beside.items() if not its):
            mend = f'give it there, or make the passage that holds it a range: {{n="{number}-…"}}'
            report(f"passage {own}{number} has no counterpart in {other!r}; {mend}", where[number])
        for number, its in twice:
            said = " and ".join(its)
            report(
                f"passage {own}{number} has two counterparts in {other!r}, {said}; mend their numbers",
                where[number],
            )
    return found


# --- side by side ----------------------------------------------------------------------------------


class Unit(NamedTuple):
    """What is set as one of a text: a passage, several that cannot be parted, or what stands between passages."""

    numbers: frozenset[str] = frozenset()  #: of its passages, as they are anchors
    leads: bool = False  #: without passages: whether it belongs to what follows, as a heading does


class Row(NamedTuple):
    """What stands side by side: places among the units of either text."""

    first: tuple[int, ...]
    second: tuple[int, ...]


#: Where a unit stands: the passage of the first text, how many of the second stand there without a counterpart, and
#: whether it is before (0), at (1) or behind (2) the passage.
_Key: TypeAlias = tuple[int, int, int]


def in_rows(first: Sequence[Unit], second: Sequence[Unit], beside: Counterparts) -> list[Row]:
    """The rows of two texts side by side, each unit in one of them, in the order of the first text.

    Passages that answer to one another share a row. What has no counterpart has a row of its own where its text has
    it; what is no passage stands in the row before the passage that it leads to, or in one behind that before it.
    """
    rank = _ranks([*first, *second], beside)
    rows: dict[_Key, tuple[list[int], list[int]]] = {}
    for side, units in enumerate((first, second)):
        its = rank[: len(first)] if side == 0 else rank[len(first) :]
        for i, key in enumerate(_keys(units, _placed(its, len(first)))):
            rows.setdefault(key, ([], []))[side].append(i)
    return [Row(*map(tuple, rows[key])) for key in sorted(rows)]


def _ranks(units: Sequence[Unit], beside: Counterparts) -> list[int]:
    """For each unit the first of those that it shares a row with."""
    home = {number: i for i, unit in enumerate(units) for number in unit.numbers}
    rank = list(range(len(units)))

    def root(i: int) -> int:
        while rank[i] != i:
            i = rank[i]
        return i

    for number, i in home.items():
        for other in filter(home.__contains__, beside.get(number, ())):
            one, its = sorted((root(i), root(home[other])))
            rank[its] = one
    return [root(i) for i in range(len(units))]


def _placed(ranks: Iterable[int], count: int) -> Iterator[tuple[int, int]]:
    """Each rank as a place in the first text, which has *count* units; what only the second has follows what stands before it."""
    place, seen = (-1, 0), dict[int, tuple[int, int]]()
    for rank in ranks:
        place = seen.setdefault(rank, (rank, 0) if rank < count else (place[0], place[1] + 1))
        yield place


def _keys(units: Sequence[Unit], places: Iterable[tuple[int, int]]) -> list[_Key]:
    passages = [place if unit.numbers else None for unit, place in zip(units, places, strict=True)]

    def beside_passage(i: int) -> _Key:
        before = next((place for place in reversed(passages[:i]) if place), (-1, 0))
        behind = next((place for place in passages[i:] if place), None)
        return (*behind, 0) if units[i].leads and behind else (*before, 2)

    return [(*place, 1) if place else beside_passage(i) for i, place in enumerate(passages)]
