"""Which characters of a text divide words, are folded, stay, are refused: one account for all.

Text, entries, transcriptions and names are read by the same rules. The editors cannot see
most of these characters, so nothing here is decided by what a line looks like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache


class Sort(Enum):
    """What a character does in a text. The value is how the manual's table calls it."""

    BLANK = "folded"  #: any number in a row is one blank; it divides words
    SPACE = "fixed"  #: stays as it is, and divides words; none is left at the ends of a passage
    REFUSED = "refused"  #: is no text: reported where it stands, and read as a blank
    JOINER = "joining"  #: unseen and of its word
    MARK = "mark"  #: of the letter before it
    DIRECTION = "direction"  #: unseen, stays where it is; words are the same with it and without
    LETTER = "letter"  #: letters and figures, of private use also
    SIGN = "sign"  #: whatever else is seen: it stays, and belongs to no word


#: White space of a source file.
_BLANKS = " \t\n\r"
#: Controls, the separators of lines and paragraphs, and what Unicode says is no character.
_REFUSED = "".join(
    chr(i)
    for i in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xFDD0, 0xFDF0))
    if chr(i) not in _BLANKS
) + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
#: Zero width space: no category of Unicode says that it divides words.
_ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
#: Unicode's property Bidi_Control.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: Of these: what opens an embedding or override, what an isolate, and what ends them (UAX #9).
_EMBEDDINGS, _ISOLATES = frozenset("\u202a\u202b\u202d\u202e"), frozenset("\u2066\u2067\u2068")
_END_OF_EMBEDDING, _END_OF_ISOLATE = "\u202c", "\u2069"
#: Fixed spaces: of these it matters which one it is.
_SPACES = "".join(chr(i) for i in range(0x80, 0x3001) if unicodedata.category(chr(i)) == "Zs")

#: Letters of scripts that are written without blanks between words, by their blocks: Thai, Lao; Burmese; Khmer; Tai;
#: Tham; Balinese; Javanese; Chinese and Japanese with their radicals, signs and phonetic letters; hieroglyphs, cuneiform.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f\u2e80-\u2fdf\u3005-\u3007"
    "\u3021-\u302f\u3038-\u303c\u3041-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9df\ua9e0-\ua9ff"
    "\uaa60-\uaadf\uf900-\ufaff\uff66-\uff9f\U00012000-\U0001254f\U00013000-\U0001345f\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff]"
)

#: All that is folded: what a reading of a file strips, splits at and makes one blank of.
WHITE = _BLANKS + _REFUSED
#: One or more of it.
BLANKS = re.compile(f"[{re.escape(WHITE)}]+")
#: A word between blanks, with its signs.
WORD = re.compile(f"[^{re.escape(WHITE)}]+")
#: What divides words.
_DIVIDERS = re.compile(f"[{re.escape(WHITE + _SPACES + _ZERO_WIDTH_SPACE)}]+")
#: What is left at no end of a passage: no page shows it there.
EDGE = f" {_SPACES}{_ZERO_WIDTH_SPACE}"
_UNSEEN = (Sort.SPACE, Sort.JOINER, Sort.DIRECTION, Sort.REFUSED)
_IS_REFUSED = re.compile(f"[{re.escape(_REFUSED)}]")


@lru_cache(maxsize=4096)
def sort_of(character: str) -> Sort:
    """What *character* does in a text."""
    category = unicodedata.category(character)
    if character in _BLANKS:
        return Sort.BLANK
    if character in _REFUSED:
        return Sort.REFUSED
    if category == "Zs" or character == _ZERO_WIDTH_SPACE:
        return Sort.SPACE
    if character in _DIRECTIONS:
        return Sort.DIRECTION
    if category == "Cf":
        return Sort.JOINER
    if category[0] == "M":
        return Sort.MARK
    # What this Unicode does not know yet is more likely a letter than a sign.
    is_letter = character.isalnum() or category in ("Co", "Cn")
    return Sort.LETTER if is_letter else Sort.SIGN


