"""A table that the extension itself puts on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from docutils import nodes as dn

from apparatus.sphinxext.tree.languages import spoken

#: What a cell holds: words, a node, or several.
Cell: TypeAlias = str | dn.Node | list[dn.Node]


def table(
    head: Sequence[Cell], rows: Iterable[Sequence[Cell]], widths: Sequence[int], *classes: str
) -> dn.table:
    """A table with a line of heads, which are the edition's own words; *widths* are those of its columns, in hundredths."""
    group = dn.tgroup("", *(dn.colspec(colwidth=width) for width in widths), cols=len(widths))
    heads = _row(head)
    spoken(*heads.findall(dn.paragraph))
    group += [dn.thead("", heads), dn.tbody("", *map(_row, rows))]
    return dn.table("", group, classes=list(classes))


def _row(cells: Sequence[Cell]) -> dn.row:
    return dn.row("", *(dn.entry("", dn.paragraph("", "", *_nodes(cell))) for cell in cells))


def _nodes(cell: Cell) -> list[dn.Node]:
    if isinstance(cell, list):
        return cell
    return [dn.Text(cell) if isinstance(cell, str) else cell]
