"""Further witnesses in the entries that stand: where they read what one records, or differ at just its words.

A new entry beside the old would hide that they agree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from apparatus.characters import is_of_word
from apparatus.collation.align import Hunk
from apparatus.collation.attestation import Attestations, Stance
from apparatus.collation.grouping.copy import Copy, Move
from apparatus.collation.grouping.entries import Scribe
from apparatus.collation.grouping.places import Place
from apparatus.collation.grouping.units import Units
from apparatus.collation.mending.double import merge_entries
from apparatus.collation.mending.rewrite import mended
from apparatus.model import Anchored, Effect, Entry, Kind, Reading, Siglum, Span


class Standing:
    """The entries that stand, and how some of them read with further witnesses."""

    def __init__(self, attestations: Attestations, base: Units, scribe: Scribe) -> None:
        self.attestations, self.base, self.scribe = attestations, base, scribe
        self.changed: dict[int, Anchored[Entry]] = {}

    def forget(self) -> None:
        """Begin again with the entries as they stand."""
        self.changed = {}

    def entries(self) -> list[Anchored[Entry]]:
        """All of them, as they read now."""
        return [self.changed.get(i, entry) for i, entry in enumerate(self.attestations.entries)]

    # --- what an entry records already -------------------------------------------------

    def record(self, copy: Copy) -> None:
        """Put the witness into the entries that have what it reads."""
        taken: set[Hunk] = set()
        for i in self._about(copy):
            found = self._as_recorded(i, copy)
            if found and taken.isdisjoint(found[1]) and self._join(i, copy.state, found[0]):
                taken.update(found[1])
        copy.pass_over({*copy.passed_over, *taken})

    def _about(self, copy: Copy) -> list[int]:
        """The entries near what the witness has otherwise, the longer first."""
        blocks = {
            block
            for hunk in copy.hunks
            for a in (hunk.a0, hunk.a1 - 1)
            if 0 <= a < len(copy.base) and copy.base[a] >= 0
            for block in (self.scribe.text.block_at(self.base.starts[copy.base[a]]),)
        }
        found = {i for b in blocks for i in self.attestations.within(self.scribe.text.span(b))}
        return sorted(found, key=lambda i: (-len(self.attestations.entries[i].span), i))

    def _as_recorded(self, i: int, copy: Copy) -> tuple[str, Collection[Hunk]] | None:
        """What the witness has at the lemma of an entry, if that is one of its readings, and by which differences."""
        entry = self.attestations.entries[i]
        if entry.item.lemma.is_block or not self._is_silent(i, copy.state):
            return None
        first, last = self._units(entry.span)
        a0, a1 = copy.units.get(first, -1), copy.units.get(last, -2) + 1
        if a1 - a0 != last + 1 - first:
            return None
        lemma = self.scribe.text.slice(entry.span)
        readings = {words for r in entry.item.readings if (words := _words(lemma, r)) is not None}
        for before, after in ((False, False), (False, True), (True, False)):
            start, end = copy.begin(a0) if before else copy.end(a0), copy.end(a1) if after else copy.begin(a1)
            words = self._inner(entry.span, Span(first, last + 1), copy.theirs.slice(start, end))
            inside = [h for h in copy.hunks if _is_inside(h, a0, a1, before=before, after=after)]
            if inside and words in readings and words != lemma:
                return words, inside
        return None

    def _units(self, span: Span) -> tuple[int, int]:
        """The first and the last unit of which a stretch has something."""
        return self.scribe.unit_at(span.start), self.scribe.unit_at(max(span.start, span.end - 1))

    def _inner(self, span: Span, units: Span, words: str) -> str | None:
        """*words* of whole units without the signs that they have beyond a stretch; ``None``: it has not these signs."""
        whole = Span(self.base.starts[units.start], self.base.ends[units.end - 1])
        text = self.scribe.text.joined
        head, tail = text[whole.start : span.start], text[span.end : whole.end]
        if any(map(is_of_word, head + tail)) or " " in head + tail:
            return None
        if not words and not head + tail:
            return ""
        if not words.startswith(head) or not words.endswith(tail) or len(words) < len(head + tail):
            return None
        return words[len(head) : len(words) - len(tail)]

    # --- what an entry is about --------------------------------------------------------

    def take_in(self, place: Place) -> Place:
        """The place without the witnesses that an entry about just its words has taken in."""
        rest = dict(place.readings)
        for i in self.attestations.within(self.scribe.span(place)):
            if self._is_about(i, place):
                for state, words in list(rest.items()):
                    inner = (
                        words
                        if place.adds
                        else self._inner(self._span(i), Span(place.start, place.end), words)
                    )
                    if (
                        inner is not None
                        and self._is_silent(i, state)
                        and self._join(i, state, inner, place.adds)
                    ):
                        del rest[state]
        return replace(place, readings=rest)

    def _span(self, i: int) -> Span:
        return self.attestations.entries[i].span

    def _is_about(self, i: int, place: Place) -> bool:
        item, span = self.attestations.entries[i].item, self.scribe.span(place)
        kinds = {reading.kind for reading in item.readings}
        if item.lemma.is_block != place.is_block and not (span == self._span(i) and not place.adds):
            return False
        if place.adds:
            return span == self._span(i) and kinds == {Kind.PRAEM if place.before else Kind.ADD}
        changes = any(
            kind.replaces_lemma or (kind.effect is Effect.ADDS and not place.is_block) for kind in kinds
        )
        return changes and span.contains(self._span(i))

    def _is_silent(self, i: int, state: Siglum) -> bool:
        """Whether the entry leaves it to its silence that the witness has the lemma."""
        said = self.attestations.of(i, state)
        return said.by is None and said.reads is Stance.LEMMA

    def _join(self, i: int, state: Siglum, words: str, adds: bool = False) -> bool:
        """Let the entry say of the witness that it has *words* for the lemma; whether it can."""
        before = self.changed.get(i, self.attestations.entries[i])
        lemma = self.scribe.text.slice(before.span)
        if adds:
            words = self._with_block(before.item, lemma, words)
        marks = self.scribe.conspectus.witness[state.key].marks
        item = mended(before.item, lemma, words, state, None, marks)
        return item is not None and self._put(i, self._in_order(i, item))

    def _put(self, i: int, item: Entry) -> bool:
        """Let an entry read *item*; whether it comes back from its line, about the same words."""
        before = self.attestations.entries[i]
        found = self.scribe.anchored(item, before.home)
        if found is None or found.span != before.span:
            return False
        self.changed[i] = found
        return True

    def _in_order(self, i: int, item: Entry) -> Entry:
        """The entry with those whom it has taken in behind the others, in the order of the conspectus."""
        old = {siglum for reading in self.attestations.entries[i].item.readings for siglum in reading.sigla}

        def order(siglum: Siglum) -> int:
            return -1 if siglum in old else self.scribe.rank(siglum)

        readings = (replace(r, sigla=tuple(sorted(r.sigla, key=order))) for r in item.readings)
        return replace(item, readings=tuple(readings))

    def take_in_moves(self, moves: Mapping[Move, Sequence[Siglum]]) -> bool:
        """Let an entry that tells of the same words where others have them tell it of these witnesses too; whether one can."""
        made = self.scribe.of_moves(moves)
        for i in self.attestations.within(made.span) if made else ():
            item = self.attestations.entries[i].item
            is_move = all(reading.kind is Kind.TRANSP for reading in item.readings)
            if (
                made
                and is_move
                and self._span(i) == made.span
                and item.lemma.is_block == made.item.lemma.is_block
            ):
                both = merge_entries(item, made.item)
                return both is not None and self._put(i, both)
        return False

    def _with_block(self, item: Entry, lemma: str, words: str) -> str:
        both = (words, lemma) if item.readings[0].kind is Kind.PRAEM else (lemma, words)
        return "\n".join(both)


def _words(lemma: str, reading: Reading) -> str | None:
    """What a reading gives for its lemma; ``None``: no words that could be compared."""
    if reading.kind is Kind.TEXT:
        return reading.text
    if reading.kind is Kind.ADD:
        return f"{lemma} {reading.text}"
    if reading.kind is Kind.PRAEM:
        return f"{reading.text} {lemma}"
    return "" if reading.kind is Kind.OM else None


def _is_inside(hunk: Hunk, a0: int, a1: int, *, before: bool, after: bool) -> bool:
    if hunk.a0 == hunk.a1:
        return a0 < hunk.a0 < a1 or (before and hunk.a0 == a0) or (after and hunk.a0 == a1)
    return a0 <= hunk.a0 and hunk.a1 <= a1
