"""The values of a critical edition: entries, witnesses, the edited text.

Every class is a frozen value. Nothing here reads a file, knows an output format or
reports a problem. The terms are those of the field; each class names the TEI element
(TEI Guidelines, chapter 12, "Critical Apparatus") that it answers to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache, cached_property
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar, assert_never

#: The break between two blocks in the joined text. White space inside a block is folded,
#: so a line feed can never be a character of the text. The notation writes it ``¶``.
BREAK = "\n"

#: The reference system by whose numbers passages are cited, as the source writes it: ``{n="7.12"}``.
FIRST = "n"


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a source file, for messages. ``line`` counts from 1; ``column`` from 0."""

    file: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


# --- the notation: what an entry says -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Siglum:
    """A witness or scholar as an entry cites it (TEI: one pointer in ``@wit``, ``@source``)."""

    key: str  #: declared in the conspectus, or ``cett.`` or ``codd.``
    hand: str | None = None  #: ``ac``, ``pc``, ``2``, ``mg`` …, written after ``^``
    doubtful: bool = False  #: written ``A?``: *ut videtur*

    def __hash__(self) -> int:
        return hash(self.key)  # it is looked up for every reading, and few witnesses have many hands

    def __str__(self) -> str:
        return self.key + (f"^{self.hand}" if self.hand else "") + ("?" if self.doubtful else "")


@cache
def siglum(key: str, hand: str | None = None) -> Siglum:
    """A witness as an entry would cite it; of each it is asked for again and again."""
    return Siglum(key, hand)


@dataclass(frozen=True, slots=True)
class Place:
    """The block or range of blocks that an entry names (TEI: ``@loc``)."""

    start: str  #: a number such as ``2.5``
    end: str | None = None

    def __str__(self) -> str:
        return self.start + (f"–{self.end}" if self.end else "")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text, with the number of the occurrence that is meant."""

    text: str  #: as in the text; a block break is ``BREAK``
    occurrence: int | None = None  #: written ``the^2``; counts in the block

    def __str__(self) -> str:
        return self.text + (f"^{self.occurrence}" if self.occurrence else "")


@dataclass(frozen=True, slots=True)
class Lemma:
    """The words of the text that an entry is about (TEI ``lem``)."""

    first: Words | None  #: ``None``: the whole block, written ``¶``
    last: Words | None = None  #: the end of an abbreviated lemma, ``first … last``

    @property
    def is_block(self) -> bool:
        return self.first is None

    @property
    def is_numbered(self) -> bool:
        """Whether it says which occurrence of its words is meant."""
        return any(words and words.occurrence for words in (self.first, self.last))


class Effect(Enum):
    """What becomes of the lemma in those who have a reading."""

    SUBSTITUTES = "substitutes"  #: other words stand in its place
    CUTS = "cuts"  #: nothing stands in its place
    LOSES = "loses"  #: something stood in its place, which is lost or cannot be read
    STANDS = "stands"  #: it stands as it is, with a mark of the editors
    ADDS = "adds"  #: it stands, and words beside it
    MOVES = "moves"  #: it stands elsewhere


class Kind(Enum):
    """The kinds of reading. The value is the keyword of the notation.

    A new kind is one line here; ``mypy`` then names each place that must know it.
    """

    _value_: str
    effect: Effect

    def __new__(cls, keyword: str, effect: Effect) -> Kind:
        kind = object.__new__(cls)
        kind._value_, kind.effect = keyword, effect
        return kind

    TEXT = "", Effect.SUBSTITUTES  #: other words (TEI ``rdg``)
    OM = "om.", Effect.CUTS  #: the witness lacks the lemma (empty ``rdg``)
    ILL = "ill.", Effect.LOSES  #: illegible (``gap reason="illegible"``)
    LAC = "lac.", Effect.LOSES  #: lost with the leaf (``lacunaStart`` … ``lacunaEnd``, ``gap``)
    DEL = "del.", Effect.CUTS  #: deleted, by a hand or by a scholar (``del``, ``surplus``)
    SECL = "secl.", Effect.STANDS  #: bracketed by an editor (``surplus``)
    ADD = "add.", Effect.ADDS  #: words after the lemma
    PRAEM = "praem.", Effect.ADDS  #: words before the lemma
    TRANSP = "transp.", Effect.MOVES
    CRUX = "crux.", Effect.STANDS  #: despaired of, printed † † (``sic`` without ``corr``)

    @property
    def replaces_lemma(self) -> bool:
        """Whether something, or nothing, stands in the place of the lemma."""
        match self.effect:
            case Effect.SUBSTITUTES | Effect.CUTS | Effect.LOSES:
                return True
            case Effect.STANDS | Effect.ADDS | Effect.MOVES:
                return False
            case _:
                assert_never(self.effect)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a transposed lemma stands in the witness."""

    before: bool  #: ``True`` for *ante*, ``False`` for *post*
    place: str | None = None  #: number of another block
    lemma: Lemma | None = None  #: ``None``: the whole block ``place``


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading and those who attest it (TEI ``rdg``)."""

    kind: Kind
    text: str = ""  #: for ``TEXT``, ``ADD``, ``PRAEM``; a block break is ``BREAK``
    target: Target | None = None  #: for ``TRANSP``
    sigla: tuple[Siglum, ...] = ()
    remark: str | None = None  #: MyST, without its parentheses
    sub: bool = False  #: a sub-reading of the member before it (``rdgGrp``), written after `` / ``
    classes: tuple[str, ...] = ()  #: of which classes the editor says that it is (``@type``)
    causes: tuple[str, ...] = ()  #: of what it came, by the editor (``@cause``)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of variation (TEI ``app``)."""

    lemma: Lemma
    readings: tuple[Reading, ...]
    support: tuple[Siglum, ...] = ()  #: sigla left of `` ] ``
    support_remark: str | None = None
    place: Place | None = None
    remark: str | None = None  #: on the whole entry
    origin: Origin | None = field(default=None, compare=False)

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """The remarks as they were written, each with what it is on: ``entry``, ``support``, or the index of a reading."""
        written = [("entry", self.remark), ("support", self.support_remark)]
        written += [(str(i), reading.remark) for i, reading in enumerate(self.readings)]
        return tuple((part, text) for part, text in written if text is not None)


