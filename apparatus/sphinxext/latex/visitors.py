"""What each node writes; the macros are in ``latex/crittext.sty`` and ``latex/critpage.sty``."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator

from docutils import nodes as dn
from docutils.utils import get_source_line
from sphinx.writers.latex import LaTeXTranslator

from apparatus.characters import direction_of
from apparatus.language import direction, is_other
from apparatus.latex_log import comment_of_place
from apparatus.model import Origin
from apparatus.sphinxext.latex import flat
from apparatus.sphinxext.latex.carried import said_before
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.languages import LANGUAGE

RUSSIAN = "ru"
SECTIONS = {"heading-0": "chapter", "heading-1": "section", "heading-2": "subsection"}


def skip(self: LaTeXTranslator, node: dn.Element) -> None:
    """Print nothing of it."""
    raise dn.SkipNode


def nothing(self: LaTeXTranslator, node: dn.Element) -> None:
    """Print its children only."""


def close_brace(self: LaTeXTranslator, node: dn.Element) -> None:
    """End the argument that the visitor opened."""
    self.body.append("}")


def visit_numbered_text(self: LaTeXTranslator, node: dn.Element) -> None:
    """Begin or go on with the numbering of lines; a text's title is then no longer looked for."""
    self.this_is_the_title = 0
    self.body.append("\n\\editedtext\n")


def depart_numbered_text(self: LaTeXTranslator, node: dn.Element) -> None:
    """Pause the numbering of lines."""
    self.body.append("\\pauseeditedtext\n")


def visit_numbered_block(self: LaTeXTranslator, node: dn.Element) -> None:
    """Begin a block: what is called where, then its own line of TeX."""
    if isinstance(node.parent, flat.numbered_cell):
        return visit_block_of_cell(self, node)
    if node.get("shows"):
        self.body.append("\n\\critverseshows")
    arguments = (node["kind"], str(node["depth"]), self.escape(node["marker"]), node["passage"])
    labels = self.hypertarget_to(node)
    main = book_language(self.config)
    language = node.get(LANGUAGE) or main
    way = direction(language)
    turn = f"\\critturn{{{int(way == 'rtl')}}}%\n" if way != direction(main) else ""
    self.body.append(
        f"\n{''.join(places(self, node))}{outline(self, node)}{''.join(said_before(self, node))}{turn}\\passage"
        + "".join(f"{{{a}}}" for a in arguments)
    )
    self.body.append(f"{{{labels}}}%\n")
    if is_other(language, main):
        self.body.append(f"\\critswitch{{{language}}}%\n")


def places(self: LaTeXTranslator, block: dn.Element) -> Iterator[str]:
    """Where a block and its entries stand in the source, as comments."""
    yield place_of(self, block.get("passage") or "-", block)
    for node in block.findall(dn.Element):
        if isinstance(node, (nodes.lemma_open, nodes.note_mark)):
            yield place_of(self, node["entry_id"], node)
        elif isinstance(node, nodes.passage_number):
            yield place_of(self, node["number"], block)


def place_of(self: LaTeXTranslator, name: str, node: dn.Element) -> str:
    """Where *node* stands in the source, as it is reached from the folder of ``conf.py``."""
    file, line = get_source_line(node)
    return (
        comment_of_place(name, Origin(os.path.relpath(file, self.builder.confdir), line or 1)) if file else ""
    )


def depart_numbered_block(self: LaTeXTranslator, node: dn.Element) -> None:
    """End a block."""
    of_cell = "cell" if isinstance(node.parent, flat.numbered_cell) else ""
    self.body.append(f"%\n\\close{of_cell}passage\n")


def visit_block_of_cell(self: LaTeXTranslator, node: dn.Element) -> None:
    """Begin a block in a cell: its number stands before its words."""
    self.body.append(
        f"\n{''.join(places(self, node))}{outline(self, node)}{''.join(said_before(self, node))}"
    )
    self.body.append(f"\\cellpassage{{{node['passage']}}}{{{self.hypertarget_to(node)}}}%\n")
    if is_other(language := node.get(LANGUAGE) or book_language(self.config), book_language(self.config)):
        self.body.append(f"\\critswitch{{{language}}}%\n")


