"""In the browser: which text, what is marked, which script; with the script and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from auditing import violations
from browsing import DESKTOP, PHONE, Reader, box, expect_address, open_view, served, set_time, shift
from building import build, project
from playwright.sync_api import Browser, Page, Route, expect


def texts(page: Page) -> Any:
    return page.get_by_role("navigation", name="Which text")


def test_the_text_changes_in_place_and_its_choice_is_in_the_address(essay: Reader) -> None:
    page = essay.open("text.html")
    texts(page).get_by_role("link", name="W as it stands").click()
    expect(page.locator("[id='1.1']")).to_contain_text("existing system lead by")
    expect_address(page, "/text.html?text=W")
    expect(page.locator(".witness-text :is(ins, del)")).to_have_count(0)
    texts(page).get_by_role("link", name="Differences").click()
    expect(page.locator("[id='1.1'] del")).to_have_text("led")
    expect(page.locator("[id='1.1'] ins")).to_have_text("lead")
    expect_address(page, "?text=W&differences")
    page.reload()
    expect(page.locator("[id='1.1'] ins")).to_have_text("lead")
    page.go_back()
    expect(page.locator("[id='1.1']")).to_contain_text("existing system lead by")
    texts(page).get_by_role("link", name="Reading text").click()
    expect(page.locator("[id='1.1-a1-lemma']")).to_have_text("led")
    expect_address(page, "/text.html")
    page.locator("[id='1.1-a1-lemma']").click()
    expect(page.locator(":popover-open")).to_have_count(1)


@pytest.mark.parametrize("query", ["text=Q", "text=", "text=%F0&differences", "differences", "text=W%20x"])
def test_a_text_that_is_not_known_is_the_reading_text(essay: Reader, query: str) -> None:
    page = essay.open(f"text.html?{query}")
    expect(page.locator("[id='1.1-a1-lemma']")).to_have_text("led")
    expect(texts(page).locator("[aria-current]")).to_have_text("Reading text")


def test_what_is_chosen_for_the_reading_text_alone_is_not_offered_beside_a_witness(essay: Reader) -> None:
    page = essay.open("text.html")
    view = page.get_by_role("button", name="View")
    expect(view).to_be_visible()
    texts(page).get_by_role("link", name="W as it stands").click()
    expect(page.locator(".witness-text")).to_be_visible()
    expect(view).not_to_be_visible()
    page.go_back()
    expect(view).to_be_visible()


def test_lines_are_wider_only_where_something_stands_above_them(essay: Reader) -> None:
    line = "(passage) => getComputedStyle(passage).lineHeight"
    plain = essay.open("text.html?text=W").locator(".witness-text [id='1.1']").evaluate(line)
    page = essay.open("text.html?text=W", stored={"script": "above"})
    assert page.locator(".witness-text [id='1.1']").evaluate(line) == plain
    texts(page).get_by_role("link", name="Reading text").click()
    expect(page.locator("rt").first).to_be_visible()
    assert page.locator("[id='1.1']").evaluate(line) != plain


def test_letters_stand_above_the_line_though_their_script_came_while_another_text_was_shown(
    essay: Reader,
) -> None:
    page = essay.open("index.html", stored={"script": "above"})
    asked: list[Route] = []
    page.route("**/respell.js*", lambda route: asked.append(route))
    page.goto(f"{essay.address}/text.html?text=W", wait_until="commit")
    expect(page.locator(".witness-text")).to_be_attached()
    with page.expect_response("**/respell.js*"):
        asked[0].continue_()
    expect(page.locator(".witness-text [id='1.1']")).to_be_visible()
    texts(page).get_by_role("link", name="Reading text").click()
    expect(page.locator("rt").first).to_be_visible()


def test_a_passage_of_a_witness_can_be_addressed(essay: Reader) -> None:
    page = essay.open("text.html?text=W#2.3")
    expect(page.locator(".witness-text [id='2.3']")).to_be_in_viewport()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_contents_lead_to_the_sections_of_a_witness(essay: Reader, size: tuple[int, int]) -> None:
    page = essay.open("text.html?text=W", size)
    expect(page.locator(".witness-text")).to_be_visible()
    page.evaluate("document.querySelector('.sidebar-tree a[href=\"#critical-angle\"]').click()")
    expect(page.locator(".witness-text [id='2']")).to_be_in_viewport()
    assert 0 < box(page, "[id='2']")["y"] < 200
    page.reload()
    expect(page.locator(".witness-text [id='2']")).to_be_in_viewport()
    plain = essay.open("text-W.html#critical-angle", java_script_enabled=False)
    expect(plain.locator("[id='2']")).to_be_in_viewport()


TOP = "(passage) => Math.round(passage.getBoundingClientRect().top)"


def test_a_text_is_where_it_was_when_it_is_loaded_again_or_another_takes_its_place(essay: Reader) -> None:
    page = essay.open("text.html?text=W")
    passage = page.locator("[id='2.3']")
    expect(page.locator(".witness-text [id='2.3']")).to_be_visible()
    passage.evaluate("(passage) => scrollTo(0, passage.offsetTop)")
    before = passage.evaluate(TOP)
    assert 0 < before < 900
    page.reload()
    expect(page.locator(".witness-text [id='2.3']")).to_be_visible()
    page.wait_for_function(
        f"(before) => Math.abs(({TOP})(document.getElementById('2.3')) - before) <= 2", arg=before
    )
    assert passage.evaluate(TOP) == pytest.approx(before, abs=2)
    texts(page).get_by_role("link", name="Reading text").dispatch_event("click")
    expect(page.locator("[id='2.3-n1-mark']")).to_be_visible()
    assert passage.evaluate(TOP) == pytest.approx(before, abs=2)


def test_of_two_texts_asked_for_the_later_is_shown_though_the_earlier_is_slower(ferry: Reader) -> None:
    page = ferry.open("text.html")
    first, second = texts(page).locator("a:not([aria-current])").all()[:2]
    slow, name = first.get_attribute("href"), second.inner_text()
    asked: list[Route] = []
    page.route(f"**/{slow}", lambda route: asked.append(route))
    first.click()
    second.click()
    expect(texts(page).locator("[aria-current]")).to_have_text(name)
    address = page.url
    with page.expect_response(f"**/{slow}"):
        asked[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(texts(page).locator("[aria-current]")).to_have_text(name)
    expect(page).to_have_url(address)


def test_differences_are_told_apart_without_colour(essay: Reader) -> None:
    page = essay.open("text.html?text=W&differences", forced_colors="active")
    line = "(node) => getComputedStyle(node).textDecorationLine"
    assert page.locator(".witness-text del").first.evaluate(line) == "line-through"
    assert page.locator(".witness-text ins").first.evaluate(line) == "underline"


def test_what_is_struck_out_stands_apart_from_the_word_before(ferry: Reader) -> None:
    page = ferry.open("text-D-differences.html")
    expect(page.locator("[id='1.6']")).to_contain_text("On the far bank a bell was ringing. Somebody called.")


def test_notes_with_letters_above_the_line_print_as_closely_as_they_can(essay: Reader) -> None:
    page = essay.open("text.html", stored={"script": "above"})
    expect(page.locator(".foot rt").first).to_be_attached()
    page.emulate_media(media="print")
    line = "(note) => parseFloat(getComputedStyle(note).lineHeight)"
    # In print the text has lines of 19 points for the same letters, and notes are smaller.
    assert (
        page.locator(".foot .note:has(rt)").first.evaluate(line)
        < page.locator("[id='0.1']").evaluate(line) - 4
    )


def test_a_witness_prints_as_it_is_shown(essay: Reader, tmp_path: Path) -> None:
    import subprocess

    page = essay.open("text.html?text=W")
    expect(page.locator(".witness-text")).to_be_visible()
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    done = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    said = " ".join(done.stdout.split())
    assert "existing system lead by Iosif Stalin" in said
    assert "Differences" not in said


def test_without_a_script_the_texts_are_pages(essay: Reader) -> None:
    page = essay.open("text.html", java_script_enabled=False)
    expect(page.locator(".needs-script").first).not_to_be_visible()
    texts(page).get_by_role("link", name="W as it stands").click()
    expect_address(page, "/text-W.html")
    page.get_by_role("link", name="Passage 1.1 of the edition").click()
    expect_address(page, "/text.html#1.1")


def test_what_is_marked_can_be_chosen_without_a_script(essay: Reader) -> None:
    page = essay.open("text.html", java_script_enabled=False)
    open_view(page)
    page.get_by_label("Notes", exact=True).uncheck()
    expect(page.locator(".note-mark").first).not_to_be_visible()
    expect(page.locator(".series.commentary").first).not_to_be_visible()
    page.get_by_label("Apparatus", exact=True).uncheck()
    line = "(node) => getComputedStyle(node).textDecorationLine"
    assert page.locator("[id='1.1-a1-lemma']").evaluate(line) == "none"
    expect(page.locator("[id='1.1-a1']")).not_to_be_visible()
    assert page.locator("[id='3.1-c1-lemma']").evaluate(line) == "underline"  # a series of its own
    expect(page.locator("[id='3.1-c1']")).to_be_visible()
    page.get_by_label("Accidentals", exact=True).uncheck()
    assert page.locator("[id='3.1-c1-lemma']").evaluate(line) == "none"
    expect(page.locator(".foot").first).not_to_be_visible()
    names = page.locator(".passage a.name").first
    assert names.evaluate(line) == "none"
    page.get_by_label("Names", exact=True).check()
    assert names.evaluate(line) == "underline"


def test_what_is_marked_is_remembered(essay: Reader) -> None:
    page = essay.open("text.html")
    open_view(page)
    page.get_by_label("Notes", exact=True).uncheck()
    page.get_by_label("Apparatus", exact=True).uncheck()
    page.reload()
    expect(page.locator(".note-mark").first).not_to_be_visible()
    lemma = page.locator("[id='1.1-a1-lemma']")
    assert lemma.get_attribute("tabindex") == "-1"
    assert page.locator("[id='3.1-c1-lemma']").get_attribute("tabindex") is None
    open_view(page)
    page.get_by_label("Apparatus", exact=True).check()
    assert lemma.get_attribute("tabindex") is None


#: A browser that keeps nothing. Furo's own line in the page is spared: it asks for the theme first of all.
REFUSED = """let asked = 0;
Object.defineProperty(window, 'localStorage', { get() {
  if (!asked++) return { getItem: () => null };
  throw new DOMException('refused');
} })"""


def test_where_storage_is_refused_only_the_memory_is_lost(essay: Reader) -> None:
    page = essay.open("text.html?text=W", before=REFUSED)
    expect(page.locator("[id='1.1']")).to_contain_text("existing system lead by")
    texts(page).get_by_role("link", name="Reading text").click()
    open_view(page)
    page.get_by_label("Notes", exact=True).uncheck()
    expect(page.locator(".note-mark").first).not_to_be_visible()
    page.get_by_label("scheme").select_option("ala-lc")
    expect(page.locator(".passage .transliteration").first).to_contain_text(
        "[Russkoe Osvoboditelʹnoe Dvizhenie]"
    )
    essay.complaints[:] = [
        said for said in essay.complaints if "refused" not in said
    ]  # Furo's script gives up


@pytest.mark.parametrize(("system", "order"), [("light", "dark light auto"), ("dark", "light dark auto")])
def test_the_switch_of_colours_goes_round_and_is_remembered(essay: Reader, system: Any, order: str) -> None:
    page = essay.open("text.html", color_scheme=system)
    paper = "getComputedStyle(document.body).backgroundColor"
    seen = [page.evaluate(paper)]
    for theme in order.split():
        page.get_by_role("button", name="Toggle Light").click()
        expect(page.locator("body")).to_have_attribute("data-theme", theme)
        seen.append(page.evaluate(paper))
    assert seen[0] == seen[2] == seen[3] != seen[1]
    page.get_by_role("button", name="Toggle Light").click()
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-theme", order.split()[0])


def test_where_storage_is_refused_the_switch_of_colours_is_seen(essay: Reader) -> None:
    page = essay.open("text.html", before=REFUSED.replace("!asked++", "false"))
    expect(page.locator(".theme-toggle svg >> visible=true")).not_to_have_count(0)
    essay.complaints.clear()  # Furo's line in the page gives up


NONSENSE = {
    **{"series-commentary": "?", "show-names": "", "form-names": "true", "form-substantive": "1"},
    **{"script": "sideways", "scheme": "?", "originals": "yes"},
}


def test_stored_nonsense_is_as_if_nothing_were_stored(essay: Reader) -> None:
    fresh, page = essay.open("text.html"), essay.open("text.html", stored=NONSENSE)
    state = (
        "[...document.querySelectorAll('.choices [name]')].map((one) => [one.name, one.value, one.checked])"
    )
    assert page.evaluate(state) == fresh.evaluate(state)
    assert page.evaluate("document.documentElement.className") == fresh.evaluate(
        "document.documentElement.className"
    )
    expect(page.locator(".note-mark").first).to_be_visible()


SETTINGS: list[dict[str, str]] = [
    {"series-commentary": "off", "series-apparatus": "off", "series-accidentals": "off"},
    {"show-names": "on", "form-names": "on", "form-substantive": "on"},
    {"script": "none"},
    {"script": "above", "originals": "on"},
    {"scheme": "bgn-pcgn"},
]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("stored", SETTINGS, ids=lambda stored: "-".join(stored))
def test_what_was_chosen_before_moves_nothing(essay: Reader, stored: dict[str, str], size: Any) -> None:
    page = essay.open("index.html", size, stored=stored)
    set_time(page, 0)
    page.goto(f"{essay.address}/text.html")
    expect(page.locator("[id='0.1']")).to_be_visible()
    assert shift(page) == 0


@pytest.mark.parametrize("query", ["?text=W", "?text=W&differences", "?text=Q"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_text_that_the_address_asks_for_moves_nothing(essay: Reader, query: str, size: Any) -> None:
    """It comes from far away: the page has been painted before it is there."""
    page = essay.open("index.html", size)
    set_time(page, 0)
    asked: list[Route] = []
    page.route("**/text-W*", lambda route: asked.append(route))
    page.goto(f"{essay.address}/text.html{query}")
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    for route in asked:
        route.continue_()
    shown = ".witness-text" if "text=W" in query else "article"
    expect(page.locator(f"{shown} [id='0.1']").first).to_be_visible()
    assert len(asked) == ("text=W" in query)
    assert shift(page) == 0


#: Nothing that a script fetches arrives.
NEVER = "HTMLHeadElement.prototype.appendChild = (node) => node"


def test_a_page_kept_back_for_a_script_that_never_comes_is_shown(essay: Reader) -> None:
    page = essay.open("index.html", stored={"script": "above"}, before=NEVER)
    set_time(page, 0)
    page.goto(f"{essay.address}/text.html")
    expect(page.locator("[id='0.1']")).not_to_be_visible()
    set_time(page, 100)
    expect(page.locator("[id='0.1']")).to_be_visible()


def test_the_panel_opens_and_closes_by_keyboard_and_moves_nothing(essay: Reader) -> None:
    page = essay.open("text.html")
    button = page.get_by_role("button", name="View")
    before = box(page, "[id='1.1']")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".panel")).to_be_visible()
    assert box(page, "[id='1.1']") == before
    assert shift(page) == 0
    page.keyboard.press("Tab")
    expect(page.get_by_label("Apparatus", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".series.apparatus").first).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).not_to_be_visible()
    expect(button).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1360, 1920])
def test_the_bar_is_one_row_and_its_panel_is_on_the_screen(essay: Reader, width: int) -> None:
    page = essay.open("text.html", (width, 740))
    assert box(page, ".texts")["y"] == pytest.approx(box(page, ".view")["y"], abs=1)
    open_view(page)
    panel = box(page, ".panel")
    assert panel["x"] >= 0
    assert panel["right"] <= width
    assert panel["bottom"] <= 740
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_bar_is_there_where_one_reads_and_covers_no_passage_that_is_cited(
    essay: Reader, size: Any
) -> None:
    page = essay.open("text.html#2.3", size)
    bar, cited = ".choices", "[id='2.3']"
    expect(page.locator(cited)).to_be_in_viewport()
    expect(page.locator(bar)).to_be_in_viewport(ratio=1)
    assert box(page, cited)["y"] >= box(page, bar)["y"] + box(page, bar)["height"]
    open_view(page)
    expect(page.locator("#view-panel")).to_be_in_viewport(ratio=1)


def test_by_touch_the_panel_opens_and_a_tap_beside_it_closes_it(essay: Reader) -> None:
    page = essay.open("text.html", PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="View").tap()
    expect(page.locator(".panel")).to_be_visible()
    page.get_by_text("Witnesses by name").tap()
    expect(page.get_by_label("Witnesses by name")).to_be_checked()
    page.touchscreen.tap(180, 110)
    expect(page.locator(".panel")).not_to_be_visible()


@pytest.mark.parametrize(("colours", "size"), [("light", DESKTOP), ("dark", PHONE)])
def test_axe_finds_nothing_on_the_text_of_a_witness_that_is_shown_in_place(
    essay: Reader, colours: Any, size: tuple[int, int]
) -> None:
    page = essay.open("text.html?text=W&differences", size, color_scheme=colours)
    expect(page.locator(".witness-text")).to_be_visible()
    assert violations(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


CATS = {
    "index.md": "---\nedited-text: 1\n---\n\n# Cats\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A\n:::\n\n"
    "```{toctree}\n:hidden:\n\nmore\n```\n",
    "more.md": "---\nedited-text: 2\n---\n\n# More\n\nIt sat.\n\n{.editorial-text}\n:::{references} 1.1\n:::\n",
    "witnesses.toml": '[witness.A]\nname = "The copy"\ntranscription = "A.txt"\n',
    "A.txt": "Cats\n\nThe dog sat.\n\nMore\n\nIt sat.\n",
}
SITE = {"html_theme": "furo", "project": "Cats", "html_baseurl": "https://example.org/cats"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in which every page is a folder."""
    out = tmp_path_factory.mktemp("folders")
    built = build(project(out / "source", "", **CATS), out, builder="dirhtml", **SITE)
    assert built.warnings == ()
    record = (built.out / "more" / "index.html").read_text("utf-8")
    assert "UR  - https://example.org/cats/#1.1" in record
    return out


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("docname", ["index", "more"])
def test_where_every_page_is_a_folder_the_addresses_are_those_of_folders(
    browser: Browser, folders: Path, docname: str, script: bool
) -> None:
    here = {"index": "", "more": "more/"}[docname]
    # Not at the root of the server, above which no address leads.
    with served(folders) as address:
        home = f"{address}/dirhtml/"
        reader = Reader(browser, address)
        page = reader.open(f"dirhtml/{here}", java_script_enabled=script)
        for name, query, folder in (
            ("A as it stands", "?text=A", f"{docname}-A/"),
            ("Differences", "?text=A&differences", f"{docname}-A-differences/"),
            ("Reading text", "", here),
        ):
            texts(page).get_by_role("link", name=name).click()
            expect(texts(page).locator("[aria-current]")).to_have_text(name)
            expect(page).to_have_url(home + (here + query if script else folder))
            links = page.locator(".texts a, .passage-number").evaluate_all(
                "(links) => links.map((link) => link.href.split(/[?#]/)[0])"
            )
            assert home + here in links
            assert {page.request.get(link).status for link in links} == {200}
        reader.close()
        assert reader.complaints == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_the_number_of_a_passage_is_seen_in_whatever_theme(
    browser: Browser, tmp_path: Path, theme: str, size: Any
) -> None:
    source = project(tmp_path / "source", "", **CATS)
    build(source, tmp_path, builder="html", html_theme=theme, project="Cats")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto((tmp_path / "html" / "more.html").as_uri())
    for number in ("2", "2.1"):
        shown = page.get_by_role("link", name=f"Passage {number}", exact=True)
        expect(shown).to_be_in_viewport(ratio=1)
        passage = page.locator(f"[id='{number}']").evaluate(
            "(passage) => { const words = document.createRange(); words.selectNodeContents(passage); "
            "return words.getBoundingClientRect().top; }"
        )
        assert abs((shown.bounding_box() or {"y": 0})["y"] - passage) < 30  # beside its words
    page.close()
