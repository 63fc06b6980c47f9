"""An edition that says no language has none: nothing is taken for English but what is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, IMPRINT, TRANSCRIBED, Built, build, project

from apparatus.sphinxext import voice
from apparatus.sphinxext.latex.dates import date_format

TEXT = "# Title\n\nA cat sat.\n\n:::{apparatus}\ncat ] dog A\n:::\n"
UNSAID = CONF.replace('language = "en"\n', "")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unsaid") / "source"
    assert UNSAID != CONF
    return project(folder, TEXT, conf=UNSAID, witnesses=TRANSCRIBED, **{"A.txt": "Title\nA dog sat.\n"})


@pytest.fixture(scope="module")
def pages(source: Path) -> Built:
    return build(source, source.parent / "out")


def test_the_text_on_the_screen_is_of_no_language_and_what_the_engine_says_in_it_is_english(
    pages: Built,
) -> None:
    page = pages.page("index")
    assert re.search(
        r'<p class="[^"]*\bpassage\b[^"]*" id="1\.1" lang=""|<p [^>]*lang=""[^>]*id="1\.1"', page
    )
    assert re.search(r'aria-label="Passage 1\.1"[^>]* lang="en"', page)
    assert '<span class="reading" lang="">dog</span>' in page
    assert 'lang="und"' not in page
    assert 'id="1.1" lang=""' in pages.page("index-A")


def test_an_edition_that_says_a_language_has_no_such_mark(source: Path) -> None:
    page = build(source, source.parent / "said", language="en").page("index")
    assert 'lang=""' not in page and 'lang="en"' not in page[page.index("<body") :]


def test_a_book_for_devices_names_no_language_of_the_text(source: Path) -> None:
    made = build(source, source.parent / "out", builder="epub", **IMPRINT)
    assert re.findall("<dc:language>(.*?)<", (made.out / "content.opf").read_text(encoding="utf-8")) == ["en"]
    assert 'lang=""' in (made.out / "index.xhtml").read_text(encoding="utf-8")


def test_a_printed_book_has_no_patterns_and_says_no_language(source: Path) -> None:
    made = build(source, source.parent / "out", builder="latex")
    (tex,) = (path.read_text(encoding="utf-8") for path in made.out.glob("*.tex"))
    assert "\\newcommand\\critmain{und}" in tex and "\\newcommand\\critimport{en-GB}" in tex
    assert "\\critlanguage{und}" not in tex and date_format("und") == "%-d %B %Y"
    assert sorted(path.name for path in made.out.glob("hyph-*.pat.txt")) in ([], ["hyph-ru.pat.txt"])


def test_the_build_says_so_once_and_not_as_a_warning(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(voice, "inform", told.append)
    assert build(source, source.parent / "told").warnings == ()
    assert told == [voice.NOT_SAID]
    build(source, source.parent / "told", apparatus_language="en-GB")
    assert told == [voice.NOT_SAID]
