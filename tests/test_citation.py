"""Records of a passage for programs that keep references, and the menu that copies them."""

from __future__ import annotations

import base64
import json
import re
import runpy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pybtex.database
import pytest
from auditing import violations
from browsing import PHONE, ROOT, Reader, expect_address
from building import build, project
from playwright.sync_api import Browser, Page, expect

from apparatus.citation import STYLES, Work, bibtex, csl_json, formatted, plain, reference, ris

WORK = Work(
    "The Ferry: An Edition",
    "1.2",
    ("Doe, Jane", "Roe, Richard A."),
    "2026-11-23",
    "",
    "The Ferry: An edition",
)
RELEASE = runpy.run_path(str(ROOT / "conf.py"))["release"]
BARE = Work("The Ferry: An Edition")
ADDRESS = "https://example.org/text.html#2.3"


def test_bibtex_is_read_by_a_reader_of_bibtex() -> None:
    (entry,) = pybtex.database.parse_string(bibtex(WORK, "2.3", ADDRESS), "bibtex").entries.values()
    assert entry.fields["title"] == "{The Ferry: An Edition}"
    assert entry.fields["url"] == ADDRESS
    assert entry.fields["note"] == "passage 2.3"
    assert [name.last_names for name in entry.persons["editor"]] == [["Doe"], ["Roe"]]


def test_signs_of_tex_in_a_record_are_read_as_they_stand() -> None:
    work = Work(
        r"Q&A: 50 % of #1_a for $2 {or\less", "1_b", ("Smith & Sons", "O_Neill, J#", "}"), "2026-11-23"
    )
    (entry,) = pybtex.database.parse_string(bibtex(work, "%passage%", "%address%"), "bibtex").entries.values()
    assert entry.fields["title"] == (
        r"{Q\&A: 50 \% of \#1\_a for \$2 {\textbraceleft}or{\textbackslash}less}"
    )
    assert [str(name) for name in entry.persons["editor"]] == [
        r"{Smith \& Sons}",
        r"O\_Neill, J\#",
        r"{{\textbraceright}}",
    ]
    assert entry.fields["edition"] == r"version 1\_b"
    assert entry.fields["note"] == "passage %passage%" and entry.fields["url"] == "%address%"


def test_records_of_two_passages_can_be_kept_in_one_file() -> None:
    both = "\n".join(bibtex(WORK, number, ADDRESS) for number in ("2.3", "2.4", ""))
    assert len(pybtex.database.parse_string(both, "bibtex").entries) == 3
    names = {json.loads(csl_json(WORK, number, ADDRESS))[0]["id"] for number in ("2.3", "2.4", "")}
    assert len(names) == 3


def test_bibtex_has_the_date_once() -> None:
    (entry,) = pybtex.database.parse_string(bibtex(WORK, "", ""), "bibtex").entries.values()
    assert entry.fields["date"] == "2026-11-23" and "year" not in entry.fields


def test_an_organisation_is_one_name_in_every_record() -> None:
    work = Work("The Ferry", editors=("The Society of Ferries and Fords",))
    (entry,) = pybtex.database.parse_string(bibtex(work, "", ""), "bibtex").entries.values()
    assert len(entry.persons["editor"]) == 1
    assert json.loads(csl_json(work, "", ""))[0]["editor"] == [{"literal": work.editors[0]}]


def test_ris_begins_with_its_type_and_has_the_passage() -> None:
    lines = ris(WORK, "2.3", ADDRESS).splitlines()
    assert lines[0] == "TY  - BOOK"
    assert lines[-1] == "ER  - "
    assert "N1  - passage 2.3" in lines
    assert f"UR  - {ADDRESS}" in lines


def test_csl_json_is_an_item_with_title_date_and_address() -> None:
    (item,) = json.loads(csl_json(WORK, "2.3", ADDRESS))
    assert item["title"] == WORK.title
    assert item["issued"] == {"date-parts": [[2026, 11, 23]]}
    assert item["editor"][1] == {"family": "Roe", "given": "Richard A."}
    assert item["URL"] == ADDRESS


def test_all_records_call_it_a_book_and_its_version_an_edition() -> None:
    assert bibtex(WORK, "", ADDRESS).startswith("@book{")
    (entry,) = pybtex.database.parse_string(bibtex(WORK, "", ADDRESS), "bibtex").entries.values()
    assert entry.fields["edition"] == "version 1.2"
    assert ris(WORK, "", ADDRESS).startswith("TY  - BOOK\n") and "ET  - version 1.2\n" in ris(
        WORK, "", ADDRESS
    )
    (item,) = json.loads(csl_json(WORK, "", ADDRESS))
    assert (item["type"], item["edition"]) == ("book", "version 1.2") and "version" not in item


