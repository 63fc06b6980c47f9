"""What the log of LaTeX says is a problem, with file and line of the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from apparatus.latex_log import comment_of_place, error_of_print, faults_of_print
from apparatus.model import Origin

TEX = (
    "\\begin{document}\n"
    + comment_of_place("1.1", Origin("text.md", 3))
    + comment_of_place("1.1-a1", Origin("text.md", 6))
    + "\\passage{paragraph}{0}{}{1.1}{}%\n"
    + "The \\lemmastart{1.1-a1}{A}{cat] dog A}cat\\lemmaend{1.1-a1} ꙋ.%\n"
    + "\\closepassage\n"
    + comment_of_place("1.2", Origin("text.md", 9))
    + comment_of_place("1.2-n1", Origin("text.md", 12))
    + "\\passage{paragraph}{0}{}{1.2}{}%\n"
    + "It \\editorsnote{A}{1}{1.2-n1}{Said.} sat.%\n"
    + "\\closepassage\n"
    + comment_of_place("-", Origin("sigla.md", 1))
    + "\\chapter{Sigla}\n\\end{document}\n"
)
AUX = (
    "\\l@dmake@labels 1|1|0|1||1|{1.1:start}\n\\critprinted{1.1-a1}{1}\n"
    "\\l@dmake@labels 2|1|0|1||2|{1.2:start}\n\\critprinted{1.2-n1}{2}\n"
)
PAGES = "crit page i\ncrit page 1\nOverfull \\vbox ({}pt too high) has occurred while \\output is active []\n\ncrit page 2\n"


def said(folder: Path, *, log: str = "", aux: str = AUX, tex: str = TEX) -> list[str]:
    for ending, text in (("log", log), ("aux", aux), ("tex", tex)):
        (folder / f"book.{ending}").write_text(text, encoding="utf-8")
    return [str(problem) for problem in faults_of_print(folder, "book")]


def test_a_book_without_a_fault_has_none(tmp_path: Path) -> None:
    assert said(tmp_path, log=PAGES.format("1.9")) == []


@pytest.mark.parametrize(
    ("log", "fault"),
    [
        (PAGES.format("21.6"), "text.md:9: in print: page 2 is too full by 21.6 points"),
        (
            "Missing character: There is no ꙋ (U+A64B) in font GentiumPlus:mode=node!\n",
            "text.md:3: in print: no face of the book has 'ꙋ' (U+A64B); an empty box stands in its place",
        ),
        (
            "LaTeX Warning: Reference `nowhere' on page 2 undefined on input line 9.\n",
            "text.md:9: in print: Reference `nowhere' on page 2 undefined",
        ),
        (
            "LaTeX Warning: Label `index:x' multiply defined.\n",
            "in print: Label `index:x' multiply defined.",
        ),
    ],
)
def test_a_fault_is_said_with_its_place(tmp_path: Path, log: str, fault: str) -> None:
    assert said(tmp_path, log=log) == [f"{fault} [apparatus.print]"]


@pytest.mark.parametrize(("entry", "line"), [("1.1-a1", 6), ("1.2-n1", 12)])
def test_an_entry_that_is_on_no_page_is_said(tmp_path: Path, entry: str, line: int) -> None:
    aux = "".join(row for row in AUX.splitlines(keepends=True) if entry not in row)
    lost = f"text.md:{line}: in print: {entry} is on no page of the book; please report it [apparatus.print]"
    assert said(tmp_path, aux=aux) == [lost]


@pytest.mark.parametrize(
    ("log", "stopped"),
    [
        ("./book.tex:6: Undefined control sequence.\nl.6 \\closepassage\n", "text.md:3: in print: Undefined"),
        ("! Missing $ inserted.\n<inserted text>\n\nl.10 It\n", "text.md:9: in print: Missing $"),
        ("./book.tex:13: Emergency stop.\n", "sigla.md:1: in print: Emergency stop."),
    ],
)
def test_where_latex_stops_is_told_in_the_source(tmp_path: Path, log: str, stopped: str) -> None:
    said(tmp_path, log=log)
    assert str(error_of_print(tmp_path, "book")).startswith(stopped)


def test_no_name_of_a_file_ends_the_comment() -> None:
    assert comment_of_place("1", Origin("a\n\\input{x}.md", 1)).count("\n") == 1
