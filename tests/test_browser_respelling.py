"""In the browser: transliteration beside, above or not at all, by which scheme; the Cyrillic of names."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from auditing import violations
from browsing import DESKTOP, PHONE, Reader, open_view, served
from building import CONF, build, project
from playwright.sync_api import Browser, Page, expect

COPY = "(passage) => { getSelection().selectAllChildren(passage); return getSelection().toString(); }"
PAIRS = "(found) => found.map((ruby) => [ruby.firstChild.data, ruby.querySelector('rt').textContent])"


def pairs(page: Page, selector: str) -> list[list[str]]:
    """The words that have a small word above them, with it."""
    found: list[list[str]] = page.locator(f"{selector} ruby").evaluate_all(PAIRS)
    return found


def test_the_scheme_can_be_chosen_and_says_its_language(essay: Reader) -> None:
    page = essay.open("text.html")
    words = page.locator("[id='0.1'] .transliteration").last
    expect(words).to_have_attribute("lang", "ru-Latn-t-ru-m0-alaloc")
    before = words.text_content()
    open_view(page)
    page.get_by_label("scheme").select_option("bgn-pcgn")
    expect(words).to_have_attribute("lang", "ru-Latn-t-ru-m0-bgn-1947")
    expect(words).to_contain_text("Armiya]")
    page.reload()
    expect(words).to_contain_text("Armiya]")
    open_view(page)
    page.get_by_label("none").check()
    expect(words).not_to_be_visible()
    page.get_by_label("beside").check()
    page.get_by_label("scheme").select_option("ala-lc-plain")
    assert words.text_content() == before


def test_every_scheme_changes_every_transliteration_of_the_text_and_its_notes(essay: Reader) -> None:
    page = essay.open("text.html")
    found = page.locator(".transliteration[lang^=ru-Latn-t]")
    assert found.count() > 30
    open_view(page)
    page.get_by_label("scheme").select_option("scientific")
    expect(found.first).to_have_attribute("lang", "ru-Latn-t-ru-x-scholar")
    assert set(found.evaluate_all("(all) => all.map((one) => one.lang)")) == {"ru-Latn-t-ru-x-scholar"}


def test_a_transliteration_stands_above_word_by_word(essay: Reader) -> None:
    page = essay.open("text.html")
    open_view(page)
    page.get_by_label("above", exact=True).check()
    expect(page.locator("[id='0.1'] ruby").first).to_be_visible()
    assert pairs(page, "[id='0.1']")[:3] == [
        ["Русское", "Russkoe"],
        ["Освободительное", "Osvoboditelnoe"],
        ["Движение", "Dvizhenie"],
    ]
    expect(page.locator("[id='0.1'] .transliteration").first).not_to_be_visible()
    small = page.locator("[id='0.1'] rt").first
    expect(small).to_have_attribute("lang", "ru-Latn-t-ru-m0-alaloc")
    assert page.locator("[id='0.1'] ruby").first.evaluate("(node) => node.closest('[lang]').lang") == "ru"
    page.get_by_label("scheme").select_option("iso9")
    expect(small).to_have_attribute("lang", "ru-Latn-t-ru-m0-iso-1995")
    assert pairs(page, "[id='0.1']")[2] == ["Движение", "Dviženie"]
    page.get_by_label("beside").check()
    expect(page.locator("ruby")).to_have_count(0)
    expect(page.locator("[id='0.1'] .transliteration").first).to_have_text(
        " [Russkoe Osvoboditelʹnoe Dviženie]"
    )


def test_readings_quote_letters_and_have_nothing_above(essay: Reader) -> None:
    page = essay.open("text.html", stored={"script": "above"})
    expect(page.locator("ruby").first).to_be_visible()
    assert page.locator(":is(.entry-lemma, .reading) .cyrillic").count() > 0
    expect(page.locator(":is(.entry-lemma, .reading) ruby")).to_have_count(0)


def test_what_stands_in_both_scripts_has_nothing_above(essay: Reader) -> None:
    page = essay.open("text.html", stored={"script": "above"})
    expect(page.locator("ruby").first).to_be_visible()
    assert page.locator(".cyrillic.given").count() > 5
    expect(page.locator(".cyrillic.given ruby")).to_have_count(0)


def test_what_the_editors_add_is_smaller_than_what_stands_beside_it(essay: Reader) -> None:
    page = essay.open("text.html")
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    for place in ("[id='0.1']", ".notes .note-body"):
        beside = page.locator(f"{place} .transliteration").first
        assert beside.evaluate(size) <= 0.82 * beside.locator("xpath=..").evaluate(size)


def test_names_in_latin_letters_can_have_their_cyrillic_above(essay: Reader) -> None:
    page = essay.open("text.html")
    open_view(page)
    page.get_by_label("Names: Cyrillic above").check()
    expect(page.locator("[id='1.6-vlasov'] rt").first).to_have_attribute("lang", "ru")
    assert pairs(page, "[id='1.6']") == [
        ["Andrey", "Андрей"],
        ["Andreyevich", "Андреевич"],
        ["Vlasov", "Власов"],
        ["Kiev", "Киев"],
        ["Nikita", "Никита"],
        ["S.", "С."],
        ["Khrushchev", "Хрущев"],
        ["Vlasov", "Власов"],
    ]
    page.reload()
    expect(page.locator("[id='1.6-vlasov'] rt").first).to_be_visible()
    open_view(page)
    page.get_by_label("Names: Cyrillic above").uncheck()
    expect(page.locator("ruby")).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_is_copied_is_the_text_without_the_small_words(essay: Reader, size: tuple[int, int]) -> None:
    plain = essay.open("text.html", size)
    page = essay.open("text.html", size, stored={"script": "above", "originals": "on"})
    expect(page.locator("[id='0.1'] rt").first).to_be_visible()
    for passage in ("0.1", "1.6"):
        one, other = (each.locator(f"[id='{passage}']").evaluate(COPY) for each in (page, plain))
        assert one == other
    assert "Власов" not in page.locator("[id='1.6']").evaluate(COPY)


def test_the_quotation_that_the_menu_copies_is_the_text(essay: Reader) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    page = essay.open("text.html", stored={"originals": "on"}, permissions=allowed)
    expect(page.locator("[id='1.6-vlasov'] rt").first).to_be_visible()
    page.locator("[id='1.6'] .passage-number").click()
    page.get_by_role("button", name="Copy quotation").click()
    expect(page.locator(".cite output")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "General Andrey Andreyevich Vlasov" in copied
    assert "Власов" not in copied


#: The lower edges of the lines of a passage: of its own words, not of the small ones or of notes' numbers.
LINES = """(passage) => {
  const size = getComputedStyle(passage).fontSize;
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const edges = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("rt, sup") || getComputedStyle(parent).fontSize !== size) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const rect of range.getClientRects()) if (rect.width > 1) edges.add(Math.round(rect.bottom));
  }
  return [...edges].sort((one, other) => one - other);
}"""


def test_lines_with_small_words_are_as_high_as_the_others(essay: Reader) -> None:
    page = essay.open("text.html", stored={"script": "above", "originals": "on"})
    expect(page.locator("[id='1.6'] rt").first).to_be_visible()
    line = float(page.locator("[id='1.6']").evaluate("(p) => parseFloat(getComputedStyle(p).lineHeight)"))
    for passage in ("0.1", "1.6", "1.7"):
        edges = page.locator(f"[id='{passage}']").evaluate(LINES)
        # words of another face in a line may have their edge a little lower
        steps = [two - one for one, two in itertools.pairwise(edges) if two - one > line / 2]
        assert len(steps) > 1
        assert steps == pytest.approx([line] * len(steps), abs=0.05 * line), passage


def test_axe_finds_nothing_and_nothing_scrolls_sideways_with_small_words(essay: Reader) -> None:
    page = essay.open("text.html", stored={"script": "above", "originals": "on"}, color_scheme="dark")
    expect(page.locator("rt").first).to_be_visible()
    assert violations(page, "article") == []
    for width in (320, 360, 1360):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_seldom_used_is_fetched_when_it_is_asked_for(essay: Reader) -> None:
    page = essay.open("text.html")
    page.wait_for_load_state("networkidle")
    fetched = "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
    assert not {"/_static/respell.js", "/_static/words/text.js"} & set(page.evaluate(fetched))
    open_view(page)
    page.get_by_label("above", exact=True).check()
    expect(page.locator("rt").first).to_be_visible()
    assert {"/_static/respell.js", "/_static/words/text.js"} <= set(page.evaluate(fetched))


def test_without_a_script_only_what_the_style_sheet_can_do_is_offered(essay: Reader) -> None:
    page = essay.open("text.html", java_script_enabled=False)
    open_view(page)
    expect(page.get_by_label("above", exact=True)).not_to_be_visible()
    expect(page.get_by_label("scheme")).not_to_be_visible()
    expect(page.get_by_label("Names: Cyrillic above")).not_to_be_visible()
    page.get_by_label("none").check()
    expect(page.locator("[id='0.1'] .transliteration").first).not_to_be_visible()


REGISTER = """\
[tolstoy]
name = "Tolstoy, Lev"
original = "Толстой, Лев"
forms = ["Tolstoy"]
"""


def test_the_words_of_a_page_follow_the_register(tmp_path: Path) -> None:
    text = "# Title\n\nTolstoy wrote in Москва.\n\n{.editorial-text}\n:::{index-of-names}\n:::\n"
    source = project(tmp_path / "source", text, witnesses="", **{"names.toml": REGISTER})
    options = {"apparatus_register": "names.toml", "html_theme": "furo"}
    built = build(source, tmp_path / "out", **options, allow="bad_register")
    words = (built.out / "_static" / "words" / "index.js").read_text(encoding="utf-8")
    assert '"Tolstoy":"Толстой"' in words
    assert '"Москва":["Moskva"' in words
    register = source / "names.toml"
    register.write_text(register.read_text(encoding="utf-8").replace("Толстой", "Тольстой"), encoding="utf-8")
    built = build(source, tmp_path / "out", **options, allow="bad_register")
    words = (built.out / "_static" / "words" / "index.js").read_text(encoding="utf-8")
    assert '"Tolstoy":"Тольстой"' in words


def test_names_have_their_cyrillic_also_where_nothing_is_transliterated(
    browser: Browser, tmp_path: Path
) -> None:
    text = "# Title\n\nTolstoy wrote.\n\n```{toctree}\n:hidden:\n\nindex-names\n```\n"
    index = "# Names\n\n:::{index-of-names}\n:::\n"
    source = project(
        tmp_path / "source", text, witnesses="", **{"names.toml": REGISTER, "index-names.md": index}
    )
    options = {"apparatus_register": "names.toml", "html_theme": "furo"}
    built = build(source, tmp_path / "out", **options, allow="bad_register")
    with served(built.out) as address:
        reader = Reader(browser, address)
        page = reader.open("index.html")
        open_view(page)
        expect(page.locator("select[name=scheme]")).to_have_count(0)
        page.get_by_label("Names: Cyrillic above").check()
        expect(page.locator(".passage rt")).to_have_text("Толстой")
        reader.close()
        assert reader.complaints == []


def test_words_of_another_language_have_theirs_above_or_not_at_all(browser: Browser, tmp_path: Path) -> None:
    page_text = "# Notes\n\nThe words *[ἡ ψυχή]{lang=grc}* and [зємлѧ]{lang=cu}.\n"
    conf = CONF + 'apparatus_schemes = {"grc": "ala-lc", "cu": "ala-lc"}\n'
    source = project(tmp_path / "source", page_text, witnesses="", conf=conf)
    built = build(source, tmp_path / "build")
    with served(built.out) as address:
        page = browser.new_page()
        page.goto(f"{address}/index.html")
        beside = page.locator(".transliteration")
        expect(beside).to_have_text([" [hē psychē]", " [zēmlę]"])
        open_view(page)
        page.get_by_label("above", exact=True).check()
        expect(page.locator("ruby").first).to_be_visible()
        assert pairs(page, "p") == [["ἡ", "hē"], ["ψυχή", "psychē"], ["зємлѧ", "zēmlę"]]
        assert page.locator("rt").last.get_attribute("lang") == "cu-Latn-t-cu-m0-alaloc"
        expect(beside.first).not_to_be_visible()
        page.get_by_label("beside").check()
        expect(page.locator("ruby")).to_have_count(0)
        expect(beside.first).to_be_visible()
