"""The notation of readings: source lines → entries.

::

    entry   = [ place , ": " ] , left , " ] " , [ "/ " ] , reading ,
              { ( " ; " | " / " ) , reading } , [ " ; " , remark ] ;
    place   = number , [ "–" , number ] ;               (* "-" is taken as well *)
    number  = letters and digits , single signs . , + / between them ;    (* at least one digit *)
    left    = lemma , [ " " , sigla , [ " " , remark ] ] ;
    lemma   = "¶" | words | words , " … " , words ;
    words   = ( bare | quoted ) , [ "^" , digits ] ;     (* the nth in its block *)
    reading = ( text | op ) , " " , sigla , [ " " , said ] , [ " " , remark ] | "crux." , [ " " , remark ] ;
    op      = "om." | "ill." | "lac." | "del." | "secl."
            | ( "add." | "praem." ) , " " , text
            | "transp. " , ( "post" | "ante" ) , " " , ( number | [ number , ": " ] , lemma ) ;
    text    = bare | quoted ;
    sigla   = siglum , { " " , siglum } ;
    siglum  = key , [ "^" , hand ] , [ "?" ] ;           (* key declared, or cett., codd. *)
    said    = "{" , ( names , [ " < " , names ] | "< " , names ) , "}" ;  (* its classes < its causes *)
    names   = name , { ", " , name } ;                  (* declared; no blank, none of , < { } *)
    remark  = "(" , MyST , ")" ;                        (* balanced; code spans and \\) skipped *)
    quoted  = '"' , { any character but '"' | '""' } , '"' ;
    bare    = token , { " " , token } ;

A member after `` / `` is a sub-reading of the one before it, the first of the lemma. What a
bare text may not contain is in :func:`apparatus.notation.quoting.why_quoted`. A ``(`` opens a
remark only after a siglum, after ``crux.``, after classes, or where it fills the last `` ; ``
member; a ``{`` opens classes only after the sigla of a reading. As a word of a text ``¶`` is a block break; a pilcrow that is text is doubled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import assert_never

from apparatus.characters import WHITE, WORD, refused
from apparatus.model import ALL, REST, Entry, Kind, Origin, Reading, Target
from apparatus.notation.lemma import LemmaReader
from apparatus.notation.lexis import (
    BRACKET,
    ELLIPSIS,
    FENCE,
    KEYWORDS,
    NEXT,
    SUB,
    LogicalLine,
    from_source,
    join_lines,
    siglum_of,
)
from apparatus.notation.quoting import Role
from apparatus.notation.reader import LEFT_STOPS, READING_STOPS, LostError
from apparatus.notation.said import NOTHING
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import NUMBER


def parse_entries(
    lines: Sequence[str], origin: Origin, sigla: Collection[str], scholars: Collection[str] = ()
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries of an apparatus, and what is wrong with them.

    *lines* stand in ``origin.file`` from ``origin.line`` on; an indented line continues the
    one above. *sigla* are the declared keys; those of them in *scholars* may be cited twice in
    an entry, for two conjectures. An entry with a problem is returned where it can be
    understood; a siglum that is not declared then stands in it as written.
    """
    known = frozenset(sigla) | {REST, ALL}
    entries: list[Entry] = []
    problems: list[Problem] = []
    for line in _logical_lines(lines, origin, problems):
        entry, found = _parse(line, known, scholars)
        problems += found
        if entry:
            entries.append(entry)
    return tuple(entries), tuple(problems)


def parse_entry(
    line: str, sigla: Collection[str], origin: Origin | None = None, scholars: Collection[str] = ()
) -> tuple[Entry | None, tuple[Problem, ...]]:
    """One entry on one line; ``None`` if it cannot be understood."""
    return _parse(join_lines([(line, origin)]), frozenset(sigla) | {REST, ALL}, scholars)


def parse_pasted(
    line: str, sigla: Collection[str], scholars: Collection[str] = ()
) -> tuple[Entry | None, tuple[Problem, ...]]:
    """The entry that *line* is where it stands in a file, in a series; ``None`` if it cannot be understood there.

    A document is divided into lines by more than the line feed, and what it may not have is read as a blank; a line
    that is indented continues the one above, and one that opens a directive ends the series.
    """
    is_one_line = line.splitlines() == [line] and line[0] not in WHITE
    if not is_one_line or FENCE.match(line) or any(True for _ in refused(line)):
        return None, ()
    return parse_entry(line, sigla, scholars=scholars)


