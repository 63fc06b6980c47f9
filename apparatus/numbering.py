"""One number for every passage of the edited text: given in the source, or counted.

Where nothing is given it is section.paragraph. Headings of the first levels begin sections and bear
the section's number (2); a heading's further lines are n.0, n.0a …; every other block counts within
its section (2.1, 2.2 …), in reading order, across files. A number that is given stands, and what
follows it is counted from there. The number is what readers cite and what anchors are made of: no
two passages have one number, and none is changed without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from apparatus.model import FIRST, Block, Marked, Origin, Point
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import COUNTED, ReferenceSystem

#: What is given where a block goes on with the passage before it.
GOES_ON = "+"


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block as it was read from its file, not yet numbered."""

    text: str
    origin: Origin | None = None
    heading: int = 0  #: level of a heading; 0 for any other block
    is_subtitle: bool = False  #: a further line of the heading before it
    language: str = ""  #: its tag (BCP 47), where the edition gives one
    given: tuple[Point, ...] = ()  #: the numbers that the source gives, in the order of the text
    verse: str = ""  #: of a line of verse: ``stanza`` if it begins one, else ``verse``
    indent: int = 0  #: of a line of verse: by how many steps it stands further in
    is_beside: bool = (
        False  #: of speakers and stage directions alone: verses and speeches are counted, not these
    )
    marked: tuple[Marked, ...] = ()  #: its speakers and stage directions, in order
    rest: int = 0  #: how many blocks of the verse or table that it is of stand behind it

    @property
    def own(self) -> str | None:
        """The number that is given to its beginning."""
        return next((point.number for point in self.given if point.system == FIRST and point.at == 0), None)

    @property
    def goes_on(self) -> bool:
        """Whether it is a further part of the passage before it: as it is given, or as a stage direction is."""
        return self.own == GOES_ON or (self.own is None and self.is_beside)

    @property
    def within(self) -> tuple[Point, ...]:
        """The numbers that begin after its beginning."""
        return tuple(point for point in self.given if point.system == FIRST and point.at > 0)

    @property
    def beside(self) -> tuple[Point, ...]:
        """The numbers of other systems."""
        return tuple(point for point in self.given if point.system != FIRST)


def number_blocks(
    documents: Sequence[tuple[int | None, Sequence[SourceBlock]]],
    *,
    section_level: int = 2,
    system: ReferenceSystem = COUNTED,
    problems: list[Problem] | None = None,
) -> list[list[Block]]:
    """Number the blocks of all documents in reading order.

    Each document comes with the number of its first section, or ``None`` where it goes on
    from the document before it. A heading at or above *section_level* begins a section. One whose
    number is taken has the next that is free: what readers cite is one place.
    """
    numbered: list[list[Block]] = []
    counter = _Counter([] if problems is None else problems, system, section_level)
    for first, blocks in documents:
        if first is not None:
            counter.restart(first)
        numbered.append([*_with_places(blocks, [counter.block(block) for block in blocks])])
    return numbered


