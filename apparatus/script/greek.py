"""Ancient and medieval Greek in Latin letters, by the table of the Library of Congress.

The table is *Greek* of the ALA-LC Romanization Tables (2010). Accents, the smooth breathing and the iota below are ignored; the rough
breathing is *h*. Where a text in capitals has no breathings, the table has the *h* supplied by who knows the word: a program does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from apparatus.script.transliteration import cased

TAG = "grc-Latn-t-grc-m0-alaloc"
SOURCE = "ALA-LC Romanization Tables: Greek (2010), the part for ancient and medieval Greek"

_LETTERS = dict(
    zip(
        [
            "α",
            "β",
            "γ",
            "δ",
            "ε",
            "ζ",
            "η",
            "θ",
            "ι",
            "κ",
            "λ",
            "μ",
            "ν",
            "ξ",
            "ο",
            "π",
            "ρ",
            "σ",
            "ς",
            "τ",
            "υ",
            "φ",
            "χ",
            "ψ",
            "ω",
            "ϝ",
            "ϙ",
        ],
        [
            "a",
            "b",
            "g",
            "d",
            "e",
            "z",
            "ē",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "ph",
            "ch",
            "ps",
            "ō",
            "w",
            "ḳ",
        ],
        strict=True,
    )
)
_DIPHTHONGS = frozenset(["αι", "ει", "οι", "υι", "αυ", "ευ", "ηυ", "ου", "ωυ"])
_ROUGH, _DIAERESIS = "\u0314", "\u0308"
_SIGNS = {"\u0387": ";", "\u00b7": ";", ";": "?", "\u037e": "?"}

_GREEK = "".join(
    chr(code)
    for code in (*range(0x370, 0x400), *range(0x1F00, 0x2000))
    if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt")
)
_MARK = "\u0300-\u036f"
_WORD = re.compile(f"[{_GREEK}][{_GREEK}{_MARK}]*|[{''.join(_SIGNS)}]")
_LETTER = re.compile(f"([^{_MARK}])([{_MARK}]*)")


def write_greek(text: str, shape: Callable[[str], str] = str) -> str:
    """*text* with its Greek words and signs as the table has them, each word in a *shape*."""
    return _WORD.sub(lambda found: _SIGNS.get(found[0]) or shape(_word(found[0])), text)


def lacks(text: str) -> str:
    """Greek letters of *text* that have no value, each once, in order."""
    letters = (letter for word in _WORD.findall(text) if word not in _SIGNS for letter, _ in _split(word))
    return "".join(dict.fromkeys(letter for letter in letters if letter.lower() not in _LETTERS))


def _word(word: str) -> str:
    split = _split(word)
    letters = [letter.lower() for letter, _ in split]
    values = [_value(letters, i, split) for i in range(len(letters))]
    for i, (_, marks) in enumerate(split):
        if _ROUGH in marks and letters[i] != "ρ":
            first = i - _is_second(letters, i, split)
            values[first] = "h" + values[first]
    capitals = [letter.isupper() for letter, _ in split]
    written = "".join(cased(value, capitals, i) for i, value in enumerate(values))
    return unicodedata.normalize("NFC", written)


def _split(word: str) -> list[tuple[str, str]]:
    """The letters of a word in their usual shapes, each with its marks."""
    return _LETTER.findall(unicodedata.normalize("NFKD", word))


def _value(letters: list[str], i: int, split: list[tuple[str, str]]) -> str:
    letter, marks = letters[i], split[i][1]
    following = "".join(letters[i + 1 : i + 2])
    if letter == "γ" and following in tuple("γκξχ"):
        at_edge = following == "κ" and (i == 0 or i + 2 == len(letters))
        return "g" if at_edge else "n"
    if letter == "ρ":
        return "rh" if _ROUGH in marks else "r"
    if letter == "υ" and (
        _is_second(letters, i, split) or (following == "ι" and _is_second(letters, i + 1, split))
    ):
        return "u"
    return _LETTERS.get(letter, split[i][0])


def _is_second(letters: list[str], i: int, split: list[tuple[str, str]]) -> bool:
    """Whether a letter is the second of a diphthong."""
    return i > 0 and letters[i - 1] + letters[i] in _DIPHTHONGS and _DIAERESIS not in split[i][1]
