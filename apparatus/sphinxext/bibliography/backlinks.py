"""Where each work is cited: from the bibliography back to the places.

Bibtex links back within one page only. Here every citation is noted when its document has
been read, with the entry, block or section it stands in; once all is read and numbered the
places get their names (*1.2 n. 9*, *3.5*, *Introduction*), and the bibliography prints them
below the work, each a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import clean_astext

from apparatus.model import Origin
from apparatus.sphinxext.bibliography import citations, files
from apparatus.sphinxext.domain import domain_of, remembered
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import DoctreeRead, EnvUpdated, PostTransform
from apparatus.sphinxext.tree.keys import BLOCK, ENTRY, ancestors, block_of, split_key
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.tree.text import filled
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from apparatus.problems import Problem

NBSP = "\N{NO-BREAK SPACE}"


class Place(NamedTuple):
    """A place that cites: its document, its anchor there (may be empty), its name."""

    docname: str
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Citing:
    """A citation as it was read; what is not known before numbering is a key."""

    keys: tuple[str, ...]
    origin: Origin
    entry_key: str | None = None
    block_key: str | None = None
    section: str = ""  #: anchor of the innermost section
    title: str = ""  #: its title, if it is not the document's
    malformed: str | None = None  #: what stands in place of keys that can be read


def note_citations(app: Sphinx, doctree: dn.document) -> None:
    """Note the citations of a document that has just been read."""
    docname = app.env.current_document.docname
    source = str(app.env.doc2path(docname))
    found = [_citing(node, source) for node in citations.citing(doctree)]
    found += [_citing(node, source) for node in doctree.findall(dn.inline) if "malformed" in node]
    domain_of(app.env).remember(docname, *found)


def _citing(node: dn.Element, source: str) -> Citing:
    malformed = node.get("malformed")
    keys = () if malformed else citations.keys_of(node["reftarget"])
    origin = entry_key = block_key = section = None
    for above in (node, *ancestors(node)):
        if origin is None and above.line is not None:
            origin = Origin(above.source or source, above.line)
        entry_key = entry_key or above.get(ENTRY)
        block_key = block_key or above.get(BLOCK)
        if section is None and isinstance(above, dn.section):
            section = above
    anchor, title = "", ""
    if section is not None:
        anchor = next(iter(section["ids"]), "")
        first = section.next_node(dn.title)
        nested = isinstance(section.parent, dn.section)
        title = clean_astext(first) if first is not None and nested else ""
    return Citing(keys, origin or Origin(source, 1), entry_key, block_key, anchor, title, malformed)


def where_cited(env: BuildEnvironment) -> dict[str, list[Place]]:
    """Key → the places that cite it, in reading order, each once."""
    found: dict[str, dict[Place, None]] = {}
    for docname, citing in remembered(env, Citing):
        for key in citing.keys:
            found.setdefault(key, {})[_place(env, docname, citing)] = None
    return {key: list(places) for key, places in found.items()}


def _place(env: BuildEnvironment, docname: str, citing: Citing) -> Place:
    """The entry, else the passage, else the section in which a citation stands."""
    edition = domain_of(env).edition_for(docname)
    if edition is not None and citing.entry_key:
        entry = edition.by_key.get(split_key(citing.entry_key))
        if entry is not None and entry.block is not None:
            note = edition.note_of.get(entry.key)  # that a discussion continues
            number_of_note = (note or entry).number
            say = voice_of(env.config).say
            counted = say("n. {number}", number=number_of_note).replace(" ", NBSP) if number_of_note else ""
            kind = (
                f"{counted} {entry.series.label.lower()}" if note else counted or entry.series.label.lower()
            )
            # The feet of the sections are where their blocks are.
            return Place(edition.document_of(entry.block), entry.id, f"{entry.place} {kind}")
    if edition is not None and citing.block_key:
        number = edition.text.blocks[block_of(edition, citing.block_key)].number
        return Place(docname, number, number)
    title = clean_astext(env.titles[docname]) if docname in env.titles else docname
    return Place(docname, citing.section, f"{title}, {citing.title}" if citing.title else title)


def check_citations(app: Sphinx, env: BuildEnvironment) -> None:
    """Report unknown keys."""
    if "cite" in env.domains:
        report(_unknown(env))


def _unknown(env: BuildEnvironment) -> Iterator[Problem]:
    domain: Any = env.get_domain("cite")
    listed, stored = citations.listed_keys(env), list(domain.bibdata.data.entries)
    for _, citing in remembered(env, Citing):
        problems = [citations.unknown_key(key, stored) for key in citing.keys if key not in listed]
        if citing.malformed:
            problems.append(citations.malformed(citing.malformed))
        for problem in problems:
            yield replace(problem, origin=citing.origin)


class BackLinks(SphinxPostTransform):
    """Print below each work where it is cited."""

    default_priority = PostTransform.LINK_CITED_PLACES

    def run(self, **kwargs: Any) -> None:
        if "cite" not in self.env.domains or not any(True for _ in self.document.findall(dn.citation)):
            return
        keys = {(doc, anchor): key for key, (doc, anchor, _) in citations.listed_keys(self.env).items()}
        places = where_cited(self.env)
        for node in self.document.findall(dn.citation):
            home = node.get("docname", "")
            key = next((keys[home, anchor] for anchor in node["ids"] if (home, anchor) in keys), None)
            if key is None:
                continue
            node["classes"].append("transliterated")  # the style has set it beside the Cyrillic
            if key in places:
                node += self._cited_at(home, places[key])

    def _cited_at(self, home: str, places: list[Place]) -> dn.paragraph:
        listed: list[dn.Node] = []
        for i, place in enumerate(places):
            if i:
                # passages are divided by commas, pages by semicolons
                numbers = place.label[0].isdigit() and places[i - 1].label[0].isdigit()
                listed.append(dn.Text(", " if numbers else "; "))
            label = dn.Text(place.label)
            listed.append(link(self.env._app.builder, home, place.docname, place.anchor, label))
        words = filled(voice_of(self.config).say("Cited at {places}."), places=listed)
        paragraph = dn.paragraph("", "", *words, classes=["cited-at"])
        spoken(paragraph)
        return paragraph


def setup(app: Sphinx) -> None:
    citations.setup(app)
    files.setup(app)
    app.connect("doctree-read", note_citations, priority=DoctreeRead.NOTE_CITATIONS)
    app.connect("env-updated", check_citations, priority=EnvUpdated.CHECK_CITATIONS)
    app.add_post_transform(BackLinks)
