"""The language of the text: of an edition, a document, a block, words; on pages and in the EPUB."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from auditing import epub_messages, nu_messages
from building import CONF, IMPRINT, TRANSCRIBED, Built, build, project

from apparatus.language import direction, is_in_cyrillic, is_of
from apparatus.sphinxext.html.languages import with_directions
from apparatus.sphinxext.source.languages import fault_of

LATIN = """\
---
edited-text: 1
lang: la
---

# De fele

Feles in [matta]{lang=de} sedet, feles [alta]{.language-it} videt.

:::{apparatus}
sedet ] iacet A
:::

:::{commentary}
sedet ] A note has [verba]{lang=la} in Latin.
:::

{lang=he}
> שלום עולם
>
> שלום

{lang=grc}
## Περὶ αἰλούρου

:::{apparatus}
Περὶ ] περὶ τοῦ A
:::
"""
PAGES = {
    "latin.md": LATIN,
    "english.md": "---\nedited-text: true\n---\n\n# Cats\n\nA cat sat.\n",
    "praefatio.md": "---\nlang: la\n---\n\n# Praefatio\n\nLectori salutem.\n",
    "index.md": "# An edition\n\n```{toctree}\nlatin\nenglish\npraefatio\n```\n",
    "A.txt": "De fele\nFeles in matta iacet, feles alta videt.\nשלום עולם\nשלום\nπερὶ τοῦ αἰλούρου\nCats\nA cat sat.\n",
}
SETTINGS = CONF + 'language = "en"\napparatus_language = "en-GB"\n'


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    source = project(folder / "source", "", conf=SETTINGS, witnesses=TRANSCRIBED, **PAGES)
    (source / "index.md").write_text(PAGES["index.md"], encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def pages(edition: Path) -> Built:
    return build(edition, edition.parent / "out")


def languages(page: str) -> list[tuple[str, str, str]]:
    """Each element that says its language: tag, language, direction."""
    body = page[page.index("<h1") :]
    found = re.findall(r'<(\w+)(?: [\w-]+="[^"]*")*? lang="([^"]+)"(?: dir="(\w+)")?', body)
    return [(tag, language, way) for tag, language, way in found]


def test_each_block_says_its_language_and_what_editors_write_is_in_that_of_the_page(pages: Built) -> None:
    page = pages.page("latin")
    assert '<html lang="en-GB"' in page
    found = languages(page)
    assert ("h1", "la", "ltr") in found and ("p", "la", "ltr") in found and ("h2", "grc", "ltr") in found
    assert ("blockquote", "he", "rtl") in found
    assert ("span", "de", "ltr") in found and ("span", "it", "ltr") in found
    assert re.search(r'<a class="entry-lemma"[^>]* lang="la" dir="ltr">sedet</a>', page)
    assert '<span class="reading" lang="la" dir="ltr">iacet</span>' in page
    assert '<span class="reading" lang="grc" dir="ltr">περὶ τοῦ</span>' in page
    assert re.search(r"<p>A note has <span lang=\"la\" dir=\"ltr\">verba</span>", page)
    # What a voice says in the midst of the Latin is English.
    assert re.search(
        r'<a aria-label="Passage 1.1" class="passage-number" href="#1.1" lang="en-GB" dir="ltr">', page
    )
    assert re.search(r'<a aria-label="Note 1" href="#1.1-n1" [^>]*lang="en-GB"', page)
    assert not re.search(r"<section[^>]* lang=", page)


def test_a_text_in_the_language_of_the_pages_says_nothing(pages: Built) -> None:
    assert languages(pages.page("english")) == []


def test_a_page_of_the_editors_may_be_in_another_language(pages: Built) -> None:
    assert '<div class="page-body" id="praefatio" lang="la">' in pages.page("praefatio")


def test_the_page_of_a_witness_says_the_language_of_each_block(pages: Built) -> None:
    for name in ("latin-A", "latin-A-differences"):
        page = pages.page(name)
        assert re.search(r'<p class="passage" id="1.1" lang="la" dir="ltr">', page)
        assert re.search(r'<p class="passage" id="1.2" lang="he" dir="rtl">', page)
        assert '<p class="about-text">The text of A ' in page


def test_the_language_of_the_whole_edition_is_a_setting(edition: Path) -> None:
    built = build(edition, edition.parent / "whole", apparatus_text_language="enm")
    assert ("p", "enm", "") in languages(built.page("english"))
    assert ("p", "la", "ltr") in languages(built.page("latin"))  # the front matter is nearer


def test_the_epub_says_both_languages(edition: Path) -> None:
    built = build(edition, edition.parent / "out", builder="epub", **IMPRINT)
    [book] = built.out.glob("*.epub")
    with ZipFile(book) as archive:
        package, page = archive.read("content.opf").decode(), archive.read("latin.xhtml").decode()
    assert re.findall(r"<dc:language>(.*?)</dc:language>", package) == ["en-GB", "la", "he", "grc"]
    assert re.search(r'<p class="passage" id="1.1" lang="la"', page) and 'lang="he" dir="rtl"' in page


def test_a_page_in_hebrew_runs_from_right_to_left_and_what_is_not_the_other_way(edition: Path) -> None:
    page = build(edition, edition.parent / "hebrew", language="he", apparatus_language="he").page("latin")
    assert '<div dir="rtl" class="page-body"' in page
    assert re.search(r'<p class="passage" id="1.1" lang="la" dir="ltr">', page)
    assert re.search(r'<a class="entry-lemma"[^>]* lang="la" dir="ltr">', page)


@pytest.mark.audit
@pytest.mark.parametrize("language", ["en", "el", "he"])
def test_pages_and_book_are_valid_whatever_their_language(edition: Path, language: str) -> None:
    out = edition.parent / language
    settings = {"language": language, "apparatus_language": language, **IMPRINT}
    [book] = build(edition, out, builder="epub", **settings).out.glob("*.epub")
    assert epub_messages(book) == []
    pages = build(edition, out, html_theme="furo", **settings)
    found = nu_messages([pages.out / f"{name}.html" for name in ("latin", "latin-A", "praefatio")])
    assert [said for said in found if "lang" in said["message"] or " dir" in said["message"]] == []


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        (
            "---\nedited-text: 1\nlang: latin\n---\n\n# T\n\nA cat.\n",
            3,
            "'latin' is no language tag; did you mean 'la'?",
        ),
        ("---\nedited-text: 1\n---\n\n# T\n\nA [cat]{lang=xx}.\n", 7, "'xx' is no language tag"),
        (
            "---\nedited-text: 1\n---\n\n# T\n\n{lang=de_AT}\nA cat.\n",
            8,
            "'de_AT' is no language tag; did you mean",
        ),
        (
            "---\nedited-text: 1\n---\n\n# T\n\nA [cat]{.language-lat}.\n",
            7,
            "has the shorter code 'la'; write that",
        ),
    ],
)
def test_a_tag_that_cannot_be_one_is_reported_at_its_line(
    tmp_path: Path, written: str, line: int, said: str
) -> None:
    source = project(tmp_path / "source", "", witnesses="")
    (source / "index.md").write_text(written, encoding="utf-8")
    built = build(source, tmp_path / "out", allow="unknown_language")
    [warning] = built.warnings
    assert warning.startswith(f"index.md:{line}: WARNING: ") and said in warning
    assert languages(built.page("index")) == []


@pytest.mark.parametrize(
    "tag",
    ["la", "grc", "sr-Latn", "de-AT", "zh-Hant", "orv", "la-x-liturgic", "x-klingon", "und", "mul", "en-GB"],
)
def test_tags_that_are_tags(tag: str) -> None:
    assert fault_of(tag) is None


@pytest.mark.parametrize("tag", ["", "l", "latin", "de_AT", "la-", "lat", "ger", "qq", "a1"])
def test_tags_that_are_none(tag: str) -> None:
    assert fault_of(tag)


def test_what_is_known_of_a_language_by_its_tag() -> None:
    assert [
        direction(tag) for tag in ("he", "HE-IL", "ar", "syr", "az-Arab", "he-Latn", "la", "yi-Latn-US")
    ] == [
        *(["rtl"] * 5),
        *(["ltr"] * 3),
    ]
    assert [
        is_in_cyrillic(tag) for tag in ("ru", "cu", "orv", "sr", "sr-Latn", "la-Cyrl", "la", "ru-Latn-t-ru")
    ] == [*(True, True, True, True, False, True, False, False)]
    assert is_of("de-AT", "de") and not is_of("de", "de-AT") and not is_of("den", "de")


def test_where_directions_are_mixed_each_is_said_and_a_given_one_stays() -> None:
    body = '<p title="a > b" lang="he">x</p><p lang="la">y</p><i dir="ltr" lang="ar">z</i>'
    turned = body.replace('lang="he"', 'lang="he" dir="rtl"').replace('lang="la"', 'lang="la" dir="ltr"')
    assert with_directions(body, "ltr") == with_directions(body, "rtl") == turned
    alone = '<p lang="la">y</p>'
    assert with_directions(alone, "ltr") == alone and "dir" in with_directions(alone, "rtl")


def test_cyrillic_in_a_text_of_its_own_language_is_no_russian(tmp_path: Path) -> None:
    text = "# T\n\nЗємлѧ и нєбо.\n\n:::{apparatus}\nнєбо ] нєбєса A\n:::\n\n:::{commentary}\nнєбо ] Like небо.\n:::\n"
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED, **{"A.txt": "T\nЗємлѧ и нєбєса.\n"})
    built = build(source, tmp_path / "out", apparatus_text_language="cu")
    page = built.page("index")
    assert '<span class="reading" lang="cu">нєбєса</span>' in page
    assert 'lang="cu"' in built.page("index-A") and 'lang="ru"' not in built.page("index-A")
    assert re.findall(r'<span class="cyrillic" lang="ru">(.*?)</span>', page) == [
        "небо"
    ]  # the editors quote Russian
    assert re.findall(r'<span class="transliteration"[^>]*> \[(.*?)\]', page) == ["nebo"]


def test_a_page_in_russian_is_not_transliterated(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "# Т\n\nЗемля и небо.\n", witnesses="")
    page = build(source, tmp_path / "out", language="ru").page("index")
    assert "transliteration" not in page and 'class="cyrillic"' not in page
