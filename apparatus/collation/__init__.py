"""The edition run backwards: every witness rebuilt, and compared with its transcription.

who reads what → what it does to the text → the witness rebuilt → compared → problems
(attestation)    (edits, plan)              (stream, rebuild)     (align,    (claims, propose,
                                                                   compare)   proof, report)
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from apparatus.collation.accounts import Account, Accounts
from apparatus.collation.attestation import (
    Attestation,
    Attestations,
    Stance,
    anchor_gaps,
    parse_state,
)
from apparatus.collation.compare import TranscribedBlock, normaliser
from apparatus.collation.hygiene import in_gaps, two_readings, unaccounted
from apparatus.collation.mending.double import same_words
from apparatus.collation.mending.report import Reporter
from apparatus.collation.rebuild import Rebuilt, RebuiltBlock, WitnessText, rebuild
from apparatus.model import Anchored, Conspectus, EditedText, Entry
from apparatus.problems import Problem

__all__ = [
    "Account",
    "Accounts",
    "Attestation",
    "Attestations",
    "Collation",
    "Rebuilt",
    "RebuiltBlock",
    "Stance",
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

    attestations: Attestations
    accounts: tuple[Account, ...]  #: of the entries, in their order
    texts: Mapping[str, WitnessText]  #: every witness, by its key
    rebuilt: Mapping[str, Rebuilt]  #: what they give of those that have been compared
    problems: tuple[Problem, ...]
    checked: int  #: entries that say something of a transcribed witness
    unchecked: tuple[int, ...]  #: the others: conjectures, witnesses without transcription


def collate(
    text: EditedText,
    anchored: Sequence[Anchored[Entry]],
    conspectus: Conspectus,
    transcriptions: Mapping[str, Transcribed],
    *,
    positive: bool = False,
) -> Collation:
    """Rebuild and compare every witness that has a transcription.

    With *positive* the apparatus is declared positive, and an entry that leaves a constant witness
    without a transcription unnamed is a problem.
    """
    gaps, found = anchor_gaps(text, conspectus)
    attestations = Attestations(text, anchored, conspectus, gaps)
    texts = {w.key: WitnessText(attestations, parse_state(w)) for w in conspectus.witnesses}
    proved = {key: text.state for key, text in texts.items() if key in transcriptions}
    accounts = Accounts(attestations, texts.values()).all
    problems = [*found, *in_gaps(attestations), *two_readings(attestations, proved.values())]
    if positive:
        problems += unaccounted(attestations, accounts, proved)
    doubles = same_words(attestations, texts.values())
    settled = {i for double in doubles if double.line for i in double.entries}
    problems += [double.problem for double in doubles]
    rebuilt = {}
    checked: set[int] = set()
    normalise = normaliser(conspectus.normalisation)
    for witness in conspectus.witnesses:
        if witness.key not in proved:
            continue
        told = texts[witness.key]
        checked.update((i for i, _ in told.done), told.upheld)
        file = posixpath.join(conspectus.folder, witness.transcription or witness.key)
        reporter = Reporter(told, transcriptions[witness.key].blocks, normalise, file, settled)
        rebuilt[witness.key] = reporter.given.without_pieces()
        problems += reporter.problems()
    unchecked = tuple(i for i in range(len(anchored)) if i not in checked)
    return Collation(attestations, accounts, texts, rebuilt, tuple(problems), len(checked), unchecked)
