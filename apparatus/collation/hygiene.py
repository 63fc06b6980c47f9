"""What is wrong with the attestation of the entries, whatever the witnesses read.

A positive apparatus that leaves a witness out, a witness cited where it is not extant, one
witness given two readings for the same words, two entries about the same words, which an apparatus
has as one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from apparatus.anchoring.explain import shown
from apparatus.collation.attestation import Attestations, Reads, Stance
from apparatus.model import ALL, REST, Anchored, Effect, Entry, Kind, Reading, Siglum, Silence, Span
from apparatus.notation import write_entry
from apparatus.problems import Problem, ProblemKind


def unaccounted(attestations: Attestations) -> list[Problem]:
    """Entries of a positive apparatus that do not say what a constant, present witness reads.

    A group, *codd.* or *cett.* accounts for its witnesses; so does any hand of a witness.
    """
    problems = []
    constant = [w for w in attestations.conspectus.witnesses if w.silence is Silence.AGREES]
    for i, anchored in enumerate(attestations.entries):
        named = {key for key, _ in attestations.cited_states(i)}
        if ALL in named or REST in named:
            continue
        missing = [
            w.key
            for w in constant
            if w.key not in named
            and named.isdisjoint(attestations.groups_of[w.key])
            and not attestations.is_absent(w.key, anchored.span)
        ]
        if missing:
            words = shown(attestations.text.slice(anchored.span))
            problems.append(
                Problem(
                    ProblemKind.UNACCOUNTED_WITNESS,
                    f"the entry on {words} does not say what {_and(missing)} read{'s' * (len(missing) == 1)}: "
                    f"name {'it' if len(missing) == 1 else 'them'} on the left or in a reading, or write cett.",
                    anchored.item.origin,
                )
            )
    return problems


def in_gaps(attestations: Attestations) -> list[Problem]:
    """Entries that name a witness inside its declared gap (``lac.`` there only repeats it)."""
    problems = []
    for key in attestations.gaps:
        for i in attestations.citing(key):
            anchored = attestations.entries[i]
            if not any(cited == key for cited, _ in attestations.cited_states(i)):
                continue
            if not attestations.is_absent(key, anchored.span):
                continue
            reads = attestations.of(i, Siglum(key)).reads
            if isinstance(reads, int) and anchored.item.readings[reads].kind is Kind.LAC:
                continue
            words = shown(attestations.text.slice(anchored.span))
            message = f"{key} has a declared gap here and cannot attest anything for {words}: mend the entry or the gap"
            problems.append(Problem(ProblemKind.WITNESS_IN_GAP, message, anchored.item.origin))
    return problems


def two_readings(attestations: Attestations) -> list[Problem]:
    """Entries on the same words that give one witness readings that cannot both stand.

    Several additions, or a transposition and a substitution, can.
    """
    by_span = defaultdict(list)
    for i, anchored in enumerate(attestations.entries):
        by_span[anchored.span].append(i)
    problems = []
    for entries in by_span.values():
        if len(entries) > 1:
            problems += _two_readings(attestations, entries)
    return problems


def _two_readings(attestations: Attestations, entries: list[int]) -> list[Problem]:
    states = {state for i in entries for state in attestations.cited_states(i)}
    problems = []
    for key, hand in sorted(states, key=str):
        if key not in attestations.conspectus.witness:
            continue
        first: dict[tuple[bool, int], tuple[int, Reading | None]] = {}
        for i in entries:
            attestation = attestations.of(i, Siglum(key, hand))
            if attestation.by is None:
                continue
            reading = _reading(attestations, i, attestation.reads)
            moves = reading is not None and reading.kind.effect is Effect.MOVES
            if reading is not None and not moves and not reading.kind.replaces_lemma:
                continue
            # of two hands the later one's word counts
            earlier = first.setdefault((moves, attestation.rank), (i, reading))
            if _what(earlier[1]) != _what(reading):
                problems.append(_conflict(attestations, Siglum(key, hand), earlier, (i, reading)))
    return problems


def _reading(attestations: Attestations, i: int, reads: Reads) -> Reading | None:
    return None if isinstance(reads, Stance) else attestations.entries[i].item.readings[reads]


def _what(reading: Reading | None) -> object:
    return reading and (reading.kind, reading.text, reading.target)


def _conflict(
    attestations: Attestations,
    siglum: Siglum,
    first: tuple[int, Reading | None],
    second: tuple[int, Reading | None],
) -> Problem:
    anchored = attestations.entries[second[0]]
    origin = attestations.entries[first[0]].item.origin
    where = f" ({origin})" if origin else ""
    return Problem(
        ProblemKind.TWO_READINGS,
        f"{siglum} is said to read {named(second[1])} for {shown(attestations.text.slice(anchored.span))}, "
        f"and in another entry{where} {named(first[1])}",
        anchored.item.origin,
    )


def named(reading: Reading | None) -> str:
    """A reading as a message calls it."""
    if reading is None:
        return "the lemma"
    if reading.kind is Kind.TEXT:
        return shown(reading.text)
    return f"{reading.kind.value} {shown(reading.text)}" if reading.text else reading.kind.value


def _and(keys: list[str]) -> str:
    *most, last = keys
    return f"{', '.join(most)} and {last}" if most else last


def same_words(attestations: Attestations) -> list[Problem]:
    """Each entry whose words have an entry already, with the one entry that says both.

    Apart they hide what they say together: that no witness has the words (a supplement), or that
    two witnesses agree. Additions at one point are another matter: they are several by nature.
    """
    by_span: dict[Span, list[Anchored[Entry]]] = defaultdict(list)
    for anchored in attestations.entries:
        if all(reading.kind.replaces_lemma for reading in anchored.item.readings):
            by_span[anchored.span].append(anchored)
    problems = []
    for span, found in by_span.items():
        first = found[0].item
        for later in found[1:]:
            words = shown(attestations.text.slice(span))
            message = f"{words} has an entry already ({first.origin}); write one entry for both"
            if merged := merge(first, later.item):
                message += f": {write_entry(merged, attestations.conspectus.keys)}"
            problems.append(Problem(ProblemKind.SAME_WORDS, message, later.item.origin))
    return problems


def merge(first: Entry, second: Entry) -> Entry | None:
    """One entry that says what two say, or ``None`` where a person has to decide.

    Equal readings are joined; who already stands for a reading is not named twice.
    """
    remarks = [e.remark for e in (first, second) if e.remark] + [
        r.remark for e in (first, second) for r in e.readings if r.remark
    ]
    if remarks or any(reading.sub for e in (first, second) for reading in e.readings):
        return None
    readings: list[Reading] = list(first.readings)
    for reading in second.readings:
        at = next(
            (i for i, r in enumerate(readings) if (r.kind, r.text) == (reading.kind, reading.text)), None
        )
        if at is None:
            readings.append(reading)
        else:
            readings[at] = replace(readings[at], sigla=_joined(readings[at].sigla, reading.sigla))
    named = [(s.key, s.hand) for r in readings for s in r.sigla]
    if len(named) != len(set(named)):
        return None  # one witness, two readings: that is reported by itself
    return replace(first, readings=tuple(readings), support=_joined(first.support, second.support))


def _joined(one: tuple[Siglum, ...], other: tuple[Siglum, ...]) -> tuple[Siglum, ...]:
    return (*one, *(siglum for siglum in other if siglum not in one))
