"""Small editions drawn by a seed, and the truth about their witnesses.

A text is drawn, and each witness is made from it by changes that are drawn too: its transcription is written
from them, and no part of the engine has a hand in that. The entries are written from the changes, some on
longer words, some with a supporter, a group, a hand, a conjecture; two in five of the editions have one entry spoilt.
What is true of a witness at any words is asked of its changes alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property

from apparatus.model import BREAK, Entry, Kind, Reading, Siglum
from apparatus.notation import write_entry

#: The witnesses that are transcribed, the groups of them, and who else is cited.
KEYS = ("A", "B", "C", "D")
GROUPS = {"α": ("A", "B"), "ω": ("A", "B", "C")}
FRAGMENT, UNPROVED, SCHOLAR = "C", "E", "Madvig"
#: The witness whose transcription is that of a later hand.
CORRECTED, HAND = "D", "2"
CITABLE = frozenset({*KEYS, *GROUPS, UNPROVED, SCHOLAR, "cett.", "codd."})
CONSPECTUS = (
    "".join(f'[witness.{key}]\nname = "copy {key}"\ntranscription = "{key}.txt"\n' for key in KEYS)
    + f'state = "{CORRECTED}^{HAND}"\n'
    + "".join(
        f'[group."{key}"]\nmembers = [{", ".join(map(repr, members))}]\n' for key, members in GROUPS.items()
    )
    + f'[witness.{UNPROVED}]\nname = "a lost copy"\nsilence = "unknown"\n[scholar.{SCHOLAR}]\nname = "J. N. Madvig"\n'
)
#: Words of one script a line; those that stand in no line are never drawn by two changes.
SCRIPTS = (
    "the army crossed river at dawn while guards slept beside bridge and nobody heard oars moving through mist",
    "ἐν ἀρχῇ λόγος ἦν πρὸς θεόν καὶ φῶς ἐφάνη κόσμῳ τότε σκοτία οὐ κατέλαβεν ἄνθρωπος ἀπεσταλμένος ὄνομα αὐτῷ",
    "в начале войны отряд перешёл реку ночью пока стража спала возле моста никто плеска вёсел слышал тогда",
    "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ חֹשֶׁךְ עַל פְּנֵי תְהוֹם רוּחַ מְרַחֶפֶת",
    "क्षेत्रे धर्म कुरु समवेता युयुत्सवः मामकाः पाण्डवा किम् अकुर्वत सञ्जय दृष्ट्वा तु अनीकं व्यूढं दुर्योधनः तदा",
    "խաղաղ գիշեր սուրբ ամեն քնած արթուն միայն լուսին լեռ գետ այգի տուն ճանապարհ դուռ հին քաղաք",
    "cafe\u0301 nai\u0308ve a\u0323b o\u0328gonek e\u0301te\u0301 Zu\u0308rich man\u0303ana c\u0327a u\u030a l\u0142a o\u0302 i\u0302le gro\u00df \u0153uvre \u00e6on f\u0131r",
)
#: Words that only witnesses have; each is drawn once in an edition.
NEW = tuple(
    a + b
    for a in ("ka", "мо", "θε", "שׁלו", "नग", "wyn", "o\u0308d", "գր")
    for b in ("", "ta", "ра", "ων", "ם", "मा", "s", "ու")
)
MARKS = {Kind.ILL: "[ill.]", Kind.LAC: "[lac.]"}


@dataclass(frozen=True)
class Text:
    """The words of an edition, passage by passage; the first passage is a heading that no witness changes."""

    blocks: tuple[tuple[str, ...], ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word for block in self.blocks for word in block)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first word of each passage, and where the text ends."""
        made = [0]
        for block in self.blocks:
            made.append(made[-1] + len(block))
        return tuple(made)

    def block_of(self, i: int) -> int:
        return next(b for b in range(len(self.blocks)) if i < self.starts[b + 1])

    def join(self, start: int, end: int) -> str:
        """The words as they stand, with their breaks."""
        made = ""
        for i in range(start, end):
            made += (BREAK if i in self.starts else " ") if i > start else ""
            made += self.words[i]
        return made


@dataclass(frozen=True)
class Change:
    """What a witness does to the words from *start* to *end*."""

    kind: Kind
    start: int
    end: int
    words: str = ""
    to: int = 0  #: of words that are moved: between which they stand then
    before: bool = False  #: whether that is said of the word after it
    whole: bool = False  #: of a whole passage
    hand: str = ""  #: not by the first hand

    @property
    def reach(self) -> tuple[int, int]:
        return self.start, self.end

    def siglum(self, key: str) -> Siglum:
        """By which siglum it is told of a witness."""
        return Siglum(key, self.hand or None)


@dataclass(frozen=True)
class Item:
    """A stretch of a witness, and the words of the text for which it stands (none: it is added)."""

    text: str
    start: int
    end: int
    is_copy: bool = False
    is_lost: bool = False
    moved: Change | None = None
    added: Change | None = None

    @property
    def is_break(self) -> bool:
        return self.text == BREAK and self.start == self.end


