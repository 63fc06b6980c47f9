"""In the browser: a lemma opens its entry, by mouse, key and tap, and nothing of the page is moved for it."""

from __future__ import annotations

import re

import pytest
from browsing import DESKTOP, PHONE, Reader, box, expect_address
from playwright.sync_api import Locator, Page, expect

OPEN = ":popover-open"


def lemma(page: Page, words: str) -> Locator:
    return page.locator("a.lemma", has_text=words).first


def test_a_click_on_a_lemma_opens_the_entry_of_the_foot_word_by_word(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    foot = page.locator("[id='1.1-a6']")
    expect(page.locator(OPEN)).to_have_attribute("aria-label", foot.get_attribute("aria-label") or "")
    expect(page.locator(OPEN)).to_contain_text(foot.text_content() or "")
    expect(page.locator(OPEN)).to_contain_text("horsis down D")
    expect(lemma(page, "horses down")).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("[...document.querySelectorAll('[id]')].length") == page.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map((node) => node.id)).size"
    )


def test_escape_closes_and_the_focus_is_back_at_the_lemma(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(lemma(page, "horses down")).to_be_focused()
    expect(page.locator("[aria-expanded='true'], .open, .opened")).to_have_count(0)


def test_enter_opens_tab_reaches_the_sigla_and_escape_returns(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").focus()
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "D":
            break
    assert page.evaluate("document.activeElement.closest('.siglum') !== null")
    page.keyboard.press("Escape")
    expect(lemma(page, "horses down")).to_be_focused()


def test_a_lemma_answers_the_pointer_and_shows_that_it_is_open(ferry: Reader) -> None:
    page = ferry.open("text.html")
    line = "(lemma) => ['Color', 'Style'].map((part) => getComputedStyle(lemma)[`textDecoration${part}`])"
    first = page.locator("a.lemma").first
    quiet = first.evaluate(line)
    first.hover()
    answered = first.evaluate(line)
    assert (quiet[1], answered[1]) == ("dotted", "dotted")
    assert answered[0] != quiet[0]
    first.click()
    assert first.evaluate(line) == [answered[0], "solid"]  # also while the pointer is still on it


def test_a_second_click_closes(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    lemma(page, "horses down").click()
    expect(page.locator(OPEN)).to_have_count(0)
    lemma(page, "horses down").click()
    expect(page.locator(OPEN)).to_have_count(1)


def test_a_click_on_another_lemma_opens_that(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    lemma(page, "twice").click()
    expect(page.locator(OPEN)).to_have_count(1)
    expect(page.locator(OPEN)).to_contain_text("twice")


def test_a_tap_opens_a_sheet_at_the_foot_of_a_narrow_window(ferry: Reader) -> None:
    page = ferry.open("text.html", PHONE, has_touch=True, is_mobile=True)
    lemma(page, "broken").tap()
    sheet = box(page, OPEN)
    assert (sheet["x"], sheet["right"], sheet["bottom"]) == (0, *PHONE)
    assert box(page, ".lemma.open")["bottom"] <= sheet["y"], "the sheet covers what it is about"
    page.locator(".entry-bar button[aria-label='Close']").tap()
    expect(page.locator(OPEN)).to_have_count(0)
    lemma(page, "broken").tap()
    page.touchscreen.tap(356, 300)  # in the margin
    expect(page.locator(OPEN)).to_have_count(0)


def test_where_there_is_room_an_entry_stands_in_the_margin_level_with_its_line(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    shown, words = box(page, OPEN), box(page, ".lemma.open")
    assert shown["x"] > box(page, ".passage")["right"]
    assert shown["right"] <= 1360
    assert abs(shown["y"] - words["y"]) < 10


def test_a_note_as_high_as_the_window_is_seen_whole_in_the_margin(essay: Reader) -> None:
    page = essay.open("text.html", (1366, 600))
    # A note is short; with what goes deeper opened at it, it can be as high as the window.
    longest = (
        "(all) => all.sort((a, b) => b.textContent.length - a.textContent.length)[0].closest('.entry').id"
    )
    name = page.locator(".notes .entry details").evaluate_all(longest)
    page.locator(f"[id='{name}'] details").evaluate("(deeper) => { deeper.open = true; }")
    mark = page.locator(f".note-mark[href='#{name}'], .note-mark a[href='#{name}']").first
    mark.evaluate("(mark) => scrollBy(0, mark.getBoundingClientRect().top - innerHeight / 2)")
    mark.click()
    shown = box(page, OPEN)
    assert shown["height"] > 350  # room for it neither below the line nor above
    assert shown["y"] >= 0
    assert shown["bottom"] <= 600


@pytest.mark.parametrize("width", [800, 1024, 1100])
def test_where_there_is_less_room_an_entry_stands_at_its_lemma(ferry: Reader, width: int) -> None:
    page = ferry.open("text.html", (width, 700))
    lemma(page, "horses down").click()
    shown, words = box(page, OPEN), box(page, ".lemma.open")
    assert 0 <= shown["y"] - words["bottom"] < 20
    assert shown["x"] >= 0
    assert shown["right"] <= width


def test_a_note_mark_opens_its_note(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.get_by_role("link", name="Note 1", exact=True).click()
    expect(page.locator(OPEN)).to_have_attribute("aria-label", re.compile(r"^Note 1\b"))
    expect(page.locator(OPEN)).to_contain_text("A note may have several paragraphs.")


def test_lemmata_that_overlap_show_all_their_entries_of_every_series(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.locator("a.lemma[data-entries*='1.2-s1']").first.click()
    shown = page.locator(OPEN)
    for words in ("One wet spring", "were high", "compare the flood"):
        expect(shown).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(page.locator(".sources .entry").first).to_contain_text("compare the flood")


def test_the_foot_is_the_same_before_while_and_after(ferry: Reader) -> None:
    page = ferry.open("text.html")
    foot = page.locator(".foot").first
    before, height = foot.inner_html(), box(page, ".foot")["height"]
    page.locator("a.lemma[data-entries*='1.2-s1']").first.click()
    expect(page.locator(OPEN)).to_have_count(1)
    assert (foot.inner_html(), box(page, ".foot")["height"]) == (before, height)
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    assert (foot.inner_html(), box(page, ".foot")["height"]) == (before, height)


def test_an_open_entry_adds_to_the_page_its_copy_and_the_buttons_and_is_gone_when_it_closes(
    essay: Reader,
) -> None:
    page = essay.open("text.html")
    count = "document.querySelectorAll('*').length"
    before = page.evaluate(count)
    own = page.locator("[id='1.1-a1']").evaluate("(entry) => entry.querySelectorAll('*').length")
    page.locator("[id='1.1-a1-lemma']").click()
    expect(page.locator(OPEN)).to_have_count(1)
    assert page.evaluate(count) == before + 1 + own + 4  # the bar and its three buttons
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator(".opened")).to_have_count(0)  # the browser tells a moment later that it is closed
    assert page.evaluate(count) == before


def test_the_next_entry_and_the_one_before_follow_the_text(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "end").click()
    met = []
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
        met.append((page.locator(OPEN).get_attribute("aria-label") or "").partition(":")[0])
    assert met == ["Apparatus 1.1", "Apparatus 1.1", "Note 1"]
    page.get_by_role("button", name="Previous").click()
    third = page.locator("[id='1.1-a3']").get_attribute("aria-label") or ""
    expect(page.locator(OPEN)).to_have_attribute("aria-label", third)
    expect(page.get_by_role("button", name="Previous")).to_be_focused()


def test_the_way_back_closes_and_leads_to_the_lemma(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    page.locator(f"{OPEN} .entry-lemma").click()
    expect(page.locator(OPEN)).to_have_count(0)
    expect_address(page, "#1.1-a6-lemma")


def test_a_click_with_a_modifier_is_left_to_the_browser(ferry: Reader) -> None:
    page = ferry.open("text.html")
    with page.context.expect_page() as other:
        lemma(page, "horses down").click(modifiers=["Control"])
    other.value.wait_for_url("**#1.1-a6")
    expect(page.locator(OPEN)).to_have_count(0)


def test_paper_shows_the_foot_whole_even_when_an_entry_was_open(ferry: Reader) -> None:
    page = ferry.open("text.html")
    lemma(page, "horses down").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(OPEN)).to_have_count(0)


def test_the_colour_of_an_open_note_lies_on_no_word_beside_its_number(essay: Reader) -> None:
    page = essay.open("text.html", PHONE, has_touch=True, is_mobile=True)
    mark = page.get_by_role("link", name="Note 4", exact=True)
    mark.tap()
    expect(mark).to_have_class("open")
    assert mark.evaluate("(mark) => getComputedStyle(mark).backgroundClip") == "content-box"
    assert mark.evaluate("(mark) => parseFloat(getComputedStyle(mark).paddingLeft)") > 4


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_number_of_three_figures_does_not_touch_its_note(essay: Reader, size: tuple[int, int]) -> None:
    page = essay.open("text.html", size)
    note = page.locator(".notes .entry", has=page.locator(".note-number", has_text="102"))
    right = "(number) => { const all = document.createRange(); all.selectNodeContents(number);"
    right += " return all.getBoundingClientRect().right; }"
    body = note.locator("> .note-body").bounding_box() or {}
    assert body["x"] - note.locator(".note-number").evaluate(right) >= 6
