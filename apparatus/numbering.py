"""One number for every block of the edited text: section.paragraph.

Headings of the first levels begin sections and bear the section's number (2); a heading's
further lines are n.0, n.0a …; every other block counts within its section (2.1, 2.2 …), in
reading order, across files. The number is what readers cite and what anchors are made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block as it was read from its file, not yet numbered."""

    text: str
    origin: Origin | None = None
    heading: int = 0  #: level of a heading; 0 for any other block
    is_subtitle: bool = False  #: a further line of the heading before it
    language: str = ""  #: its tag (BCP 47), where the edition gives one


def number_blocks(
    documents: Sequence[tuple[int | None, Sequence[SourceBlock]]],
    *,
    section_level: int = 2,
    problems: list[Problem] | None = None,
) -> list[list[str]]:
    """Number the blocks of all documents in reading order.

    Each document comes with the number of its first section, or ``None`` where it goes on
    from the document before it. A heading at or above *section_level* begins a section. One whose
    number is taken has the next that is free: what readers cite is one place.
    """
    numbers: list[list[str]] = []
    counter = _Counter([] if problems is None else problems)
    for first, blocks in documents:
        if first is not None:
            counter.restart(first)
        numbers.append([counter.number(block, section_level) for block in blocks])
    return numbers


class _Counter:
    """Where the numbering stands."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._taken: dict[int, Origin | None] = {}
        self._next, self._section = 1, 1
        self._paragraph = self._subtitles = 0
        self._fresh = True  # no block of the current section has been numbered yet

    def restart(self, section: int) -> None:
        self._next, self._section, self._fresh = section, section, True
        self._paragraph = self._subtitles = 0

    def number(self, block: SourceBlock, section_level: int) -> str:
        if 0 < block.heading <= section_level:
            self._begin(block)
            self._paragraph = self._subtitles = 0
            return str(self._section)
        if self._fresh:  # text without a heading: the section begins with its first block
            self._begin(block)
        if block.is_subtitle and self._paragraph == 0 and self._subtitles <= len(ascii_lowercase):
            self._subtitles += 1
            more = "" if self._subtitles == 1 else ascii_lowercase[self._subtitles - 2]
            return f"{self._section}.0{more}"
        self._paragraph += 1
        return f"{self._section}.{self._paragraph}"

    def _begin(self, block: SourceBlock) -> None:
        """Begin a section with *block*."""
        wanted = self._next
        while self._next in self._taken:
            self._next += 1
        self._section = self._next
        if self._section != wanted:
            first = self._taken[wanted]
            message = (
                f"section {wanted} is there already{f' ({first})' if first else ''}, so this is {self._section}; give "
                "edited-text another number, or true to go on from the document before"
            )
            self._problems.append(Problem(ProblemKind.NUMBER_TWICE, message, block.origin))
        self._taken[self._section] = block.origin
        self._next += 1
        self._fresh = False
