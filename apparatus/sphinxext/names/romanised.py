"""Set the transliteration of words of another language beside them: of those for which the edition has chosen a table.

Russian is known by its letters, and :mod:`.cyrillic` marks it. Of all else the language must be said, of words
within prose or a text that is in another: ``[λόγος]{lang=grc}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.language import is_of
from apparatus.script import is_given
from apparatus.script.romanisation import Romanisation, romanisation_for
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.names.cyrillic import SKIPPED, UNTOUCHED, block_of
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import is_inside
from apparatus.sphinxext.tree.languages import language_at, language_class

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What stands within words and is none of them.
BETWEEN = (nodes.note_mark, nodes.passage_number, nodes.editorial, nodes.siglum, dn.raw)


class SetBeside(SphinxPostTransform):
    """Add to each span of a language that is transliterated what it is in Latin letters."""

    default_priority = PostTransform.SET_BESIDE

    def run(self, **kwargs: Any) -> None:
        config = settings(self.config)
        if not (config.schemes and config.transliterate):
            return
        self.main = config.language or str(self.config.language or "")
        for span in list(self.document.findall(dn.inline)):
            tag = language_class(span) if type(span) is dn.inline else ""
            way = romanisation_for(tag, config.schemes) if tag else None
            if way and self._is_quoted(span, way) and not is_inside(span, (*SKIPPED, *UNTOUCHED)):
                _set_beside(span, way)

    def _is_quoted(self, span: dn.inline, way: Romanisation) -> bool:
        """Whether the words stand in another language. A text of their own is not transliterated."""
        return not is_of(language_at(span.parent) or self.main, way.language)


def _set_beside(span: dn.inline, way: Romanisation) -> None:
    words = _words(span)
    latin = way.write(words)
    if latin == words or _is_written(span, latin):
        return
    node = nodes.transliteration(
        "", f" [{latin}]", lang=way.tag, classes=[f"language-{way.language}-Latn"], words=words
    )
    link = span.parent
    # What the editors set beside a lemma does not belong to it.
    before = link if isinstance(link, nodes.lemma) and link[-1] is span else span
    parent = before.parent
    parent.insert(next(i for i, child in enumerate(parent) if child is before) + 1, node)


def _words(span: dn.Element) -> str:
    return "".join(leaf for leaf in span.findall(dn.Text) if not is_inside(leaf, BETWEEN))


def _is_written(span: dn.inline, latin: str) -> bool:
    """Whether the same words stand in Latin letters beside these already."""
    own = {id(leaf) for leaf in span.findall(dn.Text)}
    leaves = list(block_of(span).findall(dn.Text))
    first = next((i for i, leaf in enumerate(leaves) if id(leaf) in own), 0)
    before, after = leaves[:first], [leaf for leaf in leaves[first:] if id(leaf) not in own]
    return is_given(latin, "".join(before), "".join(after))


def setup(app: Sphinx) -> None:
    app.add_post_transform(SetBeside)
