"""The printed edition: LuaLaTeX with reledmac, by Sphinx's own LaTeX builder.

=================  =========================================================================
``wing``           what is registered when a book is made, and not before
``dates``          how a day is written out
``settings``       what ``conf.py`` need not say
``words``          what the style files print in another language
``entries``        entries and notes as content of the milestones where their lemmata begin
``face``           what an entry prints, from its face
``same``           numbers that tell same words in a line apart
``parted``         links and raised letters, parted where lemmata begin and end
``reshape``        the edited text as flat numbered blocks
``bibliography``   each bibliography in its place
``languages``      words in another language, by their class
``division``       the patterns by which words are divided
``faces``          the letters that the faces of the book have
``scripts``        which faces and directions the words of the book need
``names``          the index of names, with pages
``tables``         widths of columns
``columns``        rows of tables of the edited text, their cells side by side
``left_out``       what the book has in another form already
``offprint``       one section for itself
``facing``         a witness on the left pages
``bare_names``     classes, labels and names of files that are names and nothing else
``unset``          warnings of what cannot be set well
``visitors``       node → macro; the macros are in the package's folder ``latex``
=================  =========================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.latex import LaTeXBuilder

from apparatus.sphinxext.latex.dates import write_out_days
from apparatus.sphinxext.schedule import ConfigInited

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class BookBuilder(LaTeXBuilder):
    """Sphinx's LaTeX builder, under the same name; with it comes all else of this wing.

    Most builds make no book, and to load what makes one takes them a tenth of their time where nothing has changed.
    """

    def init(self) -> None:
        """Register what makes the book, and set what ``conf.py`` need not say."""
        from apparatus.sphinxext.latex import settings, wing

        wing.setup(self._app)
        settings.apply_defaults(self.config)
        super().init()


def setup(app: Sphinx) -> None:
    app.add_builder(BookBuilder, override=True)
    app.connect("config-inited", write_out_days, priority=ConfigInited.WRITE_OUT_DAYS)
