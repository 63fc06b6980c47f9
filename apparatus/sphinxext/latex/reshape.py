"""Flatten the edited text into numbered blocks, before it is written as LaTeX.

In: the assembled document, each block of edited text with its ``passage``.
Out: in each section that has such blocks, :class:`numbered_text` with flat
:class:`numbered_block` children. What cannot stand between ``\\pstart`` and ``\\pend``
(a figure, say) stays as it was, between two stretches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.edition import Edition
from apparatus.model import FIRST
from apparatus.reference_systems import ReferenceSystem, is_part
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.latex import columns
from apparatus.sphinxext.latex.carried import note_carriers
from apparatus.sphinxext.latex.entries import fill_marks, list_marker
from apparatus.sphinxext.latex.flat import numbered_block, numbered_text
from apparatus.sphinxext.latex.parted import part_at_milestones
from apparatus.sphinxext.latex.same import number_same_words
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.languages import LANGUAGE

#: What becomes a block of its own.
BLOCKS = (
    dn.title,
    dn.subtitle,
    dn.paragraph,
    dn.line,
    dn.term,
    dn.attribution,
    dn.rubric,
)
#: What is not printed in the edited text.
DROPPED = (nodes.foot, nodes.series_block, dn.comment, dn.footnote, dn.colspec)
#: What prints nothing by itself and is taken into the next block.
LOOSE = (dn.target, addnodes.index)
#: The words of a block that contents and bookmarks do not repeat.
NOT_OUTLINE = (
    nodes.passage_number,
    nodes.milestone,
    nodes.half,
    nodes.lemma_open,
    nodes.note_mark,
    nodes.transliteration,
)
#: A step of the indentation of verse, beside that of a list or quotation.
STEP = 0.625
#: What the numbers of passages count from that stand in the place of lines, which no page has so many of.
KEYS = 1_000_000
#: How many characters of a passage its bookmark quotes.
BOOKMARK = 42


@dataclass(frozen=True)
class Place:
    """Where in the nested document a block stood."""

    kind: str = "paragraph"
    depth: int = 0
    level: int = 0  #: of the heading


class EditedText(SphinxPostTransform):
    """Make numbered blocks of all edited text."""

    default_priority = PostTransform.EDITED_TEXT
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Reshape every outermost section that holds edited text."""
        for table in self.document.findall(dn.table):
            table["widths"] = columns.widths(table, self.config)
        fill_marks(self.document, self.config)
        number_same_words(self.document)
        part_at_milestones(self.document)
        drop_glossary_entries(self.document)
        drop_rules_before_footnotes(self.document)
        for holder, level in list(edited_sections(self.document)):
            place = Place(level=max(0, level - 1))
            flat = [part for child in list(holder.children) for part in flatten(child, place)]
            holder.children = []
            holder.extend(stretches(flat, holder))
        number_verses(self.document, settings(self.config).references[FIRST], domain_of(self.env).edition)
        if settings(self.config).carriers:
            note_carriers(self.document, domain_of(self.env).edition)


def number_verses(document: dn.document, system: ReferenceSystem, edition: Edition | None) -> None:
    """Say which verses show their number, every fifth and where they do not follow, and key entries on verses by it."""
    verses = [
        b for b in document.findall(numbered_block) if b["kind"] in ("verse", "stanza") and b["passage"]
    ]
    before = ""
    for verse in verses:
        number = verse["passage"]
        if is_part(number) or (edition and edition.text.blocks[edition.text.index[number]].is_beside):
            continue
        follows = system.following(before) == number if before else system.parts(number)[-1] == "1"
        verse["shows"] = not follows or system.parts(number)[-1][-1:] in ("0", "5")
        before = number
    if edition is None or not verses:
        return
    numbers, of_verse = edition.text.passages, {verse["passage"] for verse in verses}
    for opening in document.findall(nodes.lemma_open):
        ends: tuple[int, ...] = opening.get("passages", ())
        if any(numbers[i].number in of_verse for i in ends):
            opening["keyed"] = [(KEYS + i, numbers[i].number) for i in ends]


