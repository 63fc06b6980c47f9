"""What a source may not do unless ``conf.py`` trusts it: run, lead to what runs, read what is not the edition's.

Sources are data, above all those that were imported. Raw HTML and raw TeX are shown as the text that
they are; a link that would run is its words; a file outside the edition's folder is not read. Each is
reported. ``apparatus_trusted_sources = True`` lets raw code and outside files through, and the build
says so; a link that would run is none there either.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from docutils.parsers.rst import Directive
from docutils.parsers.rst.directives.misc import Raw
from sphinx.addnodes import download_reference
from sphinx.directives.code import LiteralInclude
from sphinx.directives.patches import CSVTable
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from apparatus.mathematics import fault_of
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import BuilderInited, IncludeRead, PostTransform, Transform
from apparatus.sphinxext.tree.constructs import OF_THE_PARSER
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.uri import is_inside, is_link, scheme_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*", re.DOTALL)
TRUST = "apparatus_trusted_sources = True in conf.py lets it through, if every source can be trusted"


def origin_of(node: dn.Node, env: BuildEnvironment) -> Origin:
    """Where a node stands in the source; at its nearest parent that knows."""
    above = next((above for above in (node, *ancestors(node)) if above.line), node)
    return Origin(above.source or str(env.doc2path(env.current_document.docname)), above.line or 1)


def keep_problem(env: BuildEnvironment, problem: Problem) -> None:
    """Remember what is wrong with the document that is being read, to report it in every build."""
    domain_of(env).remember(env.current_document.docname, problem)


def folders(env: BuildEnvironment) -> tuple[Path, ...]:
    """The folders that are the edition's: of its sources and of its settings."""
    return Path(env.srcdir), Path(domain_of(env).confdir)


class Distrust(SphinxTransform):
    """Raw code becomes the text that it is, and files from outside are taken out, before anything reads the tree."""

    default_priority = Transform.DISTRUST

    def apply(self, **kwargs: Any) -> None:
        if settings(self.config).trusted_sources:
            return
        shown = [node for node in list(self.document.findall(dn.raw)) if not _is_harmless(node)]
        for node in shown:
            _show(node)
        if shown:
            keep_problem(self.env, code_shown(shown, self.env))
        formulas: list[dn.math | dn.math_block] = [
            *self.document.findall(dn.math),
            *self.document.findall(dn.math_block),
        ]
        for formula in formulas:
            self._let_through(formula)
        asking: list[dn.Element] = [
            *self.document.findall(dn.image),
            *self.document.findall(download_reference),
        ]
        for element in asking:
            self._keep_inside(element)

    def _let_through(self, node: dn.math | dn.math_block) -> None:
        """Leave a formula that is mathematics; show another as the text that it is."""
        if not (fault := fault_of(node.astext())):
            return
        origin = origin_of(node, self.env)
        keep_problem(
            self.env,
            Problem(ProblemKind.UNTRUSTED, f"a formula is shown as text, because {fault}; {TRUST}", origin),
        )
        words = (
            dn.literal("", node.astext())
            if isinstance(node, dn.math)
            else dn.literal_block("", node.astext())
        )
        words.source, words.line = node.source, node.line
        node.parent.replace(node, words)

    def _keep_inside(self, node: dn.Element) -> None:
        asked = node.get("uri") or node.get("reftarget", "")
        if scheme_of(asked):
            return
        path = Path(self.env.relfn2path(asked)[1])
        if not is_inside(path, folders(self.env)):
            keep_problem(self.env, outside(asked, origin_of(node, self.env)))
            node.replace_self(dn.Text(node.get("alt") or node.astext() or asked))


def code_shown(shown: list[dn.raw], env: BuildEnvironment) -> Problem:
    """One report for all the raw code of a document."""
    more = len(shown) - 1
    places = f", here and in {more} more {'place' if more == 1 else 'places'}" if more else ""
    fault = f"raw {shown[0]['format'].upper()} is shown as the text that it is{places}; {TRUST}"
    return Problem(ProblemKind.UNTRUSTED, fault, origin_of(shown[0], env))


