"""Assemble a document for writing: numbers, lemmata, entries, feet.

:class:`Assemble` has priority 4: before references are resolved (10), so that citations and
links inside notes are resolved where they are printed, and after the whole edition has been
proved, so that everything here is known. What HTML and print both need is the same; they
differ in one thing: on the screen the entries stand at the section's foot and the text links
to them, in print each entry travels with its lemma to the foot of its page.

:class:`ArrangeFeet` fills the feet when all other transforms have passed: a large apparatus
is most of a document's nodes, and each transform would pass over all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.edition import Edition, EditionEntry
from apparatus.forms import is_substantive
from apparatus.model import Entry
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.cut import Cutter
from apparatus.sphinxext.entries.feet import arrange_feet, dissolve_feet
from apparatus.sphinxext.entries.fill import EntryFiller
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


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
        for key, node in entry_nodes.items():
            classify(node, edition.by_key[split_key(key)])
        in_print = self.env._app.builder.format == "latex"
        # Formal entries hold nothing to be resolved; on the screen they can wait.
        now = [key for key, node in entry_nodes.items() if in_print or not is_formal(key, edition)]
        fill(self.env, edition, {key: entry_nodes[key] for key in now})
        cutter = Cutter(self.env._app.builder, edition, entry_nodes, in_print=in_print)
        for block in blocks:
            docname, i = split_key(block["block_key"])
            cutter.cut(block, docname, edition.blocks_of[docname][i])
        if in_print:
            dissolve_feet(self.document, edition)


class ArrangeFeet(SphinxPostTransform):
    """Fill the formal entries, and arrange all entries at their sections' feet."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        edition = domain_of(self.env).edition
        entry_nodes = {node["entry_key"]: node for node in self.document.findall(nodes.entry)}
        if edition is None or not entry_nodes or self.env._app.builder.format == "latex":
            return
        fill(self.env, edition, {key: node for key, node in entry_nodes.items() if is_formal(key, edition)})
        arrange_feet(self.document, edition, entry_nodes, settings(self.config))


def classify(node: nodes.entry, entry: EditionEntry) -> None:
    """Tell the node of an entry what style sheets go by."""
    node["classes"] += ["unplaced"] if entry.span is None else []
    node["classes"] += [] if is_substantive(entry) else ["accidental"]


def is_formal(key: str, edition: Edition) -> bool:
    """Whether an entry holds readings, not prose."""
    return isinstance(edition.by_key[split_key(key)].item, Entry)


def fill(env: BuildEnvironment, edition: Edition, entry_nodes: dict[str, nodes.entry]) -> None:
    """Put into the entry nodes what is printed."""
    builder = env._app.builder
    filler = EntryFiller(
        builder,
        edition,
        domain_of(env).data["conspectus_doc"],
        positive=settings(env.config).positive,
        in_print=builder.format == "latex",
    )
    for key, node in entry_nodes.items():
        filler.fill(node, edition.by_key[split_key(key)])


def split_key(key: str) -> tuple[str, int]:
    """The document and position that a block's or entry's key names."""
    docname, _, i = key.rpartition("#")
    return docname, int(i)


def setup(app: Sphinx) -> None:
    app.add_post_transform(Assemble)
    app.add_post_transform(ArrangeFeet)
