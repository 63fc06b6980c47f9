"""Names in the text and the index that they lead to.

The register is read before any document. When the edition has been put together, every name
is found at its words; when a document is written, the words become links to the entry in the
index, and the entry lists the passages. Inside a lemma, or any other link, a name keeps its
anchor and is no link of its own: there the reader has another way to go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.register import Named
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.names.found import find_all_names, load_register
from apparatus.sphinxext.names.marked import MarkNames
from apparatus.sphinxext.schedule import BuilderInited, EnvUpdated
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import made_by_build

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class IndexOfNamesDirective(SphinxDirective):
    """Every entry of the register: name, original, dates, identification, passages."""

    def run(self) -> list[dn.Node]:
        domain = domain_of(self.env)
        if domain.register_file is None:
            message = "the index of names has no register; name its file in apparatus_register in conf.py"
            problem = Problem(ProblemKind.BAD_CONFIG, message, Origin(*self.get_source_info()))
            domain.remember(self.env.docname, problem)
            return []
        self.env.note_dependency(domain.register_file)
        every = domain.register.alphabetical(settings(self.config).scheme)
        entries = [named for named in every if named.forms]  # the others are in no passage
        return made_by_build([dn.definition_list("", *map(self._item, entries), classes=["index-of-names"])])

    def _item(self, named: Named) -> dn.definition_list_item:
        anchor = f"name-{named.key}"
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(anchor, self.env.docname, anchor, named.name)
        body = dn.definition(
            "", *self._identification(named), nodes.name_passages(key=named.key, classes=["name-passages"])
        )
        term = dn.term("", "", *heading(named), ids=[anchor])
        item = dn.definition_list_item("", term, body, classes=[named.kind])
        for node in item.findall(dn.Element):
            node.source, node.line = (named.origin.file, named.origin.line) if named.origin else (None, None)
        return item

    def _identification(self, named: Named) -> list[dn.Node]:
        cited = f" {{cite:p}}`{','.join(named.sources)}`" if named.sources else ""
        text = f"{named.identification.rstrip('.')}{cited}."
        if not text.strip(" ."):
            return []
        holder = dn.container()
        self.state.nested_parse(StringList([text], source=self.get_source_info()[0]), 0, holder)
        return list(holder.children)


def heading(named: Named) -> list[dn.Node]:
    """The name as the index has it, with its original and dates."""
    made: list[dn.Node] = [dn.inline("", named.name, classes=["preferred-name"])]
    if named.original and named.transliteration:
        original = nodes.cyrillic("", named.original, lang="ru", classes=["language-ru"])
        beside = nodes.transliteration(
            "", f" [{named.transliteration}]", lang="ru-Latn", classes=["language-ru-Latn"]
        )
        made += [dn.Text(" "), original, beside]
    elif named.original:  # its transliteration is set beside it with all others
        made.append(dn.Text(f" {named.original}"))
    if named.dates:
        made.append(dn.Text(f", {named.dates}"))
    return made


def setup(app: Sphinx) -> None:
    app.add_directive("index-of-names", IndexOfNamesDirective)
    app.connect("builder-inited", load_register, priority=BuilderInited.LOAD_REGISTER)
    app.connect("env-updated", find_all_names, priority=EnvUpdated.FIND_NAMES)
    app.add_post_transform(MarkNames)
