"""What is offered to be pasted says in a file what it was offered for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import TRANSCRIBED, build, project

from apparatus.model import Entry, Kind, Lemma, Reading, Siglum, Words
from apparatus.notation import parse_entry, parse_pasted, write_entry

#: Words that at the head of a line would be something else.
HEADS = (
    ":::{x}",
    "::{note}",
    ":::",
    "::::",
    "```",
    "~~~",
    "%",
    "+++",
    "---",
    "(x)=",
    "|",
    "#",
    ">",
    "-",
    "1.",
    "$$",
)
HEADS += ('"', '"""', "1.1:", "om.", "¶", "/", ";", "…", "]", "A", ":name:", "::", "=")  # fmt: skip
OFFER = re.compile(r"write below 1\.(\d+): (.*) \[apparatus\.unrecorded_difference\]$")


def entry_on(words: str) -> Entry:
    return Entry(Lemma(Words(words)), (Reading(Kind.TEXT, "x", sigla=(Siglum("A"),)),))


@pytest.mark.parametrize("opens", [":::", "```", "::::"])
def test_offered_lines_are_taken_from_a_file_as_they_were_meant(tmp_path: Path, opens: str) -> None:
    text = [f"alpha{i} {escaped(head)} beta{i}.\n" for i, head in enumerate(HEADS)]
    transcribed = {"A.txt": "T\n" + "".join(f"alpha{i} beta{i}.\n" for i in range(len(HEADS)))}
    source = project(tmp_path / "s", "# T\n\n" + "\n".join(text), witnesses=TRANSCRIBED, **transcribed)
    offered: dict[int, list[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("apparatus.sphinxext.report.MANY", 100)
        for warning in build(source, tmp_path / "o", allow="any").warnings:
            if offer := OFFER.search(warning):
                offered.setdefault(int(offer[1]), []).append(offer[2])
    assert len(offered) == len(HEADS)
    for number, lines in offered.items():
        text[number - 1] += f"\n{opens}{{apparatus}}\n" + "\n".join(lines) + f"\n{opens}\n"
    pasted = project(tmp_path / "p", "# T\n\n" + "\n".join(text), witnesses=TRANSCRIBED, **transcribed)
    said = build(pasted, tmp_path / "q", allow="style_misread").warnings
    # The text has a pilcrow as a word, which the usual style prints for a new passage.
    assert [warning for warning in said if "which passage 1.21 has as well" not in warning] == []


def escaped(head: str) -> str:
    """Text that Markdown takes for nothing else."""
    return "".join(f"\\{sign}" if sign in '`~{}[]()#>*$"|' else sign for sign in head)


@pytest.mark.parametrize("words", [":::{x}", ":::{x} word", "::{note}", ":::::{x}"])
def test_words_that_open_a_directive_are_quoted_at_the_head_of_an_entry(words: str) -> None:
    line = write_entry(entry_on(words), {"A"})
    assert line.startswith('"')
    assert parse_pasted(line, {"A"}) == (entry_on(words), ())
    assert write_entry(entry_on(f"word {words}"), {"A"}).startswith("word")


@pytest.mark.parametrize(
    "line", ["\ta ] x A", ":::{x} ] x A", "a\x0bb ] x A", "a\u2028b ] x A", "a\x85b ] x A"]
)
def test_a_line_that_a_file_would_read_otherwise_is_none(line: str) -> None:
    assert parse_entry(line, {"A"})[0] is not None or line.startswith(":")
    assert parse_pasted(line, {"A"}) == (None, ())
