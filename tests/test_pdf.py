"""The printed edition, read from the PDF: every entry on the page of its lemma, keyed to its line."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from building import EDITIONS, IMPRINT, ROOT, build
from counting import by_series, in_plain_text, in_print, lacking, on_pages, standard, written
from printing import (
    FAULTS,
    Paper,
    Word,
    edition_of,
    preflight,
    squeeze,
    typeset,
    validator_is_there,
)
from proofs import (
    are_keyed_to_their_lines,
    concordance,
    entries,
    index_is_right,
    passages_have_destinations_and_bookmarks,
    stand_where_their_lemmata_begin,
)
from sampling import ALLOWED

from apparatus.edition import EditionEntry
from apparatus.model import Note
from apparatus.sphinxext.config import settings

pytestmark = pytest.mark.tex


@pytest.fixture(scope="module")
def witnesses(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The edition with every row of the notation."""
    return typeset(EDITIONS / "four-witnesses", tmp_path_factory.mktemp("four"))


@pytest.fixture(scope="module")
def verse(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return typeset(EDITIONS / "verse", tmp_path_factory.mktemp("verse"))


@pytest.fixture(scope="module")
def cyrillic(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return typeset(EDITIONS / "cyrillic", tmp_path_factory.mktemp("cyrillic"))


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The edition of this repository."""
    return typeset(ROOT / "source", tmp_path_factory.mktemp("essay"), conf=ROOT)


EVERY = ["sample", "witnesses", "verse", "cyrillic", "essay"]


@pytest.fixture(params=EVERY)
def paper(request: pytest.FixtureRequest) -> Paper:
    found: Paper = request.getfixturevalue(request.param)
    return found


def test_the_log_has_no_fault(paper: Paper) -> None:
    assert FAULTS.findall(paper.log) == []


def test_latex_ran_until_nothing_moved(paper: Paper) -> None:
    assert "Maximum runs" not in paper.runs
    assert "All targets" in paper.runs


def test_latex_runs_three_times_at_most(paper: Paper) -> None:
    """The first run finds lines and pages, the second prints their numbers, the third the pages of the contents."""
    assert paper.runs.count("of rule 'lualatex'") <= 3


def test_every_entry_stands_on_the_page_where_its_lemma_begins(paper: Paper) -> None:
    stand_where_their_lemmata_begin(paper, entries(paper))


def test_every_entry_is_keyed_to_the_line_of_its_lemma(paper: Paper) -> None:
    are_keyed_to_their_lines(paper, entries(paper))


def test_every_note_is_complete_on_the_page_of_its_mark(paper: Paper) -> None:
    """All words that are printed as written are looked for, in their order, on that page only."""
    page, at, printed = 0, 0, ""
    for note in entries(paper):
        if note.number is None:
            continue
        place = paper.places[note.id]
        assert place.page == paper.places[f"{note.id}-mark"].page, note.id
        if place.page != page:
            page, at, printed = place.page, 0, paper.notes(place.page)
        assert isinstance(note.item, Note)
        begins = note.words if note.series.lemma else note.item.body[0]
        first = re.match(r"[^\W\d_]*", begins)  # a lemma may be abbreviated after its first words
        assert first
        begun = printed.find(f"{note.number}{first[0]}", at)
        assert 0 <= begun - at < 400, (note.id, printed[at : at + 200])
        at = begun + len(str(note.number))
        for said in words(note):
            found = printed.find(said, at)
            assert 0 <= found - at < 400, (note.id, said, printed[at : at + 200])
            at = found + len(said)


def test_the_text_of_the_essay_keeps_its_page(essay: Paper) -> None:
    """At most eight pages, on which the text has at least .45 of the area of all that is printed."""
    first, last = (essay.places[number].page for number in ("0.1", "3.16"))
    assert last - first < 8
    whole = below = 0.0
    for page in range(first, last + 1):
        whole += area(essay.rows(page))
        below += area(essay.foot_rows(page))
    assert (whole - below) / whole >= 0.45


def area(rows: list[list[Word]]) -> float:
    return sum((word.right - word.left) * (word.bottom - word.top) for row in rows for word in row)


@pytest.mark.prove
def test_page_and_line_are_the_same_on_letter_paper(essay: Paper, tmp_path: Path) -> None:
    letter = typeset(ROOT / "source", tmp_path, conf=ROOT, apparatus_paper="letter")
    assert FAULTS.findall(letter.log) == []
    assert letter.size == pytest.approx((612, 792), abs=0.5)
    assert concordance(letter).places == concordance(essay).places
    assert len(concordance(essay).places) > 150


def test_the_index_of_names_has_the_right_pages(essay: Paper) -> None:
    assert index_is_right(essay) > 3


def test_pages_are_full(essay: Paper) -> None:
    """The white above the foot: two lines at least, more where the next lines' notes could not begin there.

    A break by two lines of text is as good as none; few pages may be shorter than that.
    """
    pages = range(essay.places["0"].page, essay.places["3.15"].page)
    white = {}
    for page in pages:
        rows, foot = essay.rows(page), essay.foot_rows(page)
        text = rows[: len(rows) - len(foot)]
        white[page] = foot[0][0].top - max(word.bottom for word in text[-1])
    assert sum(gap > 65 for gap in white.values()) <= len(pages) / 5, white


def test_no_page_begins_or_ends_with_a_single_line_or_ends_with_a_heading(essay: Paper) -> None:
    numbers = [name for name in essay.places if re.fullmatch(r"\d+(\.\d+)?", name)]
    starts: dict[int, list[tuple[int, str]]] = {}
    for number in numbers:
        starts.setdefault(essay.places[number].page, []).append((essay.line(number), number))
    number = "0"
    for page in range(essay.places["0"].page, essay.places["3.15"].page):
        following = min(starts[page + 1])[0] if page + 1 in starts else len(essay.lines(page + 1)) + 1
        carried = following - 1  # lines of the last passage that run over
        line, number = max(starts.get(page, [(1, number)]))
        assert carried != 1, (page, number)
        assert not carried or len(essay.lines(page)) - line + 1 > 1, (page, number)
        assert "." in number, (page, number)
        assert not number.endswith(".0"), (page, number)


def words(note: EditionEntry) -> list[str]:
    """The stretches of a note that are printed as they are written: between markup and Cyrillic."""
    assert isinstance(note.item, Note)
    body = " ".join(note.item.body)
    plain = re.split(
        r"\{\.[^}]*\}|\{[^}]*\}`[^`]*`|<[^>]*>|\[[^\]]*\]\([^)]*\)|[*_`\\\[\]]|(?:^| )- |[\u0400-\u052f]+",
        body,
    )
    return [stretch for part in plain if (stretch := squeeze(part))]


def test_every_passage_has_a_destination_and_a_bookmark(paper: Paper) -> None:
    passages_have_destinations_and_bookmarks(paper)


def test_every_font_is_embedded_and_has_a_unicode_map(paper: Paper) -> None:
    rows = [row.split() for row in paper.run("pdffonts", "PDF").splitlines()[2:]]
    assert rows
    assert all(row[-5] == "yes" and row[-3] == "yes" for row in rows), rows


def test_the_file_is_sound(paper: Paper) -> None:
    assert "No syntax or stream encoding errors" in paper.run("qpdf", "--check", "PDF")


@pytest.mark.skipif(not validator_is_there(), reason="needs libpdfbox2-java")
def test_a_validator_of_pdf_a_finds_nothing(essay: Paper, tmp_path: Path) -> None:
    assert preflight(essay.pdf, tmp_path) == []


def test_what_is_special_to_tex_is_printed_as_it_stands(sample: Paper) -> None:
    text = squeeze(sample.run("pdftotext", "PDF", "-"))
    assert squeeze(r"100 % & more_than #1 {braces} $x$ \ ~tilde^ -- two") in text
    assert squeeze(r"six % of # all_things] 5 & 6% of #1 {x} \\x ~ ^ $y$ B") in text


def test_a_note_keeps_its_paragraphs_and_points(sample: Paper) -> None:
    foot = sample.foot(sample.places["1.1-n1"].page)
    assert squeeze("A second paragraph, with Cyrillic: Сталин [Stalin].") in foot
    assert squeeze("• a point • another point") in foot


def test_lemmata_nest_overlap_and_run_over_paragraphs(sample: Paper) -> None:
    foot = sample.foot(sample.places["1.1-a1"].page)
    for entry in ("several] many A", "words and others] no words B", "has several] has A"):
        assert squeeze(entry) in foot
    assert "–" in sample.label("1.2-a1")
    assert squeeze(f"{sample.label('1.2-a1')} begins … ends] om. B") in sample.foot(
        sample.places["1.2-a1"].page
    )


def test_an_entry_in_a_heading_is_printed_and_the_contents_are_clean(sample: Paper) -> None:
    text = sample.run("pdftotext", "-layout", "PDF", "-")
    contents = text.split("\f")[4]
    assert re.search(r"A title with a stress in it[ .]+1\n", contents)
    assert re.search(r"Another heading[ .]+\d\n", contents)
    assert squeeze("title] name A") in squeeze(text)


def test_the_authors_own_footnote_is_a_series_of_its_own(sample: Paper) -> None:
    text = sample.run("pdftotext", "PDF", "-")
    assert squeeze("In the author's words.") in squeeze(text)
    assert text.count("[own]") == 2  # at the words and at the foot, where the raised mark is read by itself


def test_the_title_page_and_the_document_properties(sample: Paper) -> None:
    half_title, blank, title, imprint = (" ".join(word.text for word in page) for page in sample.pages[:4])
    assert half_title == "A Sample"
    assert blank == ""
    assert title.startswith("A Sample Of Everything The editors")
    assert "Version 1.2" in title
    assert re.fullmatch(
        r"A Sample: Of Everything Version 1\.2, \d+ \w+ \d{4} © The editors & friends", imprint
    )
    properties = sample.run("pdfinfo", "PDF")
    assert re.search(r"Title: +A Sample\n", properties)
    assert '"/Lang": "u:en-GB"' in sample.run("qpdf", "--json", "PDF")


def test_the_imprint_says_whose_it_is_and_how_to_cite_it(essay: Paper) -> None:
    imprint = squeeze(" ".join(word.text for word in essay.pages[3]))
    release = essay.built.app.config.release
    for words in ("© The editors", "CC BY 4.0", f"version {release} (", "no permanent address yet"):
        assert squeeze(words) in imprint


def test_nothing_of_a_software_manual_is_left(paper: Paper) -> None:
    text = paper.run("pdftotext", "PDF", "-")
    assert not re.search(r"^(Chapter|CHAPTER|Release|Contents:) ?\d*$", text, re.MULTILINE)


def test_after_the_last_words_nothing_is_printed(sample: Paper) -> None:
    """It has no general index, and footnotes that stand at the foot of their pages."""
    assert "Money" in {word.text for word in sample.pages[-1]}
    assert "hrule" not in next(sample.built.out.glob("*.tex")).read_text(encoding="utf-8")


def test_two_run_in_series_stand_one_below_the_other(witnesses: Paper) -> None:
    foot = witnesses.foot(witnesses.places["1"].page)
    assert (
        foot.index(squeeze("found] seen ω"))
        < foot.index(squeeze("compare the flood"))
        < foot.index("Aferryis")
    )


def test_each_verse_is_a_line(verse: Paper) -> None:
    numbers = [f"1.{n}" for n in range(1, 9)]
    assert next(verse.line(f"{entry.id}:start") for entry in entries(verse)) == 2
    tops = [verse.places[number].top for number in numbers]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops)


@contextmanager
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the repository, where a day begins first."""
    left = shutil.ignore_patterns(".*", "build", "__pycache__")
    copy = shutil.copytree(ROOT, tmp_path / "elsewhere" / "edition", ignore=left)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        yield copy
    time.tzset()


def test_the_same_source_gives_the_same_book_in_another_folder_and_time_zone(
    essay: Paper, verse: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the essay what LaTeX is given, of a small edition the bytes that come out."""
    with elsewhere(tmp_path, monkeypatch) as copy:
        built = build(copy / "source", tmp_path / "essay", conf=copy, builder="latex")
        again = typeset(copy / "tests" / "editions" / "verse", tmp_path / "verse")
    (one,), (other,) = (found.out.glob("*.tex") for found in (built, essay.built))
    assert one.read_bytes() == other.read_bytes()
    assert again.pdf.read_bytes() == verse.pdf.read_bytes()


@pytest.mark.prove
def test_the_essay_gives_the_same_bytes_in_another_folder_and_time_zone(
    essay: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with elsewhere(tmp_path, monkeypatch) as copy:
        again = typeset(copy / "source", tmp_path / "out", conf=copy)
    assert again.pdf.read_bytes() == essay.pdf.read_bytes()


def test_every_output_has_the_entries_of_the_one_list_with_all_their_words(
    paper: Paper,
) -> None:
    """In their order, and none twice: page, EPUB, plain text and book against the list, and the list against its source."""
    edition, app = edition_of(paper), paper.built.app
    documents, counted = list(edition.blocks_of), standard(edition)
    imprint = {} if app.config.version else IMPRINT
    page, epub, plain = (
        build(
            paper.built.source,
            paper.built.out.parent,  # what was read for the book is not read again
            conf=Path(app.confdir),
            builder=builder,
            allow=ALLOWED,
            **imprint,
        ).out
        for builder in ("html", "epub", "text")
    )
    wanted = on_pages(page, documents, ".html")
    assert by_series(wanted, edition) == {name: [e.id for e in each] for name, each in counted.items()}
    has = {one: words for listed in wanted.values() for one, words in listed}
    for entry in edition.entries:
        assert lacking(written(entry, edition), has[entry.id]) == [], entry.id
    assert on_pages(epub, documents, ".xhtml") == wanted
    count = {name: len(listed) for name, listed in wanted.items()}
    labels = {series.label: series.name for series in settings(app.config).series.values()}
    text = "\n".join((plain / f"{name}.txt").read_text(encoding="utf-8") for name in documents)
    assert in_plain_text(text, wanted, labels) == count
    assert in_print(paper, wanted, edition) == count
