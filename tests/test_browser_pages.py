"""In the browser, the essay: measure, widths, copying, accessibility, policy, paper."""

from __future__ import annotations

import itertools
import re
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from auditing import violations
from browsing import DESKTOP, LEMMA, NOTE, PHONE, ROOT, Reader, box, chromium, shift
from playwright.sync_api import Browser, Page, expect

PAGES = sorted(
    path.relative_to(ROOT / "source").with_suffix(".html").as_posix()
    for path in (ROOT / "source").rglob("*.md")
)
MADE = ["genindex.html", "search.html", "text-W.html", "text-W-differences.html"]
COUNT_LINES = """(article) => [...article.querySelectorAll("p.passage")].flatMap((passage) => {
  const lines = new Map();
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest(".passage-number, .note-mark")) continue;
    for (let i = 0; i < walker.currentNode.length; i++) {
      const range = document.createRange();
      range.setStart(walker.currentNode, i);
      range.setEnd(walker.currentNode, i + 1);
      const at = Math.round(range.getBoundingClientRect().bottom / 8);
      lines.set(at, (lines.get(at) ?? 0) + 1);
    }
  }
  return [...lines.values()].slice(0, -1);
})"""


@pytest.mark.parametrize("width", [1280, 1360, 1920])
def test_a_line_has_sixty_to_seventy_five_characters(essay: Reader, width: int) -> None:
    page = essay.open("text.html", (width, 900))
    lines = page.locator("article").evaluate(COUNT_LINES)
    assert len(lines) > 50
    assert 60 <= statistics.median(lines) <= 75


@pytest.fixture(scope="module", params=PAGES + MADE)
def visited(request: pytest.FixtureRequest, browser: Browser, essay_address: str) -> Iterator[Page]:
    """One visit to each page, for all that is asked of every page."""
    reader = Reader(browser, essay_address)
    yield reader.open(request.param)
    reader.close()
    assert reader.complaints == []


