"""The page on the notation says nothing that the reader does not read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from apparatus.model import Kind, Origin
from apparatus.notation import parse_entries, parse_locus, parse_notes, write_entry, write_lemma, write_locus
from apparatus.problems import ProblemKind

PAGE = Path(__file__).parent.parent / "source" / "manual" / "notation.md"
SOURCE = PAGE.read_text(encoding="utf-8")
SIGLA = ("A", "B", "C", "D", "W", "Madvig", "Müller", "ω")


def blocks(language: str) -> list[list[str]]:
    """The fenced examples in one language."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", SOURCE, re.DOTALL | re.MULTILINE)
    return [block.rstrip("\n").split("\n") for block in found]


@pytest.mark.parametrize("lines", blocks("text"), ids=lambda lines: lines[0])
def test_the_entries_are_valid_and_in_normal_form(lines: list[str]) -> None:
    entries, problems = parse_entries(lines, Origin("notation.md", 1), SIGLA)
    assert not problems
    joined = re.sub(r"\n +", " ", "\n".join(lines))
    assert "\n".join(write_entry(entry, SIGLA) for entry in entries) == joined


def test_the_notes_are_valid_and_in_normal_form() -> None:
    (lines,) = blocks("md")
    notes, problems = parse_notes(lines, Origin("notation.md", 1))
    assert not problems
    heads = [line.partition(" ] ")[0] for line in lines if line and line[0] != " "]
    assert [write_lemma(note.lemma, ()) for note in notes] == heads
    assert notes[1].body == (
        "The first paragraph of this note,",
        "which goes on here.",
        "",
        "The second paragraph.",
    )


def test_the_gap_is_valid_and_in_normal_form() -> None:
    (lines,) = blocks("toml")
    for gap in tomllib.loads("\n".join(lines))["gaps"]:
        locus, problems = parse_locus(gap)
        assert locus
        assert not problems
        assert write_locus(*locus) == gap


def test_every_keyword_has_an_example() -> None:
    examples = [line for block in blocks("text") for line in block]
    entries, _ = parse_entries(examples, Origin("notation.md", 1), SIGLA)
    assert {reading.kind for entry in entries for reading in entry.readings} == set(Kind)


def test_the_list_of_messages_is_that_of_the_code() -> None:
    listed = re.findall(r"^\| `apparatus\.(\w+)` \| (.*) \|$", SOURCE, re.MULTILINE)
    kinds = list(ProblemKind)[: list(ProblemKind).index(ProblemKind.BAD_CONTINUATION) + 1]
    assert listed == [(kind.value, kind.explanation) for kind in kinds]
