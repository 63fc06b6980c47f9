"""An offprint: one section of the edited text, and of the bibliography what it cites.

The whole book is assembled, numbered and resolved as ever, so that every number is that of the
book; then all that is not of the section is left out. A reference to what is left out prints its
words and leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.latex import LaTeXTranslator

from apparatus.edition import Edition
from apparatus.model import Conspectus, Group, Scholar, Witness
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.latex.bibliography import docname_of
from apparatus.sphinxext.latex.flat import (
    bibliography_item,
    bibliography_list,
    numbered_block,
    numbered_text,
)
from apparatus.sphinxext.outputs import is_print
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import EnvUpdated, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.text import filled
from apparatus.sphinxext.voice import voice_of

FILES = ("critoffprint.sty",)
#: What holds a whole document of the source.
FILE = (dn.document, addnodes.start_of_file)
#: How bibtex's citations point to their works in LaTeX.
CITED = re.compile(r"\\hyperlink\{(cite\.[^}]*)\}")


class offprint_title(dn.Element, dn.Invisible):
    """The title of an offprint: number and ``heading`` of the ``section``, and the ``sigla`` with their names."""


def preamble(config: Config) -> list[str]:
    """What the document loads for it."""
    return ["\\usepackage{critoffprint}"] if settings(config).section else []


def sections_of(edition: Edition | None) -> list[str]:
    """The sections that the edited text has."""
    return list(dict.fromkeys(block.section for block in edition.text.blocks)) if edition else []


def check_offprint(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Say if there is no such section; the book is then whole (``env-updated``).

    An offprint has a title of its own, in its text.
    """
    wanted = settings(app.config).section
    if is_print(app.builder) and wanted:
        there = sections_of(domain_of(env).edition)
        if wanted in there:
            app.builder.context |= {"maketitle": "", "tableofcontents": ""}  # type: ignore[attr-defined]
        else:
            known = f"there are {', '.join(there)}" if there else "the edition has no edited text"
            report([Problem(ProblemKind.BAD_CONFIG, f"there is no section {wanted} to print; {known}")])
    return []


class Offprint(SphinxPostTransform):
    """Leave out all but the section."""

    default_priority = PostTransform.OFFPRINT
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Cut the document to the section, if an offprint is wanted."""
        wanted = settings(self.config).section
        if wanted not in sections_of(domain_of(self.env).edition):
            return
        section = Section(wanted)
        every = list(self.document.findall(numbered_block))
        section.take(self.document)
        close_lemmata(every, section.blocks)
        deeper = list(discussions_of(self.document, wanted))
        cited = set(citations([*section.nodes, *deeper]))
        lists = [
            kept for found in files_with_lists(self.document) for kept in [only_cited(found, cited)] if kept
        ]
        title = offprint_title(section=wanted, heading=section.heading)
        title["sigla"] = sigla(domain_of(self.env).conspectus)
        body = [title, *section.files(), *deeper, *lists]
        self.document.children = []
        self.document.extend(body)
        unlink(self.document, voice_of(self.config).say("Cited at {places}."))


@dataclass
class Section:
    """The parts of the document that are of one section."""

    number: str
    parts: list[tuple[str, dn.Element]] = field(default_factory=list)  #: document, node

    def take(self, document: dn.document) -> None:
        """Collect the parts. A part without a number belongs to the section of the part before it."""
        current = ""
        for holder in dict.fromkeys(text.parent for text in document.findall(numbered_text)):
            docname = docname_of(holder) or document.get("docname", "")
            for child in list(holder.children):
                if isinstance(child, numbered_text):
                    kept = numbered_text()
                    for block in list(child.children):
                        if isinstance(block, numbered_block) and block["passage"]:
                            current = block["section"]
                        if current == self.number:
                            kept += block
                    if kept.children:
                        self.parts.append((docname, kept))
                elif current == self.number and isinstance(child, dn.Element) and not holds_more(child):
                    self.parts.append((docname, child))

    @property
    def nodes(self) -> list[dn.Element]:
        """The parts without their documents."""
        return [node for _, node in self.parts]

    @property
    def blocks(self) -> list[numbered_block]:
        """The numbered blocks."""
        return [block for node in self.nodes for block in node.findall(numbered_block)]

    @property
    def heading(self) -> str:
        """What the contents of the book call it."""
        first = self.blocks[0]
        return str(first.get("contents", first["outline"])) if first["kind"].startswith("heading") else ""

    def files(self) -> Iterator[addnodes.start_of_file]:
        """The parts as documents."""
        return (in_file(docname, node) for docname, node in self.parts)


def discussions_of(document: dn.document, number: str) -> Iterator[addnodes.start_of_file]:
    """What goes deeper than the notes of a section, under its heading; it stands behind the whole text."""
    for listed in list(document.findall(dn.definition_list)):
        if "discussions" not in listed["classes"]:
            continue
        docname, holder = docname_of(listed), listed.parent
        terms = [term for term in listed.findall(dn.term) if term["ids"]]
        kept = [term.parent for term in terms if term.get("section") == number]
        listed.children = list(kept)
        if listed.children:
            yield in_file(docname, holder)


def holds_more(node: dn.Element) -> bool:
    """Whether a neighbour of edited text is another section or document, not a part of this one."""
    return isinstance(node, (dn.section, addnodes.start_of_file)) or any(
        True for _ in node.findall(addnodes.start_of_file)
    )


def close_lemmata(all_blocks: list[numbered_block], kept: list[numbered_block]) -> None:
    """Let lemmata that reach over an edge of the section begin and end with it."""
    place = {id(block): i for i, block in enumerate(all_blocks)}
    first, last = place[id(kept[0])], place[id(kept[-1])]
    ends = {
        close["entry_id"]: i
        for i, block in enumerate(all_blocks)
        for close in block.findall(nodes.lemma_close)
    }
    for i, block in enumerate(all_blocks[: last + 1]):
        for opening in list(block.findall(nodes.lemma_open)):
            end = ends.get(opening["entry_id"], i)
            if i < first <= end:
                kept[0].insert(0, opening.deepcopy())
            if end > last and end >= first:
                kept[-1] += nodes.lemma_close(entry_id=opening["entry_id"])


def citations(parts: Iterable[dn.Element]) -> Iterator[str]:
    """The works that *parts* cite, by the names of their destinations."""
    for part in parts:
        for node in part.findall(dn.FixedTextElement):
            yield from CITED.findall(node.rawsource)


def files_with_lists(document: dn.document) -> list[addnodes.start_of_file]:
    """The documents that hold bibliographies, as far as they were assembled: their outermost sections."""
    found: dict[dn.Element, None] = {}
    for listed in document.findall(bibliography_list):
        inside = takewhile(lambda above: not isinstance(above, FILE), ancestors(listed))
        found[[listed, *inside][-1]] = None
    return [in_file(docname_of(node), node) for node in found]


def in_file(docname: str, node: dn.Element) -> addnodes.start_of_file:
    """A part as a document: the names of labels begin with the document's."""
    made = addnodes.start_of_file(docname=docname)
    made += node
    return made