def test_a_doi_stands_in_every_record() -> None:
    work = replace(WORK, doi="10.5281/zenodo.12")
    assert "doi = {10.5281/zenodo.12}" in bibtex(work, "", "")
    assert "DO  - 10.5281/zenodo.12\n" in ris(work, "", "")
    assert json.loads(csl_json(work, "", ""))[0]["DOI"] == "10.5281/zenodo.12"
    assert "doi" not in bibtex(WORK, "", "") + ris(WORK, "", "").lower() + csl_json(WORK, "", "").lower()


def test_a_quotation_has_the_reference_that_a_note_has() -> None:
    chicago = next(style for style in STYLES if style.label == "Chicago")
    for work in (
        Work("The Ferry", "1.2", (), "2026-11-23"),
        Work("The Ferry", "", (), "2026"),
        Work("The Ferry"),
    ):
        assert plain(chicago, work, "2.3", "") == (f"{reference(work, '2.3')}.",)


def test_what_is_not_known_is_left_out() -> None:
    bare = Work("The Ferry")
    assert reference(bare, "2.3") == "The Ferry, 2.3"
    assert "date" not in bibtex(bare, "2.3", ADDRESS)
    assert "PY" not in ris(bare, "2.3", ADDRESS)
    assert "issued" not in csl_json(bare, "2.3", ADDRESS)


#: What the manuals ask for: editors before the title; Chicago's note names the place last but one, MLA and
#: APA in the text; a work without editors begins with its title; a date that is not known is passed
#: over, except by APA, which says so.
REFERENCES = {
    ("Chicago", WORK): [
        f"Jane Doe and Richard A. Roe, eds., <i>The Ferry: An Edition</i>, version 1.2 (2026), 2.3, {ADDRESS}."
    ],
    ("MLA", WORK): [
        "(Doe and Roe 2.3)",
        f"Doe, Jane, and Richard A. Roe, editors. <i>The Ferry: An Edition</i>. Version 1.2, 2026, {ADDRESS}.",
    ],
    ("APA", WORK): [
        "(Doe & Roe, 2026, 2.3)",
        f"Doe, J., & Roe, R. A. (Eds.). (2026). <i>The Ferry: An edition</i> (Version 1.2). {ADDRESS}",
    ],
    ("Chicago", BARE): [f"<i>The Ferry: An Edition</i>, 2.3, {ADDRESS}."],
    ("MLA", BARE): ["(<i>The Ferry</i> 2.3)", f"<i>The Ferry: An Edition</i>. {ADDRESS}."],
    ("APA", BARE): ["(<i>The Ferry</i>, n.d., 2.3)", f"<i>The Ferry: An Edition</i>. (n.d.). {ADDRESS}"],
}


@pytest.mark.parametrize(("label", "work"), REFERENCES, ids=lambda part: getattr(part, "version", part))
def test_a_reference_is_as_the_manual_of_the_style_has_it(label: str, work: Work) -> None:
    (style,) = (style for style in STYLES if style.label == label)
    wanted = REFERENCES[label, work]
    assert [html.replace("&amp;", "&") for html in formatted(style, work, "2.3", ADDRESS)] == wanted
    assert list(plain(style, work, "2.3", ADDRESS)) == [re.sub("</?i>", "", line) for line in wanted]


def test_the_whole_is_cited_without_a_place() -> None:
    whole = [plain(style, WORK, "", "https://example.org/") for style in STYLES]
    assert [len(lines) for lines in whole] == [1, 1, 1]
    assert "2.3" not in str(whole) and "version 1.2 (2026), https" in whole[0][0]


@pytest.mark.parametrize("count", [1, 3])
def test_one_editor_is_ed_and_three_are_shortened_where_the_manual_shortens(count: int) -> None:
    work = Work("The Ferry", "", ("Doe, Jane", "Roe, R.", "Poe, E.")[:count], "2026")
    chicago, mla, apa = (plain(style, work, "1.1", "")[-1] for style in STYLES)
    if count == 1:
        assert chicago.startswith("Jane Doe, ed., ")
        assert mla.startswith("Doe, Jane, editor. ")
        assert apa.startswith("Doe, J. (Ed.). (2026).")
    else:
        assert chicago.startswith("Jane Doe, R. Roe, and E. Poe, eds., ")
        assert mla.startswith("Doe, Jane, et al., editors. ")
        assert apa.startswith("Doe, J., Roe, R., & Poe, E. (Eds.). (2026).")


