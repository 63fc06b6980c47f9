"""What was taken from a file: the passages of its text, and where in them everything is.

A file has its letters as one flow, in which places are counted; the text of the edition has its blanks folded.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from apparatus.importing.flow import Flow
from apparatus.importing.losses import Losses
from apparatus.importing.survey import Survey
from apparatus.importing.whole import Whole
from apparatus.model import BREAK as END
from apparatus.model import Block, EditedText, Place, Span


@dataclass(slots=True)
class Passage:
    """A block of the text."""

    block: Block
    places: list[int]  #: of each letter of its flow, where it is in its text
    flow: Flow
    source: str  #: what stands before the entries
    is_verse: bool
    at: int  #: where it begins in the whole
    line: int = 0
    entries: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    opens_stanza: bool = False


def locus(passage: Passage) -> Place:
    """The place that an entry on words of a passage names, where it does not stand below it."""
    points = passage.block.points
    return Place(passage.block.number, points[-1].number if points else None)


@dataclass
class Taken:
    """The passages of a text, in its order, and their letters as one flow."""

    survey: Survey
    losses: Losses
    passages: list[Passage] = field(default_factory=list)
    lines: dict[int, list[str]] = field(
        default_factory=dict
    )  #: before which passage what editors have added stands; -1: at the end
    whole: Whole = field(default_factory=Whole)

    @cached_property
    def edited(self) -> EditedText:
        """The edited text; to be asked for when all passages are there."""
        return EditedText(tuple(passage.block for passage in self.passages))

    def passage_at(self, offset: int) -> int:
        """Which passage has a place of the whole flow."""
        return max(0, bisect_right(self.whole.starts, offset) - 1)

    def offset(self, raw: int) -> int:
        """An offset of the whole flow in the joined text."""
        i = self.passage_at(raw)
        passage = self.passages[i]
        return self.edited.starts[i] + passage.places[min(raw - passage.at, len(passage.places) - 1)]

    def span(self, start: int, end: int) -> Span:
        """A stretch of the whole flow in the joined text, without blanks at its ends."""
        one, other = self.offset(start), self.offset(end)
        joined = self.edited.joined
        while one < other and joined[one] in f" {END}":
            one += 1
        while other > one and joined[other - 1] in f" {END}":
            other -= 1
        return Span(one, other)