def only_cited(node: dn.Element, cited: set[str]) -> dn.Element | None:
    """What is left of a document: its bibliographies, as far as they are cited, under their headings."""
    if isinstance(node, bibliography_list):
        node.children = [item for item in node.children if item["target"] in cited]  # type: ignore[index]
        return node if node.children else None
    if isinstance(node, (dn.title, bibliography_item)):
        return node
    kept = [
        part
        for child in node.children
        if isinstance(child, dn.Element)
        for part in [only_cited(child, cited)]
    ]
    left = [part for part in kept if part is not None]
    if not any(not isinstance(part, dn.title) for part in left):
        return None
    node.children = []
    node.extend(left)
    return node


def sigla(conspectus: Conspectus) -> list[tuple[str, str]]:
    """Sigla of witnesses, groups and scholars, each with its name."""
    named: tuple[Witness | Group | Scholar, ...] = (
        *conspectus.witnesses,
        *conspectus.groups,
        *conspectus.scholars,
    )
    return [(each.label or each.key, each.name) for each in named]


def unlink(document: dn.document, cited: str) -> None:
    """Let references to what is not printed be plain words; *cited* is the message on where a work is cited."""
    labels = set(printed_labels(document))
    for name in document.findall(nodes.name):
        name.attributes.pop("refuri", None)
    for entry in document.findall(nodes.formal_entry):
        entry["labels"] = labels
    for where in list(document.findall(dn.inline)):
        if "cited-at" in where["classes"]:
            cite_here(where, labels, cited)
    for reference in list(document.findall(dn.reference)):
        if is_internal(reference) and target_of(reference) not in labels:
            to_words(reference)


def printed_labels(document: dn.document) -> Iterator[str]:
    """What can be referred to, as LaTeX calls it."""
    for node in document.findall(dn.Element):
        home = docname_of(node)
        if isinstance(node, (numbered_block, bibliography_item, dn.section, dn.term)):
            yield from (f"{home}#{each}" for each in node["ids"])
        if isinstance(node, (nodes.lemma_open, nodes.note_mark)):
            yield f"{home}#{node['entry_id']}"


def is_internal(reference: dn.reference) -> bool:
    """Whether a reference leads to a place of the book."""
    return "refid" in reference or reference.get("refuri", "").startswith(("%", "#"))


def to_words(reference: dn.reference) -> None:
    """Let a reference be plain words."""
    at = reference.parent.index(reference)
    reference.parent[at : at + 1] = reference.children


def target_of(reference: dn.reference) -> str:
    """The label that a reference leads to."""
    if reference.get("refuri", "").startswith("%"):
        return str(reference["refuri"][1:])
    return f"{docname_of(reference)}#{reference.get('refid') or reference['refuri'][1:]}"


def cite_here(where: dn.inline, labels: set[str], cited: str) -> None:
    """Of the places that cite a work keep those that are printed."""
    here = [r for r in where.findall(dn.reference) if target_of(r) in labels]
    where.children = []
    listed: list[dn.Node] = []
    for reference in here:
        listed += [dn.Text(", "), reference] if listed else [reference]
    where.extend(filled(cited, places=listed) if here else [])


def visit_title(self: LaTeXTranslator, node: dn.Element) -> None:
    """The title page and its back."""
    listed = "".join(f"\\offprintsiglum{{{self.escape(s)}}}{{{self.escape(n)}}}" for s, n in node["sigla"])
    self.body.append(f"\\offprinttitle{{{node['section']}}}{{{self.escape(node['heading'])}}}{{{listed}}}\n")
    raise dn.SkipNode


def setup(app: Sphinx) -> None:
    """Register the check and the cut."""
    app.connect("env-updated", check_offprint, priority=EnvUpdated.CHECK_OFFPRINT)
    app.add_post_transform(Offprint)
    app.add_node(offprint_title, latex=(visit_title, None))
