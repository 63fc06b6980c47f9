"""What editors say in a TEI file, as MyST: remarks, notes, introductions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apparatus.importing import myst
from apparatus.importing.language import language
from apparatus.importing.pieces import Node

_LOOKS = {
    "italic": "*",
    "italics": "*",
    "bold": "**",
    "superscript": "{sup}`",
    "sup": "{sup}`",
    "subscript": "{sub}`",
    "code": "`",
}
_WRITTEN = re.compile(r"_([0-9a-f]+)_")
_ANCHOR = re.compile(r"[0-9]\S*|[a-z]+-[0-9ivxlcdm]\S*")
#: Elements that hold blocks of prose.
_HOLDERS = frozenset(
    [
        "div",
        "quote",
        "cit",
        "figure",
        "floatingText",
        "body",
        "epigraph",
        "argument",
        "listBibl",
        "note",
        "opener",
        "closer",
    ]
)


def inline(node: Node, *, without: frozenset[str] = frozenset()) -> str:
    """The words of an element with their markup, on one line."""
    return " ".join("".join(_pieces(node, without)).split())


def _pieces(node: Node, without: frozenset[str]) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield myst.plain(child)
        elif child.tag not in without:
            yield _one(child, without)


def _one(node: Node, without: frozenset[str]) -> str:
    inside = "".join(_pieces(node, without))
    if node.tag in ("hi", "emph"):
        return _around(inside, _LOOKS.get(node.get("rend") or "italic", ""))
    if node.tag in ("title", "mentioned") and node.get("level") in ("m", "j", "s"):
        return _around(inside, "*")
    if node.tag == "foreign" and (tag := language(node.lang)) and inside.strip():
        return f"[{inside.strip()}]{{lang={tag}}}"
    if node.tag in ("ref", "ptr") and (target := node.get("target")):
        return _link(inside, target)
    if node.tag == "note" and inside.strip():
        return f" ({inside.strip()})"
    if node.tag == "lb" or node.tag in ("p", "item", "ab", "l"):
        return f" {inside} "
    return inside


def _around(inside: str, sign: str) -> str:
    core = inside.strip()
    if not sign or not core:
        return inside
    lead, tail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    if sign.endswith("`"):
        return f"{lead}{sign}{_unescaped(core)}`{tail}" if "`" not in core else inside
    if not (core[0].isalnum() and core[-1].isalnum()) and "*" in core:
        return inside
    return f"{lead}{sign}{core}{sign}{tail}"


def _unescaped(source: str) -> str:
    return re.sub(r"\\(.)", r"\1", source)


def _link(inside: str, target: str) -> str:
    words = inside.strip()
    if target.startswith(("http://", "https://")):
        shown = words or myst.plain(target)
        return f"[{shown}](<{target}>)" if not re.search(r"[<>\s]", target) else inside
    own = target.removeprefix("#")
    anchor = _WRITTEN.sub(lambda found: chr(int(found[1], 16)), own[1:]) if own.startswith("p") else ""
    if anchor and _ANCHOR.fullmatch(anchor):
        return f"[{'' if _unescaped(words) in (anchor, anchor.rpartition('-')[2]) else words}](#{anchor})"
    return inside or myst.plain(own)


class Pages:
    """Documents of what editors say, piece by piece."""

    def __init__(self) -> None:
        self.documents: dict[str, list[str]] = {}
        self.level = 0

    def add(self, name: str, node: Node, depth: int) -> None:
        """Write a block into a document; *depth* is how many divisions it stands in."""
        if name not in self.documents:
            self.documents[name], self.level = [], 0
        lines = self.documents[name]
        if node.tag == "head":
            self.level = max(1, min(depth, self.level + 1))
            lines += [f"{'#' * self.level} {inline(node)}", ""]
        else:
            lines += self._block(node, "")

    def _block(self, node: Node, indent: str) -> list[str]:
        if node.tag == "list":
            return self._list(node, indent)
        if node.tag == "table":
            return self._table(node, indent)
        if node.tag in _HOLDERS and any(
            one.tag in ("p", "ab", "l", "list", "bibl", "biblStruct", "table") for one in node.elements
        ):
            return [line for one in node.elements for line in self._block(one, indent)]
        if node.tag in ("listWit", "listPerson", "listPlace", "listOrg"):
            return [line for one in node.elements for line in self._block(one, indent)]
        words = inline(node)
        return [f"{indent}{myst.at_head(words)}", ""] if words else []

    def _list(self, node: Node, indent: str) -> list[str]:
        lines: list[str] = []
        for item in node.elements:
            inner = [one for one in item.elements if one.tag == "list"]
            words = inline(item, without=frozenset(["list"]))
            lines.append(f"{indent}- {myst.at_head(words) or '–'}")
            for deeper in inner:
                lines += ["", *self._list(deeper, f"{indent}  ")]
        return [*lines, ""]

    def _table(self, node: Node, indent: str) -> list[str]:
        rows = [
            [inline(cell).replace("|", "\\|") for cell in row.elements if cell.tag == "cell"]
            for row in node.elements
            if row.tag == "row"
        ]
        width = max(map(len, rows), default=0)
        if not width:
            return []
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        written = [f"{indent}| {' | '.join(row)} |" for row in padded]
        return [written[0], f"{indent}|{' --- |' * width}", *written[1:], ""]
