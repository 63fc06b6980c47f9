"""The catalogues of the engine are whole: every message of the code, in every language, with its holes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import messages
import pytest
from babel.messages.pofile import read_po
from building import ROOT, build, project

from apparatus.language import is_of
from apparatus.sphinxext.html.assets import STATIC, for_scripts
from apparatus.sphinxext.html.scripts import COUNTED_BY_SCRIPTS, SAID_BY_SCRIPTS
from apparatus.typefaces import FACES
from apparatus.voice import ENGLISH, FOLDER, SOURCE, fault_of, own_catalogues, voice_for

ONE = '[witness.A]\nname = "die erste Abschrift"\n'
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
LANGUAGES = ["de", "es", "fr", "it", "la", "ru"]


@pytest.fixture(scope="module")
def template():
    return messages.extracted()


def test_the_interface_has_seven_languages():
    assert [tag for tag, _ in own_catalogues()] == LANGUAGES  # and English, in which it is written


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_catalogue_has_every_message_of_the_code_and_no_other(tag, template):
    data = (FOLDER / f"{tag}.po").read_bytes()
    catalogue = read_po(io.BytesIO(data), locale=tag)
    assert {m.id for m in catalogue} == {m.id for m in template}
    assert not catalogue.obsolete
    for message in (m for m in catalogue if m.id):
        forms = [message.string] if isinstance(message.string, str) else message.string
        assert all(forms) and len(forms) == (catalogue.num_plurals if message.pluralizable else 1), message.id
        assert not message.fuzzy and fault_of(message) is None, message.id
    assert voice_for(tag, own_catalogues())[1] == ()


def test_a_new_language_begins_with_every_message_and_no_translation(template):
    catalogue = read_po(io.BytesIO(messages.begun("pt-BR", template).encode()), locale="pt_BR")
    assert {m.id for m in catalogue} == {m.id for m in template}
    assert not any(any(m.string) for m in catalogue if m.id)


def test_what_scripts_say_is_handed_to_them():
    said = set()
    for script in filter(Path.is_file, STATIC.rglob("*.js")):
        text = script.read_text(encoding="utf-8")
        said |= set(re.findall(r'\bsay\(\s*"([^"]*)"', text)) | set(
            re.findall(r'\bplural\(\s*"([^"]*)"', text)
        )
    assert said == {*SAID_BY_SCRIPTS, *(one for one, _ in COUNTED_BY_SCRIPTS)}


def test_in_english_nothing_is_handed_to_scripts_and_in_another_language_each_message():
    assert for_scripts(ENGLISH, "en") == ""
    russian, _ = voice_for("ru", own_catalogues())
    said = json.loads(for_scripts(russian, "ru").removeprefix("window.apparatusSaid = ").rstrip(";\n"))
    assert said["lang"] == "ru" and said["messages"]["Next"] == "Вперёд"
    assert said["messages"]["{number} entry"] == {
        "one": "{number} запись",
        "few": "{number} записи",
        "many": "{number} записей",
    }


def test_a_latin_book_speaks_latin_and_nothing_of_it_is_english(tmp_path):
    source = project(
        tmp_path / "source",
        "# T\n\nFeles sedet.\n\n:::{apparatus}\nsedet ] om. A\n:::\n",
        witnesses=ONE.replace("die erste Abschrift", "codex primus"),
    )
    page = build(source, tmp_path / "out", language="la", html_theme="furo").page("index")
    for words in (
        'aria-label="Apparatus 1.1: pro “sedet”, ab editoribus suppletum: testis A omittit"',
        'title="Nexus ad hunc titulum"',
        'placeholder="Quaere"',
        '<span class="editorial">om.</span>',  # in the language of the page
    ):
        assert words in page, words
    assert 'lang="en' not in page
    assert not re.search(r'(?:title|aria-label|placeholder)="[^"]*\b(?:the|to|of|and|Search|Toggle)\b', page)
    counted, _ = voice_for("la", own_catalogues())
    assert (
        counted.plural("One place was found.", "{number} places were found.", 1) == "Unus locus inventus est."
    )


def test_a_variety_speaks_as_its_language_and_says_its_own_tag(tmp_path):
    source = project(
        tmp_path / "source", "# T\n\nEine Katze.\n\n:::{apparatus}\nKatze ] Hund A\n:::\n", witnesses=ONE
    )
    austrian = build(source, tmp_path / "out", language="de_AT", html_theme="furo").page("index")
    assert '<html class="no-js" lang="de-AT"' in austrian
    assert 'aria-label="Stelle 1.1"' in austrian and 'lang="de"' not in austrian
    exact = build(source, tmp_path / "exact", language="en", apparatus_language="de-AT").page("index")
    assert 'aria-label="Stelle 1.1"' in exact


def test_a_catalogue_of_an_edition_counts_more_and_its_faults_have_a_line(tmp_path):
    said = HEAD + 'msgid "Passage {number}"\nmsgstr "Absatz {number}"\n\n'
    said += 'msgid "Note {number}"\nmsgstr "Note {nummer}"\n'
    files = {"locales/de/LC_MESSAGES/apparatus-interface.po": said}
    text = "# T\n\nEine Katze.\n\n:::{commentary}\nKatze ] Ein Tier.\n:::\n"
    source = project(tmp_path / "source", text, witnesses=ONE, **files)
    made = build(source, tmp_path / "out", language="de", allow="bad_catalogue siglum_unused")
    page = made.page("index")
    assert 'aria-label="Absatz 1.1"' in page and 'aria-label="Anmerkung 1"' in page
    (warning,) = (w for w in made.warnings if "bad_catalogue" in w)
    assert (
        "apparatus-interface.po:8: WARNING: in the translation of 'Note {number}' there is no hole {nummer}"
        in warning
    )


def test_a_catalogue_that_changes_is_said_at_the_next_build_on_every_page(tmp_path):
    files = {
        "locales/de/LC_MESSAGES/apparatus-interface.po": HEAD
        + 'msgid "Passage {number}"\nmsgstr "Absatz {number}"\n'
    }
    source = project(tmp_path / "source", "# T\n\nEine Katze.\n", witnesses="", **files)
    assert 'aria-label="Absatz 1.1"' in build(source, tmp_path / "out", language="de").page("index")
    catalogue = source / "locales" / "de" / "LC_MESSAGES" / "apparatus-interface.po"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("Absatz", "Nummer"), encoding="utf-8")
    assert 'aria-label="Nummer 1.1"' in build(source, tmp_path / "out", language="de").page("index")


def test_the_manual_says_yes_of_the_languages_that_have_a_catalogue_and_of_no_other():
    manual = (ROOT / "source" / "manual" / "languages.md").read_text(encoding="utf-8")
    table = manual.partition("| language | words divided in print by |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines() if "`" in row]
    assert len(rows) > 15
    for names, _, face, interface, spoken in rows:
        tags = re.findall(r"`([\w-]+)`", names)
        has = [voice_for(tag, own_catalogues())[0].tag != SOURCE or is_of(tag, SOURCE) for tag in tags]
        assert has == [interface.startswith("yes")] * len(tags) == [spoken == "yes"] * len(tags), names
        named = [FACES[code].file for code in FACES if FACES[code].file.startswith(face.replace(" ", ""))]
        assert "Gentium Plus" in face or face == "Noto, of the script" or named, face
