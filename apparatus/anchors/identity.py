"""Which entry has which published anchor: an entry that is added takes no other's.

Entries count within their passage. Where none is published they count in the order of the text; where some are,
each of them keeps its number, known by its words, and what is new has the next that nobody had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from apparatus.anchors.record import brief

#: Words at least this alike (difflib's ratio over letters) are those of one entry whose lemma was amended.
SAME_ENTRY = 0.5


def numbered(entries: Sequence[str], published: Mapping[int, str | None]) -> list[int]:
    """The numbers of the entries of one series in one passage, given by their words, in the order of the text.

    *published* has the numbers that were taken, each with its words; ``None`` where the anchor is no more.
    """
    if not published:
        return list(range(1, len(entries) + 1))
    found = _known([brief(words) for words in entries], published)
    free = _free(published)
    return [found[i] if i in found else next(free) for i in range(len(entries))]


def _free(published: Mapping[int, str | None]) -> Iterator[int]:
    number = max(published)
    while True:
        number += 1
        yield number


def _known(entries: Sequence[str], published: Mapping[int, str | None]) -> dict[int, int]:
    """Entry → the number under which it was published: first those with the same words, then those that are like."""
    waiting = {number: words for number, words in sorted(published.items()) if words is not None}
    found: dict[int, int] = {}
    for i, words in enumerate(entries):
        number = next((n for n, was in waiting.items() if was == words), None)
        if number is not None:
            found[i] = number
            del waiting[number]
    for number, was in waiting.items():
        alike = [(likeness(was, entries[i]), -i) for i in range(len(entries)) if i not in found]
        best, at = max(alike, default=(0.0, 0))
        if best >= SAME_ENTRY:
            found[-at] = number
    return found


def likeness(was: str, now: str) -> float:
    """How like two lemmata are, from 0 to 1; where one is a part of the other they are of one entry."""
    if was and now and (f" {was} " in f" {now} " or f" {now} " in f" {was} "):
        return 1.0
    return SequenceMatcher(None, was, now, autojunk=False).ratio()
