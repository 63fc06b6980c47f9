"""Facing pages, read from the PDF: the witness on the left, the reading text on the right."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from building import CONF, EDITIONS, ROOT, build, project
from printing import FAULTS, HEAD, LEFT, RIGHT, Paper, edition_of, squeeze, typeset, verses
from proofs import are_keyed_to_their_lines, entries, stand_where_their_lemmata_begin

from apparatus.concordance import from_aux
from apparatus.model import Note
from apparatus.parallel import Paragraph, opposite

pytestmark = pytest.mark.tex

#: What marks the items of a list; a dash may mark one.
MARKERS = re.compile("[•–]")
#: The text begins with an opening; the page before it says what the openings hold.
FIRST = 3
#: A reading longer than a page.
LONG = [f"l{i}x" for i in range(700)]
WORDS = "and then, as was to be expected in such a place and at such a time, something else came to pass. "


def composed(folder: Path) -> Path:
    """An edition in which the witness is now shorter than the text, now longer, over many openings."""
    text, witness = ["# The Cat\n\n:::{apparatus}\nThe Cat ] A Cat M\n:::\n"], ["A Cat"]

    def block(shown: str, words: str, entries: str, *transmitted: str) -> None:
        text.append(f"{shown.replace('WORDS', words)}\n\n:::{{apparatus}}\n{entries}\n:::\n")
        witness.extend(transmitted)

    for i in range(1, 25):
        words = f"The cat number {i} sat on the mat " + WORDS * (i % 4 + 1)
        if i % 6 == 0:
            block("WORDS", words, "¶ ] om. M")
        elif i % 6 == 1:
            extra = f"A paragraph {i} that only the witness has, {WORDS * 4}".strip()
            block("WORDS", words, f"¶ ] add. {extra} M", words.strip(), extra)
        elif i % 6 == 2:
            block(
                "- WORDS",
                words,
                "cat ] dog M\ncat number ] dog numeral N",
                words.strip().replace("cat", "dog"),
            )
        elif i % 6 == 3:
            block("> WORDS", words, "mat ] rug M", words.strip().replace("mat", "rug"))
        else:
            longer = f"\nmat ] {' '.join(LONG)} N" if i == 10 else ""
            block("WORDS", words, f"sat ] lay M{longer}", words.strip().replace("sat", "lay"))
        if i % 2:
            text.append(
                f":::{{commentary}}\nmat ] Note on mat {i}. {WORDS * (50 if i == 9 else i % 5 * 6)}It ends with {i} so.\n:::\n"
            )
    text.append("## The Verse\n\n:::{verse}\nA line of verse\nand another one\n:::\n")
    text.append(
        ":::{apparatus}\n1.27: another ] a second M\n1.26–1.27: line … and ] row of verse and N\n:::\n"
    )
    witness += ["The Verse", "A line of verse", "and a second one"]
    conf = (
        '[witness.M]\nname = "the first copy"\ntranscription = "M.txt"\n\n[witness.N]\nname = "the second"\n'
    )
    settings = CONF + 'project = "A Composed Text"\napparatus_section_level = 1\n'
    source = project(folder, "\n".join(text), conf=settings, witnesses=conf)
    (source / "M.txt").write_text("\n".join(witness) + "\n", encoding="utf-8")
    return source


def facing(source: Path, out: Path, **config: object) -> Paper:
    made = typeset(source, out, apparatus_layout="facing", **config)
    assert made.built.warnings == ()
    return replace(made, text_begins=FIRST)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("long")
    return facing(composed(folder / "source"), folder / "out")


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    out = tmp_path_factory.mktemp("ferry")
    return facing(EDITIONS / "four-witnesses", out, apparatus_facing_witness="C")


@pytest.fixture(scope="module")
def verse(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    out = tmp_path_factory.mktemp("verse")
    return facing(EDITIONS / "verse", out, apparatus_facing_witness="P")


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return facing(ROOT / "source", tmp_path_factory.mktemp("essay"), conf=ROOT)


def test_an_entry_longer_than_a_page_is_printed_whole_and_in_order(long: Paper) -> None:
    text = long.run("pdftotext", "-layout", "PDF", "-")
    assert re.findall(r"\bl\d+x\b", text) == LONG


KEYS = {"long": "M", "ferry": "C", "verse": "P", "essay": "W"}


@pytest.fixture(params=["long", "ferry", "verse", pytest.param("essay", marks=pytest.mark.prove)])
def paper(request: pytest.FixtureRequest) -> Paper:
    found: Paper = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def key(paper: Paper, request: pytest.FixtureRequest) -> str:
    return next(key for name, key in KEYS.items() if request.getfixturevalue(name) is paper)


def lefts(paper: Paper) -> list[int]:
    """The left pages of the openings of the text."""
    numbers = [block.number for block in edition_of(paper).text.blocks]
    first, last = (paper.places[numbers[i]].page for i in (0, -1))
    end = max(paper.places[name].page for name in paper.places if name.startswith(f"{numbers[-1]}-"))
    return list(range(first - 1, max(last, end) + 1, 2))


def test_the_book_ends_with_its_text(long: Paper) -> None:
    assert lefts(long)[-1] == len(long.pages) - 1 or not long.pages[-1]
    assert not [page for page in long.pages[lefts(long)[-1] + 1 :] if page]


def margin(paper: Paper, page: int) -> dict[str, float]:
    """The numbers in the inner margin of a page, and how high they stand."""
    odd = page % 2
    found = {}
    for word in paper.pages[page - 1]:
        inner = word.right < LEFT - 5 if odd else word.left > RIGHT + 5
        if inner and word.top > HEAD and re.fullmatch(r"\d+(\.\d+[a-z]?)?", word.text):
            found[word.text] = word.top
    return found


def text_of(paper: Paper, page: int) -> str:
    """The words of the text on a page, without margins and foot."""
    end = min(paper.foot_top(page), 760.0)
    words = [
        w for w in paper.pages[page - 1] if HEAD < w.top < end and w.left > LEFT - 3 and w.right < RIGHT + 3
    ]
    return squeeze("".join(w.text for w in sorted(words, key=lambda w: (round(w.bottom / 4), w.left))))


def printed(found: list[Paragraph] | None, key: str) -> str:
    """What ought to be printed on the left of a block."""
    if found is None:
        return f"[not in {key}]"
    said = ""
    for paragraph in found:
        said += "[runs on]" if paragraph.runs_on else ""
        said += "" if paragraph.after is None else f"[in {key} after {paragraph.after}]"
        said += paragraph.text
    return said


def test_the_log_has_no_fault(paper: Paper) -> None:
    assert FAULTS.findall(paper.log) == []
    assert "Maximum runs" not in paper.runs


def test_left_pages_are_even_and_pages_come_in_pairs(paper: Paper) -> None:
    assert len(paper.pages) % 2 == 0
    for page in lefts(paper):
        assert page % 2 == 0
        for side in (page, page + 1):
            folios = [w.text for w in paper.pages[side - 1] if w.bottom < HEAD or w.top > 760]
            # the physical page is even where the printed one is
            assert any(text.isdigit() and int(text) % 2 == side % 2 for text in folios), side


def test_the_left_pages_hold_the_witness_word_for_word(paper: Paper, key: str) -> None:
    """In the order of the reading text, with what the editors say of it; and nothing else."""
    edition = edition_of(paper)
    texts = opposite(edition, key)
    wanted = squeeze("".join(printed(texts.get(i), key) for i in range(len(edition.text.blocks))))
    found = "".join(text_of(paper, page) for page in lefts(paper))
    assert MARKERS.sub("", found) == MARKERS.sub("", wanted)


def test_the_passages_of_an_opening_stand_side_by_side(paper: Paper) -> None:
    of_verse = verses(paper)  # their numbers stand in the outer margin of the reading text
    numbers = [block.number for block in edition_of(paper).text.blocks if block.number not in of_verse]
    seen: list[str] = []
    for page in lefts(paper):
        every, right = margin(paper, page), margin(paper, page + 1)
        left = {number: top for number, top in every.items() if number not in of_verse}
        assert left.keys() == right.keys()
        assert all(abs(top - right[number]) < 1 for number, top in left.items())
        seen += right
    assert [n for n in numbers if n not in seen] == []


def test_the_reading_text_is_on_the_right(paper: Paper) -> None:
    for block in edition_of(paper).text.blocks:
        assert paper.places[block.number].page % 2 == 1


def test_entries_are_keyed_to_the_lines_of_the_right_page(paper: Paper) -> None:
    stand_where_their_lemmata_begin(paper, entries(paper))
    are_keyed_to_their_lines(paper, entries(paper))


def test_every_note_is_whole_at_the_foot_of_the_opening_of_its_mark(paper: Paper) -> None:
    for note in (e for e in edition_of(paper).entries if e.number is not None and e.span):
        right = paper.places[f"{note.id}-mark"].page
        assert right % 2 == 1
        assert paper.places[note.id].page in (right - 1, right), note.id
        foot = paper.foot(right - 1) + paper.foot(right)
        assert isinstance(note.item, Note)
        last = " ".join(note.item.body).split()[-3:]
        if all(re.fullmatch(r"[A-Za-z0-9]+\.?", word) for word in last):
            assert squeeze(" ".join(last)) in foot, note.id


@pytest.mark.parametrize("book", ["long", pytest.param("essay", marks=pytest.mark.prove)])
def test_notes_go_to_the_right_only_when_the_left_is_full(book: str, request: pytest.FixtureRequest) -> None:
    paper: Paper = request.getfixturevalue(book)
    notes = [e.id for e in edition_of(paper).entries if e.number is not None]
    pages = [paper.places[note].page for note in notes]
    assert pages == sorted(pages)
    on_the_right = [note for note, page in zip(notes, pages, strict=True) if page % 2]
    assert on_the_right
    for page in {paper.places[note].page for note in on_the_right}:
        # the left page is filled to its last lines
        assert (
            max(w.bottom for w in paper.pages[page - 2] if LEFT - 3 < w.left < RIGHT and w.bottom < 790) > 700
        )


def test_the_concordance_has_the_lines_of_the_right_pages(paper: Paper) -> None:
    aux = paper.pdf.with_suffix(".aux").read_text(encoding="utf-8", errors="replace")
    places = from_aux(aux).places
    first = paper.places[edition_of(paper).text.blocks[0].number].page - FIRST
    for block in edition_of(paper).text.blocks:
        spot = places[block.number].start
        assert (int(spot.page), spot.line) == (
            paper.places[block.number].page - first,
            paper.line(block.number),
        )


def test_the_lines_on_the_left_have_the_numbers_of_those_beside_them(long: Paper) -> None:
    count = 0
    for page in lefts(long):
        left = {w.text: w.top for w in long.pages[page - 1] if w.right < LEFT - 5 and w.top > HEAD}
        right = {w.text: w.top for w in long.pages[page] if w.left > RIGHT + 5 and w.top > HEAD}
        both = left.keys() & right.keys()
        assert all(abs(left[number] - right[number]) < 1 for number in both)
        count += len(both)
    assert count > 10


def test_running_heads_name_the_witness_and_the_section(long: Paper) -> None:
    left, right = (
        " ".join(w.text for w in sorted(long.pages[page - 1], key=lambda w: w.left) if w.bottom < HEAD)
        for page in (lefts(long)[1], lefts(long)[1] + 1)
    )
    assert re.fullmatch(r"4 M: the first copy 1\.\d+(–1\.\d+)?", left)
    assert re.fullmatch(r"1\.\d+(–1\.\d+)? The Cat 5", right)


def test_the_page_before_the_text_says_what_stands_where(ferry: Paper, verse: Paper) -> None:
    said = " ".join(w.text for w in ferry.pages[lefts(ferry)[0] - 2])
    assert "on the left C, The third copy, as transmitted" in said
    assert "the notes, first on the left" in said
    assert "notes" not in " ".join(w.text for w in verse.pages[lefts(verse)[0] - 2])


def test_same_words_are_told_apart_on_the_right(ferry: Paper) -> None:
    assert "the3]aA" in ferry.foot(ferry.places["1.1"].page)


def test_the_pages_besides_the_text_are_in_the_book(ferry: Paper) -> None:
    text = squeeze(ferry.run("pdftotext", "PDF", "-"))
    for name in set(ferry.built.app.env.all_docs) - {"index"}:
        assert squeeze(ferry.built.app.env.titles[name].astext()) in text


@pytest.mark.prove
def test_the_rest_of_the_book_is_as_ever(essay: Paper) -> None:
    text = squeeze(essay.run("pdftotext", "PDF", "-"))
    for chapter in ("Introduction", "Editorial principles", "Bibliography", "Index of names", "Colophon"):
        assert squeeze(chapter) in text


def test_facing_pages_in_a_book_trim(tmp_path: Path) -> None:
    made = facing(EDITIONS / "verse", tmp_path, apparatus_facing_witness="P", apparatus_paper="royal")
    assert FAULTS.findall(made.log) == []
    assert len(made.pages) % 2 == 0
    assert made.size == pytest.approx((442.2, 663.3), abs=0.5)
    numbers = [block.number for block in edition_of(made).text.blocks]
    assert all(made.places[name].page % 2 for name in numbers)


@pytest.mark.prove
def test_facing_pages_in_a_book_trim_and_of_one_section(tmp_path: Path) -> None:
    made = facing(
        ROOT / "source",
        tmp_path,
        conf=ROOT,
        apparatus_paper="royal",
        apparatus_section="2",
        apparatus_language="en",
    )
    assert FAULTS.findall(made.log) == []
    assert len(made.pages) % 2 == 0
    there = [name for name in made.places if re.fullmatch(r"\d+(\.\d+)?", name)]
    assert {name.partition(".")[0] for name in there} == {"2"}
    assert all(made.places[name].page % 2 for name in there)


def test_a_witness_that_cannot_be_had_is_named_with_those_that_can(tmp_path: Path) -> None:
    source = EDITIONS / "four-witnesses"
    for wanted, said in (("Q", "is no witness"), ("E", "is not transcribed")):
        built = build(
            source,
            tmp_path / wanted,
            builder="latex",
            apparatus_layout="facing",
            apparatus_facing_witness=wanted,
            allow="any",
        )
        [warning] = built.warnings
        assert f"'{wanted}' {said}: facing pages can be had with A, B, C, D" in warning


def test_without_a_transcription_there_are_no_facing_pages_and_it_is_said(tmp_path: Path) -> None:
    built = build(
        project(tmp_path / "source", "# A\n\nThe cat.\n"),
        tmp_path,
        builder="latex",
        apparatus_layout="facing",
        allow="any",
    )
    [warning] = [w for w in built.warnings if "facing" in w]
    assert "the edition has neither" in warning


def test_a_layout_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    built = build(
        project(tmp_path / "source", "# A\n\nThe cat.\n"),
        tmp_path,
        builder="latex",
        apparatus_layout="back",
        allow="any",
    )
    [warning] = [w for w in built.warnings if "layout" in w]
    assert "it wants 'plain' or 'facing', and 'plain' is used" in warning
