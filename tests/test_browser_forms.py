"""In the browser: the form of the apparatus, negative or positive, sigla or names, all variants or some."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import EDITIONS, PHONE, Reader, build_pages, open_view, served
from playwright.sync_api import Browser, Page, expect


def entry(page: Page, name: str) -> str:
    """An entry as it is seen, generated names included; without its number and buttons."""
    said: str = page.locator(f"[id='{name}']").evaluate(SEEN)
    return re.sub(r"^[‹›✕]*[\d.]+ ", "", " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split()))


SEEN = """function seen(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (!node.checkVisibility()) return "";
  const made = (side) => {
    const { content } = getComputedStyle(node, side);
    return node.matches(".siglum, .doubtful") && content !== "none" ? JSON.parse(content) : "";
  };
  return made("::before") + [...node.childNodes].map(seen).join("") + made("::after");
}"""


def choose(page: Page, label: str) -> None:
    open_view(page)
    page.get_by_label(label).check()


@pytest.mark.parametrize("script", [True, False])
def test_a_positive_apparatus_names_all_who_have_the_text(ferry: Reader, script: bool) -> None:
    page = ferry.open("text.html", java_script_enabled=script)
    if script:
        assert entry(page, "1.1-a1") == "end ] add. of all A"
        assert entry(page, "1.1-a5") == "led ] lead A B / leade C ; lad D"
        choose(page, "Positive: who has the text")
        assert entry(page, "1.1-a1") == "end B C D ] add. of all A"
        assert entry(page, "1.1-a4") == "waited A ] wayted B C D"  # said already
        assert entry(page, "1.1-a5") == "led ] lead A B / leade C ; lad D"  # nobody
        assert entry(page, "1.2-a3") == "was high Apc B C ] were high Aac"  # D has one word for all this
        assert entry(page, "1.4-a2") == "five A B ] A D (sic)"  # C lacks the passage
        assert entry(page, "1.6-a3") == "ringing A C ] rung B"
        assert entry(page, "1.8-a2") == "found A D ] seen ω"
        assert entry(page, "1.8-a3") == "broken A ] parted cett."
    else:
        expect(page.locator(".support").first).not_to_be_visible()
        choose(page, "Positive: who has the text")
        expect(page.locator("[id='1.1-a1'] .support")).to_be_visible()


def test_names_stand_for_sigla(ferry: Reader) -> None:
    page = ferry.open("text.html")
    choose(page, "Witnesses by name")
    assert entry(page, "1.1-a5") == (
        "led ] lead The first copy, The second copy / leade The third copy ; lad The fragment"
    )
    assert (
        entry(page, "1.1-a6") == "horses down ] horsis down The fragment ; beasts down The lost copy ut vid."
    )
    assert entry(page, "1.2-a3") == "was high The first copypc ] were high The first copyac"
    assert entry(page, "1.2-a1") == "Nobody J. N. Madvig ] No man all witnesses"
    assert entry(page, "1.8-a3") == "broken The first copy ] parted the other witnesses"
    assert "the consensus of the second and the third copy" in entry(page, "1.8-a2")
    choose(page, "Positive: who has the text")
    assert entry(page, "1.1-a1") == (
        "end The second copy, The third copy, The fragment ] add. of all The first copy"
    )
    name = page.locator("[id='1.1-a1'] a.siglum").last
    expect(name).to_have_accessible_name("The first copy")
    expect(name).to_have_attribute("href", "witnesses.html#A")


def test_substantive_variants_only(ferry: Reader) -> None:
    page = ferry.open("text.html")
    spelt, added = page.locator("[id='1.1-a4']"), page.locator("[id='1.1-a1']")  # wayted; of all
    expect(spelt).to_be_visible()
    choose(page, "Substantive variants only")
    expect(spelt).not_to_be_visible()
    expect(added).to_be_visible()
    expect(page.locator("[id='1.1-n1']")).to_be_visible()
    line = "(node) => getComputedStyle(node).textDecorationLine"
    assert page.locator("[id='1.1-a4-lemma']").evaluate(line) == "none"
    assert page.locator("[id='1.1-a1-lemma']").evaluate(line) == "underline"


@pytest.mark.parametrize("script", [True, False])
def test_a_class_of_variants_is_shown_or_not(ferry: Reader, script: bool) -> None:
    page = ferry.open("text.html", java_script_enabled=script)
    spelt, added = page.locator("[id='1.1-a4']"), page.locator("[id='1.1-a1']")  # wayted; of all
    both, line = page.locator("[id='1.1-a5']"), "(node) => getComputedStyle(node).textDecorationLine"
    open_view(page)
    page.get_by_label("spelling or form of a word").uncheck()
    expect(spelt).not_to_be_visible()
    expect(added).to_be_visible()
    expect(page.locator("[id='1.1-n1']")).to_be_visible()  # a note is no variant
    if script:
        assert page.locator("[id='1.1-a4-lemma']").evaluate(line) == "none"
        assert page.locator("[id='1.1-a1-lemma']").evaluate(line) == "underline"
    classes = (both.get_attribute("class") or "").split()
    assert both.is_visible() is any(c.startswith("v-") and c != "v-spelling" for c in classes)
    for box in page.locator(".panel [name^=class-]").all():
        box.uncheck()
    expect(page.locator(".entry[class*=v-]:visible")).to_have_count(0)
    expect(page.locator(".cluster:visible", has=page.locator("[id='1.1-a1']"))).to_have_count(0)
    expect(page.locator("[id='1.1-n1']")).to_be_visible()
    page.get_by_label("addition", exact=True).check()
    expect(added).to_be_visible()
    expect(spelt).not_to_be_visible()


def test_what_is_not_shown_is_no_stop_and_does_not_open(ferry: Reader) -> None:
    page = ferry.open("text.html", stored={"form-substantive": "on"})
    hidden = page.locator("[id='1.1-a4-lemma']")
    expect(hidden).to_have_attribute("tabindex", "-1")
    hidden.evaluate("(link) => link.click()")
    expect(page.locator(".opened")).to_have_count(0)
    met = []
    for _ in range(8):
        page.keyboard.press("j")
        met.append(page.evaluate("document.activeElement.id"))
    assert "1.1-a1-lemma" in met
    assert "1.1-a4-lemma" not in met


def test_a_number_is_said_again_where_the_entry_that_said_it_is_not_shown(essay: Reader) -> None:
    page = essay.open("text.html", stored={"form-substantive": "on"})
    shown = page.locator(".run-in .entry:visible")
    place = "(node) => node.querySelector('.entry-place').textContent.trim()"
    position = "(node) => getComputedStyle(node.querySelector('.entry-place')).position"
    said = [(one.evaluate(place), one.evaluate(position)) for one in shown.all()]
    assert len(said) == 7  # all that changes a word, and no sign
    expect(page.locator(".series-label:visible", has_text="Accidentals")).to_have_count(0)  # nor its heading
    for (before, _), (its, position_of_it) in itertools.pairwise([("", ""), *said]):
        assert position_of_it == ("absolute" if its == before else "static"), its


def test_an_open_entry_has_the_chosen_form(ferry: Reader) -> None:
    page = ferry.open(
        "text.html", PHONE, stored={"form-positive": "on", "form-names": "on", "form-substantive": "on"}
    )
    page.locator("[id='1.1-a1-lemma']").click()
    opened = page.locator(".opened:popover-open")
    expect(opened).to_be_visible()
    said = " ".join(opened.evaluate(SEEN).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "The second copy, The third copy, The fragment ] add. of all The first copy" in said
    heard = opened.get_attribute("aria-label") or ""
    assert heard.endswith("for “end”, witnesses B, C and D have the text; witness A adds “of all” after it")


def test_the_whole_apparatus_follows_and_counts_what_it_shows(essay: Reader) -> None:
    page = essay.open("apparatus.html")
    rows = page.locator("table.whole-apparatus tbody tr")
    total = rows.count()
    choose(page, "Substantive variants only")
    left = page.locator("table.whole-apparatus tbody tr:visible").count()
    assert 0 < left < total
    expect(page.locator(".filters output")).to_have_text(f"{left} of {total} entries")
    page.reload()
    expect(page.locator(".filters output")).to_have_text(f"{left} of {total} entries")
    choose(page, "Witnesses by name")
    name = page.locator("table.whole-apparatus tbody tr:visible .siglum").first
    expect(name).to_have_accessible_name("The weblog capture")


@pytest.fixture(scope="module")
def positive(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The edition with four witnesses, positive by its configuration."""
    source = tmp_path_factory.mktemp("source")
    for path in (EDITIONS / "four-witnesses").rglob("*"):
        if path.is_file():
            copy = source / path.relative_to(EDITIONS / "four-witnesses")
            copy.parent.mkdir(exist_ok=True, parents=True)
            copy.write_bytes(path.read_bytes())
    with Path(source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("apparatus_positive = True\n")
    with served(build_pages(source, source, tmp_path_factory.mktemp("out"))) as address:
        reader = Reader(browser, address)
        yield reader
        reader.close()


def test_the_form_of_the_edition_is_shown_and_heard_until_another_is_chosen(positive: Reader) -> None:
    page = positive.open("text.html", java_script_enabled=False)
    assert page.get_by_label("Positive: who has the text").count() == 1
    expect(page.locator("[id='1.1-a1'] .support")).to_be_visible()
    heard = page.locator("[id='1.1-a1']").get_attribute("aria-label") or ""
    assert heard.endswith("for “end”, witnesses B, C and D have the text; witness A adds “of all” after it")
    open_view(page)
    page.get_by_label("Positive: who has the text").uncheck()
    expect(page.locator("[id='1.1-a1'] .support")).not_to_be_visible()


def test_an_entry_is_said_in_the_form_that_is_chosen(ferry: Reader) -> None:
    said = "Apparatus 1.1: for “end”, {}witness A adds “of all” after it"
    negative, positive = said.format(""), said.format("witnesses B, C and D have the text; ")
    page = ferry.open("text.html")
    expect(page.get_by_role("group", name=negative, exact=True)).to_have_count(1)
    open_view(page).get_by_label("Positive: who has the text").check()
    expect(page.get_by_role("group", name=positive, exact=True)).to_have_count(1)
    expect(page.get_by_role("group", name=negative, exact=True)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("group", name=positive, exact=True)).to_have_count(1)
