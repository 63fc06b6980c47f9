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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from docutils import nodes as dn

from apparatus.characters import fold
from apparatus.concordance import Printed
from apparatus.edition import Edition, EditionEntry
from apparatus.model import ALL, BREAK, REST, Entry, Kind, Scholar, Siglum
from apparatus.render.runs import STYLE, abbreviate, lemma_text
from apparatus.script.folding import as_data
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import entry_nodes, entry_of

Row = Sequence[Any]

NOWHERE: Mapping[str, Printed] = {}
BEGIN, END = "var apparatusSearch = ", ";\n"
NOTE, VARIANT, CONJECTURE, REMARK = "note", "", "conjecture", "remark"

#: Of the editors' apparatus of reading, not of their words.
SKIPPED = (nodes.transliteration, nodes.note_head, dn.raw, dn.comment, dn.image)


def dump(rows: Mapping[str, list[Row]], printed: Mapping[str, Printed] = NOWHERE) -> str:
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


def load(path: Path) -> dict[str, list[Row]]:
    """The rows that a build before has written; none if there are none to be read."""
    try:
        text = path.read_text(encoding="utf-8")
        found: dict[str, list[Row]] = json.loads(text.removeprefix(BEGIN).removesuffix(END))["rows"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found


def rows_of(doctree: dn.document, docname: str, edition: Edition) -> list[Row]:
    """All that can be found in a document: its passages, then its entries and notes."""
    blocks = (edition.text.blocks[i] for i in edition.blocks_of[docname])
    rows: list[Row] = [(block.number, block.text) for block in blocks if block.text]
    one_series = len(edition.series_of_notes) < 2
    for key, node in entry_nodes(doctree).items():
        entry = entry_of(edition, key)
        if isinstance(entry.item, Entry):
            found = (*_readings(entry.item, edition), *_remarks(node))
            rows += [(entry.id, _lemma(entry, entry.item), found)] if found else []
        else:
            rows.append(_prose(node, entry, is_only_series=one_series))
    return rows


def _readings(item: Entry, edition: Edition) -> Iterator[tuple[str, ...]]:
    """The words that witnesses have and the text has not."""
    for reading in item.readings:
        if not reading.text:
            continue
        scholars = bool(reading.sigla) and all(
            isinstance(edition.conspectus.by_key.get(siglum.key), Scholar) for siglum in reading.sigla
        )
        keyword = "" if reading.kind is Kind.TEXT else f"{reading.kind.value} "
        made = [
            reading.text.replace(BREAK, STYLE.line_break),
            ", ".join(_label(siglum, edition) for siglum in reading.sigla),
            CONJECTURE if scholars else VARIANT,
            keyword,
        ]
        while not made[-1]:  # most have neither
            made.pop()
        yield tuple(made)


def _remarks(node: nodes.entry) -> Iterator[tuple[str, ...]]:
    for remark in node.findall(nodes.remark):
        yield words_of(remark), "", REMARK


def _prose(node: nodes.entry, entry: EditionEntry, *, is_only_series: bool) -> Row:
    if entry.number is not None:
        kind = NOTE if is_only_series else entry.series.label
        body = " ".join(words_of(body) for body in node.findall(nodes.note_body))
        return entry.id, body, kind, entry.number
    # The number and the lemma stand before the prose; they are words of the text.
    at = next((i for i, child in enumerate(node) if isinstance(child, nodes.entry_lemma)), -1)
    prose = fold("".join(map(_words_of, node.children[at + 1 :])))
    lemma = (entry.words or lemma_text(entry.item.lemma)) + STYLE.bracket
    return entry.id, prose.lstrip("\N{NO-BREAK SPACE}] "), entry.series.label, "", lemma


def _lemma(entry: EditionEntry, item: Entry) -> str:
    as_written = item.lemma.is_block or item.lemma.last or not entry.words
    return (lemma_text(item.lemma) if as_written else abbreviate(entry.words)) + STYLE.bracket


def _label(siglum: Siglum, edition: Edition) -> str:
    """A siglum in words that can be read aloud."""
    if siglum.key in (REST, ALL):
        return "the others" if siglum.key == REST else "all"
    declared = edition.conspectus.by_key.get(siglum.key)
    label = (declared.label if declared else None) or siglum.key
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
