"""The text of one witness, passage by passage, with what tells it from the reading text.

It is what the collation rebuilds and proves, in the letters of the transcription; here its pieces keep
where they come from, so that a page can show the witness as it stands, or both texts with the differences
marked: those that the comparison does not disregard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from apparatus.edition import Edition

if TYPE_CHECKING:
    from apparatus.collation.rebuild import RebuiltBlock
    from apparatus.collation.stream import Piece


class Part(Enum):
    """What a stretch is to the two texts; the value is the HTML element."""

    BOTH = ""
    TEXT_ONLY = "del"  #: of the reading text, not in the witness
    WITNESS_ONLY = "ins"  #: of the witness, not in the reading text


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with what they are."""

    part: Part
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a witness."""

    home: int  #: the block of the reading text in which it begins
    is_first: bool  #: whether it is the first that begins there, which has its number
    stretches: tuple[Stretch, ...]
    is_moved: bool = False  #: the witness has it in another place


def transcribed(edition: Edition) -> tuple[str, ...]:
    """The witnesses that have been rebuilt and compared."""
    return tuple(edition.collation.rebuilt) if edition.collation else ()


def passages(edition: Edition, key: str) -> Iterator[Passage]:
    """The blocks of a witness in its order."""
    if edition.collation is None:
        return
    seen: set[int] = set()
    told: set[Piece] = set()  # a piece divided by a break is told once of what it replaces
    for block in edition.collation.blocks_of(key):
        yield Passage(
            block.home, block.home not in seen, tuple(_stretches(edition, block, told)), block.is_moved
        )
        seen.add(block.home)


def passages_by_document(edition: Edition, key: str) -> dict[str, list[Passage]]:
    """Document → the passages of a witness that stand on its page, in the witness's order.

    One that the witness has elsewhere stands where it has it, be that in another document.
    """
    found: dict[str, list[Passage]] = defaultdict(list)
    before = next(iter(edition.blocks_of), "")
    for passage in passages(edition, key):
        if not passage.is_moved:
            before = edition.document_of(passage.home)
        found[before].append(passage)
    return found


def _stretches(edition: Edition, block: RebuiltBlock, told: set[Piece]) -> Iterator[Stretch]:
    for piece in block.pieces:
        gone = edition.text.joined[piece.start : piece.end]
        same = piece._replace(text="")
        if piece.is_copy and piece.moved_by is None:  # what is moved the reading text has elsewhere
            yield Stretch(Part.BOTH, piece.text)
            continue
        if gone and piece.moved_by is None and same not in told:
            told.add(same)
            yield Stretch(Part.TEXT_ONLY, gone)
        if piece.text:
            yield Stretch(Part.WITNESS_ONLY, piece.text)
