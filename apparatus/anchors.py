"""Published anchors: what has been cited must stay where it was.

A committed file records each published number with the text of its block, one a line,
divided by a tab. A build in which a recorded number has gone, or has come to mean another
block, reports it. Mending a reading does not move an anchor: the text may change as long as
it is recognisably the same block.
"""

from __future__ import annotations

import difflib
import re

from apparatus.model import BREAK, EditedText, Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.source_file import BOM, LINE_END

#: Two texts at least this alike (difflib's ratio over words) are the same block, amended.
SAME_BLOCK = 0.5
NUMBER = re.compile(r"[0-9]+(\.[0-9]+[a-z]?)?")


def write_anchors(text: EditedText) -> str:
    """The record of an edition's anchors, to be committed when it is published."""
    return "".join(f"{block.number}\t{block.text}\n" for block in text.blocks)


def check_anchors(recorded: str, file: str, text: EditedText) -> tuple[Problem, ...]:
    """Compare the record with the edition; each anchor lost or moved is a problem."""
    problems = []
    seen: dict[str, int] = {}
    for i, line in enumerate(LINE_END.split(recorded.removeprefix(BOM)), 1):
        number, tab, was = line.partition("\t")
        kind = ProblemKind.BAD_ANCHORS
        if not line.strip():
            continue
        if not tab or not NUMBER.fullmatch(number):
            message = (
                f"{line!r} records no anchor; write its number, a tab and the text of its block, or remove it"
            )
        elif number in seen:
            message = (
                f"the anchor {number} is recorded twice, first in line {seen[number]}; remove one of the two"
            )
        else:
            message, kind = _lost(number, was, text) or "", ProblemKind.ANCHOR_LOST
        seen.setdefault(number, i)
        if message:
            problems.append(Problem(kind, message, Origin(file, i)))
    return tuple(problems)


def _lost(number: str, was: str, text: EditedText) -> str | None:
    index = text.index.get(number)
    if index is not None and is_same_block(was, text.blocks[index].text):
        return None
    moved = next((block.number for block in text.blocks if is_same_block(was, block.text)), None)
    where = f"; its text is now {moved}" if moved else ""
    what = "has gone" if index is None else "has come to mean another block"
    return (
        f"the published anchor {number} {what}{where}; readers have cited it, so restore the order "
        "of the blocks, or remove this line if the anchor was never published"
    )


def is_same_block(was: str, now: str) -> bool:
    """Whether two texts are one block, perhaps amended."""
    if was == now.replace(BREAK, " "):
        return True
    matcher = difflib.SequenceMatcher(None, was.split(), now.split(), autojunk=False)
    return matcher.quick_ratio() >= SAME_BLOCK and matcher.ratio() >= SAME_BLOCK
