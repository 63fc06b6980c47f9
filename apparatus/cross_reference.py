"""A reference from one place of an edition to a note or entry, by its passage and lemma.

Notes are numbered through the edition and entries within their passage; both numbers change when
one is added. So the source names a note as its own apparatus does, ``1.7: the defeat of his 2nd
Shock Army``, and the number is found when the edition is put together.
"""

from __future__ import annotations

from collections.abc import Sequence

from apparatus.edition import Edition, EditionEntry
from apparatus.model import Lemma, Origin
from apparatus.notation import parse_locus
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.render.runs import STYLE, lemma_text


def find_entry(
    edition: Edition, target: str, *, is_note: bool, origin: Origin | None = None
) -> EditionEntry | Problem:
    """The note (or formal entry) that *target* names: a passage, a colon, the lemma or how it begins."""
    what = "note" if is_note else "entry"
    wanted, problems = parse_locus(target, origin)
    if wanted is None:
        message = f"a reference to a {what} has the form 2.3: lemma, and '{target}' has not"
        return Problem(ProblemKind.UNKNOWN_NOTE, message, origin) if not problems else problems[0]
    place, lemma = wanted
    there = [e for e in _all(edition, is_note=is_note) if _number(edition, e) == place.start]
    found = [e for e in there if e.item.lemma == lemma] or [e for e in there if _begins(e, lemma)]
    if len(found) == 1:
        return found[0]
    if found:
        names = _or([_name(edition, e) for e in found])
        message = f"'{target}' fits {len(found)} of them; write more of its lemma: {names}"
    else:
        message = f"there is no {what} '{target}'{_hint(edition, there, target, is_note=is_note)}"
    return Problem(ProblemKind.UNKNOWN_NOTE, message, origin)


def _all(edition: Edition, *, is_note: bool) -> list[EditionEntry]:
    return [e for e in edition.entries if e.block is not None and (e.number is not None) == is_note]


def _number(edition: Edition, entry: EditionEntry) -> str:
    return "" if entry.block is None else edition.text.blocks[entry.block].number


def _begins(entry: EditionEntry, lemma: Lemma) -> bool:
    """Whether the words of an entry begin with those of *lemma* (and end with them), in whole words."""
    words = entry.words or lemma_text(entry.item.lemma)
    first = "" if lemma.first is None else lemma.first.text
    if not first or not words.startswith(first) or words[len(first) : len(first) + 1].isalnum():
        return False
    if lemma.last is None:
        return True
    before = len(words) - len(lemma.last.text)
    return words.endswith(lemma.last.text) and not words[before - 1 : before].isalnum()


def _hint(edition: Edition, there: Sequence[EditionEntry], target: str, *, is_note: bool) -> str:
    """What was meant: by its words in the passage, else in any passage."""
    passage, _, words = target.partition(":")
    near = {lemma_text(e.item.lemma): _name(edition, e) for e in there or _all(edition, is_note=is_note)}
    if guess := nearest(words.strip(), near):
        return f"; did you mean '{near[guess]}'?"
    return f"; in {passage} there is {_or(list(near.values()))}" if there else f"; {passage} has none"


def _name(edition: Edition, entry: EditionEntry) -> str:
    """How the source would name it."""
    return f"{_number(edition, entry)}: {lemma_text(entry.item.lemma, STYLE)}"


def _or(names: Sequence[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return " or ".join(quoted) if len(quoted) < 3 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
