"""Classes and labels must be names: the LaTeX writer puts both into TeX as they stand, where data would run as code."""

from __future__ import annotations

import re

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.schedule import PostTransform

NAME = re.compile(r"[\w:.-]+")


class BareNames(SphinxPostTransform):
    """Drop what is no name before anything is made of it; no words are lost by that."""

    default_priority = PostTransform.BARE_NAMES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at the classes of every node, and at the label of every formula."""
        for node in self.document.findall(dn.Element):
            if node.get("classes"):
                node["classes"] = [name for name in node["classes"] if NAME.fullmatch(name)]
            if isinstance(node, dn.math_block) and not NAME.fullmatch(str(node.get("label") or "none")):
                node["label"] = None
