"""What each witness has in the place of each lemma, letter for letter and blank for blank.

In TEI a witness is had by taking of each ``app`` the reading that names it. So a reading stands with the blanks
that come and go with its words, and where entries lie in one another the longer has what the shorter ones say of
the same witness. Here the engine is asked what a witness has; nothing is joined by rules of this module's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from apparatus.anchoring import anchor
from apparatus.collation import Attestations, Stance, anchor_gaps
from apparatus.collation.accounts import Words
from apparatus.collation.edits import Edit, Insertion, edits_of
from apparatus.collation.plan import Plan
from apparatus.collation.rebuild import WitnessText
from apparatus.edition import Edition, EditionEntry
from apparatus.model import Anchored, Entry, Siglum, Span, Witness

#: What stands for words that cannot be read, and for words that are lost: characters that no text has.
ILLEGIBLE, LOST = "\ufdd0", "\ufdd1"
_ANY = Witness("", ill_mark=ILLEGIBLE, lac_mark=LOST)


@dataclass(frozen=True, slots=True)
class Variant:
    """What some witnesses have in the place of a lemma (TEI ``rdg``)."""

    reading: int  #: which of the entry's readings
    states: tuple[Siglum, ...]  #: the witnesses, each in its state
    text: str  #: instead of the stretch
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where moved words stand in a witness (TEI ``ptr`` to an ``anchor``)."""

    at: int  #: an offset of the joined text
    before: str  #: the blank, or break, that stands there before them
    after: str  #: and after them


