"""The text of one witness, passage by passage, with what tells it from the reading text.

It is what the collation rebuilds and proves, in the letters of the transcription; here its pieces keep
where they come from, so that a page can show the witness as it stands, or both texts with the differences
marked: those that the comparison does not disregard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from apparatus.edition import Edition
from apparatus.model import BREAK, EditedText, Span

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
    move: int | None = (
        None  #: which entry moves them: of the reading text away from here, of the witness to here
    )
    kind: str = ""  #: ``speaker``, ``stage``, or nothing for what is spoken
    begins: str = ""  #: the number that begins with it, within its block


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a witness, or one that it lacks."""

    home: int  #: the block of the reading text in which it begins
    is_first: bool  #: whether it is the first of the text's words there, which has its number
    stretches: tuple[Stretch, ...]
    is_moved: bool = False  #: the witness has it in another place
    is_lacking: bool = False  #: whether it is a block of the reading text that the witness has not here
    is_before: bool = False  #: of an added one: whether it stands before that block, not after it

    @property
    def is_added(self) -> bool:
        """Whether only the witness has it."""
        return all(s.part is Part.WITNESS_ONLY and s.move is None for s in self.stretches)


def transcribed(edition: Edition) -> tuple[str, ...]:
    """The witnesses that have been rebuilt and compared."""
    return tuple(edition.collation.rebuilt) if edition.collation else ()


def passages(edition: Edition, key: str) -> Iterator[Passage]:
    """The blocks of a witness in its order, and those of the text that it lacks, where the text has them."""
    if edition.collation is None:
        return
    blocks = edition.collation.blocks_of(key)
    moves = {piece.moved_by for block in blocks for piece in block.pieces if piece.moved_by is not None}
    own = {block.home for block in blocks if not block.is_added}
    seen: set[int] = set()
    told: set[Piece] = set()  # a piece divided by a break is told once of what it replaces
    for block in blocks:
        before, kept, after = _apart(edition, list(_stretches(edition, block, told, moves)))
        yield from _lacking(edition.text, before, own, seen)
        is_first = block.home not in seen and not block.is_added
        yield Passage(
            block.home,
            is_first,
            tuple(_numbered(edition.text, block.home, kept)),
            block.is_moved,
            is_before=block.is_added and _is_before(edition.text, block),
        )
        seen |= {block.home} if is_first else set()
        yield from _lacking(edition.text, after, own, seen)


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


def _is_before(text: EditedText, block: RebuiltBlock) -> bool:
    """Whether an added block stands at the head of the block with which it is counted."""
    return next(piece.start for piece in block.pieces if piece.text.strip()) == text.starts[block.home]


#: A stretch, and where in the reading text it begins if nothing stands in its place; else -1.
Located: TypeAlias = tuple[Stretch, int]


def _apart(edition: Edition, found: list[Located]) -> tuple[list[Located], list[Located], list[Located]]:
    """What a witness lacks in whole blocks at the head and at the end of a block of its own, and the rest between."""
    first = next((i for i, one in enumerate(found) if not _is_block(edition, *one)), len(found))
    kept = found[first:]
    last = next((i for i, one in enumerate(reversed(kept)) if not _is_block(edition, *one)), 0)
    end = len(kept) - last
    return found[:first], kept[:end], kept[end:]


def _is_block(edition: Edition, stretch: Stretch, start: int) -> bool:
    """Whether it is a whole block of the reading text that is not here."""
    home = edition.text.block_at(max(start, 0))
    return start >= 0 and stretch.part is Part.TEXT_ONLY and stretch.words == edition.text.blocks[home].text


def _lacking(text: EditedText, found: list[Located], own: set[int], seen: set[int]) -> Iterator[Passage]:
    for stretch, start in found:
        home = text.block_at(start)
        is_first = home not in own and home not in seen  # what it has elsewhere has its number there
        yield Passage(home, is_first, (stretch,), is_lacking=True)
        seen |= {home} - own


def _stretches(edition: Edition, block: RebuiltBlock, told: set[Piece], moves: set[int]) -> Iterator[Located]:
    for piece in block.pieces:
        gone = edition.text.joined[piece.start : piece.end]
        same = piece._replace(text="")
        if piece.is_copy and piece.moved_by is None:  # what is moved the reading text has elsewhere
            yield from _copied(edition.text, piece)
            continue
        if gone and piece.moved_by is None and same not in told:
            told.add(same)
            yield from _gone(edition, piece, moves)
        if piece.text:
            blank = piece.entry if piece.text.isspace() and piece.entry in moves else None
            move = blank if piece.moved_by is None else piece.moved_by
            kind = _kind(edition.text, Span(piece.start, piece.end))
            yield Stretch(Part.WITNESS_ONLY, piece.text, move, kind), piece.start


def _numbered(text: EditedText, home: int, found: list[Located]) -> Iterator[Stretch]:
    """The stretches of a block, the first of each number that begins within it with that number.

    What the witness has elsewhere, or adds, begins none; a number of which it has nothing here is not there.
    """
    waiting = {point.number: text.starts[home] + point.at for point in text.blocks[home].points}
    for stretch, start in found:
        number = text.passage_at(start) if start >= 0 and stretch.part is not Part.TEXT_ONLY else ""
        before, words = _from_a_word(stretch.words)
        if number not in waiting or stretch.move is not None or not words:
            yield stretch
            continue
        if waiting.pop(number) == start:  # what stands before the first word is of the number
            before, words = "", stretch.words
        if before:
            yield replace(stretch, words=before)
        yield replace(stretch, words=words, begins=number)


def _from_a_word(words: str) -> tuple[str, str]:
    """Words, and before them the stop and the blank that end what went before."""
    at = next((i for i, sign in enumerate(words) if sign.isalnum()), len(words))
    return words[:at], words[at:]


def _copied(text: EditedText, piece: Piece) -> Iterator[Located]:
    """A piece of both texts, divided where speakers, stage directions and numbers begin and end.

    In other letters than the text's, of which more or fewer count as the same, it stays whole.
    """
    span = Span(piece.start, piece.end)
    if len(piece.text) != len(span):
        yield Stretch(Part.BOTH, piece.text, kind=_kind(text, span)), piece.start
        return
    for kind, part in text.by_kind(span):
        at = part.start - piece.start
        yield Stretch(Part.BOTH, piece.text[at : at + len(part)], kind=kind), part.start


def _kind(text: EditedText, span: Span) -> str:
    """What words are that stand in the place of others, or those others: of one kind, or else nothing."""
    kinds = {kind for kind, _ in text.by_kind(span)} if span else set()
    return kinds.pop() if len(kinds) == 1 else ""


def _gone(edition: Edition, piece: Piece, moves: set[int]) -> Iterator[Located]:
    """What stands in the place of a piece in the reading text: whole blocks of it each by itself."""
    text, at = edition.text, piece.start
    gone = text.joined[piece.start : piece.end]
    move = piece.entry if not piece.text and piece.entry in moves else None
    if piece.text:
        yield Stretch(Part.TEXT_ONLY, gone, kind=_kind(text, Span(at, piece.end))), -1
        return
    for words in gone.split(BREAK):
        if words:
            yield Stretch(Part.TEXT_ONLY, words, move, _kind(text, Span(at, at + len(words)))), at
        at += len(words) + len(BREAK)