def visit_numbered_row(self: LaTeXTranslator, node: dn.Element) -> None:
    """Begin a row of a table: a line of cells."""
    self.body.append(f"\n\\tablerow{{{node['passage']}}}%\n")


def depart_numbered_row(self: LaTeXTranslator, node: dn.Element) -> None:
    """End a row."""
    self.body.append("\\closetablerow\n")


def visit_numbered_cell(self: LaTeXTranslator, node: dn.Element) -> None:
    """Begin a cell, in bold type if it is of the table's head."""
    weight = "\\bfseries" if node["is_head"] else ""
    self.body.append(f"\\tablecell{{{node['width']}}}{{{weight}}}%\n")


def depart_numbered_cell(self: LaTeXTranslator, node: dn.Element) -> None:
    """End a cell."""
    self.body.append("\\closetablecell%\n")


def outline(self: LaTeXTranslator, node: dn.Element) -> str:
    """The line for contents, running heads and bookmarks, before the block itself."""
    words = self.escape(node["outline"])
    if node["kind"] in SECTIONS:
        contents = self.escape(node.get("contents", node["outline"]))
        return f"\\critcontents{{{SECTIONS[node['kind']]}}}{{{contents}}}{{{words}}}%\n"
    if node["passage"]:
        within = (number["number"] for number in node.findall(nodes.passage_number))
        further = "".join(f"\\critbookmark{{{number}}}{{{number}}}%\n" for number in within)
        return f"\\critbookmark{{{node['passage']}}}{{{node['passage']} {words}}}%\n{further}"
    return ""


def visit_passage_number(self: LaTeXTranslator, node: dn.Element) -> None:
    """The number of a passage that begins within its block; that of the block itself is said where it opens."""
    if node["within"]:
        where = "line" if node["within"] == "line" else ""
        self.body.append(f"\\critpoint{{{node['number']}}}{{{where}}}{{{self.hypertarget_to(node)}}}")
    raise dn.SkipNode


def visit_milestone(self: LaTeXTranslator, node: dn.Element) -> None:
    """The number of another reference system."""
    number = self.encode(f"{node['label']} {node['number']}".strip())
    self.body.append(f"\\critmilestone{{{number}}}{{{self.hypertarget_to(node)}}}")
    raise dn.SkipNode


def visit_half(self: LaTeXTranslator, node: dn.Element) -> None:
    """As much room as the words before take."""
    self.body.append(f"\\phantom{{{self.encode(node['words'])} }}")


def label(self: LaTeXTranslator, node: dn.Element) -> str:
    """The label by which other places refer to an entry or note."""
    return str(self.hypertarget(node["entry_id"], anchor=False))


def visit_lemma_open(self: LaTeXTranslator, node: dn.Element) -> None:
    """The start of a lemma, with the entry as it stands at the foot."""
    ends: list[tuple[int, str]] = node.get("keyed", [])
    keyed = "".join(f"{{{key}}}{{{number}}}" for key, number in ends)
    command = "lemmastart" if not keyed else f"verselemmastart{keyed}"
    self.body.append(f"\\{command}{{{node['entry_id']}}}{{{node['series']}}}{{{label(self, node)}")


def visit_lemma_close(self: LaTeXTranslator, node: dn.Element) -> None:
    """The end of a lemma."""
    self.body.append(f"\\lemmaend{{{node['entry_id']}}}")


def visit_same_label(self: LaTeXTranslator, node: dn.Element) -> None:
    """An occurrence of words that come more than once."""
    self.body.append(f"\\edlabel{{{node['label']}}}")


