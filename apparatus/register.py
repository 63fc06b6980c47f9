"""The register of names: who and what the text names, and at which words.

One TOML file, a table for each person, place, organisation …, with the forms under which the
text has it (TEI: ``listPerson``, ``listPlace``, ``listOrg``; an occurrence is ``rs`` with its
``@ref``). Nothing is guessed: a stretch of text that two entries claim is a problem, not a link.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from apparatus.characters import fold
from apparatus.conspectus.declarations import Declarations, listed
from apparatus.model import EditedText, Origin, Span
from apparatus.problems import Problem, ProblemKind
from apparatus.script import fold as fold_for_sorting

KINDS = ("person", "people", "place", "organisation", "unit", "work")
FIELDS = {
    "name": str,
    "kind": str,
    "original": str,
    "transliteration": str,
    "dates": str,
    "identification": str,
    "sources": list,
    "forms": list,
    "sort": str,
    "rank": str,
    "fate": str,
    "coordinates": list,
}
#: What an entry may have that is not named in the text: it then stands in a list of persons or on a map.
ELSEWHERE = ("rank", "fate", "coordinates")
#: A key becomes part of anchors such as ``2.3-vlasov``; ``2.3-n1`` is that of a note.
KEY = re.compile(r"(?![a-z]+\d+$)[a-z0-9]+(?:-[a-z0-9]+)*")
FORM = re.compile(r"(?:(?P<place>\d[\w.]*): )?(?P<words>.+?)(?:\^(?P<occurrence>[1-9]\d*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Form:
    """Words under which the text has a name, written as a lemma is: ``Smith``, ``3.9: Smith^2``."""

    words: str
    place: str | None = None  #: the block in which alone it counts
    occurrence: int | None = None  #: which of several in the block

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return place + self.words + (f"^{self.occurrence}" if self.occurrence else "")


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of the register (TEI ``person``, ``place``, ``org``)."""

    key: str
    name: str  #: the preferred form, as the index prints it
    kind: str = "person"
    forms: tuple[Form, ...] = ()
    original: str = ""  #: in Cyrillic, for what is Russian
    transliteration: str = ""  #: where the scheme's is not wanted
    dates: str = ""
    identification: str = ""  #: MyST, one sentence without its full stop
    sources: tuple[str, ...] = ()  #: citation keys for what the identification states
    sort: str = ""  #: sorted as this, not under its first word
    rank: str = ""  #: what a person was, for a list of persons; MyST
    fate: str = ""  #: what became of him; MyST
    coordinates: tuple[float, float] | None = None  #: of a place: north, east, in degrees (TEI ``geo``)
    origin: Origin | None = field(default=None, compare=False)
    forms_origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Register:
    """All entries, in the order of the file."""

    entries: tuple[Named, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Named]:
        return {named.key: named for named in self.entries}

    def alphabetical(self, scheme: str) -> list[Named]:
        """The entries as an index has them: one alphabet for both scripts."""
        return sorted(self.entries, key=lambda e: (fold_for_sorting(e.sort or e.name, scheme), e.key))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name at its words."""

    key: str
    span: Span
    block: int
    id: str  #: its anchor: block, key, and from the second on its number there


# --- reading ----------------------------------------------------------------------------


class _File(Declarations):
    """The register's file: all that is wrong with it is of one kind."""

    def problem(
        self, message: str, line: int, kind: ProblemKind = ProblemKind.BAD_REGISTER
    ) -> None:  # the kinds of the conspectus do not apply
        super().problem(message, line, ProblemKind.BAD_REGISTER)


def read_register(data: bytes | str, file: str) -> tuple[Register, tuple[Problem, ...]]:
    """The register in a TOML file (its content in *data*), and what is wrong with it."""
    source = _File(file)
    entries = [
        entry for key, table in source.load(data).items() if (entry := _entry(source, key, table)) is not None
    ]
    return Register(tuple(entries)), tuple(source.problems)


