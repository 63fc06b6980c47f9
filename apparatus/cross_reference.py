"""A reference from one place of an edition to a note or entry, by its passage and lemma.

Notes are numbered through the edition and entries within their passage; both numbers change when
one is added. So the source names a note as its own apparatus does, ``1.7: the defeat of his 2nd
Shock Army``, and the number is found when the edition is put together.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from apparatus.edition import Edition, EditionEntry
from apparatus.model import Lemma, Origin
from apparatus.notation import parse_locus, write_lemma
from apparatus.problems import Problem, ProblemKind, nearest

#: From which share of its words on that have their like a lemma is offered as what was meant.
LIKE = 0.6


def find_entry(
    edition: Edition, target: str, *, is_note: bool, origin: Origin | None = None
) -> EditionEntry | Problem:
    """The note (or formal entry) that *target* names: a passage, a colon, the lemma or how it begins; or by its anchor."""
    what = "note" if is_note else "entry"
    called = [e for e in _all(edition, is_note=is_note) if e.id == target]
    if called:
        return called[0]
    wanted, problems = parse_locus(target, origin)
    if wanted is None:
        message = f"a reference to a {what} has the form 2.3: lemma, and '{target}' has not"
        return Problem(ProblemKind.UNKNOWN_NOTE, message, origin) if not problems else problems[0]
    place, lemma = wanted
    there = [e for e in _all(edition, is_note=is_note) if e.place == place.start]
    found = [e for e in there if e.item.lemma == lemma] or [e for e in there if _begins(e, lemma)]
    if len(found) == 1:
        return found[0]
    if found:
        names = [_name(edition, e) for e in found]
        if len(set(names)) < len(names):  # no words tell them apart
            names = [e.id for e in found]
            mend = "write its anchor"
        else:
            mend = "write more of its lemma"
        message = f"'{target}' fits {len(found)} of them; {mend}: {_or(names)}"
    else:
        hint = _hint(edition, there, place.start, target.partition(":")[2].strip(), is_note=is_note)
        message = f"there is no {what} '{target}'{hint}"
    return Problem(ProblemKind.UNKNOWN_NOTE, message, origin)


def _all(edition: Edition, *, is_note: bool) -> list[EditionEntry]:
    return [e for e in edition.entries if e.block is not None and (e.number is not None) == is_note]


def _begins(entry: EditionEntry, lemma: Lemma) -> bool:
    """Whether the words of an entry begin with those of *lemma* (and end with them), in whole words."""
    words = entry.words or write_lemma(entry.item.lemma, ())
    first = "" if lemma.first is None else lemma.first.text
    if not first or not words.startswith(first) or words[len(first) : len(first) + 1].isalnum():
        return False
    if lemma.last is None:
        return True
    before = len(words) - len(lemma.last.text)
    return words.endswith(lemma.last.text) and not words[before - 1 : before].isalnum()


def _hint(edition: Edition, there: Sequence[EditionEntry], passage: str, words: str, *, is_note: bool) -> str:
    """What was meant: by its words in the passage, else in any passage; and whether there is that passage."""
    near = {_name(edition, e): write_lemma(e.item.lemma, ()) for e in there or _all(edition, is_note=is_note)}
    best = max(near, key=lambda name: _likeness(words, near[name]), default="")
    is_near = bool(near) and _likeness(words, near[best])[0] >= LIKE
    guess = f"; did you mean '{best}'?" if is_near else ""
    if passage not in edition.text.index:
        number = nearest(passage, edition.text.index)
        nearby = f"; the nearest number is {number}" if number else ""
        return (
            f"{guess} There is no passage {passage}{nearby}"
            if guess
            else f": there is no passage {passage}{nearby}"
        )
    return guess or (f"; in {passage} there is {_or(list(near))}" if there else f"; {passage} has none")


def _likeness(wanted: str, lemma: str) -> tuple[float, float]:
    """How much of the words *wanted* has its like in *lemma*, from 0 to 1; then how like the two are as wholes.

    Letters alone would not do: “wanted to fight” and “based on merit” share more than half of theirs.
    """
    words = wanted.split()
    found = sum(len(word) * max(_ratio(word, other) for other in lemma.split() or [""]) for word in words)
    return found / (sum(map(len, words)) or 1), _ratio(wanted, lemma)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _name(edition: Edition, entry: EditionEntry) -> str:
    """How the source would name it."""
    return f"{entry.place}: {write_lemma(entry.item.lemma, edition.conspectus.keys)}"


def _or(names: Sequence[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return " or ".join(quoted) if len(quoted) < 3 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
