"""Reading the left part of an entry: its place and its lemma."""

from __future__ import annotations

from apparatus.characters import WHITE
from apparatus.model import Lemma, Place
from apparatus.notation.lexis import ELLIPSIS, PILCROW, PLACE
from apparatus.notation.quoting import Role
from apparatus.notation.reader import Piece, Reader
from apparatus.problems import ProblemKind


class LemmaReader(Reader):
    """Reads places and lemmata, with the sigla after them if there are any."""

    def place(self) -> Place | None:
        """The block or range of blocks that is named here, if one is."""
        self.peek()
        found = PLACE.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        if found[2] is None and "-" in found[1]:  # typed for a dash; or one number, which the text knows
            return Place(*found[1].split("-"))
        return Place(found[1], found[2])

    def lemma(self, stops: frozenset[str], role: Role, *, closed: bool) -> tuple[Lemma, Piece]:
        """A lemma, and the piece that holds the sigla and the remark after it."""
        first = self.piece(stops | {ELLIPSIS}, role, closed=closed)
        if self.peek() != ELLIPSIS:
            if first.source == PILCROW and not first.quoted and first.occurrence is None:
                return Lemma(None), first
            self._lemma_words(first, role)
            return Lemma(first.words), first
        at, _ = self.take()
        if first.sigla:
            message = (
                f"'{first.sigla[0]}' is a declared siglum but stands before ' … '; quote it if it is a word"
            )
            self.report(ProblemKind.SIGLUM_IN_TEXT, message, first.at)
            first.source = " ".join([first.source, *map(str, first.sigla)]).strip(WHITE)
            first.reported = True
        end = Role.TARGET_END if role is Role.TARGET else Role.LEMMA_END
        last = self.piece(stops, end, closed=closed)
        for side, piece, where in ((role, first, "before"), (end, last, "after")):
            if not piece.source:
                self.lose(
                    ProblemKind.EMPTY_LEMMA, f"nothing stands {where} ' … '; write both ends of the lemma", at
                )
            self._lemma_words(piece, side)
        return Lemma(first.words, last.words), last

    def _lemma_words(self, piece: Piece, role: Role) -> None:
        if piece.source:
            self.check_quotes(piece, role)
            return
        kind, what = ProblemKind.EMPTY_LEMMA, "no lemma"
        if role is Role.TARGET:
            kind, what = ProblemKind.BAD_TRANSPOSITION, "no words after post or ante"
        mend = (
            f"if '{piece.sigla[0]}' is the word that is meant, quote it" if piece.sigla else "write its words"
        )
        self.lose(kind, f"{what}; {mend}", piece.at)