@dataclass(frozen=True, slots=True)
class Variation:
    """One place of variation (TEI ``app``)."""

    entry: EditionEntry
    span: Span  #: of the lemma, with the blanks that come and go with it
    support: tuple[Siglum, ...]
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch that a witness does not have (TEI ``lacunaStart`` … ``lacunaEnd``)."""

    state: Siglum
    span: Span
    mark: str  #: what its transcription has there


@dataclass(frozen=True)
class Variations:
    """All places of variation of an edition."""

    edition: Edition

    @cached_property
    def all(self) -> tuple[Variation, ...]:
        """In the order of the entries; what could not be placed is left out."""
        return tuple(self._variation(i, entry) for i, entry in enumerate(self._entries))

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """Where fragmentary witnesses are absent."""
        return tuple(
            self._absence(text, span)
            for text in self._texts
            for span in self._attestations.gaps.get(text.state.key, ())
        )

    def _absence(self, text: WitnessText, gap: Span) -> Absence:
        around = self._around(gap)
        plan = Plan(self.edition.text, {}, "", (), (), [Edit(gap, text.sign(gap, LOST))])
        made = "".join(piece.text for piece in plan.write(around))
        return Absence(text.state, *_difference(self.edition.text.slice(around), made, around.start, gap))

    @cached_property
    def states(self) -> tuple[Siglum, ...]:
        """The witnesses, and what hands of theirs are cited or transcribed."""
        found = {Siglum(witness.key): None for witness in self.edition.conspectus.witnesses}
        found |= {text.state: None for text in self._texts}
        for i in range(len(self._entries)):
            found |= dict.fromkeys(self._cited_hands(i))
        order = {key: n for n, key in enumerate(self.edition.conspectus.witness)}
        return tuple(sorted(found, key=lambda state: (order[state.key], state.hand or "")))

    def states_at(self, variation: Variation) -> tuple[Siglum, ...]:
        """The witnesses in their own state, in that which is transcribed, and the hands that the entry cites."""
        here = {text.state for text in self._texts} | set(self._cited_hands(self._index[variation.entry.key]))
        return tuple(state for state in self.states if state in here)

    def cited_by(self, variation: Variation, state: Siglum) -> Siglum | None:
        """By which siglum an entry names a state; ``None``: by none."""
        return self._attestations.of(self._index[variation.entry.key], state).by

    def upholds(self, variation: Variation, state: Siglum) -> bool:
        """Whether an entry names a state for the words of the text, as having them or as marked in them."""
        found = self._attestations.of(self._index[variation.entry.key], state)
        return found.by is not None and found.reads is Stance.LEMMA

    def is_absent(self, variation: Variation, state: Siglum) -> bool:
        """Whether a gap is declared for a witness there."""
        return self._attestations.is_absent(state.key, self._anchored[self._index[variation.entry.key]].span)

    def instead(self, variation: Variation, state: Siglum) -> str | None:
        """What a transcribed state has for the lemma by all entries; ``None``: that cannot be told."""
        words = self._words.get(state)
        return words.at(self._anchored[self._index[variation.entry.key]].span) if words else None

    @cached_property
    def _words(self) -> dict[Siglum, Words]:
        return {text.state: Words(text) for text in self._texts}

    @cached_property
    def _index(self) -> dict[tuple[str, int], int]:
        return {entry.key: i for i, entry in enumerate(self._entries)}

    # --- the entries ------------------------------------------------------------------

    @cached_property
    def _entries(self) -> list[EditionEntry]:
        """Those on what witnesses have; second texts are not in the file."""
        found = [e for e in self.edition.entries if isinstance(e.item, Entry) and e.span is not None]
        if not self.edition.translates or not found:
            return found
        collation = self.edition.collation
        known = {id(one.item) for one in collation.attestations.entries} if collation else None
        return [
            e
            for e in found
            if (e.block or 0) < self.edition.witnessed and (known is None or id(e.item) in known)
        ]

    @cached_property
    def _anchored(self) -> list[Anchored[Entry]]:
        """The entries at their words, with the places to which they move them."""
        collation = self.edition.collation
        known = collation.attestations.entries if collation else self._anchored_anew()
        place = {id(found.item): found for found in known}
        return [place[id(entry.item)] for entry in self._entries]

    def _anchored_anew(self) -> Sequence[Anchored[Entry]]:
        found, _ = anchor(self.edition.text, [(entry.item, entry.block) for entry in self._entries])
        return found  # type: ignore[return-value]

    @cached_property
    def _attestations(self) -> Attestations:
        text, conspectus = self.edition.text, self.edition.conspectus
        return Attestations(text, self._anchored, conspectus, anchor_gaps(text, conspectus)[0])

    @cached_property
    def _texts(self) -> list[WitnessText]:
        """Every witness in the state that is transcribed, and in its own."""
        conspectus, collation = self.edition.conspectus, self.edition.collation
        compared = collation.texts if collation else {}
        made = []
        for witness in conspectus.witnesses:
            known = compared.get(witness.key)
            for state in dict.fromkeys((Siglum(witness.key), witness.state_transcribed)):
                is_known = known is not None and known.state == state
                unmarked = known.unmarked if known is not None and is_known else frozenset()
                parted = known.parted if known is not None and is_known else frozenset()
                made.append(WitnessText(self._attestations, state, unmarked=unmarked, parted=parted))
        return made

    @cached_property
    def _reads(self) -> dict[Siglum, dict[int, int]]:
        """State → entry → which of its readings it has, where it has one."""
        return {
            text.state: {i: n for i, n in text.done if i not in text.plan.passed_over} for text in self._texts
        }

    def _cited_hands(self, i: int) -> Iterator[Siglum]:
        """The states that an entry names by their hands."""
        for key, hand in self._attestations.cited_states(i):
            if hand is not None and key in self.edition.conspectus.witness:
                yield Siglum(key, hand)

    # --- one of them ------------------------------------------------------------------

    def _variation(self, i: int, entry: EditionEntry) -> Variation:
        readings = self._anchored[i].item.readings
        having = self._having(i)
        groups: list[tuple[int, tuple[Siglum, ...], list[tuple[int, int]]]] = []
        for n in range(len(readings)):
            alone: list[Siglum] = []
            for state in having.get(n, ()):
                if inner := self._others_within(i, state):
                    groups.append((n, (state,), [(i, n), *inner]))
                else:
                    alone.append(state)
            groups.append((n, tuple(alone), [(i, n)]))
        groups.sort(key=lambda group: (group[0], len(group[2])))  # who has this alone stands first
        made = [(n, states, *self._instead(edits)) for n, states, edits in groups]
        spans = [span for _, _, span, _ in made]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        joined = self.edition.text.joined
        having_text: dict[tuple[int, str], tuple[Siglum, ...]] = {}
        for n, states, span, text in made:
            filled = joined[whole.start : span.start] + text + joined[span.end : whole.end]
            having_text[n, filled] = (*having_text.get((n, filled), ()), *states)
        variants = tuple(
            Variant(n, states, text, self._move(i, n)) for (n, text), states in having_text.items()
        )
        return Variation(entry, whole, self._support(entry), variants)

    def _support(self, entry: EditionEntry) -> tuple[Siglum, ...]:
        account = entry.account
        return (*map(Siglum, account.support), *account.in_states) if account else ()

    def _having(self, i: int) -> dict[int, list[Siglum]]:
        """Reading → the states that have it."""
        found: dict[int, dict[Siglum, None]] = defaultdict(dict)
        for state, reads in self._reads.items():
            if i in reads:
                found[reads[i]][state] = None
        for state in self._cited_hands(i):
            reads_here = self._attestations.of(i, state).reads
            if isinstance(reads_here, int):
                found[reads_here][state] = None
        return {n: list(states) for n, states in found.items()}

    def _others_within(self, i: int, state: Siglum) -> list[tuple[int, int]]:
        """What else the state reads within the lemma of an entry."""
        span, reads = self._anchored[i].span, self._reads.get(state, {})
        near = self._attestations.within(span)
        return [
            (j, reads[j]) for j in near if j != i and j in reads and span.contains(self._anchored[j].span)
        ]

    def _instead(self, edits: Sequence[tuple[int, int]]) -> tuple[Span, str]:
        """What the readings of some entries, together, put in the place of the first's lemma, and of which blanks."""
        text = self.edition.text
        entries = {i: self._anchored[i] for i, _ in edits}
        replacing: list[Edit] = []
        inserting: list[Insertion] = []
        for i, n in edits:
            edit, insertion = edits_of(text, i, entries[i], n, _ANY)
            if edit is not None and edit.is_move:  # here they are missing, wherever they stand
                edit, insertion = Edit(edit.span, "", i, said=edit.said), None
            replacing += [edit] if edit else []
            inserting += [insertion] if insertion else []
        lemma = entries[edits[0][0]].span
        around = self._around(lemma)
        plan = Plan(text, entries, "", replacing, inserting)
        made = "".join(piece.text for piece in plan.write(around))
        return _difference(text.slice(around), made, around.start, lemma)

    def _around(self, span: Span) -> Span:
        """The blocks in which a stretch lies."""
        blocks = self.edition.text.blocks_in(span)
        return Span(self.edition.text.span(blocks[0]).start, self.edition.text.span(blocks[-1]).end)

    def _move(self, i: int, n: int) -> Move | None:
        """Where a reading puts the lemma of its entry, and what comes to stand beside it."""
        text, anchored = self.edition.text, self._anchored[i]
        _, found = edits_of(text, i, anchored, n, _ANY)
        if found is None or found.move is None:
            return None
        put = replace(found, text=text.slice(anchored.span), move=None)
        around = self._around(found.beside)
        made = "".join(piece.text for piece in Plan(text, {i: anchored}, "", (), (put,)).write(around))
        _, words = _difference(text.slice(around), made, around.start, Span(found.at, found.at))
        before, after = words[: -len(words.lstrip()) or None], words[len(words.rstrip()) :]
        return Move(found.at, before if before != words else "", after)


def _difference(ours: str, made: str, offset: int, lemma: Span) -> tuple[Span, str]:
    """The shortest stretch around a lemma outside which two texts are the same, and what the second has there."""
    start, end = lemma.start - offset, lemma.end - offset
    while start and ours[:start] != made[:start]:
        start -= 1
    while end < len(ours) and (
        ours[end:] != made[len(made) - len(ours) + end :] or start + len(ours) - end > len(made)
    ):
        end += 1
    while start and start + len(ours) - end > len(made):
        start -= 1
    return Span(offset + start, offset + end), made[start : len(made) - (len(ours) - end)]
