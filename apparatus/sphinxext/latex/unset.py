"""What the book cannot set well: said while the LaTeX is written, where it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes as dn
from docutils.utils import get_source_line
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.bibliography import lines_of_works
from apparatus.characters import share_from_the_right, turns_round
from apparatus.language import direction
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.entries.faces import shown
from apparatus.sphinxext.latex import columns
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.latex.faces import Faces, faces_of_book
from apparatus.sphinxext.outputs import titles
from apparatus.sphinxext.report import inform, report
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.languages import language_at

#: Characters that no line of the book holds.
LINE = 80
WORD = re.compile(rf"[^\s\u00ad\u200b–—-]{{{LINE},}}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: What is not printed, or by another program.
NOT_SET = (dn.raw, dn.comment, dn.math, dn.math_block)
#: What is printed by rules of its own.
CODE = (dn.literal, dn.literal_block)
#: Of a block that is so much from right to left, the language must say so.
MOST = 0.5

#: No fault, for every cell and entry is there; but it does not look like the page.
BELOW = "the cells of this table stand one below the other, for reledmac numbers no lines within a table"


class Unset(SphinxPostTransform):
    """Report what cannot be set well; it is printed all the same."""

    default_priority = PostTransform.UNSET
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at every text once, at the words of each entry, and at what the title page says."""
        found = [*self._of_drawings(), *self._of_texts(), *self._of_entries(), *self._of_settings()]
        found += self._of_directions()
        told = dict.fromkeys(
            Problem(ProblemKind.PRINT, f"in print: {what}", origin) for what, origin in found
        )
        report(told)
        for table in filter(has_passages, self.document.findall(dn.table)):
            if not columns.widths(table, self.config):
                inform(f"{place_of(table)}in print: {BELOW}")

    def _of_drawings(self) -> Iterator[tuple[str, Origin | None]]:
        """Print the words for a drawing in place of one that LaTeX cannot read, at which it would stop."""
        for image in list(self.document.findall(dn.image)):
            if Path(image["uri"]).suffix.lower() in (".svg", ".svgz"):
                file, line = get_source_line(image)
                words = dn.Text(f"[{image.get('alt') or 'a drawing'}]")
                is_inline = isinstance(image.parent, dn.TextElement)
                image.replace_self(words if is_inline else dn.paragraph("", "", words))
                said = f"LaTeX cannot read {image['uri']}; its words stand in its place: give a PDF or PNG beside it, as {Path(image['uri']).stem}.*"
                yield said, Origin(file, line or 1) if file else None

    def _of_texts(self) -> Iterator[tuple[str, Origin | None]]:
        for leaf in self.document.findall(dn.Text):
            if not isinstance(leaf.parent, NOT_SET):
                said = self._faces.lacking(leaf) if isinstance(leaf.parent, CODE) else self._problems(leaf)
                yield from ((what, self._origin(leaf)) for what in said)

    @cached_property
    def _faces(self) -> Faces:
        return faces_of_book(self.config)

    def _problems(self, text: str) -> Iterator[str]:
        """What of *text* cannot be set well."""
        yield from problems(text)
        yield from self._faces.lacking(text)

    def _of_directions(self) -> Iterator[tuple[str, Origin | None]]:
        """Blocks that run from right to left, while their language does not."""
        for block in self.document.findall(dn.TextElement):
            if not isinstance(block, (dn.Inline, *NOT_SET, *CODE)) and turns_round(words := block.astext()):
                tag = language_at(block) or book_language(self.config)
                if share_from_the_right(words) > MOST and direction(tag) != "rtl":
                    file, line = get_source_line(block)
                    said = f"“{words[:20]}…” is written from right to left, but its language, {tag!r}, is not: say which it is, as {{lang=he}}"
                    yield said, Origin(file, line or 1) if file else None

    def _origin(self, leaf: dn.Text) -> Origin | None:
        """Where *leaf* stands in the source: its record, or the place of the innermost node that knows its own."""
        for above in ancestors(leaf):
            if isinstance(above, dn.citation) and (work := self._works.get(above["ids"][0])):
                return work
        file, line = get_source_line(leaf.parent)
        return Origin(file, line or 1) if file else None

    @cached_property
    def _works(self) -> dict[str, Origin]:
        """Where the records of the works stand, by the ids under which these are printed."""
        found: dict[str, Origin] = {}
        for name in self.config["bibtex_bibfiles"] or ():
            path = Path(self.env._app.confdir, name).resolve()
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            found = {key: Origin(str(path), line) for key, line in lines_of_works(text).items()} | found
        domain: Any = self.env.get_domain("cite")
        printed = {work.citation_id: work.key for work in domain.citations}
        return {printed_as: found[key] for printed_as, key in printed.items() if key in found}

    def _of_entries(self) -> Iterator[tuple[str, Origin | None]]:
        for node in self.document.findall(nodes.formal_entry):
            entry, face = shown(self.env._app.builder, node)
            yield from ((what, entry.item.origin) for what in self._problems(face.plain))

    def _of_settings(self) -> Iterator[tuple[str, None]]:
        for file in self._faces.not_installed():
            yield f"{file}, which apparatus_faces names in conf.py, is not installed", None
        for said in (*titles(self.config), self.config.author, *settings(self.config).imprint):
            yield from ((f"{what} (in conf.py: {said[:40]!r})", None) for what in self._problems(said))


def has_passages(table: dn.table) -> bool:
    """Whether a table is edited text, in columns."""
    columns = len(list(table.findall(dn.colspec)))
    return columns > 1 and any(node.get("passage") for node in table.findall(dn.Element))


def place_of(node: dn.Element) -> str:
    """Where *node*, or the first within it that knows, stands in the source, as a message begins."""
    found = (get_source_line(each) for each in node.findall(dn.Element))
    return next((f"{Origin(file, line)}: " for file, line in found if file and line), "")


def problems(text: str) -> Iterator[str]:
    """What of *text* cannot be set well."""
    if text.isascii() and len(text) < LINE and not CONTROL.search(text):
        return
    for found in sorted(set(CONTROL.findall(text))):
        yield f"the control character U+{ord(found):04X} prints nothing; take it out"
    for word in WORD.findall(text):
        if "/" not in word:  # an address may be divided
            yield f"“{word[:20]}…” has {len(word)} characters and may stick out of its line; put soft hyphens into it"
