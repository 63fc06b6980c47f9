"""What a writer asks of a node that stands for an entry: the entry, its face, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx.builders import Builder
from sphinx.errors import NoUri

from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ENTRY, entry_of, key_of_block, split_key
from apparatus.sphinxext.tree.links import uri

if TYPE_CHECKING:
    from apparatus.render.face import Face, Faces


def faces_of(builder: Builder, docname: str) -> Faces:
    """The faces of the entries of a document; only asked for where the edition has been proved."""
    found = domain_of(builder.env).faces_for(docname)
    assert found is not None
    return found


def shown(builder: Builder, node: dn.Element) -> tuple[EditionEntry, Face]:
    """The entry that a node stands for, and its face."""
    return shown_by(builder, node[ENTRY])


def shown_by(builder: Builder, key: str) -> tuple[EditionEntry, Face]:
    """The entry that has the key, and its face."""
    faces = faces_of(builder, split_key(key)[0])
    entry = entry_of(faces.edition, key)
    return entry, faces.of(entry)


def remarks_of(node: dn.Element) -> dict[str, nodes.remark]:
    """The remarks of an entry, by what they are on."""
    return {child["part"]: child for child in node.children if isinstance(child, nodes.remark)}


def words_of(edition: Edition, entry: EditionEntry) -> tuple[str, str] | None:
    """Document and anchor of the words that an entry is about."""
    if entry.block is None:
        return None
    anchor = f"{entry.id}-mark" if entry.number else f"{entry.id}-lemma"
    return edition.document_of(entry.block), anchor if entry.span else entry.place


def language_of(builder: Builder, entry: EditionEntry) -> str:
    """The language of the words that an entry is about; empty if none is declared."""
    if entry.block is None:
        return ""
    docname, i = split_key(key_of_block(faces_of(builder, entry.key[0]).edition, entry.block))
    document = domain_of(builder.env).text_of(docname)
    return document.blocks[i].language if document else ""


def text_round(builder: Builder, entry: EditionEntry) -> str:
    """The text of the block that an entry is about; empty for an entry that has none."""
    return (
        "" if entry.block is None else faces_of(builder, entry.key[0]).edition.text.blocks[entry.block].text
    )


def way_back(builder: Builder, entry: EditionEntry, docname: str | None = None) -> str | None:
    """The address of an entry's words, from the document in which the entry is printed."""
    target = words_of(faces_of(builder, entry.key[0]).edition, entry)
    return uri(builder, docname or entry.key[0], *target) if target else None


def way_to_witness(builder: Builder, key: str, docname: str) -> str | None:
    """The address of the witness or scholar that a siglum means; none if no page lists the witnesses or the siglum is not declared."""
    ways = domain_of(builder.env).ways
    if (key, docname) not in ways:
        ways[key, docname] = _way_to_witness(builder, key, docname)
    return ways[key, docname]


def _way_to_witness(builder: Builder, key: str, docname: str) -> str | None:
    domain = domain_of(builder.env)
    home = domain.conspectus_doc
    if home is None or key not in domain.conspectus.by_key:
        return None
    try:
        return uri(builder, docname, home, key)
    except NoUri:  # the book does not have that document
        return None
