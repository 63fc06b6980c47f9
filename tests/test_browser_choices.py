"""In the browser: which text, what is marked, which script; with the script and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, PHONE, SCREENSHOTS, Reader
from playwright.sync_api import Page, expect
from test_browser_pages import violations


def texts(page: Page) -> Any:
    return page.get_by_role("navigation", name="Which text")


def test_the_text_changes_in_place_and_its_choice_is_in_the_address(essay: Reader) -> None:
    page = essay.open("text.html")
    texts(page).get_by_role("link", name="W as it stands").click()
    expect(page.locator("[id='1.1']")).to_contain_text("existing system lead by")
    assert page.url.endswith("/text.html?text=W")
    expect(page.locator(".witness-text :is(ins, del)")).to_have_count(0)
    texts(page).get_by_role("link", name="Differences").click()
    expect(page.locator("[id='1.1'] del")).to_have_text("led")
    expect(page.locator("[id='1.1'] ins")).to_have_text("lead")
    assert page.url.endswith("?text=W&differences")
    page.reload()
    expect(page.locator("[id='1.1'] ins")).to_have_text("lead")
    page.go_back()
    expect(page.locator("[id='1.1']")).to_contain_text("existing system lead by")
    texts(page).get_by_role("link", name="Reading text").click()
    expect(page.locator("[id='1.1-a1-lemma']")).to_have_text("led")
    assert page.url.endswith("/text.html")
    page.locator("[id='1.1-a1-lemma']").click()
    expect(page.locator(":popover-open")).to_have_count(1)


@pytest.mark.parametrize("query", ["text=Q", "text=", "text=%F0&differences", "differences", "text=W%20x"])
def test_a_text_that_is_not_known_is_the_reading_text(essay: Reader, query: str) -> None:
    page = essay.open(f"text.html?{query}")
    expect(page.locator("[id='1.1-a1-lemma']")).to_have_text("led")
    expect(texts(page).locator("[aria-current]")).to_have_text("Reading text")


def test_a_passage_of_a_witness_can_be_addressed(essay: Reader) -> None:
    page = essay.open("text.html?text=W#2.3")
    expect(page.locator(".witness-text [id='2.3']")).to_be_in_viewport()


def test_differences_are_told_apart_without_colour(essay: Reader) -> None:
    page = essay.open("text.html?text=W&differences", forced_colors="active")
    line = "(node) => getComputedStyle(node).textDecorationLine"
    assert page.locator(".witness-text del").first.evaluate(line) == "line-through"
    assert page.locator(".witness-text ins").first.evaluate(line) == "underline"


def test_a_witness_prints_as_it_is_shown(essay: Reader, tmp_path: Path) -> None:
    import subprocess

    page = essay.open("text.html?text=W")
    expect(page.locator(".witness-text")).to_be_visible()
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    done = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    said = " ".join(done.stdout.split())
    assert "existing system lead by Iosif Stalin" in said
    assert "Differences" not in said


def test_without_a_script_the_texts_are_pages(essay: Reader) -> None:
    page = essay.open("text.html", java_script_enabled=False)
    expect(page.locator(".needs-script").first).not_to_be_visible()
    texts(page).get_by_role("link", name="W as it stands").click()
    assert page.url.endswith("/text-W.html")
    page.get_by_role("link", name="Passage 1.1 of the edition").click()
    assert page.url.endswith("/text.html#1.1")


def test_what_is_marked_can_be_chosen_without_a_script(essay: Reader) -> None:
    page = essay.open("text.html", java_script_enabled=False)
    page.get_by_label("Notes", exact=True).uncheck()
    expect(page.locator(".note-mark").first).not_to_be_visible()
    expect(page.locator(".series.commentary").first).not_to_be_visible()
    page.get_by_label("Apparatus", exact=True).uncheck()
    line = "(node) => getComputedStyle(node).textDecorationLine"
    assert page.locator("[id='1.1-a1-lemma']").evaluate(line) == "none"
    expect(page.locator(".foot").first).not_to_be_visible()
    names = page.locator(".passage a.name").first
    assert names.evaluate(line) == "none"
    page.get_by_label("Names", exact=True).check()
    assert names.evaluate(line) == "underline"


def test_what_is_marked_is_remembered(essay: Reader) -> None:
    page = essay.open("text.html")
    page.get_by_label("Notes", exact=True).uncheck()
    page.get_by_label("Apparatus", exact=True).uncheck()
    page.reload()
    expect(page.locator(".note-mark").first).not_to_be_visible()
    assert page.locator("a.lemma").first.get_attribute("tabindex") == "-1"
    page.get_by_label("Apparatus", exact=True).check()
    assert page.locator("a.lemma").first.get_attribute("tabindex") is None


REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused'); } })"


def test_where_storage_is_refused_or_holds_nonsense_only_the_memory_is_lost(essay: Reader) -> None:
    page = essay.open("text.html")
    page.evaluate(
        "localStorage.setItem('apparatus-show-notes', '?'); localStorage.setItem('apparatus-scheme', '?')"
    )
    page.reload()
    expect(page.get_by_label("Notes", exact=True)).to_be_checked()
    page.evaluate(REFUSED)
    page.get_by_label("Notes", exact=True).uncheck()
    expect(page.locator(".note-mark").first).not_to_be_visible()
    page.get_by_label("Transliteration").select_option("ala-lc")
    expect(page.locator(".passage .transliteration").first).to_contain_text(
        "[Russkoe Osvoboditelʹnoe Dvizhenie]"
    )


def test_the_scheme_can_be_chosen_and_says_its_language(essay: Reader) -> None:
    page = essay.open("text.html")
    words = page.locator("[id='0.1'] .transliteration").last
    expect(words).to_have_attribute("lang", "ru-Latn-t-ru-m0-iso-1995")
    before = words.text_content()
    page.get_by_label("Transliteration").select_option("bgn-pcgn")
    expect(words).to_have_attribute("lang", "ru-Latn-t-ru-m0-bgn-1947")
    expect(words).to_contain_text("Armiya]")
    page.reload()
    expect(words).to_contain_text("Armiya]")
    page.get_by_label("Transliteration").select_option(label="no transliteration")
    expect(words).not_to_be_visible()
    page.get_by_label("Transliteration").select_option("iso9")
    assert words.text_content() == before


@pytest.mark.parametrize(("colours", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_axe_finds_nothing_on_the_texts_of_a_witness(
    essay: Reader, colours: Any, size: tuple[int, int]
) -> None:
    for path in ("text-W.html", "text-W-differences.html", "text.html?text=W&differences"):
        page = essay.open(path, size, color_scheme=colours)
        expect(page.locator(".witness-text")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"differences-{colours}.png")