def visit_note_mark(self: LaTeXTranslator, node: dn.Element) -> None:
    """A numbered note of the editors, or one of the author's with a mark of its own; its text follows."""
    command, mark = (
        ("authorsnote", self.encode(node["own"])) if "own" in node else ("editorsnote", node["number"])
    )
    self.body.append(f"\\{command}{{{node['series']}}}{{{mark}}}{{{node['entry_id']}}}{{")
    self.body.append(label(self, node))


def visit_note_paragraph(self: LaTeXTranslator, node: dn.Element) -> None:
    """A paragraph of a note."""
    self.body.append("" if node["first"] else "\\notebreak ")


def visit_editorial(self: LaTeXTranslator, node: dn.Element) -> None:
    """A mark of the editors at words of the text, or an abbreviation of theirs."""
    self.body.append(editorial_macro(node.astext(), turned(self, node.astext())))


def turned(self: LaTeXTranslator, words: str, way: str = "") -> str:
    """The option of a macro whose *words* run against the direction of the book, so that they stand apart; else empty.

    They run as their first letter does, if no other *way* is said.
    """
    way = way or direction_of(words)
    against = way and way != direction(book_language(self.config))
    return f"[{int(way == 'rtl')}]" if against else ""


def editorial_macro(words: str, turned: str = "") -> str:
    """What opens the editors' own: an abbreviation is italic, a mark such as ⟨ is not."""
    lettered = any(unicodedata.category(c)[0] == "L" for c in words)
    return f"\\editorial{turned}{{" if lettered else "{"


def visit_siglum(self: LaTeXTranslator, node: dn.Element) -> None:
    """A siglum."""
    self.body.append(f"\\siglum{turned(self, node.astext())}{{")


def visit_cyrillic(self: LaTeXTranslator, node: dn.Element) -> None:
    """Russian, or what else is declared, with its hyphenation."""
    language = node.get("lang", RUSSIAN)
    self.body.append("\\cyrillic{" if language == RUSSIAN else f"\\critlanguage{{{language}}}{{")


def visit_row_head(self: LaTeXTranslator, node: dn.Element) -> None:
    """The heading of a row of a table."""
    self.body.append("\\critrowhead{")


def visit_foreign(self: LaTeXTranslator, node: dn.Element) -> None:
    """Words of another language, with its hyphenation."""
    self.body.append(f"\\critlanguage{{{node['lang']}}}{{")


def visit_transliteration(self: LaTeXTranslator, node: dn.Element) -> None:
    """The editors' transliteration of what stands before it."""
    self.body.append("\\transliteration{")


def visit_bibliography_list(self: LaTeXTranslator, node: dn.Element) -> None:
    """Begin a bibliography, or an index; TeX has no list of nothing."""
    if not node.children:
        raise dn.SkipNode
    self.body.append("\n\\begin{bibliographylist}\n")


def depart_bibliography_list(self: LaTeXTranslator, node: dn.Element) -> None:
    """End a bibliography."""
    self.body.append("\n\\end{bibliographylist}\n")


def visit_bibliography_item(self: LaTeXTranslator, node: dn.Element) -> None:
    """One entry of a bibliography, with the destination of its citations."""
    self.body.append(f"\n\\bibliographyitem{{{node['target']}}}{self.hypertarget_to(node)}")


def depart_bibliography_item(self: LaTeXTranslator, node: dn.Element) -> None:
    """End of an entry."""
    self.body.append("\n")


def visit_section(self: LaTeXTranslator, node: dn.Element) -> None:
    """As Sphinx has it, and where it stands in the source."""
    self.body.append(f"\n{place_of(self, '-', node)}")
    LaTeXTranslator.visit_section(self, node)


def depart_section(self: LaTeXTranslator, node: dn.Element) -> None:
    """As Sphinx has it, but after a heading with nothing below it a page may end: a list of names is nothing else."""
    if all(isinstance(child, dn.title) for child in node.children):
        self.body.append("\\critheadingalone\n")
    LaTeXTranslator.depart_section(self, node)
