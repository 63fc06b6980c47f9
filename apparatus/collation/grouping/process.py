"""Entries made, proved, and made again: what is not proved is joined to its neighbours."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from apparatus.collation.align import Hunk
from apparatus.collation.attestation import Attestations, Gaps
from apparatus.collation.grouping.copy import Copy, Move, known_of
from apparatus.collation.grouping.entries import Scribe, moved
from apparatus.collation.grouping.joining import Standing
from apparatus.collation.grouping.lacunae import lacunae, within
from apparatus.collation.grouping.moving import (
    sentences_elsewhere,
    with_blocks_in_order,
    with_sentences_in_order,
)
from apparatus.collation.grouping.pairing import Known, Pairing
from apparatus.collation.grouping.places import places
from apparatus.collation.grouping.proving import unproved
from apparatus.collation.grouping.sides import Side, foreign, side_of_parts
from apparatus.collation.grouping.units import Units
from apparatus.collation.mending.double import merge_entries, plainly, subject_of
from apparatus.collation.rebuild import WitnessText
from apparatus.model import Anchored, EditedText, Entry, Gap, Span
from apparatus.normalisation import normaliser

#: So often what is not proved is joined to its neighbours.
ROUNDS = 4
#: After so many rounds all of a witness that is not proved yet is left out.
MANY = 24


@dataclass(frozen=True)
class Made:
    """What one round has written."""

    new: tuple[Anchored[Entry], ...]
    changed: Mapping[int, Anchored[Entry]]  #: entries that stand, as they read with further witnesses
    every: tuple[Anchored[Entry], ...]  #: those that stand, and the new ones behind them


@dataclass
class Grouping:
    """The witnesses of a text, each beside it."""

    text: EditedText
    attestations: Attestations  #: of the entries that stand
    base: Units
    sides: dict[str, Side]
    finds_lacunae: bool = False
    declared: Gaps = field(default_factory=dict)  #: the gaps that witnesses have by their conspectus
    banned: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    pairings: dict[str, Pairing] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)
    gaps: dict[str, list[tuple[Span, Gap | None]]] = field(
        default_factory=dict
    )  #: ``None``: declared already
    unmarked: dict[str, frozenset[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        conspectus = self.attestations.conspectus
        self.normalise = normaliser(conspectus.normalisation)
        self.scribe = Scribe(self.text, self.base, conspectus, self.normalise)
        self.standing = Standing(self.attestations, self.base, self.scribe)
        for key in list(self.sides):
            self._begin(key)
        self._look_again()
        self.shared = {key: copy.shared for key, copy in self.copies.items()}
        for key in self.copies if self.finds_lacunae or self.declared else ():
            self._take_out_gaps(key)

    # --- beside the text --------------------------------------------------------------

    def _begin(self, key: str) -> None:
        """Put a witness beside the text; without the parts that differ where the text is not."""
        while self.sides[key].theirs or self.sides[key].parts or not self.sides[key].witness:
            side = self.sides[key]
            self.copies[key] = self._copy(key)
            wrong = [side.part_at(hunk.a0) for hunk in foreign(self.copies[key])] if side.parts else []
            if not wrong:
                return
            of_ours = {id(part) for part in wrong} & {id(part) for part in side.parts}
            self._leave_out(key, of_ours or {id(part) for part in side.parts})
        self.copies.pop(key, None)

    def _leave_out(self, key: str, wrong: set[int]) -> None:
        side = self.sides[key]
        assert side.witness is not None
        parts = [part for part in side.parts if id(part) not in wrong]
        self.sides[key] = side_of_parts(self.base, side.witness, parts, side.transcribed, side.rebuilt)

    def _copy(self, key: str) -> Copy:
        """The witness, its words in the order of the text but for what has been found not to be moved."""
        side, banned = self.sides[key], self.banned.setdefault(key, set())
        theirs, of_blocks = with_blocks_in_order(side.ours, Units(side.theirs), banned)
        marks = self.attestations.conspectus.witness[key].marks
        pairing = Pairing(side.ours, theirs, marks)
        copy = Copy(side.state, side.ours, side.base, theirs, pairing.differences())
        found = sentences_elsewhere(side.ours, theirs, copy.hunks)
        theirs, of_sentences = with_sentences_in_order(copy, found, banned)
        if of_sentences:
            pairing = Pairing(side.ours, theirs, marks)
        self.pairings[key] = pairing
        hunks = pairing.differences(self._known_to(side))
        return Copy(side.state, side.ours, side.base, theirs, hunks, (*of_blocks, *of_sentences))

    def _known_to(self, side: Side) -> Known:
        """What others have, by the units of one side."""
        if isinstance(side.base, range):
            return self.known
        at = {unit: a for a, unit in enumerate(side.base) if unit >= 0}
        keys = {at[unit]: its for unit, its in self.known.keys.items() if unit in at}
        return Known(keys, {at[unit] for unit in self.known.lacking if unit in at})

    def _look_again(self) -> None:
        """Pair the words once more, now that it is known what others have for each."""
        self.known = known_of(self.copies.values())
        for key, copy in self.copies.items():
            hunks = self.pairings[key].differences(self._known_to(self.sides[key]))
            self.copies[key] = Copy(copy.state, copy.ours, copy.base, copy.theirs, hunks, copy.moves)

    def _take_out_gaps(self, key: str) -> None:
        """Say nothing of the stretches that the witness is without: those declared, and those found."""
        copy, mark = self.copies[key], self.attestations.conspectus.witness[key].lac_mark
        runs: list[tuple[list[Hunk], Span, Gap | None]]
        runs = [(within(copy, span), span, None) for span in self.declared.get(key, ())]
        taken = {hunk for run, _, _ in runs for hunk in run}
        for run, span, gap in lacunae(self.text, copy, mark) if self.finds_lacunae else ():
            runs += [(run, span, gap)] if taken.isdisjoint(run) else []
        copy.pass_over([hunk for run, _, _ in runs for hunk in run])
        self.gaps[key] = [(span, gap) for _, span, gap in runs]
        unmarked = (span for run, span, _ in runs if all(hunk.b0 == hunk.b1 for hunk in run))
        self.unmarked[key] = frozenset(unmarked)

    # --- written ----------------------------------------------------------------------

    def made(self) -> Made:
        """What is to be written now; entries that stand take in whom they can."""
        self.standing.forget()
        copies = [*self.copies.values()]
        if self.attestations.entries:
            for copy in copies:
                copy.pass_over(())
                self.standing.record(copy)
        found = [
            self.scribe.of_moves(moves) for moves in moved(copies) if not self.standing.take_in_moves(moves)
        ]
        for place in places(self.base, copies):
            rest = self.standing.take_in(place)
            found += [self.scribe.of_place(rest)] if rest.readings else []
        new = self._as_one(sorted(filter(None, found), key=lambda one: (one.span.start, -one.span.end)))
        return Made(new, dict(self.standing.changed), (*self.standing.entries(), *new))

    def _as_one(self, found: Sequence[Anchored[Entry]]) -> tuple[Anchored[Entry], ...]:
        """The entries; what two of them say of the same words, or add at the same point, in one."""
        made: dict[Hashable, Anchored[Entry]] = {}
        for n, anchored in enumerate(found):
            subject = subject_of(self.text, anchored) or n
            both = None
            if subject in made:
                first = made[subject]
                entry = merge_entries(plainly(self.text, first), plainly(self.text, anchored))
                both = self.scribe.anchored(entry, first.home) if entry else None
            made[subject if both or subject not in made else n] = both or anchored
        return tuple(made.values())

    # --- proved -----------------------------------------------------------------------

    def run(self) -> tuple[Made, dict[str, list[Span]]]:
        """Entries that are proved, after as many repairs as are needed and allowed; and what is not proved."""
        rounds = dict.fromkeys(self.sides, 0)
        for count in itertools.count():
            made = self.made()
            failed = self._unproved(made.every)
            for key in failed if count > MANY else ():
                rounds[key] = ROUNDS
                if self.sides[key].parts:  # one after the other: those that are left are not worth it
                    failed[key] = [Span(0, len(self.text.joined))]
            repaired = [self._repaired(key, spans, rounds) for key, spans in failed.items()]
            if not any(repaired):
                return made, failed
        raise AssertionError

    def _repaired(self, key: str, spans: Sequence[Span], rounds: dict[str, int]) -> bool:
        """Whether something could be done about what is not proved of a witness."""
        if key not in self.copies:
            return False
        if self._without_moves(key, spans):
            return True
        if rounds[key] < ROUNDS:
            rounds[key] += 1
            for span in spans:
                self._join(key, span)
            return True
        return self._without_parts(key, spans)

    def _unproved(self, entries: Sequence[Anchored[Entry]]) -> dict[str, list[Span]]:
        """By witness, where the entries do not give it back, and have been made to."""
        gaps = {key: [span for span, _ in its] for key, its in self.gaps.items()}
        conspectus = self.attestations.conspectus
        attestations = Attestations(self.text, entries, conspectus, gaps or self.attestations.gaps)
        found = {}
        for key, side in self.sides.items():
            witness = self._witness(attestations, key)
            spans = unproved(witness, side.transcribed, self.normalise)
            if side.witness:
                spans = [span for span in spans if not self._is_left(key, span)]
            if spans:
                found[key] = spans
        return found

    def _witness(self, attestations: Attestations, key: str) -> WitnessText:
        side = self.sides[key]
        if side.witness is None:
            return WitnessText(attestations, side.state, unmarked=self.unmarked.get(key, frozenset()))
        old = side.witness
        return WitnessText(attestations, side.state, old.ignoring, old.unmarked, old.parted)

    def _is_left(self, key: str, span: Span) -> bool:
        """Whether a stretch is not among the parts for which entries are made."""
        return not any(_touch(span, its) for _, its in self.sides[key].spans(self.text))

    def _without_moves(self, key: str, spans: Sequence[Span]) -> bool:
        """Leave where they are the words near what is not proved; where none are near, all; whether there were any."""
        moves = self.copies[key].moves
        if not moves:
            return False
        near = [move for move in moves if any(self._is_near(self.copies[key], move, span) for span in spans)]
        self.banned[key] |= {move[:2] for move in near or moves}
        self._begin(key)
        if key in self.gaps:
            self._take_out_gaps(key)
        return True

    def _is_near(self, copy: Copy, move: Move, span: Span) -> bool:
        start, last, at = (copy.base[i] for i in (move.start, move.end - 1, move.at))
        if min(start, last, at) < 0:
            return True
        block = self.text.span(self.text.block_at(self.base.starts[at]))
        return _touch(span, Span(self.base.starts[start], self.base.ends[last])) or _touch(span, block)

    def _join(self, key: str, span: Span) -> None:
        """Join the units of a stretch to one more on either side."""
        start = max(0, bisect_right(self.base.starts, span.start) - 2)
        end = min(len(self.base), bisect_left(self.base.ends, span.end) + 2)
        its = self.copies[key].units
        inside = [its[unit] for unit in range(start, end) if unit in its]
        if inside:
            self.copies[key].join(min(inside), max(inside) + 1)

    def _without_parts(self, key: str, spans: Sequence[Span]) -> bool:
        """Leave the parts alone that cannot be proved; whether there were any."""
        its = self.sides[key].spans(self.text)
        wrong = {id(part) for part, where in its if any(_touch(span, where) for span in spans)}
        if wrong:
            self._leave_out(key, wrong)
            self.banned[key] = set()
            self._begin(key)
        return bool(wrong)


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end
