"""Transliteration, letter by letter, with capitals and accents kept.

The letters and their contexts go through a schema of the library *iuliia*. Round it stands
what the library lacks: capitals by the rule of print (ЩУКА gives SHCHUKA, Щука Shchuka, a
lone Я. stays Ya.), accents that survive without hiding a letter's neighbours, and NFC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from iuliia.schema import TranslitSchema

from apparatus.problems import Problem
from apparatus.script.detect import LETTER, MARK, WORD
from apparatus.script.tables import DEFAULT, SCHEMES, Scheme, UnknownSchemeError, find_scheme

#: Closes the value of every letter, so that letters in and letters out stay side by side.
_END = "\x1f"
_LETTER_WITH_MARKS = re.compile(f"({LETTER})({MARK}*)")
_LOWER_CYRILLIC = [chr(c) for c in range(0x430, 0x530) if chr(c).islower() or not chr(c).isupper()]


def transliterate(text: str, scheme: str = DEFAULT) -> str:
    """*text* with its Russian words in Latin letters; everything else is left as it is.

    *scheme* is a key of :data:`SCHEMES`; ask :func:`find_scheme` first about a name that a
    user wrote, since any other raises :class:`UnknownSchemeError` and nothing else does.
    Letters of other Cyrillic alphabets that the table lacks stay as they are.
    """
    found = find_scheme(scheme)
    if isinstance(found, Problem):
        raise UnknownSchemeError(found)
    return WORD.sub(lambda word: _word(word[0], found), text)


def _word(word: str, scheme: Scheme) -> str:
    """One word: its bare letters through the engine, then capitals and accents put back."""
    letters, marks = [], []
    for letter, accents in _LETTER_WITH_MARKS.findall(unicodedata.normalize("NFC", word)):
        base, more = _base(letter, scheme)
        letters.append(base)
        marks.append(more + accents)
    values = _schema(scheme.name).translate("".join(letters).lower()).split(_END)
    capitals = [letter.isupper() for letter in letters]
    return unicodedata.normalize(
        "NFC",
        "".join(_cased(values[i], capitals, i) + mark for i, mark in enumerate(marks)),
    )


def _base(letter: str, scheme: Scheme) -> tuple[str, str]:
    """A letter of the table and the accents on it: ѝ, which no table has, is и with a grave."""
    if letter.lower() in scheme.letters:
        return letter, ""
    parts = unicodedata.normalize("NFD", letter)
    return (parts[0], parts[1:]) if parts[0].lower() in scheme.letters else (letter, "")


def _cased(value: str, capitals: list[bool], i: int) -> str:
    """Capitalise a value: wholly among capitals, else its first letter only.

    The letter after decides, at the end of a word the letter before; a lone capital is an
    initial or the first word of a sentence.
    """
    if not capitals[i]:
        return value
    neighbour = capitals[i + 1 : i + 2] or capitals[i - 1 : i] or [False]
    if neighbour[0]:
        return value.upper()
    first = next((at for at, char in enumerate(value) if char.isalpha()), 0)
    return value[:first] + value[first : first + 1].upper() + value[first + 1 :]


@cache
def _schema(name: str) -> TranslitSchema:
    """The scheme as a schema of the library, each value closed by :data:`_END`.

    Letters that the table lacks are mapped to themselves, so that they too are closed.
    """
    scheme = SCHEMES[name]
    letters = {letter: letter for letter in _LOWER_CYRILLIC} | dict(scheme.letters)
    closed = [
        {key: value + _END for key, value in mapping.items()}
        for mapping in (letters, scheme.after, scheme.before)
    ]
    return TranslitSchema(
        name=name,
        description=scheme.source,
        mapping=closed[0],
        prev_mapping=closed[1],
        next_mapping=closed[2],
    )
