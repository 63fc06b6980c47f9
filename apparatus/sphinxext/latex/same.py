"""Same words in a line: which of them is the lemma, told by a number (*the²*).

Which words share a line is known only when the page has been set. So where the words of a lemma
come again nearby, every occurrence gets a label of reledmac, and the entry a number that is
counted from the lines of the labels in the run before (``\\critsame`` in ``crittext.sty``); it is
printed only if there are two on the line. reledmac's own ``\\sameword`` fails on nested lemmata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from docutils import nodes as dn

from apparatus.sphinxext.latex.flat import same_label
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.text import put_in_place

#: No line is longer than this, in characters.
NEAR = 160
#: What stands in a block and is not of its text.
ASIDE = (
    *(nodes.passage_number, nodes.lemma_open, nodes.note_mark, nodes.transliteration),
    *(nodes.foot, nodes.series_block),
)
#: Names of labels must not be those of passages and entries.
LABEL = "same:{}:{}"


def number_same_words(document: dn.document) -> None:
    """Put the labels into the text, and the number into every entry that may need one."""
    rows = [
        row for table in document.findall(dn.table) if table.get("widths") for row in table.findall(dn.row)
    ]
    within = {id(node) for row in rows for node in row.findall(dn.Element)}
    blocks = [node for node in document.findall(dn.Element) if node.get("passage") and id(node) not in within]
    for block in blocks:
        number_in(block, NEAR)
    for row in rows:  # the cells of which are of one line
        number_in(row, len(row.astext()))


def number_in(block: dn.Element, near_by: int) -> None:
    """The same for one block, or row; lemmata that end in another are long enough to be told apart."""
    stream = list(leaves(block))
    text = "".join(leaf.astext() for leaf in stream if isinstance(leaf, dn.Text))
    wanted: dict[int, list[str]] = defaultdict(list)
    for opening, start, end in lemmata(stream):
        near = same_words(text, start, end, near_by)
        if len(near) < 2:
            continue
        for i, at in enumerate(near):
            wanted[at].append(LABEL.format(opening["entry_id"], i))
        # What stands first there prints the lemma: a formal entry, or the head of what is run in.
        head = opening.next_node(dn.Element)
        if head is not None:
            head["same"] = (opening["entry_id"], near.index(start), len(near))
    put_labels(stream, wanted)


def leaves(node: dn.Element) -> Iterator[dn.Node]:
    """Texts and milestones of a block in their order."""
    for child in node.children:
        if isinstance(child, (dn.Text, nodes.lemma_open, nodes.lemma_close)):
            yield child
        elif isinstance(child, dn.Element) and not isinstance(child, ASIDE):
            yield from leaves(child)
            if isinstance(child, dn.paragraph):  # of a cell
                yield dn.Text(" ")


def lemmata(stream: list[dn.Node]) -> Iterator[tuple[nodes.lemma_open, int, int]]:
    """The lemmata that begin and end in the block, with their places in its text."""
    begun: dict[str, tuple[nodes.lemma_open, int]] = {}
    at = 0
    for leaf in stream:
        if isinstance(leaf, dn.Text):
            at += len(leaf)
        elif isinstance(leaf, nodes.lemma_open):
            begun[leaf["entry_id"]] = (leaf, at)
        elif isinstance(leaf, nodes.lemma_close) and leaf["entry_id"] in begun:
            opening, start = begun[leaf["entry_id"]]
            if start < at and opening.children:
                yield opening, start, at


def same_words(text: str, start: int, end: int, near_by: int = NEAR) -> list[int]:
    """Where the words of a lemma stand near it, itself included."""
    words = text[start:end]
    left, right = max(0, start - near_by), min(len(text), end + near_by)
    edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    found = {
        m.start() for m in re.compile(edges[0] + re.escape(words) + edges[1]).finditer(text, left, right)
    }
    return sorted(found | {start})


def put_labels(stream: list[dn.Node], wanted: dict[int, list[str]]) -> None:
    """Cut the texts where labels are wanted and put these in."""
    at = 0
    for leaf in stream:
        if not isinstance(leaf, dn.Text):
            continue
        cuts = sorted(i for i in wanted if at <= i < at + len(leaf))
        if cuts:
            parts: list[dn.Node] = [dn.Text(leaf[: cuts[0] - at])] if cuts[0] > at else []
            for cut, following in zip(cuts, [*cuts[1:], at + len(leaf)], strict=True):
                parts += [same_label(label=label) for label in wanted[cut]]
                parts.append(dn.Text(leaf[cut - at : following - at]))
            put_in_place(leaf, parts)
        at += len(leaf)
