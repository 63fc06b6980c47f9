"""Fill an entry node with what is printed: runs of type become inline nodes."""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.builders import Builder

from apparatus.edition import Edition, EditionEntry
from apparatus.forms import silent_support
from apparatus.model import Entry, Siglum
from apparatus.render.runs import (
    Run,
    RunKind,
    Standing,
    abbreviate,
    lay_out,
    lemma_text,
    printed_lemma,
    standing,
)
from apparatus.render.spoken import COLLECTIVE, spoken_forms
from apparatus.sphinxext.outputs import is_for_browsers
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.links import uri

INLINE = {
    RunKind.LEMMA: nodes.entry_lemma,
    RunKind.READING: nodes.reading,
    RunKind.EDITORIAL: nodes.editorial,
}


def standing_of(entry: EditionEntry) -> Standing:
    """How the lemma stands to the witnesses; a supplement is what every witness leaves out."""
    if not isinstance(entry.item, Entry):
        return Standing.PLAIN
    if (marked := standing(entry.item)) is not Standing.PLAIN:
        return marked
    return Standing.SUPPLEMENT if entry.is_supplied else Standing.PLAIN


def _head(body: list[nodes.note_body], entry: EditionEntry) -> None:
    """Begin a note with the words that it is about."""
    words = printed_lemma(entry.item.lemma, entry.words or lemma_text(entry.item.lemma))
    head = nodes.note_head("", "", nodes.entry_lemma("", words), dn.Text("\N{NO-BREAK SPACE}] "))
    for first in body[:1]:
        paragraph = first.children[0] if first.children else None
        if not isinstance(paragraph, dn.paragraph):  # a list, a quotation: the words stand above it
            paragraph = dn.paragraph()
            first.insert(0, paragraph)
        paragraph.insert(0, head)


