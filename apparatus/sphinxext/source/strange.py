"""What stands on a page of edited text as if it were text, and is neither text nor declared: reported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from docutils import nodes as dn
from sphinx import addnodes

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.source.front_matter import FOOTNOTES, REFERENCES
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import (
    DECLARED,
    HIDING,
    MADE,
    Sort,
    is_declared,
    is_generated,
    of_block,
    strange_inline,
)
from apparatus.sphinxext.tree.keys import ancestors, is_inside
from apparatus.sphinxext.tree.text import position_of

#: How a message calls what an editor may not know by its name in the tree.
CALLED = {
    dn.literal_block: "code, or a paragraph that is indented,",
    dn.doctest_block: "code",
    dn.container: "code with its caption",
    dn.math_block: "a formula",
    dn.math: "a formula",
    dn.raw: "raw code",
    dn.image: "a picture",
    dn.figure: "a figure",
    dn.topic: "a table of contents, or a box,",
    dn.Admonition: "a box",
    dn.sidebar: "a box",
    dn.footnote: "a footnote",
    addnodes.only: "what only some outputs have",
    addnodes.toctree: "a list of pages",
    addnodes.centered: "a centred line",
    addnodes.desc: "the description of a program",
}
MEND = "if it is the editors’, mark it with {.editorial-text}"
#: What a document may have many of, of which it is said once, by the key of the front matter that declares it.
ONE, MANY = "one", "many"
TOGETHER = {
    FOOTNOTES: {ONE: "a footnote", MANY: "footnotes"},
    REFERENCES: {
        ONE: "a reference whose words the build makes",
        MANY: "references whose words the build makes",
    },
}
#: So many lines a message names.
LINES = 20


def strange(document: dn.document, uncompared: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Each construct that is none of the text; of footnotes and of references one message tells all.

    *uncompared*: which of these two the front matter declares. Words that the build makes are told from the text’s by a
    class: when they have been made nothing else would.
    """
    found = list(_blocks(document))
    notes: list[dn.Element] = [
        node for node in found if isinstance(node, dn.footnote) and _counts(node, document)
    ]
    made: list[dn.Element] = [node for node in found if is_generated(node) and isinstance(node, dn.Inline)]
    for node in found:
        if not isinstance(node, dn.footnote) and node not in made:
            yield _of_list(node) if isinstance(node, dn.enumerated_list) else _problem(node)
    for name, many in ((FOOTNOTES, notes), (REFERENCES, made)):
        if many and name not in uncompared:
            yield _together(name, many)
    _keep_apart(made, DECLARED if REFERENCES in uncompared else MADE)


def _blocks(node: dn.Element) -> Iterator[dn.Element]:
    """What is strange below a node, outermost only."""
    for child in node.children:
        if not isinstance(child, dn.Element) or is_declared(child):
            continue
        sort = of_block(child)
        if sort is Sort.STRANGE or not HIDING.isdisjoint(child.get("classes", ())):
            yield child
        elif sort is Sort.TEXT:
            yield from strange_inline(child)
        elif sort is Sort.HOLDS:
            if isinstance(child, dn.enumerated_list) and child.get("start", 1) != 1:
                yield child
            yield from _blocks(child)


def _keep_apart(made: list[dn.Element], name: str) -> None:
    for node in made:
        parent, at = position_of(node)
        parent[at] = dn.inline("", "", node, classes=[name])


def _what(node: dn.Element) -> str:
    if not HIDING.isdisjoint(node.get("classes", ())):
        return "what is not seen everywhere"
    if node.get("generated"):
        return "a list that the build makes"
    name = next((CALLED[base] for base in type(node).__mro__ if base in CALLED), None)
    return name or f"{node.tagname.replace('_', ' ')} (as the tree of the document calls it)"


def _problem(node: dn.Element) -> Problem:
    text = "hide it with :hidden:" if isinstance(node, addnodes.toctree) else "write the text as paragraphs"
    message = f"{_what(node)} stands in the edited text and is not compared; {text}, or {MEND}"
    return Problem(ProblemKind.NOT_TEXT, message, _origin(node))


def _of_list(node: dn.enumerated_list) -> Problem:
    start = node["start"]
    message = (
        f"a list begins with {start}, and the numbers of a list are no text; if {start} is one, write {start}\\. , "
        f"or {MEND}"
    )
    return Problem(ProblemKind.NOT_TEXT, message, _origin(node))


def _together(name: str, nodes: list[dn.Element]) -> Problem:
    what = TOGETHER[name][ONE] if len(nodes) == 1 else f"{len(nodes)} {TOGETHER[name][MANY]}"
    lines = list(dict.fromkeys(str(_origin(node).line) for node in nodes))
    where = f" (lines {', '.join(lines[:LINES])}{' …' if lines[LINES:] else ''})" if len(lines) > 1 else ""
    mend = "give it the words of the text; " if name == REFERENCES else ""
    message = (
        f"{what} in the edited text {'is' if len(nodes) == 1 else 'are'} not compared{where}; {mend}if none of the "
        f"document is to be, write `{name}: uncompared` in the front matter; {MEND}"
    )
    return Problem(ProblemKind.NOT_TEXT, message, _origin(nodes[0]))


def _counts(note: dn.footnote, document: dn.document) -> bool:
    """Whether a footnote is to words of the text, not of the editors’ notes, and not declared itself."""
    if _is_all_declared(note):
        return False
    marks = [m for m in document.findall(dn.footnote_reference) if m.get("refid") in note["ids"]]
    return any(not is_inside(mark, nodes.series_block) for mark in marks) or not marks


def _is_all_declared(note: dn.footnote) -> bool:
    body = [child for child in note.children if not isinstance(child, dn.label)]
    return is_declared(note) or all(isinstance(child, dn.Element) and is_declared(child) for child in body)


def _origin(node: dn.Element) -> Origin:
    found = next((n for n in chain([node], ancestors(node)) if n.line), node)
    source = next((n.source for n in chain([found], ancestors(found)) if n.source), "")
    return Origin(source or "", found.line or 1)
