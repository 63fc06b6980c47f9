"""A witness's text as it is written out, piece by piece, with the blanks put right.

Blanks: a replacement changes nothing outside its span. Where words are cut out, the blanks on
both sides become one, and none stays before a closing mark, after an opening one or at the
edge of a block. Words added bring the blank they need, but none in scripts that have no blanks.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from apparatus.characters import EDGE, closes, divides, is_of_word, is_unspaced, opens
from apparatus.model import BREAK


class Piece(NamedTuple):
    """A stretch of the rebuilt text and where it comes from.

    A piece with ``is_copy`` stands letter for letter in the reading text from ``start`` to
    ``end``; another replaces that stretch (or is put in where ``start == end``). A piece
    without text marks words cut out.
    """

    text: str
    start: int
    end: int
    entry: int | None = None  #: which entry put it there; ``None``: the reading text, or a gap
    is_copy: bool = False
    moved_by: int | None = None  #: which entry moved it here


class Stream:
    """Collects pieces."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._cut = self._added = self._prefixed = False

    def put(self, piece: Piece) -> None:
        """Write a piece as it stands, joined to a cut or an insertion before it."""
        if self._cut or self._added or self._prefixed:
            piece = self._join(piece)
        if piece.text:
            self._cut = self._added = self._prefixed = False
            self.pieces.append(piece)

    def cut(self, start: int, end: int, entry: int | None) -> None:
        """Leave words out."""
        self.pieces.append(Piece("", start, end, entry))
        self._cut = True

    def insert(self, pieces: list[Piece], *, before: bool) -> None:
        """Write words that are added after (or *before*) words of the text."""
        content = [piece for piece in pieces if piece.text]
        if not content:
            return
        left, first = self._left(), content[0].text[0]
        if before:
            needs_blank = is_of_word(left) and is_of_word(first)
        else:
            needs_blank = not (divides(left) or divides(first) or opens(left) or closes(first))
        if needs_blank and not (is_unspaced(left) or is_unspaced(first)):
            self.put(Piece(" ", content[0].start, content[0].start, content[0].entry))
        for piece in content:
            self.put(piece)
        self._added, self._prefixed = not before, before

    def insert_block(self, pieces: list[Piece], at: int, entry: int, *, before: bool) -> None:
        """Write a block of its own."""
        if not pieces:
            return
        if not before:
            self.put(Piece(BREAK, at, at, entry))
        for piece in pieces:
            self.put(piece)
        if before:
            self.put(Piece(BREAK, at, at, entry))

    def close(self) -> list[Piece]:
        """The pieces, now that nothing more comes."""
        if self._cut and self._left() == " ":
            self._strip_left()
        return self.pieces

    def _left(self) -> str:
        for piece in reversed(self.pieces):
            if piece.text:
                return piece.text[-1]
        return BREAK

    def _join(self, piece: Piece) -> Piece:
        if not piece.text:
            return piece
        if self._cut:
            left, right = self._left(), piece.text[0]
            if right == " " and (left == " " or left == BREAK or opens(left)):
                piece = piece._replace(text=piece.text[1:], start=min(piece.start + 1, piece.end))
            elif left == " " and (closes(right) or right == BREAK or unicodedata.category(right) == "Pd"):
                self._strip_left()  # a dash that stood close to the words that are cut stands so to those before
        if not piece.text:
            return piece
        left, right = self._left(), piece.text[0]
        gap = (self._added and is_of_word(left) and is_of_word(right)) or (
            self._prefixed and not (divides(left) or divides(right) or opens(left) or closes(right))
        )
        if gap and not (is_unspaced(left) or is_unspaced(right)):
            self.pieces.append(Piece(" ", piece.start, piece.start, None))
        return piece

    def _strip_left(self) -> None:
        """Take off the last character; of a piece that was this blank alone nothing is left."""
        i = next(i for i in range(len(self.pieces) - 1, -1, -1) if self.pieces[i].text)
        piece = self.pieces[i]
        shorter = piece._replace(text=piece.text[:-1], end=max(piece.end - 1, piece.start))
        self.pieces[i : i + 1] = [shorter] if shorter.text else []


def without_edges(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a block without the spaces that words cut out, or a reading, leave at its ends."""
    made = list(pieces)
    for i in range(len(made)):
        text = made[i].text.lstrip(EDGE)
        cut = len(made[i].text) - len(text)
        made[i] = made[i]._replace(text=text, start=min(made[i].start + cut, made[i].end)) if cut else made[i]
        if text:
            break
    for i in reversed(range(len(made))):
        text = made[i].text.rstrip(EDGE)
        cut = len(made[i].text) - len(text)
        made[i] = made[i]._replace(text=text, end=max(made[i].end - cut, made[i].start)) if cut else made[i]
        if text:
            break
    return [new for new, old in zip(made, pieces, strict=True) if new.text or not old.text]
