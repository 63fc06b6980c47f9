"""A second text beside the first: which passages of a translation answer to which of the text.

They are aligned by number. A second text has the numbers of the first, and its anchors have its name
before them: ``en.2.3`` answers to ``2.3``. One passage may answer to several, in either direction: its
number is then a range, ``2.3-2.5`` or ``2.3-5``. TEI: ``linkGrp`` of type *translation*, or ``@corresp``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from apparatus.model import Block, Origin, Point
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import PART, ReferenceSystem

#: Number → the numbers that stand beside it in another text, in the order of that text.
Counterparts: TypeAlias = Mapping[str, Sequence[str]]


def prefix_of(docname: str) -> str:
    """What stands before the numbers of a second text: the name of its document, as a number may have it."""
    return re.sub(r"[\W_]+", ".", docname).strip(".") + "."


def in_second_text(block: Block, prefix: str) -> Block:
    """A block of a second text, with the prefix before its numbers; those of other systems stay."""
    points = tuple(Point(prefix + point.number, point.at) for point in block.points)
    section = prefix + block.section
    return Block(prefix + block.number, block.text, block.origin, points, block.beside, section)


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
