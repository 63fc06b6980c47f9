"""In the browser, the edition opened from a folder on disk: all but what must be fetched works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, ferry_folder: Path) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto((ferry_folder / "text.html").as_uri())
    yield page
    context.close()


def test_an_entry_opens_and_a_siglum_leads_to_its_witness(page: Page) -> None:
    page.locator("a.lemma").first.click()
    expect(page.locator(":popover-open")).to_have_count(1)
    page.locator(":popover-open a.siglum >> visible=true").first.click()
    expect(page).to_have_url(re.compile("witnesses.html#"))


def test_the_text_of_a_witness_is_its_own_page(page: Page) -> None:
    page.get_by_role("navigation", name="Which text").get_by_role("link", name="B", exact=True).click()
    page.wait_for_url("**/text-B.html")
    expect(page.locator(".witness-text")).to_be_visible()


def test_an_address_that_asks_for_a_text_leads_to_its_page(page: Page) -> None:
    page.goto(f"{page.url}?text=B&differences")
    page.wait_for_url("**/text-B-differences.html")


def test_an_address_of_a_passage_of_a_witness_leads_to_the_passage(page: Page) -> None:
    page.goto(f"{page.url}?text=B#1.4")
    page.wait_for_url("**/text-B.html#1.4")


def test_every_link_between_the_pages_has_its_file(ferry_folder: Path, page: Page) -> None:
    for path in sorted(ferry_folder.glob("*.html")):
        page.goto(path.as_uri())
        for address in page.locator("a[href]").evaluate_all("(found) => found.map((a) => a.href)"):
            if address.startswith("file:"):
                name = (
                    address.removeprefix(ferry_folder.as_uri())
                    .lstrip("/")
                    .partition("#")[0]
                    .partition("?")[0]
                )
                assert (ferry_folder / name).exists(), f"{path.name}: {address}"


def test_a_reference_does_not_give_a_place_on_the_disk(page: Page) -> None:
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(); ClipboardItem = undefined; }"
    )
    page.locator("[id='1.2'] > .passage-number").click()
    for button in page.locator(".cite button").all():
        button.click()
        text = page.get_by_label("To copy").input_value()
        if button.text_content() == "Copy link":
            assert text == page.url.partition("#")[0] + "#1.2"
        else:
            assert "[address]#1.2" in text, text
            assert "text.html" not in text
