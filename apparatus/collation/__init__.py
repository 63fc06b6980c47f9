"""The edition run backwards: every witness rebuilt, and compared with its transcription.

who reads what → what it does to the text → the witness rebuilt → compared → problems
(attestation)    (edits, plan)              (stream, rebuild)     (align,    (claims, propose,
                                                                   compare)   proof, report)
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from apparatus.collation.attestation import (
    Account,
    Attestation,
    Attestations,
    Stance,
    account,
    anchor_gaps,
    parse_state,
)
from apparatus.collation.compare import TranscribedBlock, normaliser
from apparatus.collation.hygiene import in_gaps, two_readings, unaccounted
from apparatus.collation.mending.report import Reporter
from apparatus.collation.rebuild import Rebuilt, RebuiltBlock, WitnessText, rebuild
from apparatus.model import Anchored, Conspectus, EditedText, Entry
from apparatus.problems import Problem

__all__ = [
    "Account",
    "Attestation",
    "Attestations",
    "Collation",
    "Rebuilt",
    "RebuiltBlock",
    "Stance",
    "account",
    "anchor_gaps",
    "collate",
    "rebuild",
]


class Transcribed(Protocol):
    """A transcription: its blocks of text, layout and paratext taken away."""

    @property
    def blocks(self) -> Sequence[TranscribedBlock]: ...


@dataclass(frozen=True)
class Collation:
    """What came of comparing the witnesses with their transcriptions."""

    rebuilt: Mapping[str, Rebuilt] = field(default_factory=dict)  #: by key of the witness
    problems: tuple[Problem, ...] = ()
    checked: int = 0  #: entries that say something of a transcribed witness
    unchecked: tuple[int, ...] = ()  #: the others: conjectures, witnesses without transcription
    attestations: Attestations | None = None


def collate(
    text: EditedText,
    anchored: Sequence[Anchored[Entry]],
    conspectus: Conspectus,
    transcriptions: Mapping[str, Transcribed],
    *,
    positive: bool = False,
) -> Collation:
    """Rebuild and compare every witness that has a transcription.

    With *positive* the apparatus is declared positive, and an entry that does not account for
    a constant witness is a problem.
    """
    gaps, found = anchor_gaps(text, conspectus)
    attestations = Attestations(text, anchored, conspectus, gaps)
    problems = [*found, *in_gaps(attestations), *two_readings(attestations)]
    if positive:
        problems += unaccounted(attestations)
    rebuilt = {}
    checked: set[int] = set()
    normalise = normaliser(conspectus.normalisation)
    for witness in conspectus.witnesses:
        if witness.key not in transcriptions:
            continue
        told = WitnessText(attestations, parse_state(witness))
        checked.update((i for i, _ in told.done), told.upheld)
        file = posixpath.join(conspectus.folder, witness.transcription or witness.key)
        reporter = Reporter(told, transcriptions[witness.key].blocks, normalise, file)
        rebuilt[witness.key] = reporter.given.without_pieces()
        problems += reporter.problems()
    unchecked = tuple(i for i in range(len(anchored)) if i not in checked)
    return Collation(rebuilt, tuple(problems), len(checked), unchecked, attestations)
