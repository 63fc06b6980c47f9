"""What is no character of a text is taken out of a document before it is read, and reported.

Python, and so docutils, ends a line at more characters than Markdown does: in the middle of an
entry one of them would divide it. What stands beside a hard line break is held apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx.transforms import SphinxTransform

from apparatus.characters import without_refused
from apparatus.source_file import LINE_END, refused_characters
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import IncludeRead, SourceRead, Transform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def clean_document(app: Sphinx, docname: str, content: list[str]) -> None:
    """Clean a document (``source-read``), after what else is wrong with its source has been noted."""
    _clean(app, docname, Path(app.env.doc2path(docname)), content)


def clean_included(app: Sphinx, path: Path, parent: str, content: list[str]) -> None:
    """Clean a file that a document includes (``include-read``)."""
    _clean(app, app.env.current_document.docname, Path(app.srcdir) / path, content)


def _clean(app: Sphinx, docname: str, file: Path, content: list[str]) -> None:
    found = list(refused_characters(enumerate(LINE_END.split(content[0]), 1), str(file)))
    domain_of(app.env).remember(docname, *found)
    if found:
        content[0] = without_refused(content[0])


class HoldApart(SphinxTransform):
    """Put a blank behind a hard line break: it divides words in the text, and the tree has nothing there."""

    default_priority = Transform.HOLD_APART

    def apply(self, **kwargs: object) -> None:
        for node in list(self.document.findall(is_line_break)):
            after = node.next_node(descend=False, siblings=True)
            if isinstance(after, dn.raw) and after.get("format") == "latex":
                node.parent.insert(node.parent.index(after) + 1, dn.Text(" "))


def is_line_break(node: dn.Node) -> bool:
    """Whether this is what MyST makes of a backslash, or of two blanks, at the end of a line."""
    return isinstance(node, dn.raw) and node.get("format") == "html" and node.astext() == "<br />\n"


def setup(app: Sphinx) -> None:
    app.connect("source-read", clean_document, priority=SourceRead.CLEAN)
    app.connect("include-read", clean_included, priority=IncludeRead.CLEAN)
    app.add_transform(HoldApart)
