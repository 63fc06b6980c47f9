"""Words and blocks that the editor declares to be no text, with ``{.editorial-text}``.

MyST gives the class to most blocks, but a directive or a formula does not hear of it, and a heading
passes it to its whole section. What is declared is printed in square brackets, in italics, in every output: else
a reader would take it for the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from sphinx import addnodes

from apparatus.sphinxext.source.numbers import keep_numbers
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import BLOCKS, DECLARED, Sort, is_declared, is_generated
from apparatus.sphinxext.tree.keys import is_inside
from apparatus.sphinxext.tree.text import position_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The class of the words of the editors as they are printed.
WORDS = "editors-words"
#: The formats in which a list of pages becomes the pages.
JOINED = ("singlehtml", "latex", "man", "texinfo")


def take_from_sections(document: dn.document) -> None:
    """Let a heading that is declared be the heading alone: what stands below it is text."""
    for section in document.findall(dn.section):
        if is_declared(section) and not section.get("generated"):
            section["classes"].remove(DECLARED)
            for title in (child for child in section.children if isinstance(child, dn.title)):
                title["classes"].append(DECLARED)


def mark(document: dn.document) -> None:
    """Print what is declared so that it cannot be taken for the text."""
    for node in list(_outermost(document)):
        if isinstance(node, dn.Inline):
            _bracket_inline(node)
        else:
            _bracket_block(node)


def _outermost(node: dn.Element) -> Iterator[dn.Element]:
    for child in node.children:
        if isinstance(child, dn.Element) and is_declared(child):
            yield child
        elif isinstance(child, dn.Element):
            yield from _outermost(child)


def _bracket_inline(node: dn.Element) -> None:
    node["classes"].append(WORDS)
    if _has_words(node):
        node.insert(0, dn.Text("["))
        node.append(dn.Text("]"))


def _bracket_block(node: dn.Element) -> None:
    blocks = [b for b in node.findall(dn.Element) if BLOCKS.get(type(b)) is Sort.TEXT and _has_words(b)]
    blocks = [b for b in blocks if not is_inside(b, nodes.series_block)]  # a note stands apart by itself
    words = [dn.inline("", "", *block.children, classes=[WORDS]) for block in blocks]
    for block, said in zip(blocks, words, strict=True):
        block[:] = [said]
    if words:
        words[0].insert(0, dn.Text("["))
        words[-1].append(dn.Text("]"))
    elif _has_words(node):  # what stands there cannot be bracketed
        _announce(node)


def _announce(node: dn.Element) -> None:
    """Say before code, a formula or a list of the build's that it is the editors'."""
    said = dn.inline("", "[The editors:]", classes=[WORDS])
    before: dn.Element = dn.paragraph("", "", said, classes=[DECLARED])
    if isinstance(node, addnodes.toctree):  # on one page, and in a book, the pages stand in its place
        before = addnodes.only("", before, expr=f"not ({' or '.join(JOINED)})")
    parent, at = position_of(node)
    parent.insert(at, before)


def _has_words(node: dn.Node) -> bool:
    """Whether it has words, or will have, that have no brackets of their own, as a citation has."""
    if isinstance(node, dn.Text):
        return bool(node.strip())
    if not isinstance(node, dn.Element) or isinstance(node, dn.image | dn.footnote_reference):
        return False
    if isinstance(node, addnodes.toctree):
        return True
    if is_generated(node):
        return bool(node.get("refdomain") != "cite")
    return any(map(_has_words, node.children))


def _hearing(rule: Callable[[SyntaxTreeNode], None], renderer: DocutilsRenderer) -> Any:
    """A rule by which MyST makes nodes of a token, and what it makes has the class that stands before it."""

    def render(token: SyntaxTreeNode) -> None:
        parent, before = renderer.current_node, len(renderer.current_node.children)
        rule(token)
        if DECLARED in str(token.attrs.get("class", "")).split():
            for node in parent.children[before:]:
                if isinstance(node, dn.Element) and not is_declared(node):
                    node["classes"].append(DECLARED)
        if token.attrs:
            keep_numbers(token, parent.children[before:])

    return render


def let_rules_hear(renderer: DocutilsRenderer, tokens: list[Token]) -> None:
    """Give all rules of a renderer ears, once."""
    if not getattr(renderer, "_apparatus_hears", False):
        renderer.rules = {name: _hearing(rule, renderer) for name, rule in renderer.rules.items()}
        renderer._apparatus_hears = True  # type: ignore[attr-defined]
    _RENDER(renderer, tokens)


_RENDER = DocutilsRenderer._render_tokens


def setup(app: Sphinx) -> None:
    DocutilsRenderer._render_tokens = let_rules_hear  # type: ignore[method-assign, assignment]
