"""The notation of explanatory notes (a lemma, then prose) and of the gaps of a witness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apparatus.characters import WHITE, fold
from apparatus.model import Lemma, Note, Origin, Place
from apparatus.notation.lemma import LemmaReader
from apparatus.notation.lexis import join_lines
from apparatus.notation.quoting import Role
from apparatus.notation.reader import LEFT_STOPS, LostError
from apparatus.problems import Problem, ProblemKind

_Numbered = tuple[int, str]

#: How a note says at its end how sure it is: ``{grade}`one source```, also over the end of a line.
_GRADE = re.compile(r"(?:\A|[ \n])\{grade\}`([^`]*)`\s*\Z")


def parse_notes(lines: Sequence[str], origin: Origin) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """The notes of an explanatory series, and what is wrong with them.

    A note begins at the margin with its lemma and `` ] ``; the rest of the line and the indented
    lines after it are its prose, in as many paragraphs as it needs. At its end it may say how sure
    it is, ``{grade}`one source```. *lines* stand in ``origin.file`` from ``origin.line`` on.
    """
    problems: list[Problem] = []
    heads: list[Note | None] = []  # none: its lemma is no lemma, and the problem says so
    bodies: list[list[_Numbered]] = []
    for i, line in enumerate(lines):
        numbered = (origin.line + i, line)
        if not line.strip(WHITE):
            if bodies:
                bodies[-1].append((numbered[0], ""))
            continue
        if line[0] not in WHITE:
            begins, head = _head(line, Origin(origin.file, numbered[0]), problems, first=not bodies)
            if begins:
                heads.append(head)
                bodies.append([(numbered[0], head.body[0] if head else "")])
                continue
        elif not bodies:
            message = f"no note before '{line.strip(WHITE)}' that it could continue; begin it with 'lemma ] '"
            problems.append(Problem(ProblemKind.BAD_CONTINUATION, message, Origin(origin.file, numbered[0])))
        if bodies:
            bodies[-1].append(numbered)
    notes = [_finish(head, body, problems) for head, body in zip(heads, bodies, strict=True) if head]
    return tuple(notes), tuple(problems)


def _head(line: str, origin: Origin, problems: list[Problem], *, first: bool) -> tuple[bool, Note | None]:
    """Whether a note begins here, and its lemma; its ``body`` is the rest of the line."""
    reader = NoteReader(join_lines([(line, origin)]), ())
    note = reader.note()
    begins = note is not None or reader.problems[-1].kind is not ProblemKind.NO_BRACKET
    if note is None:
        reader.left_out()
    if not begins:
        mend = (
            "begin it with 'lemma ] '"
            if first
            else "indent it if it continues the note above, else give its lemma"
        )
        message = f"no ' ] ' after the lemma of a note in '{reader.text}'; {mend}"
        reader.problems[-1] = Problem(ProblemKind.NO_BRACKET, message, origin)
    problems += reader.problems
    return begins, note


def _finish(note: Note, body: Sequence[_Numbered], problems: list[Problem]) -> Note:
    """The note with its prose: common indentation removed, no blank lines at its edges."""
    (first, head), rest = body[0], body[1:]
    indents = [line[: len(line) - len(line.lstrip(WHITE))] for _, line in rest if line and line[0] in WHITE]
    indent = min(indents, key=len, default="")
    prose = [(first, head), *((number, line.removeprefix(indent).rstrip(WHITE)) for number, line in rest)]
    while prose and not prose[0][1]:
        prose.pop(0)
    while prose and not prose[-1][1]:
        prose.pop()
    prose, grade = _graded(prose)
    if not prose:
        message = "the note has no prose; write it after ' ] ' or in indented lines below"
        problems.append(Problem(ProblemKind.EMPTY_NOTE, message, note.origin))
    numbers = tuple(number for number, _ in prose)
    return Note(note.lemma, tuple(line for _, line in prose), numbers, note.place, grade, note.origin)


def _graded(prose: list[_Numbered]) -> tuple[list[_Numbered], str | None]:
    """The prose without the grade at its end, and the grade."""
    text = "\n".join(line for _, line in prose)
    if not (found := _GRADE.search(text)):
        return prose, None
    left = text[: found.start()].rstrip(WHITE + "\n")
    lines = left.split("\n") if left else []
    kept = [(number, line) for (number, _), line in zip(prose, lines, strict=False)]
    return kept, fold(found[1])


def parse_locus(
    text: str, origin: Origin | None = None
) -> tuple[tuple[Place, Lemma] | None, tuple[Problem, ...]]:
    """A place with its words, such as ``19.6–24.2: Pugnabatur … ad^1``: a gap of a witness."""
    reader = NoteReader(join_lines([(text, origin)]), ())
    return reader.locus(), tuple(reader.problems)


class NoteReader(LemmaReader):
    """Reads a lemma where no sigla are expected: of a note, of a gap."""

    def note(self) -> Note | None:
        try:
            place = self.place()
            lemma, _ = self.lemma(LEFT_STOPS, Role.LEMMA, closed=False)
            self.take()
        except LostError:
            return None
        return Note(lemma, (self.text[self.at :].strip(WHITE),), (), place, None, self.line.origin(0))

    def locus(self) -> tuple[Place, Lemma] | None:
        try:
            place = self.place()
            if place is None:
                message = f"no place at the head of '{self.text}'; write its block or blocks, as in '2.5: ' or '2.5–2.7: '"
                self.lose(ProblemKind.BAD_CONSPECTUS, message, 0)
            lemma, _ = self.lemma(frozenset(), Role.LEMMA, closed=False)
        except LostError:
            return None
        return place, lemma
