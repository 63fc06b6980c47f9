"""Nodes that exist only on the way to LaTeX.

They are flat where the document was nested: reledmac cannot number the lines inside a list,
quotation or table of LaTeX, so each block of edited text becomes one :class:`numbered_block`.
All derive from plain docutils classes; the blocks from ``TextElement``, because Sphinx's
LaTeX writer breaks the line before a reference whose parent is not one.
"""

from __future__ import annotations

from docutils import nodes as dn


class numbered_text(dn.container):
    r"""A stretch of edited text, from ``\beginnumbering`` to ``\pausenumbering``."""


class numbered_block(dn.TextElement):
    """One block of edited text, from ``\\pstart`` to ``\\pend``.

    ``kind``
        ``heading-0`` … ``heading-2``, ``subtitle``, ``paragraph``, ``item``,
        ``item-continuation``, ``quote``, ``verse``, ``stanza`` (the first line of one),
        ``cell``, ``row`` (the first cell of one).
    ``depth``
        how often it is indented.
    ``marker``
        bullet or number of a list item.
    ``passage``
        its number, such as ``2.3``; empty for what the edition does not number.
    ``outline``
        what running heads and bookmarks call it.
    ``contents``
        what the contents call it, where that is more: a heading with its second line.
    """


class numbered_row(dn.TextElement):
    """A row of a table whose cells stand side by side, one line for reledmac; ``passage`` is the first of it."""


class numbered_cell(dn.TextElement):
    """A cell of it, with its blocks; ``width``, as a part of the line, and whether it is of the table's head."""


class note_paragraph(dn.TextElement):
    """A paragraph of a note; the first has ``first`` set."""


class bibliography_list(dn.container):
    """The entries of one bibliography, in the place where it was asked for."""


class bibliography_item(dn.TextElement):
    """One entry of a bibliography; ``target`` is what the citations of it point to."""


class foreign(dn.inline):
    """Words in the language ``lang``: what the source marks by a class (``language-de``)."""


class row_head(dn.inline):
    """The heading of a table's row, above its first cell; empty above the others."""


class same_label(dn.Element, dn.Inline):
    """Marks an occurrence of words that a lemma near by has too (``label``)."""
