"""What a page of text weighs over the wire, compressed; and that nothing was lost on the way to it."""

from __future__ import annotations

import gzip
from pathlib import Path
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


def test_the_text_page_with_its_discussions_weighs_at_most_sixty_three_kilobytes(essay: Reader) -> None:
    found = weights(essay, "text.html")
    assert {"text.html", "furo-lean.css", "apparatus.css", "apparatus.js", "restore.js"} <= set(found)
    assert sum(found.values()) <= 63_000, found


def test_our_style_sheet_and_scripts_weigh_at_most_fourteen(essay: Reader) -> None:
    found = {name: weight for name, weight in weights(essay, "text.html").items() if name in OURS}
    assert len(found) >= 5
    assert sum(found.values()) <= 14_000, found


#: How every fourth element looks, in all that a style sheet can say.
LOOKS = """() => [...document.querySelectorAll("body, body *")].filter((_, i) => i % 4 === 0).map((node) => {
  const style = getComputedStyle(node);
  return [...style].filter((name) => !name.startsWith("--")).map((name) => style.getPropertyValue(name)).join(";");
})"""
#: Puts Furo's whole sheet in the place of the lean one.
WHOLE = """() => new Promise((tell) => {
  const link = document.querySelector("link[href*='furo-lean.css']");
  link.addEventListener("load", () => tell(true));
  link.href = link.href.replace("furo-lean.css", "furo.css");
})"""


@pytest.mark.parametrize("path", ["accounts.html", "text-W-differences.html", "apparatus.html"])
def test_a_page_with_the_lean_sheet_looks_as_with_the_whole(essay: Reader, path: str) -> None:
    page = essay.open(path)
    page.wait_for_load_state("networkidle")
    lean = page.evaluate(LOOKS)
    assert page.evaluate(WHOLE)
    page.evaluate("new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
    assert page.evaluate(LOOKS) == lean


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
