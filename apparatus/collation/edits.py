"""What a reading does to the text, as an operation on positions of the reading text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from apparatus.anchoring.explain import shown
from apparatus.model import Anchored, EditedText, Entry, Kind, Reading, Span, Witness


@dataclass(slots=True, eq=False)
class Edit:
    """Words replaced, cut or moved away.

    ``text`` stands instead of the span; empty: the span is cut. A moved span keeps the edits
    inside it in ``inner``.
    """

    span: Span
    text: str = ""
    entry: int | None = None  #: ``None``: a declared gap
    is_move: bool = False
    rank: int = 0  #: of the hand of which it is said: 0 the witness's own, the higher the earlier
    is_named: bool = True  #: by its own siglum, not as one of several
    stays: bool = False  #: a move that cannot be carried out
    inner: Level = field(default_factory=lambda: Level())
    outer: Edit | None = None  #: the moved span that it lies in
    said: Reading | None = None  #: by the entry; ``None``: by a declared gap
    #: of what entries inside it have said again: where it ends in the words replaced, and in ``text``
    told: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Insertion:
    """Words that the witness has between two letters of the reading text."""

    at: int
    beside: Span  #: the lemma or target it is put next to
    before: bool  #: *praem.*, *ante*; else *add.*, *post*
    entry: int
    text: str = ""
    rank: int = 0  #: of the hand of which it is said
    is_named: bool = True
    move: Edit | None = None  #: whose words are put here, instead of ``text``
    is_block: bool = False  #: brings a break: a block of its own
    is_beside_block: bool = False  #: it is put next to a whole passage
    holder: Edit | None = None  #: the moved span that it stands in

    @property
    def order(self) -> int:
        """At one position: words added, blocks added, blocks prefixed, words prefixed."""
        return (2 if self.is_block else 3) if self.before else (1 if self.is_block else 0)


@dataclass(slots=True, eq=False)
class Level:
    """The edits inside one moved span, or of the whole text."""

    edits: list[Edit] = field(default_factory=list)
    insertions: list[Insertion] = field(default_factory=list)
    events: list[Edit | Insertion] = field(default_factory=list)  #: both, in order

    def sort(self) -> None:
        keyed: list[tuple[tuple[int, int, int], Edit | Insertion]] = []
        keyed += [((i.at, i.order, i.entry), i) for i in self.insertions]
        keyed += [((e.span.start, 4, -e.span.end), e) for e in self.edits]
        keyed.sort(key=lambda pair: pair[0])
        self.events = [event for _, event in keyed]


def edits_of(
    text: EditedText, i: int, anchored: Anchored[Entry], n: int, witness: Witness
) -> tuple[Edit | None, Insertion | None]:
    """What reading *n* of entry *i* does to the text of *witness*."""
    reading = anchored.item.readings[n]
    match reading.kind:
        case Kind.TEXT:
            return _instead(i, anchored, reading, reading.text)
        case Kind.OM | Kind.DEL:
            return _instead(i, anchored, reading, "")
        case Kind.ILL:
            return _instead(i, anchored, reading, witness.ill_mark)
        case Kind.LAC:
            return _instead(i, anchored, reading, witness.lac_mark)
        case Kind.ADD:
            return None, _insertion(i, anchored, reading, before=False)
        case Kind.PRAEM:
            return None, _insertion(i, anchored, reading, before=True)
        case Kind.TRANSP:
            return _move(i, anchored, reading, anchored.targets[n] if n < len(anchored.targets) else None)
        case Kind.SECL | Kind.CRUX:
            return None, None
        case _:
            assert_never(reading.kind)


def _instead(i: int, anchored: Anchored[Entry], reading: Reading, words: str) -> tuple[Edit, None]:
    """*words*, or none, in the place of the lemma of entry *i*."""
    return Edit(anchored.span, words, i, said=reading), None


def _insertion(i: int, anchored: Anchored[Entry], reading: Reading, *, before: bool) -> Insertion:
    """Words added before or after the lemma of entry *i*."""
    at = anchored.span.start if before else anchored.span.end
    is_block = anchored.item.lemma.is_block
    return Insertion(at, anchored.span, before, i, reading.text, is_block=is_block, is_beside_block=is_block)


def _move(
    i: int, anchored: Anchored[Entry], reading: Reading, target: Span | None
) -> tuple[Edit | None, Insertion | None]:
    if target is None or reading.target is None:  # anchoring has said so
        return None, None
    before = reading.target.before
    onto_block = reading.target.lemma is None or reading.target.lemma.is_block
    edit = Edit(anchored.span, "", i, is_move=True, said=reading)
    at = target.start if before else target.end
    is_block = anchored.item.lemma.is_block and onto_block
    return edit, Insertion(at, target, before, i, move=edit, is_block=is_block, is_beside_block=onto_block)


def named(reading: Reading | None) -> str:
    """A reading as a message calls it."""
    if reading is None:
        return "the lemma"
    if reading.kind is Kind.TEXT:
        return shown(reading.text)
    return f"{reading.kind.value} {shown(reading.text)}" if reading.text else reading.kind.value
