"""The whole apparatus on one page: plain without a script, filtered and sorted with it."""

from __future__ import annotations

import pytest
from browsing import DESKTOP, PHONE, Reader, expect_address
from playwright.sync_api import Page, expect

ROWS = "table.whole-apparatus tbody tr"
VISIBLE = f"{ROWS}:not([hidden])"


def column(page: Page, number: int) -> list[str]:
    found: list[str] = page.locator(f"{VISIBLE} td:nth-child({number})").all_inner_texts()
    return [text.strip() for text in found]


def test_without_a_script_every_entry_is_in_the_table(essay: Reader) -> None:
    text = essay.open("text.html", java_script_enabled=False)
    entries = text.locator(".series:is(.apparatus, .accidentals) .entry").count()
    page = essay.open("apparatus.html", java_script_enabled=False)
    assert entries == 15  # of words and of signs
    expect(page.locator(ROWS)).to_have_count(entries)
    expect(page.locator(".filters")).not_to_be_visible()
    page.locator(ROWS, has_text="lead").first.locator("a", has_text="1.1").click()
    expect_address(page, "text.html#1.1")
    page.go_back()
    page.locator(ROWS, has_text="lead").first.locator(".entry-lemma").click()
    expect_address(page, "text.html#1.1-a1-lemma")


def test_it_is_filtered_by_kind_and_by_witness(essay: Reader) -> None:
    page = essay.open("apparatus.html")
    all_rows = page.locator(ROWS).count()
    page.locator(".filters").get_by_label("Kind").select_option("omission")
    kinds = column(page, 3)
    assert 0 < len(kinds) < all_rows
    assert all("omission" in kind.split(", ") for kind in kinds)
    expect(page.locator(".filters output")).to_have_text(f"{len(kinds)} of {all_rows} entries")
    page.locator(".filters").get_by_label("Witness").select_option("W")
    assert len(column(page, 3)) == len(kinds)
    page.locator(".filters").get_by_label("Kind").select_option("all")
    expect(page.locator(VISIBLE)).to_have_count(all_rows)


def test_the_filter_by_witness_has_their_names(essay: Reader) -> None:
    page = essay.open("apparatus.html")
    choices = page.locator(".filters").get_by_label("Witness").locator("option").all_text_contents()
    assert choices == ["all", "W: The weblog capture"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (320, 568)])
def test_the_box_of_a_filter_stands_beside_its_name(essay: Reader, size: tuple[int, int]) -> None:
    page = essay.open("apparatus.html", size)
    for label in page.locator(".filters label").all():
        row, choice = label.bounding_box() or {}, label.locator("select").bounding_box() or {}
        assert row["height"] == pytest.approx(choice["height"], abs=6)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_it_is_sorted_by_a_column_and_back(essay: Reader) -> None:
    page = essay.open("apparatus.html")
    before, kinds = column(page, 1), column(page, 3)
    page.get_by_role("button", name="Kind").click()
    assert column(page, 3) == sorted(kinds)
    expect(page.get_by_role("columnheader", name="Kind")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Kind").click()
    assert column(page, 3) == sorted(kinds, reverse=True)
    page.get_by_role("button", name="No.").click()
    assert column(page, 1) == before
