"""Collect the edited text of a document once it has been read.

At ``doctree-read`` (all read transforms done, the document not yet pickled): each block gets
its key, each series its host, and the entries move to a foot at the end of their section.
What the engine needs leaves the document as plain values, into the domain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.edition import PlacedItem, SourceDocument
from apparatus.model import FIRST, Origin, Point
from apparatus.numbering import SourceBlock
from apparatus.problems import Problem, ProblemKind
from apparatus.script import mixed_words
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import DoctreeRead
from apparatus.sphinxext.source import front_matter
from apparatus.sphinxext.source.authors_marks import keep_marks
from apparatus.sphinxext.source.declared import mark, take_from_sections
from apparatus.sphinxext.source.numbers import Numbers
from apparatus.sphinxext.source.speakers import Speakers, keep_roles
from apparatus.sphinxext.source.strange import strange
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import Sort, is_declared, of_block
from apparatus.sphinxext.tree.drama import is_beside_what_is_spoken, marked_in
from apparatus.sphinxext.tree.keys import BLOCK, ENTRY, ancestors, holder_of, make_key
from apparatus.sphinxext.tree.languages import LANGUAGE
from apparatus.sphinxext.tree.text import has_text, text_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


#: Within these no series can stand.
WHOLES = (dn.line_block, dn.table)


def collect(app: Sphinx, doctree: dn.document) -> None:
    """Take the blocks and entries of a document into the domain."""
    env = app.env
    docname = env.current_document.docname
    series_blocks = list(doctree.findall(nodes.series_block))
    declared = front_matter.read_front_matter(env.metadata[docname], Path(env.doc2path(docname)))
    problems: list[Problem] = [*declared.problems]
    problems += [p for block in series_blocks for p in block.attributes.pop("problems", ())]
    problems += _mixed_scripts(doctree)
    if declared.is_text:
        take_from_sections(doctree)
        problems += strange(doctree, declared.uncompared)
    else:
        problems += [_no_text(block) for block in series_blocks]
    domain_of(env).remember(docname, *problems)
    if not declared.is_text and not series_blocks:
        return
    blocks: list[dn.Element] = []
    given: list[tuple[Point, ...]] = []
    items: list[PlacedItem] = []
    keep_roles(doctree)
    numbers = _numbers(app, doctree)
    for node, is_text in walk(doctree, text=declared.is_text):
        if isinstance(node, nodes.series_block):
            host = len(blocks) - 1 if blocks and is_text else None
            for series in node.findall(nodes.series_block):  # one may stand in a note of another
                _give_keys(series, docname, len(items))
                items += [PlacedItem(node["series"], item, host) for item in series.attributes.pop("items")]
        else:
            node[BLOCK] = make_key(docname, len(blocks))
            blocks.append(node)
            given.append(numbers.of(node))
    if declared.is_text:
        speakers = Speakers(str(env.doc2path(docname))).read(blocks)
        domain_of(env).remember(docname, *speakers.speeches, *speakers.problems)
        numbers.left_over(doctree)
        domain_of(env).remember(docname, *numbers.problems)
        keep_marks(doctree)
        mark(doctree)
    _move_to_feet(doctree, series_blocks)
    source = str(env.doc2path(docname))
    its_blocks = tuple(map(_source_block, blocks, given, repeat(source), _rests(blocks)))
    document = SourceDocument(
        docname,
        declared.first_section,
        its_blocks,
        tuple(items),
        declared.translates,
        Origin(source, front_matter.line_of(front_matter.TRANSLATES, source))
        if declared.translates
        else None,
    )
    domain_of(env).remember(docname, document)


def _give_keys(series: nodes.series_block, docname: str, first: int) -> None:
    """Give the entries of a series their keys; those that hold MyST have nodes."""
    series["entries"] = [make_key(docname, first + i) for i, _ in enumerate(series["items"])]
    for node in series.children:
        if isinstance(node, nodes.apparatus_entry):
            node[ENTRY] = series["entries"][node.attributes.pop("number")]


def walk(node: dn.Element, *, text: bool) -> Iterator[tuple[dn.Element, bool]]:
    """Blocks of edited text and series in reading order, and whether what each stands in is of the text.

    Only series where nothing is *text*.
    """
    for child in node.children:
        if isinstance(child, nodes.series_block):
            yield child, text
        elif isinstance(child, dn.Element):
            sort = of_block(child) if not is_declared(child) else Sort.STRANGE
            if sort is Sort.TEXT and text and _has_text(child):
                yield child, True
            elif sort is not Sort.TEXT or not text:
                yield from walk(child, text=text and sort is Sort.HOLDS)


def _has_text(block: dn.Element) -> bool:
    """Whether a block is one: an image alone is no passage. A heading is one whatever it holds."""
    return isinstance(block, dn.title) or has_text(block)


def _numbers(app: Sphinx, doctree: dn.document) -> Numbers:
    """What takes the numbers that a document gives."""
    systems, conspectus = settings(app.config).references, domain_of(app.env).conspectus

    def taken(number: str) -> str | None:
        if number in conspectus.by_key:
            return f"the siglum '{number}'"
        return "a heading or target of this document" if number in doctree.ids else None

    return Numbers({FIRST, *systems}, taken, str(app.env.doc2path(app.env.current_document.docname)))


def _rests(blocks: Sequence[dn.Element]) -> list[int]:
    """How many blocks stand behind each in the verse or table that it is of: no series stands within one."""
    wholes = [next((a for a in reversed([*ancestors(b)]) if isinstance(a, WHOLES)), None) for b in blocks]
    rests = [0] * len(blocks)
    for i in reversed(range(len(blocks) - 1)):
        rests[i] = rests[i + 1] + 1 if wholes[i] is not None and wholes[i] is wholes[i + 1] else 0
    return rests


def _source_block(block: dn.Element, given: tuple[Point, ...], source: str, rest: int) -> SourceBlock:
    level = 0
    if isinstance(block, dn.title) and isinstance(block.parent, dn.section):
        level = sum(1 for _ in takewhile(lambda above: isinstance(above, dn.section), ancestors(block)))
    return SourceBlock(
        text_of(block),
        Origin(block.source or source, block.line or 1),
        level,
        "subtitle" in block["classes"],
        block.get(LANGUAGE, ""),
        given,
        block.get("verse", ""),
        block.get("indent", 0),
        not isinstance(block, dn.title) and is_beside_what_is_spoken(block),
        marked_in(block),
        rest,
    )


def _no_text(block: nodes.series_block) -> Problem:
    message = (
        f"no block of edited text stands before this {block['series']}: the document is not edited text; "
        "add `edited-text: true` to its front matter"
    )
    return Problem(ProblemKind.NO_HOST, message, Origin(block.source or "", block.line or 1))


def _move_to_feet(doctree: dn.document, series_blocks: list[nodes.series_block]) -> None:
    """Move entries to a foot at the end of the part of the section that they stand in."""
    feet: dict[int, nodes.foot] = {}
    for block in series_blocks:
        section = holder_of(block, (dn.section, dn.document)) or doctree
        if id(section) not in feet:
            feet[id(section)] = _add_foot(section)
        foot = feet[id(section)]
        block.parent.remove(block)
        foot["entries"] += block["entries"]
        foot += [child for child in block.children if isinstance(child, nodes.apparatus_entry)]
    # A foot in which no entry stands now may receive some that name their place.
    for section in doctree.findall(dn.section):
        if (
            id(section) not in feet
            and any(isinstance(child, dn.Element) and of_block(child) is Sort.TEXT for child in section)
            and feet
        ):
            _add_foot(section)


def _add_foot(section: dn.Element) -> nodes.foot:
    """A foot after a section's own blocks, before its subsections."""
    foot = nodes.foot(entries=[])
    subsections = (i for i, child in enumerate(section) if isinstance(child, dn.section))
    section.insert(next(subsections, len(section)), foot)
    return foot


def _mixed_scripts(doctree: dn.document) -> Iterator[Problem]:
    """Words in which a letter of one script was typed for its twin in the other."""
    for leaf in doctree.findall(dn.Text):
        if leaf.isascii() or not (words := mixed_words(str(leaf))):
            continue
        block = next((above for above in ancestors(leaf) if above.line is not None), doctree)
        origin = Origin(block.source or doctree["source"], block.line or 1)
        for word in words:
            message = f"{word!r} mixes Latin and Cyrillic letters; retype it in one script"
            yield Problem(ProblemKind.MIXED_SCRIPT, message, origin)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", collect, priority=DoctreeRead.COLLECT)
