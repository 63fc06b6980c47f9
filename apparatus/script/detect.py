"""Where Cyrillic stands in a text: runs of it, and words that mix it with Latin."""

from __future__ import annotations

import re
import unicodedata

#: Letters of Unicode's script Cyrillic (Scripts.txt), in all its blocks, and the accents that may stand on them.
_RANGES = (
    *((0x0400, 0x0481), (0x048A, 0x052F), (0x1C80, 0x1C8A), (0x1D2B, 0x1D2B), (0x1D78, 0x1D78)),
    *((0xA640, 0xA66E), (0xA67F, 0xA69D), (0x1E030, 0x1E06D)),
)
_CYRILLIC = "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u2de0-\u2dff\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f\ufe20-\ufe2f\U0001e08f"
)

LETTER = f"[{_CYRILLIC}]"
MARK = f"[{_MARKS}]"
#: A word in Cyrillic letters, accents included.
WORD = re.compile(f"{LETTER}[{_CYRILLIC}{_MARKS}]*")

_ANY_WORD = re.compile(f"(?:[^\\W\\d_][{_MARKS}]*)+")
#: A run: words with nothing between them but blanks, punctuation and figures; a stroke divides two
#: phrases. A figure with
#: its ending is a word («2-й»); the full stop of an initial belongs to it («В. П.»).
_RUN = re.compile(
    f"(?:(?<!\\d)\\d{{1,4}}-)?{LETTER}[{_CYRILLIC}{_MARKS}]*"
    f"(?:(?:(?:[^\\w/]|[\\d_])(?<![{_MARKS}]))+{LETTER}[{_CYRILLIC}{_MARKS}]*)*"
)
_INITIAL = re.compile(f"(?<![\\w{_MARKS}])[{_CYRILLIC}]\\Z")

_CLOSES = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "„": "“", "‘": "’", "⟨": "⟩"}
_CLOSERS = frozenset(_CLOSES.values())


def has_cyrillic(text: str) -> bool:
    """Whether a Cyrillic letter occurs."""
    return WORD.search(text) is not None


def runs(text: str) -> list[tuple[bool, str]]:
    """*text* cut into Cyrillic runs (true) and what is between them (false).

    The parts joined are *text*. Words of one phrase make one run, so that it is marked, and
    transliterated, as a whole: blanks, hyphens, punctuation and figures between Cyrillic words
    belong to it; punctuation round it does not, but for the stop of a last initial. A run
    never opens a bracket or quotation that it does not close, or the other way round.
    """
    parts: list[tuple[bool, str]] = []
    at = 0
    for start, end in _stretches(text):
        if start > at:
            parts.append((False, text[at:start]))
        parts.append((True, text[start:end]))
        at = end
    if at < len(text):
        parts.append((False, text[at:]))
    return parts


def mixed_words(text: str) -> list[str]:
    """The words that mix Latin and Cyrillic letters, in order: look-alikes, mostly (Cталин).

    A hyphen divides words: *e-почта* mixes nothing.
    """
    return [word for word in _ANY_WORD.findall(text) if WORD.search(word) and any(map(_is_latin, word))]


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN ")


def _stretches(text: str) -> list[tuple[int, int]]:
    """Start and end of every run."""
    found: list[tuple[int, int]] = []
    at = 0
    while match := _RUN.search(text, at):
        start, end = match.span()
        end = _balanced(text, start, end)
        if text[end : end + 1] == "." and _INITIAL.search(text[start:end]):
            end += 1
        found.append((start, end))
        at = end
    return found


def _balanced(text: str, start: int, end: int) -> int:
    """The end of a run, moved so that brackets and quotations opened in it are closed in it."""
    wanted: list[tuple[str, int]] = []  # closing mark, place of the opening one
    for i in range(start, end):
        char = text[i]
        if wanted and char == wanted[-1][0]:
            wanted.pop()
        elif char in _CLOSES:
            wanted.append((_CLOSES[char], i))
        elif char in _CLOSERS and char != "’":  # that one may be an apostrophe
            return _last_letter(text, start, i)
    if not wanted:
        return end
    rest = "".join(mark for mark, _ in reversed(wanted))
    if text.startswith(rest, end):
        return end + len(rest)
    return _last_letter(text, start, wanted[0][1])


def _last_letter(text: str, start: int, end: int) -> int:
    """The end of the last word that ends before *end*."""
    return start + max(word.end() for word in WORD.finditer(text[start:end]))
