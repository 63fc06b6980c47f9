"""Assemble a document for writing: numbers, lemmata, entries, feet.

A post-transform of priority 4: before references are resolved (10), so that citations and
links inside entries are resolved where they are printed, and after the whole edition has been
proved, so that everything here is known. What HTML and print both need is the same; they
differ in one thing: on the screen the entries stand at the section's foot and the text links
to them, in print each entry travels with its lemma to the foot of its page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext import nodes
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.cut import Cutter
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries import EntryFiller
from apparatus.sphinxext.feet import arrange_feet

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Assemble(SphinxPostTransform):
    """Bring text and entries of a document together."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        domain = domain_of(self.env)
        edition = domain.edition
        entry_nodes = {node["entry_key"]: node for node in self.document.findall(nodes.entry)}
        blocks = [node for node in self.document.findall(dn.Element) if "block_key" in node]
        if edition is None or not (blocks or entry_nodes):
            return
        in_print = self.env._app.builder.format == "latex"
        self._fill(edition, entry_nodes, in_print=in_print)
        cutter = Cutter(self.env._app.builder, edition, entry_nodes, in_print=in_print)
        for block in blocks:
            docname, i = split_key(block["block_key"])
            cutter.cut(block, docname, edition.blocks_of[docname][i])
        arrange_feet(self.document, edition, entry_nodes, settings(self.config), in_print=in_print)

    def _fill(self, edition: Edition, entry_nodes: dict[str, nodes.entry], *, in_print: bool) -> None:
        domain, config = domain_of(self.env), settings(self.config)
        filler = EntryFiller(
            self.env._app.builder,
            edition,
            domain.data["conspectus_doc"],
            positive=config.positive,
            in_print=in_print,
        )
        found: dict[tuple[str, int], EditionEntry] = edition.by_key
        for key, node in entry_nodes.items():
            filler.fill(node, found[split_key(key)])


def split_key(key: str) -> tuple[str, int]:
    """The document and position that a block's or entry's key names."""
    docname, _, i = key.rpartition("#")
    return docname, int(i)


def setup(app: Sphinx) -> None:
    app.add_post_transform(Assemble)
