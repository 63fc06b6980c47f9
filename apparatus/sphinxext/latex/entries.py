"""Entries and notes as reledmac takes them: content at the milestone where the lemma begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_uppercase

from docutils import nodes as dn
from sphinx.config import Config

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.latex.bibliography import docname_of
from apparatus.sphinxext.latex.flat import note_paragraph
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors, is_inside
from apparatus.sphinxext.tree.text import position_of

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


def fill_marks(document: dn.document, config: Config) -> None:
    """Give every milestone and note mark its series and the flat content it prints."""
    series = letters(config)
    for opening in list(document.findall(nodes.lemma_open)):
        opening["series"] = series[opening["series"]]
        for entry in list(opening.children):
            if isinstance(entry, dn.Element) and not isinstance(entry, nodes.formal_entry):
                opening.replace(entry, list(run_in(entry)))
    for mark in list(document.findall(nodes.note_mark)):
        mark["series"] = series[mark["series"]]
        body = [part for found in mark.findall(nodes.note_body) for part in note_content(found)]
        mark.children = []
        mark.extend(body)
        after_punctuation(mark)
    for close in list(document.findall(nodes.lemma_close)):
        before_transliteration(close)
    authors_footnotes(document, authors_letter(config))


def after_punctuation(mark: nodes.note_mark) -> None:
    """Set a note's number behind the punctuation that closes its lemma, as English printers do."""
    following = next_printed(mark)
    leaf = following
    while isinstance(leaf, dn.Inline) and isinstance(leaf, dn.Element) and leaf.children:
        leaf = leaf[0]
    if following is None or not isinstance(leaf, dn.Text) or not (found := CLOSING.match(leaf)):
        return
    mark.parent.remove(mark)
    parent, at = position_of(leaf)
    parent[at : at + 1] = [dn.Text(leaf[found.end() :])]
    parent, at = (parent, at) if leaf is following else position_of(following)
    parent[at:at] = [dn.Text(found[0]), mark]


def before_transliteration(close: nodes.lemma_close) -> None:
    """End a lemma with its own words: its lines are theirs, not those of what the editors add behind."""
    parent, at = position_of(close)
    to = start = at
    while start and isinstance(parent[start - 1], (nodes.transliteration, nodes.lemma_close)):
        start -= 1
        to = start if isinstance(parent[start], nodes.transliteration) else to
    del parent[at]
    parent.insert(to, close)


def next_printed(node: dn.Node) -> dn.Node | None:
    """What is printed next in the same paragraph: also behind the end of words in another language."""
    while True:
        parent, at = position_of(node)
        for following in parent.children[at + 1 :]:
            if not isinstance(following, nodes.lemma_close):
                return following
        if not isinstance(parent, dn.Inline):
            return None
        node = parent


def authors_footnotes(document: dn.document, letter: str) -> None:
    """Turn ordinary footnotes of the edited text into notes of a series of their own.

    Several documents are one book, and each counts the ids of its footnotes from the same number.
    """
    bodies = {(docname_of(note), i): note for note in document.findall(dn.footnote) for i in note["ids"]}
    told: Counter[str] = Counter()
    for reference in list(document.findall(dn.footnote_reference)):
        note = bodies.get((docname_of(reference), reference.get("refid", "")))
        if note is None or not in_edited_text(reference):
            continue
        name = note["ids"][0]
        told[name] += 1
        again = f".{told[name]}" if told[name] > 1 else ""
        mark = nodes.note_mark(own=note[0].astext(), entry_id=f"{name}{again}", series=letter)
        mark.source, mark.line = note.source, note.line
        mark.extend(note_content(note))
        reference.replace_self(mark)


def in_edited_text(node: dn.Node) -> bool:
    """Whether *node* stands in a numbered block."""
    return any(above.get("passage") for above in ancestors(node))


def run_in(entry: dn.Element) -> Iterator[dn.Node]:
    """The prose of an entry in one paragraph, whatever it stood in."""
    for child in list(entry.children):
        if isinstance(child, dn.Inline) or not isinstance(child, dn.Element):
            yield child
            continue
        for n, paragraph in enumerate(note_content(child)):
            yield from [*([dn.Text(" ")] if n else []), *list(paragraph.children)]


def note_content(body: dn.Element) -> Iterator[note_paragraph]:
    """The paragraphs of a note, whatever they stood in: a blank line would end reledmac's note."""
    first = True
    for block in [found for found in body.findall(is_paragraph) if isinstance(found, dn.Element)]:
        made = note_paragraph(first=first)
        if isinstance(block.parent, dn.list_item) and block.parent.index(block) == 0:
            listed = block.parent.parent
            made += dn.Text(f"{list_marker(listed, listed.index(block.parent))} ")
        made.extend(in_line(block))
        first = False
        yield made


def list_marker(node: dn.Element, i: int) -> str:
    """Bullet or number of the *i*-th item of a list."""
    if isinstance(node, dn.bullet_list):
        return "–" if is_inside(node, dn.list_item) else "•"
    return f"{node.get('start', 1) + i}."


def is_paragraph(node: dn.Node) -> bool:
    """Whether a note prints *node* as a paragraph: words, terms, captions, headings; an image by itself."""
    if isinstance(node, dn.image):
        return not isinstance(node.parent, dn.TextElement)
    return isinstance(node, dn.TextElement) and not isinstance(node, (dn.Inline, dn.label))


def in_line(block: dn.Element) -> list[dn.Node]:
    """The contents of *block* as words of a paragraph."""
    if isinstance(block, dn.math_block):
        return [dn.math("", "\\quad ".join(map(aligned, without_empty_lines(block))))]
    if isinstance(block, dn.FixedTextElement):
        return [dn.literal("", "\n".join(without_empty_lines(block)))]
    return [block] if isinstance(block, dn.image) else list(block.children)


def without_empty_lines(block: dn.Element) -> list[str]:
    """The stretches of *block* between empty lines, each of which would end the note for TeX."""
    return [part for part in re.split(r"\n\s*\n", block.astext()) if part.strip()]


def aligned(formula: str) -> str:
    """A formula of several rows as it can stand in a line."""
    is_plain = "\\\\" not in formula or "\\begin" in formula
    return formula if is_plain else f"\\begin{{aligned}}{formula}\\end{{aligned}}"
