"""Numbers that the source gives: at a block or within one, in every output; what is counted is counted from there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import CONF, EDITIONS, TRANSCRIBED, Built, build, project
from lxml import html

from apparatus.anchoring import anchor
from apparatus.anchors import check_anchors, read_record, write_anchors
from apparatus.collation.mending.lemma import locus_for
from apparatus.model import Block, EditedText, Origin, Place, Point, Span
from apparatus.notation import parse_entries, write_entry
from apparatus.numbering import SourceBlock, number_blocks
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import BESIDE, COUNTED, GIVEN, ReferenceSystem
from apparatus.sphinxext.domain import domain_of

STEPHANUS = ReferenceSystem(levels=("p.", "", "l."), separators=("",))
CHAPTERS = ReferenceSystem(levels=("Book", "ch.", "§"))


def block(text: str = "Words and words.", *given: str | tuple[str, int], heading: int = 0) -> SourceBlock:
    """A block with the numbers that are given to its beginning, or at an offset."""
    points = [(one, 0) if isinstance(one, str) else one for one in given]
    return SourceBlock(
        text, Origin("text.md", 7), heading, given=tuple(Point(number, at) for number, at in points)
    )


def numbers(
    *blocks: SourceBlock, system: ReferenceSystem = COUNTED, problems: list[Problem] | None = None
) -> list[str]:
    (made,) = number_blocks([(1, blocks)], system=system, problems=problems)
    text = EditedText(tuple(made))
    return [passage.number for passage in text.passages]


# --- counting ---------------------------------------------------------------------------------------------------


def test_what_has_no_number_is_counted_from_the_number_before():
    assert numbers(block("a", "7.12"), block("b"), block("c", "3.1"), block("d")) == [
        "7.12",
        "7.13",
        "3.1",
        "3.2",
    ]


def test_the_number_after_a_verse_that_was_put_in_is_that_of_the_next_verse():
    assert numbers(block("a", "12"), block("b", "12a"), block("c"), block("d", "14"), block("e", "13")) == [
        "12",
        "12a",
        "13",
        "14",
        "13+2",
    ]


def test_numbers_need_not_rise_and_nothing_is_said_of_it():
    problems: list[Problem] = []
    assert numbers(block("a", "6"), block("b", "9"), block("c", "5"), problems=problems) == ["6", "9", "5"]
    assert problems == []


def test_a_paragraph_that_begins_in_the_midst_of_a_passage_is_its_second_part():
    found = numbers(block("One. Two.", "1.1", ("1.2", 5)), block("Two. Three.", ("1.3", 5)), block("Four."))
    assert found == ["1.1", "1.2", "1.2+2", "1.3", "1.4"]


def test_what_ends_in_letters_as_a_level_of_its_own_is_not_counted_on():
    assert numbers(block("a", "17a"), block("b"), block("c"), system=STEPHANUS) == ["17a", "17a+2", "17a+3"]
    assert numbers(block("a", "17a5"), block("b"), system=STEPHANUS) == ["17a5", "17a6"]


def test_headings_of_declared_levels_are_counted_level_by_level():
    found = numbers(
        block("I", heading=1),
        block("Ch", heading=2),
        block("a"),
        block("b"),
        block("Ch", heading=2),
        block("c"),
        block("II", heading=1),
        block("Ch", heading=2),
        block("d"),
        system=CHAPTERS,
    )
    assert found == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"]


def test_a_heading_may_have_a_number_and_its_blocks_are_counted_below_it():
    found = numbers(
        block("VII", "7", heading=1), block("a"), block("b"), block("VIII", heading=1), block("c")
    )
    assert found == ["7", "7.1", "7.2", "8", "8.1"]


def test_after_given_numbers_the_next_heading_is_the_next_of_its_level():
    found = numbers(block("a", "2.3.9"), block("Ch", heading=2), block("b"), system=CHAPTERS)
    assert found == ["2.3.9", "2.4", "2.4.1"]


def test_two_that_are_alike_are_reported_with_both_places_and_told_apart():
    problems: list[Problem] = []
    assert numbers(block("a", "5"), block("b", "5"), problems=problems) == ["5", "5+2"]
    (problem,) = problems
    assert problem.kind is ProblemKind.NUMBER_TWICE
    assert str(problem.origin) == "text.md:7"
    assert problem.message.startswith("passage 5 is there already (text.md:7), so this is 5+2; give one")


@pytest.mark.parametrize(
    "number", ["7.12", "17b", "17a5", "12a", "IV.3", "12-13", "3,16", "12*", "1/2", "ιβ12"]
)
def test_a_number_has_letters_and_figures_with_single_signs_between_them(number: str) -> None:
    assert GIVEN.fullmatch(number)
    entry, problems = parse_entries([f"{number}: led ] lead A"], Origin("a.md", 1), {"A"})
    assert problems == ()
    assert str(entry[0].place).replace("–", "-") == number


@pytest.mark.parametrize(
    "number", ["", "7 12", "7:12", "7]", "7–12", "praef", ".7", "7.", "7..8", "2.3-a1", "a{1", "1\\"]
)
def test_what_can_be_no_number(number: str) -> None:
    assert not GIVEN.fullmatch(number)


def test_a_page_of_an_older_edition_may_have_no_figure():
    assert BESIDE.fullmatch("xii")
    assert not GIVEN.fullmatch("xii")


def test_a_range_is_said_by_both_its_ends() -> None:
    assert CHAPTERS.said("1.2.3-1.2.5") == CHAPTERS.said("1.2.3-5") == "Book 1, ch. 2, § 3–Book 1, ch. 2, § 5"


def test_a_reference_has_the_names_of_the_levels(tmp_path: Path) -> None:
    conf = f'{CONF}project = "The Cat"\napparatus_references = {{"n": {{"levels": ["Book", "ch."]}}}}\n'
    text = "# One\n\nThe cat sat.\n\n{.editorial-text}\n:::{references} 1.1\n:::\n"
    page = build(project(tmp_path / "source", text, conf=conf), tmp_path / "out", allow="siglum_unused").page(
        "index"
    )
    listed = html.fromstring(page.encode()).xpath("string(//dl[contains(@class, 'references')])")
    assert listed.count("Book 1, ch. 1") >= 3


def test_a_number_is_said_by_the_names_of_its_levels():
    assert CHAPTERS.said("2.3.1") == "Book 2, ch. 3, § 1"
    assert CHAPTERS.said("2.3.1+2") == "Book 2, ch. 3, § 1"
    assert CHAPTERS.said("2") == "Book 2"
    assert STEPHANUS.said("17a5") == "p. 17, a, l. 5"
    assert COUNTED.said("2.3") == "2.3"


# --- places ------------------------------------------------------------------------------------------------------

TEXT = EditedText(
    (
        Block("17a", "the cat and the dog. the cat", None, (Point("17b", 21),)),
        Block("17b+2", "the dog slept. the cat", None, (Point("17c", 15), Point("12-13", 19))),
    )
)


def found(line: str, host: int | None = 0) -> Span | str:
    (entry,), _ = parse_entries([line], Origin("a.md", 1), {"A"})
    anchored, problems = anchor(TEXT, [(entry, host)])
    return anchored[0].span if anchored else problems[0].message


def test_a_place_is_the_passage_of_its_number_not_the_whole_block():
    assert found("17a: cat ] x A") == Span(4, 7)
    assert found("17b: cat ] x A") == Span(25, 28)
    assert found("17b: the ] x A") == Span(21, 24)
    assert found("17a: the^2 ] x A") == Span(12, 15)
    assert found("17b: ¶ ] om. A") == Span(21, 28)


def test_without_a_place_the_whole_block_is_meant():
    assert found("the^3 ] x A") == Span(21, 24)
    assert "stands twice in block 17a" in str(found("cat ] x A"))


def test_a_lemma_may_run_from_one_passage_into_another():
    assert found("17a–17b: dog … cat ] x A") == Span(16, 28)
    assert found("17b–17c: cat … the ] x A") == Span(25, 47)
    assert found("17a: dog. the ] x A") == Span(16, 24)


def test_two_numbers_with_a_hyphen_are_one_number_where_the_text_has_it():
    assert found("12-13: cat ] x A") == Span(48, 51)
    assert found("17b-17c: cat … the ] x A") == Span(25, 47)
    assert found("17a: cat ] transp. post 17c: the A") == Span(4, 7)


def test_words_of_another_passage_are_not_taken():
    assert str(found("17b: dog ] x A")).startswith("“dog” is not in block 17b")


def test_a_place_comes_back_from_writing():
    (entry,), _ = parse_entries(["12-13: cat ] x A"], Origin("a.md", 1), {"A"})
    again, _ = parse_entries([write_entry(entry, {"A"})], Origin("a.md", 1), {"A"})
    assert again[0].place == entry.place == Place("12", "13")


@pytest.mark.parametrize(
    "span", [Span(0, 28), Span(4, 20), Span(21, 28), Span(25, 47), Span(29, 51), Span(0, 51)]
)
def test_a_gap_is_offered_as_a_place_and_lemma_that_mean_it(span: Span) -> None:
    offered = locus_for(TEXT, span)
    assert offered is not None


def test_a_passage_within_a_block_is_recorded_as_an_anchor_and_missed():
    record = write_anchors(TEXT)
    assert record.splitlines()[:2] == ["17a\tthe cat and the dog.", "17b\tthe cat"]
    assert check_anchors(read_record(record, "anchors.tsv")[0], TEXT) == ()
    without = EditedText((Block("17a", TEXT.blocks[0].text), TEXT.blocks[1]))
    assert [p.kind for p in check_anchors(read_record(record, "anchors.tsv")[0], without)] == [
        ProblemKind.ANCHOR_LOST
    ]


# --- the source and the outputs -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(EDITIONS / "numbers", tmp_path_factory.mktemp("numbers"))


def test_the_numbers_are_anchors_and_stand_before_their_words(page: Built) -> None:
    html = page.page("text")
    for number in (
        "1.1.1",
        "1.1.2",
        "1.1.3",
        "1.1.3+2",
        "1.1.4a",
        "1.1.7",
        "1.1.6",
        "1.1.5",
        "1.2.1",
        "1.2.2",
    ):
        assert html.count(f' id="{number}"') == 1
    assert re.search(r'id="1\.1\.2"[^>]*>1\.1\.2 </a><span class="begins"></span>Nemo eum', html)


def test_a_number_in_the_midst_of_a_word_divides_no_word(page: Built) -> None:
    bare = re.sub(r"<[^>]*>", "", re.sub(r"<a [^>]*passage-number[^>]*>[^<]*</a>", "", page.page("text")))
    assert "navis a ripa discessit." in bare
    assert "discessit" in (page.out / "searchindex.js").read_text(encoding="utf-8")


def test_a_number_is_said_in_words_where_its_levels_have_names(page: Built) -> None:
    assert 'aria-label="Book 1, ch. 1, § 4a" class="passage-number within in-margin long"' in page.page(
        "text"
    )


def test_entries_are_cited_by_the_passage_in_which_their_words_begin(page: Built) -> None:
    html = page.page("text")
    for name in (
        "1.1.1-a1",
        "1.1.1-a2",
        "1.1.2-a1",
        "1.1.3-a1",
        "1.1.4a-a1",
        "1.1.6-a1",
        "1.1.5-a1",
        "1.1.5-a2",
    ):
        assert f' id="{name}"' in html


def test_search_has_a_row_for_each_passage_and_for_each_page_beside(page: Built) -> None:
    written = (page.out / "_static" / "passages.js").read_text(encoding="utf-8")
    rows = json.loads(written.removeprefix("var apparatusSearch = ").removesuffix(";\n"))["rows"]["text"]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["1.1.2"] == ["Nemo eum vocabat, quia nox erat et flumen altum."]
    assert by_name["page-1"][1:3] == ["p.", "1"]
    assert by_name["page-1"][4] == "1.1.3"
    assert by_name["page-1.2"][4] == "1.1.5"


def test_in_plain_text_the_numbers_stand_in_their_places(tmp_path: Path) -> None:
    made = build(EDITIONS / "numbers", tmp_path, builder="text")
    words = " ".join((made.out / "text.txt").read_text(encoding="utf-8").split())
    assert "1.1.1 |p. xii| Navis in ripa stabat et nauta dormiebat. (1.1.2) Nemo eum" in words
    assert "ire vole|p. 1|bat." in words
    assert "*dis(1.1.5)cessit*. Equus" in words


def test_the_book_has_a_label_and_a_bookmark_for_each_passage(tmp_path: Path) -> None:
    made = build(EDITIONS / "numbers", tmp_path, builder="latex", allow="print")
    tex = next(made.out.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\critpoint{1.1.2}{}{\label{\detokenize{text:1.1.2}}}Nemo" in tex
    assert r"dis\critpoint{1.1.5}{}{\label{\detokenize{text:1.1.5}}}cessit" in tex
    assert r"vole\critmilestone{p. 1}{\label{\detokenize{text:page-1}}}bat." in tex
    assert r"\critbookmark{1.1.5}{1.1.5}" in tex


def test_in_the_line_a_number_stands_where_it_begins(tmp_path: Path) -> None:
    conf = CONF + 'apparatus_references = {"n": {"within": "line"}}\n'
    text = 'One cat. []{n="1.2"}Two cats.\n'
    source = project(tmp_path / "source", text, conf=conf)
    assert 'class="passage-number within in-line" href="#1.2" id="1.2">1.2 </a>Two' in build(
        source, tmp_path / "html", allow="siglum_unused"
    ).page("index")
    tex = build(source, tmp_path / "tex", builder="latex", allow="siglum_unused").out
    assert r"\critpoint{1.2}{line}{" in next(tex.glob("*.tex")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'A cat. []{n="7 1"}A dog.',
            "index.md:5: WARNING: n='7 1' is no number; write letters and figures, at least one",
        ),
        ('{n="praef"}\nA cat.', "index.md:6: WARNING: n='praef' is no number"),
        (
            'A cat.[]{n="7.1"}',
            "index.md:5: WARNING: no words of the text follow 7.1; put the number before the words",
        ),
        ('A cat.\n\n[]{n="7.1"}\n\nA dog.', "index.md:7: WARNING: no words of the text follow 7.1"),
        (
            'A cat. []{pag="3"}A dog.',
            "index.md:5: WARNING: there is no reference system 'pag' for []{pag=\"3\"}; did you mean 'page'?",
        ),
        ('{n="4.1"}\n[]{n="4.2"}A cat.', "4.2 is given where 4.1 is given already; remove one"),
        ('A cat. []{n="4.1"}[]{n="4.2"}A dog.', "4.2 is given where 4.1 is given already; remove one"),
        ('{n="A1"}\nA cat.', "passage A1 has the anchor of the siglum 'A1'; give the passage another number"),
        (
            '(t2)=\n\n## Head\n\n{n="t2"}\nA cat.',
            "passage t2 has the anchor of a heading or target of this document",
        ),
        ('{n="4.1"}\nA cat.\n\n{n="4.1"}\nA dog.', "index.md:9: WARNING: passage 4.1 is there already"),
    ],
)
def test_a_number_that_cannot_stand_is_reported_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    conf = CONF + 'apparatus_references = {"page": {"label": "p."}}\n'
    witnesses = '[witness.A1]\nname = "a copy"\n'
    source = project(tmp_path / "source", text + "\n", conf=conf, witnesses=witnesses)
    warnings = build(source, tmp_path / "build", allow="any").warnings
    assert any(said in warning for warning in warnings), warnings


def test_what_a_witness_reads_is_told_by_the_number_where_it_stands(tmp_path: Path) -> None:
    source = project(
        tmp_path / "source",
        '{n="4.1"}\nA cat sat. []{n="4.2"}A dog ran.\n',
        witnesses=TRANSCRIBED,
        **{"A.txt": "A cat sat. A dog slept."},
    )
    (warning,) = build(source, tmp_path / "build", allow="unrecorded_difference siglum_unused").warnings[:1]
    assert "in 4.2, " in warning
    assert "write below 4.1: ran ] slept A" in warning


def test_a_passage_belongs_to_its_first_level_or_to_the_section_that_has_been_begun() -> None:
    blocks = [
        block("Song", heading=1),
        block("a", "12"),
        block("b"),
        block("c", "7.1"),
        block("d e f", ("7.5", 3)),
    ]
    (made,) = number_blocks([(0, blocks)])
    assert [one.number for one in made] == ["0", "12", "13", "7.1", "7.1+2"]
    assert [one.section for one in made] == ["0", "0", "0", "7", "7"]
    assert Block("2.3", "words").section == "2"


def test_the_apparatus_of_a_poem_is_that_of_its_section(tmp_path: Path) -> None:
    html = build(EDITIONS / "poem", tmp_path).page("text")
    assert 'aria-label="Apparatus and notes to section 0"' in html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('- []{n="3"}One.\n- Two.\n', ["3", "4"]),
        ('{n="5"}\n- One.\n- Two.\n', ["5", "6"]),
        ('{n="5"}\n> One.\n>\n> Two.\n', ["5", "6"]),
        ('{n="5"}\n:::{verse}\nOne\nTwo\n:::\n', ["5", "6"]),
        ('{n="7"}\n## Head\n\nOne.\n', ["7", "7.1"]),
        ('## []{n="7"}Head\n\nOne.\n', ["7", "7.1"]),
        ('One *two []{n="8"}three* four.\n', ["1.1", "8"]),
        ('One [two []{n="8"}three](https://example.org) four.\n', ["1.1", "8"]),
        ('| A | []{n="9"}B |\n| - | - |\n| C | D |\n', ["1.1", "9", "10", "11"]),
        ('[One]{n="8"} two.\n', ["8"]),
    ],
)
def test_a_number_stands_wherever_text_can_begin(tmp_path: Path, text: str, found: list[str]) -> None:
    source = project(tmp_path / "source", text)
    page = build(source, tmp_path / "build", allow="siglum_unused header").page("index")
    assert re.findall(r'class="passage-number[^"]*"[^>]*>([^< ]+)', page) == found
    assert not re.search(r"<a [^>]*>[^<]*<a ", page)


def test_the_record_of_sections_has_them_as_they_can_be_printed(tmp_path: Path) -> None:
    built = build(EDITIONS / "numbers", tmp_path)
    edition = domain_of(built.app.env).edition
    assert edition is not None
    found = (tmp_path / "sections.txt").read_text(encoding="utf-8").splitlines()
    assert found == list(dict.fromkeys(block.section for block in edition.text.blocks))


def test_pages_of_witnesses_have_the_numbers_that_begin_within_a_block(tmp_path: Path) -> None:
    built = build(EDITIONS / "numbers", tmp_path)
    for witness, within in (("A", ["1.1.6", "1.1.5"]), ("B", ["1.1.6", "1.1.5"])):
        page = html.fromstring(built.page(f"text-{witness}").encode())
        (block,) = page.xpath("//p[@id='1.1.6']")
        assert [
            number.text.strip() for number in block.xpath(".//a[contains(@class, 'passage-number')]")
        ] == within
        (number,) = block.xpath(".//a[@id='1.1.5']")
        assert number.get("href") == "text.html#1.1.5" and "within in-margin" in number.get("class")
    differences = built.page("text-B-differences")
    assert re.search(
        r"<ins>Mercator abiit</ins>\. <a [^>]*id=\"1\.1\.5\"", differences
    )  # not before the stop


def test_a_number_within_a_block_of_which_a_witness_has_nothing_is_not_on_its_page(tmp_path: Path) -> None:
    text = '# One\n\nThe cat sat. []{n="7b"}The dog ran. []{n="7c"}It slept.\n\n:::{apparatus}\nThe dog ran. ] om. A\n:::\n'
    copy = "One\nThe cat sat. It slept.\n"
    built = build(
        project(tmp_path / "source", text, witnesses=TRANSCRIBED, **{"A.txt": copy}), tmp_path / "out"
    )
    assert re.findall(r'within in-margin" id="([^"]+)"', built.page("index-A")) == ["7c"]