def _with_places(sources: Sequence[SourceBlock], blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each with the number below which its entries stand, where that is another's."""
    for i, (source, block) in enumerate(zip(sources, blocks, strict=True)):
        yield replace(block, series_below=blocks[i + source.rest].number) if source.rest else block


class _Counter:
    """Where the numbering stands."""

    def __init__(self, problems: list[Problem], system: ReferenceSystem, section_level: int) -> None:
        self._problems, self._system, self._section_level = problems, system, section_level
        self._taken: dict[str, Origin | None] = {}
        self._next = 1  # the section that is counted next
        self._section, self._last = "1", ""  # the section, and the number before in it; none at its head
        self._heads: dict[int, str] = {}  # the last heading of each level
        self._subtitles = 0
        self._fresh = True  # no block of the current section has been numbered yet
        self._is_given = False  # whether the last number goes back to one that is given

    @property
    def _levels(self) -> int:
        """How many levels of headings have numbers of their own: all but the last of a declared system."""
        return max(1, len(self._system.levels) - 1)

    def restart(self, section: int) -> None:
        self._next, self._section, self._fresh = section, str(section), True
        self._last, self._subtitles = "", 0

    def block(self, source: SourceBlock) -> Block:
        """A block with its numbers."""
        number = self._number(source)
        points = []
        for point in source.within:
            its = self._claim(point.number, source.origin)
            self._follow(its)
            points.append(Point(its, point.at))
        section = self._section_of(number)
        return Block(
            number,
            source.text,
            source.origin,
            tuple(points),
            source.beside,
            section,
            source.is_beside,
            source.marked,
        )

    def _section_of(self, number: str) -> str:
        """The first level of a number; of one that has no more the section that has been begun, if any has."""
        above = self._system.above(number)
        return above[0] if above else self._heads.get(1, number)

    def _number(self, source: SourceBlock) -> str:
        is_heading = 0 < source.heading <= max(self._section_level, self._levels)
        if source.goes_on and self._last:
            self._last = self._claim(self._system.next_part(self._last), source.origin)
            return self._last
        if source.own is not None and not source.goes_on:
            number = self._claim(source.own, source.origin)
            self._follow(number, is_heading=is_heading)
            return number
        if is_heading:
            self._begin(source)
            return self._section
        if self._fresh:  # text without a heading: the section begins with its first block
            self._begin(source)
        if (
            (source.is_subtitle or source.is_beside)
            and not self._last
            and self._subtitles <= len(ascii_lowercase)
        ):
            return self._subtitle(source)
        self._last = self._claim(self._counted(source), source.origin)
        return self._last

    def _counted(self, source: SourceBlock) -> str:
        if not self._last:
            return self._system.below(self._section)
        if source.within and self._is_given:  # numbers begin within its blocks: at its head it goes on
            return self._system.next_part(self._last)
        return self._system.following(self._last)

    def _subtitle(self, source: SourceBlock) -> str:
        self._subtitles += 1
        more = "" if self._subtitles == 1 else ascii_lowercase[self._subtitles - 2]
        return self._claim(f"{self._section}.0{more}", source.origin)

    def _follow(self, number: str, *, is_heading: bool = False) -> None:
        """Count on from a number that is given."""
        self._fresh, self._is_given = False, True
        first = self._system.parts(number)[0]
        if first.isascii() and first.isdigit():
            self._next = int(first) + 1
        if is_heading:
            self._enter(number)
        else:
            self._last = number
            self._heads |= dict(enumerate(self._system.above(number), 1))

    def _enter(self, section: str) -> None:
        """Count within a section from now on."""
        level = len(self._system.parts(section))
        self._section, self._last, self._subtitles = section, "", 0
        self._heads = {k: head for k, head in self._heads.items() if k < level} | {level: section}

    def _claim(self, number: str, origin: Origin | None) -> str:
        """The number, if it is free; else the part of the passage that is."""
        if number in self._taken:
            first, wanted = self._taken[number], number
            while number in self._taken:
                number = self._system.next_part(number)
            message = (
                f"passage {wanted} is there already{f' ({first})' if first else ''}, so this is {number}; give one of the "
                f'two a number of its own: {{n="{wanted}bis"}}, say'
            )
            self._problems.append(Problem(ProblemKind.NUMBER_TWICE, message, origin))
        self._taken[number] = origin
        return number

    def _begin(self, source: SourceBlock) -> None:
        """Begin a section, counted, with *source*."""
        self._fresh = self._is_given = False
        level = min(source.heading, self._levels)
        if (above := self._heads.get(level - 1)) is not None:
            before = self._heads.get(level)
            number = self._system.following(before) if before else self._system.below(above)
            self._enter(self._claim(number, source.origin))
            return
        wanted = self._next
        while str(self._next) in self._taken:
            self._next += 1
        self._enter(str(self._next))
        if self._next != wanted:
            first = self._taken[str(wanted)]
            message = (
                f"section {wanted} is there already{f' ({first})' if first else ''}, so this is {self._section}; give "
                "edited-text another number, or true to go on from the document before"
            )
            self._problems.append(Problem(ProblemKind.NUMBER_TWICE, message, source.origin))
        self._taken[self._section] = source.origin
        self._next += 1
