"""Transliteration, letter by letter, with capitals and accents kept.

The letters and their contexts go through a schema of the library *iuliia*. Round it stands
what the library lacks: capitals by the rule of print (ЩУКА gives SHCHUKA, Щука Shchuka, a
lone Я. stays Ya.), accents that survive without hiding a letter's neighbours, and NFC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from iuliia.schema import TranslitSchema

from apparatus.problems import Problem
from apparatus.script.detect import LETTER, MARK, WORD
from apparatus.script.tables import DEFAULT, Scheme, UnknownSchemeError, find_scheme

#: Closes the value of every letter, so that letters in and letters out stay side by side.
_END = "\x1f"
#: Stands in the engine for every letter that a table lacks. A letter of no alphabet (multiocular o), so
#: that it is neither the beginning of a word nor a vowel to the letters beside it.
_UNKNOWN = "\ua66e"
_LETTER_WITH_MARKS = re.compile(f"({LETTER})({MARK}*)")


def transliterate(text: str, scheme: str = DEFAULT) -> str:
    """*text* with its Russian words in Latin letters; everything else is left as it is.

    *scheme* is a key of :data:`SCHEMES`; ask :func:`find_scheme` first about a name that a
    user wrote, since any other raises :class:`UnknownSchemeError` and nothing else does.
    Letters that the table lacks stay as they are, each in its place and with its accents;
    :func:`unknown_letters` names them.
    """
    return by_table(text, _scheme(scheme))


def unknown_letters(text: str, scheme: str = DEFAULT) -> str:
    """The Cyrillic letters of *text* that the table of *scheme* lacks, each once, in order, as they stand."""
    return lacking(text, _scheme(scheme))


def by_table(text: str, scheme: Scheme) -> str:
    """*text* as :func:`transliterate` writes it, by a scheme of whatever language is written in Cyrillic."""
    return WORD.sub(lambda word: _word(word[0], scheme), text)


def lacking(text: str, scheme: Scheme) -> str:
    """What :func:`unknown_letters` says, of a scheme of whatever language is written in Cyrillic."""
    table = scheme.letters
    letters = (base for word in WORD.findall(text) for base, _ in _split(word, table))
    return "".join(dict.fromkeys(letter for letter in letters if letter.lower() not in table))


def _scheme(name: str) -> Scheme:
    found = find_scheme(name)
    if isinstance(found, Problem):
        raise UnknownSchemeError(found)
    return found


def _word(word: str, scheme: Scheme) -> str:
    """One word: its bare letters through the engine, then capitals and accents put back."""
    split = _split(word, scheme.letters)
    letters = [letter for letter, _ in split]
    known = [letter.lower() if letter.lower() in scheme.letters else _UNKNOWN for letter in letters]
    values = _schema(scheme).translate("".join(known)).split(_END)
    capitals = [letter.isupper() for letter in letters]
    made = []
    for i, (letter, marks) in enumerate(split):
        value = letter if known[i] == _UNKNOWN else cased(values[i], capitals, i)
        made.append(value + marks if value else "")  # an accent does not pass to the letter before
    return unicodedata.normalize("NFC", "".join(made))


def _split(word: str, table: Mapping[str, str]) -> list[tuple[str, str]]:
    """The letters of a word, each with the accents on it."""
    found = _LETTER_WITH_MARKS.findall(unicodedata.normalize("NFC", word))
    bases = ((*_base(letter, table), marks) for letter, marks in found)
    return [(base, own + marks) for base, own, marks in bases]


def _base(letter: str, table: Mapping[str, str]) -> tuple[str, str]:
    """A letter of the table and the accents on it: ѝ, which no table has, is и with a grave."""
    if letter.lower() in table:
        return letter, ""
    parts = unicodedata.normalize("NFD", letter)
    return (parts[0], parts[1:]) if parts[0].lower() in table else (letter, "")


def cased(value: str, capitals: list[bool], i: int) -> str:
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
def _schema(scheme: Scheme) -> TranslitSchema:
    """The scheme as a schema of the library, each value closed by :data:`_END`."""
    closed = [
        {key: value + _END for key, value in mapping.items()}
        for mapping in ({_UNKNOWN: "", **scheme.letters}, scheme.after, scheme.before)
    ]
    return TranslitSchema(
        name=scheme.name,
        description=scheme.source,
        mapping=closed[0],
        prev_mapping=closed[1],
        next_mapping=closed[2],
    )
