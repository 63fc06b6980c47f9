"""The document of a text as it is written: each passage, and below it what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apparatus.importing import myst
from apparatus.importing.taken import Passage, Taken


def document(taken: Taken) -> Iterator[str]:
    """The lines of the document."""
    verse: list[Passage] = []
    for i, passage in enumerate(taken.passages):
        if verse and (not passage.is_verse or i in taken.lines):
            yield from _stanzas(verse)
            verse = []
        yield from taken.lines.get(i, ())
        if passage.is_verse:
            verse.append(passage)
            continue
        yield from (passage.source, "")
        yield from _foot([passage])
    if verse:
        yield from _stanzas(verse)
    yield from taken.lines.get(len(taken.passages), ())
    yield from taken.lines.get(-1, ())


def _stanzas(verse: Sequence[Passage]) -> Iterator[str]:
    yield ":::{verse}"
    for n, passage in enumerate(verse):
        if n and passage.opens_stanza:
            yield ""
        yield passage.source
    yield from (":::", "")
    yield from _foot(verse)


def _foot(passages: Sequence[Passage]) -> Iterator[str]:
    entries = [entry for passage in passages for entry in passage.entries]
    if entries:
        yield from (":::{apparatus}", *entries, ":::", "")
    names = dict.fromkeys(name for passage in passages for name in passage.notes)
    for name in names:
        yield f":::{{{name}}}"
        for passage in passages:
            yield from passage.notes.get(name, ())
        yield from (":::", "")
    comments = [myst.comment(words) for passage in passages for words in passage.comments]
    if comments:
        yield from (*comments, "")