def _logical_lines(lines: Sequence[str], origin: Origin, problems: list[Problem]) -> Iterable[LogicalLine]:
    """Entries with their continuation lines joined."""
    parts: list[tuple[str, Origin | None]] = []
    for i, line in enumerate(lines):
        if not line.strip(WHITE):
            continue
        at = Origin(origin.file, origin.line + i)
        indented = line[0] in WHITE
        if indented and not parts:
            message = f"no entry before '{line.strip(WHITE)}' that it could continue; begin it at the margin"
            problems.append(Problem(ProblemKind.BAD_CONTINUATION, message, at))
        elif not indented and parts:
            yield join_lines(parts)
            parts = []
        parts.append((line, at))
    if parts:
        yield join_lines(parts)


def _parse(
    line: LogicalLine, sigla: Collection[str], scholars: Collection[str]
) -> tuple[Entry | None, tuple[Problem, ...]]:
    reader = EntryReader(line, sigla)
    try:
        entry = reader.entry()
    except LostError:
        entry = None
    if entry is None:
        reader.left_out()
    reader.check_twice(scholars)
    return entry, tuple(reader.problems)


class EntryReader(LemmaReader):
    """Reads one entry of a textual series."""

    lemma_is_abbreviated = False

    def entry(self) -> Entry | None:
        place = self.place()
        lemma, left = self.lemma(LEFT_STOPS, Role.LEMMA, closed=False)
        self.lemma_is_abbreviated = lemma.last is not None
        self.take()  # the bracket
        readings, remark = self._readings()
        if not readings:
            return None
        if left.said is not NOTHING:
            message = "classes are those of a reading, and stand behind its sigla; none is said of the lemma"
            self.report(ProblemKind.BAD_CLASSES, message, left.at)
        return Entry(lemma, readings, left.sigla, left.remark, place, remark, self.line.origin(0))

    def _readings(self) -> tuple[tuple[Reading, ...], str | None]:
        """What stands right of `` ] ``: readings, and the remark on the entry."""
        readings: list[Reading] = []
        at, divider = self.at, BRACKET
        if self.peek() == SUB:
            at, divider = self.take()
        while True:
            word = self.peek()
            if (
                divider == NEXT
                and word[:1] == "("
                and self.parentheses.closing(self.at) == len(self.text) - 1
            ):
                return tuple(readings), self.remark()
            if not word or word in READING_STOPS:
                message = f"nothing stands after ' {divider} '; write a reading and its sigla"
                self.report(ProblemKind.EMPTY_READING, message, at)
            elif reading := self._reading(
                Role.LATER if divider == NEXT else Role.READING, sub=divider == SUB
            ):
                readings.append(reading)
            at, divider = self.take()
            if divider == BRACKET:
                message = f"two ' ] ' in '{self.text}'; begin a new line for another entry, or quote the text that has ' ] '"
                self.lose(ProblemKind.TWO_BRACKETS, message, at)
            if not divider:
                return tuple(readings), None

    def _reading(self, role: Role, *, sub: bool) -> Reading | None:
        kind = KEYWORDS.get(self.peek(), Kind.TEXT)
        if kind.value:
            self.take()
        match kind:
            case Kind.TEXT:
                return self._text(kind, role, sub=sub)
            case Kind.ADD | Kind.PRAEM:
                return self._text(kind, Role.ADDED, sub=sub)
            case Kind.TRANSP:
                return self._transposition(sub=sub)
            case Kind.CRUX:
                return self._crux(sub=sub)
            case Kind.OM | Kind.ILL | Kind.LAC | Kind.DEL | Kind.SECL:
                return self._without_text(kind, sub=sub)
            case _:
                assert_never(kind)

    def _text(self, kind: Kind, role: Role, *, sub: bool) -> Reading | None:
        """A reading with words: other words, or added ones."""
        piece = self.piece(READING_STOPS, role, closed=True)
        if not piece.source:
            what = f"no words after '{kind.value}'" if kind.value else "no words before the sigla"
            mend = f"if '{piece.sigla[0]}' is the reading, quote it" if piece.sigla else "write the reading"
            self.report(ProblemKind.EMPTY_READING, f"{what}; {mend}", piece.at)
            return None
        if not piece.quoted and self.lemma_is_abbreviated and ELLIPSIS in WORD.findall(piece.source):
            message = (
                f"' … ' in '{piece.source}' is text: a reading cannot be abbreviated; write it out, "
                "or quote it if the witness has the dots"
            )
            self.report(ProblemKind.ELLIPSIS_IN_READING, message, piece.at)
        else:
            self.check_quotes(piece, role)
        return Reading(kind, from_source(piece.source), None, piece.sigla, piece.remark, sub, *piece.said)

    def _without_text(self, kind: Kind, *, sub: bool) -> Reading:
        """``om.`` and its like: only sigla follow."""
        at = self.at
        words, said, remark = self.run(READING_STOPS, closed=True)
        if not words:
            self.report(
                ProblemKind.NO_SIGLUM, f"no siglum closes '{kind.value}'; add the sigla of those meant", at
            )
        return Reading(kind, "", None, self.cite(words), remark, sub, *said)

    def _crux(self, *, sub: bool) -> Reading:
        remark = None
        if self.peek().startswith("("):
            remark = self.remark()
            self.end_after("a remark; a remark ends its reading", READING_STOPS)
        else:
            at = self.at
            words, _, remark = self.run(READING_STOPS)
            if words:
                message = f"'crux.' takes no siglum, but '{words[0][1]}' stands after it; omit it or put it in a remark"
                self.report(ProblemKind.CRUX_WITH_SIGLUM, message, at)
        return Reading(Kind.CRUX, remark=remark, sub=sub)

    def _transposition(self, *, sub: bool) -> Reading | None:
        where = self.peek()
        if where not in ("post", "ante"):
            at = self.at
            beside = " ".join(word for _, word in self.run(READING_STOPS).words)
            message = f"'transp. {beside}' needs 'post' or 'ante' and the words beside which the lemma stands"
            self.report(ProblemKind.BAD_TRANSPOSITION, message, at)
            return None
        self.take()
        if number := self._lone_number():
            target = Target(where == "ante", number)
            at = self.at
            words, said, remark = self.run(READING_STOPS, closed=True)
            if not words:
                self.report(ProblemKind.NO_SIGLUM, f"no siglum closes 'transp. {where} {number}'; add it", at)
            return Reading(Kind.TRANSP, "", target, self.cite(words), remark, sub, *said)
        at, place = self.at, self.place()
        if place and place.end:
            message = f"'transp.' aims at one block, not at '{place}'; name the one in which the words stand"
            self.report(ProblemKind.BAD_TRANSPOSITION, message, at)
        lemma, piece = self.lemma(READING_STOPS, Role.TARGET, closed=True)
        target = Target(where == "ante", place.start if place else None, lemma)
        return Reading(Kind.TRANSP, "", target, piece.sigla, piece.remark, sub, *piece.said)

    def _lone_number(self) -> str | None:
        """The number of a block, if it alone is the target of a transposition."""
        start, number = self.at, self.peek()
        if NUMBER.fullmatch(number):
            self.take()
            following = self.peek()
            if not following or following in READING_STOPS or siglum_of(following, self.sigla):
                return number
        self.at = start
        return None

    def check_twice(self, scholars: Collection[str]) -> None:
        """Report a witness that is named twice, once for each further time."""
        seen = set()
        for at, siglum in self.cited:
            name = (siglum.key, siglum.hand)
            if name in seen and siglum.key not in scholars:
                cited = siglum.key + (f"^{siglum.hand}" if siglum.hand else "")
                message = f"'{cited}' is named twice in one entry; name it once, or tell its hands apart ('{cited}^ac')"
                if siglum.hand:
                    message = f"'{cited}' is named twice in one entry; name it once"
                self.report(ProblemKind.WITNESS_TWICE, message, at)
            seen.add(name)
