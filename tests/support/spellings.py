"""Russian names, and the ways in which they are spelt in both scripts."""

from __future__ import annotations

import tomllib
import unicodedata

from building import ROOT

from apparatus.script import SCHEMES, transliterate
from apparatus.script.folding import SIGNS, words

REGISTER = ROOT / "source" / "names.toml"


ORIGINALS = [
    entry["original"]
    for entry in tomllib.loads(REGISTER.read_text(encoding="utf-8")).values()
    if "original" in entry
]


OTHERS = (
    *("Жиленков", "Малышкин", "Трухин", "Буняченко", "Зыков", "Благовещенский", "Шкуро", "Солженицын"),
    *("Объездов", "Юлия", "Яковлев", "Мейер", "Подъячев", "Цховребов", "Щука", "Тщета", "Отцовский"),
    *("Схимник", "Анастасий", "Эйхе", "Ильич", "Ёлкин", "Чапаевск", "Вяртсиля", "Майя"),
)


NAMES = sorted(
    {*(word for original in ORIGINALS for word in words(original) if word[1:2].islower()), *OTHERS}
)


def spellings(word: str) -> set[str]:
    """A word as catalogues, maps, grammars and keyboards have it."""
    latin = {transliterate(word, scheme) for scheme in SCHEMES}
    typed = {"".join("'" if c in SIGNS else c for c in form) for form in latin}
    bare = {"".join(c for c in form if c not in SIGNS) for form in latin}
    plain = {
        "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))
        for form in typed | bare
    }
    return {word, word.lower(), unicodedata.normalize("NFD", word), *latin, *typed, *bare, *plain}
