"""What is fuzzed: each part that reads what an editor has written, given any bytes at all.

A target raises nothing, whatever it is given, and what it gives back holds what is promised of it. ``tools/fuzz.py``
calls the targets with inputs that reach ever more of the code; those that reached something, and those that a
target once failed on, lie in ``tests/fuzz`` and are given to it by every run of the tests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from collating import FOUR, transcript

from apparatus.anchoring import anchor
from apparatus.characters import fold_passage
from apparatus.collation import collate
from apparatus.conspectus import read_conspectus
from apparatus.model import BREAK, Block, EditedText, Entry, Origin, Witness
from apparatus.notation import parse_entries, parse_entry, parse_notes, write_entry
from apparatus.register import find_names, read_register
from apparatus.transcription import read_transcription

CORPUS = Path(__file__).parents[1] / "fuzz"
#: Divides what a target takes apart: passages, entries, transcriptions.
DIVIDER = "\n===\n"
ORIGIN = Origin("text.md", 1)
#: A part longer than this only costs time.
LONG = 400


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _edited(source: str) -> EditedText:
    """Passages, one a line."""
    passages = [fold_passage(line) for line in source[:LONG].split("\n")]
    return EditedText(tuple(Block(f"1.{n}", p, ORIGIN) for n, p in enumerate(filter(None, passages), 1)))


def notation(data: bytes) -> None:
    """Entries and notes: what is read is written and read the same."""
    lines = _text(data).split("\n")
    entries, problems = parse_entries(lines, ORIGIN, FOUR.keys, FOUR.scholar_keys)
    parse_notes(lines, ORIGIN)
    assert all(str(problem) for problem in problems)
    for entry in () if problems else entries:
        line = write_entry(entry, FOUR.keys)
        again, _ = parse_entry(line, FOUR.keys, ORIGIN, FOUR.scholar_keys)
        assert again == entry, (line, entry, again)


def anchoring(data: bytes) -> None:
    """Passages and entries: what an entry is tied to are its words."""
    passages, _, lines = _text(data).partition(DIVIDER)
    text = _edited(passages)
    entries, _ = parse_entries(lines.split("\n"), ORIGIN, FOUR.keys, FOUR.scholar_keys)
    hosts = range(len(text.blocks)) if text.blocks else [None]
    for host in [*hosts][:3]:
        found, problems = anchor(text, [(entry, host) for entry in entries])
        assert len(found) + len(problems) >= len(entries)
        for anchored in found:
            first, last = anchored.item.lemma.first, anchored.item.lemma.last
            words = text.slice(anchored.span)
            assert first is None or words.startswith(first.text)
            assert last is None or words.endswith(last.text)
            assert first is None or last is not None or words == first.text


def collation(data: bytes) -> None:
    """Passages, entries and two transcriptions: what is said has a place and a remedy, and the two are heard."""
    passages, lines, *theirs = [*_text(data).split(DIVIDER), "", ""][:4]
    text = _edited(passages)
    entries, _ = parse_entries(lines.split("\n")[:12], ORIGIN, FOUR.keys, FOUR.scholar_keys)
    items = [(entry, n % len(text.blocks)) for n, entry in enumerate(entries)] if text.blocks else []
    found, _ = anchor(text, items)
    formal = [anchored for anchored in found if isinstance(anchored.item, Entry)]
    blocks = [[*filter(None, map(fold_passage, part[:LONG].split("\n")))] for part in theirs]
    told = {key: transcript(*its) for key, its in zip("AB", blocks, strict=False) if its}
    for positive in (False, True):
        made = collate(text, formal, FOUR, told, positive=positive)  # type: ignore[arg-type]
        assert all(str(problem) and problem.message for problem in made.problems)
    if not made.problems:  # nothing is told against the edition, so that it gives the witnesses back
        for key, its in told.items():
            assert BREAK.join(b.text for b in made.rebuilt[key].blocks) == BREAK.join(
                b.text for b in its.blocks
            )


def transcription(data: bytes) -> None:
    """A file of any bytes."""
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(data)
        file.flush()
        for blocks_by in ("line", "blank"):
            read, problems = read_transcription(Path(file.name), Witness("A", blocks_by=blocks_by))
            assert read.blocks or problems
            assert all(block.text == fold_passage(block.text) and block.line > 0 for block in read.blocks)


def conspectus(data: bytes) -> None:
    """A conspectus: what is read can be asked."""
    read, problems = read_conspectus(data, "witnesses.toml")
    assert all(problem.origin for problem in problems)
    assert read.keys >= {"cett.", "codd."} and read.scholar_keys <= read.keys
    text = _edited("one two three.\nfour five.")
    assert collate(text, (), read, {}).checked == 0


def register(data: bytes) -> None:
    """A register of names, and the names in a text."""
    toml, _, passages = _text(data).partition(DIVIDER)
    read, problems = read_register(toml, "names.toml")
    assert all(problem.origin for problem in problems)
    text = _edited(passages)
    for occurrence in find_names(text, read)[0]:
        assert text.slice(occurrence.span)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (notation, anchoring, collation, transcription, conspectus, register)
}
