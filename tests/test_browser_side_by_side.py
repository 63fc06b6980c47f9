"""In the browser: a text and its translation, side by side, one below the other, and from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from auditing import violations
from browsing import PHONE, Reader, box, expect_address, reader_of, served
from building import CONF, EDITIONS, build, project
from playwright.sync_api import Browser, expect

WIDE = (1440, 900)
HEBREW = "# הנהר\n\nויקרא לאור יום ולחשך קרא לילה׃\n"
ENGLISH = "---\nedited-text: true\ntranslates: index\nlang: en\n---\n\n# The River\n\nAnd the light was called day.\n"
FURO = CONF.replace('"basic"', '"furo"')


@pytest.fixture(scope="module")
def facing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    built = build(EDITIONS / "facing", tmp_path_factory.mktemp("facing"))
    with served(built.out) as address:
        yield from reader_of(browser, address)


@pytest.mark.parametrize("script", [True, False])
def test_on_a_wide_screen_counterparts_stand_on_one_line(facing: Reader, script: bool) -> None:
    page = facing.open("text-with-en.html", WIDE, java_script_enabled=script)
    for first, second in (
        ("1", "en.1"),
        ("1.1", "en.1.1"),
        ("1.2", "en.1.2-1.3"),
        ("1.4", "en.1.4"),
        ("2.3", "en.2.3"),
    ):
        here, there = box(page, f"[id='{first}']"), box(page, f"[id='{second}']")
        assert abs(here["y"] - there["y"]) < 1 and here["right"] < there["x"]
    assert abs(box(page, "[id='1.1-a1']")["y"] - box(page, "[id='en.1.1-a1']")["y"]) < 1


@pytest.mark.parametrize("path", ["text-with-en.html", "text.html"])
def test_nothing_on_the_pages_is_a_barrier(facing: Reader, path: str) -> None:
    assert violations(facing.open(path, WIDE)) == []


def test_on_a_phone_each_counterpart_stands_below_its_passage(facing: Reader) -> None:
    page = facing.open("text-with-en.html", PHONE)
    order = ["1.1", "en.1.1", "1.2", "1.3", "en.1.2-1.3", "1.4", "en.1.4"]
    tops = [box(page, f"[id='{number}']")["y"] for number in order]
    assert tops == sorted(tops) and len(set(tops)) == len(tops)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_an_entry_of_either_text_opens_beside_its_lemma(facing: Reader) -> None:
    page = facing.open("text-with-en.html", WIDE)
    for lemma, words in (("1.1-a2-lemma", "om. B"), ("en.1.1-a1-lemma", "boat T")):
        page.locator(f"[id='{lemma}']").click()
        opened = page.locator(".opened")
        expect(opened).to_contain_text(words)
        place = opened.bounding_box()
        assert place is not None and place["x"] + place["width"] <= WIDE[0]
        page.keyboard.press("Escape")


def test_who_changes_to_the_other_text_stays_at_the_passage(facing: Reader) -> None:
    page = facing.open("text.html", (700, 300))
    bar = box(page, ".choices")["height"] + box(page, ".mobile-header")["height"]
    page.evaluate(
        "(bar) => scrollBy(0, document.getElementById('1.3').getBoundingClientRect().top - bar - 8)", bar
    )
    press = "(link) => link.click()"  # a pointer of the test's would scroll first
    page.get_by_role("link", name="Side by side").evaluate(press)
    expect_address(page, "text-with-en.html#1.3")
    expect(page.locator("[id='en.1.2-1.3']")).to_be_visible()
    page.evaluate(
        "(bar) => scrollBy(0, document.getElementById('1.3').getBoundingClientRect().top - bar - 8)", bar
    )
    page.locator(".versions").get_by_role("link", name="English").evaluate(press)
    expect_address(page, "en.html#en.1.2-1.3")


def test_hebrew_stands_at_the_right_of_its_translation(browser: Browser, tmp_path: Path) -> None:
    source = project(tmp_path / "source", HEBREW, conf=f'{FURO}apparatus_text_language = "he"\n')
    (source / "en.md").write_text(ENGLISH, encoding="utf-8")
    with served(build(source, tmp_path / "out", allow="any").out) as address:
        for reader in reader_of(browser, address):
            page = reader.open("index-with-en.html", WIDE)
            hebrew, english = box(page, "[id='1.1']"), box(page, "[id='en.1.1']")
            assert abs(hebrew["y"] - english["y"]) < 1 and english["right"] < hebrew["x"]
            assert page.locator("[id='1.1']").get_attribute("dir") == "rtl"
