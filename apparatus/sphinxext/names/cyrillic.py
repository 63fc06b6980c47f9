"""Mark every run of Cyrillic as Russian and set its transliteration beside it.

A post-transform, after references and citations have been resolved, so that bibliography,
notes and text are all reached. Entries of a formal apparatus quote letters: what prints them
marks the run, which is not transliterated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.script import SCHEMES, runs, transliterate
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors, is_inside
from apparatus.sphinxext.tree.text import put_in_place

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Whose words are no prose.
SKIPPED = (dn.literal, dn.literal_block, dn.raw, dn.comment, nodes.cyrillic, nodes.transliteration)

#: Inside these a run is marked, but its transliteration would be noise; or, as in a bibliography,
#: is written beside it already.
UNTOUCHED = (nodes.siglum, dn.citation)


class MarkCyrillic(SphinxPostTransform):
    """Wrap runs of Cyrillic; add their transliteration."""

    default_priority = PostTransform.MARK_CYRILLIC

    def run(self, **kwargs: Any) -> None:
        self.settings = settings(self.config)
        blocks: dict[int, list[dn.Text]] = {}
        for leaf in self.document.findall(dn.Text):
            blocks.setdefault(id(_block_of(leaf)), []).append(leaf)
        for leaves in blocks.values():
            if not all(leaf.isascii() for leaf in leaves):
                self._mark([leaf for leaf in leaves if not is_inside(leaf, SKIPPED)])

    def _mark(self, leaves: list[dn.Text]) -> None:
        """Mark the runs of one block. A run may go on over emphasis and the ends of lemmata."""
        found = list(runs("".join(leaves)))
        if not any(is_cyrillic for is_cyrillic, _ in found):
            return
        cuts: dict[int, list[tuple[int, int, str | None]]] = {}  # leaf → (from, to, transliteration)
        at = 0
        for is_cyrillic, run in found:
            for i, start, end, is_last in _shares(leaves, at, at + len(run)):
                if is_cyrillic and leaves[i][start:end].strip():
                    cuts.setdefault(i, []).append((start, end, run if is_last else None))
            at += len(run)
        for i, leaf in enumerate(leaves):
            if i in cuts:
                self._cut(leaf, cuts[i])

    def _cut(self, leaf: dn.Text, cuts: list[tuple[int, int, str | None]]) -> None:
        text, at = str(leaf), 0
        made: list[dn.Node] = []
        beside = self.settings.transliterate and not is_inside(leaf, UNTOUCHED)
        for start, end, run in cuts:
            made += [dn.Text(text[at:start])] if start > at else []
            made.append(nodes.cyrillic("", text[start:end], lang="ru", classes=["language-ru"]))
            if run and beside:
                made.append(_transliteration(run, self.settings.scheme))
            at = end
        made += [dn.Text(text[at:])] if at < len(text) else []
        link = leaf.parent
        behind = (
            made[-1:] if isinstance(made[-1], nodes.transliteration) and isinstance(link, nodes.lemma) else []
        )
        put_in_place(leaf, made[: len(made) - len(behind)])
        if behind:  # the transliteration is the editors': it does not belong to the lemma
            link.parent.insert(link.parent.index(link) + 1, behind)


def _shares(leaves: list[dn.Text], start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    """The parts of leaves that a stretch of their joined text falls into."""
    at = 0
    for i, leaf in enumerate(leaves):
        low, high = max(start, at), min(end, at + len(leaf))
        if low < high:
            yield i, low - at, high - at, high == end
        at += len(leaf)


def _block_of(leaf: dn.Text) -> dn.Element:
    """The nearest element that is not inline: runs do not reach beyond it."""
    return next(above for above in ancestors(leaf) if not isinstance(above, dn.inline | dn.Inline))


def _transliteration(run: str, scheme: str) -> nodes.transliteration:
    """What the editors add, its blank included: who copies the text copies neither."""
    return nodes.transliteration(
        "",
        f" [{transliterate(run, scheme)}]",
        lang=SCHEMES[scheme].tag,
        classes=["language-ru-Latn"],
        run=run,
    )


def setup(app: Sphinx) -> None:
    app.add_post_transform(MarkCyrillic)
