"""A text divided into what is compared: words with their signs, and the breaks between its blocks."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from apparatus.characters import closes, is_of_word, opens, parts_words
from apparatus.model import BREAK

_CHUNK = re.compile(f"[^ {BREAK}]+|{BREAK}")
#: Dashes behind which another word may begin without a blank; a hyphen is of its word.
_DASHES = "–—―⸺⸻"
_ENDS_SENTENCE = re.compile(r"[.?!;:…。！？；：·;।॥።]\W*$")


class Units:
    """The words and breaks of a text, with their places in it; equal words are one string."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.keys: list[str] = []
        self.starts, self.ends = array("l"), array("l")
        for chunk in _CHUNK.finditer(text):
            for start, end in _divided(chunk.group()):
                self._put(chunk.start() + start, chunk.start() + end)

    def _put(self, start: int, end: int) -> None:
        """One more word; a sign that stands apart by a blank belongs to the word that it opens or closes."""
        word = self.text[start:end]
        if self.words and _is_one(self.words[-1], word, self.text[self.ends[-1] : start]):
            start = self.starts.pop()
            self.ends.pop()
            self.words.pop()
            self.keys.pop()
            word = self.text[start:end]
        self.words.append(_same(word))
        self.keys.append(key_of(word))
        self.starts.append(start)
        self.ends.append(end)

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, start: int, end: int) -> str:
        """The text from one unit up to another."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        found, begins = [], 0
        for i, word in enumerate(self.words):
            if word == BREAK:
                found.append((begins, i))
                begins = i + 1
            elif _ENDS_SENTENCE.search(word):
                found.append((begins, i + 1))
                begins = i + 1
        return [(start, end) for start, end in [*found, (begins, len(self))] if start < end]


@lru_cache(maxsize=1 << 16)
def _same(word: str) -> str:
    return word


@lru_cache(maxsize=1 << 16)
def key_of(word: str) -> str:
    """What is left of a word without its signs, accents and capitals; a sign by itself is its own key."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if unicodedata.category(c)[0] not in "MPSZC") or word


def _divided(chunk: str) -> Sequence[tuple[int, int]]:
    """The words of what stands between two blanks."""
    if chunk.isascii() or chunk == BREAK:
        return ((0, len(chunk)),)
    edges = [0, *(i for i in range(1, len(chunk)) if _may_divide(chunk, i)), len(chunk)]
    return [*pairwise(edges)]


def _may_divide(chunk: str, i: int) -> bool:
    before, after = chunk[i - 1], chunk[i]
    if before in _DASHES:
        return is_of_word(after)
    return is_of_word(after) and parts_words(before, after) and not opens(before)


def _is_one(before: str, word: str, between: str) -> bool:
    if between != " " or BREAK in (before, word):
        return False
    if not any(map(is_of_word, word)) and all(map(closes, word)):
        return True
    return not any(map(is_of_word, before)) and all(map(opens, before))


def joined_keys(keys: Sequence[str]) -> str:
    """Keys written together, as where one side divides a word that the other does not."""
    return "".join(keys)


def blocks_of(units: Units) -> list[tuple[int, int]]:
    """Where each block begins and ends, without its break."""
    breaks = [i for i, word in enumerate(units.words) if word == BREAK]
    return [*zip([0, *(i + 1 for i in breaks)], [*breaks, len(units)], strict=True)]
