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

from apparatus.edition import Edition, EditionEntry
from apparatus.forms import is_substantive
from apparatus.model import Entry
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.cut import Cutter
from apparatus.sphinxext.entries.feet import arrange_feet, dissolve_feet
from apparatus.sphinxext.entries.fill import EntryFiller
from apparatus.sphinxext.outputs import is_print
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import BLOCK, block_of, entry_nodes, entry_of, keyed_blocks, split_key

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Assemble(SphinxPostTransform):
    """Bring text and entries of a document together."""

    default_priority = PostTransform.ASSEMBLE

    def run(self, **kwargs: Any) -> None:
        domain = domain_of(self.env)
        edition = domain.edition
        entries, blocks = entry_nodes(self.document), keyed_blocks(self.document)
        if edition is None or not (blocks or entries):
            return
        for key, node in entries.items():
            classify(node, entry_of(edition, key))
        in_print = is_print(self.env._app.builder)
        # Formal entries hold nothing to be resolved; on the screen they can wait.
        now = {key: node for key, node in entries.items() if in_print or not is_formal(key, edition)}
        fill(self.env, edition, now)
        cutter = Cutter(self.env._app.builder, edition, entries, in_print=in_print)
        for block in blocks:
            cutter.cut(block, split_key(block[BLOCK])[0], block_of(edition, block[BLOCK]))
        if in_print:
            dissolve_feet(self.document, edition)


class ArrangeFeet(SphinxPostTransform):
    """Fill the formal entries, and arrange all entries at their sections' feet."""

    default_priority = PostTransform.ARRANGE_FEET

    def run(self, **kwargs: Any) -> None:
        edition = domain_of(self.env).edition
        entries = entry_nodes(self.document)
        if edition is None or not entries or is_print(self.env._app.builder):
            return
        fill(self.env, edition, {key: node for key, node in entries.items() if is_formal(key, edition)})
        arrange_feet(self.document, edition, entries, settings(self.config))


def classify(node: nodes.entry, entry: EditionEntry) -> None:
    """Tell the node of an entry what style sheets go by."""
    node["classes"] += ["unplaced"] if entry.span is None else []
    node["classes"] += [] if is_substantive(entry) else ["accidental"]


def is_formal(key: str, edition: Edition) -> bool:
    """Whether an entry holds readings, not prose."""
    return isinstance(entry_of(edition, key).item, Entry)


def fill(env: BuildEnvironment, edition: Edition, entries: dict[str, nodes.entry]) -> None:
    """Put into the entry nodes what is printed."""
    builder = env._app.builder
    filler = EntryFiller(
        builder,
        edition,
        domain_of(env).data["conspectus_doc"],
        positive=settings(env.config).positive,
        in_print=is_print(builder),
    )
    for key, node in entries.items():
        filler.fill(node, entry_of(edition, key))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Assemble)
    app.add_post_transform(ArrangeFeet)
