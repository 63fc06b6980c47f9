"""The file of passages: what of the edited text can be found, one row each.

A row begins with its anchor. What follows are the words that are searched, and for what is no
text of a passage its kind, its number, and what is shown before the words. A formal entry has
its lemma, and then its readings: words, witnesses; their kind, if they are no variant; and the
editor's Latin before them, if there is any.

    ["1.1", "A large group of Soviet soldiers …"]
    ["1.1-a1", "led ] ", [["lead", "W"]]]
    ["1.1-a2", "army ] ", [["of liberation", "A", "", "add. "], ["host", "Madvig", "conjecture"]]]
    ["1.1-n9", "In Russian …", "note", 9]

Where a book has been printed, its concordance follows: page and line where each of them begins,
page and line where it ends.

The words themselves are the greater part of the file; the index of them is made in the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.characters import fold
from apparatus.concordance import Printed
from apparatus.edition import Edition
from apparatus.model import ALL, REST, Entry, Scholar, Siglum
from apparatus.reference_systems import ReferenceSystem
from apparatus.render.runs import on_one_line
from apparatus.render.style import HouseStyle
from apparatus.script.folding import as_data
from apparatus.sphinxext.entries.faces import remarks_of
from apparatus.sphinxext.entries.tombstones import TOMBSTONES
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import entries_in, entry_of
from apparatus.voice import Voice

if TYPE_CHECKING:
    from apparatus.render.face import Faces

Row = Sequence[Any]

NOWHERE: Mapping[str, Printed] = {}
BEGIN, END = "var apparatusSearch = ", ";\n"
NOTE, VARIANT, CONJECTURE, REMARK = "note", "", "conjecture", "remark"

#: How many words are shown of what stands at a number beside those of the passages.
SHOWN = 12
#: Of the editors' apparatus of reading, not of their words.
SKIPPED = (nodes.transliteration, dn.raw, dn.comment, dn.image)


def dump_rows(rows: Mapping[str, list[Row]], printed: Mapping[str, Printed] = NOWHERE) -> str:
    """The file: the folding table, the rows of every document, and where in the book they stand."""
    data: dict[str, Any] = {"fold": as_data(), "rows": rows}
    if printed:
        known = {row[0] for its in rows.values() for row in its}
        data["printed"] = {
            name: [*astuple(place.start), *astuple(place.end)]
            for name, place in printed.items()
            if name in known
        }
    return BEGIN + json.dumps(data, ensure_ascii=False, separators=(",", ":")) + END


def load_rows(path: Path) -> dict[str, list[Row]]:
    """The rows that a build before has written; none if there are none to be read."""
    try:
        text = path.read_text(encoding="utf-8")
        found: dict[str, list[Row]] = json.loads(text.removeprefix(BEGIN).removesuffix(END))["rows"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found


def has_rows_of(written: bytes, documents: Iterable[str]) -> bool:
    """Whether a file is whole and has the rows of documents, in their order; to read all its rows takes far longer."""
    names = [f"{json.dumps(name, ensure_ascii=False)}:[".encode() for name in documents]
    places = [*accumulate(names, lambda at, name: written.find(name, at) if at >= 0 else at, initial=0)]
    return (
        bool(names)
        and written.startswith(BEGIN.encode())
        and written.endswith(END.encode())
        and places[-1] >= 0
    )


def rows_of(
    doctree: dn.document, docname: str, faces: Faces, systems: Mapping[str, ReferenceSystem]
) -> list[Row]:
    """All that can be found in a document: its passages, then its entries and notes."""
    edition = faces.edition
    text = edition.text
    passages = (passage for i in edition.blocks_of[docname] for passage in text.passages_of(i))
    rows: list[Row] = [(number, words) for number, _, span in passages if (words := text.slice(span).strip())]
    rows += _milestones(edition, docname, systems)
    one_series = len(edition.series_of_notes) < 2
    for key, node in entries_in(doctree):
        entry = entry_of(edition, key)
        lemma = faces.of(entry).lemma + faces.style.bracket
        if isinstance(entry.item, Entry):
            found = (*_readings(entry.item, faces), *_remarks(node, faces.style))
            rows += [(entry.id, lemma, found)] if found else []
        elif entry.number is not None:
            kind = NOTE if one_series else entry.series.label
            rows.append((entry.id, _prose(node), kind, entry.number))
        else:
            rows.append((entry.id, _prose(node), entry.series.label, "", lemma))
    rows += _gone(doctree, faces.voice)
    return rows


def _gone(doctree: dn.document, voice: Voice) -> Iterator[Row]:
    """What is said of anchors that are no more; who looks for the number finds it."""
    for listed in doctree.findall(dn.bullet_list):
        for item in listed.children if TOMBSTONES in listed["classes"] else ():
            assert isinstance(item, dn.list_item)
            for anchor in item.findall(dn.strong):
                yield anchor["ids"][0], words_of(item), voice.say("no more")


def _milestones(edition: Edition, docname: str, systems: Mapping[str, ReferenceSystem]) -> Iterator[Row]:
    """The numbers beside those of the passages: no words are searched in them, but the first are shown."""
    text = edition.text
    for i in edition.blocks_of[docname]:
        for point, anchor in text.milestones.get(i, ()):
            words = text.blocks[i].text[point.at :].split(" ")[:SHOWN]
            system = systems[point.system]
            place = text.number_in(i, text.starts[i] + point.at)
            yield anchor, "", system.label or system.name, point.number, f"{' '.join(words)} …", place


def _readings(item: Entry, faces: Faces) -> Iterator[tuple[str, ...]]:
    """The words that witnesses have and the text has not."""
    edition, style = faces.edition, faces.style
    for reading in item.readings:
        if not reading.text:
            continue
        scholars = bool(reading.sigla) and all(
            isinstance(edition.conspectus.by_key.get(siglum.key), Scholar) for siglum in reading.sigla
        )
        keyword = style.word(reading.kind.value)
        made = [
            on_one_line(reading.text, style),
            ", ".join(_label(siglum, edition, faces.voice) for siglum in reading.sigla),
            CONJECTURE if scholars else VARIANT,
            keyword and keyword + style.after_latin,
        ]
        while not made[-1]:  # most have neither
            made.pop()
        yield tuple(made)


def _prose(node: nodes.apparatus_entry | None) -> str:
    return words_of(node) if node is not None else ""


def _remarks(node: nodes.apparatus_entry | None, style: HouseStyle) -> Iterator[tuple[str, ...]]:
    opening, closing = style.remark
    for remark in remarks_of(node).values() if node is not None else ():
        yield f"{opening}{words_of(remark)}{closing}", "", REMARK


def _label(siglum: Siglum, edition: Edition, voice: Voice) -> str:
    """A siglum in words that can be read aloud."""
    if siglum.key in (REST, ALL):
        return voice.say("the others") if siglum.key == REST else voice.say("all")
    label = edition.conspectus.label(siglum.key)
    return f"{label} {siglum.hand}" if siglum.hand else label


def words_of(node: dn.Node) -> str:
    """The words of a node as they are printed, its paragraphs divided by blanks."""
    return fold(_words_of(node))


def _words_of(node: dn.Node) -> str:
    if isinstance(node, dn.Text):
        return node.astext()
    if isinstance(node, SKIPPED):
        return ""
    words = "".join(map(_words_of, node.children))
    return words if isinstance(node, dn.Inline | dn.inline) else f"{words} "
