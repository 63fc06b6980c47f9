"""All documents on one page (``singlehtml``): a link leads to its anchor, not to a page and an anchor.

Sphinx 9 gives the place in another document as ``#document-text#2.3``, which no browser finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.outputs import is_one_page
from apparatus.sphinxext.schedule import PostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TWO_ANCHORS = re.compile(r"#document-[^#]*(#.+)")


class ShortenLinks(SphinxPostTransform):
    """Leave of an address the anchor alone, when all references are resolved."""

    default_priority = PostTransform.SHORTEN_LINKS

    def run(self, **kwargs: Any) -> None:
        for node in self.document.findall(dn.reference) if is_one_page(self.env._app.builder) else ():
            if found := _TWO_ANCHORS.fullmatch(node.get("refuri", "")):
                node["refuri"] = found[1]


def setup(app: Sphinx) -> None:
    app.add_post_transform(ShortenLinks)