def _entry(source: _File, key: str, table: Any) -> Named | None:
    line, whose = source.line(key), f"'{key}'"
    if not isinstance(table, dict):
        source.problem(f"{whose} is no table; write [{key}] and its fields below", line)
        return None
    if not KEY.fullmatch(key):
        source.problem(
            f"{whose} cannot be a key: small letters and figures, joined by hyphens, "
            "not letters and a number alone",
            line,
        )
        return None
    good = source.fields(table, FIELDS, (key,), whose)
    is_elsewhere = any(good.get(name) for name in ELSEWHERE)
    for wanted in ("name",) if is_elsewhere else ("name", "forms"):
        if not good.get(wanted):
            source.problem(f"{whose} lacks '{wanted}'", line)
            return None
    kind = good.pop("kind", None)
    if kind is None:
        source.problem(
            f"{whose} lacks 'kind', and is taken for a {KINDS[0]}; it is one of {listed(KINDS)}", line
        )
        kind = KINDS[0]
    if not source.choice(kind, KINDS, (key, "kind")):
        kind = KINDS[0]
    forms = tuple(_forms(source, key, good.pop("forms", [])))
    coordinates = _coordinates(source, key, good.pop("coordinates", None))
    sources = source.texts(good.pop("sources", []), (key, "sources"))
    texts = {name: fold(text) for name, text in good.items()}
    origins = Origin(source.file, line), Origin(source.file, source.line(key, "forms"))
    return Named(
        key,
        kind=kind,
        forms=forms,
        sources=sources,
        coordinates=coordinates,
        origin=origins[0],
        forms_origin=origins[1],
        **texts,
    )


def _coordinates(source: _File, key: str, given: list[Any] | None) -> tuple[float, float] | None:
    """North and east in degrees."""
    if given is None:
        return None
    numbers = [float(n) for n in given if isinstance(n, (int, float)) and not isinstance(n, bool)]
    if len(numbers) == len(given) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180:
        return numbers[0], numbers[1]
    message = f"'coordinates' of '{key}' are degrees north and degrees east, as in [50.5, 30.5]"
    source.problem(message, source.line(key, "coordinates"))
    return None


def _forms(source: _File, key: str, values: list[Any]) -> Iterator[Form]:
    for value in dict.fromkeys(source.texts(values, (key, "forms"))):
        found = FORM.fullmatch(fold(value))
        if found is None:
            source.problem(f"'forms' of '{key}' has an empty text", source.line(key, "forms"))
            continue
        occurrence = found["occurrence"]
        yield Form(found["words"], found["place"], int(occurrence) if occurrence else None)


# --- finding ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Claims:
    """Who claims a stretch of text."""

    free: dict[str, Form] = field(default_factory=dict)  #: by a form that counts anywhere
    placed: dict[str, Form] = field(default_factory=dict)  #: by one that names its place

    @property
    def standing(self) -> dict[str, Form]:
        """Who says where goes before who does not."""
        return self.placed or self.free


def find_names(text: EditedText, register: Register) -> tuple[tuple[Occurrence, ...], tuple[Problem, ...]]:
    """Every occurrence of every form, in the order of the text, and what is wrong.

    Whole words only, case and accents as written, as with lemmata. The longest form wins: in
    *2nd Shock Army of the Volkhov Front* no shorter name that lies inside a longer one counts.
    """
    claims, problems = _claims(text, register)
    taken: list[tuple[Span, str]] = []
    ambiguous: dict[tuple[str, ...], list[tuple[Span, _Claims]]] = defaultdict(list)
    for span, claim in _longest(claims):
        if len(claim.standing) == 1:
            taken.append((span, next(iter(claim.standing))))
        else:
            ambiguous[tuple(claim.standing)].append((span, claim))
    problems += [_ambiguous(text, register, keys, found) for keys, found in ambiguous.items()]
    used = {key for _, key in taken} | {key for keys in ambiguous for key in keys}
    met = {key for claim in claims.values() for key in (*claim.free, *claim.placed)}
    if text.blocks:
        problems += [
            _unused(named, named.key in met)
            for named in register.entries
            if named.forms and named.key not in used
        ]
    return _identify(text, sorted(taken)), tuple(problems)


