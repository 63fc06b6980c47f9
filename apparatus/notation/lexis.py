"""The words of the notation: what is a siglum, a place, a divider, an entry's own line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from apparatus.characters import WHITE, WORD, fold, why_no_name
from apparatus.model import BREAK, Kind, Origin, Siglum
from apparatus.reference_systems import NUMBER

#: What parts the members of an entry; each is one only as a word by itself.
BRACKET, NEXT, SUB, ELLIPSIS = "]", ";", "/", "…"
#: A block, as a whole lemma; a block break, as a word of a text.
PILCROW = "¶"

#: First word of a reading that is no text → the kind of reading.
KEYWORDS = {kind.value: kind for kind in Kind if kind.value}

_WHITE = re.escape(WHITE)
_JOINED = rf"{NUMBER.pattern}(?:-{NUMBER.pattern})?"
PLACE = re.compile(rf"({_JOINED})(?:–({_JOINED}))?:(?=[{_WHITE}]|$)")
OCCURRENCE = re.compile(r"\^([0-9]{1,9})$")
OCCURRENCE_AFTER_QUOTE = re.compile(rf"\^([0-9]{{1,9}})(?=[{_WHITE}]|$)")
QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
#: Signs that a siglum and the name of a hand may not contain.
NOT_IN_SIGLA = frozenset('^?()";')

#: What opens a directive, in the midst of a series too: nothing else of an entry ends the series that it stands in.
FENCE = re.compile(r"[ \t]*:{2,}\{")

_PILCROWS = re.compile(r"¶+")
_PILCROWS_IN_TEXT = re.compile(r"(?<![^ \n])(¶+)(?![^ \n])")


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """An entry with its continuation lines joined; it still knows where each came from."""

    text: str
    #: offset of each source line in ``text``, and where it stands in the file
    starts: tuple[int, ...]
    origins: tuple[Origin | None, ...]

    def origin(self, offset: int) -> Origin | None:
        """The source line and column of a character of ``text``."""
        i = max(0, bisect_right(self.starts, offset) - 1)
        at = self.origins[i]
        return at and Origin(at.file, at.line, at.column + max(0, offset - self.starts[i]))


def join_lines(parts: Sequence[tuple[str, Origin | None]]) -> LogicalLine:
    """Source lines, each with its place, joined with one blank."""
    texts: list[str] = []
    starts: list[int] = []
    origins: list[Origin | None] = []
    at = 0
    for line, origin in parts:
        text = line.strip(WHITE)
        indent = len(line) - len(line.lstrip(WHITE))
        texts.append(text)
        starts.append(at)
        origins.append(origin and Origin(origin.file, origin.line, origin.column + indent))
        at += len(text) + 1
    return LogicalLine(" ".join(texts), tuple(starts), tuple(origins))


def siglum_of(word: str, sigla: Collection[str]) -> Siglum | None:
    """*word* as a siglum, with hand and doubt, if its key is among *sigla*."""
    if "^" not in word and not word.endswith("?"):  # nearly every word of an edition
        return _bare(word) if word in sigla else None
    body = word.removesuffix("?")
    key, caret, hand = body.partition("^")
    if key not in sigla or not key or (caret and not is_hand(hand)):
        return None
    return Siglum(key, hand or None, body != word)


@cache
def _bare(key: str) -> Siglum:
    """A siglum alone. An edition has few of them and cites them everywhere: each is one object."""
    return Siglum(key)


def is_hand(hand: str) -> bool:
    """Whether a word may stand after ``^`` as the name of a hand."""
    return bool(hand) and NOT_IN_SIGLA.isdisjoint(hand) and why_no_name(hand) is None


def looks_like_siglum(word: str) -> bool:
    """Whether a word looks like a siglum: one capital letter, or a word with ``^``. Texts hardly end in one."""
    body = word.removesuffix("?")
    return "^" in body or (len(body) == 1 and body.isupper())


def undeclared(word: str) -> Siglum:
    """*word* read as a siglum although its key is not declared, so that nothing is lost."""
    body = word.removesuffix("?")
    key, _, hand = body.partition("^")
    return Siglum(key, hand or None, body != word) if key else Siglum(word)


def from_source(source: str) -> str:
    """A text as the notation writes it → as the text has it: blanks folded, ``¶`` a break.

    A pilcrow that is itself a word of the text is written doubled, ``¶¶``.
    """
    if PILCROW not in source:
        return fold(source)
    text = ""
    for word in WORD.findall(source):
        if word == PILCROW:
            text += BREAK
            continue
        if text and text[-1] != BREAK:
            text += " "
        text += word[1:] if _PILCROWS.fullmatch(word) else word
    return text


def to_source(text: str) -> str:
    """The inverse of :func:`from_source`."""
    if PILCROW in text:
        text = _PILCROWS_IN_TEXT.sub(rf"\1{PILCROW}", text)
    return fold(text.replace(BREAK, f" {PILCROW} ")) if BREAK in text else text


def quote(source: str) -> str:
    """*source* between quotes; a quotation mark in it is doubled."""
    return '"' + source.replace('"', '""') + '"'
