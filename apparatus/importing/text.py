"""The edited text of a TEI file as a document with its apparatus, and the transcriptions of its witnesses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from apparatus.characters import closes
from apparatus.collation.mending.lemma import lemma_for, locus_for
from apparatus.importing import myst
from apparatus.importing.entries import Maker
from apparatus.importing.fitting import Fitter, Variant
from apparatus.importing.fitting import Place as Fitted
from apparatus.importing.flow import NONE, App, Flow, Reading, Walker, settled
from apparatus.importing.having import BREAK, Chooser, fold_map, folded, had
from apparatus.importing.language import language
from apparatus.importing.losses import Losses
from apparatus.importing.myst import Mark
from apparatus.importing.numbers import Numbers
from apparatus.importing.pieces import Closed, Node, Opened, Piece
from apparatus.importing.prose import Pages, inline
from apparatus.importing.sigla import attesting
from apparatus.importing.survey import BLOCKS, Survey
from apparatus.importing.whole import Whole
from apparatus.model import BREAK as END
from apparatus.model import (
    Block,
    EditedText,
    Entry,
    Gap,
    Kind,
    Lemma,
    Place,
    Point,
    Siglum,
    Silence,
    Span,
    Target,
)
from apparatus.notation import write_entry, write_lemma

#: Pages of a file of our own that every folder has anyway.
_OWN_PAGES = ("d.index", "d.witnesses")
_NOT_OF_TEXT = frozenset(["teiHeader", "standOff", "listApp", "spanGrp"])


@dataclass(slots=True)
class Passage:
    """A block of the text."""

    block: Block
    places: list[int]  #: of each letter of its flow, where it is in its text
    flow: Flow
    source: str  #: what stands before the entries
    is_verse: bool
    at: int  #: where it begins in the whole
    line: int = 0
    entries: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    opens_stanza: bool = False


@dataclass
class TextReader:
    """Takes the pieces of a file and makes the document of them."""

    survey: Survey
    losses: Losses
    passages: list[Passage] = field(default_factory=list)
    lines: dict[int, list[str]] = field(
        default_factory=dict
    )  #: before which passage what editors have added stands
    systems: dict[str, None] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)  #: what each witness has, block by block
    gaps: dict[str, list[Gap]] = field(default_factory=dict)
    series: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = self.survey
        self.walker = Walker(
            found.cited, self.losses, is_ours=found.is_ours, wanted=found.wanted, is_located=found.is_located
        )
        self.chooser = Chooser(found.cited)
        self.numbers = Numbers(self.losses, found.is_numbered)
        self.maker = Maker(found.cited, self.chooser.of, self.losses, is_ours=found.is_ours)
        self.whole = Whole()
        self.open: list[Node] = []
        self.at = 0
        self.level = 0
        self.language = ""
        self.written: set[str] = set()  #: the sigla that entries name
        self.speaker: Node | None = None
        self.pages = Pages()
        self.pending: list[tuple[str, str]] = []
        self.is_new_stanza = False

    # --- the pieces -------------------------------------------------------------------

    @property
    def is_in_text(self) -> bool:
        """Whether the pieces that come now are of the edited text."""
        tags = [node.tag for node in self.open]
        if _NOT_OF_TEXT & set(tags):
            return False
        if self.survey.has_edition:
            return any(node.tag.startswith("div") and node.get("type") == "edition" for node in self.open)
        return "body" in tags

    def take(self, piece: Piece) -> None:
        """Take a piece."""
        if isinstance(piece, Opened):
            self.open.append(piece.node)
            self.is_new_stanza |= piece.node.tag == "lg"
        elif isinstance(piece, Closed):
            self.open.pop()
            self.is_new_stanza |= piece.node.tag == "lg"
        elif self.is_in_text and piece.tag not in _NOT_OF_TEXT:
            for node in _blocks(piece):
                self._block(node)
        elif "text" in {node.tag for node in self.open} and not _NOT_OF_TEXT & {
            node.tag for node in self.open
        }:
            self._prose(piece)
        return None

    def _prose(self, node: Node) -> None:
        """What the editors say beside the text."""
        divisions = [holder for holder in self.open if holder.tag.startswith("div")]
        if self.survey.is_ours and any(
            d.get("type") == "notes" or d.id.startswith(_OWN_PAGES) for d in divisions
        ):
            return
        part = next((holder.tag for holder in self.open if holder.tag in ("front", "back")), "introduction")
        self.pages.add(part, node, len(divisions))

    def _block(self, node: Node) -> None:
        self.language = self.language or next((h.lang for h in reversed([*self.open, node]) if h.lang), "")
        if node.tag in ("note", "listApp"):
            self.losses.tell(
                "notes between blocks", node.line, "a note that stands between blocks is kept in a comment"
            )
            self._beside([myst.comment(f"TEI line {node.line}, note: {node.words()}")])
            return
        if node.tag in ("pb", "cb", "gb", "lb", "milestone", "anchor", "figure", "app"):
            self._between(node)
            return
        if node.tag == "head" and self._is_editors(node):
            self._beside(["{.editorial-text}", f"{self._heading()} {myst.plain(node.words(('note',)))}"])
            return
        if node.tag == "speaker" and any(holder.tag == "sp" for holder in self.open):
            self.speaker = node
            return
        if self.speaker is not None and node.tag in ("l", "p", "ab"):
            node = Node(node.tag, node.attributes, node.line, [self.speaker, *node.children])
            self.speaker = None
        flow = self.walker.flow(node)
        if node.tag in ("speaker", "stage"):
            flow.marks.append(Mark(0, len(flow.text), node.tag))
        if node.id in self.survey.wanted and node.id:
            flow.ids[node.id] = (0, len(flow.text))
        pending, self.pending = self.pending, []
        flow.points[:0] = [(0, system, number) for system, number in pending]
        text, places = fold_map(flow.text)
        if not text and not flow.apps:
            self.pending = [(system, number) for _, system, number in flow.points if system != "n"]
            return
        if not text:
            self.losses.tell(
                "blocks without words",
                node.line,
                "a block has entries and no words of its own; it stands in a comment",
            )
            self._beside([myst.comment(f"TEI line {node.line}, block without words: {gist(node)}")])
            return
        self._passage(node, flow, text, places)

    def _between(self, node: Node) -> None:
        """What stands between blocks and begins a page, say: it holds for the block that follows."""
        unit = {"pb": "page", "cb": "column", "gb": "gathering", "milestone": node.get("unit")}.get(
            node.tag, ""
        )
        if unit and node.get("n"):
            self.pending = [
                *self.pending,
                (unit + (node.get("ed") or node.get("edRef")).replace("#", ""), node.get("n")),
            ]
        elif node.tag == "figure" or (node.tag == "app" and not (node.get("from") or node.get("loc"))):
            self.losses.tell(
                f"elements {node.tag} between blocks",
                node.line,
                f"{node.tag} between blocks stands in a comment",
            )
            self._beside([myst.comment(f"TEI line {node.line}, {node.tag}: {gist(node)}")])

    def _is_editors(self, node: Node) -> bool:
        """Whether a heading is the editors' own: no witness varies in it, and it has no number."""
        return not node.get("n") and node.first("app") is None

    def _heading(self) -> str:
        depth = sum(
            1 for holder in self.open if holder.tag.startswith("div") and holder.get("type") != "edition"
        )
        self.level = max(1, min(depth + (0 if self.survey.is_ours else 1), self.level + 1))
        return "#" * self.level

    def _beside(self, lines: Sequence[str]) -> None:
        self.lines.setdefault(len(self.passages), []).extend([*lines, ""])

    # --- a passage --------------------------------------------------------------------

    def _passage(self, node: Node, flow: Flow, text: str, places: list[int]) -> None:
        is_verse = node.tag == "l" and "lg" in {h.tag for h in self.open} | {"lg"}
        is_heading = node.tag == "head"
        number, given, points, beside = self._numbered(
            node, flow, places, text, is_heading=is_heading, is_verse=is_verse
        )
        block = Block(number, text, None, tuple(points), tuple(beside))
        source = self._source(block, flow, places, given, is_heading=is_heading, is_verse=is_verse)
        passage = Passage(
            block,
            places,
            flow,
            source,
            is_verse,
            len(self.whole.flow.text),
            node.line,
            opens_stanza=self.is_new_stanza,
        )
        self.is_new_stanza = False
        self.whole.add(flow)
        self.passages.append(passage)

    def _numbered(
        self, node: Node, flow: Flow, places: list[int], text: str, *, is_heading: bool, is_verse: bool
    ) -> tuple[str, str, list[Point], list[Point]]:
        """Number of a block, as its source says it; the numbers that begin within it, and those of other systems."""
        above = (
            []
            if self.survey.is_ours
            else [
                h.get("n")
                for h in self.open
                if h.tag.startswith("div") and h.get("n") and h.get("type") != "edition"
            ]
        )
        above = [n for n in above if len(n) < 8 and not is_heading]
        own = [*above, node.get("n")] if node.get("n") else []
        begun: dict[int, str] = {}
        beside: dict[tuple[int, str], Point] = {}
        for raw, system, number in sorted(flow.points, key=lambda point: point[0]):
            at = places[min(raw, len(places) - 1)]
            at += text[at : at + 1] == " "
            if at >= len(text) and at:
                self.losses.tell(
                    "numbers that no words follow",
                    node.line,
                    f"no words follow {system} {number} in its block; it is left out",
                )
                continue
            if system != "n":
                name = "".join(c for c in system if c.isascii() and c.isalnum()) or "page"
                self.systems[name] = None
                beside.setdefault((at, name), Point(number, at, name))
            elif node.tag not in ("ab", "l") or at:
                prefix = [] if self.survey.is_ours else (own or above)
                begun.setdefault(at, ".".join([*prefix, number]))
        candidate = begun.pop(0, "") or ".".join(own)
        if not candidate and above and self.numbers.is_new(made := ".".join(above)):
            candidate = made
        if candidate and self.numbers.is_good(candidate, node.line):
            number = given = self.numbers.take(candidate)
        else:
            number, given = self.numbers.next(is_heading=is_heading, is_verse=is_verse)
        points = [
            Point(self.numbers.take(said), at)
            for at, said in sorted(begun.items())
            if self.numbers.is_good(said, node.line)
        ]
        good = [p for p in beside.values() if all(c.isalnum() or c in ".,+/-" for c in p.number)]
        return number, given, points, good

    def _source(
        self, block: Block, flow: Flow, places: list[int], given: str, *, is_heading: bool, is_verse: bool
    ) -> str:
        """The block as it is written."""
        marks: list[Mark] = []
        for mark in _rejoined(flow.marks):
            placed = Mark(places[mark.start], places[mark.end], mark.sort, mark.value)
            while placed.start < placed.end and block.text[placed.start] == " ":
                placed.start += 1
            while placed.end > placed.start and block.text[placed.end - 1] == " ":
                placed.end -= 1
            if placed.sort in ("*", "**") and not myst.can_be_emphasis(block.text, placed):
                continue
            if placed.sort == "language" and not (tag := language(placed.value)):
                continue
            elif placed.sort == "language":
                placed.value = tag
            marks.append(placed)
        points = [(p.at, f'[]{{n="{p.number}"}}') for p in block.points]
        points += [(p.at, f'[]{{{p.system}="{p.number}"}}') for p in block.beside]
        line = myst.marked(block.text, marks, points)
        if is_verse:
            return f'[]{{n="{given}"}}{line}'
        if is_heading:
            return f'{{n="{given}"}}\n{self._heading()} {line}'
        return f'{{n="{given}"}}\n{myst.at_head(line)}'

    # --- the end ----------------------------------------------------------------------

    def close(self) -> None:
        """When everything is read: entries, notes, gaps, transcriptions."""
        self._apart()
        self._lacunae()
        self.text = EditedText(tuple(p.block for p in self.passages))
        self._heed_gaps()
        for i, passage in enumerate(self.passages):
            self._entries(i, passage)
        self._crossing()
        self._notes()
        self._transcribe()

    def _apart(self) -> None:
        """Tie the entries that stand apart to their words."""
        self.crossing: list[App] = []
        found = [
            (self.walker.apart_app(node), node.get("from"), node.get("to"), node) for node in self.survey.apps
        ]
        for app, start, end, node in [*found, *self.walker.apart]:
            stretch = self._stretch(app, start, end, node)
            if stretch is None:
                self.losses.tell(
                    "entries whose words were not found",
                    node.line,
                    "where the entry belongs was not found; it stands in a comment at the end",
                )
                self.lines.setdefault(-1, []).append(
                    myst.comment(
                        f"TEI line {node.line}, entry: {node.get('from') or node.get('loc')} {gist(node)}"
                    )
                )
                continue
            app.start, app.end = stretch
            i = self._passage_at(app.start)
            if app.end <= self.passages[i].at + len(self.passages[i].flow.text) and not self.survey.is_ours:
                self._into_block(app, i)
            else:
                self.crossing.append(app)
            self.whole.flow.apps.append(app)

    def _stretch(self, app: App, start: str, end: str, node: Node) -> tuple[int, int] | None:
        ids = self.whole.flow.ids
        begin, stop = ids.get(start.rpartition("#")[2]), ids.get(end.rpartition("#")[2])
        here = ids.get(f"app@{node.line}")
        if begin is not None and start:
            if stop is not None:
                return begin[0], stop[1]
            if here is not None and here[0] > begin[1] and not end:
                return begin[0], here[0]
            return begin if begin[0] < begin[1] else None
        if app.lemma is None or not (words := folded(app.lemma.flow.text)):
            return None
        return self._found(words, node.get("loc"), here[0] if here else None)

    def _found(self, words: str, loc: str, here: int | None) -> tuple[int, int] | None:
        """Where the lemma stands in the passage that the entry names, or in the block in which it stands."""
        for i, passage in enumerate(self.passages):
            numbers = {passage.block.number, *(p.number for p in passage.block.points)}
            is_there = loc in numbers if loc else here is not None and self._passage_at(here) == i
            if not is_there and not (loc and here is not None and self._passage_at(here) == i):
                continue
            at = passage.block.text.find(words)
            if at >= 0 and passage.block.text.find(words, at + 1) < 0:
                raw = [n for n, place in enumerate(passage.places) if place == at]
                stop = [n for n, place in enumerate(passage.places) if place == at + len(words)]
                return passage.at + raw[-1], passage.at + stop[0]
        return None

    def _into_block(self, app: App, i: int) -> None:
        passage = self.passages[i]
        own = App(
            app.start - passage.at, app.end - passage.at, app.line, app.lemma, app.readings, app.remarks
        )
        within = [
            one
            for one in passage.flow.apps
            if one.start <= own.start and own.end <= one.end and (one.start, one.end) != (own.start, own.end)
        ]
        own.outer = min(within, key=lambda one: one.end - one.start, default=None)
        for one in passage.flow.apps:
            if (
                own.start <= one.start
                and one.end <= own.end
                and (one.start, one.end) != (own.start, own.end)
                and one.outer is own.outer
            ):
                one.outer = own
        passage.flow.apps.append(own)

    def _passage_at(self, offset: int) -> int:
        return max(0, bisect_right(self.whole.starts, offset) - 1)

    def _offset(self, raw: int) -> int:
        """An offset of the whole flow in the joined text."""
        i = self._passage_at(raw)
        passage = self.passages[i]
        return self.text.starts[i] + passage.places[min(raw - passage.at, len(passage.places) - 1)]

    def _span(self, start: int, end: int) -> Span:
        """A stretch of the whole flow in the joined text, without blanks at its ends."""
        one, other = self._offset(start), self._offset(end)
        joined = self.text.joined
        while one < other and joined[one] in f" {END}":
            one += 1
        while other > one and joined[other - 1] in f" {END}":
            other -= 1
        return Span(one, other)

    # --- entries ----------------------------------------------------------------------

    def _entries(self, i: int, passage: Passage) -> None:
        block = passage.block
        local = EditedText((block,))
        base = block.text
        flow = passage.flow
        for app in flow.apps:
            outer = app.outer
            while outer is not None:
                self.maker.within.setdefault(id(outer), []).append(app)
                outer = outer.outer
        fitter = Fitter(flow, base, passage.places, self.chooser.of, self.losses, is_ours=self.survey.is_ours)
        for place in fitter.fit():
            self._heed_outer(place)
            _, lemma = lemma_for(local, place.span)
            locus = self._locus(passage) if passage.is_verse else None
            entry, left = self.maker.entry(place, lemma, locus, fitter.flow, base)
            passage.comments += [f"TEI line {place.apps[0].line}, {words}" for words in left]
            if entry is not None:
                entry = self._with_targets(entry, place.apps[0], i)
                self._write(passage, entry, place.apps[0].series)
        for line, what in flow.comments:
            passage.comments.append(f"TEI line {line}, {what}")

    def _locus(self, passage: Passage) -> Place:
        points = passage.block.points
        return Place(passage.block.number, points[-1].number if points else None)

    def _write(self, passage: Passage, entry: Entry, series: str) -> None:
        cited = [*entry.support, *(siglum for reading in entry.readings for siglum in reading.sigla)]
        self.written.update(siglum.key for siglum in cited)
        passage.entries.append(write_entry(entry, self.maker.keys))

    def _heed_outer(self, place: Fitted) -> None:
        """Who has another reading of an entry around this one says nothing here."""
        if self.survey.is_ours:
            return
        app = place.apps[0]
        for one in place.apps:
            outer = one.outer
            while outer is not None and outer not in place.apps:
                for reading in (one.lemma, *one.readings):
                    if reading is None:
                        continue
                    gone = [s for s in reading.sigla if self.chooser.of(outer, s) is not None]
                    if gone:
                        reading.sigla = [s for s in reading.sigla if s not in gone]
                        reading.was_named = True
                        for variant in place.variants:
                            if variant.reading is reading or variant.reading is None:
                                variant.sigla = [s for s in variant.sigla if s not in gone]
                        said = " ".join(map(str, gone))
                        self.losses.tell(
                            "witnesses named within a reading of theirs that is longer",
                            app.line,
                            f"{said} read otherwise by a longer entry; here they are left out",
                        )
                outer = outer.outer
        place.variants = [
            v
            for v in place.variants
            if v.sigla or (v.reading and not v.reading.sigla and not v.reading.scholars)
        ] or place.variants

    def _with_targets(self, entry: Entry, app: App, home: int) -> Entry:
        """Where words stand that are transposed."""
        if not any(member.kind is Kind.TRANSP for member in entry.readings):
            return entry
        moved = [reading for reading in app.readings if reading.kind == "transp."]
        members = []
        for member in entry.readings:
            if member.kind is Kind.TRANSP:
                target = self._target(moved.pop(0), home) if moved else None
                if target is None:
                    continue
                member = replace(member, target=target)
            members.append(member)
        return Entry(
            entry.lemma, tuple(members), entry.support, entry.support_remark, entry.place, entry.remark
        )

    def _target(self, reading: Reading, home: int) -> Target | None:
        found = self.whole.flow.ids.get(reading.moved_to)
        if found is None:
            return None
        at, is_before = self._offset(found[0]), "after" in reading.blanks
        i = self.text.block_at(at)
        if "break" in reading.blanks:
            place = self.text.blocks[i].number
            return Target(is_before, place)
        span = self.text.span(i)
        if is_before:
            start = at + (self.text.joined[at : at + 1] == " ")
            end = self.text.joined.find(" ", start, span.end)
            words = Span(start, end if end > 0 else span.end)
        else:
            end = at - (self.text.joined[at - 1 : at] == " ")
            begin = max(self.text.joined.rfind(" ", span.start, end) + 1, span.start)
            words = Span(begin, end)
        _, lemma = lemma_for(self.text, words)
        is_verse = self.passages[home].is_verse
        return Target(is_before, None if i == home and not is_verse else self.text.blocks[i].number, lemma)

    def _crossing(self) -> None:
        """The entries that reach from one block into another, or lie across others."""
        for app in self.crossing:
            span = self._span(app.start, app.end)
            i = self.text.block_at(span.start)
            passage = self.passages[i]
            first, last = self.text.block_at(span.start), self.text.block_at(span.end)
            is_whole = span == Span(self.text.starts[first], self.text.span(last).end)
            place, lemma = lemma_for(self.text, span)
            if is_whole and first == last and self.survey.is_ours:
                lemma = Lemma(None)
            fitted = Fitted([app], app.start, app.end, span=span)
            for reading in app.readings:
                letters = folded(had(reading.flow, (reading.everyone or [Siglum("")])[0], self.chooser.of))
                fitted.variants.append(Variant(letters, list(reading.everyone), reading))
                fitted.words.append((Kind.TEXT if letters else Kind.OM, letters))
            if passage.is_verse and place is None:
                place = self._locus(passage)
            entry, left = self.maker.entry(fitted, lemma, place, self.whole.flow, self.text.slice(span))
            passage.comments += [f"TEI line {app.line}, {words}" for words in left]
            if entry is not None:
                self._write(passage, self._with_targets(entry, app, i), app.series)

    # --- gaps -------------------------------------------------------------------------

    def _lacunae(self) -> None:
        """Where witnesses are absent: as stretches that they lack."""
        self.absent: list[App] = []
        self.lacking: set[int] = set()
        for node in self.survey.spans:
            ids = self.whole.flow.ids
            start, end = (
                ids.get(node.get("from").removeprefix("#")),
                ids.get(node.get("to").removeprefix("#")),
            )
            if start and end:
                siglum = self.survey.cited.siglum(node.get("corresp"), self.losses, node.line)
                self._lacks(siglum, start[0], end[1], self.walker.flow(node), node.line)
        if not self.survey.is_ours:
            self._events()

    def _lacks(self, siglum: Siglum, start: int, end: int, mark: Flow, line: int) -> None:
        app = App(start, end, line, None, [Reading(mark, line, sigla=[siglum])])
        self.absent.append(app)
        self.lacking.add(id(app))
        self.whole.flow.apps.append(app)

    def _events(self) -> None:
        """Beginnings and ends of witnesses and lacunae, in the order of the text."""
        found: dict[Siglum, list[tuple[int, str]]] = {}
        for passage in self.passages:
            for at, event, siglum in passage.flow.events:
                found.setdefault(siglum, []).append((passage.at + at, event))
        end = len(self.whole.flow.text)
        for siglum, events in found.items():
            since: int | None = None
            if events and events[0][1] in ("witStart", "lacunaEnd"):
                since = None if self._is_named_before(siglum, events[0][0]) else 0
            for at, event in events:
                if event in ("witEnd", "lacunaStart"):
                    since = at if since is None else since
                elif since is not None:
                    self._missing(siglum, since, at, end)
                    since = None
            if since is not None:
                self._missing(siglum, since, end, end)

    def _is_named_before(self, siglum: Siglum, at: int) -> bool:
        """Whether entries before a place name a witness, so that it cannot begin there."""
        for app in settled(self.whole.flow):
            if app.end < at and any(siglum in one.sigla for one in (app.lemma, *app.readings) if one):
                self.losses.tell(
                    "ends of lacunae without a beginning",
                    app.line,
                    f"{siglum} is named here, before a place at which it is said to begin or to go on; it is taken to have all",
                )
                return True
        return False

    def _missing(self, siglum: Siglum, start: int, end: int, length: int) -> None:
        letters = self.whole.flow.text
        is_edge = start == 0 or end >= length
        while start < end and _is_empty(letters[start]):
            start += 1
        while end > start and _is_empty(letters[end - 1]):
            end -= 1
        while 0 < start < end and _is_within_word(letters, start):
            start += 1  # a sign that touches the word before it is had with it
        while start < end < length and _is_within_word(letters, end):
            end -= 1
        while start < end and _is_empty(letters[start]):
            start += 1
        while end > start and _is_empty(letters[end - 1]):
            end -= 1
        if start == end:
            return
        members = self.survey.cited.members(siglum.key)
        for key in members:
            has_break = BREAK in letters[start:end]
            mark = Flow("" if is_edge else f"[lac.]{BREAK}[lac.]" if has_break else "[lac.]")
            self._lacks(Siglum(key), start, end, mark, 0)

    def _heed_gaps(self) -> None:
        """Who is named within a gap of its own is left to a comment: the file contradicts itself."""
        gaps: dict[Siglum, list[tuple[int, int]]] = {}
        for app in self.absent:
            start, end, letters = app.start, app.end, self.whole.flow.text
            while start and _is_empty(letters[start - 1]):
                start -= 1
            while end < len(letters) and _is_empty(letters[end]):
                end += 1
            gaps.setdefault(app.readings[0].sigla[0], []).append((start, end))
        if self.survey.is_ours or not gaps:
            return
        for passage in self.passages:
            for app in passage.flow.apps:
                span = (passage.at + app.start, passage.at + app.end)
                within = {
                    s for s, found in gaps.items() if any(a <= span[0] and span[1] <= b for a, b in found)
                }
                for reading in (app.lemma, *app.readings):
                    gone = (
                        [s for s in reading.sigla if Siglum(s.key) in within] if reading is not None else []
                    )
                    if reading is not None and gone:
                        reading.sigla = [s for s in reading.sigla if s not in gone]
                        reading.was_named = True
                        said = " ".join(map(str, gone))
                        if reading.events and not reading.flow.text.strip():
                            continue
                        app.dropped.append(f"{said} (absent here): {folded(reading.flow.text) or 'om.'}")
                        self.losses.tell(
                            "witnesses named where they are absent",
                            app.line,
                            f"{said} is named within a lacuna of its own; it stands in a comment",
                        )

    # --- notes ------------------------------------------------------------------------

    def _notes(self) -> None:
        for node in self.survey.notes:
            self._pointing(node)
        for passage in self.passages:
            for at, node in passage.flow.notes:
                self._inline(passage, at, node)

    def _pointing(self, node: Node) -> None:
        ids = self.whole.flow.ids
        start = ids.get(node.get("target").split()[0].rpartition("#")[2]) if node.get("target") else None
        end = ids.get(node.get("targetEnd").rpartition("#")[2]) if node.get("targetEnd") else None
        if start is None:
            if self.survey.is_ours and node.get("target"):
                self.losses.tell(
                    "notes whose words were not found",
                    node.line,
                    "what the note is about was not found; it is left out",
                )
            return
        span = self._span(start[0], (end or start)[1])
        if not len(span):
            return
        self._note(node, span)

    def _note(self, node: Node, span: Span) -> None:
        passage = self.passages[self.text.block_at(span.start)]
        place, lemma = lemma_for(self.text, span)
        if passage.is_verse and place is None:
            place = self._locus(passage)
        written = write_lemma(lemma, ()) if lemma.first else "¶"
        prose = [inline(p) for p in _paragraphs(node)]
        if self.survey.is_ours and prose:
            prose = prose[1:]
        grade = node.get("ana").removeprefix("#grade.")
        if prose and self.survey.is_ours and node.get("ana").startswith("#grade."):
            prose[-1] += f" {{grade}}`{grade}`"
        if not prose:
            return
        series = node.get("type") if self.survey.is_ours else "notes"
        self.series[series] = None
        said = f"{place}: {written}" if place else written
        text = [f"{said} ] {prose[0]}"]
        for paragraph in prose[1:]:
            text += ["", f"  {paragraph}"]
        passage.notes.setdefault(series, []).append("\n".join(text))

    def _inline(self, passage: Passage, at: int, node: Node) -> None:
        """A note that stands in the text is on the word before it."""
        i = self.passages.index(passage)
        text = passage.block.text
        end = passage.places[min(at, len(passage.places) - 1)]
        while end and not text[end - 1].isalnum():
            end -= 1
        start = end
        while start and text[start - 1] != " ":
            start -= 1
        while end < len(text) and text[end] != " ":
            end += 1
        if start == end:
            start, end = 0, text.find(" ") if " " in text else len(text)
        base = self.text.starts[i]
        self._note(node, Span(base + start, base + end))

    # --- transcriptions ---------------------------------------------------------------

    def _transcribe(self) -> None:
        for own, witness in list(self.survey.cited.witnesses.items()):
            is_silent = self._is_silent if self.survey.is_ours else self._is_cited_rarely
            if is_silent(Siglum(witness.key)):
                self.survey.cited.witnesses[own] = replace(witness, silence=Silence.UNKNOWN)
        for app in self.absent:
            siglum = app.readings[0].sigla[0]
            span = self._span(app.start, app.end)
            locus = locus_for(self.text, span)
            if locus:
                self.gaps.setdefault(siglum.key, []).append(Gap(*locus))
        for witness in attesting(self.survey.cited):
            if witness.silence is Silence.UNKNOWN:
                continue
            self.heard[witness.key] = self.whole.blocks(Siglum(witness.key), self._having)

    def _is_silent(self, siglum: Siglum) -> bool:
        """Whether nothing is known of a witness where it is not named: a file of ours names those that agree in silence."""
        is_always_named = True
        for app in self.whole.flow.apps:
            if id(app) in self.lacking or app.lemma is None:
                continue
            if siglum in app.lemma.sigla and not app.lemma.cited:
                return False
            is_always_named &= any(siglum in one.sigla for one in (app.lemma, *app.readings))
        return not is_always_named

    def _is_cited_rarely(self, siglum: Siglum) -> bool:
        """Whether the entries say who has the lemma, and most of those on its stretch do not name a witness."""
        apps = [app for app in self.whole.flow.apps if id(app) not in self.lacking and app.lemma is not None]
        if 2 * sum(bool(app.lemma and app.lemma.sigla) for app in apps) <= len(apps):
            return False
        gaps = [app for app in self.absent if app.readings[0].sigla[0] == siglum]
        here = [app for app in apps if not any(gap.start <= app.start and app.end <= gap.end for gap in gaps)]
        states = self.survey.cited
        named = sum(
            any(
                s.key == siglum.key or siglum.key in states.members(s.key)
                for one in (app.lemma, *app.readings)
                if one
                for s in one.sigla
            )
            for app in here
        )
        if not named or 2 * named >= len(here):
            return not named
        self.losses.tell(
            "witnesses cited only where they are named",
            1,
            f"{siglum} is named in {named} of {len(here)} entries, whose lemmata say who has them; it is taken as cited only where it is named, and is not transcribed",
        )
        return True

    def _having(self, app: App, state: Siglum) -> Reading | None:
        if id(app) in self.lacking:
            return app.readings[0] if app.readings[0].sigla[0].key == state.key else None
        return self.chooser.of(app, state)

    # --- the document -----------------------------------------------------------------

    def document(self) -> Iterator[str]:
        """The lines of the document."""
        verse: list[Passage] = []
        for i, passage in enumerate(self.passages):
            if verse and (not passage.is_verse or i in self.lines):
                yield from self._stanzas(verse)
                verse = []
            yield from self.lines.get(i, ())
            if passage.is_verse:
                verse.append(passage)
                continue
            yield from (passage.source, "")
            yield from self._foot([passage])
        if verse:
            yield from self._stanzas(verse)
        yield from self.lines.get(len(self.passages), ())
        yield from self.lines.get(-1, ())

    def _stanzas(self, verse: Sequence[Passage]) -> Iterator[str]:
        yield ":::{verse}"
        for n, passage in enumerate(verse):
            if n and passage.opens_stanza:
                yield ""
            yield passage.source
        yield from (":::", "")
        yield from self._foot(verse)

    def _foot(self, passages: Sequence[Passage]) -> Iterator[str]:
        entries = [entry for passage in passages for entry in passage.entries]
        if entries:
            yield from (":::{apparatus}", *entries, ":::", "")
        names = dict.fromkeys(name for passage in passages for name in passage.notes)
        for name in names:
            yield f":::{{{name}}}"
            for passage in passages:
                yield from passage.notes.get(name, ())
            yield from (":::", "")
        comments = [myst.comment(words) for passage in passages for words in passage.comments]
        if comments:
            yield from (*comments, "")


