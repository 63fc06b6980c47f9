"""A second text beside the first: numbers, alignment, what the proof makes of it, the ways between the two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import EDITIONS, IMPRINT, Built, build
from lxml import html

from apparatus.counterparts import Alignment, Row, Unit, in_rows, prefix_of
from apparatus.reference_systems import COUNTED
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.search.passages import load_rows

CONF = (EDITIONS / "facing" / "conf.py").read_text(encoding="utf-8")
WITNESS = '[witness.A]\nname = "a copy"\ntranscription = "A.txt"\n'
TEXT = "---\nedited-text: 1\n---\n\n# Iter\n\nNavis solvit.\n\nFunis ruptus erat.\n"
SECOND = "---\nedited-text: true\ntranslates: text\nlang: en\n---\n\n# The Journey\n\n{}\n"


def edition(folder: Path, second: str, text: str = TEXT) -> Built:
    folder.mkdir(exist_ok=True)
    files = {"conf.py": CONF, "text.md": text, "en.md": second, "witnesses.toml": WITNESS}
    files |= {
        "index.md": "# Index\n\n```{toctree}\ntext\nen\n```\n",
        "A.txt": "Iter\nNavis solvit.\nFunis ruptus erat.\n",
    }
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
    return build(folder, folder / "out", allow="any")


def ways(page: str) -> dict[str, list[str]]:
    """Passage → the addresses of what stands beside it."""
    blocks = html.fromstring(page).xpath("//*[contains(@class, 'passage')][.//a[@class='counterpart']]")
    return {block.get("id"): block.xpath(".//a[@class='counterpart']/@href") for block in blocks}


def said(page: str) -> dict[str, list[str]]:
    """Passage → what its ways are said to lead to."""
    blocks = html.fromstring(page).xpath("//*[contains(@class, 'passage')][.//a[@class='counterpart']]")
    return {block.get("id"): block.xpath(".//a[@class='counterpart']/@aria-label") for block in blocks}


def pairs(page: str) -> list[tuple[list[str], list[str]]]:
    """The rows of a page side by side: the passages in each of the two cells."""
    rows = html.fromstring(page).xpath("//div[@class='pair']")
    cells = (
        [cell.xpath(".//*[contains(@class, 'passage')]/@id") for cell in row.xpath("./div")] for row in rows
    )
    return [(first, second) for first, second in cells]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(EDITIONS / "facing", tmp_path_factory.mktemp("facing"))


# --- alignment -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("joined", ["1.2-1.3", "1.2-3"])
def test_a_range_answers_to_each_of_its_passages_in_either_direction(joined: str) -> None:
    divided, whole = ["1.1", "1.2", "1.3", "1.4"], ["1.1", joined, "1.4"]
    one, other = Alignment(divided, whole, COUNTED), Alignment(whole, divided, COUNTED)
    assert one.beside_second[joined] == other.beside_first[joined] == ["1.2", "1.3"]
    assert one.beside_first["1.3"] == other.beside_second["1.3"] == [joined]
    assert not one.twice() and not one.twice_in_second() and not other.twice() and not other.twice_in_second()


def test_a_number_with_a_hyphen_that_both_texts_have_is_one_passage() -> None:
    assert Alignment(["12-13"], ["12-13"], COUNTED).beside_first == {"12-13": ["12-13"]}


def test_a_part_answers_to_the_whole_where_the_other_text_has_no_parts() -> None:
    alignment = Alignment(["1", "1+2"], ["1"], COUNTED)
    assert alignment.beside_second == {"1": ["1", "1+2"]}
    assert not alignment.twice_in_second()


def test_after_a_range_it_is_counted_from_its_end() -> None:
    assert [COUNTED.following(n) for n in ("12-13", "1.2-1.3", "1.2-3")] == ["14", "1.4", "1.4"]


def test_the_name_of_a_document_becomes_what_a_number_may_have() -> None:
    assert [prefix_of(name) for name in ("en", "en/book-1", "a_b")] == ["en.", "en.book.1.", "a.b."]


# --- rows ----------------------------------------------------------------------------------------------


def units(*numbers: str) -> list[Unit]:
    """Units by their passages; a blank is what is none, a plus what leads to the next."""
    return [Unit(frozenset(n.split("/") if n.strip(" +") else ()), leads=n == "+") for n in numbers]


def rows(first: list[Unit], second: list[Unit], *beside: str) -> list[Row]:
    two = [pair.split("=") for pair in beside]
    return in_rows(first, second, {one: [other for this, other in two if this == one] for one, _ in two})


def test_what_answers_to_one_another_shares_a_row() -> None:
    assert rows(units("1", "2", "3"), units("a", "b"), "1=a", "2=b", "3=b") == [
        *(Row((0,), (0,)), Row((1, 2), (1,))),
    ]


def test_what_cannot_be_parted_is_one_with_all_that_answers_to_it() -> None:
    assert rows(units("1/2", "3"), units("a", "b", "c"), "1=a", "2=b", "3=c") == [
        Row((0,), (0, 1)),
        Row((1,), (2,)),
    ]


def test_what_has_no_counterpart_has_a_row_where_its_text_has_it() -> None:
    assert rows(units("1", "2", "3"), units("x", "a", "y", "c"), "1=a", "3=c") == [
        *(Row((), (0,)), Row((0,), (1,)), Row((), (2,)), Row((1,), ()), Row((2,), (3,))),
    ]


def test_what_is_no_passage_follows_the_one_before_it_or_leads_to_the_next() -> None:
    assert rows(units("1", " ", "2"), units("a", " ", "+", "b"), "1=a", "2=b") == [
        *(Row((0,), (0,)), Row((1,), (1,)), Row((), (2,)), Row((2,), (3,))),
    ]


def test_in_another_order_the_second_text_follows_the_first() -> None:
    assert rows(units("1", "2"), units("b", "a"), "1=a", "2=b") == [Row((0,), (1,)), Row((1,), (0,))]


# --- on the pages --------------------------------------------------------------------------------------


def test_a_way_leads_from_each_passage_to_itself_beside_its_counterpart(pages: Built) -> None:
    own = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3"]
    assert ways(pages.page("text")) == {number: [f"text-with-en.html#{number}"] for number in own}
    assert ways(pages.page("en"))["en.1.2-1.3"] == ["text-with-en.html#en.1.2-1.3"]
    assert said(pages.page("text"))["1.3"] == ["Passage en.1.2-1.3"]
    assert said(pages.page("en"))["en.1.2-1.3"] == ["Passage 1.2, 1.3"]


def test_side_by_side_passages_stand_in_rows_by_their_numbers(pages: Built) -> None:
    assert [row for row in pairs(pages.page("text-with-en")) if any(row)] == [
        (["1"], ["en.1"]),
        (["1.1"], ["en.1.1"]),
        (["1.2", "1.3"], ["en.1.2-1.3"]),
        (["1.4"], ["en.1.4"]),
        (["2"], ["en.2"]),
        *(([f"2.{n}"], [f"en.2.{n}"]) for n in (1, 2, 3)),
    ]


def test_side_by_side_each_text_has_its_apparatus_its_notes_and_its_language(pages: Built) -> None:
    page = html.fromstring(pages.page("text-with-en"))
    assert page.xpath("//div[@class='pair']/div[1]//@id[contains(., '-a') or contains(., '-c')]") == [
        *("1.1-a1-lemma", "1.1-c1-lemma", "1.1-a2-lemma", "1.3-a1-lemma"),
        *("1.1-a1", "1.1-a2", "1.3-a1", "1.1-c1", "2.2-a1-lemma", "2.2-a1"),
    ]
    assert page.xpath("//div[@class='pair']/div[2]//*[@role='group'][@data-kind]/@id") == [
        "en.1.1-a1",
        "en.1.1-c1",
    ]
    tongues = {n: page.get_element_by_id(n).xpath("ancestor-or-self::*/@lang")[-1] for n in ("1.4", "en.1.4")}
    assert tongues == {"1.4": "la", "en.1.4": "en"}


def test_side_by_side_every_address_leads_somewhere_and_a_number_to_the_page_that_is_cited(
    pages: Built,
) -> None:
    page = html.fromstring(pages.page("text-with-en")).xpath("//article")[0]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for address in page.xpath(".//@href"):
        name, _, anchor = address.partition("#")
        there = pages.page(name.removesuffix(".html")) if name else pages.page("text-with-en")
        assert not anchor or f'id="{anchor}"' in there, address
    numbers = {a.text.strip(): a.get("href") for a in page.xpath(".//a[contains(@class, 'passage-number')]")}
    assert numbers["1.2-1.3"] == "en.html#en.1.2-1.3"
    assert set(page.xpath(".//div/div[1]//a[contains(@class, 'lemma')]/@href")) <= {f"#{n}" for n in ids}


def test_the_bar_leads_to_each_text_and_to_both(pages: Built) -> None:
    for here in ("text", "text-with-en", "en"):
        bar = html.fromstring(pages.page(here)).xpath("//nav[@class='versions']")[0]
        assert [(a.text, a.get("href")) for a in bar] == [
            *(("Latin", "text.html"), ("Side by side", "text-with-en.html"), ("English", "en.html")),
        ]
        assert bar.xpath("./a[@aria-current]/@href") == [f"{here}.html"]


def test_the_search_finds_both_texts_each_on_its_page(pages: Built) -> None:
    rows = load_rows(pages.out / "_static" / "passages.js")
    assert ["en.1.4", "On the next day nothing was found."] in rows["en"]
    assert ["1.4", "Postridie nihil inventum est."] in rows["text"]
    assert ["en.1.1-a1", "ferry ] ", [["boat", "T", "conjecture"]]] in rows["en"]
    assert "text-with-en" not in rows


def test_each_text_has_its_own_language(pages: Built) -> None:
    spoken = [
        html.fromstring(pages.page(page)).get_element_by_id(n).xpath("ancestor-or-self::*/@lang")[-1]
        for page, n in (("text", "1.4"), ("en", "en.1.4"))
    ]
    assert spoken == ["la", "en"]


def test_no_witness_is_asked_for_a_translation(pages: Built) -> None:
    made = domain_of(pages.app.env).edition
    assert made is not None and made.witnessed == len(made.text.blocks) - len(made.blocks_of["en"])
    assert not any(pages.out.glob("en-[AB]*"))
    assert any(pages.out.glob("text-A.html"))
    assert (
        "The Journey"
        not in pages.page("text-A-differences").partition("</article>")[0].partition("<article")[2]
    )


def test_what_a_witness_lacks_in_the_text_is_still_found(tmp_path: Path) -> None:
    said = edition(
        tmp_path, SECOND.format("The ferry left.\n\nThe rope broke."), TEXT.replace("erat", "est")
    ).warnings
    assert [warning for warning in said if "[apparatus.unrecorded_difference]" in warning]


def test_the_record_of_anchors_has_both_texts(pages: Built) -> None:
    record = "\n".join(path.read_text(encoding="utf-8") for path in pages.out.parent.rglob("anchors.tsv"))
    assert "1.2-1.3" in record and "en.2.3" in record


def test_the_book_on_a_device_has_the_ways(tmp_path: Path) -> None:
    book = build(EDITIONS / "facing", tmp_path, builder="epub", allow="", **IMPRINT)
    assert "en.xhtml#en.1.1" in (book.out / "text.xhtml").read_text(encoding="utf-8")


def test_a_change_of_the_translation_changes_the_page_that_leads_to_it(tmp_path: Path) -> None:
    edition(tmp_path, SECOND.format("The ferry left.\n\nThe rope broke."))
    again = edition(tmp_path, SECOND.format('{n="1.1-1.2"}\nThe ferry left, the rope broke.'))
    assert said(again.page("text")) == {n: ["Passage en.1.1-1.2"] for n in ("1.1", "1.2")}
    assert (["1.1", "1.2"], ["en.1.1-1.2"]) in pairs(again.page("text-with-en"))


def test_on_facing_pages_each_passage_has_its_counterpart_before_it(tmp_path: Path) -> None:
    settings = {"apparatus_layout": "facing", "apparatus_facing_witness": "en"}
    built = build(EDITIONS / "facing", tmp_path, builder="latex", allow="print", **settings)
    book = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    found = re.findall(r"witnessblock\{\}\{(.*?)\}\{%\n\\witnessparagraph\{(.*?)\}\{(.*?)\}\{(.*?)\}", book)
    assert found[1:5] == [
        ("1.1", "", "", "At first light the ferry left, and nobody saw it come back."),
        ("1.2", "", "", "The rope had broken. The crew searched until noon."),
        ("1.3", "on", "runs on", ""),
        ("1.4", "", "", "On the next day nothing was found."),
    ]
    # The translation itself is set on plain pages.
    assert [number for number, *_ in found if number.startswith("en.")] == []
    assert (
        book.index("witnessblock{}{2.3}")
        < book.index(r"\facingends")
        < book.index("The rope had broken", book.index(r"\facingends"))
    )


# --- mistakes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (SECOND.format("The ferry left."), "text.md:9: WARNING: passage 1.2 has no counterpart in 'en'"),
        (
            SECOND.format("The ferry left.\n\nThe rope broke.\n\nThe end."),
            "en.md:13: WARNING: passage en.1.3 has no counterpart in 'text'",
        ),
        (
            SECOND.format('{n="1.1-1.2"}\nThe ferry left.\n\n{n="1.2"}\nThe rope broke.'),
            "text.md:9: WARNING: passage 1.2 has two counterparts in 'en'",
        ),
        (
            SECOND.format("The ferry left.").replace("translates: text", "translates: book"),
            "en.md:3: WARNING: translates: there is no edited text 'book'",
        ),
        (
            SECOND.format("The ferry left.").replace("translates: text", "translates: en"),
            "en.md:3: WARNING: translates: a document cannot translate itself",
        ),
        (
            SECOND.format("The ferry left.").replace("edited-text: true\n", ""),
            "en.md:2: WARNING: a document that translates another is edited text",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(second: str, expected: str, tmp_path: Path) -> None:
    said = edition(tmp_path, second).warnings
    assert any(warning.startswith(expected) for warning in said), said


def test_a_translation_of_a_translation_is_reported(tmp_path: Path) -> None:
    (tmp_path / "fr.md").write_text(SECOND.format("Le bac.").replace("translates: text", "translates: en"))
    said = edition(tmp_path, SECOND.format("The ferry left.\n\nThe rope broke.")).warnings
    expected = "fr.md:3: WARNING: translates: 'en' is itself a translation; name the text, 'text'"
    assert any(warning.startswith(expected) for warning in said), said
