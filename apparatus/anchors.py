"""Published anchors: what has been cited must stay where it was.

A committed file records each published number with the text of its block, one a line,
divided by a tab. A build in which a recorded number has gone, or has come to mean another
block, reports it. Mending a reading does not move an anchor: the text may change as long as
it is recognisably the same block.
"""

from __future__ import annotations

import difflib

from apparatus.model import BREAK, EditedText, Origin
from apparatus.problems import Problem, ProblemKind

#: Two texts at least this alike (difflib's ratio over words) are the same block, amended.
SAME_BLOCK = 0.5


def write_anchors(text: EditedText) -> str:
    """The record of an edition's anchors, to be committed when it is published."""
    return "".join(f"{block.number}\t{block.text}\n" for block in text.blocks)


def check_anchors(recorded: str, file: str, text: EditedText) -> tuple[Problem, ...]:
    """Compare the record with the edition; each anchor lost or moved is a problem."""
    problems = []
    for i, line in enumerate(recorded.splitlines()):
        number, tab, was = line.partition("\t")
        if not tab:
            continue
        message = _lost(number, was, text)
        if message:
            problems.append(Problem(ProblemKind.ANCHOR_LOST, message, Origin(file, i + 1)))
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
