"""Links inside an edition, for every builder."""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.builders import Builder

from apparatus.sphinxext.outputs import is_one_page, is_print


def uri(builder: Builder, from_doc: str, to_doc: str, anchor: str) -> str:
    """The address of an anchor as seen from a document.

    LaTeX addresses anchors by document always; elsewhere a link within a page is a fragment, and where all
    documents are one page every link is.
    """
    if (from_doc == to_doc and not is_print(builder)) or is_one_page(builder):
        return f"#{anchor}"
    return f"{builder.get_relative_uri(from_doc, to_doc)}#{anchor}"


def link(
    builder: Builder, from_doc: str, to_doc: str, anchor: str, *children: dn.Node, **attributes: object
) -> dn.reference:
    """A reference node to an anchor."""
    address = uri(builder, from_doc, to_doc, anchor)
    return dn.reference("", "", *children, internal=True, refuri=address, **attributes)
