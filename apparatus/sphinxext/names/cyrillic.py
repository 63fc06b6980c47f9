"""Mark every run of Cyrillic, as Russian if no language is declared for it, and set its transliteration beside it.

A post-transform, after references and citations have been resolved, so that bibliography,
notes and text are all reached. Entries of a formal apparatus quote letters: what prints them
marks the run, which is not transliterated. Where the same words stand beside a run in Latin letters
already, nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.language import is_in_cyrillic
from apparatus.script import SCHEMES, is_given, runs, transliterate
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors, is_inside
from apparatus.sphinxext.tree.languages import holder_of_language, said_language
from apparatus.sphinxext.tree.text import put_in_place

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RUSSIAN = "ru"
#: Whose words are no prose.
SKIPPED = (dn.literal, dn.literal_block, dn.raw, dn.comment, nodes.cyrillic, nodes.transliteration)

#: Inside these a run is marked, but its transliteration would be noise; or, as in a bibliography,
#: is written beside it already.
UNTOUCHED = (nodes.siglum, dn.citation)


class _Cut(NamedTuple):
    """A part of a leaf that is Cyrillic."""

    start: int
    end: int
    run: str | None  #: the whole run, where it ends in this part
    is_given: bool  #: whether the text has the run in Latin letters too, beside it


class MarkCyrillic(SphinxPostTransform):
    """Wrap runs of Cyrillic; add their transliteration."""

    default_priority = PostTransform.MARK_CYRILLIC

    def run(self, **kwargs: Any) -> None:
        self.settings = settings(self.config)
        main = self.settings.language or str(self.config.language or "")
        self.main = main if is_in_cyrillic(main) else ""
        blocks: dict[int, list[dn.Text]] = {}
        leaves = list(self.document.findall(dn.Text))
        for leaf in leaves if not all(leaf.isascii() for leaf in leaves) else ():
            blocks.setdefault(id(block_of(leaf)), []).append(leaf)
        for leaves in blocks.values():
            if not all(leaf.isascii() for leaf in leaves):
                self._mark([leaf for leaf in leaves if not is_inside(leaf, SKIPPED)])

    def _mark(self, leaves: list[dn.Text]) -> None:
        """Mark the runs of one block. A run may go on over emphasis and the ends of lemmata."""
        text = "".join(leaves)
        cuts: dict[int, list[_Cut]] = {}  # by leaf
        at = 0
        for is_cyrillic, run in runs(text):
            if is_cyrillic:
                given = is_given(run, text[:at], text[at + len(run) :])
                for i, start, end, is_last in _shares(leaves, at, at + len(run)):
                    if leaves[i][start:end].strip():
                        cuts.setdefault(i, []).append(_Cut(start, end, run if is_last else None, given))
            at += len(run)
        for i, its in cuts.items():
            self._cut(leaves[i], its)

    def _cut(self, leaf: dn.Text, cuts: list[_Cut]) -> None:
        text, at = str(leaf), 0
        made: list[dn.Node] = []
        language, is_quoted = self._language(leaf)
        if language == self.main:
            return
        beside = self.settings.transliterate and is_quoted and not is_inside(leaf, UNTOUCHED)
        for start, end, run, given in cuts:
            made += [dn.Text(text[at:start])] if start > at else []
            classes = [f"language-{language}", *(["given"] if given else [])]
            made.append(nodes.cyrillic("", text[start:end], lang=language, classes=classes))
            if run and beside and not given:
                made += _transliteration(run, self.settings.scheme)
            at = end
        made += [dn.Text(text[at:])] if at < len(text) else []
        link = leaf.parent
        behind = (
            made[-1:] if isinstance(made[-1], nodes.transliteration) and isinstance(link, nodes.lemma) else []
        )
        put_in_place(leaf, made[: len(made) - len(behind)])
        if behind:  # the transliteration is the editors': it does not belong to the lemma
            link.parent.insert(link.parent.index(link) + 1, behind)

    def _language(self, leaf: dn.Text) -> tuple[str, bool]:
        """The language of a leaf's Cyrillic, and whether it is Russian quoted in another language.

        The schemes are for Russian. A text, or a page, that is in Cyrillic is not transliterated as a whole.
        """
        holder = holder_of_language(leaf)
        said = said_language(holder) if holder is not None else self.main
        if not is_in_cyrillic(said):
            return RUSSIAN, True
        return said, said == RUSSIAN and isinstance(holder, dn.Inline)


def _shares(leaves: list[dn.Text], start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    """The parts of leaves that a stretch of their joined text falls into."""
    at = 0
    for i, leaf in enumerate(leaves):
        low, high = max(start, at), min(end, at + len(leaf))
        if low < high:
            yield i, low - at, high - at, high == end
        at += len(leaf)


def block_of(leaf: dn.Node) -> dn.Element:
    """The nearest element that is not inline: runs do not reach beyond it."""
    return next(above for above in ancestors(leaf) if not isinstance(above, dn.inline | dn.Inline))


def _transliteration(run: str, scheme: str) -> list[nodes.transliteration]:
    """What the editors add, its blank included: who copies the text copies neither.

    Nothing where the scheme has nothing, as for a soft sign alone.
    """
    latin = transliterate(run, scheme)
    marks = {"lang": SCHEMES[scheme].tag, "classes": ["language-ru-Latn"], "run": run}
    return [nodes.transliteration("", f" [{latin}]", **marks)] if latin else []


def setup(app: Sphinx) -> None:
    app.add_post_transform(MarkCyrillic)
