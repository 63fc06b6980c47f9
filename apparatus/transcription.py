"""The transcription of a witness: a file → its blocks, and what in it is no text.

What is not of the text (bullets, a running title, a comment form) is declared in the witness's
description by :class:`~apparatus.model.LineRule`, never guessed. White space is folded; nothing
else is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from apparatus.bounded import TooSlowError, at_most
from apparatus.characters import fold_passage, how_to_close, unclosed
from apparatus.file_facts import FileFacts, facts
from apparatus.model import LineRule, Origin, Witness
from apparatus.problems import Problem, ProblemKind
from apparatus.source_file import BOM, decode, line_ends, lines_of, read_source, refused_characters

_Line = tuple[int, str]
#: Seconds that a rule may want of the processor; the longest of a real transcription wants hundredths.
LONGEST = 10


@dataclass(frozen=True, slots=True)
class TranscribedBlock:
    """A paragraph, heading or line of verse as the witness has it."""

    text: str  #: white space folded
    line: int  #: of its first line in the file


@dataclass(frozen=True, slots=True)
class Transcription:
    """What a witness has: the blocks of the text, and words in it that are not of the text."""

    blocks: tuple[TranscribedBlock, ...] = ()
    paratext: tuple[TranscribedBlock, ...] = ()  #: line by line, in the order of the file
    file: FileFacts | None = field(default=None, compare=False)  #: what the bytes of the file say


def read_transcription(path: Path, witness: Witness) -> tuple[Transcription, tuple[Problem, ...]]:
    """Read the file at *path* as *witness* describes it; go on as well as one can."""
    what = f"the transcription '{path.name}' of witness '{witness.key}'"
    mend = "mend the path or put the file there"
    data, missing = read_source(path, what, ProblemKind.TRANSCRIPTION_MISSING, mend, witness.origin)
    if data is None:
        return Transcription(), missing
    problems: list[Problem] = []
    text = _decode(data, path, problems)
    lines = list(enumerate(lines_of(text), 1))
    paratext: list[_Line] = []
    for i, rule in enumerate(witness.lines, 1):
        try:
            with at_most(LONGEST):
                lines, taken = _apply(rule, i, lines, witness, problems)
        except TooSlowError:
            taken = []
            problems.append(_too_slow(i, witness))
        paratext += taken if rule.role == "paratext" else []
        problems += _words_in_layout(rule, i, taken, witness, str(path))
    folded = ((fold_passage(text), line) for line, text in sorted(paratext))
    beside = tuple(TranscribedBlock(text, line) for text, line in folded if text)
    problems += refused_characters(lines, str(path))
    blocks = _blocks(lines, witness.blocks_by)
    problems += _unclosed(blocks, str(path))
    if not blocks:
        problems.append(_empty(path, witness, is_ruled=any(fold_passage(text) for text in lines_of(text))))
    return Transcription(blocks, beside, facts(data)), tuple(problems)


def _too_slow(number: int, witness: Witness) -> Problem:
    message = (
        f"rule {number} about the lines of witness '{witness.key}' wants more than {LONGEST} seconds, and is left out: "
        "nothing that repeats, as (a+)+, may stand in what repeats; mend the expression"
    )
    return Problem(ProblemKind.LINE_RULE_SLOW, message, witness.origin)


def _empty(path: Path, witness: Witness, *, is_ruled: bool) -> Problem:
    why = (
        "the rules about its lines leave none; mend them"
        if is_ruled
        else "type it, or take 'transcription' out"
    )
    message = f"the transcription of witness '{witness.key}' has no text, and is not compared: {why}"
    return Problem(ProblemKind.TRANSCRIPTION_EMPTY, message, Origin(str(path), 1))


def _decode(data: bytes, path: Path, problems: list[Problem]) -> str:
    """The text of the file; a byte order mark and carriage returns are reported and dropped."""
    if data.startswith(BOM.encode()):
        message = "the transcription begins with a byte order mark; save it as UTF-8 without one"
        problems.append(Problem(ProblemKind.TRANSCRIPTION_BOM, message, Origin(str(path), 1)))
    text, found = decode(data, str(path), "the transcription", ProblemKind.TRANSCRIPTION_NOT_UTF8)
    problems += found
    ends = line_ends(text)
    count = sum(end != "\n" for end in ends)
    if count:
        first = next(i for i, end in enumerate(ends, 1) if end != "\n")
        name = "CRLF" if "\r\n" in ends else "CR"
        many = "1 line of the transcription ends" if count == 1 else f"{count} lines of the transcription end"
        message = f"{many} in {name}; save it with LF line ends"
        problems.append(Problem(ProblemKind.TRANSCRIPTION_CRLF, message, Origin(str(path), first)))
    return text.removeprefix(BOM)


def _apply(
    rule: LineRule, number: int, lines: list[_Line], witness: Witness, problems: list[Problem]
) -> tuple[list[_Line], list[_Line]]:
    """The lines that a rule leaves, and what it takes."""

    def unused(field: str, consequence: str) -> None:
        pattern = getattr(rule, field)
        message = (
            f"rule {number} about the lines of witness '{witness.key}' matches nothing: {field} = '{pattern}'"
            f"{consequence}; mend the expression or take the rule out"
        )
        problems.append(Problem(ProblemKind.LINE_RULE_UNUSED, message, witness.origin))

    if rule.match is not None:
        left, taken = _apply_match(re.compile(rule.match), lines)
        if not taken:
            unused("match", "")
        return left, taken
    start = _first(rule.begin, lines, 0)
    if start is None:
        unused("begin", "")
        return lines, []
    end = _first(rule.end, lines, start)
    if end is None:
        if rule.end is not None:
            unused("end", ", so it takes the rest of the file")
        end = len(lines)
    return lines[:start] + lines[end + 1 :], lines[start : end + 1]


def _words_in_layout(
    rule: LineRule, number: int, taken: list[_Line], witness: Witness, file: str
) -> Iterator[Problem]:
    """What a rule about layout takes is no words; else it takes them out of the proof in silence."""
    found = [(line, text) for line, text in taken if any(map(str.isalpha, text))]
    if rule.role == "layout" and found:
        line, text = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        message = (
            f"rule {number} about the lines of witness '{witness.key}' is about layout but takes letters, here "
            f"'{fold_passage(text)}'{more}; mend the expression, or if these are words besides the text, write 'paratext'"
        )
        yield Problem(ProblemKind.LAYOUT_HAS_WORDS, message, Origin(file, line))


def _unclosed(blocks: tuple[TranscribedBlock, ...], file: str) -> Iterator[Problem]:
    """What turns the direction of writing beyond the block in which it stands."""
    for block in blocks:
        if found := unclosed(block.text):
            yield Problem(ProblemKind.UNCLOSED_DIRECTION, how_to_close(found), Origin(file, block.line))


def _apply_match(pattern: re.Pattern[str], lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Take out what matches; a line that is then empty vanishes and divides no blocks."""
    left: list[_Line] = []
    taken: list[_Line] = []
    for number, line in lines:
        found = [m.group() for m in pattern.finditer(line) if m.group()]
        taken += [(number, part) for part in found]
        rest = pattern.sub("", line) if found else line
        if fold_passage(rest) or not found:
            left.append((number, rest))
    return left, taken


def _first(pattern: str | None, lines: list[_Line], start: int) -> int | None:
    """The first line from *start* on in which *pattern* is found."""
    if pattern is None:
        return None
    wanted = re.compile(pattern)
    return next((i for i in range(start, len(lines)) if wanted.search(lines[i][1])), None)


def _blocks(lines: list[_Line], blocks_by: str) -> tuple[TranscribedBlock, ...]:
    """Lines → blocks: each line is one, or blank lines divide them."""
    blocks: list[TranscribedBlock] = []
    together: list[_Line] = []
    for number, line in [*lines, (0, "")]:
        folded = fold_passage(line)
        has_text = folded != ""
        if has_text:
            together.append((number, line))
        if together and (not has_text or blocks_by == "line"):
            is_one = has_text and len(together) == 1
            text = folded if is_one else fold_passage(" ".join(line for _, line in together))
            blocks.append(TranscribedBlock(text, together[0][0]))
            together = []
    return tuple(blocks)
