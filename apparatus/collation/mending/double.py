"""Two entries about the same words, or the same point between words, which an apparatus has as one.

Apart they hide what they say together: that no witness has the words (a supplement), or that two
witnesses agree. Several additions of one witness at one point are another matter: they follow
on each other, and each has its entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from apparatus.anchoring.explain import shown
from apparatus.collation.attestation import Attestations
from apparatus.collation.mending.proof import Prover
from apparatus.collation.mending.rewrite import as_addition
from apparatus.collation.rebuild import WitnessText
from apparatus.model import BREAK, Anchored, EditedText, Effect, Entry, Kind, Reading, Span
from apparatus.notation import write_entry
from apparatus.problems import Mend, Problem, ProblemKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Double:
    """Entries that are one."""

    problem: Problem
    entries: tuple[int, ...]
    line: str | None  #: the one entry, proved; ``None`` where a person has to decide


def same_words(
    attestations: Attestations, texts: Collection[WitnessText] = (), lists: Sequence[str] = ()
) -> list[Double]:
    """The entries about what has an entry already, with the one entry that says all; proved on *texts*.

    *lists* says in which series each entry stands. What is about the same words in two series is not one:
    there the editor has put words and signs apart.
    """
    by_subject: dict[Hashable, list[int]] = defaultdict(list)
    for i, anchored in enumerate(attestations.entries):
        if subject := subject_of(attestations.text, anchored):
            by_subject[subject, lists[i] if lists else ""].append(i)
    together = (_together(attestations, found) for found in by_subject.values())
    return [_double(attestations, entries, texts) for entries in together if len(entries) > 1]


def subject_of(text: EditedText, anchored: Anchored[Entry]) -> Hashable:
    """What an entry is about: its words, or the point at which its readings add; ``None``: the editors' signs."""
    readings = plainly(text, anchored).readings
    kinds = {reading.kind for reading in readings}
    effects = {kind.effect for kind in kinds}
    if any(kind.replaces_lemma for kind in kinds):
        return anchored.span
    if effects == {Effect.MOVES}:
        return "moved", anchored.span
    if len(kinds) != 1 or effects != {Effect.ADDS}:
        return None
    is_block = anchored.item.lemma.is_block
    at = anchored.span.start if Kind.PRAEM in kinds else anchored.span.end
    return "added", is_block, text.gap(at, " \n" if is_block else " ")


def plainly(text: EditedText, anchored: Anchored[Entry]) -> Entry:
    """The entry with what its readings have besides the lemma as an addition, if all of them do only that."""
    words = text.slice(anchored.span)
    readings = tuple(as_addition(reading, words) for reading in anchored.item.readings)
    if all(reading.kind.effect is Effect.ADDS for reading in readings):
        return replace(anchored.item, readings=readings)
    return anchored.item


def _together(attestations: Attestations, found: list[int]) -> list[int]:
    """Those of the entries about one thing that can be one: no witness reads two things in them."""
    reads: dict[tuple[str, str | None], object] = {}
    together = []
    for i in found:
        item = plainly(attestations.text, attestations.entries[i])
        new = {
            (s.key, s.hand): i if r.kind.effect is Effect.ADDS else (r.kind, r.text, r.target)
            for r in item.readings
            for s in r.sigla
            if s.key not in attestations.conspectus.scholar_keys
        }
        if all(reads.get(siglum, reading) == reading for siglum, reading in new.items()):
            together.append(i)
            reads |= new
    return together


def _double(attestations: Attestations, together: list[int], texts: Collection[WitnessText]) -> Double:
    first, *later = (attestations.entries[i] for i in together)
    where = " and ".join(str(a.item.origin) for a in (first, *later[:-1]) if a.item.origin)
    both = "both" if len(later) == 1 else "all"
    what = shown(attestations.text.slice(later[-1].span))
    if all(reading.kind.effect is Effect.ADDS for reading in first.item.readings):
        what = (
            f"what is added {'before' if later[-1].item.readings[0].kind is Kind.PRAEM else 'after'} {what}"
        )
    message = f"{what} has an entry already ({where}); write one entry for {both}"
    entry: Entry | None = plainly(attestations.text, first)
    for anchored in later:
        entry = merge_entries(entry, plainly(attestations.text, anchored)) if entry else None
    line = None
    if entry and _is_proved(attestations, entry, together, texts):
        line = write_entry(entry, attestations.conspectus.keys)
        message += f": {line}"
    origins = tuple(origin for a in (first, *later) if (origin := a.item.origin))
    mend = Mend(line, origins) if line and len(origins) == len(together) else None
    return Double(
        Problem(ProblemKind.SAME_WORDS, message, later[-1].item.origin, mend), tuple(together), line
    )


def _is_proved(
    attestations: Attestations, entry: Entry, together: list[int], texts: Collection[WitnessText]
) -> bool:
    """Whether every witness reads with the one entry what it reads with the several."""
    entries = [attestations.entries[i] for i in together]
    blocks = [attestations.text.span(block) for a in entries for block in attestations.text.blocks_in(a.span)]
    region = Span(min(block.start for block in blocks), max(block.end for block in blocks))
    for witness in texts:
        if {i for i, _ in witness.done}.isdisjoint(together) and set(witness.upheld).isdisjoint(together):
            continue
        prover = Prover(witness, ())
        anchored = prover.anchored(entry, entries[0].home)
        reads = BREAK.join(block.text for block in witness.part(region)[0])
        if anchored is None or not prover.gives(region, reads, [anchored], frozenset(together), strict=False):
            return False
    return True


def merge_entries(first: Entry, second: Entry) -> Entry | None:
    """One entry that says what two say, or ``None`` where a person has to decide.

    Equal readings are joined. Nobody is named twice: who reads something in the one is no
    supporter, though the other may name it on the left.
    """
    remarks = [e.remark for e in (first, second) if e.remark] + [
        r.remark for e in (first, second) for r in e.readings if r.remark
    ]
    if remarks or any(reading.sub for e in (first, second) for reading in e.readings):
        return None
    readings: list[Reading] = list(first.readings)
    for new in second.readings:
        reading = replace(new, kind=first.readings[0].kind) if new.kind.effect is Effect.ADDS else new
        at = next(
            (
                i
                for i, r in enumerate(readings)
                if (r.kind, r.text, r.target) == (reading.kind, reading.text, reading.target)
            ),
            None,
        )
        if at is None:
            readings.append(reading)
        else:
            readings[at] = _both(readings[at], reading)
    named = {(s.key, s.hand) for r in readings for s in r.sigla}
    support = tuple(s for s in _joined(first.support, second.support) if (s.key, s.hand) not in named)
    return replace(first, readings=tuple(readings), support=support)


def _both(one: Reading, other: Reading) -> Reading:
    """Two readings of the same words as one, with what is said of either."""
    classes, causes = _joined(one.classes, other.classes), _joined(one.causes, other.causes)
    return replace(one, sigla=_joined(one.sigla, other.sigla), classes=classes, causes=causes)


def _joined(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return (*one, *(each for each in other if each not in one))
