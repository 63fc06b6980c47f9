"""Begin a note or an entry of a prose series with the words that it is about."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.edition import EditionEntry
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ENTRY


def begin_prose(node: nodes.apparatus_entry, entry: EditionEntry) -> None:
    """Put the head into an entry of prose; one that is run in becomes a line without paragraphs."""
    body = [child for child in node.children if isinstance(child, nodes.note_body)]
    head = nodes.note_head("", "")
    head[ENTRY] = node[ENTRY]
    node.clear()
    if entry.series.form != "notes":
        node += [head, *_run_in(body)]
        return
    if entry.series.lemma:
        for first in body[:1]:
            _first_paragraph(first).insert(0, head)
    node += body


def _first_paragraph(body: nodes.note_body) -> dn.paragraph:
    """Where the words stand: above a list or quotation in a paragraph of their own."""
    if not body.children or not isinstance(body.children[0], dn.paragraph):
        body.insert(0, dn.paragraph())
    first: dn.paragraph = body.children[0]  # type: ignore[assignment]
    return first


def _run_in(body: list[nodes.note_body]) -> list[dn.Node]:
    inside: list[dn.Node] = []
    for paragraph in (p for b in body for p in list(b.children)):
        inside += list(paragraph.children) if isinstance(paragraph, dn.paragraph) else [paragraph]
        inside.append(dn.Text(" "))
    return inside[:-1]
