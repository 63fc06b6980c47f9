"""Headings of the editors above edited text, and documents without any: in navigation and contents, in no witness."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import TRANSCRIBED, Built, build, project

ONE = '{.editorial-text}\n# The first chapter\n\n{n="1.1"}\nThe ferry left.\n\n{.editorial-text}\n## A part\n\nIt came back.\n'
TWO = '---\nedited-text: true\n---\n\n{n="2.1"}\nThe rope broke at noon and nobody knew why.\n'
TREE = "\n```{toctree}\n:hidden:\n\ntwo\n```\n"
FILES = {"A.txt": "The ferry left.\nIt came back.\nThe rope broke at noon and nobody knew why.\n"}


def chapters(tmp_path: Path, builder: str = "html", two: str = TWO, tree: str = TREE) -> Built:
    source = project(tmp_path / "source", ONE + tree, witnesses=TRANSCRIBED, **{"two.md": two}, **FILES)
    more = {"version": "1", "copyright": "x"} if builder == "epub" else {}
    return build(
        source, tmp_path / builder, builder=builder, html_theme="furo", allow="siglum_unused", **more
    )


def test_a_heading_of_the_editors_is_in_navigation_and_takes_no_number(tmp_path: Path) -> None:
    made = chapters(tmp_path)
    assert "A part" in made.app.env.tocs["index"].astext()
    assert re.findall(r'class="passage" id="([^"]+)"', made.page("index")) == ["1.1", "1.2"]
    text = made.page("index-A").split('class="page-body')[1].split("</article>")[0]
    assert "chapter" not in text


def test_a_document_without_a_heading_is_called_by_its_first_words(tmp_path: Path) -> None:
    made = chapters(tmp_path)
    assert ">The rope broke at noon and …</a>" in made.page("index")
    assert "<h1" not in made.page("two")


def test_its_front_matter_may_name_it(tmp_path: Path) -> None:
    made = chapters(tmp_path, two=TWO.replace("---\n\n", "title: The second chapter\n---\n\n", 1))
    assert ">The second chapter</a>" in made.page("index")
    assert "The second chapter" not in made.page("two").split('class="page-body')[1].split("</article>")[0]


def test_the_list_of_contents_may_name_it(tmp_path: Path) -> None:
    made = chapters(tmp_path, tree=TREE.replace("two\n", "Chapter two <two>\n"))
    assert ">Chapter two</a>" in made.page("index")


@pytest.mark.parametrize("builder", ["epub", "text", "latex", "singlehtml"])
def test_no_output_complains_of_such_a_document(tmp_path: Path, builder: str) -> None:
    made = chapters(tmp_path, builder)
    if builder == "epub":
        assert ">The rope broke at noon and …</a>" in (made.out / "nav.xhtml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("construct", "kinds"),
    [
        (":::{verse}\nOne,\n\nand two.\n:::\n", ["stanza", "stanza"]),
        ("- One,\n- and two.\n", ["item", "item"]),
        ("> One,\n>\n> and two.\n", ["quote", "quote"]),
        ("- > One,\n\n  and two.\n", ["item", "item-continuation"]),
    ],
)
def test_a_book_that_begins_with_verse_or_a_list_has_them_as_blocks(
    tmp_path: Path, construct: str, kinds: list[str]
) -> None:
    made = build(
        project(tmp_path / "source", construct), tmp_path / "book", builder="latex", allow="siglum_unused"
    )
    (book,) = made.out.glob("*.tex")
    text = book.read_text(encoding="utf-8").partition("\\begin{document}")[2]
    assert re.findall(r"^\\passage\{(.*?)\}", text, re.MULTILINE) == kinds
    assert text.count("\\editedtext") == 1 and not re.search(r"\\begin\{(DUline|itemize|quote)", text)