def drop_glossary_entries(document: dn.document) -> None:
    """A glossary is in the order of its terms: the index need not repeat them."""
    for glossary in document.findall(addnodes.glossary):
        for node in list(glossary.findall(addnodes.index)):
            node.parent.remove(node)


def drop_rules_before_footnotes(document: dn.document) -> None:
    """MyST draws a rule above a page's footnotes; in print these stand at the foot of their pages."""
    for rule in list(document.findall(dn.transition)):
        if "footnotes" in rule["classes"]:
            rule.parent.remove(rule)


def edited_sections(node: dn.Element, level: int = 0) -> Iterator[tuple[dn.Element, int]]:
    """The outermost sections whose own blocks have numbers, and how many sections they stand in."""
    for child in node.children:
        if not isinstance(child, dn.Element):
            continue
        is_section = isinstance(child, dn.section)
        if is_section and is_edited(child):
            yield child, level
            for below in child.findall(addnodes.start_of_file):  # documents that it takes in
                yield from edited_sections(below, level + 1)
        elif is_edited(child) and not isinstance(child, (dn.section, addnodes.start_of_file)):
            # edited text before any heading, be it a block, or verse, a list or a table of blocks
            yield node, level
            return
        else:
            yield from edited_sections(child, level + is_section)


def is_edited(node: dn.Node) -> bool:
    """Whether *node* is or holds a numbered block, sections and documents below it aside."""
    if not isinstance(node, dn.Element):
        return False
    inner = (child for child in node.children if not isinstance(child, (dn.section, addnodes.start_of_file)))
    return bool(node.get("passage")) or any(is_edited(child) for child in inner)


def flatten(node: dn.Node, place: Place) -> Iterator[dn.Node]:
    """The blocks of *node* in reading order; other nodes as they are."""
    if isinstance(node, DROPPED) or not isinstance(node, dn.Element):
        return
    if isinstance(node, BLOCKS):
        yield block(node, place)
    elif isinstance(node, dn.section):
        yield from flatten_all(node, replace(place, level=place.level + 1), carry_ids=True)
    elif isinstance(node, (dn.bullet_list, dn.enumerated_list)):
        yield from items(node, place)
    elif isinstance(node, dn.block_quote):
        yield from flatten_all(node, replace(place, kind="quote", depth=place.depth + 1))
    elif isinstance(node, dn.definition):
        yield from flatten_all(node, replace(place, kind="item-continuation", depth=place.depth + 1))
    elif isinstance(node, dn.line_block):
        inner = isinstance(node.parent, dn.line_block)
        lines = flatten_all(node, replace(place, kind="verse", depth=place.depth + inner))
        yield from with_first(lines, kind="stanza")
    elif isinstance(node, dn.row):
        yield from with_first(cells(node, place), kind="row")
    elif is_edited(node) and not isinstance(node, addnodes.start_of_file):
        yield from flatten_all(node, place)
    else:
        yield node


def flatten_all(node: dn.Element, place: Place, carry_ids: bool = False) -> Iterator[dn.Node]:
    """The blocks of all children; the first takes the ids of *node* if they are to be carried."""
    parts = (part for child in list(node.children) for part in flatten(child, place))
    return with_first(parts, ids=node["ids"]) if carry_ids else parts


def cells(row: dn.row, place: Place) -> Iterator[dn.Node]:
    """The blocks of a row; in a table whose cells stand side by side they know their place in it."""
    widths = next(above for above in ancestors(row) if isinstance(above, dn.table)).get("widths")
    for column, cell in enumerate(child for child in row.children if isinstance(child, dn.Element)):
        for part in flatten_all(cell, replace(place, kind="cell")):
            if isinstance(part, numbered_block) and not part.children:
                continue  # an empty cell; reledmac cannot set a paragraph without words
            if widths and isinstance(part, numbered_block):
                is_head = isinstance(row.parent, dn.thead)
                part.attributes.update(widths=widths, column=column, is_head=is_head)
            yield part


