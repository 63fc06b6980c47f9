"""The foot of a section: its series, each with its entries in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.classes import VariantClass
from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext.config import Settings
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import (
    BLOCK,
    ENTRY,
    entry_nodes,
    entry_of,
    holder_of,
    key_of_block,
    keyed_blocks,
)

if TYPE_CHECKING:
    from apparatus.render.face import Face, Faces

#: Of each entry of a foot its value and its node.
Rows = list[tuple[EditionEntry, nodes.apparatus_entry]]


def node_of(key: str, resting: Mapping[str, nodes.apparatus_entry]) -> nodes.apparatus_entry:
    """The node of an entry: the one that waits in the document, or a new one if that holds nothing."""
    if (found := resting.get(key)) is None:
        found = nodes.formal_entry()
        found[ENTRY] = key
    return found


def dissolve_feet(
    document: dn.document, edition: Edition, resting: Mapping[str, nodes.apparatus_entry]
) -> None:
    """In print entries stand with their lemmata; only what has no place at all stays where it stood."""
    for foot in list(document.findall(nodes.foot)):
        homeless = [node_of(k, resting) for k in foot["entries"] if entry_of(edition, k).block is None]
        foot.parent.replace(foot, [dn.paragraph("", "", *_printed(node)) for node in homeless])


def _printed(node: nodes.apparatus_entry) -> list[dn.Node]:
    return [node] if isinstance(node, nodes.formal_entry) else list(node.children)


def arrange_feet(document: dn.document, faces: Faces, config: Settings) -> None:
    """Fill each foot with the entries to the blocks of its section."""
    feet = list(document.findall(nodes.foot))
    resting, edition = entry_nodes(document), faces.edition
    by_block = _feet_by_block(document)
    wanted: dict[int, Rows] = {}
    for key, stood in ((key, foot) for foot in feet for key in foot["entries"]):
        entry = entry_of(edition, key)
        foot = by_block.get("" if entry.block is None else key_of_block(edition, entry.block), stood)
        wanted.setdefault(id(foot), []).append((entry, node_of(key, resting)))
    for foot in feet:
        rows = sorted(wanted.get(id(foot), []), key=lambda row: edition.rank[row[0].key])
        if rows:
            _fill(foot, rows, config, faces)
        else:
            foot.parent.remove(foot)


def _fill(foot: nodes.foot, rows: Rows, config: Settings, faces: Faces) -> None:
    foot.clear()
    block = rows[0][0].block
    number = faces.edition.text.blocks[block].section if block is not None else ""
    foot["section"] = number
    for series in config.series.values():
        its_rows = [row for row in rows if row[0].series.name == series.name]
        if not its_rows:
            continue
        listed = nodes.series_list(series=series.name, form=series.form, label=series.label)
        _classify(its_rows, faces)
        listed += _clusters(its_rows)
        foot += listed


def _classify(rows: Rows, faces: Faces) -> None:
    """Tell each node its anchor, and what style sheets go by.

    A place that the entry before has named is not printed again. It is where only substantive
    entries are shown and the one that named it is not of them.
    """
    before = substantive_before = None
    for entry, node in rows:
        face = faces.of(entry)
        node["ids"].append(entry.id)
        node["classes"] += _classes(entry, face)
        if entry.number is None and face.place == before:
            node["classes"].append("same-place")
            if face.place != substantive_before:
                node["classes"].append("place-again")
        before = face.place
        if face.is_substantive:
            substantive_before = face.place


def _classes(entry: EditionEntry, face: Face) -> Iterator[str]:
    if entry.span is None:
        yield "unplaced"
    if not face.is_substantive:
        yield "accidental"
    yield from map(class_of, face.classes)


def class_of(variants: VariantClass) -> str:
    """By what a style sheet knows the entries of a class of variants, and the lemmata that have no others."""
    return f"v-{variants.name}"


def _clusters(rows: Rows) -> list[nodes.cluster]:
    """Entries of a series whose lemmata overlap or nest, together; notes each alone."""
    clusters: list[nodes.cluster] = []
    reach = -1
    for entry, node in rows:
        together = entry.span is not None and entry.number is None and entry.span.start < reach
        if not together or not clusters:
            clusters.append(nodes.cluster())
            reach = -1
        clusters[-1] += node
        if entry.span is not None:
            reach = max(reach, entry.span.end)
    return clusters


def _feet_by_block(document: dn.document) -> dict[str, nodes.foot]:
    """Block → the foot of its section."""
    feet: dict[str, nodes.foot] = {}
    of_section = {id(foot.parent): foot for foot in document.findall(nodes.foot)}
    for block in keyed_blocks(document):
        section = holder_of(block, (dn.section, dn.document))
        if id(section) in of_section:
            feet[block[BLOCK]] = of_section[id(section)]
    return feet
