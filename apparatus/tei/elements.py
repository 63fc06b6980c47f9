"""Elements of TEI, made in the order in which they are read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager

from apparatus.tei.names import TEI, XML

Element = ET.Element

#: Attributes of XML's own.
_XML = {"id": f"{{{XML}}}id", "lang": f"{{{XML}}}lang"}


def element(tag: str, text: str = "", /, **attributes: str | None) -> Element:
    """An element with some text. ``id`` and ``lang`` are XML's; a trailing ``_`` is dropped; what is empty is left out."""
    given = {name.rstrip("_"): value for name, value in attributes.items() if value}
    made = Element(f"{{{TEI}}}{tag}", {_XML.get(name, name): value for name, value in given.items()})
    made.text = text or None
    return made


class Mixed:
    """Text and elements one after the other, inside one element."""

    def __init__(self, root: Element) -> None:
        self._open = [root]

    @property
    def here(self) -> Element:
        """The element that is being filled."""
        return self._open[-1]

    def text(self, words: str) -> None:
        """Write words."""
        parent = self.here
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words

    def put(self, made: Element) -> None:
        """Write an element that is whole."""
        self.here.append(made)

    @contextmanager
    def inside(self, made: Element) -> Iterator[Element]:
        """Write an element and what comes while the context lasts into it."""
        self.here.append(made)
        self._open.append(made)
        yield made
        self._open.pop()


#: What holds no words itself: white space in it is nobody's, and makes the file one that can be read.
_OF_ELEMENTS = frozenset(
    (
        *[
            "TEI",
            "teiHeader",
            "fileDesc",
            "titleStmt",
            "editionStmt",
            "publicationStmt",
            "availability",
            "sourceDesc",
            "listWit",
            "listRelation",
        ],
        *[
            "encodingDesc",
            "editorialDecl",
            "appInfo",
            "application",
            "refsDecl",
            "classDecl",
            "taxonomy",
            "profileDesc",
            "langUsage",
        ],
        *[
            "revisionDesc",
            "standOff",
            "listPerson",
            "listPlace",
            "listOrg",
            "listApp",
            "spanGrp",
            "person",
            "place",
            "org",
            "location",
        ],
        *["text", "front", "body", "back", "div", "list", "table", "row", "lg", "figure"],
    )
)


#: What XML cannot have at all (XML 1.0, 2.2): registers and lists of witnesses may, by TOML's escapes.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _laid_out(node: Element) -> None:
    if node.tag.removeprefix(f"{{{TEI}}}") in _OF_ELEMENTS:
        node.text = node.text or ("\n" if len(node) else None)
        for child in node:
            child.tail = child.tail or "\n"
    for child in node:
        _laid_out(child)


def written(root: Element) -> bytes:
    """The file."""
    _laid_out(root)
    ET.register_namespace("", TEI)  # for the whole process, in which another file may have had another
    made: str = ET.tostring(root, encoding="unicode")
    legal = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", made)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{legal}\n'.encode()
