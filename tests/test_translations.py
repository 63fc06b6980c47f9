"""An edition translated by catalogue: what editors write comes out whole, what they edit stays as it is."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.pofile import read_po
from building import CONF, IMPRINT, Built, build, project

SERIES = """\
project = "The Cat"
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "sources": {"label": "Sources", "holds": "prose", "form": "run-in"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes"},
    "discussion": {"label": "Discussion", "holds": "prose", "form": "discussion"},
}
locale_dirs = ["locale"]
gettext_compact = "all"
"""
TEXT = """# The Cat

The cat sat on the mat by the door.

:::{apparatus}
cat ] dog A (a *slip* of the pen)
mat A (so both) ] rug B
:::

:::{sources}
sat ] Told by [B](#1.1).
:::

:::{commentary}
door ] A door leads [in](#1.1).

  And a second paragraph:

  - with a list.
:::

:::{discussion}
door ] More about doors.
:::

:::{verse}
A line of verse.
:::

> A quotation of the text.

| one | two |
|-----|-----|
| a b | c d |

{.editorial-text}
:::{note}
A word of the editors.
:::
"""
#: What the editors write, with its translation.
WRITTEN = {
    "a *slip* of the pen": "ein *Schreibfehler*",
    "so both": "so beide",
    "Told by [B](#1.1).": "Erzählt von [B](#1.1).",
    "A door leads [in](#1.1).": "Eine Tür führt [hinein](#1.1).",
    "And a second paragraph:": "Und ein zweiter Absatz:",
    "with a list.": "mit einer Liste.",
    "More about doors.": "Mehr über Türen.",
    "A word of the editors.": "Ein Wort der Herausgeber.",
    "Some prose.": "Etwas Prosa.",
}
#: What they edit: headings, prose, verse, quotations, cells.
EDITED = ("The Cat", "The cat sat on the mat by the door.", "A line of verse.", "A quotation of the text.")
EDITED += ("one", "two", "a b", "c d")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition, with a catalogue that would translate the text too, and a heading that has words of it."""
    folder = tmp_path_factory.mktemp("translations")
    said = {**WRITTEN, **dict.fromkeys(EDITED, "FALSCH"), "The Cat": "Die Katze"}
    pairs = "".join(f'msgid "{words}"\nmsgstr "{german}"\n\n' for words, german in said.items())
    catalogue = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n{pairs}'
    pages = {
        "about.md": "---\norphan: true\nedited-text: false  # of the editors\n---\n\n# The Cat\n\nSome prose.\n",
        "locale/de/LC_MESSAGES/all.po": catalogue,
    }
    return project(folder / "source", TEXT, conf=CONF + SERIES, **pages)


def translated(source: Path, builder: str) -> Built:
    return build(source, source.parent / "out", builder=builder, language="de", **IMPRINT)


def words(page: str) -> str:
    """The words of a page, of HTML, TeX or plain text."""
    return " ".join(re.sub(r"<[^>]*>|\\DUrole{[\w-]*}|\\[A-Za-z]+(\[[^]]*\])?|[{}*]", "", page).split())


def test_the_text_is_no_message_and_all_that_editors_write_is_one(source: Path) -> None:
    built = build(source, source.parent / "messages", builder="gettext")
    with (built.out / "all.pot").open("rb") as file:
        found = {str(message.id) for message in read_po(file) if message.id}
    assert set(WRITTEN) <= found
    assert found & set(EDITED) == {"The Cat"}  # the heading of the other page


@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub"])
def test_notes_and_remarks_come_out_whole_in_the_other_language(source: Path, builder: str) -> None:
    built = translated(source, builder)
    if builder == "epub":
        [book] = built.out.glob("*.epub")
        with ZipFile(book) as archive:
            page = archive.read("index.xhtml").decode()
    else:
        [file] = built.out.glob({"html": "index.html", "text": "index.txt", "latex": "*.tex"}[builder])
        page = file.read_text(encoding="utf-8")
    shown = words(page)
    wanted = [
        re.sub(r"\]\(.*?\)|[*\[]", "", german) for german in WRITTEN.values() if german != "Etwas Prosa."
    ]
    assert [german for german in wanted if german not in shown] == []
    assert "FALSCH" not in shown and "Die Katze" not in shown


def test_a_page_of_the_editors_is_translated_though_its_heading_has_words_of_the_text(source: Path) -> None:
    shown = words(translated(source, "html").page("about"))
    assert "Die Katze" in shown and "Etwas Prosa." in shown


def test_what_the_engine_says_beside_the_translation_is_german(source: Path) -> None:
    page = translated(source, "html").page("index")
    assert (
        'aria-label="Apparatus 1.1: zu „cat“: Zeuge A liest „dog“"' in page
    )  # the series is called as conf.py says
    assert 'aria-label="Stelle 1.1"' in page and 'aria-label="Anmerkung 1"' in page


def test_series_that_no_edition_has_to_declare_are_called_in_its_language(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "# T\n\nA cat.\n\n:::{apparatus}\ncat ] dog A\n:::\n")
    page = build(source, tmp_path / "out", language="de", allow="siglum_unused").page("index")
    assert '<p class="series-label">Apparat</p>' in page and 'aria-label="Apparat 1.1: zu „cat“' in page


def test_what_a_catalogue_has_not_stays_as_it_was_written(source: Path) -> None:
    built = build(source, source.parent / "french", builder="text", language="fr", **IMPRINT)
    shown = words((built.out / "index.txt").read_text(encoding="utf-8"))
    assert "More about doors." in shown and "a slip of the pen" in shown
