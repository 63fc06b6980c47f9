"""Published anchors: what has been cited must stay where it was.

A committed file records each published number with the text of its block, one a line,
divided by a tab. A build in which a recorded number has gone, or has come to mean another
block, reports it. Mending a reading does not move an anchor: the text may change as long as
it is recognisably the same block.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apparatus.model import BREAK, EditedText, Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import GIVEN
from apparatus.source_file import BOM, LINE_END

#: Two texts at least this alike (difflib's ratio over words) are the same block, amended.
SAME_BLOCK = 0.5


def write_anchors(text: EditedText) -> str:
    """The record of an edition's anchors, to be committed when it is published."""
    return "".join(f"{number}\t{text.slice(span).strip()}\n" for number, _, span in text.passages)


def check_anchors(recorded: str, file: str, text: EditedText) -> tuple[Problem, ...]:
    """Compare the record with the edition; each anchor lost or moved is a problem."""
    problems: list[Problem] = []
    lost: list[_Lost] = []
    seen: dict[str, int] = {}
    for i, line in enumerate(LINE_END.split(recorded.removeprefix(BOM)), 1):
        number, tab, was = line.partition("\t")
        kind = ProblemKind.BAD_ANCHORS
        if not line.strip():
            continue
        if not tab or not GIVEN.fullmatch(number):
            message = (
                f"{line!r} records no anchor; write its number, a tab and the text of its block, or remove it"
            )
        elif number in seen:
            message = (
                f"the anchor {number} is recorded twice, first in line {seen[number]}; remove one of the two"
            )
        else:
            message = ""
            lost += _lost(number, was, text, Origin(file, i))
        seen.setdefault(number, i)
        if message:
            problems.append(Problem(kind, message, Origin(file, i)))
    problems += [
        Problem(ProblemKind.ANCHOR_LOST, _message(together, text), together[0].origin)
        for together in _in_step(lost)
    ]
    return tuple(sorted(problems, key=lambda problem: problem.origin.line if problem.origin else 0))


@dataclass(frozen=True, slots=True)
class _Lost:
    """A published anchor whose number has gone or means another block, and which block has its text now."""

    number: str
    origin: Origin
    now: int | None

    @property
    def section(self) -> str:
        return self.number.partition(".")[0]


def _lost(number: str, was: str, text: EditedText, origin: Origin) -> Iterator[_Lost]:
    passage = text.passage.get(number)
    if passage is None or not is_same_block(was, text.slice(passage.span).strip()):
        words = (text.slice(passage.span).strip() for passage in text.passages)
        now = next((i for i, its in enumerate(words) if is_same_block(was, its)), None)
        yield _Lost(number, origin, now)


def _in_step(lost: Iterable[_Lost]) -> list[list[_Lost]]:
    """Anchors lost, those together whose texts still follow one another: one block more or fewer moved them."""
    groups: list[list[_Lost]] = []
    for one in lost:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and before.now is not None
            and (one.section, one.origin.line, one.now)
            == (before.section, before.origin.line + 1, before.now + 1)
        ):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _message(lost: Sequence[_Lost], text: EditedText) -> str:
    first, last = lost[0], lost[-1]
    if len(lost) > 1 and first.now is not None and last.now is not None:
        stands = ""
        if (passage := text.passage.get(first.number)) is not None:
            origin = text.blocks[passage.block].origin
            stands = f": {first.number} is now what stands in {origin}" if origin else ""
        return (
            f"the published anchors {first.number} to {last.number} have moved together, to "
            f"{text.passages[first.now].number} to {text.passages[last.now].number}; a block was added, divided, joined or "
            f"taken away before them{stands}; readers have cited them, so undo that"
        )
    where = f"; its text is now {text.passages[first.now].number}" if first.now is not None else ""
    what = "has come to mean another block" if first.number in text.passage else "has gone"
    return (
        f"the published anchor {first.number} {what}{where}; readers have cited it, so restore the order "
        "of the blocks, or remove this line if the anchor was never published"
    )


def is_same_block(was: str, now: str) -> bool:
    """Whether two texts are one block, perhaps amended."""
    if was == now.replace(BREAK, " "):
        return True
    matcher = difflib.SequenceMatcher(None, was.split(), now.split(), autojunk=False)
    return matcher.quick_ratio() >= SAME_BLOCK and matcher.ratio() >= SAME_BLOCK
