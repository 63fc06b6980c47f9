"""The face of an entry in LaTeX: what stands in the argument of its milestone."""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.writers.latex import LaTeXTranslator

from apparatus.characters import runs_as_its_text
from apparatus.language import is_in_cyrillic, is_other
from apparatus.model import Siglum
from apparatus.render.face import Face
from apparatus.render.runs import Run, RunKind
from apparatus.script import runs as script_runs
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.entries.faces import (
    language_of,
    remarks_of,
    shown,
    text_round,
    way_to_witness,
)
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.latex.visitors import editorial_macro, turned
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ENTRY, split_key


def visit_formal_entry(self: LaTeXTranslator, node: dn.Element) -> None:
    """The whole line of an entry that holds readings."""
    _, face = shown(self.builder, node)
    remarks = remarks_of(node)
    for run in face.printed():
        if run.kind is RunKind.REMARK:
            remark(self, remarks[run.text])
        elif run.siglum:
            siglum(self, node, run, run.siglum)
        else:
            self.body.append(plain_run(self, node, run, face))
    raise dn.SkipNode


def visit_note_head(self: LaTeXTranslator, node: dn.Element) -> None:
    """The words that a note repeats; those before a numbered note stand out."""
    entry, face = shown(self.builder, node)
    if entry.series.form == "discussion":  # it stands behind the text, where nothing else is its destination
        self.body.append(f"\\critdestination{{{entry.id}}}")
    self.body.append("\\notelemma" if entry.series.form == "notes" else "")
    self.body += [plain_run(self, node, run, face) for run in face.runs if run.text]
    raise dn.SkipNode


def plain_run(self: LaTeXTranslator, node: dn.Element, run: Run, face: Face) -> str:
    """A run that is words alone. The lines number a lemma here, not the entry."""
    if run.kind is RunKind.LEMMA:
        return f"{{{words_of_text(self, node, face.signed_lemma)}}}{same_number(node)}"
    if run.kind is RunKind.READING:
        return words_of_text(self, node, run.text)
    if run.kind is RunKind.BRACKET:
        return words(self, settings(self.config).style.bracket_in_print)
    if run.kind in (RunKind.EDITORIAL, RunKind.DOUBTFUL):
        return f"{editorial_macro(run.text, turned(self, run.text))}{words(self, run.text)}}}"
    return words(self, run.text)


def words(self: LaTeXTranslator, text: str) -> str:
    """Words, Cyrillic with its hyphenation."""
    if text.isascii():
        return str(self.encode(text))
    return "".join(
        f"\\cyrillic{{{self.encode(part)}}}" if is_cyrillic else self.encode(part)
        for is_cyrillic, part in script_runs(text)
    )


def words_of_text(self: LaTeXTranslator, node: dn.Element, text: str) -> str:
    """Words of the text or of a witness, in the language of the passage."""
    entry = shown(self.builder, node)[0]
    language = language_of(self.builder, entry)
    if not is_other(language, book_language(self.config)):
        inside = words(self, text)
        as_text = "ltr" if runs_as_its_text(text, text_round(self.builder, entry)) else ""
        way = turned(self, text, as_text)
        return f"\\critturned{way}{{{inside}}}" if way else inside
    inside = self.encode(text) if is_in_cyrillic(language) else words(self, text)
    return f"\\critlanguage{{{language}}}{{{inside}}}"


def same_number(node: dn.Element) -> str:
    """Which of several same words on its line the lemma is."""
    if "same" not in node:
        return ""
    entry_id, own, of = node["same"]
    return f"\\critsame{{{entry_id}}}{{{own}}}{{{of}}}"


def siglum(self: LaTeXTranslator, node: dn.Element, run: Run, meant: Siglum) -> None:
    """A siglum, a link to its witness, with its hand."""
    address = way_to_witness(self.builder, meant.key, split_key(node[ENTRY])[0])
    printed: list[dn.Node] = [
        nodes.cyrillic("", part) if is_cyrillic else dn.Text(part)
        for is_cyrillic, part in script_runs(run.text)
    ]
    printed += [dn.superscript("", meant.hand)] if meant.hand else []
    if address and is_printed(node, address):
        printed = [dn.reference("", "", *printed, internal=True, refuri=address)]
    nodes.siglum("", "", *printed).walkabout(self)


def is_printed(node: dn.Element, address: str) -> bool:
    """Whether what a siglum leads to is in the book; an offprint has a part of it only (``labels``)."""
    return "labels" not in node or address.removeprefix("%") in node["labels"]


def remark(self: LaTeXTranslator, node: nodes.remark) -> None:
    """A remark between its signs."""
    opening, closing = settings(self.config).style.remark
    self.body.append(words(self, opening))
    node.walkabout(self)
    self.body.append(words(self, closing))
