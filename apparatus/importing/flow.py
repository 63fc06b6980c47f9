"""A block of a TEI text as a flow of letters: on which stretches of it there is markup, variation, a note, a number.

The letters are those of the lemmata, as they stand in the file; white space is folded later. An ``app`` is a stretch and
its readings, each of which is a flow itself and may vary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apparatus.importing.myst import Mark
from apparatus.importing.pieces import Node
from apparatus.model import Siglum

#: A place at which words were left out; one at which the text has none, and others have: neither is in a file.
CUT, NONE = "\x00", "\x01"


@dataclass(slots=True, eq=False)
class Reading:
    """A reading, or the lemma: its words, and who has them."""

    flow: Flow
    line: int
    sigla: list[Siglum] = field(default_factory=list)
    scholars: list[Siglum] = field(default_factory=list)
    cited: list[str] | None = None  #: in files of our own: as the editors wrote it
    kind: str = ""  #: in files of our own: the keyword
    remarks: list[str] = field(default_factory=list)
    is_sub: bool = False
    id: str = ""
    is_deletion: bool = False  #: nothing but the words of the lemma, deleted
    deleted: str = ""
    events: list[str] = field(default_factory=list)  #: where witnesses begin, end, have a lacuna
    moved_to: str = ""  #: the anchor at which the words stand
    blanks: str = ""
    elsewhere: str | None = None  #: the words at that anchor, if they are not the lemma's
    order: str = ""  #: ``@varSeq``
    classes: tuple[str, ...] = ()  #: of which it is said to be
    causes: tuple[str, ...] = ()  #: of what it is said to have come
    was_named: bool = False  #: whether it had sigla, and they were left out
    lost: list[str] = field(default_factory=list)  #: what no entry can say of it

    @property
    def everyone(self) -> list[Siglum]:
        return [*self.sigla, *self.scholars]


@dataclass(slots=True, eq=False)
class App:
    """A place of variation."""

    start: int
    end: int
    line: int
    lemma: Reading | None
    readings: list[Reading]
    remarks: list[str] = field(default_factory=list)
    outer: App | None = None
    series: str = ""
    id: str = ""
    is_crux: bool = False
    is_bracketed: bool = False
    dropped: list[str] = field(default_factory=list)  #: what of it no entry can say


@dataclass(slots=True)
class Flow:
    """Letters, and what is on them."""

    text: str = ""
    apps: list[App] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    points: list[tuple[int, str, str]] = field(default_factory=list)  #: offset, system, number
    notes: list[tuple[int, Node]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)  #: line, what
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    events: list[tuple[int, str, Siglum]] = field(default_factory=list)


def settled(flow: Flow) -> Iterator[App]:
    """Its entries, outer ones before those in them."""
    yield from sorted(flow.apps, key=lambda app: (app.start, -app.end))
