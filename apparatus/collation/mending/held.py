"""Statements of entries that leave the rebuilt witness as it is, held against what it reads by all entries.

Such are a siglum on the left and a reading equal to the lemma: with and without them the witness is
rebuilt alike, so that each has to be looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from apparatus.anchoring.explain import shown
from apparatus.collation.accounts import Words
from apparatus.collation.mending.proof import Prover
from apparatus.collation.mending.rewrite import without
from apparatus.model import Effect
from apparatus.problems import Problem, ProblemKind


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
        yield Problem(ProblemKind.FALSE_CLAIM, _message(words, prover, i, others), anchored.item.origin)


def _message(words: Words, prover: Prover, i: int, others: list[int]) -> str:
    attestations, state = words.witness.attestations, words.witness.state
    anchored = attestations.entries[i]
    lemma = shown(attestations.text.slice(anchored.span))
    effects = {reading.kind.effect for reading in anchored.item.readings}
    claim = f"adds nothing to {lemma}" if effects == {Effect.ADDS} else f"has the text for {lemma}"
    places = [str(origin) for other in others if (origin := attestations.entries[other].item.origin)]
    by = f"by {' and '.join(places)}" if places else "by its declared gap"
    reads = words.at(anchored.span)
    has = (
        f"it has {shown(reads)}" if reads else "it has no such words" if reads == "" else "it reads otherwise"
    )
    if words.adds(anchored):
        lost = words.has_lost(anchored)
        has = "what it had there is lost or illegible" if lost else "it has more words there"
    siglum = attestations.of(i, state).by
    entry = without(anchored.item, siglum) if siglum else None
    mend = f"write: {prover.line(entry)}" if entry else "delete the entry"
    return f"the entry says that {state} {claim}, but {by} {has}; {mend}"
