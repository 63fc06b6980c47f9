"""Which face has the letters of a script, and what the set-up finds in an edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from needs import faces_for, patterns_for, texts

from apparatus.typefaces import CJK, FACES, NOTO, script_of, scripts_of


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("a", "Latn"),
        ("ᷠ", "Latn"),
        ("ἀ", "Grek"),
        ("ꙋ", "Cyrl"),
        ("\u2ded", "Cyrl"),
        ("א", "Hebr"),
        ("\u05b8", "Hebr"),
        ("\u0591", "Hebr"),
        ("ﭏ", "Hebr"),
        ("ا", "Arab"),
        ("ܐ", "Syrc"),
        ("ⲁ", "Copt"),
        ("Ⰰ", "Glag"),
        ("ཀ", "Tibt"),
        ("अ", "Deva"),
        ("字", "Hani"),
        ("⼀", "Hani"),
        ("か", "Kana"),
        ("가", "Hang"),
        ("𐎀", "Ugar"),
        ("𐎠", "Xpeo"),
        ("5", ""),
        (".", ""),
        ("\ue000", ""),
        ("→", ""),
    ],
)
def test_a_letter_tells_its_script(letter: str, script: str) -> None:
    assert script_of(letter) == script


def test_the_scripts_of_a_text_are_each_told_once() -> None:
    assert scripts_of("אב, ab; αב 字") == ["Grek", "Hani", "Hebr", "Latn"]


def test_every_face_comes_from_a_package() -> None:
    assert {face.debian for face in FACES.values()} == {NOTO, CJK}
    assert all(face.file.endswith(("-Regular.ttf", "-Regular.ttc")) for face in FACES.values())


def test_the_set_up_finds_the_languages_that_an_edition_names() -> None:
    said = [
        "---\nlang: grc\n---\n\nWords [in]{lang=la} and [x]{.language-de-AT} and `{lang=cop}`.\n",
        "```md\n{lang=hy}\n```\n",
        'language = "fr"\napparatus_text_language = "cu"\n',
    ]
    assert [rules.hyph_utf8 for rules in patterns_for(said)] == ["cu", "de-1996", "grc", "la"]


def test_the_set_up_finds_the_scripts_in_which_an_edition_is_written() -> None:
    files = [face.file for face in faces_for(["Latin é, ἀ, Ѣ, ﬁ", "שלום", "ꙋ"])]
    assert files == ["NotoSerif-Regular.ttf", "NotoSerifHebrew-Regular.ttf"]
    assert faces_for(["Latin é, ἀ, Ѣ: “…”"]) == []


def test_the_set_up_finds_the_faces_that_an_edition_names() -> None:
    said = (
        'apparatus_faces = {"main": "NotoSerif", "Hebr": "NotoRashiHebrew-Regular.ttf", "Arab": "Own.ttf"}\n'
    )
    files = {face.file for face in faces_for([said])}
    assert files == {
        *(f"NotoSerif-{style}.ttf" for style in ("Regular", "Italic", "Bold", "BoldItalic")),
        "NotoRashiHebrew-Regular.ttf",
    }


def test_the_words_of_an_edition_stand_in_its_sources_and_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / "conf.py").write_text("b", encoding="utf-8")
    (tmp_path / "other.md").write_text("c", encoding="utf-8")
    assert list(texts([tmp_path])) == ["b", "a"]
