"""Church Slavonic, Greek and Sanskrit in Latin letters: against the published tables, and on pages."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from building import CONF, build, project
from hypothesis import given
from hypothesis import strategies as st

from apparatus.script.romanisation import ROMANISATIONS, romanisation_for
from apparatus.script.tables import plain
from apparatus.sphinxext.names import letters

TABLES = Path(__file__).parent / "data" / "romanisation"
ALL = [(language, name) for language, named in ROMANISATIONS.items() for name in named]


def rows(language: str) -> list[list[str]]:
    lines = (TABLES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [unicodedata.normalize("NFC", line).split() for line in lines if not line.startswith("#")]


def written(language: str, name: str, text: str) -> str:
    return ROMANISATIONS[language][name].write(text)


@pytest.mark.parametrize(
    ("language", "row"), [(language, row) for language in ("cu", "grc") for row in rows(language)], ids=str
)
def test_a_letter_is_as_in_its_published_table(language: str, row: list[str]) -> None:
    letter, lower, title, capitals = row
    beside = {"cu": ("к", "k"), "grc": ("τ", "t")}[language]
    for shown, next_to, value in (
        (letter, beside[0], lower + beside[1]),
        (letter[0].upper() + letter[1:], beside[0], title + beside[1]),
        (letter.upper(), beside[0].upper(), capitals + beside[1].upper()),
    ):
        assert written(language, "ala-lc", shown + next_to) == value
        assert written(language, "ala-lc-plain", shown + next_to) == plain(value)


@pytest.mark.parametrize("row", rows("sa"), ids=str)
def test_a_letter_of_devanagari_is_as_in_both_tables(row: list[str]) -> None:
    letter, iso, iast = row
    assert (written("sa", "iso15919", letter), written("sa", "iast", letter)) == (iso, iast)


@pytest.mark.parametrize(
    ("language", "name", "words", "latin"),
    [
        ("cu", "ala-lc", "Словѣньска азъбоукꙑ", "Slověnʹska azʺbuky"),
        ("cu", "ala-lc", "Оу҆чи́тель сѵ́нодъ сѵнодъ", "Uchitelʹ sẏnodʺ sv̇nodʺ"),  # notes of the table on marks
        ("cu", "ala-lc", "бг҃ъ глⷢ҇ъ и\ua67dже мой", "бг҃ъ глⷢ҇ъ и\ua67dже moĭ"),  # abbreviated: stays
        ("cu", "ala-lc", "ꙁемлꙗ ꙮчи", "ꙁemli͡a ꙮchi"),  # no value in the table
        ("cu", "ala-lc-plain", "зємлѧ прїидетъ", "zemle priidet"),
        ("grc", "ala-lc", "οὗτος Οὗτος ὁ υἱός, Ἅιδης", "houtos Houtos ho huios, Haidēs"),
        ("grc", "ala-lc", "ἄγγελος ἄγκυρα σφίγξ λόγχη γῆ", "angelos ankyra sphinx lonchē gē"),
        ("grc", "ala-lc", "αὐτός ηὗρον ναῦς ἀϋτή προϋπάρχω", "autos hēuron naus aytē proyparchō"),
        ("grc", "ala-lc", "ᾠδή τῷ Πύρρος ΘΕΟΣ Θεός", "ōdē tō Pyrros THEOS Theos"),
        ("grc", "ala-lc", "τί λέγεις; ἐγώ· οὐδέν.", "ti legeis? egō; ouden."),
        ("grc", "ala-lc-plain", "ψυχή", "psyche"),
        ("sa", "iso15919", "धर्मक्षेत्रे कुरुक्षेत्रे ।", "dharmakṣētrē kurukṣētrē ।"),
        ("sa", "iast", "संस्कृतम् अग्निमीळे सोऽहम्", "saṃskṛtam agnimīḻe so’ham"),
    ],
)
def test_words_are_as_the_rules_of_their_table_have_them(
    language: str, name: str, words: str, latin: str
) -> None:
    words = unicodedata.normalize("NFC", words)
    assert written(language, name, words) == unicodedata.normalize("NFC", latin)
    assert written(language, name, unicodedata.normalize("NFD", words)) == unicodedata.normalize("NFC", latin)


@pytest.mark.parametrize(
    ("language", "words", "lacking"),
    [
        ("cu", "ꙁемлꙗ и бг҃ъ ꙁ", "ꙁ\u0483"),
        ("grc", "λόγος ϡ ϟ", "ϡϟ"),
        ("sa", "फ़ वेदः", "फ\u093c"),
    ],
)
def test_what_has_no_value_can_be_named(language: str, words: str, lacking: str) -> None:
    for way in ROMANISATIONS[language].values():
        assert way.lacks(words) == lacking


@given(st.text(alphabet="ѣѧꙗъоуОУѵꙁ\u0301\u0308бжщЩ ἡὗΟὝγκρῥϡΠ·;धर्मकि़्ं॑ -a"))
def test_what_is_not_written_in_latin_letters_is_named(text: str) -> None:
    for language, script in {"cu": "CYRILLIC", "grc": "GREEK", "sa": "DEVANAGARI"}.items():
        for way in ROMANISATIONS[language].values():
            left = [
                c
                for c in unicodedata.normalize("NFD", way.write(text))
                if unicodedata.name(c).startswith(script)
            ]
            assert set(left) - {"।"} <= set(unicodedata.normalize("NFD", way.lacks(text)))


@pytest.mark.parametrize(
    ("tag", "table"),
    [
        *(("grc", "ala-lc"), ("grc-x-doric", "ala-lc"), ("el", None), ("grc-Latn", None)),
        *(
            ("he", None),
            ("ar", None),
            ("syr", None),
            ("cu", None),
        ),  # unpointed letters do not tell; none is chosen
    ],
)
def test_only_a_chosen_language_is_transliterated_and_its_varieties(tag: str, table: str | None) -> None:
    way = romanisation_for(tag, {"grc": "ala-lc"})
    assert (way.name if way else None) == table


PAGE = """\
# Notes

