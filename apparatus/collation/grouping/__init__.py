"""All witnesses of a text at once, from their transcriptions to one entry for each place of variation.

words and breaks → moves → pairs → variants → places → entries → proved
(units)           (moving)  (pairing) (shapes)   (places)  (entries)  (proving)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apparatus.collation.attestation import Attestations
from apparatus.collation.compare import TranscribedBlock
from apparatus.collation.grouping.copy import Copy, Move, known_of
from apparatus.collation.grouping.entries import Scribe, moved
from apparatus.collation.grouping.lacunae import lacunae as find_lacunae
from apparatus.collation.grouping.moving import (
    sentences_elsewhere,
    with_blocks_in_order,
    with_sentences_in_order,
)
from apparatus.collation.grouping.pairing import Known, Pairing
from apparatus.collation.grouping.places import places
from apparatus.collation.grouping.proving import unproved
from apparatus.collation.grouping.units import Units
from apparatus.model import BREAK, Anchored, Conspectus, EditedText, Entry, Gap, Span
from apparatus.normalisation import normaliser

__all__ = ["Grouped", "group_witnesses"]

#: So often what is not proved is joined to its neighbours.
ROUNDS = 4


@dataclass(frozen=True)
class Grouped:
    """The entries that witnesses want, and what of them these do not prove."""

    entries: tuple[Anchored[Entry], ...]  #: in the order of the text
    gaps: Mapping[str, tuple[Gap, ...]] = field(default_factory=dict)  #: to be declared, by witness
    unproved: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  #: by witness: where
    #: by witness: which share of the words of the shorter side it has in common with the text
    shared: Mapping[str, float] = field(default_factory=dict)


def group_witnesses(
    text: EditedText,
    conspectus: Conspectus,
    transcriptions: Mapping[str, Sequence[TranscribedBlock]],
    *,
    lacunae: bool = False,
) -> Grouped:
    """One entry for each place in which witnesses differ from *text*, all of them together proved.

    *transcriptions* are the blocks of each witness, by its key. With *lacunae* the stretches that a witness is
    without are gaps to be declared, else entries that say *om.*; what its conspectus declares already is no
    matter here. Where the entries do not give a witness back, the words concerned are joined to their neighbours,
    at most four times; what then fails is told in ``unproved``.
    """
    return _Grouping(text, conspectus, transcriptions, lacunae=lacunae).run()


class _Grouping:
    """Entries made, proved, and made again."""

    def __init__(
        self,
        text: EditedText,
        conspectus: Conspectus,
        transcriptions: Mapping[str, Sequence[TranscribedBlock]],
        *,
        lacunae: bool,
    ) -> None:
        self.text, self.conspectus, self.transcriptions = text, conspectus, transcriptions
        self.normalise = normaliser(conspectus.normalisation)
        self.base = Units(text.joined)
        self.scribe = Scribe(text, self.base, conspectus, self.normalise)
        self.banned: dict[str, set[tuple[int, int]]] = {key: set() for key in transcriptions}
        self.known, self.pairings = Known(), dict[str, Pairing]()
        self.copies = {key: self._copy(key) for key in transcriptions}
        self._look_again()
        self.gaps: dict[str, list[tuple[Span, Gap]]] = {}
        self.unmarked: dict[str, frozenset[Span]] = {}
        for key in transcriptions if lacunae else ():
            self._take_out_gaps(key)

    def _copy(self, key: str) -> Copy:
        """The witness, its words in the order of the text but for what has been found not to be moved."""
        state, banned = self.conspectus.witness[key].state_transcribed, self.banned[key]
        theirs = Units(BREAK.join(block.text for block in self.transcriptions[key]))
        identity = range(len(self.base))
        theirs, of_blocks = with_blocks_in_order(self.base, theirs, banned)
        pairing = Pairing(self.base, theirs)
        copy = Copy(state, self.base, identity, theirs, pairing.differences())
        found = sentences_elsewhere(self.base, theirs, copy.hunks)
        theirs, of_sentences = with_sentences_in_order(copy, found, banned)
        if of_sentences:
            pairing = Pairing(self.base, theirs)
        self.pairings[key] = pairing
        return Copy(
            state, self.base, identity, theirs, pairing.differences(self.known), (*of_blocks, *of_sentences)
        )

    def _look_again(self) -> None:
        """Pair the words once more, now that it is known what others have for each."""
        self.known = known_of(self.copies.values())
        for key, copy in self.copies.items():
            hunks = self.pairings[key].differences(self.known)
            self.copies[key] = Copy(copy.state, copy.ours, copy.base, copy.theirs, hunks, copy.moves)

    def _take_out_gaps(self, key: str) -> None:
        """Take the stretches that the witness is without for gaps."""
        copy = self.copies[key]
        found = [*find_lacunae(self.text, copy, self.conspectus.witness[key].lac_mark)]
        copy.pass_over([hunk for run, _, _ in found for hunk in run])
        self.gaps[key] = [(span, gap) for _, span, gap in found]
        self.unmarked[key] = frozenset(span for run, span, _ in found if run[0].b0 == run[-1].b1)

    def run(self) -> Grouped:
        """Entries that are proved, after as many repairs as are needed and allowed."""
        rounds = dict.fromkeys(self.transcriptions, 0)
        while True:
            entries = self.entries()
            failed = self.unproved(entries)
            if all(rounds[key] >= ROUNDS for key in failed):
                return self._result(entries, failed)
            for key, spans in failed.items():
                if not self._without_moves(key, spans) and rounds[key] < ROUNDS:
                    self._join(key, spans)
                    rounds[key] += 1

    def _result(self, entries: tuple[Anchored[Entry], ...], failed: Mapping[str, Sequence[Span]]) -> Grouped:
        return Grouped(
            entries,
            {key: tuple(gap for _, gap in its) for key, its in self.gaps.items() if its},
            {key: tuple(spans) for key, spans in failed.items()},
            {key: copy.shared for key, copy in self.copies.items()},
        )

    def _without_moves(self, key: str, spans: Sequence[Span]) -> bool:
        """Leave where they are the words near what is not proved; where none are near, all; whether there were any."""
        moves = self.copies[key].moves
        near = [m for m in moves if any(self._is_near(m, span) for span in spans)]
        if not moves:
            return False
        self.banned[key] |= {move[:2] for move in near or moves}
        self.copies[key] = self._copy(key)
        if key in self.gaps:
            self._take_out_gaps(key)
        return True

    def _is_near(self, move: Move, span: Span) -> bool:
        starts, ends = self.base.starts, self.base.ends
        inside = starts[move.start] <= span.end and span.start <= ends[move.end - 1]
        block = self.text.span(self.text.block_at(starts[move.at]))
        return inside or (block.start <= span.end and span.start <= block.end)

    def entries(self) -> tuple[Anchored[Entry], ...]:
        """What is written now; a place whose entry cannot be written is joined to its neighbours."""
        copies = [*self.copies.values()]
        made = [self.scribe.of_moves(moves) for moves in moved(copies)]
        made += [self.scribe.of_place(place) for place in places(self.base, copies)]
        return tuple(sorted(filter(None, made), key=lambda found: (found.span.start, -found.span.end)))

    def unproved(self, entries: Sequence[Anchored[Entry]]) -> dict[str, list[Span]]:
        """By witness, where the entries do not give it back."""
        gaps = {key: [span for span, _ in its] for key, its in self.gaps.items()}
        attestations = Attestations(self.text, entries, self.conspectus, gaps)
        found = {
            key: unproved(
                attestations,
                self.copies[key].state,
                blocks,
                self.normalise,
                self.unmarked.get(key, frozenset()),
            )
            for key, blocks in self.transcriptions.items()
        }
        return {key: spans for key, spans in found.items() if spans}

    def _join(self, key: str, spans: Sequence[Span]) -> None:
        """Join what is not proved to its neighbours."""
        for span in spans:
            self.copies[key].join(*self._units(span))

    def _units(self, span: Span) -> tuple[int, int]:
        """The units of a stretch with one more on either side."""
        start = max(0, bisect_right(self.base.starts, span.start) - 2)
        end = min(len(self.base), bisect_left(self.base.ends, span.end) + 2)
        return start, end
