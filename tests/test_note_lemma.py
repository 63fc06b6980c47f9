"""A numbered note begins with the words that it is about, where its series says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, IMPRINT, build, project

SERIES = """\
apparatus_series = {
    "apparatus": {"label": "Apparatus", "holds": "readings", "form": "run-in"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes", "lemma": %s},
}
"""
TEXT = """# Title

Then they led the whole army home at last, past Москва.

:::{apparatus}
led ] lead A
:::

:::{commentary}
led ] A note.
Then they … at last ] Abbreviated by the editor.
they led the whole army home at ] Abbreviated by the build.
Москва ] A place.
last ]
    - A note that begins with a list.
¶ ] On the whole passage.
:::
"""
ONE = '[witness.A]\nname = "the one copy"\n'
HEADS = [
    "led ] A note.",
    "they led … home at ] Abbreviated by the build.",
    "Then they … at last ] Abbreviated by the editor.",
    "last ] A note that begins with a list.",
    "Москва ] A place.",
    "¶ ] On the whole passage.",
]


def edition(folder: Path, lemma: str = "True") -> Path:
    return project(folder / "source", TEXT, witnesses=ONE, conf=CONF + SERIES % lemma)


def notes(page: str) -> list[str]:
    found = re.findall(r'<div class="note-body">(.*?)</div>', page, re.DOTALL)
    plain = [re.sub(r"<[^>]+>", " ", note).replace("\N{NO-BREAK SPACE}", " ") for note in found]
    return [" ".join(note.split()) for note in plain]


def test_a_note_begins_with_its_lemma(tmp_path):
    built = build(edition(tmp_path), tmp_path / "build")
    assert built.warnings == ()
    assert sorted(notes(built.page("index"))) == sorted(HEADS)


def test_the_lemma_is_heard_once(tmp_path):
    """Either in the note or in its name, never in both."""
    shown = build(edition(tmp_path), tmp_path / "build").page("index")
    assert re.findall(r'aria-label="(Note \d[^"]*)"', shown.partition('class="foot"')[2]) == [
        f"Note {i}" for i in range(1, 7)
    ]
    hidden = build(edition(tmp_path, "False"), tmp_path / "build", fresh=True).page("index")
    assert 'aria-label="Note 1: on “led”"' in hidden
    assert "A note." in notes(hidden)


def test_the_lemma_of_a_note_is_marked_as_russian_and_not_transliterated_again(tmp_path):
    page = build(edition(tmp_path), tmp_path / "build").page("index")
    head = page.partition('<span class="note-head"><span class="entry-lemma"><span class="cyrillic"')[2]
    assert head.startswith(' lang="ru">Москва</span></span>')


def test_print_and_epub_have_it_too(tmp_path):
    (tex,) = build(edition(tmp_path), tmp_path / "build", builder="latex").out.glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    assert text.count(r"\notelemma{") == 6
    assert r"\notelemma{led}{]} A note." in text
    epub = build(edition(tmp_path), tmp_path / "build", builder="epub", epub_show_urls="no", **IMPRINT)
    assert "led ] A note." in notes((epub.out / "index.xhtml").read_text(encoding="utf-8"))


def test_search_does_not_find_the_words_of_the_text_in_a_note(tmp_path):
    built = build(edition(tmp_path), tmp_path / "build")
    rows = (built.out / "_static" / "passages.js").read_text(encoding="utf-8")
    assert '"A note.","note"' in rows


@pytest.mark.parametrize(("value", "told"), [('"yes"', "['lemma'] is 'yes'; it wants True or False")])
def test_a_wrong_value_is_reported(tmp_path, value, told):
    built = build(edition(tmp_path, value), tmp_path / "build", allow="any")
    assert any(told in warning for warning in built.warnings)
