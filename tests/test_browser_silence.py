"""Where many witnesses are silent at many entries a page has them once, and says and shows the same."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Generated
from browsing import EDITIONS, Reader, open_view, reader_of, served
from building import Built, build
from playwright.sync_api import Browser, Page, expect

from apparatus.sphinxext.html import silence

#: The entries as they are said, and their words, in both forms.
SEEN = """() => [...document.querySelectorAll(".page-body .entry")].map((entry) =>
  [entry.ariaLabel, entry.dataset.negative ?? entry.dataset.positive ?? "", entry.textContent])"""


#: An entry as it is marked up, without what only the script reads.
WRITTEN = """(opened) => {
  const bare = opened.cloneNode(true);
  for (const node of bare.querySelectorAll("[data-silent], [data-upheld]"))
    for (const name of ["data-silent", "data-upheld"]) node.removeAttribute(name);
  return bare.innerHTML;
}"""


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """The small edition with the silent at every entry, and with them told once, however few they are."""
    folder = tmp_path_factory.mktemp("silence")
    written = build(EDITIONS / "four-witnesses", folder / "written")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(silence, "MOST", 0)
        return written, build(EDITIONS / "four-witnesses", folder / "told")


@pytest.fixture
def readers(ferries: tuple[Built, Built], browser: Browser) -> Iterator[list[Reader]]:
    with served(ferries[0].out) as written, served(ferries[1].out) as told:
        pairs = [reader_of(browser, address) for address in (written, told)]
        yield [next(one) for one in pairs]
        for one in pairs:
            next(one, None)


def choose_positive(page: Page, *, on: bool = True) -> None:
    open_view(page)
    page.get_by_label("Positive: who has the text").set_checked(on)


def test_the_script_fills_in_what_is_else_written_at_every_entry(readers: list[Reader]) -> None:
    pages = [reader.open("text.html") for reader in readers]
    assert pages[1].locator(".support *").count() == 0 < pages[0].locator(".support *").count()
    for page in pages:
        choose_positive(page)
    written, told = (page.evaluate(SEEN) for page in pages)
    assert told == written
    assert any("have the text" in said for said, _, _ in told)
    for page in pages:
        choose_positive(page, on=False)
    written, told = (page.evaluate(SEEN) for page in pages)
    assert told == written
    assert not any("witnesses B, C and D have the text" in said for said, _, _ in told)


def test_a_form_that_was_chosen_before_is_there_when_the_page_is(readers: list[Reader]) -> None:
    written, told = (reader.open("text.html", stored={"form-positive": "on"}) for reader in readers)
    expect(told.locator("[id='1.1-a1'] .support .siglum")).to_be_visible()
    assert told.evaluate(SEEN) == written.evaluate(SEEN)


def test_an_entry_that_opens_has_every_siglum_with_its_way(readers: list[Reader]) -> None:
    written, told = (reader.open("text.html", stored={"form-positive": "on"}) for reader in readers)
    for number in ("1.1-a1", "1.2-a3", "1.8-a2"):
        opened = []
        for page in (written, told):
            page.locator(f"[id='{number}-lemma']").click()
            expect(page.locator(".opened .support a").first).to_be_visible()
            opened.append(page.locator(".opened").evaluate(WRITTEN))
            page.keyboard.press("Escape")
        assert opened[1] == opened[0]


def test_by_name_the_silent_are_named(readers: list[Reader]) -> None:
    told = readers[1].open("text.html", stored={"form-positive": "on", "form-names": "on"})
    run = told.locator("[id='1.1-a1'] .support .siglum")
    expect(run).to_have_attribute("title", "The second copy, The third copy, The fragment")


def test_without_a_script_the_box_is_a_link_to_a_page_that_needs_none(readers: list[Reader]) -> None:
    written, told = (reader.open("text.html", java_script_enabled=False) for reader in readers)
    choose_positive(written)
    told.get_by_role("button", name="View").click()
    expect(told.get_by_label("Positive: who has the text")).not_to_be_visible()
    told.get_by_role("link", name="Positive: who has the text").click()
    expect(told).to_have_url(re.compile(r"/text-positive-form\.html$"))
    for entry in written.locator(".entry").all():
        same = told.locator(f"[id='{entry.get_attribute('id')}']")
        expect(same).to_have_text(entry.text_content() or "", use_inner_text=False)
        said = entry.get_attribute("data-positive") or entry.get_attribute("aria-label") or ""
        expect(same).to_have_attribute("aria-label", said)
    told.locator(".about-text a").click()
    expect(told).to_have_url(re.compile(r"/text\.html$"))


def test_a_page_of_many_witnesses_names_the_silent_once(tmp_path: Path) -> None:
    source, witnesses = tmp_path / "source", string.ascii_letters
    Generated(2_000, 400, 1, witnesses).write(source, "edition")
    built = build(source, tmp_path / "out", allow="same_label")
    page = built.page("part000")
    named = page.count('<a class="siglum"')
    assert named <= len(witnesses) + 400 * 4  # once, and with their readings
    assert len(page.encode()) <= 400 * 850
    assert len(re.findall(r'<span class="support" hidden></span>', page)) == 400  # none needs more
    assert "data-positive" not in page
    assert built.page("part000-positive-form").count("witnesses") >= 400


def test_the_page_beside_goes_when_it_is_no_longer_needed(tmp_path: Path) -> None:
    source, beside = EDITIONS / "four-witnesses", tmp_path / "html" / "text-positive-form.html"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(silence, "MOST", 0)
        build(source, tmp_path)
    assert beside.exists()
    build(source, tmp_path, fresh=True)
    assert not beside.exists()
