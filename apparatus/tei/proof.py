"""Whether a file gives each witness the text that the edition proves of it.

The file is read again as it was written, by :mod:`apparatus.tei.witness`, which shares nothing with its writer. A
difference is no fault of the edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from apparatus.collation import Rebuilt
from apparatus.edition import Edition
from apparatus.model import Entry, Origin, Siglum
from apparatus.normalisation import normaliser
from apparatus.problems import Problem, ProblemKind
from apparatus.tei.names import witness_id
from apparatus.tei.witness import Marks, TeiFile

LONGEST = 60  #: characters of a passage that a message has


def misread(data: bytes, edition: Edition) -> Iterator[Problem]:
    """For each transcribed witness the first passage of which the file has another text."""
    if edition.collation is None or not edition.collation.rebuilt:
        return
    file, normalise = TeiFile(data), normaliser(edition.conspectus.normalisation)
    for key, rebuilt in edition.collation.rebuilt.items():
        witness = edition.conspectus.witness[key]
        found = file.witness(witness_id(rebuilt.state), Marks(witness.ill_mark, witness.lac_mark))
        ours = [
            normalise(block.text) for block in rebuilt.blocks
        ]  # it may have the letters of its transcription
        theirs = [normalise(block) for block in found]
        if not rebuilt.conflicts and theirs != ours:
            yield _problem(edition, rebuilt, ours, theirs)


def _problem(edition: Edition, rebuilt: Rebuilt, expected: Sequence[str], found: Sequence[str]) -> Problem:
    pairs = enumerate(zip_longest(expected, found, fillvalue=""))
    n, (ours, theirs) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
    homes = [block.home for block in rebuilt.blocks]
    home = homes[min(n, len(homes) - 1)] if homes else 0
    number = edition.text.blocks[home].number
    message = (
        f"the TEI gives {edition.conspectus.shown(rebuilt.state)} another text in {number} than the edition: "
        f"'{_around(theirs, ours)}' for '{_around(ours, theirs)}'; this is a fault of the program, please report it"
    )
    return Problem(ProblemKind.TEI_MISREAD, message, _origin(edition, home, rebuilt.state))


def _origin(edition: Edition, home: int, state: Siglum) -> Origin | None:
    """The entry on the passage that names the witness, or else the passage."""
    items = (entry.item for entry in edition.covering.get(home, ()))
    named = (
        item.origin
        for item in items
        if isinstance(item, Entry)
        if any(siglum.key == state.key for reading in item.readings for siglum in reading.sigla)
    )
    return next(named, edition.text.blocks[home].origin)


def _around(text: str, other: str) -> str:
    """Where a text differs from another, with some of what stands before and after."""
    same = next(
        (n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other))
    )
    start = max(0, same - LONGEST // 2)
    part = text[start : start + LONGEST]
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(text) else ''}"
