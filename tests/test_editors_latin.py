"""The editors' Latin, *om.*, *add.*, *cett.*, says that it is Latin, where a page is in another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, TRANSCRIBED, build, project

from apparatus.render.style import LATIN, is_latin

TEXT = "# T\n\nOne two three four.\n\n:::{apparatus}\ntwo ] om. A\nthree cett. ] tres (ut vid.) B\n:::\n"
TWO = TRANSCRIBED + '\n[witness.B]\nname = "another copy"\n'
FILES = {"A.txt": "T\nOne three four.\n"}


def editors_words(page: str) -> dict[str, str]:
    """The editors' words in an entry, each with its language."""
    words = re.findall(r'<span class="editorial(?: doubtful)?"([^>]*)>([^<]+)</span>', page)
    words += re.findall(r'<span class="editorial siglum"[^>]*><span([^>]*)>([^<]+)</span>', page)
    return {said: "".join(re.findall(r'lang="(\w*)"', attributes)) for attributes, said in words}


@pytest.mark.parametrize(("language", "said"), [("en", "la"), ("de", "la")])
def test_on_a_page_in_another_language_they_are_marked(tmp_path: Path, language: str, said: str) -> None:
    source = project(tmp_path / "source", TEXT, conf=CONF, witnesses=TWO, **FILES)
    assert editors_words(build(source, tmp_path / "out", language=language).page("index")) == {
        "om.": said,
        "cett.": said,
    }


def test_words_of_an_edition_s_own_are_not(tmp_path: Path) -> None:
    source = project(tmp_path / "source", TEXT, conf=CONF, witnesses=TWO, **FILES)
    style = {"latin": {"om.": "fehlt", "cett.": "übrige"}}
    page = build(source, tmp_path / "out", language="de", apparatus_style=style).page("index")
    assert editors_words(page) == {"fehlt": "", "übrige": ""}


def test_every_word_of_the_usual_style_is_latin() -> None:
    assert all(map(is_latin, LATIN)) and is_latin("transp. post")
    assert not is_latin("NFC") and not is_latin("om. fehlt")
