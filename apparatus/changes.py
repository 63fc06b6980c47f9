"""How a reading differs from the text, told by rule from the words alone, so that anyone can count again.

The kinds are those that editors tell apart when they say what is substantive (Greg's *accidentals*: spelling,
capitals, punctuation, the division of paragraphs). TEI would say them in ``@type`` of a reading.
"""

from __future__ import annotations

import difflib
import unicodedata
from enum import Enum
from functools import lru_cache
from typing import assert_never

from apparatus.characters import differ_in_capitals, divides
from apparatus.characters import words as divided
from apparatus.model import BREAK, Effect, Reading
from apparatus.voice import phrase


class Change(Enum):
    """How a reading differs from the text. The value is printed; ``rule`` says how it is known. Both are messages."""

    rule: str

    def __new__(cls, value: str, rule: str) -> Change:
        change = object.__new__(cls)
        change._value_ = value
        change.rule = rule
        return change

    OMISSION = phrase("omission"), phrase("the witness lacks the words (om., del.)")
    ADDITION = phrase("addition"), phrase("the witness has words besides (add., praem.)")
    TRANSPOSITION = phrase("transposition"), phrase("the witness has the words elsewhere (transp.)")
    WORDS = (
        phrase("other words"),
        phrase("words differ in more than their spelling, in number, or in a numeral"),
    )
    SPELLING = (
        phrase("spelling or form of a word"),
        phrase(
            "as many words as the text; those that differ begin with the same letter, and at most a third of their "
            "letters (one at least is allowed) are others; u and v, i and j, w and vv, long s and the parts of "
            "ligatures count as the same letter"
        ),
    )
    CAPITALS = phrase("capitals"), phrase("the same letters and figures, but capitals differ")
    BREAKS = (
        phrase("division of paragraphs"),
        phrase("the witness begins a paragraph where the text does not, or the reverse"),
    )
    PUNCTUATION = (
        phrase("punctuation and spacing"),
        phrase("the same letters and figures; stops, hyphens, dashes or blanks differ"),
    )
    LOSS = phrase("loss"), phrase("the words cannot be read or are lost (ill., lac.)")
    MARK = (
        phrase("mark of the editors"),
        phrase("the words stand, marked as spurious or despaired of (secl., crux.)"),
    )


#: Changes that touch how the words are written, not which words they are: Greg's *accidentals*.
ACCIDENTAL = frozenset({Change.SPELLING, Change.CAPITALS, Change.PUNCTUATION, Change.BREAKS})


def change_of(words: str, reading: Reading, *, is_block: bool = False) -> Change:
    """The change that a reading makes of the text's *words*, which may be a whole block; of several the gravest."""
    match reading.kind.effect:
        case Effect.SUBSTITUTES:
            return _change_of_words(words, reading.text)
        case Effect.CUTS:
            return _or_signs(Change.OMISSION, words, is_block=is_block)
        case Effect.ADDS:
            return _or_signs(Change.ADDITION, reading.text, is_block=is_block)
        case Effect.MOVES:
            return _or_signs(Change.TRANSPOSITION, words, is_block=is_block)
        case Effect.LOSES:
            return Change.LOSS
        case Effect.STANDS:
            return Change.MARK
        case _:
            assert_never(reading.kind.effect)


def _or_signs(change: Change, words: str, *, is_block: bool) -> Change:
    """A change of *words*; of a sign without a letter or figure, be it left out or added, it is punctuation."""
    has_words = is_block or any(unicodedata.category(c)[0] in "LN" or _is_symbol(c) for c in words)
    return change if has_words else Change.PUNCTUATION


@lru_cache(maxsize=4096)  # it is asked for several times at an entry
def _change_of_words(words: str, text: str) -> Change:
    words, text = unicodedata.normalize("NFC", words), unicodedata.normalize("NFC", text)
    if words == text:  # how letters are encoded is a matter of their form
        return Change.SPELLING
    ours, theirs = _letters(words), _letters(text)
    if "".join(ours) == "".join(theirs):
        breaks = ["".join(_letters(part)) for part in words.split(BREAK)]
        is_divided_so = breaks == ["".join(_letters(part)) for part in text.split(BREAK)]
        return Change.PUNCTUATION if is_divided_so else Change.BREAKS
    if differ_in_capitals("".join(ours), "".join(theirs)):
        return Change.CAPITALS
    if len(ours) == len(theirs) and all(map(_one_word_spelt_twice, ours, theirs)):
        return Change.SPELLING
    return Change.WORDS


def _letters(text: str) -> list[str]:
    """The words of a text, their letters, figures, accents and symbols only: € and £ are no stops."""
    if text.isalnum():  # a single word, as most lemmata are
        return [text]
    return divided("".join(c if divides(c) or _is_substance(c) else "" for c in text))


@lru_cache(maxsize=4096)
def _is_substance(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or _is_symbol(character)


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) in ("Sc", "Sm", "So")


def _one_word_spelt_twice(ours: str, theirs: str) -> bool:
    ours, theirs = in_plain_letters(ours), in_plain_letters(theirs)
    if ours == theirs:
        return True
    if _base(ours[0]) != _base(theirs[0]) or any(c.isdigit() for c in ours + theirs):
        return False
    steps = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    others = sum(max(a1 - a0, b1 - b0) for tag, a0, a1, b0, b1 in steps if tag != "equal")
    return others <= max(1, max(len(ours), len(theirs)) // 3)


#: Letters that scribes and early printers write for one another; long s and ſt are small forms for Unicode already.
_FOR_ONE_ANOTHER = str.maketrans({"v": "u", "j": "i", "ꝛ": "r", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=4096)
def in_plain_letters(word: str) -> str:
    """A word in small letters, with one letter for those that are written for one another, ligatures undone."""
    return word.casefold().translate(_FOR_ONE_ANOTHER).replace("uu", "w")


def _base(letter: str) -> str:
    """A letter without its accent."""
    return unicodedata.normalize("NFD", letter)[:1]
