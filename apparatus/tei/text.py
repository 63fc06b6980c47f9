"""A block of the edited text as TEI, with its markup and its entries.

Entries whose lemmata lie in one another are written where they stand (parallel segmentation). What overlaps in
part, what is on whole passages or reaches from one to another is tied to ``anchor``\\ s from the list of such
entries (double end-point attachment; TEI Guidelines, 12.2).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise

from apparatus.edition import Edition, EditionEntry
from apparatus.model import Entry, Note, Siglum, Span
from apparatus.tei.app import App, Remarks, words_into
from apparatus.tei.elements import Element, Mixed, element
from apparatus.tei.names import legal, passage_id
from apparatus.variation import Variation, Variations


@dataclass(frozen=True, slots=True)
class Markup:
    """Inline markup of the source on a stretch of a block: an element of TEI round its words."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Node:
    """An entry written where it stands, and those inside its lemma."""

    variation: Variation
    inner: list[_Node] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return self.variation.span


@dataclass(frozen=True)
class EncodedText:
    """Writes the blocks of an edition, and the entries that stand apart from it."""

    edition: Edition
    #: what the prose of an entry's remarks is
    remarks: Callable[[EditionEntry], Remarks] = lambda entry: lambda part: ()

    @cached_property
    def variations(self) -> Variations:
        """Who has what, at each entry."""
        return Variations(self.edition)

    def block(
        self,
        i: int,
        into: Element,
        markup: Sequence[Markup] = (),
        points: Mapping[int, Sequence[Element]] | None = None,
    ) -> None:
        """Write the text of block *i* into an element; *points* are further things at its offsets."""
        span = self.edition.text.span(i)
        _Writer(self, span, markup, points or {}).write(Mixed(into), self._trees.get(i, []))

    def apart(self) -> Iterator[Element]:
        """The entries that are tied to anchors."""
        for variation in self._apart:
            own = passage_id(variation.entry.id)
            holder = element("listApp")
            words = partial(words_into, words=variation.entry.words)
            self.app(variation).write(Mixed(holder), words, from_=f"#{own}-from", to=f"#{own}-to")
            yield holder[0]

    def app(self, variation: Variation) -> App:
        """What writes an entry."""
        return App(variation, self.edition, self.remarks(variation.entry))

    @cached_property
    def _sorted(self) -> tuple[dict[int, list[_Node]], list[Variation]]:
        """The entries that are written where they stand, by their blocks; and the others."""
        trees: dict[int, list[_Node]] = defaultdict(list)
        apart: list[Variation] = []
        stack: list[_Node] = []
        for variation in sorted(self.variations.all, key=lambda v: (v.span.start, -v.span.end)):
            span = variation.span
            while stack and stack[-1].span.end <= span.start:
                stack.pop()
            if not self._is_within_block(variation) or (stack and not stack[-1].span.contains(span)):
                apart.append(variation)
                continue
            node = _Node(variation)
            home = trees[self.edition.text.block_at(span.start)]
            (stack[-1].inner if stack else home).append(node)
            stack.append(node)
        return trees, apart

    def _is_within_block(self, variation: Variation) -> bool:
        item = variation.entry.item
        home = self.edition.text.span(self.edition.text.block_at(variation.span.start))
        return isinstance(item, Entry) and not item.lemma.is_block and home.contains(variation.span)

    @property
    def _trees(self) -> dict[int, list[_Node]]:
        return self._sorted[0]

    @property
    def _apart(self) -> list[Variation]:
        return self._sorted[1]

    @cached_property
    def points(self) -> list[tuple[int, Element]]:
        """What stands between two letters of the joined text, in order: ends of lemmata, places of moved words."""
        ends: list[tuple[int, int, Element]] = []
        for variation in self._apart:
            ends += self._ends(variation.entry, variation.span)
        for entry in self.edition.entries:
            if isinstance(entry.item, Note) and entry.span is not None and entry.series.form != "discussion":
                ends += self._ends(entry, entry.span)
        for variation in self.variations.all:
            for variant in variation.variants:
                if variant.move is not None:
                    own = f"{passage_id(variation.entry.id)}-r{variant.reading + 1}-place"
                    anchor = element("anchor", id=own, type="transposed")
                    ends.append((variant.move.at, 1, anchor))
        for absence in self.variations.absences:
            own = gap_id(absence.state, absence.span)
            ends += [(absence.span.start, 2, element("anchor", id=f"{own}-from"))]
            ends += [(absence.span.end, 0, element("anchor", id=f"{own}-to"))]
        seen: dict[str, None] = {}
        kept = []
        for at, _, made in sorted(ends, key=lambda end: end[:2]):
            name = next(iter(made.attrib.values()))
            if name not in seen:
                kept.append((at, made))
            seen[name] = None
        return kept

    @cached_property
    def offsets(self) -> list[int]:
        """Where each of them stands."""
        return [offset for offset, _ in self.points]

    def _ends(self, entry: EditionEntry, span: Span) -> list[tuple[int, int, Element]]:
        own = passage_id(entry.id)
        return [
            (span.start, 2, element("anchor", id=f"{own}-from")),
            (span.end, 0, element("anchor", id=f"{own}-to")),
        ]


