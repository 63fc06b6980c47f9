"""``:::{whole-apparatus}``: all formal entries in one table, with their kind and who departs.

A plain table of the whole apparatus; with a script it can be filtered by kind and witness and
sorted by any column. In print every entry stands at the foot of its page, so there the table
is left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from apparatus.edition import Edition, EditionEntry
from apparatus.establishment import kinds_of
from apparatus.forms import is_substantive
from apparatus.model import Entry
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.fill import EntryFiller
from apparatus.sphinxext.outputs import is_print, makes_pages
from apparatus.sphinxext.schedule import HtmlPageContext, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import entry_nodes, split_key
from apparatus.sphinxext.tree.links import link

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The mark in a document's metadata, which Sphinx forgets and merges with the document.
MARK = "apparatus-whole"
HEAD = ("No.", "Entry", "Kind", "Witness")


class whole_apparatus(dn.container):
    """Where the table is wanted."""


class WholeApparatusDirective(SphinxDirective):
    """The whole apparatus; takes nothing."""

    has_content = True

    def run(self) -> list[dn.Node]:
        self.env.metadata[self.env.docname][MARK] = True
        return [whole_apparatus()]


class FillWholeApparatus(SphinxPostTransform):
    """Write the table, once the edition has been put together."""

    default_priority = PostTransform.FILL_WHOLE_APPARATUS

    def run(self, **kwargs: Any) -> None:
        wanted = list(self.document.findall(whole_apparatus))
        edition, builder = domain_of(self.env).edition, self.env._app.builder
        for node in wanted:
            rows = [] if edition is None or is_print(builder) else list(self._rows(edition))
            if not rows:
                node.parent.remove(node)
                continue
            made: list[dn.Node] = [_table([row for row, _ in rows])]
            if makes_pages(self.env._app):
                names = {key: one.name for key, one in edition.conspectus.by_key.items()} if edition else {}
                made.insert(0, dn.raw("", _filters([facts for _, facts in rows], names), format="html"))
            node.replace_self(made)

    def _rows(self, edition: Edition) -> Iterator[tuple[dn.row, tuple[list[str], list[str]]]]:
        """The row of each entry, with its kinds and those who depart."""
        domain, builder = domain_of(self.env), self.env._app.builder
        here = self.env.current_document.docname
        home, positive = domain.data["conspectus_doc"], settings(self.config).positive
        filler = EntryFiller(builder, edition, home, positive=positive, in_print=False)
        remarks = self._remarks({entry.key[0] for entry in edition.entries})
        for i, entry in enumerate(edition.entries):
            if not isinstance(entry.item, Entry) or entry.block is None:
                continue
            kinds, departs = list(kinds_of(edition, entry)), _departs(entry)
            number = edition.text.blocks[entry.block].number
            place = link(builder, here, edition.document_of(entry.block), number, dn.Text(number))
            made = nodes.entry("", "", *remarks.get(entry.key, []), form=entry.series.form)
            filler.fill(made, dataclasses.replace(entry, key=(here, i)))
            line = dn.paragraph("", "", *made.children, classes=["entry-in-table"])
            line["back"] = made.get("back")
            cells = (dn.paragraph("", "", place), line, _words(", ".join(kinds)), _words(" ".join(departs)))
            accidental = [] if is_substantive(entry) else ["accidental"]
            yield _row(cells, accidental), (kinds, departs)

    def _remarks(self, documents: Iterable[str]) -> dict[tuple[str, int], list[dn.Node]]:
        """The remarks as they were parsed, by entry."""
        found: dict[tuple[str, int], list[dn.Node]] = {}
        for docname in sorted(documents):
            for key, node in entry_nodes(self.env.get_doctree(docname)).items():
                copies = [child.deepcopy() for child in node.children if isinstance(child, nodes.remark)]
                found[split_key(key)] = list(copies)
        return found


def _departs(entry: EditionEntry) -> list[str]:
    """Witnesses with another reading, by the account; else whoever the readings name."""
    if entry.account and entry.account.depart:
        return list(dict.fromkeys(key for key, _ in entry.account.depart))
    readings = entry.item.readings if isinstance(entry.item, Entry) else ()
    return list(dict.fromkeys(siglum.key for reading in readings for siglum in reading.sigla))


def _words(text: str) -> dn.paragraph:
    return dn.paragraph("", text)


def _row(cells: Iterable[dn.Node], classes: Iterable[str] = ()) -> dn.row:
    return dn.row("", *(dn.entry("", cell) for cell in cells), classes=list(classes))


def _table(rows: list[dn.row]) -> dn.table:
    group = dn.tgroup("", *(dn.colspec(colwidth=width) for width in (10, 50, 28, 12)), cols=len(HEAD))
    group += [dn.thead("", _row(map(_words, HEAD))), dn.tbody("", *rows)]
    return dn.table("", group, classes=["whole-apparatus"])


def _filters(facts: list[tuple[list[str], list[str]]], names: Mapping[str, str]) -> str:
    """The choices by which the script filters; without it they are not seen. *names* are those of the sigla."""

    def option(value: str) -> str:
        if not names.get(value):
            return f"<option>{escape(value)}</option>"
        return f'<option value="{escape(value)}">{escape(value)}: {escape(names[value])}</option>'

    def choice(label: str, values: Iterable[str]) -> str:
        options = "".join(map(option, values))
        return f'<label>{label} <select><option value="">all</option>{options}</select></label>'

    kinds = sorted({kind for found, _ in facts for kind in found})
    witnesses = sorted({key for _, found in facts for key in found})
    return (
        f'<div class="filters needs-script" role="group" aria-label="Filter">{choice("Kind", kinds)}'
        f"{choice('Witness', witnesses)}<output>{len(facts)} entries</output></div>"
    )


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """The script that filters and sorts, on the pages that have the table."""
    if makes_pages(app) and MARK in app.env.metadata.get(pagename, {}):
        app.add_js_file("whole-apparatus.js", loading_method="defer")
        app.add_css_file("whole-apparatus.css")


def setup(app: Sphinx) -> None:
    app.add_directive("whole-apparatus", WholeApparatusDirective)
    app.connect("html-page-context", add_script, priority=HtmlPageContext.WHOLE_APPARATUS)
    app.add_post_transform(FillWholeApparatus)
