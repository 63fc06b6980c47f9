"""Statements of entries that leave the rebuilt witness as it is, held against what it reads by all entries.

Such are a siglum on the left and a reading equal to the lemma: with and without them the witness is
rebuilt alike, so that each has to be looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from apparatus.anchoring.explain import shown
from apparatus.collation.accounts import Accounts, Words
from apparatus.collation.attestation import Attestations, Stance
from apparatus.collation.mending.proof import Prover
from apparatus.collation.mending.rewrite import without
from apparatus.model import ALL, REST, Anchored, Effect, Entry, Siglum
from apparatus.notation import write_entry
from apparatus.problems import Problem, ProblemKind, mend_in_place


def held(words: Words, prover: Prover, settled: Set[int]) -> Iterator[Problem]:
    """Each entry that names the witness for a lemma which it has not.

    An entry is passed over if it is *settled*, that is reported already with its cure, or if an entry
    that contradicts it is.
    """
    attestations, state = words.witness.attestations, words.witness.state
    for i in words.witness.upheld:
        anchored = attestations.entries[i]
        if i in settled or not attestations.of(i, state).is_named(state.key):
            continue
        if attestations.is_absent(state.key, anchored.span) or not words.contradicts(anchored):
            continue  # of a gap that is said by itself
        others = [other for other in words.instead(anchored) if other != i]
        if not settled.isdisjoint(others):
            continue
        yield _problem(words, prover, i, others)


def held_of_several(
    accounts: Accounts, provers: Mapping[str, Prover], settled: Set[int]
) -> Iterator[Problem]:
    """Each entry with a siglum for several left of the bracket, where one that is transcribed has not the lemma.

    It is not meant where an entry on longer words names it. What is *settled* is passed over as above.
    """
    attestations = accounts.attestations
    of_several = {ALL, REST, *(group.key for group in attestations.conspectus.groups)}
    for i, anchored in enumerate(attestations.entries):
        for siglum in (s for s in anchored.item.support if s.key in of_several):
            false = [p for p in provers.values() if _is_false(accounts, i, siglum, p.witness.state)]
            others = {other for p in false for other in _others(accounts, i, p.witness.state)}
            if false and i not in settled and settled.isdisjoint(others):
                yield _of_several(accounts, i, siglum, [p.witness.state for p in false])


def _is_false(accounts: Accounts, i: int, siglum: Siglum, state: Siglum) -> bool:
    """Whether the entry names a witness for the lemma by a siglum for several, and is wrong to."""
    attestations, anchored = accounts.attestations, accounts.attestations.entries[i]
    attestation = attestations.of(i, state)
    if attestation.by != siglum or attestation.is_named(state.key) or attestation.reads is not Stance.LEMMA:
        return False
    if not accounts.words(state).contradicts(anchored):
        return False
    return not any(
        attestations.entries[other].span.contains(anchored.span)
        and attestations.entries[other].span != anchored.span
        and attestations.of(other, state).is_named(state.key)
        for other in _others(accounts, i, state)
    )


def _others(accounts: Accounts, i: int, state: Siglum) -> list[int]:
    anchored = accounts.attestations.entries[i]
    return [other for other in accounts.words(state).instead(anchored) if other != i]


def _of_several(accounts: Accounts, i: int, siglum: Siglum, states: list[Siglum]) -> Problem:
    attestations = accounts.attestations
    anchored, conspectus = attestations.entries[i], attestations.conspectus
    words = accounts.words(states[0])
    places = _places(attestations, _others(accounts, i, states[0]))
    more = f" (nor is it so of {', '.join(map(str, states[1:]))})" if len(states) > 1 else ""
    meant = [
        state
        for witness in conspectus.witnesses
        if (state := Siglum(witness.key, siglum.hand)) not in states
        and attestations.of(i, state).by == siglum
        and not accounts.words(Siglum(witness.key)).contradicts(anchored)
    ]
    named = [s for one in anchored.item.support for s in (meant if one == siglum else [one])]
    entry = replace(anchored.item, support=tuple(dict.fromkeys(named)))
    line = write_entry(entry, conspectus.keys)
    message = (
        f"the entry says by '{siglum}' that {states[0]} {_claim(words, anchored)}, but {places} {_has(words, anchored)}"
        f"{more}; write: {line}"
    )
    origin = anchored.item.origin
    return Problem(ProblemKind.FALSE_CLAIM, message, origin, mend_in_place(line, origin))


def _problem(words: Words, prover: Prover, i: int, others: list[int]) -> Problem:
    attestations, state = words.witness.attestations, words.witness.state
    anchored = attestations.entries[i]
    claim, by, has = _claim(words, anchored), _places(attestations, others), _has(words, anchored)
    siglum = attestations.of(i, state).by
    entry = without(anchored.item, siglum) if siglum else None
    line, origin = prover.line(entry) if entry else "", anchored.item.origin
    message = f"the entry says that {state} {claim}, but {by} {has}; {f'write: {line}' if line else 'delete the entry'}"
    return Problem(ProblemKind.FALSE_CLAIM, message, origin, mend_in_place(line, origin, state.key))


def _claim(words: Words, anchored: Anchored[Entry]) -> str:
    lemma = shown(words.text.slice(anchored.span))
    effects = {reading.kind.effect for reading in anchored.item.readings}
    return f"adds nothing to {lemma}" if effects == {Effect.ADDS} else f"has the text for {lemma}"


def _places(attestations: Attestations, others: list[int]) -> str:
    places = [str(origin) for other in others if (origin := attestations.entries[other].item.origin)]
    return f"by {' and '.join(places)}" if places else "by its declared gap"


def _has(words: Words, anchored: Anchored[Entry]) -> str:
    """What the witness has for the lemma, or beside it."""
    if words.adds(anchored):
        lost = words.has_lost(anchored)
        return "what it had there is lost or illegible" if lost else "it has more words there"
    reads = words.at(anchored.span)
    if reads is None:
        return "it reads otherwise"
    return f"it has {shown(reads)}" if reads else "it has no such words"
