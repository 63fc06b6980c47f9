"""The printed edition: LuaLaTeX with reledmac, by Sphinx's own LaTeX builder.

=================  =========================================================================
``settings``       what ``conf.py`` need not say
``entries``        entries and notes as content of the milestones where their lemmata begin
``face``           what an entry prints, from its face
``same``           numbers that tell same words in a line apart
``reshape``        the edited text as flat numbered blocks
``bibliography``   each bibliography in its place
``languages``      words in another language, by their class
``names``          the index of names, with pages
``tables``         widths of columns
``offprint``       one section for itself
``facing``         a witness on the left pages
``unset``          warnings of what cannot be set well
``visitors``       node → macro; the macros are in the package's folder ``latex``
=================  =========================================================================
"""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.application import Sphinx

from apparatus.sphinxext.latex import face, facing, names, offprint, settings, tables, visitors
from apparatus.sphinxext.latex import nodes as flat
from apparatus.sphinxext.latex.bibliography import Bibliographies
from apparatus.sphinxext.latex.languages import Languages
from apparatus.sphinxext.latex.reshape import EditedText
from apparatus.sphinxext.latex.tables import Tables
from apparatus.sphinxext.latex.unset import Unset
from apparatus.sphinxext.schedule import ConfigInited, EnvUpdated
from apparatus.sphinxext.tree import nodes as edition

#: Node class → what it writes before and after its children.
WRITERS = {
    flat.numbered_text: (visitors.visit_numbered_text, visitors.depart_numbered_text),
    flat.numbered_block: (visitors.visit_numbered_block, visitors.depart_numbered_block),
    flat.note_paragraph: (visitors.visit_note_paragraph, visitors.nothing),
    flat.foreign: (visitors.visit_foreign, visitors.close_brace),
    flat.row_head: (visitors.visit_row_head, visitors.close_brace),
    flat.same_label: (visitors.visit_same_label, visitors.nothing),
    flat.bibliography_list: (visitors.visit_bibliography_list, visitors.depart_bibliography_list),
    flat.bibliography_item: (visitors.visit_bibliography_item, visitors.depart_bibliography_item),
    edition.passage_number: (visitors.skip, None),
    edition.foot: (visitors.skip, None),
    edition.series_block: (visitors.skip, None),
    edition.lemma_open: (visitors.visit_lemma_open, visitors.close_brace),
    edition.lemma_close: (visitors.visit_lemma_close, visitors.nothing),
    edition.note_mark: (visitors.visit_note_mark, visitors.close_brace),
    edition.editorial: (visitors.visit_editorial, visitors.close_brace),
    edition.siglum: (visitors.visit_siglum, visitors.close_brace),
    edition.cyrillic: (visitors.visit_cyrillic, visitors.close_brace),
    edition.transliteration: (visitors.visit_transliteration, visitors.close_brace),
    edition.formal_entry: (face.visit_formal_entry, None),
    edition.note_head: (face.visit_note_head, None),
    edition.remark: (visitors.nothing, visitors.nothing),
    edition.lemma: (visitors.nothing, visitors.nothing),
    edition.name: (names.visit_name, visitors.close_brace),
    edition.name_pages: (names.visit_pages, visitors.nothing),
    dn.row: (tables.visit_row, tables.depart_row),
}


def setup(app: Sphinx) -> None:
    """Register defaults, transforms and writers for LaTeX."""
    app.connect("config-inited", settings.apply_defaults, priority=ConfigInited.LATEX_DEFAULTS)
    app.connect("env-updated", settings.say_which_text, priority=EnvUpdated.SAY_WHICH_TEXT)
    app.add_post_transform(names.IndexOfNames)
    app.add_post_transform(EditedText)
    app.add_post_transform(Bibliographies)
    app.add_post_transform(Unset)
    app.add_post_transform(Languages)
    app.add_post_transform(Tables)
    offprint.setup(app)
    facing.setup(app)
    for node, writers in WRITERS.items():
        app.add_node(node, override=True, latex=writers)