def items(node: dn.Element, place: Place) -> Iterator[dn.Node]:
    """A list: its markers are set in the margin of each item's first block."""
    inner = replace(place, kind="item-continuation", depth=place.depth + 1)
    for i, item in enumerate(child for child in node.children if isinstance(child, dn.list_item)):
        yield from with_first(flatten_all(item, inner), kind="item", marker=list_marker(node, i))


def with_first(parts: Iterable[dn.Node], ids: Iterable[str] = (), **attributes: str) -> Iterator[dn.Node]:
    """The same nodes; the first block among them gets further ids and other attributes."""
    waiting = True
    for part in parts:
        if waiting and isinstance(part, numbered_block):
            waiting = False
            part["ids"].extend(i for i in ids if i not in part["ids"])
            part.attributes.update(attributes)
        yield part


def block(node: dn.Element, place: Place) -> numbered_block:
    """The flat block that stands for *node*."""
    kind = place.kind
    if isinstance(node, dn.title):
        kind = f"heading-{min(place.level, 2)}"
    elif isinstance(node, dn.subtitle) or "subtitle" in node["classes"]:
        kind = "subtitle"
    made = numbered_block(
        kind=kind, depth=place.depth, marker="", passage=node.get("passage", ""), outline=outline(node)
    )
    made["ids"], made["section"] = list(node["ids"]), node.get("section", "")
    if indent := node.get("indent"):
        made["depth"] = place.depth + indent * STEP
    made[LANGUAGE] = node.get(LANGUAGE, "")
    made.source, made.line = node.source, node.line
    if isinstance(node, dn.attribution):
        made += dn.Text("— ")
    made.extend(child for child in list(node.children) if not _is_own_number(child))
    return made


def _is_own_number(node: dn.Node) -> bool:
    """Whether it is the number of the block, which is said where it opens."""
    return isinstance(node, nodes.passage_number) and not node["within"]


def outline(node: dn.Element) -> str:
    """The bare words of a block, shortened unless it is a heading."""
    words = " ".join("".join(bare_words(node)).split())
    if isinstance(node, (dn.title, dn.subtitle)):
        return words.rstrip(" :")
    if len(words) <= BOOKMARK:
        return words
    return words[:BOOKMARK].rsplit(" ", 1)[0].rstrip(" .,;:–-") + "…"


def bare_words(node: dn.Node) -> Iterator[str]:
    """The texts of *node* without numbers, entries and notes."""
    if isinstance(node, dn.Text):
        yield node.astext()
    elif isinstance(node, dn.raw):  # the end of a line, in the words of some output
        yield " "
    elif not isinstance(node, NOT_OUTLINE):
        for child in node.children:
            yield from bare_words(child)


def stretches(parts: Iterable[dn.Node], holder: dn.Element) -> Iterator[dn.Node]:
    """Runs of numbered blocks in a ``numbered_text`` each, what lies between them as it is.

    The ids of *holder* go to the first block, and so do targets and index entries to the next.
    """
    ids: list[str] = list(holder["ids"])
    holder["ids"] = []
    loose: list[dn.Node] = []
    run = numbered_text()
    for part in parts:
        if isinstance(part, LOOSE):
            ids += [i for i in (*part["ids"], part.get("refid")) if i]
            loose += [part] if isinstance(part, addnodes.index) else []
        elif isinstance(part, numbered_block):
            part["ids"] += [i for i in ids if i not in part["ids"]]
            part.children[:0] = loose
            ids, loose = [], []
            before = run.children[-1] if run.children else None
            if part["kind"] == "subtitle" and isinstance(before, numbered_block):
                before["contents"] = f"{before['outline']}: {part['outline']}"
            run += part
        else:
            if run.children:
                yield run
                run = numbered_text()
            yield part
    if run.children:
        yield run
