"""Tables outside the edited text: columns as wide as their words need, and pages where they end.

Sphinx gives a table with long cells columns of equal width and no page break below thirty rows;
on paper the one breaks words, the other runs off the page.
"""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.latex import LaTeXTranslator

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.latex.flat import row_head
from apparatus.sphinxext.schedule import PostTransform

#: With less text than this in every row a table is left to its natural width.
ROW_OF_PROSE = 70
#: With more text than this in all, or more rows, a table may run over the page.
PAGE_OF_PROSE, PAGE_OF_ROWS = 900, 15
#: With so many columns a heading of rows stands above them.
WIDE = 4
#: Characters in a line of a table, and what the space between two columns takes of them.
LINE, GUTTER = 76, 3
#: What a ragged line wastes, what the last one of a cell does, and by how much a column is widened at a
#: time, in characters.
RAGGED, LAST, STEP = 3, 6, 1
#: The same for a narrow page.
NARROW = {"royal": 68}


class Tables(SphinxPostTransform):
    """Set the widths of columns."""

    default_priority = PostTransform.TABLES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at every table that is still one."""
        for table in self.document.findall(dn.table):
            head_rows(table)
            hold_last_rows(table)
            rows = [[cell.astext() for cell in row.children] for row in table.findall(dn.row)]
            sizes = [sum(map(len, row)) for row in rows]
            if "longtable" not in table["classes"] and (
                sum(sizes) > PAGE_OF_PROSE or len(rows) > PAGE_OF_ROWS
            ):
                table["classes"].append("longtable")
            if max(sizes, default=0) > ROW_OF_PROSE or "colwidths-given" in table["classes"]:
                set_widths(table, rows, NARROW.get(settings(self.config).paper, LINE))


def hold_last_rows(table: dn.table) -> None:
    """Keep the last row of a table with the one before it: alone it would take a page with its own head."""
    rows = [row for part in table.findall(dn.tbody) for row in part.findall(dn.row)]
    for row in rows[-2:-1]:
        row["held"] = True


def visit_row(self: LaTeXTranslator, node: dn.row) -> None:
    """As Sphinx has it."""
    LaTeXTranslator.visit_row(self, node)


def depart_row(self: LaTeXTranslator, node: dn.row) -> None:
    """As Sphinx has it, but the end of a row that is held is no place to end a page."""
    at = len(self.body)
    LaTeXTranslator.depart_row(self, node)
    if node.get("held"):
        # Not \\*, which longtable forgets behind a cell of several lines.
        self.body[at] = self.body[at].replace(r"\\", r"\\\noalign{\nobreak}", 1)


def head_rows(table: dn.table) -> None:
    """In a wide table whose rows begin with a heading (in bold type), set it above the other cells.

    A column of its own would take a fifth of the page. It stays in its row, as a first line of the
    cells, so that no page ends between them.
    """
    body = [row for part in table.findall(dn.tbody) for row in part.findall(dn.row)]
    columns = list(table.findall(dn.colspec))
    if len(columns) < WIDE or not body or not all(is_head(row.children[0]) for row in body):
        return
    for row in table.findall(dn.row):
        first, *others = row.findall(dn.entry)
        row.remove(first)
        if row in body:
            words = next(iter(first.findall(dn.strong))).children
            for cell in others:
                head = row_head("", "", *(words if cell is others[0] else ()))
                cell.insert(0, dn.paragraph("", "", head))
    columns[0].parent.remove(columns[0])
    columns[1].parent["cols"] = len(columns) - 1


def is_head(cell: dn.Node) -> bool:
    """Whether a cell holds nothing but words in bold type."""
    strong = next(iter(cell.findall(dn.strong)), None)
    return strong is not None and strong.astext() == cell.astext()


def set_widths(table: dn.table, rows: list[list[str]], line: int) -> None:
    """Give each column its width: as the author says, or so that the table is as short as can be."""
    columns = list(table.findall(dn.colspec))
    if any(len(row) != len(columns) for row in rows):
        return
    words = [
        max((len(w) for cell in cells for w in cell.split()), default=1) for cells in zip(*rows, strict=True)
    ]
    least = [max(1.3 * word, RAGGED + 2) + GUTTER for word in words]
    if "colwidths-given" in table["classes"] and "figures" not in table["classes"]:
        given = sum(column["colwidth"] for column in columns)
        widths = [max(w, c["colwidth"] / given * line) for w, c in zip(least, columns, strict=True)]
    else:
        widths = fitted(shortest(rows, least, line), line)
        table["classes"].append("colwidths-given")
    for column, width in zip(columns, widths, strict=True):
        column["colwidth"] = round(10 * width)


def fitted(widths: list[float], line: int) -> list[float]:
    """Widths that a line holds: what is too much is taken from the widest column, but half of it at most.

    LaTeX would make all columns narrower alike, and so divide a short word that had its width.
    """
    widest = widths.index(max(widths))
    over = min(max(sum(widths) - line, 0), widths[widest] / 2)
    return [width - over if i == widest else width for i, width in enumerate(widths)]


def shortest(rows: list[list[str]], least: list[float], line: int) -> list[float]:
    """Widths that make the rows low: what is left of the line is given out bit by bit, each to the column where it saves most."""
    widths = list(least)
    needed = [[len(cell) + LAST for cell in row] for row in rows]

    def height() -> float:
        return sum(
            max(n / max(w - GUTTER - RAGGED, 1) for n, w in zip(row, widths, strict=True)) for row in needed
        )

    while sum(widths) < line:
        heights = []
        for i in range(len(widths)):
            widths[i] += STEP
            heights.append(height())
            widths[i] -= STEP
        widths[heights.index(min(heights))] += STEP
    return widths
