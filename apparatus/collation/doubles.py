"""Two entries about the same words, which an apparatus has as one.

Apart they hide what they say together: that no witness has the words (a supplement), or that
two witnesses agree. Additions at one point are another matter: they are several by nature.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from apparatus.anchoring.explain import shown
from apparatus.collation.attestation import Attestations
from apparatus.model import Anchored, Entry, Reading, Siglum, Span
from apparatus.notation import write_entry
from apparatus.problems import Problem, ProblemKind


def same_words(attestations: Attestations) -> list[Problem]:
    """Each entry whose words have an entry already, with the one entry that says both."""
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
