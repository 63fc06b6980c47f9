"""Where in the edition a node stands: the keys that nodes at rest carry, and the way up the tree.

A block of edited text and an entry are known, before anything has a number, by their document and
their place in it. :mod:`apparatus.sphinxext.source.collect` gives the keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, TypeAlias

from docutils import nodes as dn

from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext.tree import nodes

#: The attributes of a node that have the key of a block and of an entry.
BLOCK, ENTRY = "block_key", "entry_key"


def make_key(docname: str, i: int) -> str:
    """The key of the block or entry that is number *i* (from 0) in its document."""
    return f"{docname}#{i}"


def split_key(key: str) -> tuple[str, int]:
    """The document and the number in it that a key names."""
    docname, _, i = key.rpartition("#")
    return docname, int(i)


def keyed_blocks(document: dn.Element) -> list[dn.Element]:
    """The blocks of edited text of a document, in its order."""
    return [node for node in document.findall(dn.Element) if BLOCK in node]


def entry_nodes(document: dn.Element) -> dict[str, nodes.apparatus_entry]:
    """The entries that have a node in a document, by their keys, in its order."""
    return {node[ENTRY]: node for node in document.findall(nodes.apparatus_entry)}


def entries_in(document: dn.Element) -> Iterator[tuple[str, nodes.apparatus_entry | None]]:
    """The keys of the entries that a document prints, in its order, each with its node if it holds anything."""
    for node in document.findall(dn.Element):
        if isinstance(node, nodes.apparatus_entry):
            yield node[ENTRY], node
        elif isinstance(node, nodes.formal_entries):
            yield from ((key, None) for key in keys_of(node))


def keys_of(entries: nodes.formal_entries) -> Iterator[str]:
    """The keys of entries that have no node."""
    return (listed.key for cluster in entries["clusters"] for listed in cluster)


class Holdings(NamedTuple):
    """What a document has of the edition."""

    blocks: list[dn.Element]
    entries: dict[str, nodes.apparatus_entry]  #: those that have a node, by their keys
    feet: list[nodes.foot]

    @property
    def documents(self) -> set[str]:
        """The documents to which it belongs; a book has those of all."""
        keys = chain(
            (block[BLOCK] for block in self.blocks), self.entries, *(foot["entries"] for foot in self.feet)
        )
        return {split_key(key)[0] for key in keys}


def holdings(document: dn.Element) -> Holdings:
    """What a document has of the edition, each in its order; a large document is walked once."""
    found = Holdings([], {}, [])
    for node in document.findall(dn.Element):
        if BLOCK in node:
            found.blocks.append(node)
        if isinstance(node, nodes.apparatus_entry):
            found.entries[node[ENTRY]] = node
        elif isinstance(node, nodes.foot):
            found.feet.append(node)
    return found


def entry_of(edition: Edition, key: str) -> EditionEntry:
    """The entry that has the key."""
    return edition.by_key[split_key(key)]


def block_of(edition: Edition, key: str) -> int:
    """Which block of the edition has the key."""
    docname, i = split_key(key)
    return edition.blocks_of[docname][i]


def key_of_block(edition: Edition, index: int) -> str:
    """The key of a block of the edition."""
    docname = edition.document_of(index)
    return make_key(docname, index - edition.blocks_of[docname].start)


def ancestors(node: dn.Node) -> Iterator[dn.Element]:
    """The nodes that hold *node*, the nearest first."""
    while node.parent is not None:
        node = node.parent
        yield node


Kinds: TypeAlias = type[dn.Element] | tuple[type[dn.Element], ...]


def holder_of(node: dn.Node, kinds: Kinds) -> dn.Element | None:
    """The nearest of the nodes that hold *node* that is of one of the kinds."""
    return next((above for above in ancestors(node) if isinstance(above, kinds)), None)


def is_inside(node: dn.Node, kinds: Kinds) -> bool:
    """Whether a node of one of the kinds holds *node*."""
    return holder_of(node, kinds) is not None
