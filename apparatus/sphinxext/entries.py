"""Fill an entry node with what is printed: runs of type become inline nodes."""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.builders import Builder

from apparatus.edition import Edition, EditionEntry
from apparatus.model import Entry, Kind, Siglum
from apparatus.render.runs import Run, RunKind, Standing, lay_out, lemma_text, standing
from apparatus.sphinxext import nodes
from apparatus.sphinxext.links import link

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
    found = entry.account
    if found is None or found.support or not found.depart:
        return Standing.PLAIN
    lacking = all(entry.item.readings[i].kind is Kind.OM for _, i in found.depart)
    return Standing.SUPPLEMENT if lacking else Standing.PLAIN


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

    def fill(self, node: nodes.entry, entry: EditionEntry) -> None:
        """Give the node its anchor, number and contents."""
        node["entry_id"] = entry.id
        node["ids"].append(entry.id)
        node["classes"] += ["unplaced"] if entry.span is None else []
        if entry.number is not None:
            node["number"] = entry.number
        remarks = {child["part"]: child for child in node.children if isinstance(child, nodes.remark)}
        body = [child for child in node.children if isinstance(child, nodes.note_body)]
        node.clear()
        if not self.in_print:
            node += self._way_back(entry)
        if isinstance(entry.item, Entry):
            node += [self._run(run, remarks, entry) for run in self._runs(entry, entry.item)]
        elif entry.series.form == "notes":
            node += body
        else:
            node += self._run_in_prose(entry, body)

    def _runs(self, entry: EditionEntry, item: Entry) -> tuple[Run, ...]:
        support = None
        if self.positive and entry.account:
            named = {siglum.key for siglum in item.support}
            support = [*item.support, *(Siglum(key) for key in entry.account.support if key not in named)]
        return lay_out(item, entry.words or lemma_text(item.lemma), how=standing_of(entry), support=support)

    def _run_in_prose(self, entry: EditionEntry, body: list[nodes.note_body]) -> list[dn.Node]:
        inside: list[dn.Node] = [nodes.entry_lemma("", entry.words or lemma_text(entry.item.lemma)), dn.Text(" ] ")]
        for paragraph in (p for b in body for p in list(b.children)):
            inside += list(paragraph.children) if isinstance(paragraph, dn.paragraph) else [paragraph]
            inside.append(dn.Text(" "))
        return inside[:-1]

    def _way_back(self, entry: EditionEntry) -> list[dn.Node]:
        """The number of the note, or of the passage, as a link to the place in the text."""
        doc = entry.key[0]
        place = "" if entry.block is None else self.edition.text.blocks[entry.block].number
        label, name = (str(entry.number), "note-number") if entry.number else (place, "entry-place")
        if not label:
            return []
        home = self.edition.document_of(entry.block) if entry.block is not None else doc
        anchor = f"{entry.id}-mark" if entry.number else f"{entry.id}-lemma"
        anchor = anchor if entry.span else place
        return [link(self.builder, doc, home, anchor, dn.Text(label), classes=[name]), dn.Text(" ")]

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
        declared = self.edition.conspectus.by_key.get(siglum.key)
        label = (declared.label if declared else None) or siglum.key
        inside: list[dn.Node] = [dn.Text(label)]
        if siglum.hand:
            inside.append(dn.superscript("", siglum.hand))
        node = nodes.siglum("", "", siglum=siglum.key)
        if declared is None:  # cett., codd.: the editor's Latin
            node["classes"].append("editorial")
        if declared is None or self.conspectus_doc is None:
            node += inside
        else:
            title = f"{siglum.key}: {declared.name}" if declared.name else siglum.key
            node += link(self.builder, entry.key[0], self.conspectus_doc, siglum.key, *inside, reftitle=title)
        return node
