"""What is wrong with published anchors: what has been cited must stay where it was, or say where it went.

A build in which a recorded anchor has gone, or has come to mean another block or entry, reports it. Mending a reading
does not move an anchor: the text may change as long as it is recognisably the same block.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from apparatus.anchors.identity import SAME_ENTRY, likeness
from apparatus.anchors.record import Kept, Record, brief, is_of_entry
from apparatus.model import BREAK, EditedText, Origin
from apparatus.problems import Problem, ProblemKind

#: Two texts at least this alike (difflib's ratio over words) are the same block, amended.
SAME_BLOCK = 0.5


def check_anchors(
    record: Record, text: EditedText, entries: Mapping[str, str] = MappingProxyType({})
) -> tuple[Problem, ...]:
    """Compare the record with the edition; each anchor lost or moved is a problem.

    *entries* are the anchors of entries and notes with the words under their lemma.
    """
    lost: list[_Lost] = []
    for kept in record.kept:
        if not is_of_entry(kept.anchor):
            lost += _lost(kept, text)
    problems = [
        Problem(ProblemKind.ANCHOR_LOST, _message(together, text), together[0].origin)
        for together in _in_step(lost)
    ]
    passages = {one.number for one in lost}
    for kept in record.kept:
        if is_of_entry(kept.anchor) and kept.anchor.rpartition("-")[0] not in passages:
            problems += _lost_entry(kept, entries)
    problems += _false_ends(record, text, entries)
    return tuple(sorted(problems, key=lambda problem: problem.origin.line if problem.origin else 0))


#: What mends the loss of an anchor, where its loss is meant.
RENUMBER = "or say what became of it (python -m apparatus renumber)"


def _lost_entry(kept: Kept, entries: Mapping[str, str]) -> Iterator[Problem]:
    now = entries.get(kept.anchor)
    if now is not None and likeness(kept.words, brief(now)) >= SAME_ENTRY:
        return
    what = "has gone" if now is None else f"has come to mean another entry, on “{brief(now)}”"
    message = f"the published anchor {kept.anchor}, on “{kept.words}”, {what}; readers have cited it, so restore it, {RENUMBER}"
    yield Problem(ProblemKind.ANCHOR_LOST, message, kept.origin)


def _false_ends(record: Record, text: EditedText, entries: Mapping[str, str]) -> Iterator[Problem]:
    """Anchors that are said to be no more and are there, and those that lead nowhere."""

    def is_there(anchor: str) -> bool:
        return anchor in (entries if is_of_entry(anchor) else text.passage)

    for gone in record.gone:
        message, end = "", record.leads_to(gone.anchor)
        if is_there(gone.anchor):
            message = (
                f"{gone.anchor} is recorded as no more, and the edition has it; give what is there now another number, or remove "
                "this line if the anchor is what it was"
            )
        elif end == gone.anchor or end in record.by_anchor:
            message = (
                f"{gone.anchor} leads back to itself; name an anchor that the edition has, or withdraw it"
            )
        elif end and not is_there(end):
            message = f"{gone.anchor} leads on to {end}, which the edition does not have; name an anchor that it has, or withdraw it"
        if message:
            yield Problem(ProblemKind.BAD_ANCHORS, message, gone.origin)


@dataclass(frozen=True, slots=True)
class _Lost:
    """A published anchor whose number has gone or means another block, and which block has its text now."""

    number: str
    origin: Origin
    now: int | None

    @property
    def section(self) -> str:
        return self.number.partition(".")[0]


def _lost(kept: Kept, text: EditedText) -> Iterator[_Lost]:
    passage = text.passage.get(kept.anchor)
    if passage is None or not is_same_block(kept.words, text.slice(passage.span).strip()):
        yield _Lost(kept.anchor, kept.origin, where_now(kept.words, text))


def where_now(was: str, text: EditedText) -> int | None:
    """Which passage of the text has the words of a block now."""
    words = (text.slice(passage.span).strip() for passage in text.passages)
    return next((i for i, its in enumerate(words) if is_same_block(was, its)), None)


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
        f"of the blocks, {RENUMBER}, or remove this line if the anchor was never published"
    )


def is_same_block(was: str, now: str) -> bool:
    """Whether two texts are one block, perhaps amended."""
    if was == now.replace(BREAK, " "):
        return True
    matcher = difflib.SequenceMatcher(None, was.split(), now.split(), autojunk=False)
    return matcher.quick_ratio() >= SAME_BLOCK and matcher.ratio() >= SAME_BLOCK
