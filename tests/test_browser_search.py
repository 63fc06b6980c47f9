"""Search in the browser: names across scripts, kinds of places, numbers; from a server and from disk."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, ROOT, Reader, reader_of, search, served
from playwright.sync_api import Browser, Page, expect
from spellings import NAMES, spellings

from apparatus.script.folding import keys, words

VLASOV = ("Vlasov", "vlasov", "Власов", "власов", "VLASOV", "Vlasov’s")
ARTEMEV = ("Artemev", "Artem'ev", "Artemʹev", "Artem’ev", "artemyev", "Артемьев")
KRINKO = ("Krinko", "Krin'ko", "Krinʹko", "Кринько")


@pytest.fixture(params=["served", "from disk"])
def reader(request: pytest.FixtureRequest, browser: Browser, essay_folder: Path) -> Iterator[Reader]:
    """A reader of the essay on a strict server, and one with its folder on disk: neither meets a complaint."""
    if request.param == "from disk":
        yield from reader_of(browser, essay_folder.as_uri())
    else:
        with served(essay_folder) as address:
            yield from reader_of(browser, address)


def places(page: Page, kind: str = "") -> list[str]:
    """Anchors of the places found in the edited text."""
    found = page.locator(".kind-passage a").filter(has_text=kind)
    return [str(link.get_attribute("href")).partition("#")[2] for link in found.all()]


def titles(page: Page) -> list[str]:
    """What the places found are called, without page and line of the book, if one has been built."""
    return [title.partition(", p.")[0] for title in page.locator(".kind-passage a").all_text_contents()]


@pytest.mark.parametrize(
    ("spelt", "some"),
    [
        (VLASOV, {"1.6", "2.3"}),
        (ARTEMEV, {"3.9", "3.10"}),  # one in either script
        (KRINKO, {"3.16"}),
    ],
    ids=["Vlasov", "Artemev", "Krinko"],
)
def test_every_spelling_of_a_name_finds_the_same_places(
    reader: Reader, spelt: tuple[str, ...], some: set[str]
) -> None:
    found = {query: places(search(reader, query)) for query in spelt}
    assert all(first == other for first, other in itertools.pairwise(found.values())), found
    assert found[spelt[0]]
    assert some <= set(found[spelt[0]])


#: As Chromium refuses storage where a reader has forbidden cookies. Furo's own line in the page is spared.
REFUSED = """let asked = 0;
const get = () => {
  if (!asked++) return { getItem: () => null };
  throw new DOMException("refused", "SecurityError");
};
Object.defineProperty(window, "localStorage", { get, configurable: true });"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.parametrize("storage", [REFUSED, FULL], ids=["refused", "full"])
def test_where_storage_is_refused_search_finds_the_same_places(essay: Reader, storage: str) -> None:
    found = places(search(essay, "Artemev"))
    page = essay.open("search.html?q=Artemev", before=storage)
    expect(page.locator(".search-summary")).not_to_be_empty()
    assert places(page) == found != []


def test_words_found_are_marked_in_either_script(reader: Reader) -> None:
    page = search(reader, "Artemev")
    marked = {text.strip() for text in page.locator(".kind-passage mark").all_text_contents()}
    assert {"Артемьев", "Artem’iev"} <= marked
    assert page.locator(".kind-passage:not(:has(mark))").count() == 0


def test_a_name_with_an_apostrophe_is_marked_on_the_page_that_was_found(essay: Reader) -> None:
    page = search(essay, "Artemev")
    page.locator(".kind-passage a[href$='#3.10']").click()
    found = page.locator("[id='3.10'] .highlighted")
    expect(found).to_have_text("Artem’iev")
    # The passage has the same colour, because the address names it.
    assert found.evaluate("(word) => getComputedStyle(word).textDecorationLine") == "underline"


def test_pages_are_found_as_pages_by_the_other_script_too(reader: Reader) -> None:
    for query in ("Власов", "Vlasov"):
        titles = search(reader, query).locator(".search > li:not(.kind-passage) a").all_text_contents()
        assert any("Introduction" in title and title.endswith("page") for title in titles)
        assert not any("text.html" in title for title in titles)


def test_an_excerpt_of_a_page_has_none_of_its_controls(essay: Reader) -> None:
    page = search(essay, "om.")  # not marked: the excerpts are the beginnings of pages, where the bar stands
    expect(page.locator(".search > li .context")).not_to_have_count(0)
    page.wait_for_load_state("networkidle")
    said = page.locator(".search > li .context").all_text_contents()
    assert len(said) > 2
    assert [text for text in said if "Marked in the text" in text or "beside" in text] == []


def test_english_words_are_found_by_their_stem(reader: Reader) -> None:
    assert places(search(reader, "soldier")) == places(search(reader, "soldiers")) != []


