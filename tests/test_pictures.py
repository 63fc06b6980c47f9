"""Pictures of the main states, written to build/screenshots to be looked at (`make pictures`).

Widths of a phone, a tablet, a laptop and a large screen; light, dark and forced colours; nothing
open, an entry open, the menu of citations open; the pages besides the text; paper.
"""

from __future__ import annotations

import itertools
import subprocess
from typing import Any

import pytest
from browsing import DESKTOP, LEMMA, NOTE, PHONE, SCREENSHOTS, Reader, search
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.pictures

WIDTHS = {360: 740, 768: 1024, 1280: 800, 1920: 1080}
COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
OPENED = {
    "text": None,
    "entry": LEMMA,
    "note": NOTE,
    "cite": ".passage-number[href^='#1.'] >> nth=0",
    "view": ".view",
}
OTHERS = (
    "index",
    "introduction",
    "accounts",
    "bibliography",
    "names",
    "chronology",
    "cite",
    "colophon",
    "apparatus",
)


def picture(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    assert len(page.screenshot(path=SCREENSHOTS / f"{name}.png")) > 10_000
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "colours", "opened"),
    [
        state
        for state in itertools.product(WIDTHS, COLOURS, OPENED)
        if state[1] != "forced" or state[0] == 1280
    ],
    ids=lambda part: str(part),
)
def test_the_text_is_pictured(essay: Reader, width: int, colours: str, opened: str) -> None:
    page = essay.open("text.html#proponent-angle", (width, WIDTHS[width]), **COLOURS[colours])
    if opener := OPENED[opened]:
        page.locator(opener).click()
    picture(page, f"{opened}-{width}-{colours}")


@pytest.mark.parametrize(("name", "width"), list(itertools.product(OTHERS, (360, 1280))))
def test_the_other_pages_are_pictured(essay: Reader, name: str, width: int) -> None:
    picture(essay.open(f"{name}.html", (width, WIDTHS[width])), f"{name}-{width}")


def test_paper_is_pictured(essay: Reader) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    paper = SCREENSHOTS / "paper.pdf"
    essay.open("text.html").pdf(path=paper, format="A4")
    command = ["pdftoppm", "-r", "60", "-png", "-l", "2", paper, SCREENSHOTS / "paper"]
    subprocess.run(command, check=True)
    assert len(list(SCREENSHOTS.glob("paper-*.png"))) == 2


@pytest.mark.parametrize("width", [1360, 360, 320])
def test_the_text_with_letters_above_the_line_is_pictured(essay: Reader, width: int) -> None:
    stored = {"script": "above", "originals": "on"}
    page = essay.open("text.html", (width, 740), stored=stored, color_scheme="dark")
    expect(page.locator("rt").first).to_be_visible()
    picture(page, f"above-{width}")


@pytest.mark.parametrize(("colours", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_the_differences_of_a_witness_are_pictured(
    essay: Reader, colours: Any, size: tuple[int, int]
) -> None:
    page = essay.open("text.html?text=W&differences", size, color_scheme=colours)
    expect(page.locator(".witness-text")).to_be_visible()
    picture(page, f"differences-{colours}")


@pytest.mark.parametrize(("name", "size"), [("search", DESKTOP), ("search-phone", PHONE)])
def test_the_results_are_pictured(essay: Reader, name: str, size: tuple[int, int]) -> None:
    picture(search(essay, "Власов", size), name)
