"""A witness beside the reading text: what stands opposite each of its blocks.

Facing pages want paragraph beside paragraph, and a witness divides the text as it likes. So each
block of the witness goes where its words belong: one that it has elsewhere stands opposite its
counterpart and says where the witness has it; two that it has as one are divided where the
reading text divides them, and the second says that it runs on; one that only the witness has
follows what stands before it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from apparatus.characters import words as divided
from apparatus.edition import Edition
from apparatus.model import BREAK, EditedText

if TYPE_CHECKING:
    from apparatus.collation.rebuild import RebuiltBlock
    from apparatus.collation.stream import Piece


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the witness, or the part of one that belongs to a block of the reading text."""

    text: str
    runs_on: bool = False  #: the witness has no new paragraph here
    after: str | None = None  #: where it has it instead: the block before it; empty at its beginning


def opposite(edition: Edition, key: str) -> dict[int, list[Paragraph]]:
    """Block of the reading text → the paragraphs of a witness that stand opposite; none where it lacks it."""
    found: dict[int, list[Paragraph]] = {}
    if edition.collation is None:
        return found
    before = ""
    for block in edition.collation.blocks_of(key):
        after = before if block.is_moved else None
        for n, (home, words) in enumerate(parts(edition.text, block)):
            paragraph = Paragraph(words, runs_on=n > 0, after=None if n else after)
            found.setdefault(home, []).append(paragraph)
            before = edition.text.blocks[home].number
    return found


def beside(edition: Edition, docname: str) -> dict[int, list[Paragraph]]:
    """Block of the text → the paragraphs of a second text that stand opposite; none where it lacks it.

    What answers to several blocks stands opposite the first; at the others it is said that it runs on.
    """
    found: dict[int, list[Paragraph]] = {}
    told: set[str] = set()
    text = edition.text
    for i in edition.blocks_of.get(edition.translates[docname], ()):
        words: dict[int, list[str]] = {}  # its block → what of it stands here
        for passage in text.passages_of(i):
            for number in edition.counterparts.get(passage.number, ()):
                other = text.passage[number]
                if edition.document_of(other.block) == docname:
                    its = words.setdefault(other.block, [])
                    its += [] if number in told else [text.slice(other.span).strip()]
                    told.add(number)
        for its in words.values():
            said = " ".join(filter(None, its))
            found.setdefault(i, []).append(Paragraph(said, runs_on=not said))
    return found


def parts(text: EditedText, block: RebuiltBlock) -> list[tuple[int, str]]:
    """The words of a block of the witness, by the blocks of the reading text that they belong to."""
    found = [(block.home, "")]
    for piece in block.pieces:
        for home, words in shares(text, piece):
            if home > found[-1][0] and piece.moved_by is None and any(map(str.isalnum, words)):
                found.append((home, words))
            else:
                found[-1] = (found[-1][0], found[-1][1] + words)
    return [(home, words.strip()) for home, words in found if words.strip()]


def shares(text: EditedText, piece: Piece) -> Iterator[tuple[int, str]]:
    """A piece, divided where the words that it replaces are divided into blocks."""
    home, rest = text.block_at(piece.start), piece.text
    old = text.joined[piece.start : piece.end]
    while not piece.is_copy and rest and BREAK in old:
        at = division(old, rest)
        yield home, rest[:at]
        home, rest, old = home + 1, rest[at:], old.partition(BREAK)[2]
    if rest:
        yield home, rest


def division(old: str, new: str) -> int:
    """Where in *new* the words begin that answer to those after the first break of *old*."""
    first, _, second = old.partition(BREAK)
    old_words, new_words = [[bare(w) for w in divided(part)] for part in (f"{first} {second}", new)]
    limit = len(divided(first))
    matches = SequenceMatcher(None, old_words, new_words, autojunk=False).get_matching_blocks()
    pairs = [(m.a + i, m.b + i) for m in matches for i in range(m.size)]
    following = [b for a, b in pairs if a >= limit]
    preceding = [b + 1 for a, b in pairs if a < limit]
    count = following[0] if following else preceding[-1] if preceding else len(new_words)
    return offset_of_word(new, count)


def bare(word: str) -> str:
    """A word without what case and punctuation add."""
    return "".join(c for c in word.casefold() if c.isalnum()) or word


def offset_of_word(text: str, count: int) -> int:
    """Where the word with this number (from 0) begins."""
    at = 0
    for word in divided(text)[:count]:
        at = text.index(word, at) + len(word)
    return at
