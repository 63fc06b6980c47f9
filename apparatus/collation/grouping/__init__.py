"""All witnesses of a text at once, from their transcriptions to one entry for each place of variation.

words and breaks → moves → pairs → variants → places → entries → proved
(units, sides)    (moving) (pairing) (shapes)  (places,  (entries)  (proving, process)
                                                joining)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apparatus.collation.attestation import Attestations, anchor_gaps
from apparatus.collation.compare import Part, TranscribedBlock
from apparatus.collation.grouping.process import Grouping, Made
from apparatus.collation.grouping.sides import side_of_parts, whole_side
from apparatus.collation.grouping.units import Units
from apparatus.collation.rebuild import RebuiltBlock, WitnessText
from apparatus.model import Anchored, Conspectus, EditedText, Entry, Gap, Span

__all__ = ["Grouped", "Proposed", "group_parts", "group_witnesses"]


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
    without are gaps to be declared, else entries that say *om.*; of the gaps that it has by the conspectus nothing is
    said. Where the entries do not give a witness back, the words concerned are joined to their neighbours,
    at most four times; what then fails is told in ``unproved``.
    """
    base = Units(text.joined)
    states = {key: conspectus.witness[key].state_transcribed for key in transcriptions}
    sides = {key: whole_side(base, states[key], blocks) for key, blocks in transcriptions.items()}
    declared, _ = anchor_gaps(text, conspectus)
    declared = {key: spans for key, spans in declared.items() if key in sides}
    grouping = Grouping(text, Attestations(text, (), conspectus), base, sides, lacunae, declared)
    made, failed = grouping.run()
    found = {key: tuple(gap for _, gap in its if gap) for key, its in grouping.gaps.items()}
    gaps = {key: its for key, its in found.items() if its}
    return Grouped(made.new, gaps, {key: tuple(its) for key, its in failed.items()}, grouping.shared)


@dataclass(frozen=True)
class Proposed:
    """Entries that account for parts of witnesses, beside those that stand."""

    new: tuple[Anchored[Entry], ...]  #: in the order of the text
    changed: Mapping[int, Anchored[Entry]]  #: entries that stand, with the sigla of further witnesses
    parts: Mapping[str, tuple[Part, ...]]  #: by witness: those that are accounted for, and proved
    shared: Mapping[
        str, float
    ]  #: by witness: which share of the words of these parts it has in common with the text


def group_parts(
    attestations: Attestations,
    differing: Mapping[
        str, tuple[WitnessText, Sequence[Part], Sequence[TranscribedBlock], Sequence[RebuiltBlock]]
    ],
) -> Proposed:
    """Entries for the parts in which witnesses differ from what the entries that stand say of them.

    *differing* has for each witness its text by these entries, the parts, its whole transcription, and all that the
    entries give for it. Where an
    entry that stands has what a witness reads, or is about just the words in which it differs, the witness joins
    it. A part that cannot be proved is left out.
    """
    base = Units(attestations.text.joined)
    sides = {
        key: side_of_parts(base, witness, parts, blocks, rebuilt)
        for key, (witness, parts, blocks, rebuilt) in differing.items()
    }
    grouping = Grouping(attestations.text, attestations, base, sides)
    made, failed = grouping.run()
    if failed:
        made = Made((), {}, ())
    parts = {} if failed else {key: side.parts for key, side in grouping.sides.items()}
    return Proposed(made.new, made.changed, parts, grouping.shared)
