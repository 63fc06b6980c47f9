"""Whatever an editor writes: the book is made, and no entry is lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from build import first_error
from building import CONF, build, project
from printing import Paper, squeeze, typeset

from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.latex.unset import problems

pytestmark = pytest.mark.tex

WORDS = [f"w{i}x" for i in range(60)]
CROWDED = (
    "# A\n\n" + " ".join(WORDS) + "\n\n:::{apparatus}\n" + "".join(f"{w} ] v A\n" for w in WORDS) + ":::\n"
)
LONG_NOTE = "# A\n\nThe cat sat.\n\n:::{commentary}\ncat ] " + "many words of one note " * 600 + "end.\n:::\n"
LONG_WORD = "# A\n\nThe " + "abcdefghij" * 30 + " sat.\n\n:::{apparatus}\nsat ] lay A\n:::\n"
RIGHT_TO_LEFT = "# A\n\nThe word שלום is here.\n\n:::{apparatus}\nword ] שלום A\n:::\n"
CONTROL = "# A\n\nThe c\x07at\x0b sat.\n\n:::{apparatus}\nsat ] l\x01ay A\n:::\n"
SPECIAL = (
    "# A & B\n\nThe 50% #1 cat_{x} $y$ ~z^ \\\\end sat.\n\n:::{apparatus}\n"
    '"#1" ] "%\\\\par #2 & {" A\n"sat" ] "\\\\input{x}" A\n:::\n'
)
LONG_ENTRY = (
    "# A\n\nThe " + "z" * 120 + " sat.\n\n:::{apparatus}\n" + "z" * 120 + " ] " + "y" * 150 + " A\n:::\n"
)
CASES = {
    "60 entries on a few lines": CROWDED,
    "a note of 3,000 words": LONG_NOTE,
    "a word longer than a line": LONG_WORD,
    "right-to-left text": RIGHT_TO_LEFT,
    "control characters": CONTROL,
    "what is special to TeX": SPECIAL,
    "a lemma and a reading longer than a line": LONG_ENTRY,
    "an empty series": "# A\n\nThe cat sat.\n\n:::{apparatus}\n:::\n",
}


def printed(tmp_path: Path, text: str) -> Paper:
    return typeset(project(tmp_path / "source", text, conf=CONF), tmp_path / "out")


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_no_entry_is_lost(tmp_path: Path, text: str) -> None:
    paper = printed(tmp_path, text)
    edition = domain_of(paper.built.app.env).edition
    assert edition is not None
    assert {entry.id for entry in edition.entries} <= set(paper.places)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("a word longer than a line", "“abcdefghijabcdefghij…” has 300 characters"),
        ("right-to-left text", "Hebrew is written from right to left"),
        ("control characters", "the control character U+0007 prints nothing"),
    ],
)
def test_what_cannot_be_set_well_is_said_where_it_stands(tmp_path: Path, case: str, said: str) -> None:
    source = project(tmp_path / "source", CASES[case], conf=CONF)
    warnings = build(source, tmp_path / "out", builder="latex").warnings
    assert any(said in line and "index.md:" in line for warning in warnings for line in warning.splitlines())


def test_ordinary_text_is_not_complained_of() -> None:
    assert not list(problems("A word, ещё слово, and https://www.example.org/" + "a/" * 60))


def test_a_long_note_runs_over_its_pages_whole(tmp_path: Path) -> None:
    paper = printed(tmp_path, LONG_NOTE)
    notes = "".join(paper.notes(page) for page in range(1, len(paper.pages) + 1))
    assert notes.count("manywordsofonenote") == 600
    assert notes.endswith("end.")


def test_several_texts_are_one_book(tmp_path: Path) -> None:
    texts = {
        f"{name}.md": f"---\nedited-text: true\n---\n# {name.upper()}\n\nThe {name} sat.\n\n"
        f":::{{apparatus}}\n{name} ] no{name} A\n:::\n"
        for name in ("one", "two", "three")
    }
    index = "# Index\n\n```{toctree}\none\ntwo\nplain\nthree\n```\n"
    source = project(
        tmp_path / "source", "", conf=CONF, **{"index.md": index, "plain.md": "# Plain\n"}, **texts
    )
    paper = typeset(source, tmp_path / "out")
    text = squeeze(paper.run("pdftotext", "PDF", "-"))
    assert all(f"{name}]no{name}A" in text for name in ("one", "two", "three"))


@pytest.mark.parametrize(
    ("file", "have", "want", "said"),
    [
        (
            "crit.cls",
            "{reledmac}",
            "{nosuchpackage}",
            "The LaTeX package nosuchpackage is not installed; get it with",
        ),
        ("crit.cls", "GentiumPlus-Regular.ttf", "NoSuchFace.ttf", "The font NoSuchFace.ttf is not installed"),
    ],
)
def test_what_is_not_installed_is_named_with_what_has_it(
    tmp_path: Path, file: str, have: str, want: str, said: str
) -> None:
    built = build(
        project(tmp_path / "source", "# A\n\nThe cat.\n", conf=CONF), tmp_path / "out", builder="latex"
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


def test_a_document_without_numbered_text_is_a_book_too(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "", conf=CONF, **{"index.md": "# Plain\n\nOnly words.\n"})
    paper = typeset(source, tmp_path / "out")
    assert squeeze("Only words.") in squeeze(paper.run("pdftotext", "PDF", "-"))
