"""Discussions: what goes deeper than a note, by passage.

On the screen each stands behind *more* within the note on the same words; in print all stand after the
text, in its order, each with its passage and the words of the note. Note and discussion lead to each
other. A discussion that continues no note stays, on the screen, where its series is listed.
"""

from __future__ import annotations

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.builders import Builder

from apparatus.edition import Edition, EditionEntry
from apparatus.sphinxext.outputs import has_visitors
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ENTRY, ancestors, entry_of, make_key
from apparatus.sphinxext.tree.links import link

#: In a note of print: there is more, and the link leads to it.
MORE = "\N{RIGHTWARDS ARROW}"

Nodes = dict[str, nodes.apparatus_entry]


def taken_out(document: dn.document, entries: Nodes, edition: Edition, *, in_print: bool) -> Nodes:
    """Take the discussions out of a document, and give them.

    On the screen only those are taken whose note is in the same document.
    """
    found = {}
    for key, node in entries.items():
        entry = entry_of(edition, key)
        note = edition.note_of.get(entry.key)
        has_home = in_print or (note is not None and make_key(*note.key) in entries)
        if entry.series.form == "discussion" and has_home and entry.block is not None:
            found[key] = node
    for key, node in found.items():
        node.parent.remove(node)
        del entries[key]
    for foot in document.findall(nodes.foot):
        foot["entries"] = [key for key in foot["entries"] if key not in found]
    return found


def put_behind_notes(found: Nodes, entries: Nodes, edition: Edition, builder: Builder) -> None:
    """On the screen: each within its note. A writer without visitors of ours goes on with the note."""
    for key, node in found.items():
        entry = entry_of(edition, key)
        note = entries[make_key(*edition.note_of[entry.key].key)]
        if has_visitors(builder):
            holder = nodes.discussion("", *_bodies(node), ids=[entry.id])
            holder[ENTRY] = key
            note += holder
        else:
            note += _bodies(node)


def put_after_text(
    found: Nodes, entries: Nodes, edition: Edition, builder: Builder, last: dn.Element, here: str
) -> None:
    """In print: all in a section of their own, behind the one that holds the *last* block of the text."""
    rows = sorted(found.items(), key=lambda row: edition.rank[entry_of(edition, row[0]).key])
    if not rows:
        return
    label = entry_of(edition, rows[0][0]).series.label
    items = [_item(node, entry_of(edition, key), edition, builder, here) for key, node in rows]
    listed = dn.definition_list("", *items, classes=["discussions"])
    made = dn.section("", dn.title("", label), listed, ids=[dn.make_id(f"all-{label}")])
    text = _outermost(last)
    text.parent.insert(text.parent.index(text) + 1, made)
    for key, _ in rows:
        _lead_on(entry_of(edition, key), entries, edition, builder, here)


def _outermost(block: dn.Element) -> dn.Element:
    """What of its document holds a block: what stands behind it is no edited text."""
    holders = (above.parent for above in (block, *ancestors(block)))
    within = zip((block, *ancestors(block)), holders, strict=False)
    return next(at for at, holder in within if isinstance(holder, (addnodes.start_of_file, dn.document)))


def _item(
    node: nodes.apparatus_entry, entry: EditionEntry, edition: Edition, builder: Builder, here: str
) -> dn.definition_list_item:
    """Passage and words, which lead to the note, then the prose."""
    assert entry.block is not None
    note = edition.note_of.get(entry.key)
    home, anchor = edition.document_of(entry.block), note.id if note else entry.place
    head = nodes.note_head("", "")
    head[ENTRY] = node[ENTRY]
    place = link(builder, here, home, anchor, dn.Text(entry.place))
    term = dn.term(
        "",
        "",
        place,
        dn.Text("\N{NO-BREAK SPACE} "),
        head,
        ids=[entry.id],
        section=edition.text.blocks[entry.block].section,
    )
    prose = [child for body in _bodies(node) for child in list(body.children)]
    return dn.definition_list_item("", term, dn.definition("", *prose))


def _lead_on(entry: EditionEntry, entries: Nodes, edition: Edition, builder: Builder, here: str) -> None:
    """An arrow at the end of the note."""
    note = edition.note_of.get(entry.key)
    node = entries.get(make_key(*note.key)) if note else None
    paragraphs = list(node.findall(dn.paragraph)) if node is not None else []
    inner = [paragraph for paragraph in paragraphs if paragraph is not node]
    if inner and entry.block is not None:
        home = edition.document_of(entry.block)
        inner[-1] += [dn.Text("\N{NO-BREAK SPACE}"), link(builder, here, home, entry.id, dn.Text(MORE))]


def _bodies(node: nodes.apparatus_entry) -> list[nodes.note_body]:
    return [child for child in node.children if isinstance(child, nodes.note_body)]
