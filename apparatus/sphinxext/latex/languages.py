"""Words in another language: marked by a class in the source, hyphenated by its rules in print.

A class such as ``language-de`` is docutils' own way; its HTML writer makes ``lang="de"`` of it.
"""

from __future__ import annotations

import re

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.latex.flat import foreign
from apparatus.sphinxext.schedule import PostTransform

TAG = re.compile(r"language-([A-Za-z]+(?:-[A-Za-z0-9]+)*)")


class Languages(SphinxPostTransform):
    """Turn such spans into nodes that say their language."""

    default_priority = PostTransform.LANGUAGES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at plain spans only: Cyrillic and transliterations are nodes that know their language."""
        for span in list(self.document.findall(dn.inline)):
            tag = language(span) if type(span) is dn.inline else ""
            if tag:
                made = foreign("", "", *span.children, lang=tag)
                made["ids"] = list(span["ids"])
                span.replace_self(made)


def language(span: dn.Element) -> str:
    """The language tag in the classes of *span*; empty if there is none, or if it is malformed."""
    found = (TAG.fullmatch(name) for name in span["classes"])
    return next((tag[1] for tag in found if tag), "")
