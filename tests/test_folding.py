"""The key of a name is the same in both scripts and every scheme, marks and primes or none."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spellings import NAMES, spellings

from apparatus.script.folding import as_data, fold, is_foldable, keys, table, words

RUSSIAN = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяіѣѳѵ", min_size=1)


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_of_a_name_has_one_key(name: str) -> None:
    assert len(spellings(name)) >= 2
    assert {fold(form) for form in spellings(name)} == {fold(name)}
    assert fold(name).isascii() and fold(name)


@given(RUSSIAN)
@example("тщ")
@example("сц")
@example("отц")
@example("кх")
@example("тсх")
@example("шчх")
def test_every_spelling_of_any_russian_word_has_one_key(word: str) -> None:
    assert {fold(form) for form in spellings(word)} == {fold(word)}


def test_different_names_keep_different_keys() -> None:
    assert len(NAMES) > 40
    assert len({fold(name) for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize(
    "typed", ["Artemev", "artemev", "Artem'ev", "Artemʹev", "Artem’iev", "Artemyev", "Артемьев"]
)
def test_artemev_is_found_however_it_is_typed(typed: str) -> None:
    assert [keys(word) for word in words(typed)] == [["artemev"]]


def test_other_marks_go_too() -> None:
    assert fold("Émigré") == fold("emigre")
    assert fold("Łódź") == fold("Lodz")


@pytest.mark.parametrize("form", ["Власов", "Власова", "Власову", "Власовым", "Власове", "Власовы"])
def test_a_declined_name_has_the_key_of_the_name(form: str) -> None:
    assert fold("Vlasov") in keys(form)


def test_a_surname_is_not_shortened_to_another_name() -> None:
    assert fold("Влас") not in keys("Власов")


def test_apostrophes_and_primes_are_of_the_word_and_a_possessive_is_not() -> None:
    text = "‘Vlasov’s’ army, Ob”yezd; Sovet·skiy t͡sar’ don’t 1942 «Кринько»"
    assert list(words(text)) == [
        "Vlasov",
        "army",
        "Ob”yezd",
        "Sovet·skiy",
        "t͡sar",
        "don't",
        "1942",
        "Кринько",
    ]


def test_ordinary_english_words_are_left_to_the_stemmer() -> None:
    assert [
        word for word in words("The soldiers’ émigré army (армия) of Vlasov didn’t") if is_foldable(word)
    ] == [
        "The",
        "émigré",
        "армия",
        "Vlasov",
    ]


@given(st.text())
def test_no_text_makes_folding_fail(text: str) -> None:
    for word in words(text):
        assert all(keys(word))


def test_there_is_one_table_and_it_is_plain_data() -> None:
    assert table() is table()
    data = as_data()
    assert json.loads(json.dumps(data, ensure_ascii=False))["letters"]["щ"] == "shch"
    assert sorted(data) == ["ending", "letters", "mark", "rules", "signs"]
