"""The languages of the book: its own, that of its text, and words in others; each divided by its rules.

Words are marked by a class in the source (``language-de``), blocks of edited text by an attribute.
"""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.language import UNDETERMINED, is_other
from apparatus.sphinxext.latex.dates import USUAL, book_language
from apparatus.sphinxext.latex.flat import foreign
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.languages import (
    LANGUAGE,
    SPOKEN,
    is_block_of_words,
    language_at,
    language_class,
)
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import SOURCE

#: The language of Cyrillic for which none is declared.
RUSSIAN = "ru"


def languages_of(document: dn.document, main: str) -> dict[str, dn.Element]:
    """The languages of a book besides its own, each with the first words that are in it."""
    found: dict[str, dn.Element] = {}
    for node in document.findall(dn.Element):
        said = (
            node.get("lang", RUSSIAN) if isinstance(node, (foreign, nodes.cyrillic)) else node.get(LANGUAGE)
        )
        if said and is_other(said, main):
            found.setdefault(said, node)
    return found


def preamble(config: Config) -> list[str]:
    """What the class is to know of the book's language before it is loaded."""
    language = book_language(config)
    if language == USUAL:
        return []
    if language == UNDETERMINED:  # what the class says is British
        return [f"\\newcommand\\critmain{{{UNDETERMINED}}}", f"\\newcommand\\critimport{{{USUAL}}}"]
    return [f"\\newcommand\\critmain{{{language}}}", "\\newcommand\\critmainname{critmain}"]


class Languages(SphinxPostTransform):
    """Turn what is marked into nodes that say their language."""

    default_priority = PostTransform.LANGUAGES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at plain spans only: Cyrillic and transliterations are nodes that know their language."""
        for span in list(self.document.findall(dn.inline)):
            tag = language_class(span) if type(span) is dn.inline else ""
            if tag:
                made = foreign("", "", *span.children, lang=tag)
                made["ids"] = list(span["ids"])
                span.replace_self(made)
        self._blocks()

    def _blocks(self) -> None:
        """What is not edited text has its words in the language; blocks of that are told when they are flat."""
        main, voice = book_language(self.config), voice_of(self.config)
        spoken = USUAL if voice.tag == SOURCE else voice.tag
        for block in list(self.document.findall(is_block_of_words)):
            assert isinstance(block, dn.Element)
            is_said = any(SPOKEN in above for above in (block, *ancestors(block)))
            tag = spoken if is_said else language_at(block)
            if LANGUAGE not in block and is_other(tag, main) and block.children:
                inside = foreign("", "", *block.children, lang=tag)
                block.children = []
                block += inside
