"""The catalogues of the engine are whole: every message of the code, in every language, with its holes."""

from __future__ import annotations

import io
import json
import re

import messages
import pytest
from babel.messages.pofile import read_po

from apparatus.sphinxext.html.assets import STATIC, for_scripts
from apparatus.sphinxext.html.scripts import COUNTED_BY_SCRIPTS, SAID_BY_SCRIPTS
from apparatus.voice import ENGLISH, FOLDER, fault_of, own_catalogues, voice_for

LANGUAGES = ["de", "es", "fr", "it", "ru"]


@pytest.fixture(scope="module")
def template():
    return messages.extracted()


def test_the_interface_has_six_languages():
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
    for script in STATIC.glob("*.js"):
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
