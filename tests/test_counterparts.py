"""A second text beside the first: numbers, alignment, what the proof makes of it, the ways between the two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import EDITIONS, IMPRINT, Built, build
from lxml import html

from apparatus.counterparts import Alignment, prefix_of
from apparatus.reference_systems import COUNTED
from apparatus.sphinxext.domain import domain_of

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
    blocks = html.fromstring(page).xpath(
        "//*[contains(@class, 'passage')][.//*[contains(@class, 'counterpart')]]"
    )
    return {block.get("id"): block.xpath(".//*[contains(@class, 'counterpart')]/a/@href") for block in blocks}


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


# --- on the pages --------------------------------------------------------------------------------------


def test_ways_lead_from_each_passage_to_its_counterparts_and_back(pages: Built) -> None:
    assert ways(pages.page("text")) == {
        **{"1.1": ["en.html#en.1.1"], "1.2": ["en.html#en.1.2-1.3"], "1.3": ["en.html#en.1.2-1.3"]},
        **{"1.4": ["en.html#en.1.4"]},
        **{f"2.{n}": [f"en.html#en.2.{n}"] for n in (1, 2, 3)},
    }
    assert ways(pages.page("en"))["en.1.2-1.3"] == ["text.html#1.2", "text.html#1.3"]


def test_each_way_leads_to_an_anchor(pages: Built) -> None:
    for page in ("text", "en"):
        for address in (one for its in ways(pages.page(page)).values() for one in its):
            name, _, anchor = address.partition("#")
            other = pages.page(name.removesuffix(".html"))
            assert html.fromstring(other).xpath("//*[@id=$anchor]", anchor=anchor), address


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
    assert ways(again.page("text")) == {n: ["en.html#en.1.1-1.2"] for n in ("1.1", "1.2")}


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