@dataclass(frozen=True, slots=True)
class Note:
    """An explanatory note on words of the text (TEI ``note``): a lemma and prose in MyST."""

    lemma: Lemma
    body: tuple[str, ...]  #: lines, common indentation removed
    body_lines: tuple[int, ...] = field(default=(), compare=False)  #: source line of each
    place: Place | None = None
    grade: str | None = None  #: how sure it is, as its series declares grades (TEI: ``@cert``)
    origin: Origin | None = field(default=None, compare=False)


# --- the edited text ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A place within a block, or its beginning, from which a number holds (TEI ``milestone``)."""

    number: str
    at: int = 0  #: offset in the text of the block
    system: str = FIRST  #: the reference system that the number is of

    @property
    def name(self) -> str:
        """System and number, by which it is a target."""
        return f"{self.system}-{self.number}"


#: What a stretch of a play is that is not spoken.
SPEAKER, STAGE = "speaker", "stage"


class Marked(NamedTuple):
    """A stretch of a block that is not spoken: who speaks, or what is done (TEI ``speaker``, ``stage``)."""

    kind: str  #: ``speaker`` or ``stage``
    start: int  #: offset in the text of the block
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, verse line … with its number (TEI ``@n``)."""

    number: str  #: section.paragraph, or as it is given
    text: str  #: markup removed, white space folded
    origin: Origin | None = field(default=None, compare=False)
    points: tuple[Point, ...] = ()  #: the numbers of the first system that begin within it
    beside: tuple[Point, ...] = ()  #: those of other systems, such as the pages of an older edition
    under: str = ""  #: the section that it belongs to, where the number alone does not say it
    is_beside: bool = False  #: speakers and stage directions alone: nothing that is spoken
    marked: tuple[Marked, ...] = ()  #: its speakers and stage directions, in order
    series_below: str = (
        ""  #: of a verse or cell but the last: the number of that, below which its entries stand
    )

    @property
    def section(self) -> str:
        """The number of its section: the first level of its own number, or that of the heading above it."""
        return self.under or self.number.partition(".")[0]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the joined text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Passage(NamedTuple):
    """What a number of the first reference system means: a block, or a part of one from a point on."""

    number: str
    block: int
    span: Span


@dataclass(frozen=True)
class EditedText:
    """The reading text: its blocks in order, and the string they make when joined.

    All positions in the engine are offsets in :attr:`joined`, that is, positions of the
    *reading text*; no step works on a text that another step has already changed.
    """

    blocks: tuple[Block, ...]
    #: of a part of a text: which numbers of other systems than the first stand before, and how often
    before: tuple[tuple[str, int], ...] = ()

    @cached_property
    def joined(self) -> str:
        return BREAK.join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offset of each block's first character."""
        starts, at = [], 0
        for block in self.blocks:
            starts.append(at)
            at += len(block.text) + len(BREAK)
        return tuple(starts)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What each number means, in the order of the text: the blocks, divided where a number begins within one."""
        return tuple(passage for i in range(len(self.blocks)) for passage in self.passages_of(i))

    def passages_of(self, i: int) -> Iterator[Passage]:
        """The numbers of block *i*, each with what it means."""
        block, whole = self.blocks[i], self.span(i)
        begins = [(block.number, 0), *((point.number, point.at) for point in block.points)]
        ends = [*(point.at for point in block.points), len(whole)]
        for (number, start), end in zip(begins, ends, strict=True):
            yield Passage(number, i, Span(whole.start + start, whole.start + end))

    @cached_property
    def passage(self) -> dict[str, Passage]:
        """Number → what it means."""
        return {passage.number: passage for passage in self.passages}

    @cached_property
    def passage_order(self) -> dict[str, int]:
        """Number → which passage of the text it is, from 0."""
        return {passage.number: i for i, passage in enumerate(self.passages)}

    @cached_property
    def index(self) -> dict[str, int]:
        """Number of a passage → the position of its block among the blocks."""
        return {passage.number: passage.block for passage in self.passages}

    def by_kind(self, span: Span) -> Iterator[tuple[str, Span]]:
        """The parts of a stretch within one block, divided where kinds and numbers begin and end.

        A part is of the kind ``speaker`` or ``stage``, or of none where it is spoken.
        """
        i = self.block_at(span.start)
        block, home = self.blocks[i], self.starts[i]
        kinds = [(home + start, home + end, kind) for kind, start, end in block.marked]
        ends = {end for start, stop, _ in kinds for end in (start, stop)}
        ends |= {home + point.at for point in block.points}
        cuts = [span.start, *sorted(end for end in ends if span.start < end < span.end), span.end]
        for start, end in pairwise(cuts):
            kind = next((kind for first, last, kind in kinds if first <= start and end <= last), "")
            yield kind, Span(start, end)

    def passage_at(self, at: int) -> str:
        """The number of the passage in which a place of the text stands."""
        i = self.block_at(at)
        return self.number_in(i, at)

    def speaker_at(self, span: Span) -> Span | None:
        """The speaker within whose words a stretch lies; ``None`` where it is of another kind."""
        i = self.block_at(span.start)
        home = self.starts[i]
        for kind, start, end in self.blocks[i].marked:
            speaker = Span(home + start, home + end)
            if kind == SPEAKER and speaker.contains(span):
                return speaker
        return None

    def number_in(self, i: int, offset: int | None) -> str:
        """The number under which an offset of block *i* is cited; without an offset the first."""
        number = self.blocks[i].number
        for point in self.blocks[i].points:
            if offset is not None and self.starts[i] + point.at <= offset:
                number = point.number
        return number

    @cached_property
    def milestones(self) -> dict[int, tuple[tuple[Point, str], ...]]:
        """Block → the numbers of other systems that begin in it, each with its anchor; the same number may come again."""
        counted: dict[str, int] = dict(self.before)
        found: dict[int, tuple[tuple[Point, str], ...]] = {}
        for i, block in enumerate(self.blocks):
            for point in block.beside:
                name = point.name
                counted[name] = counted.get(name, 0) + 1
                anchor = name if counted[name] == 1 else f"{name}.{counted[name]}"
                found[i] = (*found.get(i, ()), (point, anchor))
        return found

    def span(self, i: int) -> Span:
        """The stretch that block *i* fills, without its break."""
        return Span(self.starts[i], self.starts[i] + len(self.blocks[i].text))

    def block_at(self, offset: int) -> int:
        """The block in which *offset* lies (a break belongs to the block before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def gap(self, at: int, blanks: str = " ") -> Span:
        """The stretch of *blanks* at an offset; empty where there is none."""
        start = end = at
        while start > 0 and self.joined[start - 1] in blanks:
            start -= 1
        while end < len(self.joined) and self.joined[end] in blanks:
            end += 1
        return Span(start, end)

    def blocks_in(self, span: Span) -> range:
        """The blocks of which the stretch has something."""
        return range(self.block_at(span.start), self.block_at(max(span.start, span.end - 1)) + 1)

    def slice(self, span: Span) -> str:
        return self.joined[span.start : span.end]


Item = TypeVar("Item", Entry, Note)


@dataclass(frozen=True)
class Anchored(Generic[Item]):
    """An entry or note tied to its words."""

    item: Item
    home: int  #: index of the block under which it counts: that of the lemma's start
    span: Span
    #: for each reading in order: the stretch a transposition aims at, else ``None``
    targets: tuple[Span | None, ...] = ()


# --- the conspectus: who is cited -----------------------------------------------------


class Silence(Enum):
    """What it means that an entry does not name a witness."""

    AGREES = "agrees"  #: it has the lemma (constant witness)
    UNKNOWN = "unknown"  #: it was not collated here (cited only where named)


@dataclass(frozen=True, slots=True)
class LineRule:
    """Which lines, or parts of lines, of a transcription are not text.

    A rule with ``begin`` takes whole lines from the first one that matches ``begin`` up to
    the one that matches ``end`` (inclusive), or to the end of the file. A rule with
    ``match`` takes the matching part of each line.
    """

    role: str  #: ``paratext`` (words, but not of this text) or ``layout`` (no words)
    begin: str | None = None
    end: str | None = None
    match: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A bearer of the text (TEI ``witness``)."""

    key: str
    name: str = ""
    label: str | None = None  #: the siglum as printed, where it differs from the key
    description: str = ""  #: MyST
    date: str = ""
    transcription: str | None = None  #: path from the conspectus file; ``None``: not transcribed
    state: str = ""  #: of which state the transcription is: ``A``, ``A^ac`` …; default the key
    silence: Silence | None = None  #: ``None``: not declared; it is then taken to agree
    lost: bool = False
    is_scholar: bool = False  #: a print may be witness and source of conjectures at once
    gaps: tuple[Gap, ...] = ()
    hands: tuple[str, ...] = ("ac", "pc", "c", "2", "3", "4")  #: in order of time
    aside: tuple[str, ...] = ("mg", "sl", "γρ", "vl")  #: recorded, never applied
    lines: tuple[LineRule, ...] = ()
    blocks_by: str = "line"  #: ``line``: each line is a block; ``blank``: blank lines divide
    ill_mark: str = "[ill.]"
    lac_mark: str = "[lac.]"
    origin: Origin | None = field(default=None, compare=False)

    @property
    def is_vouched_for(self) -> bool:
        """Whether its silence may be shown as agreement: a transcription proves it, or the editors declare it."""
        is_proved = self.transcription is not None and not self.state.partition("^")[2]
        return is_proved or self.silence is Silence.AGREES

    @property
    def state_transcribed(self) -> Siglum:
        """The state that its transcription gives, as an entry would cite it: ``A`` or ``A^ac``."""
        _, _, hand = self.state.partition("^")
        return siglum(self.key, hand or None)

    @property
    def state_proved(self) -> Siglum | None:
        """The state of which a transcription can prove what is said; of others it proves nothing."""
        return None if self.transcription is None else self.state_transcribed

    @property
    def marks(self) -> dict[str, Kind]:
        """What its transcription has where words are lost or illegible → what an entry says of them."""
        found = {self.lac_mark: Kind.LAC, self.ill_mark: Kind.ILL}
        return {mark: kind for mark, kind in found.items() if mark}


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a fragmentary witness is absent (TEI ``lacunaStart`` … ``lacunaEnd``)."""

    place: Place
    lemma: Lemma
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A siglum for several witnesses, such as ω (TEI: ``listWit`` with an ``xml:id``)."""

    key: str
    members: tuple[str, ...]
    name: str = ""
    label: str | None = None
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Scholar:
    """Someone whose readings are conjectures (TEI: target of ``@resp`` or ``@source``)."""

    key: str
    name: str = ""
    label: str | None = None
    description: str = ""
    origin: Origin | None = field(default=None, compare=False)


#: Sigla that need no declaration: the rest, and all.
REST = "cett."
ALL = "codd."


@dataclass(frozen=True)
class Conspectus:
    """The list of witnesses, groups and scholars (*conspectus siglorum*; TEI ``listWit``)."""

    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    scholars: tuple[Scholar, ...] = ()
    #: declared normalisation for the comparison with transcriptions: ``nfc``, ``nfkc``,
    #: ``casefold``; never silent
    normalisation: tuple[str, ...] = ()
    folder: str = ""  #: where transcription paths start

    @cached_property
    def by_key(self) -> dict[str, Witness | Group | Scholar]:
        declared: tuple[Witness | Group | Scholar, ...] = (*self.scholars, *self.groups, *self.witnesses)
        return {d.key: d for d in declared}

    @cached_property
    def witness(self) -> dict[str, Witness]:
        return {w.key: w for w in self.witnesses}

    def label(self, key: str) -> str:
        """The siglum that readers see and hear for *key*; the key itself is for files and addresses."""
        declared = self.by_key.get(key)
        return (declared.label if declared else None) or key

    def shown(self, siglum: Siglum) -> str:
        """A siglum with its hand as readers see it where nothing can be raised: ``A^ac``."""
        return str(replace(siglum, key=self.label(siglum.key)))

    @cached_property
    def scholar_keys(self) -> frozenset[str]:
        """Those whose readings are conjectures; one of them may have several in an entry."""
        return frozenset(s.key for s in self.scholars) | {w.key for w in self.witnesses if w.is_scholar}

    @cached_property
    def keys(self) -> frozenset[str]:
        """Everything that may stand as a siglum."""
        return frozenset(self.by_key) | {REST, ALL}
