"""Verse in every output: stanzas apart, indents, shared verses, numbers of its own; and on the pages of witnesses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, EDITIONS, TRANSCRIBED, Built, build, project
from lxml import html

POEM = EDITIONS / "poem"


@pytest.fixture(scope="module")
def poem(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(POEM, tmp_path_factory.mktemp("poem"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = build(POEM, tmp_path_factory.mktemp("book"), builder="latex")
    return next(made.out.glob("*.tex")).read_text(encoding="utf-8")


def stanzas(page: str) -> list[list[str]]:
    """The numbers of the verses of each stanza."""
    found = html.fromstring(page.encode()).xpath("//div[contains(@class, 'verse')]/div[@class='line-block']")
    return [[line.xpath("string(.//a[@class='passage-number'])").strip() for line in one] for one in found]


TEXT = [["1", "2", "3", "4"], ["5", "5+2", "5+3", "6", "9", "8"], ["12a", "13"]]


def test_each_stanza_is_a_block_of_its_own_on_the_page(poem: Built) -> None:
    assert stanzas(poem.page("text")) == TEXT


def test_the_text_of_a_witness_stands_in_the_same_stanzas(poem: Built) -> None:
    assert stanzas(poem.page("text-A")) == TEXT
    its = [["1", "2", "3", "4"], ["5", "5+2", "5+3", "6", "8", "9"], ["12a"]]
    assert stanzas(poem.page("text-B")) == its


def test_stanzas_are_apart_in_plain_text(tmp_path: Path) -> None:
    made = build(POEM, tmp_path, builder="text")
    text = (made.out / "text.txt").read_text(encoding="utf-8")
    assert re.search(r"from their sight\.\n\n +5 Who calls", text)
    assert re.search(r"water there\?\n +5\+2 \u00a0{34}A traveller\.\n", text)
    assert re.search(r"\n +2 \u00a0\u00a0It runs", text)


def test_in_print_a_gap_is_before_each_stanza_and_indents_are_kept(book: str) -> None:
    kinds = re.findall(r"\\passage\{(\w+)\}\{([\d.]+)\}\{\}\{([^}]+)\}", book)
    assert [number for kind, _, number in kinds if kind == "stanza"] == ["1", "5", "12a"]
    steps = {number: float(depth) for _, depth, number in kinds}
    assert steps["2"] - steps["1"] == 0.625


def test_every_fifth_verse_and_every_jump_shows_its_number_in_print(book: str) -> None:
    shown = re.findall(
        r"\\critverseshows\n[^\\]*(?:\\critbookmark.*\n)?\\passage\{\w+\}\{[\d.]+\}\{\}\{([^}]+)\}", book
    )
    assert shown == ["5", "9", "8", "12a"]


def test_entries_on_verses_are_keyed_to_the_verses(book: str) -> None:
    keyed = re.findall(r"\\verselemmastart\{(\d+)\}\{([^}]+)\}\{(\d+)\}\{([^}]+)\}\{([^}]+)\}", book)
    assert [(first, last, name) for _, first, _, last, name in keyed] == [
        ("1", "1", "1-a1"),
        ("2", "2", "2-a1"),
        ("3", "3", "3-a1"),
        ("4", "4", "4-a1"),
        ("5", "5", "5-a1"),
        ("5+2", "5+2", "5+2-a1"),
        ("8", "8", "8-a1"),
        ("13", "13", "13-a1"),
    ]
    assert r"\lemmastart" not in book.replace(r"\verselemmastart", "")


def test_prose_keeps_the_lines_of_the_page(tmp_path: Path) -> None:
    text = "A cat sat.\n\n:::{apparatus}\ncat ] dog A\n:::\n\n:::{verse}\nA verse.\n:::\n\n:::{apparatus}\nverse ] line A\n:::\n"
    made = build(project(tmp_path / "source", text), tmp_path / "tex", builder="latex", allow="siglum_unused")
    tex = next(made.out.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\lemmastart{1.1-a1}" in tex
    assert r"\verselemmastart{1000001}{1.2}{1000001}{1.2}{1.2-a1}" in tex


def test_a_shared_verse_leaves_room_for_its_first_half(poem: Built, book: str) -> None:
    assert (
        '<span class="half" data-before="Who calls across the water there? A traveller. "></span>'
        in poem.page("text")
    )
    assert r"\phantom{Who calls across the water there? }A " in book


def test_the_epub_has_stanzas_and_indents(tmp_path: Path) -> None:
    made = build(POEM, tmp_path, builder="epub", version="1", copyright="the editors")
    page = (made.out / "text.xhtml").read_text(encoding="utf-8")
    assert stanzas(page) == TEXT
    assert len(re.findall(r'class="[^"]*indent-1[^"]*"', page)) == 3
    style = (made.out / "_static" / "edition.css").read_text(encoding="utf-8")
    assert ".verse > .line-block + .line-block" in style


# --- differences -------------------------------------------------------------------------------------------------


def differences(page: str) -> list[tuple[str, str]]:
    """Class and words of each passage of a page of differences."""
    (body,) = html.fromstring(page.encode()).xpath("//div[contains(@class, 'witness-text')]")
    found = body.xpath(".//*[contains(concat(' ', @class, ' '), ' passage ')]")
    return [(one.get("class"), one.text_content()) for one in found]


def test_a_moved_verse_is_marked_where_it_was_and_where_it_is_with_the_way_between(poem: Built) -> None:
    page = poem.page("text-B-differences")
    (there,) = re.findall(r'<ins class="moved" id="(moved-\d+-to)">They pay', page)
    (here,) = re.findall(r'<del class="moved" id="(moved-\d+-from)">They pay', page)
    assert page.count(f'href="#{there}"') == page.count(f'href="#{here}"') == 1
    rows = differences(page)
    assert rows.index(("line passage", "8They pay their pence, they cross, they go,")) < rows.index(
        ("line passage indent-1", "9I took him as he came.")
    )
    assert ("line passage lacking", "8They pay their pence, they cross, they go,") in rows


def test_moved_words_are_marked_at_both_places(tmp_path: Path) -> None:
    text = "One two three four.\n\n:::{apparatus}\ntwo ] transp. post four A\n:::\n"
    page = page_of(tmp_path, text, "One three four two.\n")
    assert re.search(
        r'<del class="moved" id="moved-0-from">two<a class="way way-from" href="#moved-0-to"', page
    )
    assert re.search(
        r'<ins class="moved" id="moved-0-to">two<a class="way way-to" href="#moved-0-from"', page
    )


def test_an_omitted_passage_stands_by_itself_with_its_number(poem: Built) -> None:
    rows = differences(poem.page("text-B-differences"))
    assert rows[-1] == ("line passage lacking", "13And no one knew the same.")
    assert not any("knew the same" in words for _, words in differences(poem.page("text-B")))


def page_of(tmp_path: Path, text: str, witness: str, name: str = "index-A-differences", **more: str) -> str:
    source = project(
        tmp_path / "source", text, witnesses=TRANSCRIBED + more.get("gaps", ""), **{"A.txt": witness}
    )
    return build(source, tmp_path / "build", allow="siglum_unused").page(name)


def test_several_omitted_paragraphs_are_several(tmp_path: Path) -> None:
    text = "# Title\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\n:::{apparatus}\n1.2–1.3: ¶ ] om. A\n:::\n"
    rows = differences(page_of(tmp_path, text, "Title\nOne.\nFour.\n"))
    assert rows[2:4] == [("passage lacking", "1.2Two."), ("passage lacking", "1.3Three.")]
    assert rows[4] == ("passage", "1.4Four.")


def test_an_added_passage_says_after_which_it_stands(tmp_path: Path) -> None:
    text = "# Title\n\nOne.\n\n:::{apparatus}\n¶ ] add. Two. A\n:::\n\nThree.\n"
    page = page_of(tmp_path, text, "Title\nOne.\nTwo.\nThree.\n")
    assert ("passage added", "+Two.") in differences(page)
    assert 'aria-label="Added after passage 1.1"' in page


def test_one_that_stands_before_a_passage_says_so_and_leaves_it_its_number(tmp_path: Path) -> None:
    text = "# Title\n\nOne.\n\nThree.\n\n:::{apparatus}\n¶ ] praem. Two. A\n:::\n"
    page = page_of(tmp_path, text, "Title\nOne.\nTwo.\nThree.\n")
    assert differences(page)[1:] == [
        ("passage", "1.1One."),
        ("passage added", "+Two."),
        ("passage", "1.2Three."),
    ]
    assert 'aria-label="Added before passage 1.2"' in page


@pytest.mark.parametrize(
    ("entries", "theirs", "rows"),
    [
        (
            "1.1–1.2: one. ¶ Then ] one then A\n1.2: ¶ ] add. New. A",
            "Title\nAll one then two.\nNew.\nThree.\n",
            [
                ("passage", "1.1All one. ¶ Then one then two."),
                ("passage added", "+New."),
                ("passage", "1.3Three."),
            ],
        ),
        (
            "1.1–1.3: one. … Three. ] one. A\n1.3: ¶ ] add. End. A",
            "Title\nAll one.\nEnd.\n",
            [("passage", "1.1All one. ¶ Then two. ¶ Three. one."), ("passage added", "+End.")],
        ),
        (
            "1.2: ¶ ] om. A\n1.1: ¶ ] add. New. A",
            "Title\nAll one.\nNew.\nThree.\n",
            [
                ("passage", "1.1All one."),
                ("passage added", "+New."),
                ("passage lacking", "1.2Then two."),
                ("passage", "1.3Three."),
            ],
        ),
    ],
)
def test_an_added_passage_takes_no_number_of_one_that_is_joined_or_lacking(
    tmp_path: Path, entries: str, theirs: str, rows: list[tuple[str, str]]
) -> None:
    text = f"# Title\n\nAll one.\n\nThen two.\n\nThree.\n\n:::{{apparatus}}\n{entries}\n:::\n"
    assert differences(page_of(tmp_path, text, theirs))[1:] == rows


@pytest.mark.parametrize("name", ["index-A", "index-A-differences"])
def test_what_is_said_of_the_page_stands_before_the_verses(tmp_path: Path, name: str) -> None:
    text = ":::{verse}\nOne line\nand two\n:::\n\n:::{apparatus}\ntwo ] three A\n:::\n"
    page = page_of(tmp_path, text, "One line\nand three\n", name)
    body = page[page.index("page-body") :]
    about, first = body.index('class="about-text"'), body.index("One line")
    assert body.index("<h1") < about < first


def test_where_a_fragment_is_lost_no_heading_says_so(tmp_path: Path) -> None:
    text = "# Title\n\nOne.\n\nTwo.\n"
    page = page_of(tmp_path, text, "[lac.]\nTwo.\n", "index-A", gaps='gaps = ["1–1.1: ¶"]\n')
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["A"]
    assert ("passage", "1[lac.]") in differences(page)


def test_indentation_is_counted_from_the_line_that_stands_furthest_out(tmp_path: Path) -> None:
    text = ":::{verse}\n    One\n  Two\n     Three\n:::\n"
    made = build(project(tmp_path / "source", text, conf=CONF), tmp_path / "build", allow="siglum_unused")
    assert re.findall(r"indent-(\d+)", made.page("index")) == ["1", "2"]
