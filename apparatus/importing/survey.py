"""What must be known of a TEI file before its text is read: who is cited, what stands apart from the text, how it is numbered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from apparatus.importing.losses import Losses
from apparatus.importing.pieces import Closed, Node, NotReadError, Opened, Unread, pieces
from apparatus.importing.sigla import Cited, read_cited

#: What blocks of text are.
BLOCKS = frozenset(
    [
        "p",
        "ab",
        "l",
        "head",
        "item",
        "cell",
        "label",
        "stage",
        "speaker",
        "opener",
        "closer",
        "salute",
        "trailer",
    ]
)
_PERSONS = ("person", "bibl", "biblStruct", "editor", "author", "persName")
_POINTING = ("from", "to", "target", "targetEnd", "spanTo")


@dataclass(slots=True)
class Survey:
    """What a first reading finds."""

    header: Node
    cited: Cited
    apps: list[Node] = field(default_factory=list)  #: entries that stand apart
    spans: list[Node] = field(default_factory=list)  #: stretches that a witness lacks, in files of our own
    notes: list[Node] = field(default_factory=list)  #: notes that point to what they are about
    works: list[Node] = field(default_factory=list)  #: structured records of a bibliography
    wanted: frozenset[str] = frozenset()
    has_edition: bool = False  #: whether a div says that it is the edition
    is_numbered: bool = False
    is_ours: bool = False
    is_located: bool = False
    unread: Unread = field(default_factory=Unread)
    series: dict[str, str] = field(
        default_factory=dict
    )  #: of notes in files of our own: what they are called


def survey(path: Path, losses: Losses, progress: Callable[[float], None] | None = None) -> Survey:
    """Read a file for the first time; raises :class:`NotReadError`."""
    found = Survey(Node("teiHeader", {}, 1), Cited())
    lists: list[Node] = []
    persons: list[Node] = []
    wanted: set[str] = set()
    open_: list[Node] = []
    for piece in pieces(path, found.unread, progress):
        if isinstance(piece, Opened):
            open_.append(piece.node)
            found.has_edition |= piece.node.tag.startswith("div") and piece.node.get("type") == "edition"
        elif isinstance(piece, Closed):
            open_.pop()
        else:
            _piece(piece, open_, found, lists, persons, wanted)
    if not any(True for _ in found.header.elements):
        losses.tell(
            "files without a header",
            1,
            "the file has no teiHeader: nothing is known of its title and its witnesses",
        )
    for line, entity in found.unread.entities:
        losses.tell(
            "entities that are not resolved",
            line,
            f"the entity {entity} is not resolved; it stands in the text as it is written",
        )
    for line in found.unread.comments:
        losses.tell("comments of the file", line, "a comment of the XML is left out")
    found.wanted = frozenset(wanted)
    found.cited = read_cited(lists, persons, losses, is_ours=found.is_ours)
    return found


def _piece(
    node: Node, open_: list[Node], found: Survey, lists: list[Node], persons: list[Node], wanted: set[str]
) -> None:
    within = {holder.tag for holder in open_}
    if node.tag == "teiHeader":
        found.header = node
        found.is_ours = any(one.get("ident") == "sphinx-apparatus" for one in node.all("application"))
        encodings = [one.get("method") for one in node.all("variantEncoding")]
        found.is_located = encodings == ["location-referenced"]
    is_apart = bool(within & {"listApp", "standOff"}) or bool(node.get("from") or node.get("loc"))
    if node.tag == "app" and is_apart:
        found.apps.append(node)
    if node.tag == "span" and "spanGrp" in within:
        found.spans.append(node)
    if node.tag in BLOCKS and node.get("n"):
        found.is_numbered = True
    top: Node | None = None
    for inner in node.walk():
        wanted.update(t.rpartition("#")[2] for name in _POINTING if (v := inner.get(name)) for t in v.split())
        if inner.tag in ("seg", "milestone", "l") and inner.get("n"):
            found.is_numbered = True
        if inner.tag in ("listWit", "listRelation") and (top is None or inner not in top.walk()):
            top = inner
            lists.append(inner)
        elif inner.tag in _PERSONS and inner.id:
            is_scholar = found.is_ours and inner.tag == "person" and _is_scholar(node)
            if is_scholar or not found.is_ours:
                persons.append(inner)
        if inner.tag == "biblStruct":
            found.works.append(inner)
    if any(holder.tag.startswith("div") and holder.get("n") for holder in open_):
        found.is_numbered = True
    notes = next((h for h in open_ if h.tag == "div" and h.get("type") == "notes"), None)
    if found.is_ours and notes is not None:
        if node.tag == "head":
            found.series[notes.get("subtype")] = node.words()
        if node.tag == "note":
            found.notes.append(node)
    elif node.tag == "note" and node.get("target") and not within & {"standOff"}:
        found.notes.append(node)


def _is_scholar(node: Node) -> bool:
    return node.tag == "listPerson" and node.get("type") == "scholars"


__all__ = ["BLOCKS", "NotReadError", "Survey", "survey"]
