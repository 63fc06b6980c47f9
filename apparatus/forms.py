"""The forms in which an apparatus can be read: positive or negative, all of it or what is substantive.

What the forms rest on is decided here, from the entry and its account. A renderer only shows
or hides.
"""

from __future__ import annotations

from collections.abc import Iterable

from apparatus.classes import BY_RULE_ALONE, Classification
from apparatus.edition import Edition, EditionEntry
from apparatus.model import ALL, REST, Conspectus, Entry, Group, Reading, Siglum, Silence, siglum

#: What a series may say of its readings.
BY_RULE, SUBSTANTIVE = "by rule", "substantive"


def is_substantive(entry: EditionEntry, classification: Classification = BY_RULE_ALONE) -> bool:
    """Whether an entry has a reading that differs from the text in its words.

    Of a reading the editor may say it by its class; a series can say of all its readings that they are, or are
    not; else the rules tell it: punctuation, capitals, spelling, the division of paragraphs and the encoding of
    letters are not substantive. A note is, and so is an entry without a reading: there the editors speak.
    """
    if not isinstance(entry.item, Entry) or not entry.item.readings:
        return True
    return any(_is_substantive(entry, entry.item, reading, classification) for reading in entry.item.readings)


def _is_substantive(entry: EditionEntry, item: Entry, reading: Reading, its: Classification) -> bool:
    if said := its.said(reading):
        return any(each.substantive for each in said)
    if entry.series.variants != BY_RULE:
        return entry.series.variants == SUBSTANTIVE
    return any(each.substantive for each in its.by_rule(entry.words, item, reading))


def touches_words(words: str, item: Entry, classification: Classification = BY_RULE_ALONE) -> bool:
    """Whether an entry on *words* has a reading that differs from them in more than how they are written."""
    readings = (classification.of(words, item, reading) for reading in item.readings)
    return any(each.substantive for classes in readings for each in classes)


def silent_support(entry: EditionEntry, edition: Edition) -> tuple[Siglum, ...]:
    """The witnesses that have the words of the text, though the entry does not name them for it.

    The members of a group that is named count as named. A witness without a transcription is left out, unless its
    silence is declared to be agreement: nothing else says what it has there. Of one that is transcribed in another
    state than its own, that state is named. Where nothing is proved a transcription vouches for nothing.
    """
    if not isinstance(entry.item, Entry) or entry.account is None:
        return ()
    named = _members((siglum.key for siglum in entry.item.support), edition.conspectus)
    if named & {ALL, REST}:
        return ()
    states = {state.key: state for state in entry.account.in_states}
    silent = []
    for witness in edition.conspectus.witnesses:
        if witness.key in named:
            continue
        is_vouched_for = witness.is_vouched_for if edition.is_proved else witness.silence is Silence.AGREES
        if witness.key in entry.account.support and is_vouched_for:
            silent.append(siglum(witness.key))
        elif edition.is_proved and witness.key in states:
            silent.append(states[witness.key])
    return tuple(silent)


def _members(keys: Iterable[str], conspectus: Conspectus) -> set[str]:
    """The keys, and of groups all that they hold."""
    waiting: list[str] = list(keys)
    met: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in met:
            met.add(key)
            declared = conspectus.by_key.get(key)
            waiting += declared.members if isinstance(declared, Group) else ()
    return met
