"""The author's own footnotes keep the marks that they have in the source.

MyST numbers a footnote whose label is no number, ``[^h]``, through the page. In edited text the label is
the author's mark, as much a fact of the text as a word is.
"""

from __future__ import annotations

from docutils import nodes as dn


def keep_marks(document: dn.document) -> None:
    """Let the label of each footnote be its mark, once docutils has tied footnotes and references together."""
    notes = [note for note in document.findall(dn.footnote) if note["names"]]
    marks = {i: note["names"][0] for note in notes for i in note["ids"]}
    for note in notes:
        note[0] = dn.label("", note["names"][0])
    for reference in document.findall(dn.footnote_reference):
        if mark := marks.get(reference.get("refid", "")):
            reference.children = []
            reference += dn.Text(mark)
