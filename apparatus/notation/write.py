"""Entries → the notation in its normal form: single blanks, no needless quotes, ``–`` in places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import assert_never

from apparatus.model import ALL, REST, Entry, Kind, Lemma, Place, Reading, Siglum, Target, Words
from apparatus.notation.lexis import BRACKET, ELLIPSIS, NEXT, PILCROW, SUB, quote, to_source
from apparatus.notation.quoting import Role, why_quoted
from apparatus.notation.remarks import write_remark
from apparatus.notation.said import write_said


def write_entry(entry: Entry, sigla: Collection[str]) -> str:
    """*entry* as one line; *sigla* are the declared keys, since a text with one is quoted."""
    known = frozenset(sigla) | {REST, ALL}
    place = f"{entry.place}: " if entry.place else ""
    left = _closed(write_lemma(entry.lemma, known), entry.support, entry.support_remark)
    parts = [place + left, BRACKET]
    for i, reading in enumerate(entry.readings):
        if i or reading.sub:
            parts.append(SUB if reading.sub else NEXT)
        parts.append(_reading(reading, Role.LATER if i and not reading.sub else Role.READING, known))
    if entry.remark is not None:
        parts += [NEXT, write_remark(entry.remark)]
    return " ".join(parts)


def write_lemma(lemma: Lemma, sigla: Collection[str], role: Role = Role.LEMMA) -> str:
    """A lemma as it stands in an entry."""
    if lemma.first is None:
        return PILCROW
    first = _words(lemma.first, role, sigla)
    if lemma.last is None:
        return first
    end = Role.TARGET_END if role is Role.TARGET else Role.LEMMA_END
    return f"{first} {ELLIPSIS} {_words(lemma.last, end, sigla)}"


def write_locus(place: Place, lemma: Lemma) -> str:
    """A place with its words, as the gaps of a fragmentary witness are declared."""
    return f"{place}: {write_lemma(lemma, ())}"


def _reading(reading: Reading, role: Role, sigla: Collection[str]) -> str:
    parts = [reading.kind.value, _words_of(reading, role, sigla)]
    said = write_said(reading.classes, reading.causes)
    return _closed(" ".join(filter(None, parts)), reading.sigla, reading.remark, said)


def _words_of(reading: Reading, role: Role, sigla: Collection[str]) -> str:
    """What stands between the keyword of a reading and its sigla."""
    match reading.kind:
        case Kind.TEXT:
            return _text(reading.text, role, sigla)
        case Kind.ADD | Kind.PRAEM:
            return _text(reading.text, Role.ADDED, sigla)
        case Kind.TRANSP:
            return _target(reading.target, sigla) if reading.target else ""
        case Kind.OM | Kind.ILL | Kind.LAC | Kind.DEL | Kind.SECL | Kind.CRUX:
            return ""
        case _:
            assert_never(reading.kind)


def _target(target: Target, sigla: Collection[str]) -> str:
    where = "ante" if target.before else "post"
    if target.lemma is None:
        return f"{where} {target.place}"
    place = f"{target.place}: " if target.place else ""
    return f"{where} {place}{write_lemma(target.lemma, sigla, Role.TARGET)}"


def _closed(text: str, sigla: Iterable[Siglum], remark: str | None, said: str = "") -> str:
    parts = [text, *map(str, sigla), *([said] if said else [])]
    return " ".join(parts if remark is None else [*parts, write_remark(remark)])


def _words(words: Words, role: Role, sigla: Collection[str]) -> str:
    number = "" if words.occurrence is None else f"^{words.occurrence}"
    return _text(words.text, role, sigla) + number


def _text(text: str, role: Role, sigla: Collection[str]) -> str:
    source = to_source(text)
    return quote(source) if why_quoted(source, role, sigla) else source
