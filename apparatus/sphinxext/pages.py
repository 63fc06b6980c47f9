"""What a page says that stands in the edition or in other files: a digest for each document.

A page of text is made from its own source and from what is known of it when all is read: the numbers of
its passages, who supports each lemma, the entries of other files on its words, where its references lead.
A page that prints of all (the index of names, the bibliography, the whole apparatus …) says that by a
node that :class:`~apparatus.sphinxext.tree.nodes.gathers`. Whatever either reads stands here, and nothing
else: so a page is written again when it would be another, and not when it would be the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx import addnodes

from apparatus.carriers import carriers_of
from apparatus.drama import Role, Speech
from apparatus.edition import Edition, EditionEntry
from apparatus.portions import notes_before
from apparatus.register import Occurrence
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import (
    ApparatusDomain,
    ListsWitnesses,
    Packed,
    digest_of,
    domain_of,
    reading_order,
)
from apparatus.sphinxext.schedule import DoctreeRead
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class Gathers:
    """That a document prints what stands in others."""


@dataclass(frozen=True, slots=True)
class LooksUp:
    """The names of labels that a document refers to."""

    names: tuple[str, ...]


def note_what_is_read(app: Sphinx, doctree: dn.document) -> None:
    """Note what a document that has just been read will ask of others (``doctree-read``)."""
    docname, domain = app.env.current_document.docname, domain_of(app.env)
    found: dict[str, None] = {}
    for node in doctree.findall(addnodes.pending_xref):
        found |= dict.fromkeys(str(node[name]) for name in ("reftarget", "reftargetid") if node.get(name))
    if found:
        domain.remember(docname, LooksUp(tuple(found)))
    if any(True for _ in doctree.findall(lambda node: isinstance(node, nodes.gathers))):
        domain.remember(docname, Gathers())


@dataclass(frozen=True, slots=True)
class Page:
    """What was last found of a document."""

    read: float  #: when it was read
    edition: str  #: with which edition and names
    portion: str  #: with which portion of the edition
    said: str  #: a digest of what it has said
    entries: str  #: of what is found of its entries
    own: str  #: of what its page says that stands elsewhere


def page_digests(env: BuildEnvironment) -> dict[str, str]:
    """For each document what its page says of the edition, beside what it says by itself."""
    domain, order = domain_of(env), reading_order(env)
    facts, pages = _Facts(env, domain), domain.data["pages"]
    edition = digest_of((domain.proof.key, domain.register, facts.cast))
    domain.data["pages"] = found = {n: _page(facts, n, env.all_docs[n], edition, pages.get(n)) for n in order}
    whole = digest_of((domain.proof.key, [(name, page.said, page.own) for name, page in found.items()]))
    return {n: digest_of((page.own, whole)) if _gathers(env, n) else page.own for n, page in found.items()}


def _page(facts: _Facts, name: str, read: float, edition: str, before: Page | None) -> Page:
    if before is not None and (before.read, before.edition) == (read, edition):
        return before
    is_kept, portion = before is not None and before.read == read, facts.key_of(name)
    said = before.said if before and is_kept else digest_of(facts.of_source(name))
    is_kept = is_kept and before is not None and before.portion == portion
    entries = before.entries if before and is_kept else digest_of(list(facts.of_entries(name)))
    return Page(read, edition, portion, said, entries, digest_of((entries, list(facts.of_others(name)))))


def _gathers(env: BuildEnvironment, name: str) -> bool:
    """Whether a page prints of all documents; with bibtex that has a list of works, below which is where they are cited."""
    domain = domain_of(env)
    works: Any = env.get_domain("cite") if "cite" in env.domains else None
    listed = works is not None and any(key.docname == name for key in works.bibliographies)
    return bool(domain.of_document(name, Gathers) or domain.of_document(name, ListsWitnesses) or listed)


class _Facts:
    """What pages read, by document."""

    def __init__(self, env: BuildEnvironment, domain: ApparatusDomain) -> None:
        self.standard, self.domain = env.domains.standard_domain, domain
        self.config = env.config

    def key_of(self, name: str) -> str:
        """Of which portion of the edition the entries of a document are a part: another has another key."""
        proof = self.domain.proof
        if (portion := proof.portion_of(name)) is None:
            return proof.key
        if portion.documents not in self._keys:
            read = [of for of in proof.facts.documents if of[0] in portion.documents]
            before = sorted(notes_before(proof.portions, portion).items())
            facts = (proof.facts.shared, read, portion.numbers, before, proof.series)
            self._keys[portion.documents] = digest_of(facts)
        return self._keys[portion.documents]

    @cached_property
    def _keys(self) -> dict[tuple[str, ...], str]:
        return {}

    def _entries(self, name: str, edition: Edition) -> list[EditionEntry]:
        """The entries of a document, in the order of the text."""
        if id(edition) not in self._divided:
            found: dict[str, list[EditionEntry]] = defaultdict(list)
            for entry in edition.entries:
                found[entry.key[0]].append(entry)
            self._divided[id(edition)] = found
        return self._divided[id(edition)].get(name, [])

    @cached_property
    def _divided(self) -> dict[int, dict[str, list[EditionEntry]]]:
        return {}

    @cached_property
    def names(self) -> dict[str, list[Occurrence]]:
        """The names in the text of each document."""
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for name in self.domain.names:
            if self.domain.numbered:
                found[self.domain.numbered.document_of(name.block)].append(name)
        return found

    @cached_property
    def cast(self) -> list[tuple[str, Role]]:
        """The roles of a play, to which speakers lead, each with its document."""
        return [(name, role) for name, its in self.domain.memory.items() for role in its.get(Role, ())]

    def of_source(self, name: str) -> object:
        """What a document gives to those that print of all: all that it has said."""
        its = self.domain.memory.get(name, {})
        at_rest = [packed.digest for packed in self.domain.of_document(name, Packed)]
        return at_rest, [said for kind, said in its.items() if kind is not Packed]

    def of_others(self, name: str) -> Iterator[object]:
        """What the page of a document reads of other documents: labels, places, names."""
        memory, numbered = self.domain.memory.get(name, {}), self.domain.numbered
        for one in self.domain.of_document(name, LooksUp):
            yield [self._label(key) for asked in one.names for key in dict.fromkeys((asked, asked.lower()))]
        asking = [its for kind, its in memory.items() if hasattr(kind, "answer")]
        yield [[one.answer(self.domain) for one in its] for its in asking]
        if numbered is not None and Packed in memory and self.domain.register.by_key:
            yield [_of_name(found, numbered) for found in self.names[name]]
        if Speech in memory:
            yield self.cast

    def of_entries(self, name: str) -> Iterator[object]:
        """What the page of a document reads of the entries of the edition, its own and those on its words."""
        is_text = Packed in self.domain.memory.get(name, {})
        if not is_text or (edition := self.domain.edition_for(name)) is None:
            return
        for entry in self._entries(name, edition):
            yield _of_entry(entry, edition), self._language(entry, edition)
        if settings(self.config).carriers:
            yield carriers_of(edition, edition.blocks_of.get(name, ()))
        for i in edition.blocks_of.get(name, ()):
            foreign = [e for e in edition.covering.get(i, ()) if e.key[0] != name]
            block = edition.text.blocks[i]
            yield (
                block.number,
                block.points,
                edition.text.milestones.get(i),
                [edition.counterparts.get(number) for number, _, _ in edition.text.passages_of(i)],
                [self._of_foreign(e, i, edition) for e in foreign],
            )

    def _label(self, name: str) -> object:
        return self.standard.labels.get(name), self.standard.anonlabels.get(name)

    def _language(self, entry: EditionEntry, edition: Edition) -> str:
        """The language of the words of an entry, which may be on another page."""
        if entry.block is None:
            return ""
        docname = edition.document_of(entry.block)
        document = self.domain.text_of(docname)
        i = entry.block - edition.blocks_of[docname].start
        return document.blocks[i].language if document else ""

    def _of_foreign(self, entry: EditionEntry, block: int, edition: Edition) -> object:
        """What the words of a page show of an entry that stands in another file."""
        faces = self.domain.faces_for(entry.key[0])
        face = faces.of(entry) if faces else None
        shown = face and (face.marks, face.is_substantive, face.classes)
        return (
            entry.id,
            entry.key,
            entry.series,
            entry.number,
            entry.item.lemma,
            _place(entry, block, edition),
            shown,
        )


def _of_entry(entry: EditionEntry, edition: Edition) -> object:
    """What an entry says besides what its source says."""
    home, note = entry.block, edition.note_of.get(entry.key)
    stands = () if home is None else (entry.place, entry.last_place, edition.document_of(home))
    account = entry.account and [getattr(entry.account, name) for name in entry.account.__slots__]
    return (
        entry.id,
        entry.number,
        entry.words,
        stands,
        _place(entry, home, edition),
        account,
        note and note.key,
    )


def _place(entry: EditionEntry, block: int | None, edition: Edition) -> object:
    """Where its words are, from the beginning of a block."""
    if entry.span is None or block is None:
        return None
    return entry.span.start - edition.text.starts[block], len(entry.span)


def _of_name(found: Occurrence, edition: Edition) -> object:
    return found.key, found.id, found.span.start - edition.text.starts[found.block], len(found.span)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", note_what_is_read, priority=DoctreeRead.NOTE_WHAT_IS_READ)
