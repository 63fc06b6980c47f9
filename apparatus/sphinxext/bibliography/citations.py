"""The edition's style in sphinxcontrib-bibtex, and citation keys that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from pybtex.plugin import register_plugin
from pybtex_docutils import Backend
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CiteRole
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from apparatus.bibliography import LANGUAGE, TRANSLITERATION, style_for
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.script import SCHEMES
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.schedule import ConfigInited, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


class EditionBackend(Backend):
    """pybtex rich text to docutils, transliterations as nodes of the edition."""

    def format_tag(self, tag_name: str, text: list[dn.Node]) -> list[dn.Node]:
        if tag_name == TRANSLITERATION:
            return [nodes.transliteration("", "", *text, lang="ru-Latn", classes=["language-ru-Latn"])]
        if tag_name.startswith(LANGUAGE):
            return [dn.inline("", "", *text, classes=[tag_name])]
        rendered: list[dn.Node] = super().format_tag(tag_name, text)
        return rendered


class EditionCiteRole(CiteRole):
    """Bibtex's role, but keys that cannot be read are kept and do not end the build."""

    def result_nodes(
        self, document: dn.document, env: BuildEnvironment, node: dn.Element, is_ref: bool
    ) -> tuple[list[dn.Node], list[dn.system_message]]:
        try:
            keys_of(self.target)
        except ValueError:
            shown = dn.inline("", f"[{self.target}?]", classes=["unknown-citation"], malformed=self.target)
            return [shown], []
        bibtex: Any = super()  # untyped
        made: tuple[list[dn.Node], list[dn.system_message]] = bibtex.result_nodes(document, env, node, is_ref)
        return made


def keys_of(target: str) -> tuple[str, ...]:
    """The keys in a citation; ``ValueError`` where it does not have the form ``key,{see}key{p. 2}``."""
    return tuple(found.key for found in parse_citation_targets(target))


def citing(document: dn.Element) -> Iterator[addnodes.pending_xref]:
    """The citations of a document, before they are resolved."""
    for node in document.findall(addnodes.pending_xref):
        if node.get("refdomain") == "cite":
            yield node


def listed_keys(env: BuildEnvironment) -> dict[str, tuple[str, str, str]]:
    """Each key that stands in a bibliography → its document, anchor and label."""
    domain: Any = env.get_domain("cite")
    return {
        citation.key: (
            citation.bibliography_key.docname,
            citation.citation_id,
            citation.formatted_entry.label,
        )
        for citation in domain.citations
        if domain.bibliographies[citation.bibliography_key].list_ == "citation"
    }


def unknown_key(key: str, stored: Iterable[str]) -> Problem:
    """The problem with a key that no bibliography lists; *stored* are those of the files."""
    if key in stored:
        message = f"citation key '{key}' is in a bibliography file, but no bibliography lists it"
    else:
        like = nearest(key, stored)
        hint = f"; did you mean '{like}'?" if like else ""
        message = f"citation key '{key}' is in none of the bibliography files{hint}"
    return Problem(ProblemKind.UNKNOWN_CITATION, message)


def malformed(target: str) -> Problem:
    """The problem with a citation that cannot be read."""
    message = f"citation '{target}' cannot be read; divide keys by commas, as in `key1,key2`"
    return Problem(ProblemKind.UNKNOWN_CITATION, message)


class UnknownCitations(SphinxPostTransform):
    """Print a key that does not exist as it was written, and leave the others to bibtex.

    It is reported by ``sphinxext.backlinks``, with its place; taken out here, so that
    bibtex neither reports it again nor drops it from the page.
    """

    default_priority = PostTransform.UNKNOWN_CITATIONS

    def run(self, **kwargs: Any) -> None:
        if "cite" not in self.env.domains:
            return
        listed = listed_keys(self.env)
        for node in list(citing(self.document)):
            targets = list(parse_citation_targets(node["reftarget"]))
            unknown = [target.key for target in targets if target.key not in listed]
            if not unknown:
                continue
            printed: list[dn.Node] = [dn.inline("", f"[{', '.join(unknown)}?]", classes=["unknown-citation"])]
            known = [target for target in targets if target.key in listed]
            if known:
                node["reftarget"] = ",".join(f"{_braced(t.pre)}{t.key}{_braced(t.post)}" for t in known)
                printed = [node, dn.Text(" "), *printed]
            node.replace_self(printed)


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def configure_bibtex(app: Sphinx, config: Config) -> None:
    """Make ``bibtex_default_style = "apparatus"`` use the edition's scheme, and take our roles for bibtex's."""
    voice = voice_of(config)
    for name, scheme in [("apparatus", settings(config).scheme), *((f"apparatus-{s}", s) for s in SCHEMES)]:
        register_plugin("pybtex.style.formatting", name, style_for(scheme, voice), force=True)
    if app.registry.has_domain("cite"):
        app.add_role("cite", EditionCiteRole(), override=True)
        for role in BibtexDomain._role_names:
            app.add_role_to_domain("cite", role, EditionCiteRole(), override=True)


def setup(app: Sphinx) -> None:
    BibliographyTransform.backend = EditionBackend()
    app.connect("config-inited", configure_bibtex, priority=ConfigInited.BIBLIOGRAPHY_STYLE)
    app.add_post_transform(UnknownCitations)
