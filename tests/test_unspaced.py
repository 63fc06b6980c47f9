"""Scripts with other habits: no blanks between words, marks in any order, letters of private use."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from building import CONF, TRANSCRIBED, build, project

from apparatus.anchoring.words import find_all
from apparatus.characters import in_order, is_unspaced
from apparatus.collation.align import tokens

#: The beginning of the Analects (public domain); the readings are invented.
CHINESE = "子曰：學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？"


@pytest.mark.parametrize(
    ("text", "words", "at"),
    [
        (CHINESE, "時習", [5]),
        (CHINESE, "不亦", [9, 21]),
        ("สวัสดีชาวโลก", "ชาว", [6]),  # Thai
        ("สวัสดี", "สวัส", [0]),
        ("สวัสดี", "สวัสด", []),  # its vowel sign stands on the last letter
        ("色は匂へど散りぬるを", "匂へど", [2]),
        ("ភាសាខ្មែរ", "ភាសា", [0]),  # Khmer
        ("𓀀𓁐𓂀", "𓁐", [1]),
        ("한국어", "국", []),  # Korean has blanks
        ("བཀྲ་ཤིས་", "ཤིས", [4]),  # Tibetan divides syllables by a sign
        ("A子B", "子", [1]),
        ("ARMAVIRVMQVE", "VIRVM", []),
    ],
)
def test_a_lemma_begins_and_ends_at_any_letter_where_a_script_has_no_blanks(
    text: str, words: str, at: list[int]
) -> None:
    assert list(find_all(text, words, 0, len(text))) == at


def test_only_letters_are_words_by_themselves() -> None:
    assert [is_unspaced(c) for c in "子あกᠠ가a。、"] == [True, True, True, False, False, False, False, False]


def test_each_letter_is_compared_by_itself_with_its_marks() -> None:
    assert tokens("不亦, ab ที่ c") == ["不", "亦", ",", " ", "ab", " ", "ที่", " ", "c"]


def chinese(folder: Path, entries: str, witness: str, **options: str) -> tuple[str, ...]:
    text = f"# 學而\n\n{CHINESE}\n\n:::{{apparatus}}\n{entries}:::\n"
    conf = f'{CONF}apparatus_text_language = "zh-Hant"\n'
    source = project(
        folder / "source", text, conf=conf, witnesses=TRANSCRIBED, **{"A.txt": f"學而\n{witness}\n"}
    )
    return build(source, folder / "out", **options).warnings


def test_entries_of_every_kind_are_proved_in_a_text_without_blanks(tmp_path: Path) -> None:
    entries = "時習 ] 時常習 A\n說 ] 悅 A\n不亦^2 ] om. A\n朋 ] add. 友 A\n自 ] praem. 兮 A\n遠方 ] 方遠 A\n"
    witness = "子曰：學而時常習之，不亦悅乎？有朋友兮自方遠來，樂乎？"
    assert chinese(tmp_path, entries, witness) == ()


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (CHINESE.replace("說", "悅"), "說 ] 悅 A"),
        (CHINESE.replace("時", ""), "時 ] om. A"),
        (CHINESE.replace("朋", "朋友"), "朋 ] add. 友 A"),
    ],
)
def test_what_is_proposed_for_a_text_without_blanks_is_as_small_as_the_difference(
    tmp_path: Path, read: str, line: str
) -> None:
    (said,) = chinese(tmp_path, "曰 ] om. A^mg\n", read, allow="any")
    assert line in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("בּ\u05b8ר\u05b8א", "ב\u05b8\u05bcר\u05b8א"),  # dagesh and qamats
        ("бг\u0483\u0331ъ", "бг\u0331\u0483ъ"),  # titlo, and a stroke below
        ("q\u0307\u0323 x", "q\u0323\u0307"),
        ("क\u093c\u094dष", "क\u094d\u093cष"),  # nukta and virama
    ],
)
def test_marks_of_one_letter_may_stand_in_any_order(text: str, words: str) -> None:
    assert text.find(words) < 0
    assert list(find_all(text, words, 0, len(text))) == [0]


def test_a_lemma_takes_a_letter_with_all_its_marks() -> None:
    text = "ב\u05b8\u05bc"
    assert list(find_all(text, "ב\u05b8", 0, len(text))) == []
    assert list(find_all(text, "ב\u05bc", 0, len(text))) == []


def test_cantillation_is_of_its_word_and_its_signs_are_not() -> None:
    text = "אֶת־הָאָ֗רֶץ׃"
    assert list(find_all(text, "הָאָ֗רֶץ", 0, len(text))) == [text.index("ה")]
    assert list(find_all(text, "הָאָרֶץ", 0, len(text))) == []


@pytest.mark.parametrize("text", ["abc", "ä", "é\u0323", "שָׁלוֹם", "q\u0307\u0323", "\u0323\u0307"])
def test_order_changes_no_length_and_no_meaning(text: str) -> None:
    made = in_order(text)
    assert len(made) == len(text)
    assert unicodedata.normalize("NFD", made) == unicodedata.normalize("NFD", text)


def test_letters_of_private_use_are_letters() -> None:
    text = "a\ue001 b\ue001\u0304"
    assert list(find_all(text, "\ue001", 0, len(text))) == []
    assert list(find_all(text, "a\ue001", 0, len(text))) == [0]
    assert tokens(text) == ["a\ue001", " ", "b\ue001\u0304"]
