"""Given numbers in the browser: each passage within a paragraph is cited by itself, and found by its number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import ROOT, Reader, build_pages, search, served
from playwright.sync_api import Browser, expect

EDITION = ROOT / "tests" / "editions" / "numbers"


@pytest.fixture(scope="module")
def numbered(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with served(build_pages(EDITION, EDITION, tmp_path_factory.mktemp("numbers"))) as address:
        reader = Reader(browser, address)
        yield reader
        reader.close()
        assert reader.complaints == []


def found_at(reader: Reader, query: str) -> list[tuple[str, str]]:
    links = search(reader, query).locator(".search li > a").all()
    return [(str(link.text_content()), str(link.get_attribute("href")).partition("#")[2]) for link in links]


def test_a_number_typed_into_the_search_leads_to_its_passage(numbered: Reader) -> None:
    assert found_at(numbered, "1.1.4A") == [("1.1.4a text", "1.1.4a")]
    assert found_at(numbered, "p. 1") == [("1.1.3 p. 1", "page-1"), ("1.1.5 p. 1", "page-1.2")]
    assert ("1.1.5 text", "1.1.5") in found_at(numbered, "tacebat")


def test_the_menu_of_a_number_within_a_paragraph_quotes_its_words_alone(numbered: Reader) -> None:
    page = numbered.open("text.html")
    page.evaluate(
        "() => { navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(); }"
    )
    page.locator('a[href="#1.1.2"].passage-number').click()
    menu = page.locator(".cite")
    expect(menu).to_have_attribute("aria-label", "Cite passage Book 1, ch. 1, § 2")
    menu.get_by_role("button", name="Copy quotation").click()
    quoted = menu.locator("textarea").input_value()
    assert quoted.startswith("“Nemo eum vocabat, quia nox erat et flumen altum.” (")
    assert ", Book 1, ch. 1, § 2, " in quoted
    assert quoted.endswith("#1.1.2)")


def test_the_first_number_of_a_paragraph_quotes_up_to_the_next(numbered: Reader) -> None:
    page = numbered.open("text.html")
    page.evaluate(
        "() => { navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(); }"
    )
    page.locator('a[href="#1.1.1"].passage-number').click()
    page.locator(".cite").get_by_role("button", name="Copy quotation").click()
    quoted = page.locator(".cite textarea").input_value()
    assert quoted.startswith("“Navis in ripa stabat et nauta dormiebat.” (")


def test_two_numbers_of_one_line_do_not_lie_upon_each_other(numbered: Reader) -> None:
    page = numbered.open("text.html")
    boxes = [
        page.locator(f'a[href="#{n}"].passage-number').bounding_box() for n in ("1.1.1", "1.1.2", "1.1.3")
    ]
    bottoms = [box["y"] + box["height"] for box in boxes if box]
    tops = [box["y"] for box in boxes if box]
    assert all(below >= above - 1 for above, below in zip(bottoms, tops[1:], strict=False))
