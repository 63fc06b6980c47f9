"""When a text must be quoted: one rule for the reader and the writer.

The writer leaves bare what the reader accepts bare, and the reader reports quotes that the rule does
not ask for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from apparatus.characters import WORD
from apparatus.notation.lexis import (
    BRACKET,
    ELLIPSIS,
    FENCE,
    KEYWORDS,
    NEXT,
    OCCURRENCE,
    PILCROW,
    PLACE,
    SUB,
    looks_like_siglum,
    siglum_of,
)
from apparatus.notation.remarks import closing
from apparatus.problems import ProblemKind
from apparatus.reference_systems import NUMBER


class Role(Enum):
    """What a text is in its entry: some words are text in one place and not in another."""

    LEMMA = auto()  #: at the head of an entry
    LEMMA_END = auto()  #: after `` … ``
    TARGET = auto()  #: after ``transp. post``
    TARGET_END = auto()  #: after `` … `` there
    READING = auto()  #: the first reading, or one after `` / ``
    LATER = auto()  #: a reading after `` ; ``, where a remark might stand
    ADDED = auto()  #: after ``add.`` or ``praem.``

    @property
    def in_lemma(self) -> bool:
        return self in (Role.LEMMA, Role.LEMMA_END, Role.TARGET, Role.TARGET_END)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text must be quoted."""

    kind: ProblemKind
    why: str


def why_quoted(source: str, role: Role, sigla: Collection[str]) -> Reason | None:
    """Why a text, as the notation writes it, must be quoted; ``None``: it stands bare."""
    words = WORD.findall(source)
    if not words:
        return _needs("it is empty")
    for word in words:
        if siglum_of(word, sigla):
            return Reason(ProblemKind.SIGLUM_IN_TEXT, f"'{word}' is a declared siglum")
        if word in (BRACKET, NEXT, ELLIPSIS):
            return _needs(f"' {word} ' is a divider of the notation")
    if words[0] in KEYWORDS:
        return _needs(f"'{words[0]}' at its head is a keyword")
    if words[0][0] == '"':
        return _needs("it begins with a quotation mark")
    if role is Role.LEMMA and FENCE.match(words[0]):
        return _needs(f"'{words[0]}' at the head of a line opens a directive")
    return _in_lemma(words, role) if role.in_lemma else _in_reading(words, role, sigla)


def _in_lemma(words: list[str], role: Role) -> Reason | None:
    if OCCURRENCE.search(words[-1]):
        return _needs(f"'{words[-1]}' ends like the number of an occurrence")
    if words == [PILCROW]:
        return _needs("'¶' alone is the whole block")
    if role in (Role.TARGET, Role.TARGET_END) and SUB in words:
        return _needs("' / ' is a divider of the notation")
    if role in (Role.LEMMA, Role.TARGET) and PLACE.match(words[0]):
        return _needs(f"'{words[0]}' at its head is a place")
    if role is Role.TARGET and len(words) == 1 and NUMBER.fullmatch(words[0]):
        return _needs(f"'{words[0]}' alone is the number of a block")
    return None


def _in_reading(words: list[str], role: Role, sigla: Collection[str]) -> Reason | None:
    for word in words:
        if word == SUB:
            return _needs("' / ' is a divider of the notation")
        if word[-1] in ",;" and siglum_of(word[:-1], sigla):
            return Reason(
                ProblemKind.SIGLUM_IN_TEXT,
                f"'{word}' is a declared siglum that '{word[-1]}' touches: put a blank between",
            )
    if looks_like_siglum(words[-1]):
        return Reason(
            ProblemKind.LOOKS_LIKE_SIGLUM, f"'{words[-1]}' at its end looks like an undeclared siglum"
        )
    source = " ".join(words)
    if role is Role.LATER and words[0][0] == "(" and ("`" in source or closing(source) is None):
        return _needs("the '(' at its head does not close and might open a remark")
    return None


def _needs(why: str) -> Reason:
    return Reason(ProblemKind.NEEDS_QUOTES, why)
