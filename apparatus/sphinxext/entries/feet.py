"""The foot of a section: its series, each with its entries in the order of the text."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext.config import Settings
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import BLOCK, ENTRY, entry_of, holder_of, key_of_block, keyed_blocks


def dissolve_feet(document: dn.document, edition: Edition) -> None:
    """In print entries stand with their lemmata; only what has no place at all stays where it stood."""
    for foot in list(document.findall(nodes.foot)):
        left = [node for node in foot.findall(nodes.entry) if _is_homeless(node, edition)]
        foot.parent.replace(foot, [dn.paragraph("", "", *node.children) for node in left])


def arrange_feet(
    document: dn.document, edition: Edition, entry_nodes: dict[str, nodes.entry], config: Settings
) -> None:
    """Fill each foot with the entries to the blocks of its section."""
    feet = _feet_by_block(document)
    wanted: dict[int, list[tuple[EditionEntry, nodes.entry]]] = {}
    for key, node in entry_nodes.items():
        entry = entry_of(edition, key)
        by_block = feet.get("" if entry.block is None else key_of_block(edition, entry.block))
        foot = holder_of(node, nodes.foot) if by_block is None else by_block
        wanted.setdefault(id(foot), []).append((entry, node))
    for foot in list(document.findall(nodes.foot)):
        rows = sorted(wanted.get(id(foot), []), key=lambda row: edition.rank[row[0].key])
        if rows:
            _fill(foot, rows, config, edition)
        else:
            foot.parent.remove(foot)


def _fill(
    foot: nodes.foot, rows: list[tuple[EditionEntry, nodes.entry]], config: Settings, edition: Edition
) -> None:
    foot.clear()
    block = rows[0][0].block
    number = edition.text.blocks[block].number.split(".")[0] if block is not None else ""
    foot["section"] = number
    for series in config.series.values():
        its_rows = [row for row in rows if row[0].series.name == series.name]
        if not its_rows:
            continue
        listed = nodes.series_list(series=series.name, form=series.form, label=series.label)
        _say_what_they_are(its_rows)
        listed += _clusters(its_rows)
        foot += listed


def _say_what_they_are(rows: list[tuple[EditionEntry, nodes.entry]]) -> None:
    """Name each entry's kind; a place that the entry before has named is not printed again.

    It is where only substantive entries are shown and the one that named it is not of them.
    """
    before = substantive_before = None
    for entry, node in rows:
        node["kind"] = "Note" if entry.number else entry.series.label
        if entry.number is None and node["place"] == before:
            node["classes"].append("same-place")
            if node["place"] != substantive_before:
                node["classes"].append("place-again")
        before = node["place"]
        if "accidental" not in node["classes"]:
            substantive_before = node["place"]


def _clusters(rows: list[tuple[EditionEntry, nodes.entry]]) -> list[nodes.cluster]:
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


def _is_homeless(node: nodes.entry, edition: Edition) -> bool:
    return entry_of(edition, node[ENTRY]).block is None
