"""A file of XML, piece by piece: what holds others is opened and closed, what holds words comes whole.

Expat reads it, which knows the line of everything and opens no other file. Entities that the file declares are not
expanded: they are reported and stand in the text as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from xml.parsers import expat

#: What may hold a text of any length: the rest of a file is read one such piece after the other.
HOLDERS = frozenset(
    [
        "TEI",
        "teiCorpus",
        "text",
        "group",
        "front",
        "body",
        "back",
        "standOff",
        "listApp",
        "lg",
        "sp",
        "spanGrp",
        "div",
        "div1",
        "div2",
        "div3",
        "div4",
        "div5",
        "div6",
        "div7",
    ]
)
_CHUNK = 1 << 16


class NotReadError(Exception):
    """Why a file cannot be read, in a sentence."""


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, its attributes, what is in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; nothing if it is not there."""
        return self.attributes.get(name, "")

    @property
    def id(self) -> str:
        """``xml:id``."""
        return self.get("id")

    @property
    def lang(self) -> str:
        """``xml:lang``."""
        return self.get("lang")

    @property
    def elements(self) -> list[Node]:
        """The elements in it."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator[Node]:
        """It and every element in it, in the order of the file."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def all(self, *tags: str) -> list[Node]:
        """The elements of these names in it, at any depth."""
        return [node for node in self.walk() if node.tag in tags and node is not self]

    def first(self, *tags: str) -> Node | None:
        """The first of them."""
        return next((node for node in self.walk() if node.tag in tags and node is not self), None)

    def words(self, without: Collection[str] = ()) -> str:
        """Its text, white space folded; that of some elements is left out."""
        return " ".join("".join(self._strings(without)).split())

    def _strings(self, without: Collection[str]) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in without:
                yield from child._strings(without)


@dataclass(frozen=True, slots=True)
class Opened:
    """A holder begins."""

    node: Node


@dataclass(frozen=True, slots=True)
class Closed:
    """A holder ends."""

    node: Node


Piece: TypeAlias = Opened | Closed | Node


@dataclass(slots=True)
class Unread:
    """What of a file is no text: entities that are not resolved, each with its line; and comments."""

    entities: list[tuple[int, str]] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)


def pieces(
    path: Path, unread: Unread | None = None, progress: Callable[[float], None] | None = None
) -> Iterator[Piece]:
    """The pieces of a file, in its order; raises :class:`NotReadError` where it is no XML or no TEI."""
    reader = _Reader(path, unread or Unread())
    size, done = max(1, path.stat().st_size), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield from reader.feed(chunk, last=False)
            done += len(chunk)
            if progress is not None:
                progress(done / size)
    yield from reader.feed(b"", last=True)


class _Reader:
    """Expat, with what has been read of the piece that is open."""

    def __init__(self, path: Path, unread: Unread) -> None:
        self.path, self.unread = path, unread
        self.open: list[Node] = []
        self.holders: list[Node] = []
        self.made: list[Piece] = []
        self.is_begun = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.CommentHandler = self._comment
        self.parser.EntityDeclHandler = self._declared
        self.parser.SkippedEntityHandler = self._skipped
        self.parser.DefaultHandler = self._other
        self.parser.UseForeignDTD(True)  # a name that no one declares is then no end of the file

    def feed(self, data: bytes, *, last: bool) -> Iterator[Piece]:
        try:
            self.parser.Parse(data, last)
        except expat.ExpatError as error:
            said = expat.errors.messages[error.code] if error.code in expat.errors.messages else str(error)
            raise NotReadError(f"{self.path}:{error.lineno}: this is no well-formed XML: {said}") from error
        made, self.made = self.made, []
        yield from made

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self.is_begun:
            self.is_begun = True
            if tag not in ("TEI", "teiCorpus"):
                raise NotReadError(
                    f"{self.path}: this is no TEI P5: its first element is {tag}, and ought to be TEI"
                )
        node = Node(
            tag,
            {key.rpartition(" ")[2]: value for key, value in attributes.items()},
            self.parser.CurrentLineNumber,
        )
        if not self.open and tag in HOLDERS:
            self.holders.append(node)
            self.made.append(Opened(node))
            return
        if self.open:
            self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, name: str) -> None:
        if not self.open:
            self.made.append(Closed(self.holders.pop()))
            return
        node = self.open.pop()
        if not self.open:
            self.made.append(node)

    def _text(self, words: str) -> None:
        if self.open:
            children = self.open[-1].children
            if children and isinstance(children[-1], str):
                children[-1] += words
            else:
                children.append(words)
        elif words.strip():  # words that stand in no block: kept as one
            self.made.append(Node("ab", {}, self.parser.CurrentLineNumber, [words]))

    def _comment(self, words: str) -> None:
        self.unread.comments.append(self.parser.CurrentLineNumber)

    def _declared(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if value is not None and not is_parameter and ("&" in value or len(value) > 1000):
            raise NotReadError(
                f"{self.path}:{self.parser.CurrentLineNumber}: the entity {name} stands for other entities, or for too "
                "much, and could fill the memory; the file is not read"
            )

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._unresolved(f"&{name};")

    def _other(self, data: str) -> None:
        if data.startswith("&") and data.endswith(";"):
            self._unresolved(data)

    def _unresolved(self, written: str) -> None:
        self.unread.entities.append((self.parser.CurrentLineNumber, written))
        self._text(written)


def gist(node: Node) -> str:
    """An entry in a line: who has what."""
    members = [one for one in node.walk() if one.tag in ("lem", "rdg", "note", "witDetail")]
    if not members:
        return node.words()
    return "; ".join(
        f"{one.tag} {one.words(('note',)) or 'om.'} {one.get('wit') or one.get('source') or one.get('resp')}".strip()
        for one in members
    )
