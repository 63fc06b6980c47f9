"""An entry rewritten so that it says what one more witness reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest

from apparatus.model import BREAK, Entry, Kind, Reading, Siglum


def mended(
    entry: Entry, lemma: str, words: str, state: Siglum, by: Siglum | None, marks: Mapping[str, Kind]
) -> Entry | None:
    """The entry with the witness where it belongs; ``None`` if nobody is left to depart.

    *lemma* are the words of the text, *words* what the witness has for them, *by* is the
    siglum through which the entry spoke of the witness, *marks* are what stands in its
    transcription for words that are lost or illegible.
    """
    own = by is not None and by.key == state.key and (state.hand is None or by.hand == state.hand)
    out = by if own and by is not None else state
    support = _without(entry.support, out)
    readings = [replace(r, sigla=_without(r.sigla, out)) for r in entry.readings]
    if words == lemma:
        if entry.support or not own:
            support = (*support, state)
    else:
        new = reading_of(lemma, words, BREAK if entry.lemma.is_block else " ", marks)
        for k, reading in enumerate(readings):
            if (reading.kind, reading.text) == (new.kind, new.text) and reading.target is None:
                readings[k] = replace(reading, sigla=(*reading.sigla, state))
                break
        else:
            readings.append(replace(new, sigla=(state,)))
    kept = [r for r, old in zip_longest(readings, entry.readings) if r.sigla or (old and not old.sigla)]
    if not kept:
        return None
    if kept[0].sub and not entry.readings[0].sub:
        kept[0] = replace(kept[0], sub=False)
    remark = entry.support_remark if support else None
    return replace(entry, support=support, support_remark=remark, readings=tuple(kept))


def _without(sigla: tuple[Siglum, ...], state: Siglum) -> tuple[Siglum, ...]:
    return tuple(s for s in sigla if (s.key, s.hand) != (state.key, state.hand))


def reading_of(lemma: str, words: str, between: str, marks: Mapping[str, Kind]) -> Reading:
    """*words* of a witness for a lemma as a reading: none, a mark of what is lost, an addition, other words."""
    if not words or words in marks:
        return Reading(marks.get(words, Kind.OM))
    return as_addition(Reading(Kind.TEXT, words), lemma, between)


def as_addition(reading: Reading, lemma: str, between: str = " ") -> Reading:
    """A reading that is its lemma with further words, written as an addition; any other as it stands."""
    words = reading.text
    if reading.kind is Kind.TEXT and words.startswith(lemma + between):
        return replace(reading, kind=Kind.ADD, text=words[len(lemma) + 1 :])
    if reading.kind is Kind.TEXT and words.endswith(between + lemma):
        return replace(reading, kind=Kind.PRAEM, text=words[: -len(lemma) - 1])
    return reading


def without(entry: Entry, siglum: Siglum) -> Entry | None:
    """The entry without what it says of *siglum*; ``None`` if no reading is left."""
    readings = [replace(r, sigla=_without(r.sigla, siglum)) for r in entry.readings]
    kept = [r for r, old in zip(readings, entry.readings, strict=True) if r.sigla or not old.sigla]
    if not kept:
        return None
    kept[0] = replace(kept[0], sub=kept[0].sub and entry.readings[0].sub)
    support = _without(entry.support, siglum)
    remark = entry.support_remark if support else None
    return replace(entry, support=support, support_remark=remark, readings=tuple(kept))