class EntryFiller:
    """Fills the entry nodes of one document."""

    def __init__(
        self,
        builder: Builder,
        edition: Edition,
        conspectus_doc: str | None,
        *,
        positive: bool,
        in_print: bool,
    ) -> None:
        self.builder, self.edition, self.conspectus_doc = builder, edition, conspectus_doc
        self.positive, self.in_print = positive, in_print
        self.in_html = builder.format == "html"
        self.can_choose = is_for_browsers(builder)  #: between a positive and a negative apparatus
        self._addresses: dict[tuple[str, str], str] = {}  #: of witnesses: the same in every entry

    def fill(self, node: nodes.entry, entry: EditionEntry) -> None:
        """Give the node its anchor, number and contents."""
        node["entry_id"] = entry.id
        node["ids"].append(entry.id)
        if entry.number is not None:
            node["number"] = entry.number
        remarks = {child["part"]: child for child in node.children if isinstance(child, nodes.remark)}
        body = [child for child in node.children if isinstance(child, nodes.note_body)]
        node.clear()
        self._lead_back(node, entry)
        if entry.number is not None and entry.series.lemma:
            _head(body, entry)
        elif entry.number is not None and self.in_html:  # heard where the eye sees the mark in the text
            node["spoken"] = f"on “{abbreviate(entry.words or lemma_text(entry.item.lemma))}”"
        if isinstance(entry.item, Entry):
            node += self._formal(node, entry, entry.item, remarks)
        elif entry.series.form == "notes":
            node += body
        else:
            node += self._run_in_prose(entry, body)

    def _formal(
        self, node: nodes.entry, entry: EditionEntry, item: Entry, remarks: dict[str, nodes.remark]
    ) -> dn.Node | list[dn.Node]:
        """What stands in a formal entry; how it is said is told to its node.

        For browsers with those who support the lemma by silence: the reader shows or hides them.
        On paper reledmac numbers a lemma that is not alone in its line.
        """
        words, how = entry.words or lemma_text(item.lemma), standing_of(entry)
        silent = silent_support(entry, self.edition) if self.positive or self.can_choose else ()

        def runs(*, numbered: bool) -> tuple[Run, ...]:
            return lay_out(item, words, how=how, support=item.support + silent, numbered=numbered)

        if not self.in_html:
            return [self._run(run, remarks, entry) for run in runs(numbered=not self.in_print)]
        negative, positive = spoken_forms(item, words, self.edition.conspectus, how, silent=silent)
        node["spoken"] = positive if self.positive else negative
        if self.can_choose:
            other = negative if self.positive else positive
            node["spoken_otherwise"] = other if other != node["spoken"] else ""
            node["is_positive"] = self.positive
        printed = runs(numbered=True)
        # A number raised is no part of a word that is searched.
        searched = runs(numbered=False) if item.lemma.is_numbered else printed
        return self._line(printed, searched, remarks, entry)

    def _line(
        self,
        runs: tuple[Run, ...],
        searched: tuple[Run, ...],
        remarks: dict[str, nodes.remark],
        entry: EditionEntry,
    ) -> nodes.entry_line:
        """The whole line as one node, for ``html_runs``."""
        printed = [run for run in searched if self.positive or not run.silent]
        words = "".join(run.text for run in printed if run.kind is not RunKind.REMARK)
        line = nodes.entry_line("", words, runs=runs, sigla={}, positive=self.positive)
        for remark in remarks.values():
            remark.insert(0, dn.Text("("))
            remark.append(dn.Text(")"))
            line += remark
        for run in runs:
            if run.siglum:
                line["sigla"][run.siglum.key] = self._link_of(run.siglum, entry)
        return line

    def _lead_back(self, node: nodes.entry, entry: EditionEntry) -> None:
        """Say where the entry's words stand, and how to get there."""
        place = "" if entry.block is None else self.edition.text.blocks[entry.block].number
        node["place"] = str(entry.number) if entry.number else place
        if target := self._place(entry):
            node["back"] = uri(self.builder, entry.key[0], *target)
        if node["place"] and not (self.in_html or self.in_print):
            node += dn.Text(f"{node['place']} ")

    def _place(self, entry: EditionEntry) -> tuple[str, str] | None:
        """Document and anchor of the words that an entry is about."""
        if entry.block is None:
            return None
        anchor = f"{entry.id}-mark" if entry.number else f"{entry.id}-lemma"
        number = self.edition.text.blocks[entry.block].number
        return self.edition.document_of(entry.block), anchor if entry.span else number

    def _link_of(self, siglum: Siglum, entry: EditionEntry) -> tuple[str, str | None, str]:
        """A siglum as printed, the address of its witness, the witness's name."""
        declared = self.edition.conspectus.by_key.get(siglum.key)
        if declared is None:  # cett., codd.: the editor's Latin
            return siglum.key, None, COLLECTIVE.get(siglum.key, "")
        label = declared.label or siglum.key
        if self.conspectus_doc is None:
            return label, None, declared.name or siglum.key
        key = entry.key[0], siglum.key
        if key not in self._addresses:
            self._addresses[key] = uri(self.builder, key[0], self.conspectus_doc, key[1])
        return label, self._addresses[key], declared.name

    def _run_in_prose(self, entry: EditionEntry, body: list[nodes.note_body]) -> list[dn.Node]:
        inside: list[dn.Node] = [
            nodes.entry_lemma("", entry.words or lemma_text(entry.item.lemma)),
            dn.Text("\N{NO-BREAK SPACE}] "),
        ]
        for paragraph in (p for b in body for p in list(b.children)):
            inside += list(paragraph.children) if isinstance(paragraph, dn.paragraph) else [paragraph]
            inside.append(dn.Text(" "))
        return inside[:-1]

    def _run(self, run: Run, remarks: dict[str, nodes.remark], entry: EditionEntry) -> dn.Node:
        if run.kind is RunKind.REMARK:
            remark = remarks[run.text]
            remark.insert(0, dn.Text("("))
            remark.append(dn.Text(")"))
            return remark
        if run.kind is RunKind.SIGLUM and run.siglum:
            return self._siglum(run.siglum, entry)
        if run.kind is RunKind.MARK:
            return dn.Text(run.text)
        return INLINE[run.kind]("", run.text)

    def _siglum(self, siglum: Siglum, entry: EditionEntry) -> dn.Node:
        label, address, name = self._link_of(siglum, entry)
        inside: list[dn.Node] = [dn.Text(label)]
        if siglum.hand:
            inside.append(dn.superscript("", siglum.hand))
        node = nodes.siglum("", "", siglum=siglum.key)
        if address is None and not name:
            node["classes"].append("editorial")
        if address is not None:
            title = name or siglum.key
            inside = [dn.reference("", "", *inside, internal=True, refuri=address, reftitle=title)]
        node += inside
        return node
