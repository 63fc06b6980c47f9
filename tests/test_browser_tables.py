"""In the browser: tables of several columns reflow in a narrow window and stay tables."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import DESKTOP, PHONE, Reader, box
from playwright.sync_api import Page, expect


def roles(page: Page) -> dict[str, int]:
    """How often the browser tells assistive technology of each part of a table."""
    tree: Any = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    found: dict[str, int] = {}
    for node in tree["nodes"]:
        role = node.get("role", {}).get("value")
        if role in ("table", "row", "cell", "columnheader") and not node["ignored"]:
            found[role] = found.get(role, 0) + 1
    return found


ALL = ["accounts.html", "chronology.html", "established.html", "apparatus.html", "manual/configuration.html"]
#: The words of tables of which one part stands on another line than the rest.
BROKEN = """(tables) => tables.flatMap((table) => {
  const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest("code")) continue; // names of settings may be long
    for (const { 0: word, index } of node.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) found.push(word);
    }
  }
  return found;
})"""


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("width", [320, 360])
def test_no_word_of_a_table_is_broken(essay: Reader, path: str, width: int) -> None:
    page = essay.open(path, (width, 740))
    assert page.locator("table").evaluate_all(BROKEN) == []


@pytest.mark.parametrize("path", ["established.html", "apparatus.html"])
def test_a_table_that_is_arranged_otherwise_stays_a_table(essay: Reader, path: str) -> None:
    assert roles(essay.open(path, PHONE)) == roles(essay.open(path))


@pytest.mark.parametrize("width", [1009, 1100, 1280, 1312])
def test_a_table_of_four_columns_uses_the_room_beside_the_text(essay: Reader, width: int) -> None:
    page = essay.open("accounts.html", (width, 800))
    table = box(page, ".table-wrapper")
    assert table["width"] >= min(832, width - 360) - 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wrapper = page.locator(".table-wrapper").first
    assert wrapper.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert box(page, ".content-icon-container .theme-toggle")["bottom"] < table["y"]


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_within_a_table_is_wider_than_the_window(essay: Reader, path: str, width: int) -> None:
    page = essay.open(path, (width, 640))
    wide = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
    assert page.locator(".table-wrapper, table.stacks").count() > 0
    assert page.locator(".table-wrapper, table.stacks").evaluate_all(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["accounts.html", "chronology.html"])
def test_a_cell_of_a_narrow_window_says_its_column_and_the_table_stays_one(essay: Reader, path: str) -> None:
    wide, narrow = essay.open(path), essay.open(path, PHONE)
    heads = [text.strip() for text in wide.locator("table.stacks th").all_inner_texts()]
    row = narrow.locator("table.stacks tbody tr").nth(1)
    said = "(cells) => cells.map((cell) => getComputedStyle(cell, '::before').content.split(' / ')[0])"
    assert row.locator("td").evaluate_all(said) == [f'"{head}"' for head in heads]
    cells = [cell.bounding_box() or {} for cell in row.locator("td").all()]
    assert [cell["x"] for cell in cells] == [cells[0]["x"]] * len(cells)
    assert [cell["y"] for cell in cells] == sorted(cell["y"] for cell in cells)
    assert roles(narrow) == roles(wide)
    assert roles(narrow)["columnheader"] == len(heads)


def test_the_two_accounts_stand_side_by_side_in_a_wide_window(essay: Reader) -> None:
    page = essay.open("accounts.html", DESKTOP)
    row = page.locator("table.stacks tbody tr").first
    first, second = (row.locator("td").nth(i).bounding_box() or {} for i in (1, 2))
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"] + 1
    expect(row.get_by_role("link", name="1.1")).to_have_attribute("href", "text.html#1.1")


def test_a_table_of_two_columns_stays_as_it_is(essay: Reader) -> None:
    page = essay.open("principles.html", PHONE)
    row = page.locator("table:not(.stacks) tbody tr").first
    first, second = (row.locator("td").nth(i).bounding_box() or {} for i in (0, 1))
    assert first["y"] == second["y"]
    assert box(page, "table:not(.stacks)")["right"] <= PHONE[0]
