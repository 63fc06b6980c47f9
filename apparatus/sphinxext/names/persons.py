"""``:::{who-is-who}``: the persons of the register that have a rank or a fate, in the order of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.register import Named
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.names.index import heading
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HEAD = (phrase("Name"), phrase("Rank and part"), phrase("Fate"))
WIDTHS = (30, 40, 30)


class PersonsDirective(SphinxDirective):
    """Who took part: name, rank and part, fate; the name leads to the index if the text has it."""

    def run(self) -> list[dn.Node]:
        domain = domain_of(self.env)
        if domain.register_file is None:
            message = "who-is-who has no register; name its file in apparatus_register in conf.py"
            problem = Problem(ProblemKind.BAD_CONFIG, message, Origin(*self.get_source_info()))
            domain.remember(self.env.docname, problem)
            return []
        self.env.note_dependency(domain.register_file)
        persons = [named for named in domain.register.entries if named.rank or named.fate]
        return made_by_build([self._table(persons)] if persons else [])

    def _table(self, persons: list[Named]) -> dn.table:
        group = dn.tgroup("", *(dn.colspec(colwidth=w) for w in WIDTHS), cols=len(WIDTHS))
        head = dn.row(
            "", *(dn.entry("", *spoken(dn.paragraph("", voice_of(self.config).say(name)))) for name in HEAD)
        )
        group += [dn.thead("", head), dn.tbody("", *map(self._row, persons))]
        return dn.table("", group, classes=["persons", "colwidths-given"])

    def _row(self, named: Named) -> dn.row:
        cells = [self._name(named), self._inline(named.rank), self._inline(named.fate)]
        row = dn.row("", *(dn.entry("", dn.paragraph("", "", *cell)) for cell in cells))
        if named.origin:
            for node in row.findall(dn.Element):
                node.source, node.line = named.origin.file, named.origin.line
        return row

    def _inline(self, words: str) -> list[dn.Node]:
        return list(self.state.inline_text(words, self.lineno)[0]) if words else []

    def _name(self, named: Named) -> list[dn.Node]:
        shown = heading(named)
        if not named.forms:
            return shown
        target = f"name-{named.key}"
        found = addnodes.pending_xref(
            "",
            dn.inline("", "", shown[0]),
            refdomain="std",
            reftype="ref",
            reftarget=target,
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=False,  # an edition need not have an index of names
        )
        return [found, *shown[1:]]


def setup(app: Sphinx) -> None:
    app.add_directive("who-is-who", PersonsDirective)
