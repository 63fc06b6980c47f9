"""The record of published anchors: a committed file, one anchor a line, its fields divided by tabs.

    2.3       the text of the passage
    2.3-a1    the words of the text under the entry's lemma
    2.4                                  merged into 2.3   2027-01-05   The manuscript has one paragraph here.
    2.3-a2                               withdrawn         2027-01-05   It was no variant.

An anchor that is no more has nothing in the second field, but what became of it, when, and why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from apparatus.model import BREAK, EditedText, Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import GIVEN
from apparatus.source_file import BOM, LINE_END

#: The anchor of an entry or a note: its passage, the letter of its series, its number within the passage.
OF_ENTRY = re.compile(rf"(?P<place>{GIVEN.pattern})-(?P<letter>[^\W\d_]+)(?P<number>[0-9]+)")
#: What may have become of an anchor, and whether it says where its words are now.
FATES = MappingProxyType({"moved to": True, "merged into": True, "withdrawn": False})
_FATE = re.compile(rf"({'|'.join(FATES)})(?: (\S+))?")
#: So much of the words of an entry tells it from others of its passage.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Kept:
    """A published anchor, and the words that it had."""

    anchor: str
    words: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Gone:
    """An anchor that is no more: what became of it."""

    anchor: str
    fate: str  #: one of :data:`FATES`
    to: str  #: the anchor to which it leads on; empty if it was withdrawn
    when: str  #: a date, 2027-01-05
    why: str
    origin: Origin | None = None

    @property
    def line(self) -> str:
        """Its line in the record."""
        return "\t".join((self.anchor, "", f"{self.fate} {self.to}".strip(), self.when, self.why)) + "\n"


@dataclass(frozen=True)
class Record:
    """All that was published."""

    kept: tuple[Kept, ...] = ()
    gone: tuple[Gone, ...] = ()

    @cached_property
    def by_anchor(self) -> dict[str, Gone]:
        """What became of the anchors that are no more."""
        return {one.anchor: one for one in self.gone}

    @cached_property
    def numbers(self) -> dict[tuple[str, str], dict[int, str | None]]:
        """Passage and letter → the numbers of entries there, each with its words; ``None`` if it is no more."""
        found: dict[tuple[str, str], dict[int, str | None]] = defaultdict(dict)
        everything = [
            *((one.anchor, one.words) for one in self.kept),
            *((one.anchor, None) for one in self.gone),
        ]
        for anchor, words in everything:
            if its := OF_ENTRY.fullmatch(anchor):
                found[its["place"], its["letter"]][int(its["number"])] = words
        return dict(found)

    def leads_to(self, anchor: str) -> str:
        """Where an anchor leads that is no more: along all that became of it; empty if it was withdrawn in the end."""
        seen = set[str]()
        while anchor in self.by_anchor and anchor not in seen:
            seen.add(anchor)
            anchor = self.by_anchor[anchor].to
        return anchor

    def before(self, anchor: str) -> Iterator[str]:
        """The published passages before an anchor in the record, the nearest first."""
        gone = self.by_anchor[anchor].origin
        lines = [one for one in self.kept if gone is None or one.origin.line < gone.line]
        return (one.anchor for one in reversed(lines) if not is_of_entry(one.anchor))


#: The record of an edition that has published nothing.
NONE = Record()


def is_of_entry(anchor: str) -> bool:
    """Whether it is the anchor of an entry or a note, and not of a passage."""
    return OF_ENTRY.fullmatch(anchor) is not None


def brief(words: str) -> str:
    """The words of an entry as the record has them: on one line, and no more than tell it from others."""
    return " ".join(words.replace(BREAK, " ").split())[:LONGEST].rstrip()


def write_anchors(
    text: EditedText, entries: Mapping[str, str] = MappingProxyType({}), gone: Iterable[Gone] = ()
) -> str:
    """The record of an edition's anchors, to be committed when it is published.

    *entries* are anchors with the words under their lemma; *gone* is what the record says already of those that are no more.
    """
    of_place: dict[str, list[str]] = defaultdict(list)
    for anchor, words in entries.items():
        if its := OF_ENTRY.fullmatch(anchor):
            of_place[its["place"]].append(f"{anchor}\t{brief(words)}\n")
    lines = (
        f"{number}\t{text.slice(span).strip()}\n" + "".join(of_place[number])
        for number, _, span in text.passages
    )
    return "".join((*lines, *(one.line for one in gone)))


def read_record(data: str, file: str) -> tuple[Record, tuple[Problem, ...]]:
    """The record that a file holds, and what is wrong with the file."""
    kept, gone, problems = list[Kept](), list[Gone](), list[Problem]()
    seen: dict[str, int] = {}
    for i, line in enumerate(LINE_END.split(data.removeprefix(BOM)), 1):
        if not line.strip():
            continue
        origin, (anchor, *fields) = Origin(file, i), line.split("\t")
        if fault := _fault(anchor, fields, line, seen):
            problems.append(Problem(ProblemKind.BAD_ANCHORS, fault, origin))
        elif fields[0] or len(fields) == 1:
            kept.append(Kept(anchor, "\t".join(fields), origin))
        else:
            gone.append(_gone(anchor, fields, origin))
        seen.setdefault(anchor, i)
    return Record(tuple(kept), tuple(gone)), tuple(problems)


def _gone(anchor: str, fields: list[str], origin: Origin) -> Gone:
    found = _FATE.fullmatch(fields[1])
    assert found is not None
    return Gone(anchor, found[1], found[2] or "", fields[2], fields[3], origin)


def _fault(anchor: str, fields: list[str], line: str, seen: Mapping[str, int]) -> str:
    """What is wrong with a line; nothing if it is well."""
    if not fields or not (GIVEN.fullmatch(anchor) or is_of_entry(anchor)):
        return f"{line!r} records no anchor; write its number, a tab and the text of its block, or remove it"
    if anchor in seen:
        return f"the anchor {anchor} is recorded twice, first in line {seen[anchor]}; remove one of the two"
    if fields[0] or len(fields) == 1:
        return ""
    return _fault_of_gone(anchor, fields)


def _fault_of_gone(anchor: str, fields: list[str]) -> str:
    form = "\\t".join((anchor, "", "moved to 2.5", "2027-01-05", "why"))
    if len(fields) != 4:
        return f"what became of {anchor} is said in five fields, divided by tabs: {form}"
    _, fate, when, why = fields
    found = _FATE.fullmatch(fate)
    if found is None or FATES[found[1]] is not bool(found[2]):
        return f"{anchor} was {fate!r}; say “moved to” or “merged into” and an anchor, or “withdrawn”"
    if found[2] and not (GIVEN.fullmatch(found[2]) or is_of_entry(found[2])):
        return f"{anchor} leads on to {found[2]!r}, which is no anchor; name one such as 2.5 or 2.5-a1"
    if not _is_date(when):
        return f"{anchor} went on {when!r}, which is no date; write one such as 2027-01-05"
    if not found[2] and not why.strip():
        return f"{anchor} was withdrawn; say why, in the last field"
    return ""


def _is_date(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False