def test_no_page_scrolls_sideways(visited: Page) -> None:
    page = visited
    for width in (320, 360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('.content').scrollWidth") <= width


def test_text_at_twice_the_size_still_fits(essay: Reader) -> None:
    page = essay.open("text.html", (640, 450), device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.fixture(scope="module")
def large_letters(browser: Browser) -> Iterator[Browser]:
    """The browser of who has set its letters to twice their size."""
    large = browser.browser_type.launch(
        executable_path=chromium(), args=["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    )
    yield large
    large.close()


def test_no_page_scrolls_sideways_with_letters_of_twice_the_size(
    large_letters: Browser, essay_address: str
) -> None:
    with closing(large_letters.new_page()) as page:
        for path, width in itertools.product(PAGES + MADE, (360, 768, 1280)):
            page.set_viewport_size({"width": width, "height": 800})
            if width == 360:
                page.goto(f"{essay_address}/{path}")
                assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            if width < 1280:
                bar = box(page, ".mobile-header")
                assert box(page, ".mobile-header .header-center")["bottom"] <= bar["bottom"]


@pytest.mark.parametrize("width", [1009, 1024, 1100, 1280])
def test_numbers_in_the_margin_are_not_under_the_contents(essay: Reader, width: int) -> None:
    page = essay.open("text.html", (width, 900))
    number = box(page, "[id='1.1'] .passage-number")
    assert number["right"] - 33 >= box(page, ".sidebar-drawer")["right"]  # the longest has four figures
    assert box(page, "[id='1.1']")["right"] <= width - 16


def test_numbers_stand_in_the_margin_and_run_in_on_a_phone(essay: Reader) -> None:
    wide = essay.open("text.html")
    assert box(wide, "[id='1.1'] .passage-number")["right"] < box(wide, "[id='1.1']")["x"]
    assert box(wide, "[id='1.1'] .passage-number")["x"] >= 0
    narrow = essay.open("text.html", PHONE)
    assert box(narrow, "[id='1.1'] .passage-number")["x"] == pytest.approx(
        box(narrow, "[id='1.1']")["x"], abs=1
    )


def test_a_copied_passage_is_the_text_and_nothing_of_the_editors(essay: Reader) -> None:
    page = essay.open("text.html")
    copied = page.locator("[id='0.1']").evaluate(
        "(passage) => { getSelection().selectAllChildren(passage); return getSelection().toString(); }"
    )
    assert copied.startswith("The Russian liberation movement/The Russian liberation army (Русское ")
    assert re.findall(r"\d|\[|  | \)", copied) == []


def test_axe_finds_nothing_in_light_and_wide_or_dark_and_narrow(visited: Page) -> None:
    page = visited
    for colours, size in (("light", DESKTOP), ("dark", PHONE)):
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert violations(page) == []


#: A page of each make: what holds in forced colours holds by the style sheet, not by the words.
MAKES = ["text.html", "text-W-differences.html", "apparatus.html", "chronology.html", "search.html"]


@pytest.mark.parametrize("path", MAKES)
def test_axe_finds_nothing_in_forced_colours(essay: Reader, path: str) -> None:
    assert violations(essay.open(path, forced_colors="active"), "body") == []


OPENERS = {
    "entry": ("[id='1.1-a1-lemma']", ".opened:popover-open"),
    "note": ("[id='1.1-n1-mark']", ".note.opened:popover-open"),
    "menu of a passage": ("[id='1.1'] > .passage-number", ".cite:popover-open"),
    "panel": (".view", ".panel:popover-open"),
}
COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "forced dark": {"forced_colors": "active", "color_scheme": "dark"},
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_whatever_is_open_in_any_colours(essay: Reader, size: tuple[int, int]) -> None:
    page = essay.open("text.html", size)
    for colours in COLOURS:
        page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **COLOURS[colours]})
        for opener, opened in OPENERS.values():
            page.locator(opener).click()
            expect(page.locator(opened)).to_be_visible()
            assert violations(page, opened) == [], colours
            page.keyboard.press("Escape")
            expect(page.locator(":popover-open")).to_have_count(0)
        page.keyboard.press("?")
        expect(page.locator("dialog[open]")).to_be_visible()
        assert violations(page, "dialog[open]") == [], colours
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


#: What can be pressed and is smaller than 24 pixels either way; words within a line may be.
SMALL = """() => [...document.querySelectorAll("a[href], button, input, select, label:not([for])")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((one) => getComputedStyle(one).clipPath === "none" && getComputedStyle(one).pointerEvents !== "none")
  .filter((one) => getComputedStyle(one).display !== "inline" && !(one.closest("label") && !one.matches("label")))
  .filter((one) => { const { width, height } = one.getBoundingClientRect(); return Math.min(width, height) < 24; })
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_what_is_pressed_is_large_enough_for_a_finger(visited: Page) -> None:
    page = visited
    page.context.new_cdp_session(page).send(
        "Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1}
    )
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("size", [(1024, 1366), PHONE])
def test_by_touch_all_that_opens_opens_and_closes(essay: Reader, size: tuple[int, int]) -> None:
    page = essay.open("text.html", size, has_touch=True, is_mobile=True)
    for opener, opened in OPENERS.values():
        page.locator(opener).tap()
        expect(page.locator(opened)).to_be_in_viewport(ratio=0.9)
        assert page.evaluate(SMALL) == []
        page.touchscreen.tap(size[0] - 4, 200)  # beside it
        expect(page.locator(":popover-open")).to_have_count(0)
    for opener, opened in list(OPENERS.values())[:2]:
        page.locator(opener).tap()
        expect(page.locator(opened)).to_be_visible()
        page.locator(opener).tap()
        expect(page.locator(":popover-open")).to_have_count(0)
    for within in ("[id='1.1'] .passage-number", "[id='1.1'] .note-mark a"):
        assert box(page, within)["height"] >= 24


MOVING = """() => [...document.querySelectorAll("*")].flatMap((node) => [null, "::before", "::after"].map((part) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node, part);
  const moves = /[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
  return moves ? `${node.tagName}.${node.className}${part ?? ""}` : null;
})).filter(Boolean)"""


@pytest.mark.parametrize("path", ["text.html", "search.html", "apparatus.html"])
def test_nothing_moves_for_who_wants_no_motion(essay: Reader, path: str) -> None:
    page = essay.open(path, reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != []


def test_every_page_says_its_language_and_what_it_is(visited: Page) -> None:
    page = visited
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("meta[name=description]").get_attribute("content")
    assert page.locator("[style]").count() == 0


def test_search_finds_and_complains_of_nothing(essay: Reader) -> None:
    page = essay.open("search.html?q=Khrushchev")
    expect(page.locator(".search li").first).to_be_visible()


def test_the_page_does_not_move_while_it_loads(essay: Reader) -> None:
    page = essay.open("text.html")
    assert shift(page) == 0


def test_the_drawer_of_a_narrow_window_opens_by_keyboard_and_hides_its_links_when_closed(
    essay: Reader,
) -> None:
    page = essay.open("text.html", PHONE)
    expect(page.locator(".sidebar-tree a").first).not_to_be_visible()
    page.locator("#__navigation").focus()
    page.keyboard.press("Space")
    expect(page.locator(".sidebar-tree a").first).to_be_in_viewport()


def test_forced_colours_still_show_what_is_open(essay: Reader) -> None:
    page = essay.open("text.html", forced_colors="active")
    page.locator("[id='1.1-a1-lemma']").click()
    style = "(node) => getComputedStyle(node).{}"
    assert page.locator(".lemma.open").evaluate(style.format("outlineStyle")) == "solid"
    assert page.locator(":popover-open").evaluate(style.format("borderTopStyle")) == "solid"


def test_paper_has_text_numbers_apparatus_and_notes_and_no_navigation(essay: Reader, tmp_path: Path) -> None:
    page = essay.open("text.html", color_scheme="dark")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    for wanted in (r"^ *1\.1 +A large group", r"^ *Apparatus$", r"1\.1\s+led\s+\] lead W", r"^ *Notes$"):
        assert re.search(wanted, done.stdout, re.MULTILINE), wanted
    for unwanted in ("Search", "Next", "Chronology\n", "Made with"):
        assert unwanted not in done.stdout


#: Widths of a phone, a tablet, a laptop and a large screen.
WIDTHS = {360: 740, 768: 1024, 1280: 800, 1920: 1080}


@pytest.mark.parametrize("opener", [LEMMA, NOTE, ".passage-number[href^='#1.'] >> nth=0"])
def test_what_opens_is_within_the_window_and_widens_no_page(essay: Reader, opener: str) -> None:
    page = essay.open("text.html#proponent-angle")
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.locator(opener).click()
        expect(page.locator(":popover-open")).to_be_in_viewport(ratio=0.9)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")
        expect(page.locator(":popover-open")).to_have_count(0)


@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_the_number_of_a_heading_does_not_push_its_lines_apart(essay: Reader, heading: str) -> None:
    page = essay.open("text.html", PHONE)
    title = page.locator(f"article {heading}").first
    high = "(title) => title.getBoundingClientRect().height"
    before = title.evaluate(high)
    title.locator(".passage-number").evaluate("(number) => number.replaceWith('00 ')")
    assert before == pytest.approx(title.evaluate(high), abs=1)


def test_a_list_of_fields_has_no_colons(essay: Reader) -> None:
    """Terms and what is said of them stand in columns."""
    page = essay.open("witnesses.html")
    colons = page.locator(".field-list .colon")
    assert colons.count() > 0
    assert not any(colon.is_visible() for colon in colons.all())


#: Brings something to the upper edge of the window, and tells what is seen at its place.
SEEN_AT_THE_TOP = """(one) => {
  scrollBy(0, one.getBoundingClientRect().top - 8);
  const { x, y, width, height } = one.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2).closest("nav, [class]").className;
}"""


def test_a_number_in_the_margin_that_scrolls_below_the_bar_is_not_seen(essay: Reader) -> None:
    page = essay.open("text.html")
    number = page.locator("[id='1.3'] > .passage-number")
    assert "choices" in number.evaluate(SEEN_AT_THE_TOP)