class Truth:
    """What a witness reads, by its changes."""

    def __init__(self, text: Text, changes: Sequence[Change], gap: tuple[int, int] | None = None) -> None:
        self.text, self.changes, self.gap = text, tuple(changes), gap
        self.items = self._moved(list(self._in_place()))

    def _in_place(self, start: int = 0, end: int | None = None, move: Change | None = None) -> Iterator[Item]:
        """The items of a stretch, words that are moved still in their place; those inside *move* move with it."""
        end = len(self.text.words) if end is None else end
        outer = [c for c in self.changes if c is not move and not (move is None and self._mover(c))]
        i, by_start = start, {change.start: change for change in outer}
        while i < end:
            if i in self.text.starts and i and move is None:
                yield Item(BREAK, i, i)
            if self.gap and i == self.gap[0]:
                yield Item("", *self.gap, is_lost=True)
                i = self.gap[1]
                continue
            change = by_start.get(i)
            if change is None:
                yield self._copy(i)
                i += 1
                continue
            yield from self._changed(change)
            i = change.end

    def _mover(self, change: Change) -> Change | None:
        """The transposition that takes the words of a change along."""
        moves = (c for c in self.changes if c.kind is Kind.TRANSP and c is not change)
        return next((m for m in moves if m.start <= change.start and change.end <= m.end), None)

    def _copy(self, i: int) -> Item:
        return Item(self.text.words[i], i, i + 1, is_copy=True)

    def _changed(self, change: Change) -> Iterator[Item]:
        start, end = change.reach
        copies = [self._copy(i) for i in range(start, end)]
        if change.kind in (Kind.ADD, Kind.PRAEM):
            at = end if change.kind is Kind.ADD else start
            new = [Item(change.words, at, at, added=change)]
            if change.whole:
                new = [Item(BREAK, at, at), *new] if change.kind is Kind.ADD else [*new, Item(BREAK, at, at)]
            yield from [*copies, *new] if change.kind is Kind.ADD else [*new, *copies]
        elif change.kind is Kind.TRANSP:
            yield from (replace(item, moved=change) for item in self._in_place(start, end, change))
        elif change.kind is Kind.TEXT:
            yield from self._instead(change)
        else:
            yield Item(MARKS.get(change.kind, ""), start, end, is_lost=change.kind in MARKS)

    def _instead(self, change: Change) -> Iterator[Item]:
        """Other words; those that are the text's own stand for themselves."""
        start, (ours, theirs) = change.start, map(_words, (self.text.join(*change.reach), change.words))
        at = [start + n - ours[:n].count(BREAK) for n in range(len(ours) + 1)]
        for what, a0, a1, b0, b1 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            if what == "equal":
                for n in range(a0, a1):
                    is_break = ours[n] == BREAK
                    yield Item(BREAK, at[n], at[n]) if is_break else self._copy(at[n])
            elif theirs[b0:b1] or at[a0] < at[a1]:
                yield Item(
                    " ".join(theirs[b0:b1]), at[a0], at[a1], added=change if at[a0] == at[a1] else None
                )

    @staticmethod
    def _moved(items: list[Item]) -> list[Item]:
        for move in {item.moved for item in items if item.moved}:
            taken = [item for item in items if item.moved == move]
            rest = [item for item in items if item.moved != move]
            if move.before:
                at = next(n for n, item in enumerate(rest) if item.start == move.to and item.start < item.end)
            else:
                at = (
                    next(n for n, item in enumerate(rest) if item.end == move.to and item.start < item.end)
                    + 1
                )
            if move.whole:
                taken = (
                    [*taken, Item(BREAK, move.to, move.to)]
                    if move.before
                    else [Item(BREAK, move.to, move.to), *taken]
                )
            items = rest[:at] + taken + rest[at:]
        return items

    @cached_property
    def transcription(self) -> list[str]:
        """Its passages as they are typed."""
        passages = " ".join(item.text for item in self.items if item.text).split(BREAK)
        return [" ".join(passage.split()) for passage in passages if passage.split()]

    # --- what it reads at words of the text -------------------------------------------

    def _range(self, start: int, end: int) -> tuple[int, int] | None:
        """Which of its items stand for the words; none where one stands for others as well."""
        own = [n for n, item in enumerate(self.items) if item.start < end and start < item.end]
        if any(not start <= self.items[n].start <= self.items[n].end <= end for n in own):
            return None
        here = [n for n in own if (m := self.items[n].moved) is None or (m.start <= start and end <= m.end)]
        return (here[0], here[-1] + 1) if here else None

    def words(self, start: int, end: int) -> str | None:
        """What it has for the words; none if that is a part of something longer, or elsewhere."""
        found = self._range(start, end)
        return None if found is None else joined(self.items[slice(*found)])

    def around(self, start: int, end: int) -> list[str]:
        """The same, with and without what is added at the two ends."""
        found = self._range(start, end)
        if found is None:
            return []
        first, last = found
        firsts, lasts = [first], [last]
        while first and self.items[first - 1].added:
            first -= 1
            firsts.append(first)
        while last < len(self.items) and self.items[last].added:
            last += 1
            lasts.append(last)
        return [joined(self.items[a:b]) for a in firsts for b in lasts]

    def is_in_gap(self, start: int, end: int) -> bool:
        return self.gap is not None and self.gap[0] <= start and end <= self.gap[1]

    def has(self, start: int, end: int) -> bool:
        """Whether it has just the words of the text, side by side."""
        found = self._range(start, end)
        if found is None:
            return False
        inside = self.items[slice(*found)]
        copies = [item for item in inside if not item.is_break]
        return all(item.is_copy for item in copies) and joined(inside) == self.text.join(start, end)

    def is_there(self, start: int, end: int) -> bool:
        """Whether anything of it stands for the words; what is lost or illegible does not."""
        own = (item for item in self.items if item.start < end and start < item.end)
        return any(item.text and not item.is_lost for item in own)

    def may_add(self, start: int, end: int, *, before: bool) -> bool:
        """Whether beside the words more stands in the place of less, so that a part of it might be added to them."""
        at = start if before else end
        near = (item for item in self.items if at in (item.start, item.end) and item.start < item.end)
        return any(not i.is_copy and len(i.text.split()) > i.end - i.start for i in near)

    def is_moved(self, start: int, end: int) -> bool:
        return any(c.kind is Kind.TRANSP and c.start < end and start < c.end for c in self.changes)

    def adds(self, start: int, end: int, *, before: bool, whole: bool = False) -> list[Change]:
        """What is put beside the words: added there, or moved there."""
        at = self._point(start if before else end, before=before, whole=whole)
        return [c for c in self.changes if c.whole is whole and self._put(c) == at]

    def _put(self, change: Change) -> tuple[int, bool | None] | None:
        match change.kind:
            case Kind.ADD:
                return self._point(change.end, before=False, whole=change.whole)
            case Kind.PRAEM:
                return self._point(change.start, before=True, whole=change.whole)
            case Kind.TRANSP:
                return self._point(change.to, before=change.before, whole=change.whole)
            case _:
                return None

    def _point(self, at: int, *, before: bool, whole: bool) -> tuple[int, bool | None]:
        """Between which words; of words at a break, on which side of it."""
        return at, before if at in self.text.starts and not whole else None


