"""What the book cannot set well: said while the LaTeX is written, where it stands in the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docutils import nodes as dn
from docutils.utils import get_source_line
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.entries.faces import shown
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes

#: Characters that no line of the book holds.
LINE = 80
WORD = re.compile(rf"[^\s\u00ad\u200b–—-]{{{LINE},}}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: What is not printed, or printed by rules of its own.
NOT_SET = (dn.raw, dn.comment, dn.math, dn.math_block, dn.literal, dn.literal_block)


class Unset(SphinxPostTransform):
    """Report what cannot be set well; it is printed all the same."""

    default_priority = PostTransform.UNSET
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at every text once, and at the words of each entry."""
        for leaf in self.document.findall(dn.Text):
            if not isinstance(leaf.parent, NOT_SET):
                for said in problems(leaf):
                    _say(said, _origin(leaf))
        for node in self.document.findall(nodes.formal_entry):
            entry, face = shown(self.env._app.builder, node)
            for said in problems(face.plain):
                _say(said, entry.item.origin)


def _say(what: str, origin: Origin | None) -> None:
    report([Problem(ProblemKind.PRINT, f"in print: {what}", origin)])


def _origin(leaf: dn.Text) -> Origin | None:
    """Where *leaf* stands in the source: the place of the innermost node that knows its own."""
    file, line = get_source_line(leaf.parent)
    return Origin(file, line or 1) if file else None


def problems(text: str) -> Iterator[str]:
    """What of *text* cannot be set well."""
    if text.isascii() and len(text) < LINE and not CONTROL.search(text):
        return
    for found in sorted(set(CONTROL.findall(text))):
        yield f"the control character U+{ord(found):04X} prints nothing; take it out"
    if backwards := [c for c in text if unicodedata.bidirectional(c) in ("R", "AL")]:
        name = unicodedata.name(backwards[0], "a letter").split()[0].capitalize()
        yield f"{name} is written from right to left, but will be set from left to right"
    for word in WORD.findall(text):
        if "/" not in word:  # an address may be divided
            yield f"“{word[:20]}…” has {len(word)} characters and may stick out of its line; put soft hyphens into it"