The word [λόγος]{lang=grc} and *[ἡ ψυχή]{lang=grc}*, Church Slavonic [зємлѧ бг҃ъ]{lang=cu}, Russian Земля, and
[धर्मः]{lang=sa}; [λόγος]{lang=grc} (logos) and [שלום]{lang=he}, as [λόγος]{lang=el}.

{lang=grc}
> ἐν ἀρχῇ ἦν ὁ λόγος
"""
CHOSEN = CONF + 'apparatus_schemes = {"grc": "ala-lc", "cu": "ala-lc-plain", "sa": "iast"}\n'


def shown(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<span class="transliteration"[^>]*? lang="([\w-]+)"[^>]*> \[(.*?)\]</span>', page)


def test_words_of_a_chosen_language_have_their_transliteration_beside_them(tmp_path, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(letters, "inform", said.append)
    source = project(tmp_path / "source", PAGE, witnesses="", conf=CHOSEN)
    built = build(source, tmp_path / "build")
    greek, slavonic, indic = "grc-Latn-t-grc-m0-alaloc", "cu-Latn-t-cu-m0-alaloc", "sa-Latn-t-sa-x-iast"
    assert shown(built.page("index")) == [
        *((greek, "logos"), (greek, "hē psychē"), (slavonic, "zemle бг҃ъ")),
        *(("ru-Latn-t-ru-m0-alaloc", "Zemlia"), (indic, "dharmaḥ")),
    ]
    assert said == [
        f"transliteration: ala-lc-plain of cu has no value for ◌\u0483 ({source / 'index.md'}:7); what has none stays as it is"
    ]


def test_without_a_choice_no_other_language_is_transliterated(tmp_path):
    built = build(project(tmp_path / "source", PAGE, witnesses=""), tmp_path / "build")
    assert [latin for _, latin in shown(built.page("index"))] == ["Zemlia"]


@pytest.mark.parametrize("chosen", ['{"grc": "iso9"}', '{"he": "ala-lc"}'])
def test_a_table_that_a_language_does_not_have_is_reported(tmp_path, chosen):
    conf = CONF + f"apparatus_schemes = {chosen}\n"
    built = build(
        project(tmp_path / "source", "# T\n", witnesses="", conf=conf), tmp_path / "build", allow="bad_config"
    )
    (warning,) = built.warnings
    assert "apparatus_schemes" in warning and "`sa`: `iso15919` or `iast`" in warning
