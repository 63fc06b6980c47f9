"""The whole edition put into one file of TEI P5."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.nodes import process_only_nodes

from apparatus import __version__
from apparatus.edition import Edition, EditionEntry, second_part
from apparatus.model import EditedText, Entry
from apparatus.normalisation import disregarded
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import titles
from apparatus.sphinxext.report import inform
from apparatus.sphinxext.tei.addresses import Addresses, document_id
from apparatus.sphinxext.tei.prose import Writer
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import entry_nodes, make_key
from apparatus.tei import Element, EncodedText, Facts, Mixed, element, header, lists
from apparatus.tei.names import XML, grade_id, passage_id

if TYPE_CHECKING:
    pass

ID = f"{{{XML}}}id"


class WholeEdition:
    """The whole edition on its way into the file."""

    def __init__(self, builder: Builder) -> None:
        self.builder, self.env, self.config = builder, builder.env, builder.config
        self.domain = domain_of(builder.env)
        self.edition = self.domain.edition or Edition(EditedText(()), self.domain.conspectus)
        documents = list(self._documents(builder.config.root_doc, set()))
        self.documents = [name for name in documents if name not in self.edition.translates]
        self.translations = [name for name in documents if name in self.edition.translates]
        self.trees = {
            name: self.env.get_and_resolve_doctree(name, builder, tags=builder.tags) for name in documents
        }
        self.addresses = Addresses(self.edition, self.domain.register.by_key)
        for name, tree in self.trees.items():
            self.addresses.note(name, tree)
        self.entries = {
            key: (name, node) for name, tree in self.trees.items() for key, node in entry_nodes(tree).items()
        }
        self.encoded = EncodedText(self.edition, self._remarks)
        self.second = (
            EncodedText(second_part(self.edition), self._remarks) if self.edition.translates else None
        )
        self.writers = {
            name: Writer(name, self.edition, self._of(name), self.addresses) for name in documents
        }

    def _of(self, name: str) -> EncodedText:
        """The text of a document: a translation is another text."""
        return self.second if self.second is not None and name in self.edition.translates else self.encoded

    def file(self) -> Element:
        """``TEI``."""
        root = element("TEI")
        facts = self._facts()
        root.append(header(self.encoded, facts, self.second))
        text = self._text()
        beside = lists(self.encoded, self.domain.register, self._identified(), facts, self.second)
        if beside is not None:
            root.append(beside)
        root.append(text)
        skipped = sorted(set().union(*(writer.skipped for writer in self.writers.values())))
        if skipped:
            inform(f"in TEI the words of these constructs have no element of their own: {', '.join(skipped)}")
        return root

    def _documents(self, docname: str, seen: set[str]) -> Iterator[str]:
        """The documents of the book, in the order of the contents."""
        seen.add(docname)
        yield docname
        tree = self.env.get_doctree(docname)
        process_only_nodes(tree, self.builder.tags)
        for toctree in tree.findall(addnodes.toctree):
            for name in toctree["includefiles"]:
                if name not in seen and name in self.env.all_docs:
                    yield from self._documents(name, seen)

    # --- the text ---------------------------------------------------------------------

    def _text(self) -> Element:
        with_text = [n for n, name in enumerate(self.documents) if self.domain.has_text(name)]
        first, last = (with_text[0], with_text[-1]) if with_text else (len(self.documents), -1)
        parts = {"front": element("front"), "body": element("body"), "back": element("back")}
        for n, name in enumerate(self.documents):
            part = "front" if n < first else "body" if n <= last else "back"
            division = self._document(name)
            if division is not None:
                parts[part].append(division)
        for name in self.translations:
            if (division := self._document(name)) is not None:
                division.set("type", "translation")
                division.set("corresp", f"#{document_id(self.edition.translates[name])}")
                parts["back"].append(division)
        for series in self._notes():
            parts["back"].append(series)
        if self.domain.record.gone:
            parts["back"].append(self._gone())
        if not len(parts["body"]):
            parts["body"].append(element("p"))
        text = element("text")
        text.extend(made for made in parts.values() if len(made))
        return text

    def _gone(self) -> Element:
        """Published anchors that are no more: an item at each, which leads on to where it is now."""
        made, listed = element("div", type="gone"), element("list")
        for gone in self.domain.record.gone:
            to = self.domain.record.leads_to(gone.anchor)
            item = element(
                "item",
                id=passage_id(gone.anchor),
                n=gone.anchor,
                corresp=f"#{passage_id(to)}" if to else None,
            )
            said = element("date", gone.when, when=gone.when)
            said.tail = f" {gone.fate} {gone.to}".rstrip() + (f": {gone.why}" if gone.why else "")
            item.append(said)
            listed.append(item)
        made.append(listed)
        return made

    def _document(self, name: str) -> Element | None:
        kind = "edition" if self.domain.has_text(name) else None
        inside = self.writers[name].blocks(self.trees[name].children)
        if not inside:
            return None
        if len(inside) == 1 and inside[0].tag.endswith("}div"):
            made = inside[0]
        else:
            made = element("div")
            made.extend(inside)
        if kind:
            made.set("type", kind)
        if made.get(ID):
            made.insert(0, element("anchor", id=document_id(name)))
        else:
            made.set(ID, document_id(name))
        return made

    # --- what editors say of it -------------------------------------------------------

    def _remarks(self, entry: EditionEntry) -> Callable[[str], Sequence[Element | str]]:
        found = self.entries.get(make_key(*entry.key))
        if found is None:
            return lambda part: ()
        name, node = found
        remarks = {str(child["part"]): child for child in node.children if isinstance(child, nodes.remark)}

        def prose(part: str) -> Sequence[Element | str]:
            holder = element("seg")
            if part in remarks:
                self.writers[name].words(Mixed(holder), remarks[part].children)
            return (*([holder.text] if holder.text else ()), *holder)

        return prose

    def _notes(self) -> Iterator[Element]:
        """Each series of prose, its notes in the order of the text."""
        for series in settings(self.config).series.values():
            entries = [entry for entry in self.edition.entries if entry.series.name == series.name]
            notes = [
                note for entry in entries if not isinstance(entry.item, Entry) for note in self._note(entry)
            ]
            if notes:
                division = element("div", type="notes", subtype=series.name)
                division.append(element("head", series.label))
                division.extend(notes)
                yield division

    def _note(self, entry: EditionEntry) -> Iterator[Element]:
        name, node = self.entries.get(make_key(*entry.key), (entry.key[0], dn.inline()))
        own = passage_id(entry.id)
        grade = getattr(entry.item, "grade", None)
        number = str(entry.number) if entry.number else entry.place
        is_tied = entry.span is not None and entry.series.form != "discussion"
        ends = {"target": f"#{own}-from", "targetEnd": f"#{own}-to"} if is_tied else {}
        sure = f"#{grade_id(grade)}" if grade else None
        note = element("note", id=own, n=number, type=entry.series.name, ana=sure, **ends)
        if entry.words:
            cited = element("p")
            cited.append(element("mentioned", entry.words.replace("\n", " ")))
            note.append(cited)
        note.extend(self.writers[name].blocks(_bodies(node)))
        yield note

    # --- the header -------------------------------------------------------------------

    def _facts(self) -> Facts:
        title, subtitle = titles(self.config)
        config = settings(self.config)
        documents = filter(None, map(self.domain.document, self.domain.documents))
        languages = dict.fromkeys(block.language for document in documents for block in document.blocks)
        return Facts(
            title=title,
            subtitle=subtitle,
            author=str(self.config.author or ""),
            editors=config.citation.editors,
            version=str(self.config.release or ""),
            date=config.citation.released,
            rights=str(self.config.copyright or ""),
            licence=config.licence,
            language=config.language or str(self.config.language or ""),
            text_languages=tuple(filter(None, languages)),
            program=f"sphinx-apparatus {__version__}",
            descriptions=self._witnesses(),
            disregarded=disregarded(self.domain.conspectus.normalisation) or "",
            grades=tuple(
                dict.fromkeys(grade for series in config.series.values() for grade in series.grades)
            ),
        )

    def _witnesses(self) -> Mapping[str, Sequence[Element]]:
        """What is said of each witness and scholar, as the page says it that lists them."""
        conspectus = self.domain.conspectus
        declared = {one.key: one.description for one in conspectus.witnesses}
        declared |= {one.key: one.description for one in conspectus.scholars}
        found = {key: [element("p", " ".join(said.split()))] for key, said in declared.items() if said}
        home = self.domain.conspectus_doc
        if home in self.trees:
            for section in self.trees[home].findall(dn.section):
                own = [
                    child for child in section.children if isinstance(child, dn.paragraph | dn.bullet_list)
                ]
                for key in found.keys() & set(section["ids"]):
                    found[key] = _again(self.writers[home].blocks(own))
        return found

    def _identified(self) -> Mapping[str, Sequence[Element]]:
        """What is said of each name, as the index of names says it."""
        found: dict[str, Sequence[Element]] = {}
        for named in self.domain.register.entries:
            if named.identification:
                found[named.key] = [element("p", " ".join(named.identification.split()))]
        for docname, tree in self.trees.items():
            for item in tree.findall(dn.definition_list_item):
                keys = [
                    anchor.removeprefix("name-") for term in item.findall(dn.term) for anchor in term["ids"]
                ]
                for key in found.keys() & set(keys):
                    inside = [c for c in item.children if isinstance(c, dn.definition)]
                    found[key] = _again(self.writers[docname].blocks([p for d in inside for p in d.children]))
        return found


def _again(prose: list[Element]) -> list[Element]:
    """Prose that stands in the file a second time: its anchors are where it stands first."""
    for made in prose:
        for inside in made.iter():
            inside.attrib.pop(ID, None)
    return prose


def _bodies(node: dn.Element) -> list[dn.Node]:
    """The prose of a note."""
    bodies = [child for child in node.children if isinstance(child, nodes.note_body)]
    return [part for body in bodies for part in body.children] if bodies else list(node.children)