def _claims(text: EditedText, register: Register) -> tuple[dict[Span, _Claims], list[Problem]]:
    claims: dict[Span, _Claims] = defaultdict(_Claims)
    problems = []
    for named in register.entries:
        lost = []
        for form in named.forms:
            spans = list(_spans(text, form))
            if not spans:
                lost.append(form)
            for span in spans:
                claim = claims[span]
                (claim.placed if form.place else claim.free).setdefault(named.key, form)
        if text.blocks and len(lost) < len(named.forms):  # else the whole entry is reported
            problems += [_form_unused(named, form) for form in lost]
    return claims, problems


def _spans(text: EditedText, form: Form) -> Iterator[Span]:
    """Where a form stands in the text."""
    from apparatus.anchoring.words import find_all  # not loaded where no names are sought

    start, end = 0, len(text.joined)
    if form.place is not None:
        if form.place not in text.passage:
            return
        start, end = text.passage[form.place].span.start, text.passage[form.place].span.end
    counted: dict[int, int] = defaultdict(int)
    for at in find_all(text.joined, form.words, start, end):
        block_index = text.block_at(at)
        counted[block_index] += 1
        if form.occurrence in (None, counted[block_index]):
            yield Span(at, at + len(form.words))


def _longest(claims: dict[Span, _Claims]) -> Iterator[tuple[Span, _Claims]]:
    """The claims that stand when of those that overlap only the longest, then the first, counts."""
    standing: list[Span] = []
    for span in sorted(claims, key=lambda s: (-len(s), s.start)):
        at = bisect_left(standing, span)
        before, after = standing[at - 1 : at] if at else [], standing[at : at + 1]
        if any(other.start < span.end and span.start < other.end for other in (*before, *after)):
            continue
        insort(standing, span)
        yield span, claims[span]


def _identify(text: EditedText, taken: list[tuple[Span, str]]) -> tuple[Occurrence, ...]:
    counted: dict[tuple[str, str], int] = defaultdict(int)
    found = []
    for span, key in taken:
        block = text.block_at(span.start)
        number = text.number_in(block, span.start)
        counted[number, key] += 1
        order = f".{counted[number, key]}" if counted[number, key] > 1 else ""
        found.append(Occurrence(key, span, block, f"{number}-{key}{order}"))
    return tuple(found)


# --- what is wrong ------------------------------------------------------------------------


def _ambiguous(
    text: EditedText, register: Register, keys: tuple[str, ...], found: list[tuple[Span, _Claims]]
) -> Problem:
    span, claim = found[0]
    places = ", ".join(dict.fromkeys(text.number_in(text.block_at(s.start), s.start) for s, _ in found))
    words = text.slice(span)
    mend = f"'{places.split(',')[0]}: {words}'"
    advice = (
        f"tell them apart by the occurrence, as in {mend[:-1]}^2'"
        if claim.placed
        else f"in the entry that is meant, say where, as in {mend}"
    )
    message = f"'{words}' in {places} could mean {listed(keys)}; {advice}; until then it is not linked"
    return Problem(ProblemKind.NAME_AMBIGUOUS, message, register.by_key[keys[-1]].forms_origin)


def _unused(named: Named, met: bool) -> Problem:
    forms = listed(str(form) for form in named.forms)
    message = (
        f"'{named.key}' occurs in the text only within, or across, names of other entries as long or longer"
        if met
        else f"'{named.key}' never occurs in the text as {forms}"
    )
    return Problem(ProblemKind.NAME_UNUSED, f"{message}; mend its forms or take the entry out", named.origin)


def _form_unused(named: Named, form: Form) -> Problem:
    message = f"'{named.key}' never occurs in the text as '{form}'; mend the form or take it out"
    return Problem(ProblemKind.NAME_UNUSED, message, named.forms_origin)