def _words(text: str) -> list[str]:
    """Words, and the breaks between them."""
    return text.replace(BREAK, f" {BREAK} ").split(" ")


def joined(items: Sequence[Item]) -> str:
    """Items as text."""
    made = " ".join(item.text for item in items if item.text)
    return (
        made.replace(f" {BREAK} ", BREAK).replace(f"{BREAK} ", BREAK).replace(f" {BREAK}", BREAK).strip(" ")
    )


@dataclass(frozen=True)
class Said:
    """An entry, and the words of the text that it is about."""

    entry: Entry
    start: int
    end: int
    host: int  #: the passage under which it is written
    tail: str = ""  #: the mark after the last of them, where that is not meant
    aims: dict[int, Change] = field(default_factory=dict)  #: of readings that move words

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.entry.readings


@dataclass
class Drawn:
    """An edition that has been drawn."""

    name: str
    number: int  #: of its section
    text: Text
    truths: dict[str, Truth]
    said: list[Said]

    def source(self) -> str:
        """Its document."""
        under = defaultdict(list)
        for said in self.said:
            under[said.host].append(write_entry(said.entry, CITABLE))
        made = [f"---\nedited-text: {self.number if self.number == 1 else 'true'}\n---\n"]
        for b, block in enumerate(self.text.blocks):
            made.append(("# " if b == 0 else "") + " ".join(block) + "\n")
            if under[b]:
                made.append("\n".join([":::{apparatus}", *under[b], ":::"]) + "\n")
        return "\n".join(made)

    def in_order(self) -> list[tuple[str, Said]]:
        """The entries with their anchors: by passage, then by their words, the longer first."""
        count: dict[int, int] = defaultdict(int)
        made = []

        def home(said: Said) -> int:
            return self.text.block_of(said.start)

        def place(said: Said) -> tuple[int, int, bool, int, int]:
            """Without the mark after it an entry is the shorter one."""
            return said.start, -said.end, bool(said.tail), said.host, self.said.index(said)

        for said in sorted(self.said, key=place):
            count[home(said)] += 1
            made.append((f"{self.block_number(home(said))}-a{count[home(said)]}", said))
        return made

    def block_number(self, b: int) -> str:
        return f"{self.number}.{b}" if b else str(self.number)

    @property
    def gap(self) -> str | None:
        """Where the fragment is absent, as the conspectus says it."""
        gap = self.truths[FRAGMENT].gap
        if gap is None:
            return None
        first, last = (self.text.words[i] for i in (gap[0], gap[1] - 1))
        block = self.block_number(self.text.block_of(gap[0]))
        return f"{block}: {first} … {last}" if gap[1] - gap[0] > 1 else f"{block}: {first}"
