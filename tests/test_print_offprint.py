"""An offprint, read from the PDF: one section, all that belongs to it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, EDITIONS, ROOT, build, project
from printing import FAULTS, Paper, edition_of, squeeze, typeset
from proofs import (
    are_keyed_to_their_lines,
    passages_have_destinations_and_bookmarks,
    stand_where_their_lemmata_begin,
)

from apparatus.model import Note
from apparatus.sphinxext.bibliography.backlinks import where_cited

pytestmark = pytest.mark.tex

#: Two documents of edited text, whose sections count on; lemmata that reach over the edge of a section.
FIRST = """\
# One

The first begins.

:::{apparatus}
begins ] starts A
1.1–2.1: begins … goes ] runs B
:::

:::{commentary}
first ] Not the [second](#2.1-n1), nor [its words](#2.1).
:::
"""
SECOND = """\
---
edited-text:
---

# Two

The second goes on.

:::{apparatus}
second ] third A
2.1–3: on. … Three ] on: Three B
:::

:::{commentary}
second ] After [the first](#1.1-n1); see [here](#2.2).
:::

It ends with *this*.

:::{commentary}
ends ] A note without reference.
:::

# Three

The third.
"""


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return typeset(ROOT / "source", tmp_path_factory.mktemp("essay"), conf=ROOT, apparatus_section="1")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The list of books, whose works stand in the other bibliography."""
    out = tmp_path_factory.mktemp("books")
    return typeset(ROOT / "source", out, conf=ROOT, apparatus_section="3", apparatus_paper="letter")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("two")
    text = FIRST + "\n```{toctree}\n:hidden:\n\ntwo\nafter\n```\n"
    conf = CONF + 'project = "In Two Files: A Test"\nauthor = "N. N."\nrelease = "2.0"\n'
    source = project(
        folder / "source", text, conf=conf, **{"two.md": SECOND, "after.md": "# Afterword\n\nSee [](#2.1).\n"}
    )
    return typeset(source, folder / "out", apparatus_section="2")


PAPERS = {"essay": "1", "second": "2", "books": "3"}


@pytest.fixture(params=["essay", "second", pytest.param("books", marks=pytest.mark.prove)])
def paper(request: pytest.FixtureRequest) -> Paper:
    found: Paper = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def section(paper: Paper, request: pytest.FixtureRequest) -> str:
    return next(number for name, number in PAPERS.items() if request.getfixturevalue(name) is paper)


def text_of(paper: Paper) -> str:
    return squeeze(paper.run("pdftotext", "PDF", "-"))


def test_the_log_has_no_fault_and_no_reference_is_open(paper: Paper) -> None:
    assert FAULTS.findall(paper.log) == []
    assert "??" not in text_of(paper)


def test_the_passages_are_those_of_the_section(paper: Paper, section: str) -> None:
    numbers = [b.number for b in edition_of(paper).text.blocks if b.number.partition(".")[0] == section]
    there = {name for name in paper.places if re.fullmatch(r"\d+(\.\d+[a-z]?)?", name)}
    assert there == set(numbers)


def test_every_entry_and_note_of_the_section_is_there_and_no_other(paper: Paper, section: str) -> None:
    edition = edition_of(paper)
    of_section = {
        e.id for e in edition.entries if e.id.partition("-")[0].partition(".")[0] == section and e.span
    }
    there = {name for name in paper.places if re.fullmatch(r"[\d.]+-[a-z]\d+", name)}
    over_the_edge = there - of_section
    assert of_section <= there
    assert over_the_edge == ({"1.1-a1"} if section == "2" else set())


def test_notes_keep_their_numbers(paper: Paper, section: str) -> None:
    for note in edition_of(paper).entries:
        if note.number is None or note.id not in paper.places:
            continue
        page = paper.places[note.id].page
        assert isinstance(note.item, Note)
        assert f"{note.number}" in paper.notes(page), note.id
        foot = paper.notes(page) + (paper.notes(page + 1) if page < len(paper.pages) else "")
        last = " ".join(note.item.body).split()[-3:]
        if all(re.fullmatch(r"[A-Za-z]+\.?", word) for word in last):
            assert squeeze(" ".join(last)) in foot, note.id


