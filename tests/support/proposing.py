"""The entries of a drawn edition as the engine proposes them: what its messages say to write is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from alterations import CONSPECTUS, KEYS, Change, Drawn, Said, Text, Truth
from collating import transcript

from apparatus.anchoring import anchor
from apparatus.collation import collate
from apparatus.conspectus import read_conspectus
from apparatus.model import Anchored, Block, EditedText, Entry, Kind, Origin
from apparatus.notation import parse_entry
from apparatus.problems import Problem

BELOW = re.compile(r"write below ([\d.]+): (.*)", re.DOTALL)
INSTEAD = re.compile(r"write (?:in place of the entry at [^:]*:(\d+)|one entry for both|): (.*)", re.DOTALL)
ALREADY = re.compile(r"has an entry already \([^:]*:(\d+)\)")
#: So often the messages are followed; then what they lead to is taken as it is.
ROUNDS = 12


def proposed(drawn: Drawn) -> Drawn | None:
    """The edition with the proposed entries in place of its own; none if the messages come to no end."""
    conspectus, _ = read_conspectus(with_gap(drawn), "witnesses.toml")
    text = EditedText(
        tuple(
            Block(drawn.block_number(b), " ".join(words), Origin("text.md", b))
            for b, words in enumerate(drawn.text.blocks)
        )
    )
    told = {key: transcript(*truth.transcription) for key, truth in drawn.truths.items()}
    lines: dict[int, tuple[int, str]] = {}  #: by the number of its line: under which passage, and the entry
    for _ in range(ROUNDS):
        items = []
        for number, (host, line) in lines.items():
            entry, problems = parse_entry(line, conspectus.keys, Origin("text.md", number))
            assert entry and not problems, (drawn.name, line, problems)
            items.append((entry, host))
        anchored, problems = anchor(text, items)
        assert not problems, (drawn.name, problems)
        entries = [found for found in anchored if isinstance(found.item, Entry)]
        problems = collate(text, entries, conspectus, told).problems
        if not problems:
            return _as_told(drawn, [_said(drawn.text, found) for found in entries])
        if not _follow(lines, problems, drawn):
            return None
    return None


def _as_told(drawn: Drawn, found: list[Said | None]) -> Drawn | None:
    """The edition with these entries, what they say of each witness taken for its changes.

    Words can answer to one another otherwise than they were drawn; what the changes give must be the transcription.
    """
    said = [one for one in found if one is not None]
    changes = {key: [*_changes(said, key)] for key in KEYS}
    if len(said) < len(found) or any(change is None for its in changes.values() for change in its):
        return None
    truths = {}
    for key, truth in drawn.truths.items():
        its = sorted((change for change in changes[key] if change), key=lambda c: (c.start, c.end))
        if any(a.end > b.start for a, b in pairwise(its)) or any(_meet(a, b) for a, b in pairwise(its)):
            return None
        gap = truth.gap
        if gap and any(change.start < gap[1] and gap[0] < change.end for change in its):
            return None
        truths[key] = Truth(drawn.text, its, truth.gap)
        assert truths[key].transcription == truth.transcription, (drawn.name, key, its)
    return replace(drawn, said=said, truths=truths)


def _meet(one: Change, next_: Change) -> bool:
    """Whether two changes stand at one point, where their order counts."""
    return one.end == next_.start and {one.kind, next_.kind} & {Kind.ADD, Kind.PRAEM} != set()


def _changes(said: list[Said], key: str) -> Iterator[Change | None]:
    """What the entries say of a witness; none for what a change on words cannot express."""
    for one in said:
        for reading in one.readings:
            for siglum in reading.sigla:
                if siglum.key != key:
                    continue
                plain = reading.target is None and (not one.tail or reading.kind is Kind.TEXT)
                words = reading.text + (one.tail if reading.kind is Kind.TEXT else "")
                whole = one.entry.lemma.is_block
                made = Change(reading.kind, one.start, one.end, words, whole=whole, hand=siglum.hand or "")
                yield made if plain else None


def with_gap(drawn: Drawn) -> str:
    """The conspectus, with the gap of the fragment."""
    return CONSPECTUS.replace('"C.txt"\n', f'"C.txt"\ngaps = [{drawn.gap!r}]\n') if drawn.gap else CONSPECTUS


def _follow(lines: dict[int, tuple[int, str]], problems: tuple[Problem, ...], drawn: Drawn) -> bool:
    """Do what the first message that proposes a line says, as an editor would; whether there is one."""
    for problem in problems:
        assert problem.origin
        if below := BELOW.search(problem.message):
            host = next(b for b in range(len(drawn.text.blocks)) if drawn.block_number(b) == below[1])
            lines[max([100, *lines]) + 1] = (host, below[2])
            return True
        found, at = INSTEAD.search(problem.message), problem.origin.line
        if found:
            at = int(found[1] or at)
            if other := ALREADY.search(problem.message):
                lines.pop(int(other[1]))
            lines[at] = (lines[at][0], found[2])
            return True
        if "delete the entry" in problem.message:
            del lines[at]
            return True
    return False


def _said(text: Text, found: Anchored[Entry]) -> Said | None:
    """The words of an entry; none if it is about a mark alone."""
    starts = list(_offsets(text))
    span, ends = found.span, [at + len(word) for at, word in zip(starts, text.words, strict=True)]
    inside = [n for n in range(len(starts)) if starts[n] < span.end and span.start < ends[n]]
    if not inside or starts[inside[0]] != span.start:
        return None
    start, end = inside[0], inside[-1] + 1
    tail = text.words[end - 1][span.end - ends[end - 1] :] if span.end < ends[end - 1] else ""
    return Said(found.item, start, end, text.block_of(start), tail)


def _offsets(text: Text) -> Iterator[int]:
    at = 0
    for word in text.words:
        yield at
        at += len(word) + 1
