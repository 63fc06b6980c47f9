"""The foot of a section: its series, each with its entries in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes as dn

from apparatus.classes import VariantClass
from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext.config import Settings
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import (
    BLOCK,
    ENTRY,
    Holdings,
    entry_of,
    holder_of,
    key_of_block,
    make_key,
)

if TYPE_CHECKING:
    from apparatus.render.face import Face, Faces


class Row(NamedTuple):
    """An entry of a foot: its value, its node if it holds anything, and how it is listed."""

    entry: EditionEntry
    node: nodes.apparatus_entry | None
    listed: nodes.Listed


#: Of each entry of a foot its value and its node.
Found = list[tuple[EditionEntry, nodes.apparatus_entry | None]]


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


def arrange_feet(here: Holdings, faces: Faces, config: Settings) -> None:
    """Fill each foot of a document with the entries to the blocks of its section."""
    edition = faces.edition
    by_block = _feet_by_block(here)
    wanted: dict[int, Found] = {}
    for key, stood in ((key, foot) for foot in here.feet for key in foot["entries"]):
        entry = entry_of(edition, key)
        foot = by_block.get("" if entry.block is None else key_of_block(edition, entry.block), stood)
        wanted.setdefault(id(foot), []).append((entry, here.entries.get(key)))
    for foot in here.feet:
        found = sorted(wanted.get(id(foot), []), key=lambda row: edition.rank[row[0].key])
        if found:
            _fill(foot, found, config, faces)
        else:
            foot.parent.remove(foot)


def _fill(foot: nodes.foot, found: Found, config: Settings, faces: Faces) -> None:
    foot.clear()
    block = found[0][0].block
    number = faces.edition.text.blocks[block].section if block is not None else ""
    foot["section"] = number
    for series in config.series.values():
        of_series = [row for row in found if row[0].series.name == series.name]
        if of_series:
            listed = nodes.series_list(series=series.name, form=series.form, label=series.label)
            listed += _nodes(_clusters(_rows(of_series, faces)))
            foot += listed


def _rows(found: Found, faces: Faces) -> Iterator[Row]:
    """Tell of each entry its anchor, and what style sheets go by.

    A place that the entry before has named is not printed again. It is where only substantive
    entries are shown and the one that named it is not of them.
    """
    before = substantive_before = None
    for entry, node in found:
        face = faces.of(entry)
        classes = [*_classes(entry, face)]
        if entry.number is None and face.place == before:
            classes.append("same-place")
            if face.place != substantive_before:
                classes.append("place-again")
        before = face.place
        if face.is_substantive:
            substantive_before = face.place
        yield Row(entry, node, nodes.Listed(make_key(*entry.key), entry.id, tuple(classes)))


def _classes(entry: EditionEntry, face: Face) -> Iterator[str]:
    if entry.span is None:
        yield "unplaced"
    if not face.is_substantive:
        yield "accidental"
    yield from map(class_of, face.classes)


def class_of(variants: VariantClass) -> str:
    """By what a style sheet knows the entries of a class of variants, and the lemmata that have no others."""
    return f"v-{variants.name}"


def _clusters(rows: Iterable[Row]) -> list[list[Row]]:
    """Entries of a series whose lemmata overlap or nest, together; notes each alone."""
    clusters: list[list[Row]] = []
    reach = -1
    for row in rows:
        entry = row.entry
        together = entry.span is not None and entry.number is None and entry.span.start < reach
        if not together or not clusters:
            clusters.append([])
            reach = -1
        clusters[-1].append(row)
        if entry.span is not None:
            reach = max(reach, entry.span.end)
    return clusters


def _nodes(clusters: Iterable[list[Row]]) -> Iterator[dn.Element]:
    """A node for each cluster with an entry that holds anything, and one for all between two of these."""
    for is_held, run in groupby(clusters, key=lambda cluster: any(row.node is not None for row in cluster)):
        if is_held:
            yield from (cluster_of([(row.listed, row.node) for row in cluster]) for cluster in run)
        else:
            yield nodes.formal_entries(clusters=[[row.listed for row in cluster] for cluster in run])


def cluster_of(entries: Iterable[tuple[nodes.Listed, nodes.apparatus_entry | None]]) -> nodes.cluster:
    """A cluster with a node for each of its entries."""
    cluster = nodes.cluster()
    for listed, held in entries:
        node = held if held is not None else node_of(listed.key, {})
        node["ids"].append(listed.id)
        node["classes"] += listed.classes
        cluster += node
    return cluster


def _feet_by_block(here: Holdings) -> dict[str, nodes.foot]:
    """Block → the foot of its section."""
    feet: dict[str, nodes.foot] = {}
    of_section = {id(foot.parent): foot for foot in here.feet}
    for block in here.blocks:
        section = holder_of(block, (dn.section, dn.document))
        if id(section) in of_section:
            feet[block[BLOCK]] = of_section[id(section)]
    return feet
