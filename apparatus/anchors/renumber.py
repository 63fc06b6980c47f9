"""What became of published anchors, found by their words: the record in which it is said.

A passage is known by its text, an entry by the words under its lemma. What cannot be decided is refused, not guessed: a
number that means another passage now cannot say what became of the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from apparatus.anchors.check import is_same_block, where_now
from apparatus.anchors.identity import SAME_ENTRY, likeness
from apparatus.anchors.record import OF_ENTRY, Gone, Kept, Record, brief, is_of_entry
from apparatus.model import EditedText
from apparatus.source_file import LINE_END

#: A passage that has at least so much of the words of another, in their order, has been joined with it.
TAKEN_IN = 0.6


@dataclass(frozen=True, slots=True)
class Renumbered:
    """What became of the anchors that have gone, and what must be mended before it can be said."""

    gone: tuple[Gone, ...] = ()
    refused: tuple[str, ...] = ()


def renumbered(
    record: Record, text: EditedText, entries: Mapping[str, str], when: str, why: str
) -> Renumbered:
    """What became of the recorded anchors that the edition no longer has.

    *entries* are its anchors of entries with their words; *when* and *why* are what the record will say.
    """
    found, refused = list[Gone](), list[str]()
    for kept in record.kept:
        fate = None if is_of_entry(kept.anchor) else _of_passage(kept, text)
        if isinstance(fate, str):
            refused.append(fate)
        elif fate is not None:
            found.append(Gone(kept.anchor, *fate, when, why, kept.origin))
    passages = {one.anchor: one.to for one in found}
    for kept in record.kept:
        if is_of_entry(kept.anchor) and kept.anchor not in entries:
            fate = _of_entry(kept, passages, record, entries)
            found.append(Gone(kept.anchor, *fate, when, why, kept.origin))
    if not why.strip():
        refused += [
            f"{one.anchor} is nowhere in the edition now: say why, with --why"
            for one in found
            if one.fate == "withdrawn"
        ]
    return Renumbered(tuple(found), tuple(refused))


def _of_passage(kept: Kept, text: EditedText) -> tuple[str, str] | str | None:
    """What became of a passage, and where it is; nothing if it is where it was; a sentence where that cannot be said."""
    passage = text.passage.get(kept.anchor)
    if passage is not None and is_same_block(kept.words, text.slice(passage.span).strip()):
        return None
    if passage is not None:
        return (
            f"{kept.anchor} means another passage now; give that a number that was never published "
            f'({{n="{kept.anchor}bis"}}, say), and those after it theirs'
        )
    now = where_now(kept.words, text)
    if now is not None:
        return "moved to", text.passages[now].number
    taken = _taken_in(kept.words, text)
    return ("merged into", taken) if taken else ("withdrawn", "")


def _taken_in(was: str, text: EditedText) -> str:
    """The passage that has most of the words of another, if it has enough of them."""
    words, best, number = was.split(), TAKEN_IN, ""
    for passage in text.passages:
        now = text.slice(passage.span).split()
        if not set(words) & set(now):
            continue
        blocks = SequenceMatcher(None, words, now, autojunk=False).get_matching_blocks()
        share = sum(block.size for block in blocks) / max(1, len(words))
        if share >= best:
            best, number = share, passage.number
    return number


def _of_entry(
    kept: Kept, passages: Mapping[str, str], record: Record, entries: Mapping[str, str]
) -> tuple[str, str]:
    """What became of an entry: it is with its passage, wherever that is, if an entry on its words is new there."""
    its = OF_ENTRY.fullmatch(kept.anchor)
    assert its is not None
    place = passages.get(its["place"], its["place"])
    published = {one.anchor for one in record.kept}
    new = {
        anchor: likeness(kept.words, brief(words))
        for anchor, words in entries.items()
        if anchor not in published and _is_like(anchor, place, its["letter"])
    }
    best = max(new, key=lambda anchor: new[anchor], default="")
    return ("moved to", best) if best and new[best] >= SAME_ENTRY else ("withdrawn", "")


def _is_like(anchor: str, place: str, letter: str) -> bool:
    found = OF_ENTRY.fullmatch(anchor)
    return found is not None and (found["place"], found["letter"]) == (place, letter)


def with_lines(data: str, gone: Mapping[int, Gone]) -> str:
    """The record with the lines of what is no more in the place of those that it had; the rest as it was, byte for byte.

    *gone* has them by the number of the line, from 1 on.
    """
    return "".join(_lines(data, gone))


def _lines(data: str, gone: Mapping[int, Gone]) -> Iterator[str]:
    at = 0
    for i, line in enumerate(LINE_END.split(data), 1):
        end = data[at + len(line) :]
        ending = found[0] if (found := LINE_END.match(end)) else ""
        yield (gone[i].line.rstrip("\n") if i in gone else line) + ending
        at += len(line) + len(ending)
