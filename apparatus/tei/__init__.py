"""An edition as TEI P5: what is written here is read by libraries when no program of ours is left.

    edition ─ variation: who has what ─→ text, app: blocks and entries ─→ header: who and what is cited
    file ─→ witness: the text of each, by the header's rules ─→ proof: whether it is what the edition proves

Nothing here knows Sphinx. The prose of editors comes as elements that are made already.
"""

from apparatus.tei.elements import Element, Mixed, element, written
from apparatus.tei.header import Facts, header, lists
from apparatus.tei.proof import misread
from apparatus.tei.text import EncodedText, Markup

__all__ = [
    "Element",
    "EncodedText",
    "Facts",
    "Markup",
    "Mixed",
    "element",
    "header",
    "lists",
    "misread",
    "written",
]
