"""Reading the line of an entry from left to right: texts, and the sigla and remarks that close them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple, NoReturn

from apparatus.characters import WHITE, WORD, fold
from apparatus.model import ALL, REST, Siglum, Words
from apparatus.notation.lexis import (
    BRACKET,
    ELLIPSIS,
    NEXT,
    OCCURRENCE,
    OCCURRENCE_AFTER_QUOTE,
    QUOTED,
    SUB,
    LogicalLine,
    from_source,
    looks_like_siglum,
    quote,
    siglum_of,
    undeclared,
)
from apparatus.notation.quoting import Role, why_quoted
from apparatus.notation.remarks import Parentheses, closing
from apparatus.notation.said import NOTHING, Said, read_said
from apparatus.problems import Problem, ProblemKind, nearest

#: What ends the part of an entry left of `` ] ``, and what ends a reading.
LEFT_STOPS = frozenset({BRACKET})
READING_STOPS = frozenset({BRACKET, NEXT, SUB})
#: How many of the declared sigla a message names.
A_FEW = 8
#: What is said of classes: that they end a reading, and how they are written.
CLASSES_END = "the classes of a reading; only a remark may follow them"
AS_CLASSES = "write '{spelling, form}', and of what it came behind '<': '{form < eye-skip}'"

_Found = list[tuple[int, str]]


class Run(NamedTuple):
    """Words up to a divider, and what closes them behind their sigla."""

    words: _Found
    said: Said = NOTHING
    remark: str | None = None


class LostError(Exception):
    """The entry cannot be understood beyond this point; the problem has been noted."""


@dataclass(slots=True)
class Piece:
    """A text with the sigla and the remark that close it."""

    source: str  #: as written, without quotes, blanks folded
    quoted: bool
    at: int
    sigla: tuple[Siglum, ...] = ()
    remark: str | None = None
    said: Said = NOTHING
    occurrence: int | None = None
    reported: bool = False  #: as containing a siglum

    @property
    def words(self) -> Words:
        return Words(from_source(self.source), self.occurrence)


class Reader:
    """A position in one entry's line, the declared sigla, and the problems met so far."""

    def __init__(self, line: LogicalLine, sigla: Collection[str]) -> None:
        self.line, self.text, self.sigla = line, line.text, sigla
        self.at = 0
        self.parentheses = Parentheses(self.text)
        self.problems: list[Problem] = []
        self.cited: list[tuple[int, Siglum]] = []  #: every siglum, with its offset

    # --- words and problems -----------------------------------------------------------

    def peek(self) -> str:
        """The next word, or nothing at the end."""
        found = WORD.search(self.text, self.at)
        if not found:
            self.at = len(self.text)
            return ""
        self.at = found.start()
        return found.group()

    def take(self) -> tuple[int, str]:
        """The next word and its offset; the position moves behind it."""
        word = self.peek()
        at, self.at = self.at, self.at + len(word)
        return at, word

    def report(self, kind: ProblemKind, message: str, at: int) -> None:
        self.problems.append(Problem(kind, message, self.line.origin(at)))

    def left_out(self) -> None:
        """Add to the last problem which line is lost, unless the problem names it already."""
        last = self.problems[-1]
        if self.text not in last.message:
            self.problems[-1] = replace(last, message=f"{last.message}; left out: '{self.text}'")

    def lose(self, kind: ProblemKind, message: str, at: int) -> NoReturn:
        """Report a problem after which the rest of the entry means nothing."""
        self.report(kind, message, at)
        raise LostError

    # --- sigla and remarks ------------------------------------------------------------

    def remark(self) -> str:
        """The remark that opens here."""
        end = self.parentheses.closing(self.at)
        if end is None:
            message = f"the remark '{self.text[self.at :]}' does not close; add ')'"
            self.lose(ProblemKind.UNCLOSED_REMARK, message, self.at)
        inner, self.at = self.text[self.at + 1 : end], end + 1
        return fold(inner)

    def run(self, stops: Collection[str], *, closed: bool = False) -> Run:
        """Words up to one of *stops*, and what closes them if the last is a siglum.

        Where sigla must close (*closed*), a word that is likely a siglum, though none is declared, counts too.
        """
        words: _Found = []
        run = Run(words)
        for found in WORD.finditer(self.text, self.at):
            word, self.at = found.group(), found.start()
            if word in stops:
                break
            if word[0] in "({" and words and self._may_close(words[-1][1], stops, closed):
                run = self._closed(words, stops)
                break
            words.append((self.at, word))
            self.at = found.end()
        if BRACKET in stops and NEXT not in stops and not self.peek():
            self.no_bracket()
        return run

    def _closed(self, words: _Found, stops: Collection[str]) -> Run:
        """*words* with the classes and the remark that begin here; nothing stands between them and the next divider."""
        said, remark = NOTHING, None
        if self.text[self.at] == "{":
            said = self.said()
        at = self.at
        if self.peek().startswith("(") and (self.at > at or said is NOTHING):
            remark = self.remark()
        else:
            self.at = at
        self.end_after("a remark; a remark ends its reading" if remark is not None else CLASSES_END, stops)
        return Run(words, said, remark)

    def said(self) -> Said:
        """The classes and causes that open here, in braces."""
        at, end = self.at, self.text.find("}", self.at)
        if end < 0:
            message = f"the braces in '{self.text[at:]}' do not close; add '}}'"
            self.lose(ProblemKind.BAD_CLASSES, message, at)
        self.at = end + 1
        source = self.text[at : self.at]
        if (found := read_said(source)) is None:
            message = f"'{source}' is no list of classes; {AS_CLASSES}"
            self.report(ProblemKind.BAD_CLASSES, message, at)
            return Said()
        for name in found.twice:
            self.report(ProblemKind.BAD_CLASSES, f"'{name}' stands twice in '{source}'; name it once", at)
        return found

    def _may_close(self, word: str, stops: Collection[str], closed: bool) -> bool:
        """Whether what opens here, after *word*, closes a reading: a remark, or the classes before one."""
        if siglum_of(word, self.sigla) or not closed:
            return siglum_of(word, self.sigla) is not None
        are_classes = self.text[self.at] == "{"
        end = self.text.find("}", self.at) if are_classes else self.parentheses.closing(self.at)
        if end is None or end < 0 or (end + 1 < len(self.text) and self.text[end + 1] not in WHITE):
            return False
        following = WORD.search(self.text, end + 1)
        after = following.group() if following else ""
        is_last = not after or after in stops or (are_classes and after[0] == "(")
        return is_last and self._may_be_siglum(word)

    def end_after(self, what: str, stops: Collection[str]) -> None:
        """Nothing may stand between *what* closes a reading and the next divider."""
        glued = self.at < len(self.text) and self.text[self.at] not in WHITE
        word = self.peek()
        if word and (glued or word not in stops):
            mend = (
                "write ' ; ' before the next one, or, if the parenthesis belongs to the text, quote the text"
            )
            if word[0] == "{":
                mend = "write the classes before the remark"
            message = f"'{word}' stands after {what}: {mend}"
            self.lose(ProblemKind.SIGLUM_IN_TEXT, message, self.at)

    def no_bracket(self) -> NoReturn:
        """The line ended and no `` ] `` was met."""
        self.problems.clear()  # what is said of a lemma means nothing if there is none
        mend = "write 'lemma ] reading siglum', or indent the line if it continues the entry above"
        if BRACKET in self.text:
            mend = "write a blank on both sides of ']'"
        self.lose(ProblemKind.NO_BRACKET, f"no ' ] ' between lemma and readings in '{self.text}'; {mend}", 0)

    def cite(self, words: _Found) -> tuple[Siglum, ...]:
        """Words as sigla; those that are not declared are reported and kept as written."""
        sigla = []
        for at, word in words:
            siglum = siglum_of(word, self.sigla)
            if siglum is None:
                siglum = undeclared(word)
                self.unknown_siglum(siglum, at)
            self.cited.append((at, siglum))
            sigla.append(siglum)
        return tuple(sigla)

    def unknown_siglum(self, siglum: Siglum, at: int) -> None:
        near = self.near(siglum.key)
        guess = f"did you mean '{near}'? " if near else ""
        message = (
            f"unknown siglum '{siglum}'; {guess}{self._declared()}; declare it in the conspectus, or quote the text "
            "if it is a word"
        )
        self.report(ProblemKind.UNKNOWN_SIGLUM, message, at)

    def _declared(self) -> str:
        """A few of the declared sigla, the shortest first: witnesses before scholars, as a rule."""
        known = sorted({*self.sigla} - {REST, ALL}, key=lambda key: (len(key), key))
        more = f" and {len(known) - A_FEW} more" if len(known) > A_FEW else ""
        return f"declared are {', '.join(known[:A_FEW])}{more}" if known else "none is declared"

    def _strange(self, words: _Found) -> list[str]:
        """Those of *words* that are no sigla."""
        return [word for _, word in words if not siglum_of(word, self.sigla)]

    def _may_be_siglum(self, word: str) -> bool:
        """Whether an undeclared word where sigla stand is more likely a siglum than text."""
        return looks_like_siglum(word) or self.near(undeclared(word).key) is not None

    def near(self, key: str) -> str | None:
        """The declared siglum most like *key*, whatever its case."""
        return next(
            (s for s in sorted(self.sigla) if s.casefold() == key.casefold()), nearest(key, self.sigla)
        )

    # --- texts ------------------------------------------------------------------------

    def piece(self, stops: Collection[str], role: Role, *, closed: bool) -> Piece:
        """A text up to one of *stops*; *closed* if sigla must close it."""
        if self.peek().startswith('"'):
            return self._quoted(stops, role, closed=closed)
        words, said, remark = self.run(stops, closed=closed)
        first = next((i for i, (_, word) in enumerate(words) if siglum_of(word, self.sigla)), len(words))
        tail = words[first:]
        strange = self._strange(tail)
        in_text = not all(map(self._may_be_siglum, strange))
        if in_text:
            first = self._siglum_in_text(words, first, strange)
        elif closed and not tail and self.peek() != ELLIPSIS:
            first = self._no_siglum(words, role)
        source = " ".join(word for _, word in words[:first])
        piece = Piece(source, False, words[0][0] if words else self.at, (), remark, said, None, in_text)
        if role.in_lemma and (found := OCCURRENCE.search(source)):
            piece.occurrence = int(found[1])
            piece.source = source[: found.start()].rstrip(" ")
        piece.sigla = self.cite(words[first:])
        return piece

    def _siglum_in_text(self, words: _Found, first: int, strange: list[str]) -> int:
        """A word follows a siglum: the siglum must be a word. Where the closing sigla begin."""
        at, siglum = words[first]
        start = len(words)
        while start and siglum_of(words[start - 1][1], self.sigla):
            start -= 1
        text = " ".join(word for _, word in words[:start])
        message = (
            f"'{siglum}' is a declared siglum but stands within a text; quote the text ({quote(text)}) "
            f"or declare '{strange[0]}' as a siglum"
        )
        self.report(ProblemKind.SIGLUM_IN_TEXT, message, at)
        return start

    def _no_siglum(self, words: _Found, role: Role) -> int:
        """No declared siglum closes the text: is its last word one that is not declared?"""
        if not words:
            return 0
        at, last = words[-1]
        text = " ".join(word for _, word in words)
        if len(words) > 1 and self._may_be_siglum(last):
            return len(words) - 1
        if role is Role.LATER and text[0] == "(" and closing(text) is None:
            self.lose(
                ProblemKind.UNCLOSED_REMARK, f"the remark '{text}' does not close; add ')'", words[0][0]
            )
        mend = "add the sigla of those who read it"
        if role is Role.LATER and text[0] == "(" and closing(text) == len(text) - 1:
            mend = "a remark on the entry is its last member, one on a reading follows the sigla"
        self.report(ProblemKind.NO_SIGLUM, f"no siglum closes '{text}'; {mend}", at)
        return len(words)

    def _quoted(self, stops: Collection[str], role: Role, *, closed: bool) -> Piece:
        at, found = self.at, QUOTED.match(self.text, self.at)
        if not found:
            message = f"the quotes in '{self.text[at:]}' do not close; write '\"\"' for a quotation mark that is text"
            self.lose(ProblemKind.UNBALANCED_QUOTES, message, at)
        piece = Piece(fold(found[1].replace('""', '"')), True, at)
        self.at = found.end()
        if role.in_lemma and (number := OCCURRENCE_AFTER_QUOTE.match(self.text, self.at)):
            piece.occurrence, self.at = int(number[1]), number.end()
        glued = self.at < len(self.text) and self.text[self.at] not in WHITE
        words, piece.said, piece.remark = self.run(stops, closed=closed)
        if glued or not all(map(self._may_be_siglum, self._strange(words))):
            rest = self.text[found.end() : self.at].strip(WHITE)
            message = (
                f"'{rest}' stands after the closing quote of {found[0]}; only sigla may stand there: "
                "quote the whole text, and write '\"\"' for a quotation mark that is text"
            )
            self.lose(ProblemKind.UNBALANCED_QUOTES, message, found.end())
        if closed and not words and self.peek() != ELLIPSIS:
            message = f"no siglum closes {found[0]}; add the sigla of those who read it"
            self.report(ProblemKind.NO_SIGLUM, message, at)
        piece.sigla = self.cite(words)
        return piece

    def check_quotes(self, piece: Piece, role: Role) -> None:
        """Report quotes that are needless, and those that are lacking."""
        reason = why_quoted(piece.source, role, self.sigla)
        if piece.quoted and reason is None:
            text = quote(quote(piece.source))
            message = (
                f"the quotes around '{piece.source}' do nothing; omit them, or if they are text write {text}"
            )
            self.report(ProblemKind.NEEDLESS_QUOTES, message, piece.at)
        elif reason and not piece.quoted and not piece.reported:
            message = f"{reason.why}; if it is text here, quote it: {quote(piece.source)}"
            self.report(reason.kind, message, piece.at)