def test_entries_are_keyed_to_the_lines_of_the_offprint(essay: Paper) -> None:
    """The proof of the whole book, for the entries that are there."""
    there = [e for e in edition_of(essay).entries if e.id in essay.places]
    assert there
    stand_where_their_lemmata_begin(essay, there)
    are_keyed_to_their_lines(essay, there)


def test_the_bibliography_has_what_the_section_cites_and_no_more(essay: Paper) -> None:
    places = where_cited(essay.built.app.env)
    wanted = {key for key, found in places.items() if any(place.anchor.startswith("1") for place in found)}
    there = {name.removeprefix("cite.bibliography:bib-") for name in essay.places if name.startswith("cite.")}
    assert there == wanted
    assert 10 < len(wanted) < len(places)


def test_it_says_of_each_work_where_the_section_cites_it(essay: Paper) -> None:
    cited = re.findall(r"Cited at (.*?)\.\s", essay.run("pdftotext", "PDF", "-").replace("\n", " "))
    assert cited
    assert all(re.match(r"1(\.\d+)? ", place) for where in cited for place in where.split(", "))


def test_both_bibliographies_are_there_where_the_section_cites_both(essay: Paper) -> None:
    for heading in ("Bibliography", "Works listed in the essay", "Works cited by the editors"):
        assert squeeze(heading) in text_of(essay)


def test_it_says_what_it_is_an_offprint_of(second: Paper, essay: Paper) -> None:
    title, back = (" ".join(word.text for word in page) for page in second.pages[:2])
    assert title.startswith("Two section 2 of In Two Files A Test N. N. Offprint Version 2.0")
    assert "Sigla A the first copy B the second copy" in back
    assert "cite them by these" in back
    assert "To be cited as: The Russian Liberation Movement" in " ".join(w.text for w in essay.pages[1])
    assert re.search(r"Title: +In Two Files, section 2\n", second.run("pdfinfo", "PDF"))


def test_its_pages_are_its_own(paper: Paper) -> None:
    first = min(paper.places[name].page for name in paper.places if re.fullmatch(r"\d+", name))
    assert first == 3
    folios = [w.text for w in paper.pages[first - 1] if w.bottom < 72 or w.top > 720]
    assert "1" in folios


def test_references_to_what_is_not_printed_are_plain_words(second: Paper) -> None:
    text = text_of(second)
    assert squeeze("After the first; see here.") in text
    assert squeeze("Afterword") not in text
    links = second.run("qpdf", "--json", "--json-key=qpdf", "PDF")
    assert "2.1-n1" in links
    assert "1.1-n1" not in links


def test_lemmata_that_reach_over_its_edges_begin_and_end_with_it(second: Paper) -> None:
    foot = second.foot(second.places["2.1"].page)
    assert squeeze("begins … goes] runs B") in foot
    assert squeeze("on. … Three] on: Three B") in foot


@pytest.mark.prove
def test_an_offprint_of_verse_in_a_royal_book(tmp_path: Path) -> None:
    made = typeset(EDITIONS / "verse", tmp_path, apparatus_section="1", apparatus_paper="royal")
    assert FAULTS.findall(made.log) == []
    passages_have_destinations_and_bookmarks(made)


def test_a_section_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    source = project(tmp_path / "source", FIRST + "\n```{toctree}\ntwo\n```\n", **{"two.md": SECOND})
    built = build(source, tmp_path, builder="latex", apparatus_section="9", allow="any")
    [warning] = [warning for warning in built.warnings if "section 9" in warning]
    assert "there is no section 9 to print; there are 1, 2, 3" in warning
