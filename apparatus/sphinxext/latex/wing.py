"""What makes the book: all that is registered for LaTeX."""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.application import Sphinx
from sphinx.writers.latex import LaTeXTranslator

from apparatus.sphinxext.latex import (
    bare_names,
    face,
    facing,
    flat,
    names,
    offprint,
    settings,
    tables,
    visitors,
)
from apparatus.sphinxext.latex.bare_names import BareNames
from apparatus.sphinxext.latex.bibliography import Bibliographies
from apparatus.sphinxext.latex.columns import Rows
from apparatus.sphinxext.latex.division import Division
from apparatus.sphinxext.latex.languages import Languages
from apparatus.sphinxext.latex.left_out import LeaveOut
from apparatus.sphinxext.latex.reshape import EditedText
from apparatus.sphinxext.latex.scripts import Scripts
from apparatus.sphinxext.latex.tables import Tables
from apparatus.sphinxext.latex.unset import Unset
from apparatus.sphinxext.schedule import EnvUpdated
from apparatus.sphinxext.tree import nodes

#: Node class → what it writes before and after its children.
WRITERS = {
    flat.numbered_text: (visitors.visit_numbered_text, visitors.depart_numbered_text),
    flat.numbered_block: (visitors.visit_numbered_block, visitors.depart_numbered_block),
    flat.numbered_row: (visitors.visit_numbered_row, visitors.depart_numbered_row),
    flat.numbered_cell: (visitors.visit_numbered_cell, visitors.depart_numbered_cell),
    flat.note_paragraph: (visitors.visit_note_paragraph, visitors.nothing),
    flat.foreign: (visitors.visit_foreign, visitors.close_brace),
    flat.row_head: (visitors.visit_row_head, visitors.close_brace),
    flat.same_label: (visitors.visit_same_label, visitors.nothing),
    flat.bibliography_list: (visitors.visit_bibliography_list, visitors.depart_bibliography_list),
    flat.bibliography_item: (visitors.visit_bibliography_item, visitors.depart_bibliography_item),
    nodes.passage_number: (visitors.visit_passage_number, None),
    nodes.milestone: (visitors.visit_milestone, None),
    nodes.half: (visitors.visit_half, visitors.nothing),
    nodes.foot: (visitors.skip, None),
    nodes.series_block: (visitors.skip, None),
    nodes.lemma_open: (visitors.visit_lemma_open, visitors.close_brace),
    nodes.lemma_close: (visitors.visit_lemma_close, visitors.nothing),
    nodes.note_mark: (visitors.visit_note_mark, visitors.close_brace),
    nodes.editorial: (visitors.visit_editorial, visitors.close_brace),
    nodes.siglum: (visitors.visit_siglum, visitors.close_brace),
    nodes.cyrillic: (visitors.visit_cyrillic, visitors.close_brace),
    nodes.transliteration: (visitors.visit_transliteration, visitors.close_brace),
    nodes.formal_entry: (face.visit_formal_entry, None),
    nodes.note_head: (face.visit_note_head, None),
    nodes.remark: (visitors.nothing, visitors.nothing),
    nodes.lemma: (visitors.nothing, visitors.nothing),
    nodes.name: (names.visit_name, visitors.close_brace),
    nodes.name_pages: (names.visit_pages, visitors.nothing),
    dn.row: (tables.visit_row, tables.depart_row),
    dn.document: (bare_names.visit_document, LaTeXTranslator.depart_document),
    dn.image: (bare_names.visit_image, LaTeXTranslator.depart_image),
    dn.section: (visitors.visit_section, visitors.depart_section),
}


def setup(app: Sphinx) -> None:
    """Register transforms and writers for LaTeX."""
    app.connect("env-updated", settings.say_which_text, priority=EnvUpdated.SAY_WHICH_TEXT)
    app.add_post_transform(names.IndexOfNames)
    app.add_post_transform(EditedText)
    app.add_post_transform(Bibliographies)
    app.add_post_transform(LeaveOut)
    app.add_post_transform(BareNames)
    app.add_post_transform(Unset)
    app.add_post_transform(Languages)
    app.add_post_transform(Division)
    app.add_post_transform(Scripts)
    app.add_post_transform(Tables)
    app.add_post_transform(Rows)
    offprint.setup(app)
    facing.setup(app)
    for node, writers in WRITERS.items():
        app.add_node(node, override=True, latex=writers)
