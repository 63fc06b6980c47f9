"""The edition run backwards: every witness rebuilt, and compared with its transcription.

who reads what → what it does to the text → the witness rebuilt → compared → problems
(attestation)    (edits, plan)              (stream, rebuild)     (align,    (claims, propose,
                                                                   compare)   proof, report)
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from apparatus.collation.accounts import Account, Accounts
from apparatus.collation.attestation import (
    Attestation,
    Attestations,
    Stance,
    anchor_gaps,
)
from apparatus.collation.compare import TranscribedBlock
from apparatus.collation.directions import unclosed_directions
from apparatus.collation.hygiene import (
    in_gaps,
    marks_as_words,
    sigla_as_words,
    two_readings,
    unaccounted,
    unknown_hands,
)
from apparatus.collation.letters import in_letters
from apparatus.collation.mending.double import same_words
from apparatus.collation.mending.held import held_of_several
from apparatus.collation.mending.report import Reporter
from apparatus.collation.mending.together import propose_together
from apparatus.collation.no_variants import (
    brackets_of_witnesses,
    idle_breaks,
    idle_together,
    readings_of_the_lemma,
)
from apparatus.collation.rebuild import Rebuilt, RebuiltBlock, WitnessText, rebuild
from apparatus.model import Anchored, Conspectus, EditedText, Entry
from apparatus.normalisation import normaliser
from apparatus.problems import Problem, ProblemKind

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
    rebuilt: Mapping[str, Rebuilt]  #: what they give of those that have been compared, in their own letters
    problems: tuple[Problem, ...]
    checked: int  #: entries that say something of a transcribed witness
    unchecked: tuple[int, ...]  #: the others: conjectures, witnesses without transcription

    def blocks_of(self, key: str) -> tuple[RebuiltBlock, ...]:
        """The blocks of a witness with their pieces; of one that has been compared in the letters of its transcription."""
        blocks = self.texts[key].rebuild().blocks
        if key not in self.rebuilt:
            return blocks
        normalise = normaliser(self.attestations.conspectus.normalisation)
        own = (block.text for block in self.rebuilt[key].blocks)
        return tuple(in_letters(block, text, normalise) for block, text in zip(blocks, own, strict=True))


def collate(
    text: EditedText,
    anchored: Sequence[Anchored[Entry]],
    conspectus: Conspectus,
    transcriptions: Mapping[str, Transcribed],
    *,
    positive: bool = False,
    lists: Sequence[str] = (),
    compared: Collection[str] = (),
) -> Collation:
    """Rebuild and compare every witness that has a transcription.

    All entries count, in whichever of the *lists* (the series of readings) each stands: an apparatus of words
    and one of signs give back a witness together. Of the witnesses in *compared* the text is a part, which the
    caller holds against their transcriptions.

    With *positive* the apparatus is declared positive, and an entry that leaves a constant witness
    without a transcription unnamed is a problem.
    """
    gaps, found = anchor_gaps(text, conspectus)
    attestations = Attestations(text, anchored, conspectus, gaps)
    texts = {w.key: WitnessText(attestations, w.state_transcribed) for w in conspectus.witnesses}
    reporters = _reporters(texts, conspectus, transcriptions, compared) if text.joined else {}
    texts |= {key: reporter.witness for key, reporter in reporters.items()}
    known = Accounts(attestations, texts.values())
    accounts = known.all
    proved = [reporter.state for reporter in reporters.values()]
    problems = [
        *(() if text.joined else _no_text(conspectus, transcriptions)),
        *found,
        *in_gaps(attestations),
        *unknown_hands(attestations),
        *sigla_as_words(attestations, reporters),
        *marks_as_words(attestations),
        *unclosed_directions(attestations),
        *two_readings(attestations, proved),
    ]
    if positive:
        problems += unaccounted(attestations, accounts, reporters)
    doubles = same_words(attestations, texts.values(), lists)
    problems += [double.problem for double in doubles]
    settled = {i for double in doubles if double.line for i in double.entries}
    rebuilt = {key: reporter.in_its_letters().without_pieces() for key, reporter in reporters.items()}
    differences = propose_together(attestations, reporters)
    differences += [problem for reporter in reporters.values() for problem in reporter.problems(settled)]
    blamed = settled.union(*(reporter.blamed for reporter in reporters.values()))
    provers = {key: reporter.prover for key, reporter in reporters.items()}
    differences += held_of_several(known, provers, blamed)
    told = {problem.origin for problem in differences if problem.kind is ProblemKind.FALSE_CLAIM}
    idle = [
        *brackets_of_witnesses(attestations),
        *readings_of_the_lemma(attestations, reporters),
        *idle_breaks(attestations),
    ]
    problems += [problem for problem in idle if problem.origin not in told]
    told |= {problem.origin for problem in idle}
    clean = [reporter.witness for reporter in reporters.values() if reporter.is_clean]
    together = [problem for witness in clean for problem in idle_together(witness, blamed)]
    problems += [problem for problem in together if problem.origin not in told]
    nothing = {
        problem.origin for problem in together
    }  # beside what it has not, the entry that comes to nothing need not say it
    differences = [
        p for p in differences if p.kind is not ProblemKind.INNER_READING or p.origin not in nothing
    ]
    problems += sorted(differences, key=_order_of(text))
    checked = {i for key in reporters for i in (*(i for i, _ in texts[key].done), *texts[key].upheld)}
    unchecked = tuple(i for i in range(len(anchored)) if i not in checked)
    return Collation(attestations, accounts, texts, rebuilt, tuple(problems), len(checked), unchecked)


def _order_of(text: EditedText) -> Callable[[Problem], tuple[int, int]]:
    """The order in which problems come in the text: of the differences of all witnesses, those of one place together."""
    files: dict[str, int] = {}
    for block in text.blocks:
        if block.origin:
            files.setdefault(block.origin.file, len(files))

    def order(problem: Problem) -> tuple[int, int]:
        origin = problem.origin
        return (files.get(origin.file, -1), origin.line) if origin else (-1, 0)

    return order


def _no_text(conspectus: Conspectus, transcriptions: Mapping[str, Transcribed]) -> list[Problem]:
    """There is nothing that a transcription could be compared with."""
    transcribed = [witness for witness in conspectus.witnesses if witness.key in transcriptions]
    if not transcribed:
        return []
    keys = ", ".join(witness.key for witness in transcribed)
    message = (
        f"there is no edited text, and nothing to compare with the transcription of {keys}: add `edited-text: 1` to the "
        "front matter of the document that has the text"
    )
    return [Problem(ProblemKind.NO_TEXT, message, transcribed[0].origin)]


def _reporters(
    texts: Mapping[str, WitnessText],
    conspectus: Conspectus,
    transcriptions: Mapping[str, Transcribed],
    compared: Collection[str],
) -> dict[str, Reporter]:
    """The witnesses that have a transcription, compared with it."""
    normalise = normaliser(conspectus.normalisation)
    found = {}
    for witness in conspectus.witnesses:
        if witness.key in transcriptions or witness.key in compared:
            file = posixpath.join(conspectus.folder, witness.transcription or witness.key)
            transcription = transcriptions.get(witness.key)
            blocks = transcription.blocks if transcription else None
            found[witness.key] = Reporter(texts[witness.key], blocks, normalise, file)
    return found
