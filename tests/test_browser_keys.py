"""In the browser: the keys, and what the accessibility tree says of an entry."""

from __future__ import annotations

import re

import pytest
from browsing import PHONE, Reader, box
from playwright.sync_api import Page, expect

OPEN = ":popover-open"


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def test_j_and_k_go_from_lemma_to_lemma_and_enter_opens(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    assert first.endswith("-lemma") and focused(page).endswith("-lemma") and focused(page) != first
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_have_count(1)


def test_what_is_open_gives_way_to_the_next_and_escape_returns_there(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.keyboard.press("n")
    assert focused(page) == "1.1-n1-mark"
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    expect(page.locator(OPEN)).to_have_attribute("aria-label", re.compile(r"^Note 2\b"))
    page.keyboard.press("p")
    expect(page.locator(OPEN)).to_have_attribute("aria-label", re.compile(r"^Note 1\b"))
    page.keyboard.press("Escape")
    assert focused(page) == "1.1-n1-mark"
    expect(page.locator(OPEN)).to_have_count(0)


def test_the_list_of_keys_opens_closes_and_can_switch_them_off(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use letters as keys").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    assert focused(page) == ""
    page.reload()
    page.keyboard.press("j")
    assert focused(page) == "", "the choice is remembered"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_list_of_keys_has_one_left_edge(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.keyboard.press("?")
    title = "(node) => { const all = document.createRange(); all.selectNodeContents(node);"
    title += " return all.getBoundingClientRect().x; }"
    edges = [page.locator("dialog.keys h2").evaluate(title)]
    edges += [box(page, f"dialog.keys {name}")["x"] for name in ("kbd", "input")]
    assert max(edges) - min(edges) <= 1, edges


def test_a_stroke_goes_to_the_search(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.keyboard.press("/")
    expect(page.locator("input[name=q]").first).to_be_focused()
    page.keyboard.type("j?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator("input[name=q]").first.input_value() == "j?"
    narrow = ferry.open("text.html", PHONE)
    narrow.keyboard.press("/")
    narrow.wait_for_url("**/search.html")
    expect(narrow.get_by_label("Words, a name in either script")).to_be_focused()


def test_the_mark_of_an_entry_on_a_whole_passage_is_said_in_words(ferry: Reader) -> None:
    page = ferry.open("text.html")
    page.locator("[id='1.4']").get_by_role("link", name="Entry on the whole passage").press("Enter")
    expect(page.locator(":popover-open [aria-label*='for the whole passage']")).to_be_visible()


def test_the_accessibility_tree_says_an_entry_in_words(essay: Reader) -> None:
    page = essay.open("text.html")
    said = "Apparatus 1.1: for “led”, witness W reads “lead”"
    group = page.get_by_role("group", name=said, exact=True)
    expect(group).to_have_count(1)
    tree = page.locator(".series.apparatus").nth(1).aria_snapshot()
    assert f"- listitem:\n    - 'group \"{said}\"':" in tree, tree
    page.locator("[id='1.1-a1-lemma']").click()
    expect(group.last).to_be_focused()  # the copy that is open


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Press Tab until what has the focus is what is wanted."""
    for _ in range(most):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached in {most} presses; at {focused(page)!r}")


@pytest.mark.parametrize(
    ("next_act", "is_open"),
    [
        ("element.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))", False),
        ("element.click()", True),  # as Enter does: what was closed opens again
    ],
)
def test_what_is_done_at_once_after_an_entry_is_closed_finds_it_closed(
    essay: Reader, next_act: str, is_open: bool
) -> None:
    page = essay.open("text.html")
    page.locator("[id='1.1-a1-lemma']").press("Enter")
    expect(page.locator(":popover-open")).to_have_count(1)
    # In one task, before the browser tells that it is closed.
    act = f"document.querySelector(':popover-open').hidePopover(); const element = document.activeElement; {next_act}"
    assert page.evaluate(f"() => {{ {act}; return !!document.querySelector(':popover-open'); }}") is is_open


def test_the_edition_is_walked_by_keys_alone(essay: Reader) -> None:
    page = essay.open("index.html", permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("/")
    tab_to(page, "input[name=q]", 1)
    page.keyboard.type("Vlasov")
    page.keyboard.press("Enter")
    expect(page.locator(".kind-passage").first).to_be_visible()
    tab_to(page, ".kind-passage a")
    page.keyboard.press("Enter")
    expect(page.locator(".passage:target, .entry:target").first).to_be_in_viewport()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    opened = page.locator(":popover-open")
    expect(opened).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    lemma = page.evaluate("document.activeElement.id")
    assert lemma.endswith("-lemma")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") not in ("", lemma)
    tab_to(page, ".passage-number")
    page.keyboard.press("Enter")
    expect(page.locator(".cite")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".cite output")).to_have_text("Copied")
    page.keyboard.press("Escape")
    expect(page.locator(".cite")).not_to_be_visible()
    page.goto(
        f"{essay.address}/text.html"
    )  # to its head: with a passage in the address a browser may go on from there
    tab_to(page, "a[href*='text-W']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="The text of W as it stands").first).to_be_attached()
