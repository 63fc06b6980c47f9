"""Assemble a document for writing: numbers, lemmata, entries, feet.

:class:`Assemble` comes first, so that citations and links inside notes are resolved where they are
printed; the whole edition has been proved by then, and everything here is known. What HTML and
print both need is the same; they differ in one thing: on the screen the entries stand at the
section's foot and the text links to them, in print each entry travels with its lemma to the foot of
its page.

:class:`ArrangeFeet` fills the feet when all other transforms have passed: a large apparatus
is most of a document's nodes, and each transform would pass over all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.carried import SaysCarriers
from apparatus.sphinxext.entries.cut import Cutter
from apparatus.sphinxext.entries.discussions import put_after_text, put_behind_notes, taken_out
from apparatus.sphinxext.entries.feet import arrange_feet, dissolve_feet
from apparatus.sphinxext.entries.prose import begin_prose
from apparatus.sphinxext.entries.tombstones import put_tombstones
from apparatus.sphinxext.outputs import is_for_browsers, is_print, keeps_apart
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import (
    BLOCK,
    block_of,
    entry_of,
    holdings,
    split_key,
)
from apparatus.sphinxext.tree.kinds import note_kinds
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Assemble(SphinxPostTransform):
    """Bring text and entries of a document together."""

    default_priority = PostTransform.ASSEMBLE

    def run(self, **kwargs: Any) -> None:
        builder = self.env._app.builder
        note_kinds(self.document)
        blocks, entries, feet = here = holdings(self.document)
        if not (entries or blocks or feet):
            return
        domain = domain_of(self.env)
        domain.assembled.add(self.env.current_document.docname)
        faces = domain.faces_for_all(here.documents)
        if faces is None or keeps_apart(builder):
            return
        deeper = taken_out(self.document, entries, faces.edition, in_print=is_print(builder))
        for key, node in entries.items():
            if not isinstance(node, nodes.formal_entry):
                begin_prose(node, entry_of(faces.edition, key))
        if is_print(builder) and blocks:
            last = split_key(blocks[-1][BLOCK])[0]
            put_after_text(deeper, entries, faces.edition, builder, blocks[-1], last)
        else:
            put_behind_notes(deeper, entries, faces.edition, builder)
        cutter = Cutter(builder, faces, entries, settings(self.config).references)
        for block in blocks:
            cutter.cut(block, split_key(block[BLOCK])[0], block_of(faces.edition, block[BLOCK]))
        if settings(self.config).carriers and not is_print(builder):
            says = SaysCarriers(faces.edition, blocks, voice_of(self.config))
            says.of_sections()
            if is_for_browsers(builder):
                says.of_passages()
        if is_print(builder):
            dissolve_feet(self.document, faces.edition, entries)
        put_tombstones(blocks, domain, builder, voice_of(self.config))


class ArrangeFeet(SphinxPostTransform):
    """Arrange all entries at their sections' feet."""

    default_priority = PostTransform.ARRANGE_FEET

    def run(self, **kwargs: Any) -> None:
        builder = self.env._app.builder
        if is_print(builder) or keeps_apart(builder):
            return
        here = holdings(self.document)
        faces = domain_of(self.env).faces_for_all(here.documents) if here.feet else None
        if faces is not None:
            arrange_feet(here, faces, settings(self.config))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Assemble)
    app.add_post_transform(ArrangeFeet)
