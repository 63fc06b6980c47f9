"""What is said to readers comes from a catalogue; what is wrong with a catalogue is a sentence with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apparatus.voice import ENGLISH, candidates, holes_of, read_catalogue, voice_for

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

"""
NOTES = """\
msgid "{number} note"
msgid_plural "{number} notes"
msgstr[0] "{number} примечание"
msgstr[1] "{number} примечания"
msgstr[2] "{number} примечаний"
"""


def voice(folder: Path, messages: str, tag: str = "ru", wanted: str = "ru"):
    path = folder / f"{tag}.po"
    path.write_text(HEAD + messages, encoding="utf-8")
    return voice_for(wanted, [(tag, path)])


def test_a_message_is_said_in_the_language_and_its_holes_are_filled(tmp_path):
    said, problems = voice(tmp_path, 'msgid "Passage {number}"\nmsgstr "Отрывок {number}"\n')
    assert not problems
    assert (said.tag, said.say("Passage {number}", number="2.3")) == ("ru", "Отрывок 2.3")
    assert said.say("no such message {number}", number=1) == "no such message 1"


def test_each_kind_of_number_has_its_form(tmp_path):
    said, _ = voice(tmp_path, NOTES)
    told = [said.plural("{number} note", "{number} notes", number) for number in (1, 3, 11, 21, 1200)]
    assert told == ["1 примечание", "3 примечания", "11 примечаний", "21 примечание", "1\xa0200 примечаний"]
    assert said.forms("{number} note", "{number} notes") == {
        "one": "{number} примечание",
        "few": "{number} примечания",
        "many": "{number} примечаний",
    }


def test_a_variety_is_spoken_as_its_language_and_what_has_no_catalogue_is_english(tmp_path):
    assert candidates("de_AT") == ["de-AT", "de"]
    assert voice(tmp_path, NOTES, "ru", "ru-RU")[0].tag == "ru"
    assert voice(tmp_path, NOTES, "ru", "el") == (ENGLISH, ())
    assert voice(tmp_path, NOTES, "en", "en-GB") == (ENGLISH, ())


def test_the_catalogue_that_stands_first_counts_more(tmp_path):
    first, second = tmp_path / "a.po", tmp_path / "b.po"
    first.write_text(HEAD + 'msgid "Next"\nmsgstr "Дальше"\n', encoding="utf-8")
    second.write_text(
        HEAD + 'msgid "Next"\nmsgstr "Далее"\nmsgid "Close"\nmsgstr "Закрыть"\n', encoding="utf-8"
    )
    said, _ = voice_for("ru", [("ru", first), ("ru", second)])
    assert (said.say("Next"), said.say("Close")) == ("Дальше", "Закрыть")


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("Отрывок", "the hole {number} is missing"),
        ("Отрывок {nummer}", "there is no hole {nummer}; write {number}"),
        ("Отрывок {number.__class__}", "there is no hole {number.__class__}"),
        ("Отрывок {number!r:>9}", "there is no hole {number!r:>9}"),
        ("Отрывок {number", "a brace is not closed"),
    ],
)
def test_a_translation_with_other_holes_is_reported_with_its_line_and_the_english_is_said(
    tmp_path, translation, fault
):
    said, problems = voice(tmp_path, f'msgid "Passage {{number}}"\nmsgstr "{translation}"\n{NOTES}')
    (problem,) = problems
    assert fault in problem.message and problem.kind.value == "bad_catalogue"
    assert problem.origin is not None and (problem.origin.file, problem.origin.line) == (
        str(tmp_path / "ru.po"),
        6,
    )
    assert said.say("Passage {number}", number=1) == "Passage 1"
    assert said.plural("{number} note", "{number} notes", 2) == "2 примечания"


def test_of_several_forms_one_may_leave_out_the_number_and_none_another_hole(tmp_path):
    forms = 'msgid "{number} note on {words}"\nmsgid_plural "{number} notes on {words}"\n'
    forms += 'msgstr[0] "{number} к {words}"\nmsgstr[1] "{number} к {words}"\nmsgstr[2] "{number}"\n'
    _, (problem,) = voice(tmp_path, forms)
    assert "the hole {words} is missing" in problem.message


@pytest.mark.parametrize("data", [b"\xff\xfe", b"nonsense\n", HEAD.encode().replace(b"n%10==1", b"n%10=")])
def test_a_catalogue_that_cannot_be_read_is_reported_and_english_is_said(tmp_path, data):
    messages, (problem,) = read_catalogue(data, "x.po", "ru")
    assert messages is None and "cannot be read" in problem.message
    (tmp_path / "ru.po").write_bytes(data)
    assert voice_for("ru", [("ru", tmp_path / "ru.po")])[0] is ENGLISH


def test_lists_numbers_and_dates_are_as_the_language_has_them(tmp_path):
    said, _ = voice(tmp_path, NOTES)
    assert [v.listed(["A", "B", "C"]) for v in (ENGLISH, said)] == ["A, B and C", "A, B и C"]
    assert [v.number(12345) for v in (ENGLISH, said)] == ["12,345", "12\xa0345"]
    assert [v.day(date(2026, 12, 4)) for v in (ENGLISH, said)] == [
        "4 December 2026",
        "4 декабря 2026\u202fг.",
    ]
    said_of = [
        (v.month(d), v.month_of_year(d), v.day_of_month(d))
        for v in (ENGLISH, said)
        for d in [date(2026, 12, 4)]
    ]
    assert said_of == [
        ("December", "December 2026", "4 December"),
        ("декабрь", "декабрь 2026\u202fг.", "4 декабря"),
    ]


def test_holes_are_read_as_they_are_written():
    assert holes_of("{who} reads {words} in {{place}}") == ["who", "words"]
