"""Cut the text of a block at the ends of its lemmata, across whatever markup it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.builders import Builder

from apparatus.counterparts import prefix_of, side_page
from apparatus.edition import EditionEntry
from apparatus.language import direction
from apparatus.model import FIRST, Entry, Span
from apparatus.reference_systems import PART, ReferenceSystem
from apparatus.sphinxext.entries.feet import class_of, node_of
from apparatus.sphinxext.outputs import is_for_browsers, is_one_page, is_print, page_language
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors, make_key
from apparatus.sphinxext.tree.languages import language_at, language_class
from apparatus.sphinxext.tree.links import link, uri
from apparatus.sphinxext.tree.text import Piece, fold, join_neighbours, leaves, position_of, put_in_place
from apparatus.voice import phrase

if TYPE_CHECKING:
    from apparatus.render.face import Faces

#: What an entry whose lemma is not found says on paper; on the screen the style sheet says it.
UNPLACED = phrase(" — place not found in the text")

LINKS = (dn.reference, addnodes.pending_xref)


@dataclass
class Cuts:
    """What happens at which offset of a block."""

    opening: dict[int, list[dn.Node]] = field(default_factory=lambda: defaultdict(list))
    closing: dict[int, list[dn.Node]] = field(default_factory=lambda: defaultdict(list))
    #: on the screen: the stretches that link to an entry, with the entries
    linked: list[tuple[int, int, EditionEntry]] = field(default_factory=list)

    def offsets(self) -> set[int]:
        ends = {end for start, stop, _ in self.linked for end in (start, stop)}
        return {*self.opening, *self.closing, *ends}


class Cutter:
    """Cuts the blocks of one document."""

    def __init__(
        self,
        builder: Builder,
        faces: Faces,
        entry_nodes: Mapping[str, nodes.apparatus_entry],
        systems: Mapping[str, ReferenceSystem],
    ) -> None:
        self.systems = systems
        self.builder, self.faces, self.edition = builder, faces, faces.edition
        self.in_print = is_print(builder)
        self.entry_nodes = entry_nodes
        self._marked: set[str] = set()  #: entries whose lemma already has its anchor

    def cut(self, block: dn.Element, docname: str, index: int) -> None:
        """Number a block and cut it at its lemmata."""
        its = self.edition.text.blocks[index]
        number = its.number
        block["passage"], block["section"] = number, its.section
        block["ids"].append(number)
        block["classes"] += ["passage", "of-several"] if its.points or its.beside else ["passage"]
        join_neighbours(block)
        pieces = fold(list(leaves(block)))
        cuts = self._cuts(index, docname)
        if cuts.offsets() and pieces:
            for piece in pieces:
                self._cut_piece(piece, cuts, docname)
        if not self.in_print:
            self._put_marks_out(block)
        if words := self._half(block, index):
            block.insert(0, nodes.half("", "", words=words))
        block.insert(0, self._number(number, docname))
        if not self.in_print and not isinstance(block, dn.title):
            block += self._counterparts(index, docname)

    def _put_marks_out(self, block: dn.Element) -> None:
        """Let a mark stand behind words of the other direction that it ends: within them it would stand before them."""
        for mark in reversed(list(block.findall(nodes.note_mark))):
            while self._turns(span := mark.parent) and span[-1] is mark:
                span.pop()
                parent, at = position_of(span)
                parent.insert(at + 1, mark)

    def _turns(self, span: dn.Element) -> bool:
        """Whether a node is a span of words that run against what is round it."""
        tag = language_class(span) if isinstance(span, dn.inline) else ""
        main = page_language(self.builder.config, self.builder)
        return bool(tag) and direction(tag) != direction(language_at(span.parent) or main)

    def _counterparts(self, index: int, docname: str) -> list[dn.Node]:
        """The ways to what stands beside a block in other texts, one to each."""
        edition, beside = self.edition, dict[str, dict[str, None]]()
        for number, _, _ in edition.text.passages_of(index):
            for one in edition.counterparts.get(number, ()):
                beside.setdefault(edition.document_of(edition.text.index[one]), {})[one] = None
        own = edition.text.blocks[index].number
        return [self._counterpart(docname, own, home, list(its)) for home, its in beside.items()]

    def _counterpart(self, docname: str, own: str, home: str, numbers: list[str]) -> nodes.counterpart:
        """The way to *numbers* of another document: to both on one page, where there is one."""
        page, at = home, numbers[0]
        if is_for_browsers(self.builder) and not is_one_page(self.builder):
            is_second = docname in self.edition.translates
            page, at = (side_page(home, docname) if is_second else side_page(docname, home)), own
        words = link(self.builder, docname, page, at, dn.Text(", ".join(numbers)))
        return nodes.counterpart("", "", words, numbers=numbers)

    def _half(self, block: dn.Element, index: int) -> str:
        """The words of a verse that stand before its further part."""
        blocks, first = self.edition.text.blocks, index
        is_half = isinstance(block, dn.line) and not blocks[index].is_beside
        while is_half and first and PART.search(blocks[first].number):
            first -= 1
        return " ".join(before.text for before in blocks[first:index] if not before.is_beside)

    def _number(self, number: str, docname: str, within: str = "") -> nodes.passage_number:
        """The number of a passage; one that begins within its block has the anchor itself."""
        ids = [number] if within else []
        system, prefix = self.systems[FIRST], prefix_of(docname) if docname in self.edition.translates else ""
        said = system.said(number.removeprefix(prefix))
        if prefix:  # which text it is, then its levels
            said = f"{prefix[:-1]}, {said}" if any(system.levels) else number
        return nodes.passage_number("", "", number=number, said=said, within=within, ids=ids)

    def _points(self, index: int, docname: str, cuts: Cuts) -> None:
        """What is numbered within a block."""
        its, within = self.edition.text.blocks[index], "line" if self.systems[FIRST].inline else "margin"
        for point in its.points:
            number = self._number(point.number, docname, within)
            number["in_word"] = its.text[point.at - 1].isalnum()
            cuts.opening[point.at].append(number)
        for point, anchor in self.edition.text.milestones.get(index, ()):
            label = self.systems[point.system].label
            mark = nodes.milestone("", "", number=point.number, label=label, ids=[anchor])
            mark["in_word"] = its.text[: point.at][-1:].isalnum()
            cuts.opening[point.at].append(mark)

    def _cuts(self, index: int, docname: str) -> Cuts:
        cuts = Cuts()
        self._points(index, docname, cuts)
        home = self.edition.text.span(index)
        # The longer lemma opens first and closes last.
        covering = self.edition.covering.get(index, [])
        for entry in sorted(covering, key=lambda e: -(len(e.span) if e.span else 0)):
            if entry.span is None:
                self._cut_unplaced(entry, len(home), cuts)
                continue
            start, end = entry.span.start - home.start, entry.span.end - home.start
            begins, ends = start >= 0, end <= len(home)
            start, end = max(start, 0), min(end, len(home))
            before, after = self.faces.of(entry).marks
            if entry.series.form == "notes":
                if ends:
                    cuts.closing[end].append(self._note_mark(entry, docname))
            elif self.in_print:
                self._cut_for_print(entry, cuts, (start, end), begins=begins, ends=ends)
            elif entry.item.lemma.is_block:
                # A whole block underlined would drown the rest: a pilcrow before it is the link; of several before each.
                pilcrow = self._segment(self.faces.style.block, [entry], docname, linked=True)
                pilcrow["classes"].append("block-lemma")
                cuts.opening[start].append(pilcrow)
            else:
                cuts.linked.append((start, end, entry))
            if begins and before:
                cuts.opening[start].append(nodes.editorial("", before, classes=["mark"]))
            if ends and after:
                cuts.closing[end].insert(0, nodes.editorial("", after, classes=["mark"]))
        return cuts

    def _cut_for_print(
        self, entry: EditionEntry, cuts: Cuts, at: tuple[int, int], *, begins: bool, ends: bool
    ) -> None:
        if begins:
            cuts.opening[at[0]].append(self._lemma_open(entry))
        if ends:
            cuts.closing[at[1]].insert(0, nodes.lemma_close("", "", entry_id=entry.id))

    def _cut_unplaced(self, entry: EditionEntry, end: int, cuts: Cuts) -> None:
        """Print an entry without a place at the end of its block, so that it is not lost."""
        if self.in_print and entry.series.form == "notes":
            mark = self._note_mark(entry, entry.key[0])
            for body in mark.findall(nodes.note_body):
                body += dn.paragraph("", self.faces.voice.say(UNPLACED))
            cuts.closing[end].append(mark)
        elif self.in_print:
            opening = self._lemma_open(entry)
            opening += dn.Text(self.faces.voice.say(UNPLACED))
            cuts.closing[end].append(opening)
            cuts.closing[end].append(nodes.lemma_close("", "", entry_id=entry.id))

    def _lemma_open(self, entry: EditionEntry) -> nodes.lemma_open:
        opening = nodes.lemma_open("", "", *self._node(entry), entry_id=entry.id, series=entry.series.name)
        if entry.block is not None and entry.span is not None:
            opening["passages"] = self._ends(entry.span)
        place_in_source(opening, entry)
        return opening

    def _ends(self, span: Span) -> tuple[int, int]:
        """The passages in which a lemma begins and ends, counted through the text."""
        text = self.edition.text
        last = max(span.start, span.end - 1)
        numbers = (text.number_in(text.block_at(at), at) for at in (span.start, last))
        first, second = (text.passage_order[number] for number in numbers)
        return first, second

    def _node(self, entry: EditionEntry) -> list[dn.Node]:
        """A copy of an entry's node, to stand in the text; a note of a document that is not printed has none."""
        key = make_key(*entry.key)
        is_there = isinstance(entry.item, Entry) or key in self.entry_nodes
        return [node_of(key, self.entry_nodes).deepcopy()] if is_there else []

    def _note_mark(self, entry: EditionEntry, docname: str) -> nodes.note_mark:
        mark = nodes.note_mark("", "", number=entry.number, entry_id=entry.id, series=entry.series.name)
        if self.in_print:
            for node in self._node(entry):
                mark += list(node.children)
            place_in_source(mark, entry)
        else:
            mark["refuri"] = uri(self.builder, docname, entry.key[0], entry.id)
            mark["classes"] += self._whose([entry])
            mark["ids"].append(f"{entry.id}-mark")
        return mark

    def _whose(self, entries: list[EditionEntry]) -> list[str]:
        """Classes by which a style sheet tells the marks of series apart, where there are several of one form."""
        names = {entry.series.name for entry in entries} & self.edition.series_with_likes
        return [f"of-{name}" for name in sorted(names)]

    def _cut_piece(self, piece: Piece, cuts: Cuts, docname: str) -> None:
        inside = sorted({o for o in cuts.offsets() if piece.start < o < piece.end} | {piece.start, piece.end})
        outer = _outermost_link(piece.leaf)
        made: list[dn.Node] = []
        after_link: list[dn.Node] = []
        for start, end in pairwise(inside):
            opening = cuts.opening.pop(start, [])
            for node in opening if outer is not None else ():
                if isinstance(node, nodes.passage_number):
                    node["unlinked"] = True  # a link cannot hold another
            made += opening
            text = piece.text[start - piece.start : end - piece.start]
            entries = [e for s, t, e in cuts.linked if s <= start and end <= t]
            made.append(
                self._segment(text, entries, docname, linked=outer is None) if entries else dn.Text(text)
            )
            for node in cuts.closing.pop(end, []):
                # A link cannot hold another: what follows the lemma goes behind the link.
                (after_link if outer is not None and isinstance(node, nodes.note_mark) else made).append(node)
        if not inside[1:]:
            return
        put_in_place(piece.leaf, [*_blank(piece), *made])
        if outer is not None and after_link:
            outer.parent.insert(outer.parent.index(outer) + 1, after_link)

    def _segment(self, text: str, entries: list[EditionEntry], docname: str, *, linked: bool) -> nodes.lemma:
        entries = sorted(entries, key=lambda e: len(e.span) if e.span else 0)
        segment = nodes.lemma("", text, entries=[entry.id for entry in entries])
        segment["classes"] += self._whose(entries)
        faces = [self.faces.of(entry) for entry in entries]
        if not any(face.is_substantive for face in faces):
            segment["classes"].append("accidental")
        if all(face.classes for face in faces):  # what is on prose too stays marked
            segment["classes"] += dict.fromkeys(class_of(each) for face in faces for each in face.classes)
        if linked:
            segment["refuri"] = uri(self.builder, docname, entries[0].key[0], entries[0].id)
        for entry in entries:
            if entry.id not in self._marked:
                self._marked.add(entry.id)
                segment["ids"].append(f"{entry.id}-lemma")
        return segment


def _blank(piece: Piece) -> list[dn.Text]:
    return [dn.Text(piece.before)] if piece.before else []


def place_in_source(node: dn.Element, entry: EditionEntry) -> None:
    """Let a node that holds an entry say where this stands in the source."""
    if entry.item.origin:
        node.source, node.line = entry.item.origin.file, entry.item.origin.line


def _outermost_link(leaf: dn.Text) -> dn.Element | None:
    inside = takewhile(lambda above: not isinstance(above, (dn.paragraph, dn.title)), ancestors(leaf))
    return next((above for above in reversed([*inside]) if isinstance(above, LINKS)), None)