def test_the_edition_and_its_citation_file_agree() -> None:
    cff = {
        match[1]: match[2].strip('"')
        for match in re.finditer(
            r"^([\w-]+): (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE
        )
    }
    conf = runpy.run_path(str(ROOT / "conf.py"))
    assert (cff["title"], cff["version"]) == (conf["project"], conf["version"])  # the last release
    assert cff["date-released"] == conf["apparatus_citation"]["released"]


def test_the_readme_and_the_imprint_cite_the_edition_as_its_references_do() -> None:
    conf = runpy.run_path(str(ROOT / "conf.py"))
    title, year = conf["project"], conf["apparatus_citation"]["released"][:4]
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert f"*{title}*, version {conf['version']} ({year}), 2.3." in readme  # the last release
    imprint = " ".join(conf["apparatus_imprint"]).replace("{version}", RELEASE)
    assert f"To be cited as: {title}, version {RELEASE} ({year})." in imprint


CITED = "# Title\n\nThe cat sat.\n\n{.editorial-text}\n:::{references} 1.1\n:::\n"
DATE = "it wants a date such as 2026-11-23, and the default is used: the year of a build whose date is fixed"
WHO = {"editors": ["Doe, Jane"], "released": "2026-11-23"}


def test_a_page_shows_references_and_records_without_a_script(tmp_path: Path) -> None:
    source = project(tmp_path / "source", CITED, witnesses="")
    names = {"project": "Cats", "version": "1", "release": "1", "html_baseurl": "https://example.org/cats/"}
    built = build(source, tmp_path, apparatus_citation=WHO, **names)
    assert built.warnings == ()
    page = built.page("index")
    address = "https://example.org/cats/index.html#1.1"
    assert f"Jane Doe, ed., <em>Cats</em>, version 1 (2026), 1.1, {address}." in page
    assert f"UR  - {address}" in page and "url = {" + address in page.replace("&#123;", "{")


def test_a_passage_that_does_not_exist_is_reported_where_it_is_cited(tmp_path: Path) -> None:
    source = project(tmp_path / "source", CITED.replace("} 1.1", "} 9.9"), witnesses="")
    (said,) = build(source, tmp_path, project="Cats", allow="any").warnings
    assert said.startswith("index.md:10: WARNING: references: there is no passage '9.9'")


def test_an_edition_without_a_title_has_no_menu_and_says_why_no_reference_is_made(tmp_path: Path) -> None:
    built = build(project(tmp_path / "source", CITED, witnesses=""), tmp_path, allow="any")
    (said,) = built.warnings
    assert "the edition has no title to be cited by; set project in conf.py [apparatus.bad_config]" in said
    assert 'id="cite"' not in built.page("index") and 'href="#1.1"' in built.page("index")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"editor": ["Doe, Jane"]}, " has no 'editor'; did you mean 'editors'?"),
        ({"editors": "Doe, Jane"}, "['editors'] is 'Doe, Jane'; it wants a list of texts, and () is used"),
        ({"editors": [1]}, "['editors'] is [1]; it wants a list of texts, and () is used"),
        ({"released": "23 November"}, f"['released'] is '23 November'; {DATE}"),
        ({"released": "2026-13"}, f"['released'] is '2026-13'; {DATE}"),
        ({"released": "2026-02-30"}, f"['released'] is '2026-02-30'; {DATE}"),
    ],
)
def test_what_the_configuration_cannot_mean_is_reported_and_left_out(
    tmp_path: Path, given: dict[str, object], said: str
) -> None:
    source = project(tmp_path / "source", CITED, witnesses="")
    built = build(source, tmp_path, project="Cats", release="", apparatus_citation=given, allow="any")
    assert [warning.split("apparatus_citation")[1] for warning in built.warnings] == [
        f"{said} [apparatus.bad_config]"
    ]
    assert "n.d." in built.page("index")


