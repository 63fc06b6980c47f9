"""What a page of text weighs over the wire, compressed; and that nothing was lost on the way to it."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from browsing import ROOT, Reader
from playwright.sync_api import expect

from apparatus.sphinxext.html.assets import joined, minify

STATIC = ROOT / "apparatus" / "static"
OURS = {path.name for path in STATIC.iterdir()} - {"favicon.svg"}


def weights(reader: Reader, path: str) -> dict[str, int]:
    """All that the browser asks for to show a page: name and compressed size."""
    page = reader.open(path)
    page.wait_for_load_state("networkidle")
    asked = "performance.getEntries().filter((one) => 'initiatorType' in one).map((one) => one.name)"
    found = {}
    for address in set(page.evaluate(asked)) | {
        page.url,
        page.locator("link[rel*=icon]").evaluate("(icon) => icon.href"),
    }:
        with urlopen(address) as answer:
            found[urlsplit(address).path.rpartition("/")[2]] = len(gzip.compress(answer.read(), 6))
    return found


def test_the_text_page_with_its_discussions_weighs_at_most_fifty_four_kilobytes(essay: Reader) -> None:
    found = weights(essay, "text.html")
    assert {"text.html", "text.css", "apparatus.js", "restore.js"} <= set(found)
    assert sum(found.values()) <= 54_000, found


def test_all_style_sheets_and_scripts_of_a_page_of_text_weigh_at_most_fourteen(essay: Reader) -> None:
    found = {name: weight for name, weight in weights(essay, "text.html").items() if name != "text.html"}
    assert len(found) >= 4
    assert sum(found.values()) <= 13_500, found


def test_what_is_only_for_a_press_is_loaded_at_the_press(essay: Reader) -> None:
    page = essay.open("text.html")
    page.wait_for_load_state("networkidle")
    scripts = page.locator("head script[src*='_static/']")
    expect(scripts).to_have_count(0)
    for _ in range(2):
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Keys")).not_to_be_visible()
    page.get_by_role("link", name="Passage 1.1", exact=True).dblclick()
    expect(page.get_by_role("group", name="Cite passage 1.1")).to_be_visible()
    expect(scripts).to_have_count(2)


#: How every fourth element looks, in all that a style sheet can say.
LOOKS = """() => [...document.querySelectorAll("body, body *")].filter((_, i) => i % 4 === 0).map((node) => {
  const style = getComputedStyle(node);
  return [...style].filter((name) => !name.startsWith("--")).map((name) => style.getPropertyValue(name)).join(";");
})"""
#: Puts Furo's whole sheet, and ours, in the place of the leaner ones.
WHOLE = """() => Promise.all([...document.querySelectorAll("link[href*='furo-lean.css'], link[href*='text.css']")].map((link) => {
  const names = /lean/.test(link.href) ? ["styles/furo.css"] : ["styles/furo.css", "apparatus.css"];
  const whole = names.map((name) => Object.assign(document.createElement("link"), { rel: "stylesheet", href: `_static/${name}` }));
  const there = whole.map((one) => new Promise((tell) => one.addEventListener("load", tell)));
  link.replaceWith(...whole);
  return Promise.all(there).then(() => true);
}))"""
SEEN: list[dict[str, Any]] = [
    {"media": "screen", "color_scheme": "light"},
    {"media": "screen", "color_scheme": "dark"},
    {"media": "print", "color_scheme": "light"},
]


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("path", ["accounts.html", "apparatus.html", "text-W-differences.html", "text.html"])
def test_a_page_with_a_lean_sheet_looks_as_with_the_whole(essay: Reader, path: str, width: int) -> None:
    page = essay.open(path, (width, 900))
    page.wait_for_load_state("networkidle")

    def looks() -> list[Any]:
        page.evaluate("new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
        found = []
        for seen in SEEN:
            page.emulate_media(**seen)
            found.append(page.evaluate(LOOKS))
        return found

    lean = looks()
    assert page.evaluate(WHOLE) == [True]
    assert looks() == lean


def test_a_page_with_code_has_the_whole_sheet(essay: Reader) -> None:
    page = essay.open("manual/configuration.html")
    assert page.locator("link[href*='furo.css']").count() == 1
    assert page.locator("link[href*='furo-lean.css']").count() == 0


def test_the_words_searched_for_are_still_marked_on_the_page_that_was_found(essay: Reader) -> None:
    page = essay.open("search.html?q=Khrushchev")
    page.locator(".search li a").first.click()
    expect(page.locator("span.highlighted").first).to_be_visible()


def test_a_second_search_complains_of_nothing(essay: Reader) -> None:
    page = essay.open("search.html?q=Khrushchev")
    expect(page.locator(".search li a").first).to_be_visible()
    page.goto(f"{essay.address}/search.html?q=Stalin")  # the page has by itself what marks words
    expect(page.locator(".search li a").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_code_keeps_its_colours(essay: Reader) -> None:
    page = essay.open("manual/configuration.html")
    colour = "(node) => getComputedStyle(node).color"
    assert page.locator(".highlight .c1").first.evaluate(colour) != page.locator(
        ".highlight pre"
    ).first.evaluate(colour)


def test_a_citation_does_not_say_its_whole_work_at_every_place(essay: Reader) -> None:
    page = essay.open("text.html")
    assert page.locator(".bibtex-citation a").count() > 50
    assert page.locator(".bibtex-citation a[title]").count() == 0


@pytest.mark.parametrize("name", sorted(OURS))
def test_what_is_sent_has_no_comment(name: str) -> None:
    written = joined(STATIC / name)
    sent = minify(written, Path(name).suffix)
    assert len(sent) < len(written)
    assert "/*" not in sent
    assert "// " not in sent
    assert "\n\n" not in sent


def test_what_looks_like_a_comment_within_a_string_is_kept() -> None:
    assert "https://example.org" in minify("const a = 'https://example.org';\nuse(a);\n", ".js")
    assert '"/* no */"' in minify('p::before { content: "/* no */"; }', ".css")
