"""The edited text of a TEI file: its passages, with numbers, marks and verse, from the pieces in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from apparatus.importing import myst
from apparatus.importing.apart import Apart
from apparatus.importing.flow import Flow
from apparatus.importing.having import Chooser, fold_map
from apparatus.importing.lacunae import Lacunae
from apparatus.importing.language import language
from apparatus.importing.losses import Losses
from apparatus.importing.myst import Mark
from apparatus.importing.notes import Notes
from apparatus.importing.numbers import Numbers
from apparatus.importing.pieces import Closed, Node, Opened, Piece, gist
from apparatus.importing.prose import Pages
from apparatus.importing.survey import BLOCKS, Survey
from apparatus.importing.taken import Passage, Taken
from apparatus.importing.transcribed import Transcribed
from apparatus.importing.walker import Walker
from apparatus.importing.written import Entries
from apparatus.model import Block, Gap, Point

#: Pages of a file of our own that every folder has anyway.
_OWN_PAGES = ("d.index", "d.witnesses")
_NOT_OF_TEXT = frozenset(["teiHeader", "standOff", "listApp", "spanGrp"])


@dataclass
class TextReader:
    """Takes the pieces of a file: passages with their numbers, then what is said of them."""

    survey: Survey
    losses: Losses
    systems: dict[str, None] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)  #: what each witness has, block by block
    gaps: dict[str, list[Gap]] = field(default_factory=dict)
    series: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = self.survey
        self.taken = Taken(found, self.losses)
        self.walker = Walker(
            found.cited, self.losses, is_ours=found.is_ours, wanted=found.wanted, is_located=found.is_located
        )
        self.chooser = Chooser(found.cited)
        self.numbers = Numbers(self.losses, found.is_numbered)
        self.open: list[Node] = []
        self.level = 0
        self.language = ""
        self.written: set[str] = set()  #: the sigla that entries name
        self.speaker: Node | None = None
        self.pages = Pages()
        self.pending: list[tuple[str, str]] = []
        self.is_new_stanza = False
        self.pointing: list[tuple[int, Node]] = []  #: notes between blocks, each before which passage

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
        if node.tag == "note" and node.get("target"):  # on words elsewhere, if these are found
            self.pointing.append((len(self.taken.passages), node))
            return
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
        self.taken.lines.setdefault(len(self.taken.passages), []).extend([*lines, ""])

    # --- a passage --------------------------------------------------------------------

    def _passage(self, node: Node, flow: Flow, text: str, places: list[int]) -> None:
        is_verse = node.tag == "l" and "lg" in {h.tag for h in self.open} | {"lg"}
        is_heading = node.tag == "head"
        number, given, points, beside = self._numbered(
            node, flow, places, text, is_heading=is_heading, is_verse=is_verse
        )
        block = Block(number, text, None, tuple(points), tuple(beside))
        source = self._source(block, flow, places, given, node.line, is_heading=is_heading, is_verse=is_verse)
        passage = Passage(
            block,
            places,
            flow,
            source,
            is_verse,
            len(self.taken.whole.flow.text),
            node.line,
            opens_stanza=self.is_new_stanza,
        )
        self.is_new_stanza = False
        self.taken.whole.add(flow)
        self.taken.passages.append(passage)

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
        self,
        block: Block,
        flow: Flow,
        places: list[int],
        given: str,
        line: int,
        *,
        is_heading: bool,
        is_verse: bool,
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
                words = block.text[placed.start : placed.end]
                said = f"{words!r} cannot be italic or bold within a word; the words are kept"
                self.losses.tell("looks that cannot be written", line, said)
                continue
            if placed.sort == "language" and not (tag := language(placed.value)):
                said = f"{placed.value!r} names no language that is known; the words are kept"
                self.losses.tell("languages that are not known", line, said)
                continue
            elif placed.sort == "language":
                placed.value = tag
            marks.append(placed)
        points = [(p.at, f'[]{{n="{p.number}"}}') for p in block.points]
        points += [(p.at, f'[]{{{p.system}="{p.number}"}}') for p in block.beside]
        written = myst.marked(block.text, marks, points)
        if is_verse:
            return f'[]{{n="{given}"}}{written}'
        if is_heading:
            return f'{{n="{given}"}}\n{self._heading()} {written}'
        return f'{{n="{given}"}}\n{myst.at_head(written)}'

    # --- the end ----------------------------------------------------------------------

    def close(self) -> None:
        """When everything is read: entries, notes, gaps, transcriptions."""
        apart = Apart(self.taken, self.walker)
        lacunae = Lacunae(self.taken, self.walker)
        lacunae.heed()
        entries = Entries(self.taken, self.chooser)
        for i, passage in enumerate(self.taken.passages):
            entries.of_passage(i, passage)
        entries.crossing(apart.crossing)
        notes = Notes(self.taken)
        self.written, self.series = entries.written, notes.series
        for before, node in self.pointing:
            if (node.line, node.get("target")) in notes.lost:
                words = myst.comment(f"TEI line {node.line}, note: {node.words()}")
                self.taken.lines.setdefault(before, []).extend([words, ""])
        transcribed = Transcribed(self.taken, lacunae, self.chooser)
        self.heard, self.gaps = transcribed.heard, transcribed.gaps


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