@lru_cache(maxsize=4096)
def is_mark(character: str) -> bool:
    """Whether it belongs to the character before it."""
    return sort_of(character) in (Sort.MARK, Sort.JOINER)


@lru_cache(maxsize=4096)
def is_of_word(character: str) -> bool:
    """Whether it is a letter, a figure, or what belongs to one."""
    return sort_of(character) in (Sort.LETTER, Sort.MARK, Sort.JOINER)


@lru_cache(maxsize=4096)
def divides(character: str) -> bool:
    """Whether words end at it: white space of any kind."""
    return sort_of(character) in (Sort.BLANK, Sort.SPACE, Sort.REFUSED)


@lru_cache(maxsize=4096)
def is_unspaced(character: str) -> bool:
    """Whether it is a letter of a script that is written without blanks: a word may begin and end at it."""
    return _UNSPACED.match(character) is not None and sort_of(character) is Sort.LETTER


def parts_words(before: str, after: str) -> bool:
    """Whether one word may end and another begin between two characters that both are of words."""
    return (is_unspaced(before) or is_unspaced(after)) and not is_mark(after)


@lru_cache(maxsize=64)
def in_order(text: str) -> str:
    """*text* with the marks of each letter in Unicode's canonical order, which no eye sees; as long as before."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    made, marks = [], []
    for character in text:
        if unicodedata.combining(character):
            marks.append(character)
            continue
        made += [*sorted(marks, key=unicodedata.combining), character]
        marks = []
    return "".join([*made, *sorted(marks, key=unicodedata.combining)])


#: Signs of Unicode's category Po that stand apart from the word before them, or may.
_APART = frozenset("\"#&'*/@\\§¶¡¿†‡•‣※‖⸘%‰‱٪")


@lru_cache(maxsize=4096)
def closes(character: str) -> bool:
    """Whether it is a sign that stands close to the word before it, in whatever script: a stop, a closing bracket."""
    category = unicodedata.category(character)
    return category in ("Pe", "Pf") or (category == "Po" and character not in _APART)


@lru_cache(maxsize=4096)
def opens(character: str) -> bool:
    """Whether it is a sign that stands close to the word after it: an opening bracket."""
    return unicodedata.category(character) in ("Ps", "Pi") or character in "¿¡†"


def is_direction(character: str) -> bool:
    """Whether it says only in which direction the text beside it runs."""
    return character in _DIRECTIONS


def turns_round(text: str) -> bool:
    """Whether it has letters that are written from right to left, or says in which direction it runs."""
    return not text.isascii() and any(c in _DIRECTIONS or _is_backwards(c) for c in text)


def direction_of(text: str) -> str:
    """The direction of the first letter of *text* that has one: ``rtl`` or ``ltr``; empty if none has."""
    strong = (unicodedata.bidirectional(c) for c in text)
    first = next((found for found in strong if found in ("L", "R", "AL")), "")
    return {"L": "ltr", "": ""}.get(first, "rtl")


def share_from_the_right(text: str) -> float:
    """How many of the letters of *text* are written from right to left, of one."""
    strong = [found for c in text if (found := unicodedata.bidirectional(c)) in ("L", "R", "AL")]
    return sum(found != "L" for found in strong) / len(strong) if strong else 0.0


def runs_as_its_text(words: str, around: str) -> bool:
    """Whether *words* of both directions stand in a text that for the most part runs from left to right, and so run as it does."""
    return 0 < share_from_the_right(words) < 1 and share_from_the_right(around) < 0.5


@lru_cache(maxsize=4096)
def _is_backwards(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL", "AN")


def unclosed(text: str) -> list[str]:
    """What in *text* turns the direction of what stands after it: openers without an end, ends without a beginning."""
    if text.isprintable():
        return []
    opened: list[str] = []
    lost: list[str] = []
    for character in text:
        if character in _EMBEDDINGS or character in _ISOLATES:
            opened.append(character)
        elif character == _END_OF_EMBEDDING:
            is_its = bool(opened) and opened[-1] in _EMBEDDINGS
            lost += [] if is_its and opened.pop() else [character]
        elif character == _END_OF_ISOLATE:
            while opened and opened[-1] in _EMBEDDINGS and not _ISOLATES.isdisjoint(opened):
                opened.pop()  # what is open within an isolate ends with it
            is_its = bool(opened) and opened[-1] in _ISOLATES
            lost += [] if is_its and opened.pop() else [character]
    return list(dict.fromkeys([*lost, *opened]))


def how_to_close(found: list[str]) -> str:
    """What is wrong with the characters that :func:`unclosed` has found, and what mends it."""
    ends = {_END_OF_EMBEDDING if c in _EMBEDDINGS else _END_OF_ISOLATE for c in found}
    openers = [c for c in found if c not in (_END_OF_EMBEDDING, _END_OF_ISOLATE)]
    names = ", ".join(map(named, found))
    mend = (
        f"close it with {' and '.join(map(named, sorted(ends)))}, or take it out"
        if openers
        else "take it out"
    )
    return f"{names} turns the direction of what follows, here or on the page; {mend}"


def with_single_blanks(text: str) -> str:
    """*text* with one blank for several, and for other white space; also at its ends."""
    # few texts have blanks to be folded
    return BLANKS.sub(" ", text) if "  " in text or not text.isprintable() else text


def fold(text: str) -> str:
    """*text* with single blanks and none at its ends; nothing else is changed."""
    return with_single_blanks(text).strip(" ")


def fold_passage(text: str) -> str:
    """A whole passage, folded, with no space of any kind at its ends."""
    return fold(text).strip(EDGE)


def words(text: str) -> list[str]:
    """The words of *text* with their signs, divided at white space of any kind."""
    return [word for word in _DIVIDERS.split(text) if word]


def refused(text: str) -> Iterator[tuple[int, str]]:
    """What in *text* is no text, with its offset."""
    if not text.isprintable():
        yield from ((found.start(), found.group()) for found in _IS_REFUSED.finditer(text))


def without_refused(text: str) -> str:
    """*text* as long as before, a blank in place of each character that is refused."""
    return text if text.isprintable() else _IS_REFUSED.sub(" ", text)


def named(character: str) -> str:
    """A character as a message names it, for those that are not seen: *U+2028 line separator*."""
    return f"U+{ord(character):04X} {called(character)}"


def called(character: str) -> str:
    """The name of a character: *line separator*."""
    return unicodedata.name(character, "").lower() or _CONTROLS.get(character, "control character")


_CONTROLS = {"\t": "tab", "\x0b": "vertical tab", "\x0c": "form feed", "\x00": "null", "\x85": "next line"}


def unseen(text: str) -> list[str]:
    """The characters of *text* that a reader does not see, or cannot tell from a blank, each once."""
    found = (c for c in text if not c.isprintable() and sort_of(c) in _UNSEEN)
    return list(dict.fromkeys(found))


#: Marks, letters and a sign that no font shows: of Unicode's property Default_Ignorable_Code_Point what is not Cf.
_NEVER_SHOWN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)


def why_no_name(name: str) -> str | None:
    """Why *name* cannot be a siglum or a hand: a reader could not see which name it is, or where it ends."""
    if name and sort_of(name[0]) is Sort.MARK:  # it would stand on what is before
        return named(name[0])
    for character in name:
        if _NEVER_SHOWN.match(character):
            return named(character)
        if divides(character):
            return "a blank" if character == " " else named(character)
        if sort_of(character) in (Sort.JOINER, Sort.DIRECTION):
            return named(character)
    return None


def differ_in_capitals(one: str, other: str) -> bool:
    """Whether two texts differ, and in nothing but capitals, letter by letter.

    Not by :meth:`str.casefold`: ſ and s, ς and σ, ß and ss are different small letters.
    """
    return one != other and len(one) == len(other) and all(map(_is_same_but_for_case, one, other))


def _is_same_but_for_case(one: str, other: str) -> bool:
    return one == other or other in (one.upper(), one.lower()) or one in (other.upper(), other.lower())
