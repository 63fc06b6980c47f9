"""From an element of a block to the flow of its letters, with what is marked, varies, is noted or numbered on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from apparatus.importing import myst
from apparatus.importing.flow import NONE, App, Flow, Reading
from apparatus.importing.losses import Losses
from apparatus.importing.myst import Mark
from apparatus.importing.pieces import Node
from apparatus.importing.prose import inline
from apparatus.importing.sigla import Cited
from apparatus.model import Siglum

LOST, ILLEGIBLE = "[lac.]", "[ill.]"
#: Markup of words that the edition shows.
_LOOKS = {
    "italic": "*",
    "italics": "*",
    "bold": "**",
    "emph": "*",
    "superscript": "sup",
    "subscript": "sub",
    "code": "`",
}
#: What in a text is no word of it.
_WORDLESS = frozenset(
    [
        "anchor",
        "ptr",
        "certainty",
        "wit",
        "figure",
        "graphic",
        "formula",
        "fw",
        "metamark",
        "index",
        "fs",
        "alt",
        "link",
        "interp",
        "figDesc",
    ]
)
#: What holds elements: white space in it is the file's.
_OF_ELEMENTS = frozenset(["subst", "choice", "app", "rdgGrp", "lg", "sp", "list"])
_BREAKS = frozenset(["pb", "cb", "gb", "lb", "milestone"])
#: Of a pair of forms the one that the edition prints.
_CHOSEN = ("corr", "reg", "expan", "lem", "ex")
_EVENTS = frozenset(["witStart", "witEnd", "lacunaStart", "lacunaEnd"])
#: What says no more than that the words are of some sort: the words are kept, of the sort nothing is told.
_QUIET = frozenset(
    [
        "seg",
        "w",
        "pc",
        "c",
        "s",
        "cl",
        "phr",
        "quote",
        "q",
        "said",
        "cit",
        "title",
        "persName",
        "placeName",
        "orgName",
        "geogName",
        "name",
        "rs",
        "num",
        "date",
        "foreign",
        "hi",
        "emph",
        "distinct",
        "term",
        "bibl",
        "ref",
        "supplied",
        "sic",
        "surplus",
        "add",
        "unclear",
        "subst",
        "abbr",
        "orig",
        "corr",
        "reg",
        "expan",
        "ex",
        "am",
        "choice",
        "mentioned",
        "soCalled",
        "p",
        "ab",
        "l",
        "head",
        "label",
        "item",
        "lem",
        "rdg",
        "speaker",
        "stage",
        "author",
        "damage",
        "retrace",
        "handShift",
        "g",
        "roleName",
        "forename",
        "surname",
    ]
)


@dataclass(slots=True)
class Walker:
    """Makes flows of the elements of a file."""

    cited: Cited
    losses: Losses
    is_ours: bool = False
    wanted: frozenset[str] = frozenset()  #: identifiers of which it matters where they are
    is_located: bool = False  #: entries in the text say their place: what they have is not of the text
    apart: list[tuple[App, str, str, Node]] = field(
        default_factory=list
    )  #: entries with @from, met in the text

    def flow(self, node: Node) -> Flow:
        """What an element has."""
        flow = Flow()
        self._into(flow, node, None)
        return flow

    def _into(self, flow: Flow, node: Node, outer: App | None) -> None:
        for child in node.children:
            if isinstance(child, str):
                flow.text += child if node.tag not in _OF_ELEMENTS or child.strip() else ""
            else:
                self._element(flow, child, outer)

    def _element(self, flow: Flow, node: Node, outer: App | None) -> None:
        start = len(flow.text)
        self._one(flow, node, outer)
        if node.id in self.wanted and node.id:
            flow.ids[node.id] = (start, len(flow.text))

    def _one(self, flow: Flow, node: Node, outer: App | None) -> None:
        tag = node.tag
        if tag == "app":
            self._app(flow, node, outer)
        elif tag == "note" or tag == "witDetail":
            flow.notes.append((len(flow.text), node))
        elif tag in _BREAKS:
            self._break(flow, node)
        elif tag == "gap":
            flow.text += _gap(node, is_ours=self.is_ours)
        elif tag == "space":
            flow.text += " "
        elif tag == "del":
            self._deleted(flow, node)
        elif tag == "choice":
            self._choice(flow, node, outer)
        elif tag in _EVENTS:
            pass
        elif tag == "ref" and node.get("type") in ("footnote", "transposed", "added"):
            if node.get("type") == "footnote":
                flow.comments.append((node.line, f"footnote {node.words()}"))
        elif tag in _WORDLESS:
            self._wordless(flow, node)
        else:
            self._marked(flow, node, outer)

    def _marked(self, flow: Flow, node: Node, outer: App | None) -> None:
        tag, start = node.tag, len(flow.text)
        if tag not in _QUIET:
            self.losses.tell(
                f"elements {tag} in the text",
                node.line,
                f"of {tag} the words are kept, and the element is not",
            )
        if tag in ("seg", "l", "ab") and (number := node.get("n")):
            flow.points.append((start, "n", number))
        if tag in ("l", "p", "item", "head", "ab", "speaker") and flow.text and not flow.text[-1].isspace():
            flow.text += " "
        self._into(flow, node, outer)
        if tag == "speaker":
            flow.text += " "
        if sort := _sort(node):
            end = len(flow.text.rstrip()) if tag == "speaker" else len(flow.text)
            flow.marks.append(Mark(start, end, *sort))
        if tag == "sic" or tag == "surplus" or tag == "supplied":
            flow.marks.append(Mark(start, len(flow.text), tag))
        if tag in ("unclear", "add") or (tag == "supplied" and outer is None):
            what = ", ".join(value for key, value in node.attributes.items() if key != "id")
            flow.comments.append(
                (node.line, f"{tag} ({what}): {node.words()}" if what else f"{tag}: {node.words()}")
            )
            self.losses.tell(
                f"{tag} on words", node.line, f"that {node.words()!r} is {tag} stands in a comment"
            )

    def _break(self, flow: Flow, node: Node) -> None:
        at = len(flow.text)
        if node.tag == "lb":
            flow.text += "" if node.get("break") == "no" else " "
            return
        unit = (
            node.get("unit")
            if node.tag == "milestone"
            else {"pb": "page", "cb": "column", "gb": "gathering"}[node.tag]
        )
        if self.is_ours and unit == "block":
            flow.text += "\u2029"
            return
        edition = (node.get("ed") or node.get("edRef")).replace("#", "")
        number = node.get("n")
        if number:
            flow.points.append((at, "n" if unit == "passage" else unit + edition, number))

    def _deleted(self, flow: Flow, node: Node) -> None:
        if self.is_ours:
            return
        flow.comments.append((node.line, f"deleted: {node.words()}"))
        self.losses.tell(
            "deletions on words", node.line, f"that {node.words()!r} was deleted stands in a comment"
        )

    def _wordless(self, flow: Flow, node: Node) -> None:
        if node.tag == "ptr" and node.get("type") == "transposed":
            return
        if node.tag not in ("anchor", "certainty", "wit"):
            flow.comments.append((node.line, f"{node.tag} {' '.join(node.attributes.values())}"))
            self.losses.tell(f"elements {node.tag} in the text", node.line, f"{node.tag} stands in a comment")

    def _choice(self, flow: Flow, node: Node, outer: App | None) -> None:
        options = node.elements
        if not options:
            return
        chosen = next((o for tag in _CHOSEN for o in options if o.tag == tag), options[-1])
        self._element(flow, chosen, outer)
        others = "; ".join(f"{o.tag}: {o.words()}" for o in options if o is not chosen)
        flow.comments.append((node.line, f"choice, beside {chosen.words()}: {others}"))
        self.losses.tell(
            "choices", node.line, f"of a choice {chosen.words()!r} is taken, the rest stands in a comment"
        )

    # --- entries ----------------------------------------------------------------------

    def _app(self, flow: Flow, node: Node, outer: App | None) -> None:
        if node.get("from") or self.is_located:
            app = self.apart_app(node)
            flow.ids[f"app@{node.line}"] = (len(flow.text), len(flow.text))
            self.apart.append((app, node.get("from"), node.get("to"), node))
            return
        start = len(flow.text)
        app = App(
            start,
            start,
            node.line,
            None,
            [],
            outer=outer,
            series=node.get("subtype") if self.is_ours else "",
            id=node.id,
        )
        place = len(flow.apps)
        for lem in node.elements:
            holder = lem
            if lem.tag == "rdgGrp":
                found = next((one for one in lem.elements if one.tag == "lem"), None)
                if found is None:
                    continue
                holder = found
            if holder.tag == "lem" and app.lemma is None:
                self._element(flow, holder, app)
                app.lemma = self._reading(holder, with_words=False)
        if len(flow.text) == start and not self.is_ours:
            flow.text += NONE
        app.end = len(flow.text)
        flow.apps.insert(place, app)
        self._lemma_marks(flow, app)
        self._members(node, app)
        words = flow.text[app.start : app.end].split()
        for reading in app.readings:
            reading.is_deletion = reading.is_deletion and reading.deleted.split() == words
        self._twice(app)
        for reading in app.readings:
            for event in reading.events:
                for siglum in reading.sigla:
                    flow.events.append((_event_at(app, reading, event), event, siglum))

    def _lemma_marks(self, flow: Flow, app: App) -> None:
        """Whether the editors despair of the whole lemma, or bracket it."""
        words = flow.text[app.start : app.end].strip()
        if words == NONE:
            return
        for mark in flow.marks:
            if (
                words
                and mark.start >= app.start
                and flow.text[mark.start : mark.end].strip() == words
                and mark.end <= app.end
            ):
                app.is_crux = app.is_crux or mark.sort == "sic"
                app.is_bracketed = app.is_bracketed or mark.sort == "surplus"

    def apart_app(self, node: Node) -> App:
        """An entry that does not stand with its words."""
        app = App(0, 0, node.line, None, [], series=node.get("subtype") if self.is_ours else "", id=node.id)
        lem = next((one for one in node.elements if one.tag == "lem"), None)
        if lem is not None:
            app.lemma = self._reading(lem)
        self._members(node, app)
        for reading in app.readings:
            reading.is_deletion = (
                app.lemma is not None
                and reading.is_deletion
                and reading.deleted.split() == app.lemma.flow.text.split()
            )
        self._twice(app)
        return app

    def _members(self, node: Node, app: App, *, group: bool = False) -> None:
        """Readings, groups of readings, remarks, in their order."""
        latest: Reading | None = app.lemma
        first = True
        for child in node.elements:
            if child.tag in ("lem", "rdg"):
                if child.tag == "rdg" and self.is_ours and child.get("corresp"):
                    self._also(child, app)
                    continue
                reading = app.lemma if child.tag == "lem" and app.lemma else self._reading(child)
                assert reading is not None
                if child.tag == "rdg":
                    reading.is_sub = group and not first
                    app.readings.append(reading)
                latest, first = reading, False
            elif child.tag == "rdgGrp":
                self._members(child, app, group=True)
                latest = app.readings[-1] if app.readings else latest
            elif child.tag == "wit" and latest is not None:
                if self.is_ours:
                    latest.cited = child.words().split()
            elif child.tag in ("note", "witDetail"):
                self._remark(child, app, latest, group)
            elif child.tag == "app":
                self.losses.tell(
                    "entries within entries, outside lem and rdg",
                    child.line,
                    "an app stands in an app and in no reading; it is not taken over",
                )

    def _also(self, node: Node, app: App) -> None:
        """The same reading, as others have it through what lies in it."""
        app.readings.append(self._reading(node))
        app.readings[-1].kind = "also"

    def _remark(self, node: Node, app: App, latest: Reading | None, group: bool) -> None:
        words = inline(node)
        if not words:
            return
        targets = [t.rpartition("#")[2] for t in node.get("target").split()]
        for reading in (app.lemma, *app.readings):
            if reading is not None and reading.id and reading.id in targets:
                reading.remarks.append(words)
                return
        if node.tag == "witDetail" and latest is not None and not targets:
            latest.remarks.append(words)
        else:
            app.remarks.append(words)

    def _reading(self, node: Node, *, with_words: bool = True) -> Reading:
        flow = self.flow(node) if with_words else Flow()
        reading = Reading(flow, node.line, id=node.id, order=node.get("varSeq"))
        for pointer in node.get("wit").split():
            siglum = self.cited.siglum(pointer, self.losses, node.line)
            reading.sigla.append(self._named(_in_hand(siglum, node.get("hand"))))
        if node.tag == "rdg" or not reading.sigla:
            for pointer in (node.get("source") or node.get("resp")).split():
                if pointer.startswith("#") or not pointer.startswith("http"):
                    reading.scholars.append(
                        self.cited.siglum(pointer, self.losses, node.line, is_scholar=True)
                    )
        if self.is_ours:
            self._ours(reading, node)
        else:
            self._said(reading, node)
        return reading

    def _named(self, siglum: Siglum) -> Siglum:
        """A siglum, remembered with its hand."""
        if siglum.hand:
            self.cited.named.setdefault(siglum.key, set()).add(siglum.hand)
        return siglum

    def _twice(self, app: App) -> None:
        """Who has two readings has one before and one after correction, where their order is given; else the first."""
        members = [one for one in (app.lemma, *app.readings) if one is not None]
        having: dict[Siglum, list[Reading]] = {}
        for reading in members:
            for siglum in dict.fromkeys(reading.sigla):
                having.setdefault(siglum, []).append(reading)
        for siglum, readings in having.items():
            if len(readings) < 2 or self.is_ours:
                continue
            in_order = [reading for reading in readings if reading.order]
            if siglum.hand is None and (len(in_order) > 1 or in_order == readings[1:]):
                ordered = sorted(
                    in_order if len(in_order) > 1 else readings, key=lambda one: one.order or "0"
                )
                for reading in readings:
                    if reading not in ordered:
                        reading.sigla = [one for one in reading.sigla if one != siglum]
                for reading, hand in zip(ordered, ("ac", "pc"), strict=False):
                    own = self._named(Siglum(siglum.key, hand))
                    reading.sigla = [own if one == siglum else one for one in reading.sigla]
                readings = ordered[1:]
            for reading in readings[1:]:
                reading.sigla = [one for one in reading.sigla if one != siglum]
                reading.was_named = True
                self.losses.tell(
                    "witnesses that have two readings",
                    reading.line,
                    f"{siglum} has another reading of this entry already; this one is left to a comment",
                )
                app.dropped.append(f"{siglum} also: {reading.flow.text.replace(NONE, '').strip() or 'om.'}")

    def _ours(self, reading: Reading, node: Node) -> None:
        """What a file of our own says besides."""
        kind = next(iter(_named_in(node, "kind")), "")
        reading.kind = f"{kind}." if kind else ""
        self._sorted(reading, _named_in(node, "class"), _named_in(node, "cause"))
        for moved in node.elements:
            if moved.tag in ("ptr", "ref") and moved.get("type") in ("transposed", "added"):
                reading.moved_to, reading.blanks = moved.get("target").removeprefix("#"), moved.get("rend")
                if moved.tag == "ref":
                    reading.elsewhere = self.flow(moved).text

    def _sorted(self, reading: Reading, classes: tuple[str, ...], causes: tuple[str, ...]) -> None:
        """Of which classes a reading is said to be, and of what it came; what is said is to be declared."""
        reading.classes, reading.causes = classes, causes
        self.cited.classes |= dict.fromkeys(classes)
        self.cited.causes |= dict.fromkeys(causes)

    def _said(self, reading: Reading, node: Node) -> None:
        """What the file says of a reading besides its words."""
        if node.tag == "rdg":
            said = [tuple(filter(None, [node.get(name)])) for name in ("type", "cause")]
            self._sorted(reading, *(tuple(filter(_NAME.fullmatch, names)) for names in said))
            reading.remarks += [myst.plain(n) for names in said for n in names if not _NAME.fullmatch(n)]
        if node.get("cert"):
            reading.remarks.append(myst.plain(f"certainty {node.get('cert')}"))
        if node.get("copyOf"):
            reading.remarks.append(myst.plain(f"copy of {node.get('copyOf').removeprefix('#')}"))
            self.losses.tell(
                "readings that copy another",
                node.line,
                "of a reading with copyOf the words are those of the element to which it points, if any; it stands in a remark",
            )
        for name in ("exclude", "require", "next", "prev"):
            if node.get(name):
                self.losses.tell(
                    "readings that hang on others", node.line, f"{name}={node.get(name)} is not taken over"
                )
        reading.remarks += [myst.plain(what) for _, what in reading.flow.comments]
        reading.remarks += [words for _, note in reading.flow.notes if (words := inline(note))]
        inside = [child for child in node.children if not isinstance(child, str) or child.strip()]
        reading.is_deletion = bool(inside) and all(
            isinstance(w, Node) and w.tag in ("surplus", "del") for w in inside
        )
        reading.deleted = node.words() if reading.is_deletion else ""
        reading.events = [event.tag for event in node.all(*_EVENTS)]


def _in_hand(siglum: Siglum, hand: str) -> Siglum:
    own = hand.rpartition("#")[2]
    if not own or siglum.hand:
        return siglum
    own = own.removeprefix(siglum.key).lstrip("._^")
    number = own.removeprefix("m")
    own = number if own.startswith("m") and number.isdigit() else own
    if own == "1" or not own:
        return siglum
    return Siglum(siglum.key, own)


def _event_at(app: App, reading: Reading, event: str) -> int:
    """Where a witness begins or ends: what words its reading has there it has."""
    has_words = bool(reading.flow.text.replace(NONE, "").strip())
    is_beginning = event in ("witStart", "lacunaEnd")
    return app.start if is_beginning == has_words else app.end


def _gap(node: Node, *, is_ours: bool) -> str:
    """What stands for words that are lost or cannot be read."""
    if is_ours:
        return LOST if node.get("reason") == "lost" else ILLEGIBLE
    quantity = node.get("quantity") or node.get("extent")
    many = int(quantity) if quantity.isdigit() and node.get("unit").startswith("char") else 3
    return f"[{'.' * min(many, 99)}]"


def _sort(node: Node) -> tuple[str, str] | None:
    """The markup that an element is."""
    if node.tag in ("hi", "emph"):
        look = _LOOKS.get(node.get("rend") or "italic", "")
        return (look, "") if look in ("*", "**") else None
    if node.tag == "foreign" and node.lang:
        return "language", node.lang
    if node.tag == "speaker" or (node.tag == "seg" and node.get("type") == "speaker"):
        return "speaker", ""
    return ("stage", "") if node.tag == "stage" else None


#: What can be the name of a class in the notation.
_NAME = re.compile(r"\w[\w.-]*")
_WRITTEN = re.compile("_([0-9a-f]+)_")


def _named_in(node: Node, what: str) -> tuple[str, ...]:
    """The categories of one sort to which a reading of our own points, by their names."""
    own = f"#{what}."
    names = (pointer.removeprefix(own) for pointer in node.get("ana").split() if pointer.startswith(own))
    return tuple(_WRITTEN.sub(lambda found: chr(int(found[1], 16)), name) for name in names)
