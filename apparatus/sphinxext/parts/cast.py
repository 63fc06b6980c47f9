"""``:::{cast}``: the roles of a play, each with the passages where it speaks; the speakers lead to it.

A role is a line, ``Anna (An., Ann.): keeps the ferry``. A cast list that is transmitted is text as any other;
this one is the editors'.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from apparatus.drama import Role, Speech, by_form, check_cast, plain_name, read_role
from apparatus.edition import Edition
from apparatus.model import SPEAKER, Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.domain import domain_of, remembered
from apparatus.sphinxext.outputs import is_print
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import EnvUpdated, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.drama import WHO
from apparatus.sphinxext.tree.keys import keyed_blocks
from apparatus.sphinxext.tree.kinds import had_at_rest
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class speeches(nodes.gathers, dn.paragraph):
    """Where the ``role`` of that name speaks; filled when its document is written."""


class CastDirective(SphinxDirective):
    """The cast list, a role on each line (TEI ``castList``)."""

    has_content = True

    def run(self) -> list[dn.Node]:
        roles = [role for role in map(self._role, range(len(self.content))) if role is not None]
        return (
            made_by_build([dn.definition_list("", *map(self._item, roles), classes=["cast"])])
            if roles
            else []
        )

    def _role(self, i: int) -> Role | None:
        line = self.content[i]
        origin = Origin(self.get_source_info()[0], self.lineno + self.content_offset + 1 + i)
        if not line.strip():
            return None
        role = read_role(line, origin)
        if role is None:
            message = f"{line.strip()!r} is no role; write its name, as in: Anna (An., Ann.): keeps the ferry"
            domain_of(self.env).remember(self.env.docname, Problem(ProblemKind.BAD_ROLE, message, origin))
            return None
        domain_of(self.env).remember(self.env.docname, role)
        return role

    def _item(self, role: Role) -> dn.definition_list_item:
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(role.anchor, self.env.docname, role.anchor, role.name)
        about, messages = self.state.inline_text(role.about, role.origin.line if role.origin else self.lineno)
        body = dn.definition("", *([dn.paragraph("", "", *about)] if about else []), speeches(role=role.name))
        return dn.definition_list_item("", dn.term("", role.name, ids=[role.anchor]), body, *messages)


def check_speakers(app: Sphinx, env: BuildEnvironment) -> None:
    """Report speakers that no role is, and roles that nobody speaks, in every build (``env-updated``)."""
    roles = [role for _, role in remembered(env, Role)]
    report(check_cast(roles, [speech for _, speech in remembered(env, Speech)]))


class FillCast(SphinxPostTransform):
    """Say where each role speaks, and let the speakers lead to their roles."""

    default_priority = PostTransform.FILL_CAST

    def run(self, **kwargs: Any) -> None:
        edition = domain_of(self.env).numbered
        if edition is None:
            return
        is_listed = had_at_rest(self.document, speeches)
        for entry in list(self.document.findall(speeches)) if is_listed else ():
            entry.replace_self(self._filled(entry["role"], edition))
        # A text without roles has nobody to whom a speaker could lead; it need not be walked.
        if not is_print(self.env._app.builder) and any(True for _ in remembered(self.env, Role)):
            for block in keyed_blocks(self.document):
                self._link_speakers(block)

    def _filled(self, role: str, edition: Edition) -> dn.paragraph:
        found = list(self._of(role))
        voice = voice_of(self.config)
        listed = dn.paragraph("", "", classes=["speeches"])
        listed += dn.Text(voice.plural("{number} speech", "{number} speeches", len(found)))
        for i, (docname, speech) in enumerate(found):
            block = edition.blocks_of[docname][speech.block]
            number = edition.text.number_in(block, edition.text.starts[block] + speech.at)
            listed += dn.Text(", " if i else ": ")
            here = self.env.current_document.docname
            listed += link(self.env._app.builder, here, docname, number, dn.Text(number))
        return listed

    def _of(self, role: str) -> Iterator[tuple[str, Speech]]:
        """The speeches of a role, each with its document."""
        known = by_form([one for _, one in remembered(self.env, Role)])
        for docname, speech in remembered(self.env, Speech):
            if any(
                its is not None and its.name == role for its in map(known.get, map(plain_name, speech.who))
            ):
                yield docname, speech

    def _link_speakers(self, block: dn.Element) -> None:
        known = by_form([role for _, role in remembered(self.env, Role)])
        for node in block.findall(dn.inline):
            # A speaker who has an entry leads to that, as all words of the text do.
            if SPEAKER not in node["classes"] or any(map(is_link, (node.parent, *node.findall()))):
                continue
            role = known.get(plain_name(node.get(WHO) or node.astext()))
            home = self.env.domains.standard_domain.anonlabels.get(role.anchor) if role else None
            if role is not None and home is not None:
                builder, here = self.env._app.builder, self.env.current_document.docname
                node[:] = [link(builder, here, home[0], role.anchor, *node.children, classes=["role"])]


def is_link(node: dn.Node) -> bool:
    """Whether a node leads elsewhere already."""
    return isinstance(node, (dn.reference, addnodes.pending_xref, nodes.lemma))


def setup(app: Sphinx) -> None:
    app.add_node(speeches)
    app.add_directive("cast", CastDirective)
    app.connect("env-updated", check_speakers, priority=EnvUpdated.CHECK_SPEAKERS)
    app.add_post_transform(FillCast)
