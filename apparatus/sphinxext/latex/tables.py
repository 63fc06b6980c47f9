"""Tables outside the edited text: columns as wide as their words need, and pages where they end.

Sphinx gives a table with long cells columns of equal width and no page break below thirty rows;
on paper the one breaks words, the other runs off the page.
"""

from __future__ import annotations

import math

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

#: With less text than this in every row a table is left to its natural width.
ROW_OF_PROSE = 70
#: With more text than this in all, or more rows, a table may run over the page.
PAGE_OF_PROSE, PAGE_OF_ROWS = 900, 15
#: Characters in a line of a table, and what the space between two columns takes of them.
LINE, GUTTER = 78, 4
#: The same for a narrow page.
NARROW = {"royal": 66}


class Tables(SphinxPostTransform):
    """Set the widths of columns; runs when edited text has been flattened (590)."""

    default_priority = 596
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at every table that is still one."""
        for table in self.document.findall(nodes.table):
            rows = [[cell.astext() for cell in row.children] for row in table.findall(nodes.row)]
            sizes = [sum(map(len, row)) for row in rows]
            if "longtable" not in table["classes"] and (
                sum(sizes) > PAGE_OF_PROSE or len(rows) > PAGE_OF_ROWS
            ):
                table["classes"].append("longtable")
            if max(sizes, default=0) > ROW_OF_PROSE or "colwidths-given" in table["classes"]:
                set_widths(table, rows, NARROW.get(self.config.apparatus_paper, LINE))


def set_widths(table: nodes.table, rows: list[list[str]], line: int) -> None:
    """Give each column room for its longest word; the rest as the author says, or by what it holds."""
    columns = list(table.findall(nodes.colspec))
    if any(len(row) != len(columns) for row in rows):
        return
    given = sum(column["colwidth"] for column in columns) if "colwidths-given" in table["classes"] else 0
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        share = (
            column["colwidth"] / given * line
            if given
            else 0.7 * line / LINE * math.sqrt(sum(map(len, cells)))
        )
        column["colwidth"] = round(10 * max(1.15 * word + GUTTER, share))
    if not given:
        table["classes"].append("colwidths-given")