def _is_harmless(node: dn.raw) -> bool:
    """Whether raw code is this project's or the parser's, or a comment, which becomes one of the tree."""
    if node.get("ours") or OF_THE_PARSER.fullmatch(node.astext()):
        return True
    if node["format"] == "html" and _COMMENT.fullmatch(node.astext()):
        words = node.astext().strip().removeprefix("<!--").removesuffix("-->").strip()
        node.replace_self(dn.comment(words, words))
        return True
    return False


def outside(asked: str, origin: Origin) -> Problem:
    """A file that is asked for and is not the edition's."""
    fault = (
        f"'{asked}' lies outside the edition's folder and is not read; copy it into the folder, or {TRUST}"
    )
    return Problem(ProblemKind.UNTRUSTED, fault, origin)


def _show(node: dn.raw) -> None:
    """Put the words of raw code in its place, as a paragraph where blocks stand."""
    words = dn.Text(node.astext().strip("\n"))
    if isinstance(node.parent, dn.TextElement):
        node.replace_self(words)
        return
    paragraph = dn.paragraph("", "", words)
    paragraph.source, paragraph.line = node.source, node.line
    node.replace_self(paragraph)


class HarmlessLinks(SphinxPostTransform):
    """A link that would run is its words, whatever field it comes from."""

    default_priority = PostTransform.HARMLESS_LINKS

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(dn.reference)):
            address = node.get("refuri", "")
            if is_link(address):
                continue
            fault = f"'{address[:80]}' is no address that can be a link: '{scheme_of(address)}:' is not let through"
            report([Problem(ProblemKind.UNTRUSTED, fault, origin_of(node, self.env))])
            node.replace_self(node.children)


def keep_include_inside(app: Sphinx, path: Path, docname: str, content: list[str]) -> None:
    """Read nothing from an included file that lies outside (``include-read``)."""
    if settings(app.config).trusted_sources or is_inside(Path(app.srcdir) / path, folders(app.env)):
        return
    keep_problem(app.env, outside(str(path), Origin(str(app.env.doc2path(docname)), 1)))
    content[0] = ""


def guarded(base: type[Directive]) -> type[Directive]:
    """A directive that reads a file, kept from reading any but the edition's own, and from fetching one."""

    class Guarded(base):  # type: ignore[valid-type, misc]
        def run(self) -> list[dn.Node]:
            env: BuildEnvironment = self.state.document.settings.env
            fetched = self.options.get("url", "")
            asked = (
                fetched or self.options.get("file") or (base is LiteralInclude and self.arguments[0]) or ""
            )
            # Raw code from a file is never data; and docutils finds that file by a rule of its own.
            may_read = not fetched and base is not Raw
            is_own = not asked or (may_read and is_inside(Path(env.relfn2path(asked)[1]), folders(env)))
            if is_own or settings(env.config).trusted_sources:
                return list(super().run())
            keep_problem(env, outside(asked, Origin(self.state.document.current_source or "", self.lineno)))
            return []

    return Guarded


def begin_distrust(app: Sphinx) -> None:
    """Remember which folder is the edition's; say that sources are trusted, when they are (``builder-inited``)."""
    domain_of(app.env).confdir = str(app.confdir)
    if settings(app.config).trusted_sources:
        logger.info("apparatus: the sources are trusted (conf.py): raw HTML and TeX in them run")


def setup(app: Sphinx) -> None:
    app.add_transform(Distrust)
    app.add_post_transform(HarmlessLinks)
    app.connect("include-read", keep_include_inside, priority=IncludeRead.KEEP_INSIDE)
    app.connect("builder-inited", begin_distrust, priority=BuilderInited.BEGIN_DISTRUST)
    for name, base in (("literalinclude", LiteralInclude), ("csv-table", CSVTable), ("raw", Raw)):
        app.add_directive(name, guarded(base), override=True)