def _is_empty(letter: str) -> bool:
    """Whether it is no letter of the text: white space, the end of a block, a place at which the text has nothing."""
    return letter.isspace() or letter == NONE


def _is_within_word(letters: str, at: int) -> bool:
    """Whether no blank of the text stands on either side of a place, as no blank stands before a closing sign behind a
    place at which the text has nothing."""
    head = letters[max(0, at - 80) : at].rstrip(f"{NONE} \n\t\r")
    run = letters[max(0, at - 80) : at][len(head) :]
    after = letters[at : at + 9].lstrip(NONE)[:1]
    if not head or not after or head[-1] == BREAK or _is_empty(after):
        return False
    return not run.strip(NONE) or (NONE in run and closes(after))


def _rejoined(marks: Sequence[Mark]) -> list[Mark]:
    """Marks of one sort that touch each other as one: an entry that begins or ends within them divides them in the file."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        before = next(
            (
                one
                for one in found
                if one.end == mark.start and (one.sort, one.value) == (mark.sort, mark.value)
            ),
            None,
        )
        if before is None:
            found.append(replace(mark))
        else:
            before.end = mark.end
    return found


def _blocks(node: Node) -> Iterator[Node]:
    """The blocks of a piece: itself, or those within it."""
    if node.tag in ("p", "ab", "l", "head") or not any(
        one.tag in BLOCKS for one in node.walk() if one is not node
    ):
        yield node
        return
    for child in node.elements:
        yield from _blocks(child)


def gist(node: Node) -> str:
    """An entry in a line: who has what."""
    members = [one for one in node.walk() if one.tag in ("lem", "rdg", "note", "witDetail")]
    if not members:
        return node.words()
    return "; ".join(
        f"{one.tag} {one.words(('note',)) or 'om.'} {one.get('wit') or one.get('source') or one.get('resp')}".strip()
        for one in members
    )


def _paragraphs(node: Node) -> list[Node]:
    found = [child for child in node.elements if child.tag in ("p", "ab")]
    return found or [node]
