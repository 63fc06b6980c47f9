"""Records of a passage for programs that keep references, and the menu that copies them."""

from __future__ import annotations

import json

import pybtex.database
from browsing import PHONE, Reader
from playwright.sync_api import Page, expect
from test_browser_pages import violations

from apparatus.citation import Work, bibtex, csl_json, reference, ris

WORK = Work("The Ferry: An Edition", "1.2", "A. Editor and B. Editor", "2026")
ADDRESS = "https://example.org/text.html#2.3"


def test_bibtex_is_read_by_a_reader_of_bibtex() -> None:
    (entry,) = pybtex.database.parse_string(bibtex(WORK, "2.3", ADDRESS), "bibtex").entries.values()
    assert entry.fields["title"] == "{The Ferry: An Edition}"
    assert entry.fields["url"] == ADDRESS
    assert entry.fields["note"] == "passage 2.3"
    assert len(entry.persons["editor"]) == 1


def test_ris_begins_with_its_type_and_has_the_passage() -> None:
    lines = ris(WORK, "2.3", ADDRESS).splitlines()
    assert lines[0] == "TY  - EBOOK"
    assert lines[-1] == "ER  - "
    assert "SP  - 2.3" in lines
    assert f"UR  - {ADDRESS}" in lines


def test_csl_json_is_an_item_with_title_date_and_address() -> None:
    (item,) = json.loads(csl_json(WORK, "2.3", ADDRESS))
    assert item["title"] == WORK.title
    assert item["issued"] == {"date-parts": [[2026]]}
    assert item["URL"] == ADDRESS


def test_what_is_not_known_is_left_out() -> None:
    bare = Work("The Ferry")
    assert reference(bare, "2.3") == "The Ferry, 2.3"
    assert "year" not in bibtex(bare, "2.3", ADDRESS)
    assert "PY" not in ris(bare, "2.3", ADDRESS)
    assert "issued" not in csl_json(bare, "2.3", ADDRESS)


def copied(page: Page, button: str) -> str:
    page.get_by_role("button", name=button).click()
    expect(page.locator(".cite output")).to_have_text("Copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_the_menu_copies_link_reference_record_and_quotation(essay: Reader) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    address = f"{essay.address}/text.html#1.1"
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    expect(page.get_by_role("group", name="Cite passage 1.1")).to_be_visible()
    assert copied(page, "Copy link") == address
    assert copied(page, "Copy reference").endswith(f", 1.1. {address}")
    quoted = copied(page, "Copy quotation")
    assert quoted.startswith("“A large group of Soviet soldiers wanted")
    assert "existing system led by Iosif Stalin.” (The Russian" in quoted
    (entry,) = pybtex.database.parse_string(copied(page, "Copy BibTeX"), "bibtex").entries.values()
    assert entry.fields["url"] == address
    assert json.loads(copied(page, "Copy CSL-JSON"))[0]["URL"] == address
    assert "SP  - 1.1" in copied(page, "Copy RIS")
    page.keyboard.press("Escape")
    expect(page.locator(".cite")).not_to_be_visible()
    expect(page.get_by_role("link", name="Passage 1.1", exact=True)).to_be_focused()


def test_words_that_are_selected_make_a_link_to_them(essay: Reader) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(
        "() => { const text = document.getElementById('1.1').childNodes[1];"
        " getSelection().setBaseAndExtent(text, 0, text, 13); }"
    )
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    assert copied(page, "Copy link").endswith("#1.1:~:text=A%20large%20group")
    assert copied(page, "Copy quotation").startswith("“A large group” (")


def test_a_clipboard_refused_shows_the_text_to_copy(essay: Reader) -> None:
    page = essay.open("text.html")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused')); }"
    )
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("To copy")).to_have_value(f"{essay.address}/text.html#1.1")
    expect(page.get_by_label("To copy")).to_be_focused()


def test_the_menu_passes_axe_and_fits_a_phone_and_leads_to_the_passage(essay: Reader) -> None:
    page = essay.open("text.html", PHONE)
    page.get_by_role("link", name="Passage 1.2", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Link to this passage")).to_be_focused()
    expect(page.locator(".cite")).to_be_in_viewport(ratio=1)
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert page.url.endswith("#1.2")
    expect(page.locator(".cite")).not_to_be_visible()
