"""In the browser without JavaScript: nothing is hidden, and every link leads there and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, Reader, box, build_pages, expect_address, served
from building import CONF, project
from playwright.sync_api import Browser, Page, expect


def washed(page: Page, selector: str) -> bool:
    colour = page.locator(selector).evaluate("(node) => getComputedStyle(node).backgroundColor")
    return bool(colour != "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_lemma_leads_to_its_entry_and_the_entry_back(ferry: Reader, size: tuple[int, int]) -> None:
    page = ferry.open("text.html", size, java_script_enabled=False)
    page.locator("a.lemma", has_text="horses down").first.click()
    expect_address(page, "#1.1-a6")
    expect(page.locator("[id='1.1-a6']")).to_be_in_viewport()
    assert washed(page, "[id='1.1-a6']")
    page.locator("[id='1.1-a6'] .entry-lemma").click()
    expect_address(page, "#1.1-a6-lemma")
    expect(page.locator("[id='1.1-a6-lemma']")).to_be_in_viewport()
    assert washed(page, "[id='1.1-a6-lemma']")


def test_a_note_mark_leads_to_its_note_and_the_note_back(ferry: Reader) -> None:
    page = ferry.open("text.html", java_script_enabled=False)
    page.get_by_role("link", name="Note 2", exact=True).click()
    expect_address(page, "#1.1-n2")
    page.locator("[id='1.1-n2'] .note-number").click()
    expect_address(page, "#1.1-n2-mark")


def test_every_entry_and_note_is_shown(ferry: Reader) -> None:
    page = ferry.open("text.html", java_script_enabled=False)
    entries = page.locator(".entry")
    assert entries.count() > 30
    for entry in entries.all():
        expect(entry).to_be_visible()


def test_every_link_within_the_page_has_its_end(ferry: Reader) -> None:
    page = ferry.open("text.html", java_script_enabled=False)
    ends = page.locator("article a[href^='#']").evaluate_all("(found) => found.map((a) => a.hash.slice(1))")
    known = set(page.locator("[id]").evaluate_all("(found) => found.map((node) => node.id)"))
    assert ends
    assert {end for end in ends if end not in known} == set()


def test_a_number_is_a_link_to_its_passage_and_shows_that_it_is_meant(ferry: Reader) -> None:
    page = ferry.open("text.html", java_script_enabled=False)
    page.get_by_role("link", name="Passage 1.5").click()
    expect_address(page, "#1.5")
    assert washed(page, "[id='1.5']")


def test_a_siglum_says_what_it_means_and_leads_to_its_witness(ferry: Reader) -> None:
    page = ferry.open("text.html", java_script_enabled=False)
    siglum = page.locator("[id='1.1-a1'] a.siglum >> visible=true")
    assert siglum.get_attribute("title") == "The first copy"
    siglum.click()
    expect_address(page, "witnesses.html#A")
    expect(page.locator("[id='A']")).to_be_in_viewport()


def test_entries_stand_in_the_flow_of_their_foot(ferry: Reader) -> None:
    page = ferry.open("text.html", java_script_enabled=False)
    assert page.locator(".entry").first.evaluate("(node) => getComputedStyle(node).position") == "static"
    assert box(page, ".entry")["y"] > box(page, ".foot .series-label")["y"]


def test_an_entry_without_a_place_is_shown_and_says_so(browser: Browser, tmp_path: Path) -> None:
    conf = CONF.replace('"basic"', '"furo"')
    text = "# Title\n\nThe cat sat.\n\n:::{apparatus}\nhorse ] dog A\n:::\n\n:::{commentary}\nzebra ] An animal.\n:::\n"
    source = project(tmp_path / "source", text, conf=conf)
    with served(build_pages(source, source, tmp_path)) as address:
        reader = Reader(browser, address)
        page = reader.open("index.html", java_script_enabled=False)
        unplaced = page.locator(".unplaced")
        expect(unplaced.nth(0)).to_contain_text("horse")
        expect(unplaced.nth(1)).to_contain_text("An animal.")
        for entry in unplaced.all():
            expect(entry).to_be_visible()
            said = entry.evaluate("(node) => getComputedStyle(node, '::after').content")
            assert "place not found" in said
        reader.close()
        assert reader.complaints == []


def test_the_edition_is_walked_without_a_script(essay: Reader) -> None:
    page = essay.open("search.html", java_script_enabled=False)
    page.locator("article noscript a").first.click()  # the index of names
    page.locator("article a[href^='text.html#1.6']").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.goto(f"{essay.address}/text.html")
    page.locator("[id='1.1-a1-lemma']").click()
    expect(page.locator("[id='1.1-a1']")).to_be_in_viewport()
    page.locator("[id='1.1-a1'] .entry-lemma").click()
    expect(page.locator("[id='1.1-a1-lemma']")).to_be_in_viewport()
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    expect_address(page, "text.html#1.1")
    page.goto(f"{essay.address}/cite.html")
    for style in ("Chicago", "MLA", "APA", "BibTeX", "RIS", "CSL-JSON"):
        expect(page.locator("article dt", has_text=style).first).to_be_visible()
    page.goto(f"{essay.address}/text-W.html")
    expect(page.locator("[id='1.1']")).to_contain_text("lead by Iosif Stalin")


def test_an_anchor_that_does_not_exist_shows_the_page(essay: Reader) -> None:
    for script in (True, False):
        page = essay.open("text.html#99.9-a1", java_script_enabled=script)
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
        assert page.evaluate("scrollY") == 0
