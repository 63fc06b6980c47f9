r"""Tables of the edited text: the cells of a row side by side.

reledmac numbers no lines within a table of LaTeX. So each row is a paragraph of one line, of which each cell is a box
with its own paragraphs: the entries of all cells are keyed to the one number of that line, and no page ends within a row.
What does not go into such a line stands one below the other: a list or verse in a cell, cells that are joined, a row that
is higher than a part of the page, a table from right to left, and every table where a witness stands opposite.
"""

from __future__ import annotations

from itertools import groupby

from docutils import nodes as dn
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.language import direction
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.latex.flat import numbered_cell, numbered_row, numbered_text
from apparatus.sphinxext.latex.tables import GUTTER, LINE, NARROW, RAGGED, fitted, shortest
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.languages import language_at

#: What may stand in a cell: paragraphs, and what prints nothing in its place.
IN_CELLS = (dn.paragraph, dn.comment, dn.target, nodes.foot, nodes.series_block)
#: How many lines a row may have: no page ends within it, and its entries want room below.
LINES = 15
#: What the number of a passage takes before its words, in characters.
NUMBER = 5


def widths(table: dn.table, config: Config) -> tuple[float, ...]:
    """The width of each column, as a part of the line; none where the cells stand one below the other."""
    rows = [list(row.children) for row in table.findall(dn.row)]
    line = NARROW.get(settings(config).paper, LINE)
    if settings(config).layout == "facing" or not _are_plain(rows) or _is_turned(table, config):
        return ()
    found = _widths([[_paragraphs(cell) for cell in row] for row in rows], line)
    return tuple(round(width / line, 3) for width in found)


def _are_plain(rows: list[list[dn.Node]]) -> bool:
    """Whether there are columns, all rows have all of them, and cells hold paragraphs only."""
    cells = [cell for row in rows for cell in row if isinstance(cell, dn.entry)]
    return (
        len({len(row) for row in rows}) == 1
        and len(rows[0]) > 1
        and not any(cell.get("morecols") or cell.get("morerows") for cell in cells)
        and all(isinstance(child, IN_CELLS) for cell in cells for child in cell.children)
    )


def _is_turned(table: dn.table, config: Config) -> bool:
    """Whether the book, the table or something in it runs from right to left."""
    said = {language_at(paragraph) for paragraph in table.findall(dn.paragraph)}
    return "rtl" in {direction(tag) for tag in (book_language(config), *filter(None, said))}


def _paragraphs(cell: dn.Node) -> list[str]:
    """The words of each paragraph of a cell, with the room of its number."""
    return ["0" * NUMBER + child.astext() for child in cell.children if isinstance(child, dn.paragraph)]


def _widths(rows: list[list[list[str]]], line: int) -> list[float]:
    words = [[" ".join(cell) for cell in row] for row in rows]
    columns = list(zip(*words, strict=True))
    least = [
        1.3 * max((len(w) for cell in column for w in cell.split()), default=1) + GUTTER for column in columns
    ]
    longest = [1.1 * max(map(len, column)) + GUTTER + RAGGED for column in columns]
    whole = list(map(max, longest, least))
    found = whole if sum(whole) <= line else fitted(shortest(words, least, line), line)
    return found if sum(least) <= line and all(_lines(row, found) <= LINES for row in rows) else []


def _lines(row: list[list[str]], found: list[float]) -> float:
    """How many lines a row has, about."""
    rooms = [max(width - GUTTER - RAGGED, 1) for width in found]
    return max(sum(1 + len(words) / room for words in cell) for cell, room in zip(row, rooms, strict=True))


class Rows(SphinxPostTransform):
    """Put the blocks of each row that stands in columns together: the text is cut to its section before."""

    default_priority = PostTransform.ROWS
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at every stretch of the text."""
        for stretch in self.document.findall(numbered_text):
            blocks = [child for child in stretch.children if isinstance(child, dn.Element)]
            stretch.children = []
            for row in _rows(blocks):
                stretch.extend([made(row)] if row[0].get("widths") else row)


def _rows(blocks: list[dn.Element]) -> list[list[dn.Element]]:
    """The blocks, with those of a row together."""
    found: list[list[dn.Element]] = []
    for block in blocks:
        if block.get("widths") and block["kind"] == "cell" and found:
            found[-1].append(block)
        else:
            found.append([block])
    return found


def made(blocks: list[dn.Element]) -> numbered_row:
    """The row of blocks; a cell without words has its room."""
    row = numbered_row(passage=next((b["passage"] for b in blocks if b["passage"]), ""))
    of_column = {column: list(its) for column, its in groupby(blocks, lambda block: block["column"])}
    for column, width in enumerate(blocks[0]["widths"]):
        cell = numbered_cell(width=width, is_head=blocks[0]["is_head"])
        cell.extend(of_column.get(column, []))
        row += cell
    return row
