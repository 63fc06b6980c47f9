"""The text of a witness, taken out of a file by the rules that its header states and by nothing else.

In: a file of TEI. Out: the blocks of a witness. It shares no step with what writes the file, so that a build can hold
the one against the other.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import count
from typing import NamedTuple

from apparatus.model import BREAK
from apparatus.tei.elements import Element
from apparatus.tei.names import TEI, XML

ID = f"{{{XML}}}id"
#: What holds blocks, and what a block can be.
HOLDERS = frozenset(("body", "div", "list", "table", "lg", "quote", "row", "cell", "item"))
BLOCKS = frozenset(("head", "p", "l", "ab", "label"))
#: What stands among the words and is none of them.
BESIDE = frozenset(("del", "note", "witDetail", "certainty", "wit", "ptr"))
BESIDE_BY_TYPE = frozenset(("footnote", "transposed", "added"))


class Marks(NamedTuple):
    """What a transcription has for words that cannot be read, and for words that are lost."""

    illegible: str = "[ill.]"
    lost: str = "[lac.]"


class Part(NamedTuple):
    """Which part of the file is asked for: between two places; and an entry that is left aside."""

    first: float = float("-inf")
    last: float = float("inf")
    without: Element | None = None

    @property
    def is_whole(self) -> bool:
        return self.first == float("-inf")


WHOLE, USUAL = Part(), Marks()


class TeiFile:
    """A file, with the place of everything in it."""

    def __init__(self, data: bytes) -> None:
        self.root = ET.fromstring(data)
        self.parent = {child: parent for parent in self.root.iter() for child in parent}
        self.by_id = {f"#{node.get(ID)}": node for node in self.root.iter() if node.get(ID)}
        self.at: dict[Element, int] = {}  #: where an element begins; its text stands one further
        self.end: dict[Element, int] = {}  #: and where it ends, which is where what follows it stands
        self._number(self.root, count())

    def _number(self, node: Element, places: Iterator[int]) -> None:
        self.at[node] = next(places)
        next(places)
        for child in node:
            self._number(child, places)
        self.end[node] = next(places)

    @cached_property
    def body(self) -> Element | None:
        """What holds the text."""
        return self.root.find(f".//{{{TEI}}}body")

    @cached_property
    def apps(self) -> list[Element]:
        """The entries."""
        return list(self.root.iter(f"{{{TEI}}}app"))

    @cached_property
    def spans(self) -> list[Element]:
        """Where witnesses are absent."""
        return self.root.findall(f"./{{{TEI}}}standOff/{{{TEI}}}spanGrp[@type='lacunae']/{{{TEI}}}span")

    @cached_property
    def moving(self) -> dict[str, Element]:
        """A place to which words are moved → the entry that moves them."""
        found: dict[str, Element] = {}
        for app in self.apps:
            for reading in readings_of(app):
                for sign in signs_of(reading):
                    found.setdefault(sign.get("target", ""), app)
        return found

    def witness(self, name: str, marks: Marks = USUAL) -> list[str]:
        """The blocks of the witness that has an identifier."""
        text = "".join(_Witness(self, f"#{name}", marks).body(WHOLE))
        return [block for line in text.split(BREAK) if (block := line.strip(" "))]


def tag_of(node: Element) -> str:
    """The name of an element of TEI."""
    return node.tag.removeprefix(f"{{{TEI}}}")


def readings_of(app: Element) -> list[Element]:
    """The readings of an entry, sub-readings among them."""
    return app.findall(f"{{{TEI}}}rdg") + app.findall(f"{{{TEI}}}rdgGrp/{{{TEI}}}rdg")


def signs_of(reading: Element) -> list[Element]:
    """What in a reading says that its words stand elsewhere."""
    return [child for child in reading if tag_of(child) in ("ptr", "ref") and child.get("target")]


class _Witness:
    """One witness of a file."""

    def __init__(self, file: TeiFile, pointer: str, marks: Marks) -> None:
        self.file, self.pointer, self.marks = file, pointer, marks
        named = ((app, self._named(app)) for app in file.apps)
        self.named = {app: reading for app, reading in named if reading is not None}
        self.apart = self._apart()
        self.starts = [file.at[file.by_id[one.get("from", "")]] for one in self.apart]
        self.begins = {one.get("from"): one for one in self.apart}

    def _named(self, app: Element) -> Element | None:
        return next((r for r in readings_of(app) if self.pointer in r.get("wit", "").split()), None)

    def reading(self, app: Element) -> Element | None:
        """What it has instead of the lemma; ``None``: it has the lemma, if with words beside it."""
        found = self.named.get(app)
        if found is not None and any(tag_of(c) == "ref" and c.get("type") == "added" for c in found):
            return None
        return found

    def _apart(self) -> list[Element]:
        """The entries that stand apart, and what it lacks, in their order; one that begins within another says nothing."""
        spans = [span for span in self.file.spans if span.get("corresp") == self.pointer]
        entries = [app for app in self.named if app.get("from") and self._speaks(app)]
        ends = [(self._end(one, "from"), self._end(one, "to"), one) for one in (*spans, *entries)]
        found, reach = [], -1
        for start, end, one in sorted(ends, key=lambda each: each[:2]):
            if start >= reach:
                found.append(one)
            reach = max(reach, end)
        return found

    def _end(self, one: Element, side: str) -> int:
        return self.file.at[self.file.by_id[one.get(side, "")]]

    def _speaks(self, app: Element) -> bool:
        """Whether an entry that stands apart begins in words that the witness has."""
        if self.reading(app) is None:
            return False
        node: Element | None = self.file.by_id[app.get("from", "")]
        while node is not None:
            above = self.file.parent.get(node)
            if above is not None and tag_of(node) == "lem" and self.reading(above) is not None:
                return False
            node = above
        return True

    # --- places -----------------------------------------------------------------------

    def stands(self, at: int, part: Part) -> bool:
        """Whether the witness has a place of the text at all."""
        i = bisect_left(self.starts, at) - 1
        return i < 0 or self.apart[i] is part.without or not at < self._end(self.apart[i], "to")

    def is_asked(self, at: int, part: Part) -> bool:
        """Whether a place is in the part that is asked for; what stands apart from the text always is."""
        body = self.file.body
        return part.is_whole or body is None or at < self.file.at[body] or part.first < at < part.last

    # --- words ------------------------------------------------------------------------

    def body(self, part: Part) -> Iterator[str]:
        """All its words, with a break after each block."""
        if self.file.body is not None:
            yield from self._held(self.file.body, part)

    def _held(self, holder: Element, part: Part) -> Iterator[str]:
        for child in holder:
            if tag_of(child) in HOLDERS:
                yield from self._held(child, part)
            elif tag_of(child) in BLOCKS and child.get("n"):
                yield from self._block(child, part)

    def _block(self, block: Element, part: Part) -> Iterator[str]:
        if self.file.end[block] <= part.first or part.last < self.file.at[block]:
            return
        yield from self._inside(block, part)
        end = self.file.end[block]
        i = bisect_left(self.starts, end) - 1
        is_joined = i >= 0 and self.apart[i] is not part.without and end <= self._end(self.apart[i], "to")
        if not is_joined and not part.last < end:
            yield BREAK

    def _inside(self, node: Element, part: Part) -> Iterator[str]:
        yield from self._words(node.text, self.file.at[node] + 1, part)
        for child in node:
            yield from self._node(child, part)
            yield from self._words(child.tail, self.file.end[child], part)

    def _words(self, words: str | None, at: int, part: Part) -> Iterator[str]:
        if words and self.stands(at, part) and self.is_asked(at, part):
            yield words

    def _node(self, node: Element, part: Part) -> Iterator[str]:
        tag = tag_of(node)
        if tag == "app":
            reading = self.reading(node)
            yield from self._inside(node[0] if reading is None else reading, part)
        elif tag == "anchor":
            is_moved = node.get("type") == "transposed"
            yield from self._moved(node, part) if is_moved else self._begun(node, part)
        elif tag in ("gap", "milestone"):
            yield from self._words(self._sign(node), self.file.at[node], part)
        elif tag not in BESIDE and not (tag == "ref" and node.get("type") in BESIDE_BY_TYPE):
            yield from self._inside(node, part)

    def _sign(self, node: Element) -> str:
        """What a gap, or the end of a block of the witness, is in its text."""
        if tag_of(node) == "milestone":
            return BREAK if node.get("unit") == "block" else ""
        return self.marks.lost if node.get("reason") == "lost" else self.marks.illegible

    def _begun(self, anchor: Element, part: Part) -> Iterator[str]:
        """What it has in place of a stretch that begins here."""
        entry = self.begins.get(f"#{anchor.get(ID)}")
        if entry is None or entry is part.without or not self.is_asked(self.file.at[anchor], part):
            return
        reading = self.reading(entry) if tag_of(entry) == "app" else entry
        if reading is not None:
            yield from self._inside(reading, part)

    def _moved(self, anchor: Element, part: Part) -> Iterator[str]:
        """Words that it has here and the text has elsewhere."""
        here = f"#{anchor.get(ID)}"
        app = self.file.moving.get(here)
        reading = None if app is None else self.named.get(app)
        if app is None or reading is None:
            return
        sign = next((sign for sign in signs_of(reading) if sign.get("target") == here), None)
        at = self.file.at[anchor]
        if sign is None or not (self.is_asked(at, part) and self.stands(at, part)):
            return
        words = "".join(self._of_move(sign, app, part)).strip(" \n")
        look = sign.get("rend", "").split()
        beside = {
            side: " " if f"blank-{side}" in look else BREAK if f"break-{side}" in look else ""
            for side in ("before", "after")
        }
        yield beside["before"] + words + beside["after"]

    def _of_move(self, sign: Element, app: Element, part: Part) -> Iterator[str]:
        if tag_of(sign) == "ref":
            yield from self._bare(sign)
        elif app.get("from"):
            yield from self.body(Part(self._end(app, "from"), self._end(app, "to"), app))
        else:
            yield from self._inside(app[0], part)

    def _bare(self, node: Element) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            yield self._sign(child) if tag_of(child) in ("gap", "milestone") else "".join(self._bare(child))
            yield child.tail or ""