@pytest.mark.parametrize("released", ["2026", "2026-11"])
def test_a_date_may_be_a_month_or_a_year(tmp_path: Path, released: str) -> None:
    source = project(tmp_path / "source", CITED, witnesses="")
    built = build(source, tmp_path, project="Cats", apparatus_citation={"released": released})
    assert built.warnings == () and "(2026)" in built.page("index")


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
    noted = f"The Russian Liberation Movement: A Critical Edition, version {RELEASE} (2026), 1.1"
    assert copied(page, "Copy Chicago note") == f"{noted}, {address}."
    assert copied(page, "Copy MLA reference").startswith("(The Russian Liberation Movement 1.1)\nThe Russian")
    assert f"A critical edition (Version {RELEASE}). (2026). http" in copied(page, "Copy APA reference")
    quoted = copied(page, "Copy quotation")
    assert quoted.startswith("“A large group of Soviet soldiers wanted")
    assert "existing system led by Iosif Stalin.” (The Russian" in quoted
    (entry,) = pybtex.database.parse_string(copied(page, "Copy BibTeX"), "bibtex").entries.values()
    assert entry.fields["url"] == address
    assert json.loads(copied(page, "Copy CSL-JSON"))[0]["URL"] == address
    assert "N1  - passage 1.1" in copied(page, "Copy RIS")
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
    words = "1.1-,A%20large%20group,-of%20Soviet%20soldiers"
    assert copied(page, "Copy link").endswith(f"#1.1:~:text={words}")
    assert copied(page, "Copy quotation").startswith("“A large group” (")


def test_words_selected_in_one_passage_are_not_copied_as_another_s(essay: Reader) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(
        "() => { const text = document.getElementById('1.1').childNodes[1];"
        " getSelection().setBaseAndExtent(text, 0, text, 13); }"
    )
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Passage 1.2", exact=True).press("Enter")
    assert copied(page, "Copy link") == f"{essay.address}/text.html#1.2"
    assert "large group" not in copied(page, "Copy quotation")


def test_a_clipboard_refused_shows_the_text_to_copy(essay: Reader) -> None:
    page = essay.open("text.html")
    page.evaluate(
        "() => { const { clipboard } = navigator;"
        " clipboard.write = clipboard.writeText = () => Promise.reject(new DOMException('refused')); }"
    )
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("To copy")).to_have_value(f"{essay.address}/text.html#1.1")
    expect(page.get_by_label("To copy")).to_be_focused()
    page.get_by_role("button", name="Copy quotation").click()
    expect(page.get_by_label("To copy")).to_have_value(re.compile("^“A large group.*1[.]1[)]$", re.DOTALL))


def test_the_menu_passes_axe_and_fits_a_phone_and_leads_to_the_passage(essay: Reader) -> None:
    page = essay.open("text.html", PHONE)
    page.get_by_role("link", name="Passage 1.2", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Link to this passage")).to_be_focused()
    expect(page.locator(".cite")).to_be_in_viewport(ratio=1)
    assert violations(page, ".cite") == []
    page.keyboard.press("Enter")
    expect_address(page, "#1.2")
    expect(page.locator(".cite")).not_to_be_visible()


RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType("text/html")).text();
}"""


def test_italics_are_copied_beside_the_plain_words(essay: Reader) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    title = "<i>The Russian Liberation Movement: A Critical Edition</i>"
    # The essay has no title in italics.
    page.locator("[id='0.1-rod']").evaluate(
        "(name) => { name.innerHTML = `<em class='x'>${name.innerHTML}</em>`; }"
    )
    page.get_by_role("link", name="Passage 0.1", exact=True).click()
    assert "<" not in copied(page, "Copy quotation")
    quotation = page.evaluate(RICH)
    assert "<em>Russian liberation movement</em>" in quotation
    assert '<span lang="ru">Русское Освободительное' in quotation
    assert f"” ({title}, version {RELEASE} (2026), 0.1, {essay.address}/text.html#0.1)" in quotation
    assert not {"<a", "<sup", "class=", "style="} & set(re.findall(r"<a|<sup|class=|style=", quotation))
    assert copied(page, "Copy MLA reference").count("\n") == 1
    reference = page.evaluate(RICH)
    assert reference.count("<i>") == 2
    assert reference.count("<br>") == 1


def test_marks_of_quotation_within_a_quotation_are_single(essay: Reader) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Passage 3.14", exact=True).click()
    quotation = copied(page, "Copy quotation")
    assert "‘Красная Звезда’" in quotation
    assert (quotation.count("“"), quotation.count("”")) == (1, 1)
    rich = page.evaluate(RICH)
    assert (rich.count("“"), rich.count("”")) == (1, 1)


def test_the_mark_of_an_entry_on_a_whole_passage_is_no_part_of_a_quotation(essay: Reader) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Passage 3", exact=True).click()
    assert copied(page, "Copy quotation").startswith("“⟨Books and articles⟩” (")


@pytest.mark.parametrize("lost", ["ClipboardItem", "navigator.clipboard.write"])
def test_a_browser_that_cannot_copy_italics_copies_the_words(essay: Reader, lost: str) -> None:
    page = essay.open("text.html", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(f"() => {{ {lost} = undefined; }}")
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    assert "(The Russian Liberation Movement: A Critical" in copied(page, "Copy quotation")


SELECT = """([id, words]) => {
  const passage = document.getElementById(id);
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const [first, last] = words;
  const range = document.createRange();
  let begun = false;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(".passage-number, .transliteration")) continue;
    if (!begun && node.data.includes(first)) range.setStart(node, node.data.indexOf(first)), (begun = true);
    if (begun && node.data.includes(last)) {
      range.setEnd(node, node.data.indexOf(last) + last.length);
      break;
    }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""


