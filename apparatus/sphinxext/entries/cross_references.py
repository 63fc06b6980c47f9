"""``{note}`` and ``{entry}``: a note is named by passage and lemma, and printed by its number.

``see note {note}`1.7: the defeat of his 2nd Shock Army``` prints *see note 43*; ``{entry}`` prints
the passage of the entry. Both are links in every output. What the source names is looked up when
the edition has been put together, in every build, so that a number that has changed is renewed
wherever it is printed and a target that has gone is reported even where nothing was read anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from apparatus.cross_reference import find_entry
from apparatus.edition import Edition, EditionEntry
from apparatus.model import Conspectus, EditedText, Origin
from apparatus.problems import Problem
from apparatus.sphinxext.domain import ApparatusDomain, domain_of, remembered
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import DoctreeRead, EnvUpdated, PostTransform
from apparatus.sphinxext.tree.kinds import had_at_rest
from apparatus.sphinxext.tree.links import link

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class entry_reference(dn.inline):
    """A reference not yet resolved: ``target``, ``is_note``; its child is what was written."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """A reference as it was read."""

    target: str
    is_note: bool
    origin: Origin

    def answer(self, domain: ApparatusDomain) -> object:
        """What its page prints."""
        edition = edition_named(domain, self.target)
        found = find_entry(edition, self.target, is_note=self.is_note)
        if isinstance(found, Problem) or found.block is None:
            return None
        return found.id, found.number, found.place, edition.document_of(found.block)


def edition_named(domain: ApparatusDomain, target: str) -> Edition:
    """The edition as far as the passage that a reference names belongs to it."""
    return domain.edition_at(target.partition(":")[0].strip()) or Edition(EditedText(()), Conspectus())


class EntryReference(SphinxRole):
    """The roles ``note`` and ``entry``."""

    def run(self) -> tuple[list[dn.Node], list[dn.system_message]]:
        target = " ".join(self.text.split())
        node = entry_reference("", self.text, target=target, is_note=self.name == "note", generated=True)
        node.source, node.line = self.get_source_info(self.lineno)
        return [node], []


def note_cross_references(app: Sphinx, doctree: dn.document) -> None:
    """Note the references of a document that has just been read."""
    docname = app.env.current_document.docname
    source = str(app.env.doc2path(docname))
    domain_of(app.env).remember(
        docname,
        *(
            Pointing(n["target"], n["is_note"], Origin(n.source or source, n.line or 1))
            for n in doctree.findall(entry_reference)
        ),
    )


def check_cross_references(app: Sphinx, env: BuildEnvironment) -> None:
    """Report references that lead nowhere."""
    pointing = [found for _, found in remembered(env, Pointing)]
    for problem in domain_of(env).found("pointing", pointing, lambda: _faults(env, pointing)):
        report([problem])


def _faults(env: BuildEnvironment, pointing: list[Pointing]) -> Iterator[Problem]:
    domain, nothing = domain_of(env), Edition(EditedText(()), Conspectus())
    for p in pointing:
        found = find_entry(edition_named(domain, p.target), p.target, is_note=p.is_note)
        if isinstance(found, Problem):  # said with a look at the whole edition
            said = find_entry(domain.edition or nothing, p.target, is_note=p.is_note, origin=p.origin)
            yield from [said] if isinstance(said, Problem) else []


class ResolveReferences(SphinxPostTransform):
    """Print the number, as a link; what leads nowhere stays as it was written."""

    default_priority = PostTransform.RESOLVE_CROSS_REFERENCES

    def run(self, **kwargs: Any) -> None:
        if not had_at_rest(self.document, entry_reference):
            return
        waiting, here = list(self.document.findall(entry_reference)), self.env.current_document.docname
        for node in waiting:
            edition = edition_named(domain_of(self.env), node["target"])
            found = find_entry(edition, node["target"], is_note=node["is_note"])
            if not isinstance(found, EditionEntry) or found.block is None:
                node.replace_self(dn.inline("", "", *node.children))
                continue
            keep_with_word_before(node)
            words = dn.Text(str(found.number) if found.number is not None else found.place)
            home = edition.document_of(found.block)
            node.replace_self(link(self.env._app.builder, here, home, found.id, words))


def keep_with_word_before(node: dn.Node) -> None:
    """No line begins with the number: the blank before it is not broken."""
    at = node.parent.index(node)
    before = node.parent[at - 1] if at else None
    if isinstance(before, dn.Text) and before.endswith(" "):
        node.parent[at - 1] = dn.Text(f"{before[:-1]}\N{NO-BREAK SPACE}")


def setup(app: Sphinx) -> None:
    app.add_role("note", EntryReference())
    app.add_role("entry", EntryReference())
    app.connect("doctree-read", note_cross_references, priority=DoctreeRead.NOTE_CROSS_REFERENCES)
    app.connect("env-updated", check_cross_references, priority=EnvUpdated.CHECK_CROSS_REFERENCES)
    app.add_post_transform(ResolveReferences)
