"""Sigla hygiene: what is declared is used, and what is text is not an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from apparatus.model import ALL, REST, Block, Conspectus, Entry, Group, Scholar, Silence, Witness
from apparatus.notation.lexis import siglum_of
from apparatus.problems import Problem, ProblemKind


def sigla_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The sigla that entries cite."""
    parts = (part for entry in entries for part in (entry.support, *(r.sigla for r in entry.readings)))
    return frozenset(siglum.key for part in parts for siglum in part)


def sigla_hygiene(conspectus: Conspectus, cited: Collection[str]) -> tuple[Problem, ...]:
    """Declared sigla that are not among the *cited* ones.

    A witness is in use if it has a transcription, for then its silence is tested, if its silence is declared
    to be agreement, and if a group that is cited has it, or *codd.* or *cett.* speaks of it.
    """
    used = set(cited)
    for _ in conspectus.groups:  # one may stand in another
        used.update(member for group in conspectus.groups if group.key in used for member in group.members)
    of_all = not used.isdisjoint((ALL, REST))
    used.update(w.key for w in conspectus.witnesses if w.transcription or _speaks(w, of_all))
    problems = []
    all_declared: tuple[Witness | Group | Scholar, ...] = (
        *conspectus.witnesses,
        *conspectus.groups,
        *conspectus.scholars,
    )
    for declared in all_declared:
        what = f"{type(declared).__name__.lower()} '{declared.key}'"
        if declared.key not in used:
            message = f"{what} is declared but no entry cites it; cite it or take it out of the conspectus"
            problems.append(Problem(ProblemKind.SIGLUM_UNUSED, message, declared.origin))
    return tuple(problems)


def _speaks(witness: Witness, of_all: bool) -> bool:
    """Whether the silence of a witness says something: by declaration, or where *of_all* the witnesses is spoken."""
    return witness.silence is Silence.AGREES or (of_all and witness.silence is None)


def entries_in_text(conspectus: Conspectus, blocks: Iterable[Block]) -> tuple[Problem, ...]:
    """Blocks of text that look like entries: they have the bracket, and end with a siglum.

    Below a list item a line that is not indented ends the item and its series with it. What
    follows would be text, and the proof would ask for an entry that says so.
    """
    problems = []
    for block in blocks:
        _, bracket, readings = block.text.partition(" ] ")
        if bracket and siglum_of(readings.split(" ")[-1], conspectus.keys):
            message = (
                f"{block.number} looks like an entry, not like text: put it into its series; below an item of a "
                "list, the series and every line in it are indented as the item's text is"
            )
            problems.append(Problem(ProblemKind.ENTRY_IN_TEXT, message, block.origin))
    return tuple(problems)
