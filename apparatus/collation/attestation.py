"""Who reads what: the attestation of every entry, witness by witness, state by state.

The most specific statement wins: the hand that is asked for, the latest earlier correcting
hand, the bare siglum, the smallest group, *codd.*, *cett.*, and last silence. Scholars attest
nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from apparatus.anchoring import find_lemma
from apparatus.model import (
    ALL,
    REST,
    Anchored,
    Conspectus,
    EditedText,
    Effect,
    Entry,
    Kind,
    Siglum,
    Silence,
    Span,
    Witness,
)
from apparatus.problems import Problem


class Stance(Enum):
    """What a witness reads where it reads no reading of the entry."""

    LEMMA = "lemma"
    UNKNOWN = "unknown"  #: cited only where named, and not named here
    ABSENT = "absent"  #: not extant here


#: A stance, or which of the entry's readings.
Reads: TypeAlias = int | Stance
Gaps: TypeAlias = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Attestation:
    """What one state of a witness reads at an entry, and by which siglum the entry says so."""

    reads: Reads
    by: Siglum | None = None  #: ``None``: by silence
    rank: int = 0  #: of the hand that is cited among those that count for the state; 0: its own

    def is_named(self, key: str) -> bool:
        """Whether the entry names witness *key* by its own siglum, not by a group's and not in silence."""
        return self.by is not None and self.by.key == key


#: What is found of most witnesses at most entries.
UNKNOWN, ABSENT, SILENT = (Attestation(stance) for stance in (Stance.UNKNOWN, Stance.ABSENT, Stance.LEMMA))


def hand_chain(witness: Witness, hand: str | None) -> tuple[str | None, ...]:
    """The hands whose reading counts for *hand*, the most specific first.

    A later hand stands on the earlier corrections (never on what they superseded, never on
    the margin); the bare siglum is the text as its own scribe left it.
    """
    if hand is None:
        own = [h for h in witness.hands if h in ("pc", "c")]
        return (None, *reversed(own))
    if hand not in witness.hands:
        return (hand, None)
    earlier = witness.hands[: witness.hands.index(hand)]
    return (hand, *(h for h in reversed(earlier) if h != "ac" and h not in witness.aside), None)


def anchor_gaps(
    text: EditedText, conspectus: Conspectus
) -> tuple[dict[str, tuple[Span, ...]], tuple[Problem, ...]]:
    """Where each fragmentary witness is absent: its declared gaps, in order, those that overlap made one."""
    gaps: dict[str, tuple[Span, ...]] = {}
    problems = []
    for witness in conspectus.witnesses:
        spans = []
        for gap in witness.gaps:
            found = find_lemma(text, gap.place, gap.lemma, origin=gap.origin or witness.origin)
            if isinstance(found, Problem):
                problems.append(Problem(found.kind, f"gap of {witness.key}: {found.message}", found.origin))
            else:
                spans.append(found)
        if spans:
            gaps[witness.key] = _merge(spans)
    return gaps, tuple(problems)


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


class Attestations:
    """The entries of an edition, asked who reads what.

    Built once; each question costs as much as the entry has sigla, and :meth:`citing` finds
    the entries that a witness must look at without passing over all of them.
    """

    def __init__(
        self,
        text: EditedText,
        entries: Sequence[Anchored[Entry]],
        conspectus: Conspectus,
        gaps: Gaps | None = None,
    ) -> None:
        self.text, self.entries, self.conspectus = text, entries, conspectus
        self.gaps: Gaps = gaps or {}
        self._cited: list[dict[tuple[str, str | None], tuple[Reads, Siglum]]] = []
        self._citing: dict[str, list[int]] = {}
        self._chains: dict[Siglum, tuple[str | None, ...]] = {}
        for i, anchored in enumerate(entries):
            cited = self._cite(anchored)
            self._cited.append(cited)
            for key in {key for key, _ in cited}:
                self._citing.setdefault(key, []).append(i)

    def _cite(self, anchored: Anchored[Entry]) -> dict[tuple[str, str | None], tuple[Reads, Siglum]]:
        """Siglum and hand → what the entry says of it; the first mention counts."""
        cited: dict[tuple[str, str | None], tuple[Reads, Siglum]] = {}
        for siglum in anchored.item.support:
            cited.setdefault((siglum.key, siglum.hand), (Stance.LEMMA, siglum))
        for n, reading in enumerate(anchored.item.readings):
            reads: Reads = n
            equal = reading.kind is Kind.TEXT and self.text.slice(anchored.span) == reading.text
            if equal or reading.kind.effect is Effect.STANDS:
                reads = Stance.LEMMA
            for siglum in reading.sigla:
                cited.setdefault((siglum.key, siglum.hand), (reads, siglum))
        return cited

    @cached_property
    def groups_of(self) -> dict[str, tuple[str, ...]]:
        """Witness → the groups it belongs to, the smallest first."""
        groups = {group.key: group.members for group in self.conspectus.groups}

        def members(key: str, seen: frozenset[str] = frozenset()) -> set[str]:
            if key not in groups or key in seen:
                return {key}
            return set().union(*(members(m, seen | {key}) for m in groups[key]))

        all_members = {key: members(key) for key in groups}
        by_size = sorted(groups, key=lambda key: len(all_members[key]))
        return {
            w.key: tuple(g for g in by_size if w.key in all_members[g]) for w in self.conspectus.witnesses
        }

    def is_absent(self, key: str, span: Span) -> bool:
        """Whether the witness has a declared gap over the whole span."""
        gaps = self.gaps.get(key)
        if not gaps:
            return False
        i = bisect_right(gaps, span.start, key=lambda gap: gap.start) - 1
        return i >= 0 and gaps[i].contains(span)

    def of(self, i: int, state: Siglum) -> Attestation:
        """What the witness reads in that state at entry *i*."""
        cited = self._cited[i]
        witness = self.conspectus.witness.get(state.key)
        if witness is None:
            return UNKNOWN
        chain = self._chains.get(state)
        if chain is None:
            chain = self._chains[state] = hand_chain(witness, state.hand)
        for rank, hand in enumerate(chain):
            if (state.key, hand) in cited:
                return Attestation(*cited[state.key, hand], rank)
        if self.is_absent(state.key, self.entries[i].span):
            return ABSENT
        for group in self.groups_of[state.key]:
            for rank, hand in enumerate(chain):
                if (group, hand) in cited:
                    return Attestation(*cited[group, hand], rank)
        if witness.silence is Silence.UNKNOWN:
            return UNKNOWN
        for key in (ALL, REST):
            if (key, None) in cited:
                return Attestation(*cited[key, None])
        return SILENT

    def citing(self, key: str) -> list[int]:
        """The entries that say something of the witness, by its siglum or a wider one."""
        keys = (key, *self.groups_of.get(key, ()), ALL, REST)
        lists = [self._citing[k] for k in keys if k in self._citing]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def within(self, span: Span) -> list[int]:
        """The entries whose lemma begins in the blocks of the stretch, in order."""
        first, last = self.text.block_at(span.start), self.text.block_at(span.end)
        return [i for block in range(first, last + 1) for i in self._by_home.get(block, ())]

    @cached_property
    def _by_home(self) -> dict[int, list[int]]:
        by_home: dict[int, list[int]] = {}
        for i, anchored in enumerate(self.entries):
            by_home.setdefault(anchored.home, []).append(i)
        return by_home

    def cited_states(self, i: int) -> Iterable[tuple[str, str | None]]:
        """The sigla, with their hands, that entry *i* names."""
        return self._cited[i]
