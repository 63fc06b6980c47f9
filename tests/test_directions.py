"""What is written from right to left keeps its place in an entry, and turns nothing else round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import EDITIONS, Built, build, project
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


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(EDITIONS / "arabic", tmp_path_factory.mktemp("arabic"))


def tags_of(page: str) -> list[str]:
    return re.findall(r"<[a-z][^<>]*>", page)


def test_what_editors_write_from_the_right_runs_so_though_its_name_is_english(arabic: Built) -> None:
    page = arabic.page("text")
    named = [tag for tag in tags_of(page) if re.search(r'class="(?:[\w-]+ )*(?:foot|entry)[ "]', tag)]
    assert len(named) == 9
    assert all('lang="en"' in tag and 'dir="rtl"' in tag for tag in named)


@pytest.mark.parametrize("name", ["text", "text-A", "text-A-differences", "witnesses"])
def test_nothing_says_its_direction_twice(arabic: Built, name: str) -> None:
    assert not [tag for tag in tags_of(arabic.page(name)) if tag.count(" dir=") > 1]


def test_an_english_sentence_on_an_arabic_page_has_its_stop_at_its_end(arabic: Built) -> None:
    assert '<p class="about-text" lang="en" dir="ltr">The text of ' in arabic.page("text-A")


@pytest.fixture(scope="module")
def syriac(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(EDITIONS / "syriac", tmp_path_factory.mktemp("syriac"))


def test_the_mark_of_a_note_stands_behind_words_of_the_other_direction(syriac: Built) -> None:
    page = syriac.page("text")
    assert re.search(
        r'<span lang="syc" dir="rtl"><a class="[\w -]*lemma"[^>]*>ܫܠܡܐ ܠܟܘܢ</a></span><sup class="note-mark">',
        page,
    )


def test_a_reading_of_both_directions_runs_as_its_text_does(syriac: Built, arabic: Built) -> None:
    assert '<span class="reading" dir="ltr">ܫܠܡܐ (peace)</span>' in syriac.page("text")
    assert '<span class="reading" dir="auto">ܫܠܡܐ</span>' in syriac.page("text")
    assert 'class="reading" lang="ar" dir="rtl">الخبز (12)<' in arabic.page("text")


def test_in_print_it_does_so_too(tmp_path: Path) -> None:
    built = build(EDITIONS / "syriac", tmp_path / "out", builder="latex", allow="any")
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "\\critturned[1]{ܡܪܝܐ}" in tex
    assert "ܫܠܡܐ (peace)" in tex and "\\critturned[1]{ܫܠܡܐ (peace)}" not in tex
