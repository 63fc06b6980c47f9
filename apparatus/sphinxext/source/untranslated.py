"""The edited text is no message: a catalogue translates what editors write, never what they edit.

Sphinx offers each paragraph to translators, and puts in its place what a catalogue (``locale/de``) has
for the same words. Blocks of edited text are kept from both, also where a heading of the introduction
has the words of one of the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms import SphinxTransform

from apparatus.sphinxext.schedule import Transform
from apparatus.sphinxext.source.collect import walk
from apparatus.sphinxext.source.declared import take_from_sections
from apparatus.sphinxext.source.front_matter import read_front_matter
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class KeepUntranslated(SphinxTransform):
    """Say of each block of edited text that it is not translated."""

    default_priority = Transform.KEEP_UNTRANSLATED

    def apply(self, **kwargs: Any) -> None:
        path = Path(self.env.doc2path(self.env.current_document.docname))
        if not read_front_matter(metadata_of(self.document), path).is_text:
            return
        take_from_sections(self.document)
        for block, _ in walk(self.document, text=True):
            if not isinstance(block, nodes.series_block):
                block["translatable"] = False


def metadata_of(document: dn.document) -> dict[str, str]:
    """The front matter of a document that Sphinx has not collected yet."""
    first = next(iter(document.children), None)
    fields = first.findall(dn.field) if isinstance(first, dn.field_list | dn.docinfo) else ()
    return {field[0].astext(): field[1].astext() for field in fields}


def setup(app: Sphinx) -> None:
    app.add_transform(KeepUntranslated)
