"""Entries longer than a page, and more of them at one line than a page holds: printed whole and in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, WITNESSES, build, project
from printing import FAULTS, Paper, latexmk, squeeze, typeset
from proofs import concordance, entries

pytestmark = pytest.mark.tex

FILL = "The river was high that spring and nobody knew why. " * 5


def words(stem: str, count: int) -> str:
    """Words that are told from all others and from one another."""
    return " ".join(f"{stem}{i}x" for i in range(count))


def block(text: str, *entries: str, series: str = "apparatus") -> str:
    listed = "\n".join(entries)
    return f"{text} {FILL}\n\n:::{{{series}}}\n{listed}\n:::\n\n"


def long_reading(stem: str, count: int) -> str:
    return block(f"The {stem}lemma stood.", f"{stem}lemma ] {words(stem, count)} A")


def many(stem: str, count: int, length: int) -> str:
    lemmata = [f"{stem}{i}l" for i in range(count)]
    return block(" ".join(lemmata), *(f"{w} ] {words(f'{w}v', length)} A" for w in lemmata))


SOURCES = """\
commonplace ] A first paragraph.

  A second paragraph.

  - a point

  ```
  some code
  ```
"""
THREE = (
    CONF
    + """\
apparatus_series = {
    "apparatus": {"holds": "readings", "form": "run-in"},
    "sources": {"holds": "prose", "form": "run-in"},
    "commentary": {"holds": "prose", "form": "notes"},
}
"""
)
SHORTER = [("a", 600), ("b", 250)]
LONGER = [("c", 3000)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("long")
    text = "# Long\n\n" + "".join(long_reading(*each) for each in SHORTER) + many("s", 60, 1)
    text += many("q", 4, 450)
    text += block("A commonplace here.", SOURCES, series="sources")
    text += block("Another longnote here.", f"longnote ] {words('n', 900)}", series="commentary")
    text += "```{toctree}\nsigla\n```\n"
    scholars = "".join(f'[scholar.Sch{i}]\nname = "Scholar h{i}x"\n\n' for i in range(60))
    sigla = {"sigla.md": "# Sigla\n\n```{conspectus}\n```\n"}
    source = project(folder / "source", text, conf=THREE, witnesses=f"{WITNESSES}\n{scholars}", **sigla)
    return typeset(source, folder / "out", allow="any", apparatus_paper="royal")


def printed(paper: Paper, stem: str) -> list[int]:
    """The numbers of the words of a stem, as they are printed."""
    return [int(n) for n in re.findall(rf"\b{stem}(\d+)x\b", paper.text)]


@pytest.mark.parametrize(("stem", "count"), SHORTER)
def test_a_long_entry_is_printed_whole_and_in_order(book: Paper, stem: str, count: int) -> None:
    assert printed(book, stem) == list(range(count))


def test_sixty_entries_at_one_line_are_all_printed(book: Paper) -> None:
    assert all(printed(book, f"s{i}lv") == [0] for i in range(60))


def test_an_entry_on_a_later_page_than_its_lemma_says_page_and_line(book: Paper) -> None:
    places, text = concordance(book).places, squeeze(book.text)
    run_in = [e for e in entries(book) if e.number is None]
    late = [e for e in run_in if book.places[e.id].page > book.places[f"{e.id}:start"].page]
    assert [e.words for e in late] == ["q1l", "q2l", "q3l"]
    for entry in late:
        start = places[entry.id].start
        assert f"A{start.page}.{start.line}{entry.words}]" in text
    assert not re.search(r"\d\.\d+(?!q[123])[a-z]\d*l(emma)?\]", text)


def test_entries_of_one_line_run_over_several_pages_whole(book: Paper) -> None:
    assert all(printed(book, f"q{i}lv") == list(range(450)) for i in range(4))


def test_a_long_note_beside_them_is_printed_whole(book: Paper) -> None:
    assert sorted(printed(book, "n")) == list(range(900))


def test_prose_that_is_run_in_keeps_all_its_blocks(book: Paper) -> None:
    text = " ".join(book.run("pdftotext", "PDF", "-").split())
    assert "A first paragraph. A second paragraph. • a point some code" in text


def test_a_list_of_names_runs_over_its_pages(book: Paper) -> None:
    """Headings with nothing below them held one another on one page, and half of them stood below its edge."""
    assert sorted({*printed(book, "h")}) == list(range(60))


def test_no_page_is_overfull(book: Paper) -> None:
    assert FAULTS.findall(book.log) == []


def test_no_page_before_a_long_entry_is_empty(book: Paper) -> None:
    first = book.places["1"].page
    assert all(len(page) > 20 for page in book.pages[first - 1 :])


def test_code_and_terms_in_a_note_are_printed(tmp_path: Path) -> None:
    note = "cat ] Words.\n\n  ```{rubric} A rubric\n  ```\n\n  ```\n  some code\n  ```\n"
    source = project(tmp_path / "source", "# A\n\nThe cat sat.\n\n:::{commentary}\n" + note + ":::\n")
    tex = next(build(source, tmp_path / "out", builder="latex", allow="any").out.glob("*.tex"))
    written = tex.read_text(encoding="utf-8")
    assert re.search(r"Words\..*\\notebreak A rubric.*\\notebreak .*some code", written, re.DOTALL)


@pytest.mark.prove
def test_still_longer_ones_are_printed_whole(tmp_path: Path) -> None:
    text = "# Long\n\n" + "".join(long_reading(*each) for each in LONGER) + many("t", 10, 200) + FILL * 8
    paper = typeset(project(tmp_path / "source", text), tmp_path / "out", allow="any")
    assert printed(paper, "c") == list(range(3000))
    assert all(printed(paper, f"t{i}lv") == list(range(200)) for i in range(10))
    assert FAULTS.findall(paper.log) == []


def test_lists_in_a_note_keep_their_numbers_and_an_outline_has_no_code(tmp_path: Path) -> None:
    text = "# A\n\nThe cat\\\nsat.\n\n:::{commentary}\ncat ] So:\n\n  1. one\n  2. two\n\n  - three\n:::\n"
    tex = next(
        build(
            project(tmp_path / "source", text), tmp_path / "out", builder="latex", allow="siglum_unused"
        ).out.glob("*.tex")
    )
    written = tex.read_text(encoding="utf-8")
    assert "So:\\notebreak 1. one\\notebreak 2. two\\notebreak • three" in written
    assert "\\critbookmark{1.1}{1.1 The cat sat.}" in written


def test_notes_that_are_set_run_in_may_be_longer_than_a_page(tmp_path: Path) -> None:
    """The engine sets notes in two columns; who has them run in, by reledmac's own command, loses none of their words."""
    text = "# Long\n\n" + "".join(
        block(f"Another {stem}note here.", f"{stem}note ] {words(stem, count)}", series="commentary")
        for stem, count in (("n", 1500), ("m", 30))
    )
    source = project(tmp_path / "source", text, conf=THREE)
    built = build(source, tmp_path / "out", builder="latex", allow="any", apparatus_paper="royal")
    style = built.out / "crittext.sty"
    said = style.read_text(encoding="utf-8")
    assert "\\arrangementX{twocol}" in said
    style.write_text(said.replace("\\arrangementX{twocol}", "\\arrangementX{paragraph}"), encoding="utf-8")
    paper = latexmk(built)
    assert printed(paper, "n") == list(range(1500))
    assert printed(paper, "m") == list(range(30))