def gap_id(state: Siglum, span: Span) -> str:
    """The identifier of a stretch that a witness does not have."""
    return f"gap.{legal(str(state))}.{span.start}"


class _Writer:
    """Writes one block."""

    def __init__(
        self, text: EncodedText, span: Span, markup: Sequence[Markup], points: Mapping[int, Sequence[Element]]
    ) -> None:
        self.encoded, self.span, self.markup = text, span, markup
        first, last = bisect_left(text.offsets, span.start), bisect_right(text.offsets, span.end)
        self._points = list(text.points[first:last])
        for offset, elements in points.items():
            self._points += [(span.start + offset, made) for made in elements]
        self._points.sort(key=lambda point: point[0])
        self._next = 0

    def write(self, mixed: Mixed, nodes: Sequence[_Node]) -> None:
        self._stretch(mixed, self.span, nodes, closed=True)

    def _stretch(self, mixed: Mixed, span: Span, nodes: Sequence[_Node], *, closed: bool) -> None:
        at = span.start
        for node in nodes:
            self._plain(mixed, at, node.span.start, closed=True)
            self.encoded.app(node.variation).write(mixed, partial(self._lemma, node))
            at = node.span.end
        self._plain(mixed, at, span.end, closed=closed)

    def _lemma(self, node: _Node, mixed: Mixed) -> None:
        self._stretch(mixed, node.span, node.inner, closed=False)

    def _plain(self, mixed: Mixed, start: int, end: int, *, closed: bool) -> None:
        """Words in which no entry begins, and what stands between them."""
        at = start
        while self._next < len(self._points):
            offset, made = self._points[self._next]
            if offset > end or (offset == end and not closed):
                break
            self._marked(mixed, at, max(at, offset))
            mixed.put(made)
            at, self._next = max(at, offset), self._next + 1
        self._marked(mixed, at, end)

    def _marked(self, mixed: Mixed, start: int, end: int) -> None:
        """Words with the source's markup."""
        base = self.span.start
        cuts = {start, end}
        for mark in self.markup:
            cuts |= {base + at for at in (mark.start, mark.end) if start < base + at < end}
        ends = sorted(cuts)
        for one, other in pairwise(ends):
            words = self.encoded.edition.text.joined[one:other]
            around = [m for m in self.markup if base + m.start <= one and other <= base + m.end]
            self._within(mixed, words, around)

    def _within(self, mixed: Mixed, words: str, around: Sequence[Markup]) -> None:
        if not around:
            mixed.text(words)
            return
        with mixed.inside(element(around[0].tag, **around[0].attributes)):
            self._within(mixed, words, around[1:])
