"""What is written from right to left keeps its place in an entry, and turns nothing else round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import build, project
from collating import SmallEdition

from apparatus.characters import turns_round, unclosed
from apparatus.model import Witness
from apparatus.transcription import read_transcription

RLO, LRI, RLE, POP, END, MARK = "\u202e", "\u2066", "\u202b", "\u202c", "\u2069", "\u200f"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", []),
        (f"a{MARK}b", []),
        (f"a{RLO}b", [RLO]),
        (f"a{RLO}b{POP}", []),
        (f"{LRI}a{RLE}b{END}c", []),  # an isolate ends what is open within it
        (f"{LRI}a{POP}", [POP, LRI]),
        (f"{RLE}a{END}", [END, RLE]),
        (f"a{POP}b{END}", [POP, END]),
        (f"{RLO}a{RLO}b{POP}", [RLO]),
    ],
)
def test_what_turns_the_words_beside_is_found(text: str, found: list[str]) -> None:
    assert unclosed(text) == found


@pytest.mark.parametrize(
    ("text", "turns"), [("noon", False), ("été", False), ("ברא", True), ("عمل", True), (f"n{RLO}o", True)]
)
def test_which_words_turn_round(text: str, turns: bool) -> None:
    assert turns_round(text) is turns


@pytest.mark.parametrize(
    "line",
    [
        f"dawn ] n{RLO}no A",
        f"dawn ] noon A (so{RLO}so)",
        f"dawn B (so{RLO}so) ] noon A",
        f"dawn ] noon A ; (so{RLO}so)",
    ],
)
def test_an_override_in_an_entry_that_nothing_ends_is_reported(line: str) -> None:
    (problem,) = SmallEdition(["The ferry left at dawn."], [line]).collate().problems
    assert str(problem) == (
        "text.md:101: in a reading or remark, U+202E right-to-left override turns the direction of what follows, here or on "
        "the page; close it with U+202C pop directional formatting, or take it out [apparatus.unclosed_direction]"
    )
    closed = re.sub(f"{RLO}..", rf"\g<0>{POP}", line)
    assert SmallEdition(["The ferry left at dawn."], [closed]).collate().problems == ()


def test_so_is_one_in_the_text_and_in_a_transcription(tmp_path: Path) -> None:
    (problem,) = SmallEdition([f"The {LRI}ferry left."]).collate().problems
    assert str(problem) == (
        "text.md:10: in 1, U+2066 left-to-right isolate turns the direction of what follows, here or on the page; "
        "close it with U+2069 pop directional isolate, or take it out [apparatus.unclosed_direction]"
    )
    file = tmp_path / "A.txt"
    file.write_text(f"The ferry{POP} left.\nAt noon.\n", encoding="utf-8")
    _, (found,) = read_transcription(file, Witness("A", transcription="A.txt"))
    assert str(found).endswith(
        "A.txt:1: U+202C pop directional formatting turns the direction of what follows, here or on the page; "
        "take it out [apparatus.unclosed_direction]"
    )


TEXT = """# Title

He wrote ברא there, and left.

:::{apparatus}
ברא ] עשה A ; יהוה B
left ] went A
:::
"""


@pytest.mark.parametrize(("builder", "end"), [("html", "html"), ("epub", "xhtml")])
def test_hebrew_of_no_declared_language_stands_apart(tmp_path: Path, builder: str, end: str) -> None:
    witnesses = '[witness.A]\nname = "a"\n[witness.B]\nname = "b"\n'
    out = build(
        project(tmp_path / "source", TEXT, witnesses=witnesses), tmp_path, builder=builder, allow="any"
    ).out
    page = (out / f"index.{end}").read_text(encoding="utf-8")
    assert re.search(r'class="entry-lemma"[^>]* dir="auto">ברא<', page)
    assert all(f'<span class="reading" dir="auto">{word}</span>' in page for word in ("עשה", "יהוה"))
    assert '<span class="reading">went</span>' in page
    assert page.count('dir="auto"') == 3
