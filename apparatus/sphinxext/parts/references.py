"""``:::{references}``: how to cite the edition, or a passage of it, with records for reference managers.

The menu beside each number copies the same, made from the same functions (:mod:`apparatus.sphinxext.html.cite_menu`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes as dn
from docutils.parsers.rst.directives import choice
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from apparatus.citation import STYLES, Work, bibtex, csl_json, formatted, ris
from apparatus.language import is_other
from apparatus.model import FIRST, Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, domain_of, remembered
from apparatus.sphinxext.outputs import is_for_browsers, is_print, page_language
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import EnvUpdated, PostTransform
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.kinds import had_at_rest
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: What a reference says on paper as long as the edition has no address of its own.
NO_ADDRESS = phrase("[address]")
#: What Sphinx calls a project that has no name.
NO_TITLE = "Project name not set"
#: The language of the styles, and so of references in them.
STYLED = "en"
RECORDS = (("BibTeX", bibtex), ("RIS", ris), ("CSL-JSON", csl_json))


def work_of(config: Config) -> Work:
    """The edition as its configuration names it; a year only where a date is given or the build's is fixed."""
    its = settings(config).citation
    year = format_date("%Y", language="en") if os.environ.get("SOURCE_DATE_EPOCH") else ""
    return Work(
        "" if config.project == NO_TITLE else config.project,
        config.release,
        its.editors,
        its.released or year,
        its.short,
        its.sentence,
        its.doi,
        its.doi_of_all,
    )


class Asked(NamedTuple):
    """References as they were asked for: to a passage, or to the edition."""

    number: str
    origin: Origin

    def answer(self, domain: ApparatusDomain) -> object:
        """Where the passage stands."""
        numbered = domain.numbered
        at = numbered.text.index.get(self.number) if numbered else None
        return None if numbered is None or at is None else numbered.document_of(at)


class references(dn.General, dn.Element):
    """How to cite the edition, or the passage ``number`` of it; written when the edition is put together."""


class ReferencesDirective(SphinxDirective):
    """``:::{references}``, or ``:::{references} 2.3``: how to cite the edition, or a passage of it.

    With ``:style: Chicago`` the one reference, to be copied, and no list.
    """

    optional_arguments = 1
    option_spec: ClassVar = {"style": lambda given: choice(given, [style.label.lower() for style in STYLES])}

    def run(self) -> list[dn.Node]:
        number = self.arguments[0] if self.arguments else ""
        node = references(number=number, style=self.options.get("style", ""))
        domain_of(self.env).remember(self.env.docname, Asked(number, Origin(*self.get_source_info())))
        return made_by_build([node])


def check_places(app: Sphinx, env: BuildEnvironment) -> None:
    """Report references that cannot be given, in every build (``env-updated``)."""
    asked, title = [one for _, one in remembered(env, Asked)], work_of(app.config).title
    for problem in domain_of(env).found("references", (asked, title), lambda: _faults(env, asked, title)):
        report([problem])  # each for itself: they are counted by kind


def _faults(env: BuildEnvironment, asked: list[Asked], title: str) -> Iterator[Problem]:
    edition = domain_of(env).numbered if asked else None
    known = edition.text.index if edition else {}
    for number, origin in asked:
        if not title:
            message = "references: the edition has no title to be cited by; set project in conf.py"
            yield Problem(ProblemKind.BAD_CONFIG, message, origin)
        elif number and number not in known:
            message = f"references: there is no passage {number!r}; give one that the edition has"
            yield Problem(ProblemKind.NO_SUCH_BLOCK, message, origin)


class WriteReferences(SphinxPostTransform):
    """Put references and records in the place of each :class:`references`."""

    default_priority = PostTransform.WRITE_REFERENCES

    def run(self, **kwargs: Any) -> None:
        wanted = had_at_rest(self.document, references)
        for node in list(self.document.findall(references)) if wanted else ():
            if work_of(self.config).title:
                made = self._one(node) if node["style"] else self._list(node["number"])
                self._mark(made)
                node.replace_self(made)
            else:
                node.parent.remove(node)

    def _mark(self, made: dn.Node | list[dn.paragraph]) -> None:
        """The styles are English: on a page in another language their references say so."""
        if is_other(STYLED, page_language(self.config, self.env._app.builder)):
            for part in made if isinstance(made, list) else [made]:
                for paragraph in part.findall(dn.paragraph):
                    paragraph["classes"].append(f"language-{STYLED}")

    def _one(self, node: references) -> list[dn.paragraph]:
        style = next(style for style in STYLES if style.label.lower() == node["style"])
        lines = formatted(
            style, work_of(self.config), self._said(node["number"]), self._address(node["number"])
        )
        return [dn.paragraph("", "", *_in_italics(line), classes=["reference-to-copy"]) for line in lines]

    def _list(self, number: str) -> dn.definition_list:
        work, address = work_of(self.config), self._address(number)
        listed = dn.definition_list(classes=["references"])
        for style in STYLES:
            lines = formatted(style, work, self._said(number), address)
            listed += _item(style.label, *(dn.paragraph("", "", *_in_italics(line)) for line in lines))
        # On paper nobody copies a record.
        for label, record in RECORDS if not is_print(self.env._app.builder) else ():
            text = record(work, self._said(number), address)
            listed += _item(label, dn.literal_block(text, text, language="none"))
        return listed

    def _said(self, number: str) -> str:
        """The number as it is cited: with the names of its levels, where they have any."""
        return settings(self.config).references[FIRST].said(number) if number else ""

    def _address(self, number: str) -> str:
        base, no_address = self.config.html_baseurl.rstrip("/"), voice_of(self.config).say(NO_ADDRESS)
        if not number:
            return f"{base}/" if base else no_address
        edition = domain_of(self.env).edition
        at = edition.text.index.get(number) if edition else None
        if edition is None or at is None:
            return no_address
        page = f"{base}/{self._page(edition.document_of(at))}" if base else no_address
        return f"{page}#{number}"

    def _page(self, docname: str) -> str:
        """A page's address below that of the edition: the builder's own; paper and EPUB mean the page of the site."""
        builder = self.env._app.builder
        if is_for_browsers(builder):
            return builder.get_target_uri(docname)
        return docname + (self.config.html_file_suffix or ".html")


def _item(term: str, *body: dn.Node) -> dn.definition_list_item:
    return dn.definition_list_item("", dn.term("", term), dn.definition("", *body))


def _in_italics(line: str) -> list[dn.Node]:
    """The nodes of a reference: every other part of it stands between ``<i>`` and ``</i>``."""
    parts = enumerate(re.split(r"</?i>", line))
    return [dn.emphasis("", part) if i % 2 else dn.Text(part) for i, part in parts if part]


def setup(app: Sphinx) -> None:
    app.connect("env-updated", check_places, priority=EnvUpdated.CHECK_REFERENCES)
    app.add_node(references)
    app.add_directive("references", ReferencesDirective)
    app.add_post_transform(WriteReferences)
