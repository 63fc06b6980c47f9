"""A document of edited text without a heading has its place in navigation and contents all the same.

Its name there is ``title`` in its front matter, else its first words; on the page nothing is added to the text.
Sphinx would leave the document out of every list of contents, with a warning at each page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx import addnodes

from apparatus.sphinxext.schedule import DoctreeRead
from apparatus.sphinxext.source.languages import is_text
from apparatus.sphinxext.tree.keys import keyed_blocks
from apparatus.sphinxext.tree.text import text_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The key of the front matter, and how many words stand for it.
TITLE, WORDS = "title", 6


def name_untitled(app: Sphinx, doctree: dn.document) -> None:
    """Give the document that has just been read a name, if it has no heading (``doctree-read``)."""
    env = app.env
    docname = env.current_document.docname
    if any(isinstance(child, dn.section) for child in doctree.children) or not is_text(env, docname):
        return
    if not (name := str(env.metadata[docname].get(TITLE, "")).strip() or _first_words(doctree)):
        return
    env.titles[docname] = env.longtitles[docname] = dn.title("", name)
    reference = dn.reference("", name, internal=True, refuri=docname, anchorname="")
    item = dn.list_item("", addnodes.compact_paragraph("", "", reference))
    env.tocs[docname].insert(0, item)
    env.toc_num_entries[docname] = env.toc_num_entries.get(docname, 0) + 1


def _first_words(doctree: dn.document) -> str:
    """How the text begins."""
    words = next((text_of(block) for block in keyed_blocks(doctree)), "").split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", name_untitled, priority=DoctreeRead.NAME_UNTITLED)
