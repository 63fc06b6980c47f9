"""Tables that reflow: in a narrow window each row is a list of its cells, each with its column's head.

The head of a column is written to its cells, for the style sheet to show; the table stays a table,
to a screen reader too. Tables of two columns fit as they are, and so does one that has its own
arrangement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.sphinxext.outputs import makes_pages
from apparatus.sphinxext.schedule import DoctreeResolved

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: Classes of tables that are made for any width.
ARRANGED = {"whole-apparatus"}


def head_cells(app: Sphinx, doctree: dn.document, docname: str) -> None:
    """Tell the cells of wide tables their column's head; let the browser set the widths of all columns.

    Widths that are given would be style attributes.
    """
    if not makes_pages(app):
        return
    for table in doctree.findall(dn.table):
        table["classes"] = [name for name in table["classes"] if name != "colwidths-given"]
        rows = [list(row.children) for row in table.findall(dn.row)]
        heads = list(table.findall(dn.thead))
        is_plain = all(len(row) == len(rows[0]) for row in rows) if rows else False
        if (
            not heads
            or len(heads[0]) != 1
            or not is_plain
            or len(rows[0]) < 3
            or ARRANGED & set(table["classes"])
        ):
            continue
        table["classes"].append("stacks")
        for row in rows[1:]:
            for head, cell in zip(rows[0], row, strict=True):
                cell["head"] = head.astext()  # type: ignore[index]


def visit_cell(self: HTML5Translator, node: dn.entry) -> None:
    """As docutils has it, with the head of the column."""
    type(self).visit_entry(self, node)
    if head := node.get("head"):
        self.body[-1] = self.body[-1].replace("<td", f'<td data-head="{self.attval(head)}"', 1)


def depart_cell(self: HTML5Translator, node: dn.entry) -> None:
    type(self).depart_entry(self, node)


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", head_cells, priority=DoctreeResolved.HEAD_CELLS)
    app.add_node(dn.entry, override=True, html=(visit_cell, depart_cell))
