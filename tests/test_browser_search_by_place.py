"""Search by place in the browser: the number of a passage, entry or note, a page and line of the book."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from browsing import ROOT, Reader, build_pages, search, served
from playwright.sync_api import Browser, expect

#: A book of the small edition, made up: 1.1 on page 1, 1.2 over two pages, a note on its first line.
PRINTED = {
    "version": "",
    "places": {
        "1": ["1", 1, "1", 1],
        "1.1": ["1", 2, "1", 9],
        "1.2": ["1", 10, "2", 3],
        "1.1-n1": ["1", 4, "1", 5],
        "1.3": ["2", 5, "4", 2],
        "0.9": ["iv", 1, "iv", 2],
    },
}


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("printed")
    source = shutil.copytree(ROOT / "tests" / "editions" / "four-witnesses", folder / "source")
    (source / "concordance.json").write_text(json.dumps(PRINTED), encoding="utf-8")
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('\nrelease = version = ""\napparatus_concordance = "concordance.json"\n')
    with served(build_pages(source, source, folder)) as address:
        reader = Reader(browser, address)
        yield reader
        reader.close()
        assert reader.complaints == []


def found_at(reader: Reader, query: str) -> list[str]:
    page = search(reader, query)
    return [str(item.text_content()) for item in page.locator(".search li > a").all()]


@pytest.mark.parametrize(
    "query", ["p. 1.11", "p. 1, l. 11", "P.1, line 11", "page 1, l. 11", "p. 2.3", "p. 2, ll. 2"]
)
def test_a_page_and_line_of_the_book_lead_to_the_passage(printed: Reader, query: str) -> None:
    assert found_at(printed, query) == ["1.2 text, p. 1, l. 10 – p. 2, l. 3"]


def test_a_line_with_a_note_has_passage_and_note_and_a_page_has_all_that_stands_on_it(
    printed: Reader,
) -> None:
    assert found_at(printed, "p. 1.4") == ["1.1 text, p. 1, ll. 2–9", "1.1 note 1, p. 1, ll. 4–5"]
    assert [row.split()[0] for row in found_at(printed, "p. 1")] == ["1", "1.1", "1.2", "1.1"]
    assert [row.split()[0] for row in found_at(printed, "p. 3")] == ["1.3"]


def test_a_line_with_nothing_numbered_gives_its_page(printed: Reader) -> None:
    assert [row.split()[0] for row in found_at(printed, "p. 2.4")] == ["1.2", "1.3"]


def test_a_result_by_page_leads_to_the_anchor(printed: Reader) -> None:
    page = search(printed, "p. 2.2")
    page.locator(".search li > a").click()
    expect(page).to_have_url(re.compile(r"text\.html\S*#1\.2$"))


def test_the_search_box_speaks_of_pages_only_where_a_book_has_been_printed(
    printed: Reader, ferry: Reader
) -> None:
    for reader, count in ((printed, 1), (ferry, 0)):
        assert reader.open("search.html").get_by_label("page and line of the book").count() == count


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("1.1", "1.1 text"),
        ("1.1-a1", "1.1 variant"),
        ("1.1-n1", "1.1 note 1"),
        ("note 1", "1.1 note 1"),
        ("§ 1.1", "1.1 text"),
    ],
)
def test_a_number_leads_to_passage_entry_and_note(ferry: Reader, query: str, row: str) -> None:
    assert found_at(ferry, query)[0].startswith(row)