#: Where on the screen the browser has marked the words of a link, and where the words selected stand.
MARKED = """async ([picture]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const [width, height] = [image.width, image.height];
  const paper = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  paper.drawImage(image, 0, 0);
  const { data } = paper.getImageData(0, 0, width, height);
  const found = [width, height, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] || data[i + 1] !== 255 || data[i + 2] !== 1) continue;
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
    found.splice(0, 4, Math.min(found[0], x), Math.min(found[1], y), Math.max(found[2], x), Math.max(found[3], y));
  }
  return found;
}"""
PLACE = """() => {
  const boxes = [...getSelection().getRangeAt(0).getClientRects()].filter((box) => box.width > 1);
  getSelection().removeAllRanges();
  const side = (name, which) => which(...boxes.map((box) => box[name]));
  return [side("left", Math.min), side("top", Math.min), side("right", Math.max), side("bottom", Math.max)];
}"""
COLOUR = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::target-text { background: rgb(0 255 1); color: #000; }");
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(scope="module")
def copier(browser: Browser, essay_address: str) -> Iterator[Page]:
    """The window of a reader who may copy; each link is gone to anew."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    ("number", "ends", "marked"),
    [
        ("2.3", ("Soviet", "Soviet"), None),  # one word of many such in the page
        ("0.1", ("Освободительное", "fought"), None),  # over marks of notes and transliterations
        ("1.2", ("portunity", "encourag"), ("opportunity", "encouraging")),  # from within a word into one
        ("1.3", ("Also", "sour"), None),  # from the first word on, which stands close to the number
        ("0.2", ("an entry I", "course"), None),  # over lemmata
        ("3.5", ("memoirs", "memoirs"), None),  # one word with a note
        ("1.5", ("as opposed", "practice"), None),  # more words than a link should have
        ("3.3", ("Post-Soviet", ", 1990"), None),  # with a hyphen and a comma
        ("1", ("liberation", "liberation"), ("Declared", "movement")),  # a heading, as in the contents
        ("3", ("articles", "articles"), ("⟨", "⟩")),  # a heading that has an entry as a whole
        ("0.1", ("Русская", ")"), ("Русская", "Армия")),  # up to a bracket behind a mark
    ],
)
def test_a_link_to_words_marks_those_words(
    copier: Page,
    essay_address: str,
    width: int,
    number: str,
    ends: tuple[str, str],
    marked: tuple[str, str] | None,
) -> None:
    page = copier
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("about:blank")
    page.goto(f"{essay_address}/text.html")
    assert page.evaluate(SELECT, [number, ends])
    page.locator(f"[id='{number}'] > .passage-number").click()
    link = copied(page, "Copy link")
    assert f"#{number}:~:text=" in link
    assert len(link) < 500
    # Without the number, so that only the words can bring the page there.
    page.goto("about:blank")
    page.goto(link.replace(f"#{number}:", "#:"))
    expect(page.locator(f"[id='{number}']")).to_be_in_viewport()
    page.evaluate(COLOUR)
    found = page.evaluate(MARKED, [base64.b64encode(page.screenshot()).decode()])
    page.evaluate(SELECT, [number, marked or ends])
    assert found == pytest.approx(page.evaluate(PLACE), abs=12)


@pytest.mark.parametrize("key", ["Control", "Shift", "Alt", "Meta"])
def test_a_press_with_a_key_held_is_left_to_the_browser(essay: Reader, key: str) -> None:
    page = essay.open("text.html")
    left = (
        "(number, key) => { const press = new MouseEvent('click', { bubbles: true, cancelable: true, [key]: true });"
        " let taken; addEventListener('click', (event) => { taken = event.defaultPrevented; event.preventDefault(); },"
        " { once: true }); number.dispatchEvent(press); return !taken; }"
    )
    name = {"Control": "ctrlKey", "Shift": "shiftKey", "Alt": "altKey", "Meta": "metaKey"}[key]
    number = page.locator("[id='1.1'] > .passage-number")
    assert number.evaluate(left, name)
    assert not number.evaluate(left, "")
    expect(page.locator(".cite")).to_be_visible()
