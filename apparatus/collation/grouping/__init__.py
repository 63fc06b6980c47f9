"""All witnesses of a text at once, from their transcriptions to one entry for each place of variation.

words and breaks → moves → pairs → variants → places → entries → proved
(units)           (moving)  (pairing) (shapes)   (places)  (entries)  (proving)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apparatus.collation.attestation import Attestations
from apparatus.collation.compare import TranscribedBlock, normaliser
from apparatus.collation.grouping.copy import Copy
from apparatus.collation.grouping.entries import Scribe, moved
from apparatus.collation.grouping.moving import (
    sentences_elsewhere,
    with_blocks_in_order,
    with_sentences_in_order,
)
from apparatus.collation.grouping.pairing import differences
from apparatus.collation.grouping.places import places
from apparatus.collation.grouping.proving import unproved
from apparatus.collation.grouping.units import Units
from apparatus.model import BREAK, Anchored, Conspectus, EditedText, Entry, Siglum, Span

__all__ = ["Grouped", "group_witnesses"]

#: So often what is not proved is joined to its neighbours.
ROUNDS = 4


@dataclass(frozen=True)
class Grouped:
    """The entries that witnesses want, and what of them these do not prove."""

    entries: tuple[Anchored[Entry], ...]  #: in the order of the text
    unproved: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  #: by witness: where


def group_witnesses(
    text: EditedText, conspectus: Conspectus, transcriptions: Mapping[str, Sequence[TranscribedBlock]]
) -> Grouped:
    """One entry for each place in which witnesses differ from *text*, all of them together proved.

    *transcriptions* are the blocks of each witness, by its key. Where the entries do not give a witness back,
    the words concerned are joined to their neighbours, at most four times; what then fails is left out
    and told in ``unproved``.
    """
    return _Grouping(text, conspectus, transcriptions).run()


class _Grouping:
    """Entries made, proved, and made again."""

    def __init__(
        self,
        text: EditedText,
        conspectus: Conspectus,
        transcriptions: Mapping[str, Sequence[TranscribedBlock]],
    ) -> None:
        self.text, self.conspectus, self.transcriptions = text, conspectus, transcriptions
        self.normalise = normaliser(conspectus.normalisation)
        self.base = Units(text.joined)
        self.scribe = Scribe(text, self.base, conspectus, self.normalise)
        self.copies = {key: self._copy(key, moves=True) for key in transcriptions}

    def _copy(self, key: str, *, moves: bool) -> Copy:
        state = self.conspectus.witness[key].state_transcribed
        theirs = Units(BREAK.join(block.text for block in self.transcriptions[key]))
        identity = range(len(self.base))
        if not moves:
            return Copy(state, self.base, identity, theirs, differences(self.base, theirs))
        theirs, of_blocks = with_blocks_in_order(self.base, theirs)
        copy = Copy(state, self.base, identity, theirs, differences(self.base, theirs))
        theirs, of_sentences = with_sentences_in_order(
            copy, sentences_elsewhere(self.base, theirs, copy.hunks)
        )
        hunks = differences(self.base, theirs) if of_sentences else copy.hunks
        return Copy(state, self.base, identity, theirs, hunks, (*of_blocks, *of_sentences))

    def run(self) -> Grouped:
        """Entries that are proved, after as many repairs as are needed and allowed."""
        for _ in range(ROUNDS):
            entries = self.entries()
            failed = self.unproved(entries)
            if not failed:
                return Grouped(entries)
            for key, spans in failed.items():
                self._repair(key, spans)
        entries = self.entries()
        return Grouped(entries, {key: tuple(spans) for key, spans in self.unproved(entries).items()})

    def entries(self) -> tuple[Anchored[Entry], ...]:
        """What is written now; a place whose entry cannot be written is joined to its neighbours."""
        copies = [*self.copies.values()]
        made = [self.scribe.of_move(move, sigla) for move, sigla in moved(copies).items()]
        made += [self.scribe.of_place(place) for place in places(self.base, copies)]
        return tuple(sorted(filter(None, made), key=lambda found: (found.span.start, -found.span.end)))

    def unproved(self, entries: Sequence[Anchored[Entry]]) -> dict[str, list[Span]]:
        """By witness, where the entries do not give it back."""
        attestations = Attestations(self.text, entries, self.conspectus)
        found = {
            key: unproved(attestations, self.copies[key].state, blocks, self.normalise)
            for key, blocks in self.transcriptions.items()
        }
        return {key: spans for key, spans in found.items() if spans}

    def _repair(self, key: str, spans: Sequence[Span]) -> None:
        copy = self.copies[key]
        if copy.moves:
            self.copies[key] = self._copy(key, moves=False)
            return
        for span in spans:
            copy.join(*self._units(span))

    def _units(self, span: Span) -> tuple[int, int]:
        """The units of a stretch with one more on either side."""
        from bisect import bisect_left, bisect_right

        start = max(0, bisect_right(self.base.starts, span.start) - 2)
        end = min(len(self.base), bisect_left(self.base.ends, span.end) + 2)
        return start, end
