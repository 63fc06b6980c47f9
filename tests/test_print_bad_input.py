"""Whatever an editor writes: the book is made, and no entry is lost."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from build import first_error
from building import build, project
from printing import Paper, edition_of, squeeze, typeset

from apparatus.sphinxext.latex.unset import problems

pytestmark = pytest.mark.tex

WORDS = [f"w{i}x" for i in range(60)]
CASES = {
    "60 entries on a few lines": " ".join(WORDS)
    + "\n\n:::{apparatus}\n"
    + "".join(f"{w} ] v A\n" for w in WORDS)
    + ":::\n",
    "a note of 3,000 words": "The cat sat.\n\n:::{commentary}\ncat ] "
    + "many words of one note " * 600
    + "end.\n:::\n",
    "a word longer than a line": "The " + "abcdefghij" * 30 + " sat.\n\n:::{apparatus}\nsat ] lay A\n:::\n",
    "right-to-left text": "שלום הארץ הטובה word.\n\n:::{apparatus}\nword ] שלום A\n:::\n",
    "control characters": "The c\x07at\x0b sat.\n\n:::{apparatus}\nsat ] l\x01ay A\n:::\n",
    "what is special to TeX": "The 50% #1 cat_{x} $y$ ~z^ \\\\end sat & slept.\n\n:::{apparatus}\n"
    '"#1" ] "%\\\\par #2 & {" A\n"sat" ] "\\\\input{x}" A\n:::\n',
    "a lemma and a reading longer than a line": "The "
    + "z" * 120
    + " sat.\n\n:::{apparatus}\n"
    + "z" * 120
    + " ] "
    + "y" * 150
    + " A\n:::\n",
    "an empty series": "The cat sat.\n\n:::{apparatus}\n:::\n",
    "one of several texts": "The one sat.\n\n:::{apparatus}\none ] noone A\n:::\n",
    "another of several texts": "The two sat.\n\n:::{apparatus}\ntwo ] notwo A\n:::\n",
}
#: A title that no running head holds.
LONG = "A title " + "that goes on and on " * 6 + "to its end"
#: The case of each section, in the order of the book.
SECTIONS = {case: str(i) for i, case in enumerate(CASES, 1)}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Each case is a chapter, and a text of its own; one page of no text stands between them."""
    chapters = {
        f"case{SECTIONS[case]}.md": f"---\nedited-text: true\n---\n\n# {case.capitalize()}\n\n{text}"
        for case, text in CASES.items()
    }
    names = [name[:-3] for name in chapters]
    index = "# Index\n\n```{toctree}\n" + "\n".join([*names[:-1], "plain", names[-1]]) + "\n```\n"
    folder = tmp_path_factory.mktemp("bad")
    source = project(
        folder / "source", "", **{**chapters, "index.md": index, "plain.md": "# Plain\n\nOnly words.\n"}
    )
    return typeset(source, folder / "out", allow="any", project=LONG)


@pytest.mark.parametrize("case", CASES)
def test_no_entry_is_lost(book: Paper, case: str) -> None:
    entries = {e.id for e in edition_of(book).entries if e.id.partition(".")[0] == SECTIONS[case]}
    assert len(entries) == CASES[case].count(" ] ")
    assert entries <= set(book.places)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("a word longer than a line", "“abcdefghijabcdefghij…” has 300 characters"),
        ("right-to-left text", "is written from right to left, but its language, 'en-GB', is not"),
        ("control characters", "U+0007 control character"),
    ],
)
def test_what_cannot_be_set_well_is_said_where_it_stands(book: Paper, case: str, said: str) -> None:
    lines = [line for warning in book.built.warnings for line in warning.splitlines()]
    assert any(said in line and f"case{SECTIONS[case]}.md:" in line for line in lines)


def test_ordinary_text_is_not_complained_of() -> None:
    assert not list(problems("A word, ещё слово, and https://www.example.org/" + "a/" * 60))


def test_a_long_note_runs_over_its_pages_whole(book: Paper) -> None:
    section = int(SECTIONS["a note of 3,000 words"])
    first, after = (book.places[str(number)].page for number in (section, section + 1))
    notes = "".join(book.notes(page) for page in range(first, after))
    assert notes.count("manywordsofonenote") == 600
    assert notes.endswith("end.")


def test_several_texts_are_one_book(book: Paper) -> None:
    text = squeeze(book.run("pdftotext", "PDF", "-"))
    assert all(f"{name}]no{name}A" in text for name in ("one", "two"))
    assert squeeze("Only words.") in text


@pytest.mark.parametrize(
    ("file", "have", "want", "said"),
    [
        (
            "crit.cls",
            "{reledmac}",
            "{nosuchpackage}",
            "The LaTeX package nosuchpackage is not installed; get it with",
        ),
        (
            "critpage.sty",
            "critmainface{GentiumPlus}",
            "critmainface{NoSuchFace}",
            "The font NoSuchFace-Regular.ttf is not installed",
        ),
    ],
)
def test_what_is_not_installed_is_named_with_what_has_it(
    tmp_path: Path, file: str, have: str, want: str, said: str
) -> None:
    built = build(
        project(tmp_path / "source", "# A\n\nThe cat.\n", witnesses=""), tmp_path / "out", builder="latex"
    )
    style = built.out / file
    style.write_text(style.read_text(encoding="utf-8").replace(have, want), encoding="utf-8")
    tex = next(built.out.glob("*.tex"))
    subprocess.run(
        ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", tex.name],
        cwd=built.out,
        env=os.environ | {"max_print_line": "10000"},
        capture_output=True,
        check=False,
    )
    error = first_error(tex.with_suffix(".log"))
    assert said in error
    assert "apt-get install" in error


def test_a_long_title_is_cut_in_the_running_head_and_does_not_wrap(book: Paper) -> None:
    lines = book.text.splitlines()
    heads = [
        line for line in lines if re.fullmatch(r"\s*\d+\s+A title that goes on .* on…(\s+[\d.–]+)?", line)
    ]
    assert heads
    assert "\\headheight is too small" not in book.log
