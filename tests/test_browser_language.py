"""Pages in another language than English: no script fails, and the search says how much it has found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Reader, reader_of, search, served
from building import CONF, EDITIONS, build, project
from playwright.sync_api import Browser, expect

from apparatus.sphinxext.html.assets import translations

FURO = CONF.replace('"basic"', '"furo"')
#: Sphinx would count pages; here places are counted, in the language of the page, and in English where it has no catalogue.
FOUND = {"de": "2 Stellen wurden gefunden.", "nl": "2 places were found."}


@pytest.fixture(params=FOUND)
def reader(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[tuple[Reader, str]]:
    """A reader of a small edition, and the language of its pages."""
    source = project(tmp_path / "source", "# T\n\nA cat sat.\n\nAnother cat sat.\n", witnesses="", conf=FURO)
    built = build(source, tmp_path / "out", language=request.param)
    with served(built.out) as address:
        for reader in reader_of(browser, address):
            yield reader, request.param


def test_no_script_fails_and_the_search_counts(reader: tuple[Reader, str]) -> None:
    person, language = reader
    page = person.open("index.html")
    assert page.evaluate("document.documentElement.lang") == language
    page = search(person, "cat")
    expect(page.locator("[role=status]")).to_contain_text(FOUND[language])


def test_an_arabic_entry_is_read_from_the_right_and_arrows_point_so(browser: Browser, tmp_path: Path) -> None:
    built = build(EDITIONS / "arabic", tmp_path / "out")
    with served(built.out) as address:
        for person in reader_of(browser, address):
            page = person.open("text.html")
            entry = page.locator(".entry", has=page.locator(".entry-lemma", has_text="القطُّ"))
            seen = (".entry-lemma", ".reading", ".siglum:visible")
            parts = [entry.locator(name).first.bounding_box() for name in seen]
            places = [part["x"] for part in parts if part]
            assert places == sorted(places, reverse=True) and len(places) == 3
            page = person.open("text-A-differences.html")
            shown = [
                page.locator(way).evaluate("(link) => getComputedStyle(link, '::after').content")
                for way in (".way-from", ".way-to")
            ]
            assert shown == ['"⇠"', '"⇢"']


def test_what_nobody_has_translated_stays_english() -> None:
    script = """Documentation.addTranslations({"locale": "xx", "messages": {"a": "", "b": ["", ""], "c": "d",
        "e": ["f", "g", "h"]}, "plural_expr": "(n != 1)"});"""
    assert translations(script) == (
        'Object.assign(Documentation.TRANSLATIONS, {"c": "d", "e": ["f", "g", "h"]});\n'
        'Documentation.PLURAL_EXPR = (n) => Number((n != 1));\nDocumentation.LOCALE = "xx";\n'
    )