def test_a_number_leads_to_the_passage_and_nothing_else(reader: Reader) -> None:
    page = search(reader, "2.3")
    assert places(page) == ["2.3"]
    page.locator(".search a").first.click()
    expect(page.locator("[id='2.3']")).to_be_in_viewport()
    assert places(search(reader, "2.3-n1")) == ["2.3-n1"]
    assert places(search(reader, "note 9"), "note 9") != []


@pytest.mark.parametrize("query", ["zzzzz", "9.99", "Vlasov zzzzz"])
def test_what_is_nowhere_gets_the_message_of_sphinx(reader: Reader, query: str) -> None:
    page = search(reader, query)
    expect(page.locator(".search-summary")).to_contain_text("did not match any documents")
    assert page.locator(".search li").count() == 0


def test_a_place_in_the_notes_or_the_apparatus_says_what_it_is(reader: Reader) -> None:
    page = search(reader, "Anyway")
    found = page.locator(".kind-passage")
    assert titles(page) == ["0.3 variant of W"]
    expect(found.locator(".context")).to_have_text("Any way ] Anyway W")
    expect(found.locator(".context bdi")).to_have_text(
        "Anyway"
    )  # keeps its place, in whatever direction it runs
    expect(found.locator("mark")).to_have_text("Anyway")
    found.locator("a").click()
    expect(page.locator("[id='0.3-a1']")).to_be_in_viewport()
    note = reader.open("text.html").locator("[id='1.2-n2']").get_attribute("aria-label") or ""
    assert note.startswith("Note ")
    page = search(reader, "1942")
    assert {"1.2 text", f"1.2 {note.partition(':')[0].lower()}"} <= set(titles(page))


def test_conjectures_sources_additions_and_remarks_are_told_apart(ferry: Reader) -> None:
    expected = {
        "robe": ("1.2 variant of B 2", "rope ] robe B 2"),
        "yet": ("1.3 conjecture by Madvig", "still ] yet Madvig"),
        "long": ("1.1 variant of B", "road ] praem. long B"),
        "erasure": ("1.2 remark", "rope ] (over an erasure)"),
        "flood": ("1.2 Sources", "compare the flood of the year before."),
    }
    for query, (title, line) in expected.items():
        page = search(ferry, query)
        found = page.locator(".kind-passage").filter(has_text=title)
        expect(found.locator("a")).to_have_text(title)
        expect(found.locator(".context")).to_contain_text(line)


def test_the_browser_folds_as_python_does(reader: Reader, essay_folder: Path) -> None:
    page = reader.open("search.html")
    texts = [form for name in NAMES for form in sorted(spellings(name))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "source").rglob("*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "editions").rglob("*.md")]
    texts += ["Straße ŁÓDŹ İstanbul ΣΊΣΥΦΟΣ ﬁn I͡Ulii͡a Ob”yezd «Бг҃ъ» O’Neill’s x_y ½ 𝔘 日本 don’t"]
    assert page.evaluate("(texts) => texts.map(apparatusSearch.words)", texts) == [
        list(words(t)) for t in texts
    ]
    every = sorted({word for text in texts for word in words(text)})
    assert len(every) > 3000
    assert page.evaluate("(words) => words.map(apparatusSearch.keys)", every) == [
        keys(word) for word in every
    ]


def test_passages_are_loaded_by_the_search_page_only(essay_folder: Path) -> None:
    pages = {
        path.relative_to(essay_folder).as_posix(): path.read_text("utf-8")
        for path in essay_folder.rglob("*.html")
    }
    for name in ("passages.js", "passages-search.js", "search.css"):
        asked = re.compile(rf'(?:src|href)="[^"]*_static/{re.escape(name)}')
        assert [path for path, page in pages.items() if asked.search(page)] == ["search.html"]


def test_without_javascript_the_page_points_to_the_indexes(reader: Reader) -> None:
    page = reader.open("search.html", java_script_enabled=False)
    said = page.locator("article noscript p")
    expect(said).to_be_visible()
    assert str(said.text_content()).startswith("Searching needs JavaScript.")
    expect(page.locator("article form")).to_be_hidden()
    assert [link.get_attribute("href") for link in said.locator("a").all()] == [
        "names.html",
        "genindex.html",
        "index.html",
    ]


def test_the_number_of_places_is_said_to_a_screen_reader(reader: Reader) -> None:
    page = search(reader, "Anyway")
    expect(page.get_by_role("status")).to_contain_text("places were found")
    assert page.get_by_label("Words, a name in either script").input_value() == "Anyway"


def test_the_results_are_as_wide_as_the_window(essay: Reader) -> None:
    page = search(essay, "Власов")
    for width in (DESKTOP[0], PHONE[0]):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_word_that_an_icon_has_too_is_marked_in_the_text_alone(essay: Reader) -> None:
    page = essay.open("cite.html")
    page.evaluate("localStorage.setItem('sphinx_highlight_terms', 'contents light')")
    page.goto(f"{essay.address}/text.html")
    expect(page.locator("html")).to_have_js_property("lang", "en-GB")
    assert page.locator("svg .highlighted, svg tspan").count() == 0
