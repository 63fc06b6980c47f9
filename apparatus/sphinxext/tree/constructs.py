"""What may stand inside edited text: each construct is text, holds text, has no words, or is none of these.

Everything inside edited text is text, and proved, or declared by the editor not to be, with
``{.editorial-text}``, or reported. So every class of docutils and Sphinx is in this table, or its
parent is; of what else another extension brings nobody knows what it prints, and it is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from docutils import nodes as dn
from sphinx import addnodes

from apparatus.sphinxext.tree import nodes


class Sort(Enum):
    """What a construct is in edited text."""

    TEXT = "text"  #: a block, with a number; or words within one
    HOLDS = "holds"  #: what is in it is asked
    WORDLESS = "wordless"  #: no words of it stand on the page
    STRANGE = "strange"  #: words or pictures that are not the text: declared or reported


#: How an editor says that words or a block are not of the text.
DECLARED = "editorial-text"
#: The class of words that the build makes, also when they have been made.
MADE = "made-words"
#: What MyST writes for a hard break, words struck through and a box to be ticked: no source's code.
OF_THE_PARSER = re.compile(
    r"<br />\n?|\\\\\n?|</?s>|"
    r'<input class="task-list-item-checkbox" disabled="disabled" (?:checked="checked" )?type="checkbox"> ?'
)
#: Classes of the usual themes by which words are not seen in every output.
HIDING = frozenset({"only-dark", "only-light", "dark-light", "sd-d-none", "visually-hidden", "d-none"})
#: References that are printed with words which the source has not.
_GENERATED = frozenset({"myst", "ref", "numref", "doc", "any", "eq"})


def _sorted(table: dict[Sort, tuple[type[Any], ...]]) -> dict[type[dn.Node], Sort]:
    return {cls: sort for sort, classes in table.items() for cls in classes}


#: What each class of docutils and Sphinx is among the blocks of a document. A class of its own that another
#: extension brings is what its parent is; what has no parent here is strange.
BLOCKS = _sorted(
    {
        Sort.TEXT: (dn.paragraph, dn.title, dn.rubric, dn.line, dn.attribution, dn.term),
        Sort.HOLDS: (
            *(dn.document, dn.section, dn.container, dn.compound, dn.block_quote, dn.line_block),
            *(dn.bullet_list, dn.enumerated_list, dn.list_item),
            *(dn.definition_list, dn.definition_list_item, dn.definition, addnodes.glossary),
            *(dn.table, dn.tgroup, dn.thead, dn.tbody, dn.row, dn.entry),
            *(addnodes.hlist, addnodes.hlistcol, addnodes.acks),
        ),
        Sort.WORDLESS: (
            *(dn.comment, dn.target, dn.transition, dn.colspec, dn.meta, dn.substitution_definition),
            *(dn.pending, dn.system_message, dn.Text, addnodes.index, addnodes.tabular_col_spec),
            *(addnodes.highlightlang, nodes.foot, nodes.series_block),
        ),
        Sort.STRANGE: (
            *(dn.Admonition, dn.sidebar, dn.topic, addnodes.seealso, addnodes.versionmodified),
            *(dn.admonition, dn.attention, dn.caution, dn.danger, dn.error, dn.hint, dn.important),
            *(dn.note, dn.tip, dn.warning),
            *(dn.literal_block, dn.doctest_block, dn.math_block, dn.raw, dn.image),
            *(dn.figure, dn.caption, dn.legend, dn.footnote, dn.citation, dn.label),
            *(dn.field_list, dn.field, dn.field_name, dn.field_body, dn.option_list, dn.option_list_item),
            *(dn.option_group, dn.option, dn.option_string, dn.option_argument, dn.description),
            *(dn.docinfo, dn.author, dn.authors, dn.organization, dn.address, dn.contact, dn.version),
            *(dn.revision, dn.status, dn.date, dn.copyright, dn.subtitle, dn.classifier),
            *(dn.decoration, dn.header, dn.footer),
            *(addnodes.toctree, addnodes.centered, addnodes.only, addnodes.compact_paragraph),
            *(addnodes.start_of_file, addnodes.productionlist, addnodes.production),
            *(addnodes.desc, addnodes.desc_content, addnodes.desc_signature, addnodes.desc_signature_line),
        ),
    }
)
#: The same within a block.
INLINE = _sorted(
    {
        Sort.TEXT: (
            *(dn.inline, dn.emphasis, dn.strong, dn.literal, dn.subscript, dn.superscript),
            *(dn.abbreviation, dn.acronym, dn.title_reference, dn.reference),
            *(addnodes.pending_xref, addnodes.pending_xref_condition, addnodes.download_reference),
            *(addnodes.literal_emphasis, addnodes.literal_strong, addnodes.manpage, addnodes.desc_inline),
            addnodes.desc_sig_element,
            *addnodes.SIG_ELEMENTS,
            *(addnodes.desc_name, addnodes.desc_addname, addnodes.desc_type, addnodes.desc_returns),
            *(addnodes.desc_parameterlist, addnodes.desc_parameter, addnodes.desc_type_parameter_list),
            *(addnodes.desc_type_parameter, addnodes.desc_optional, addnodes.desc_annotation),
        ),
        # Of what is problematic MyST has said so; a footnote is asked for by itself.
        Sort.WORDLESS: (
            *(dn.comment, dn.target, dn.pending, dn.system_message, dn.problematic, dn.footnote_reference),
            addnodes.index,
        ),
        Sort.STRANGE: (
            *(dn.raw, dn.image, dn.math, dn.citation_reference, dn.substitution_reference, dn.generated),
            addnodes.number_reference,
        ),
    }
)


def is_declared(node: dn.Element) -> bool:
    """Whether the editor says that it is not of the text."""
    return DECLARED in node.get("classes", ())


def made_by_build(made: Sequence[dn.Node]) -> list[dn.Node]:
    """Tell the blocks that a directive makes, of which the source has no word, from those of the text."""
    for node in made:
        if isinstance(node, dn.Element):
            node["generated"] = True
    return list(made)


def of_block(node: dn.Element) -> Sort:
    """What a node among blocks is."""
    if isinstance(node, addnodes.toctree) and node.get("hidden"):
        return Sort.WORDLESS
    if "literal-block-wrapper" in node.get("classes", ()):  # code with its caption
        return Sort.STRANGE
    if node.get("generated"):
        return Sort.STRANGE
    return next((BLOCKS[base] for base in type(node).__mro__ if base in BLOCKS), Sort.STRANGE)


def of_inline(node: dn.Element) -> Sort:
    """What a node within a block is."""
    if isinstance(node, dn.raw) and (node.get("ours") or OF_THE_PARSER.fullmatch(node.astext())):
        return Sort.WORDLESS
    if is_generated(node) or MADE in node.get("classes", ()):
        return Sort.STRANGE
    return next((INLINE[base] for base in type(node).__mro__ if base in INLINE), Sort.STRANGE)


def is_generated(node: dn.Element) -> bool:
    """Whether its words are made by the build: a number, a title, a citation."""
    if isinstance(node, addnodes.pending_xref):
        made = node.get("reftype") in _GENERATED or node.get("refdomain") == "cite"
        return made and not node.get("refexplicit")
    return bool(node.get("generated"))


def strange_inline(block: dn.Element) -> Iterator[dn.Element]:
    """What within a block is not the text's, outermost only, and not declared."""
    for child in block.children:
        if not isinstance(child, dn.Element) or is_declared(child):
            continue
        if of_inline(child) is Sort.STRANGE or not HIDING.isdisjoint(child.get("classes", ())):
            yield child
        elif of_inline(child) is Sort.TEXT:
            yield from strange_inline(child)
