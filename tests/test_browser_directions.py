"""Pages and passages from right to left: where numbers, quotations and boxes stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import PHONE, Reader, box, reader_of, served
from building import CONF, EDITIONS, build, project
from playwright.sync_api import Browser

FURO = CONF.replace('"basic"', '"furo"')
ARABIC = """\
# باب

قال الراوي: كان يا ما كان في قديم الزمان رجل يسكن بيتا صغيرا قرب البحر.

:::{apparatus}
قديم ] سالف A
:::

> وكان له ابن واحد.
"""


@pytest.fixture(scope="module")
def hebrew(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    built = build(EDITIONS / "hebrew", tmp_path_factory.mktemp("hebrew"))
    with served(built.out) as address:
        yield from reader_of(browser, address)


@pytest.fixture(scope="module")
def arabic(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("arabic")
    one = '[witness.A]\nname = "النسخة"\n'
    source = project(folder / "source", ARABIC, conf=f'{FURO}language = "ar"\n', witnesses=one)
    with served(build(source, folder / "out").out) as address:
        yield from reader_of(browser, address)


def test_on_a_phone_a_number_stands_to_the_right_of_its_passage_and_apart_from_it(hebrew: Reader) -> None:
    page = hebrew.open("text.html", size=PHONE)
    number, lemma = box(page, "[id='1.2'] > .passage-number"), box(page, "[id='1.2'] > .lemma")
    assert number["x"] > lemma["x"] + lemma["width"]
    padding = page.locator("[id='1.2'] > .passage-number").evaluate(
        "e => [getComputedStyle(e).paddingLeft, getComputedStyle(e).paddingRight]"
    )
    assert float(padding[0][:-2]) > 0 and padding[1] == "0px"


def test_a_quotation_from_right_to_left_is_indented_at_the_right(hebrew: Reader) -> None:
    page = hebrew.open("text.html")
    outer, inner = box(page, "article"), box(page, "blockquote p")
    assert outer["x"] + outer["width"] - inner["x"] - inner["width"] > 10


def test_on_a_page_from_right_to_left_numbers_stand_in_the_right_margin(arabic: Reader) -> None:
    page = arabic.open("index.html")
    assert page.locator(".page-body").get_attribute("dir") == "rtl"
    number, words = box(page, "[id='1.1'] > .passage-number"), box(page, "[id='1.1']")
    assert number["x"] >= words["x"] + words["width"]


def test_on_a_wide_page_from_right_to_left_an_entry_opens_left_of_the_text(arabic: Reader) -> None:
    page = arabic.open("index.html", size=(1400, 900))
    page.locator(".lemma").first.click()
    opened, words = box(page, ".opened"), box(page, "[id='1.1']")
    assert opened["x"] >= 0
    assert opened["x"] + opened["width"] <= words["x"]
