"""Entries and notes as reledmac takes them: content at the milestone where the lemma begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase

from docutils import nodes
from sphinx.config import Config

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.latex.nodes import note_paragraph
from apparatus.sphinxext.tree import nodes as edition
from apparatus.sphinxext.tree.keys import ancestors

#: Punctuation that a note's number follows.
CLOSING = re.compile(r"[.,;:!?)\]”’»…]+")


def letters(config: Config) -> dict[str, str]:
    """Series → its letter in reledmac; run-in series and notes each count from A."""
    series = settings(config).series.values()
    found: dict[str, str] = {}
    for form in ("run-in", "notes"):
        found.update(zip([s.name for s in series if s.form == form], ascii_uppercase, strict=False))
    return found


def note_letters(config: Config) -> list[str]:
    """The letters of the editors' notes."""
    return [letters(config)[s.name] for s in settings(config).series.values() if s.form == "notes"]


def authors_letter(config: Config) -> str:
    """The series of the author's own footnotes: the one after the editors' notes."""
    return ascii_uppercase[sum(series.form == "notes" for series in settings(config).series.values())]


def fill_marks(document: nodes.document, config: Config) -> None:
    """Give every milestone and note mark its series and the flat content it prints."""
    series = letters(config)
    for opening in list(document.findall(edition.lemma_open)):
        opening["series"] = series[opening["series"]]
        for entry in list(opening.children):
            if not isinstance(entry, edition.formal_entry):
                opening.replace(entry, list(entry.children))
    for mark in list(document.findall(edition.note_mark)):
        mark["series"] = series[mark["series"]]
        body = [part for found in mark.findall(edition.note_body) for part in note_content(found)]
        mark.children = []
        mark.extend(body)
        after_punctuation(mark)
    for close in list(document.findall(edition.lemma_close)):
        before_transliteration(close)
    authors_footnotes(document, authors_letter(config))


def after_punctuation(mark: edition.note_mark) -> None:
    """Set a note's number behind the punctuation that closes its lemma, as English printers do."""
    following = next_printed(mark)
    leaf = following
    while isinstance(leaf, nodes.Inline) and isinstance(leaf, nodes.Element) and leaf.children:
        leaf = leaf[0]
    if following is None or not isinstance(leaf, nodes.Text) or not (found := CLOSING.match(leaf)):
        return
    mark.parent.remove(mark)
    parent, at = place(leaf)
    parent[at : at + 1] = [nodes.Text(leaf[found.end() :])]
    parent, at = (parent, at) if leaf is following else place(following)
    parent[at:at] = [nodes.Text(found[0]), mark]


def before_transliteration(close: edition.lemma_close) -> None:
    """End a lemma with its own words: its lines are theirs, not those of what the editors add behind."""
    parent, at = place(close)
    to = start = at
    while start and isinstance(parent[start - 1], (edition.transliteration, edition.lemma_close)):
        start -= 1
        to = start if isinstance(parent[start], edition.transliteration) else to
    del parent[at]
    parent.insert(to, close)


def place(node: nodes.Node) -> tuple[nodes.Element, int]:
    """A node's parent, and where in it the node stands.

    By identity: docutils finds a text by its letters, and the same may stand there twice.
    """
    parent: nodes.Element = node.parent
    return parent, next(i for i, child in enumerate(parent.children) if child is node)


def next_printed(node: nodes.Node) -> nodes.Node | None:
    """What is printed next in the same paragraph: also behind the end of words in another language."""
    while True:
        parent, at = place(node)
        for following in parent.children[at + 1 :]:
            if not isinstance(following, edition.lemma_close):
                return following
        if not isinstance(parent, nodes.Inline):
            return None
        node = parent


def authors_footnotes(document: nodes.document, letter: str) -> None:
    """Turn ordinary footnotes of the edited text into notes of a series of their own."""
    bodies = {i: note for note in document.findall(nodes.footnote) for i in note["ids"]}
    for reference in list(document.findall(nodes.footnote_reference)):
        note = bodies.get(reference.get("refid", ""))
        if note is None or not in_edited_text(reference):
            continue
        mark = edition.note_mark(own=note[0].astext(), entry_id=note["ids"][0], series=letter)
        mark.extend(note_content(note))
        reference.replace_self(mark)


def in_edited_text(node: nodes.Node) -> bool:
    """Whether *node* stands in a numbered block."""
    return any(above.get("passage") for above in ancestors(node))


def note_content(body: nodes.Element) -> Iterator[note_paragraph]:
    """The paragraphs of a note, whatever they stood in: a blank line would end reledmac's note."""
    first = True
    for block in body.findall(lambda n: isinstance(n, (nodes.paragraph, nodes.literal_block, nodes.line))):
        made = note_paragraph(first=first)
        if isinstance(block.parent, nodes.list_item) and block.parent.index(block) == 0:
            made += nodes.Text("• ")
        if isinstance(block, nodes.literal_block):
            made += nodes.literal("", block.astext())
        else:
            made.extend(list(block.children))
        first = False
        yield made
