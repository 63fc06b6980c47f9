"""What became of published anchors that are no more: said at the end of the text in which they stood.

There is an element at each of them, so that an old link leads to a sentence, and on from there; without a script, in
every output. Those that went together, for one reason, share a sentence. The record of published anchors knows what became of them (:mod:`apparatus.anchors`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx import addnodes

from apparatus.anchors import Gone, is_of_entry
from apparatus.sphinxext.domain import ApparatusDomain
from apparatus.sphinxext.outputs import is_print
from apparatus.sphinxext.tree.keys import BLOCK, ancestors, split_key
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.tree.text import filled
from apparatus.voice import Voice, phrase

if TYPE_CHECKING:
    from sphinx.builders import Builder

#: By what became of anchors; “because” is the reason in the editors’ own words, or nothing.
SAID = {
    "moved to": phrase("Moved on {date}: {anchors}. {because}"),
    "merged into": phrase("Made a part of another on {date}: {anchors}. {because}"),
    "withdrawn": phrase("Withdrawn on {date}: {anchors}. {because}"),
}
TOMBSTONES = "tombstones"  #: the class of the list
HEADING = phrase("Numbers that are no more")


def home_of(gone: Gone, domain: ApparatusDomain) -> str:
    """The document that says what became of an anchor: that to which it leads, or that of the passage before it."""
    numbered, record = domain.numbered, domain.record
    assert numbered is not None
    near = [record.leads_to(gone.anchor), gone.anchor]
    passages = [one.rpartition("-")[0] if is_of_entry(one) else one for one in near]
    index = numbered.text.index
    found = next((one for one in (*passages, *record.before(gone.anchor)) if one in index), None)
    return numbered.document_of(index[found] if found is not None else 0)


def put_tombstones(
    blocks: Sequence[dn.Element], domain: ApparatusDomain, builder: Builder, voice: Voice
) -> None:
    """Say at the end of each text, of which *blocks* are those of a tree, what became of anchors in it."""
    if not domain.record.gone or domain.numbered is None:
        return
    last = {split_key(block[BLOCK])[0]: block for block in blocks}
    for docname, block in last.items():
        gone = [one for one in domain.record.gone if home_of(one, domain) == docname]
        if gone:
            said = [_sentence(its, docname, domain, builder, voice) for its in _together(gone)]
            if is_print(builder):
                _put_behind(block, _in_print(said, voice))
            else:
                items = [dn.list_item("", dn.paragraph("", "", *says)) for says in said]
                heading = dn.paragraph("", voice.say(HEADING), classes=["series-label"])
                listed = dn.bullet_list("", *items, classes=[TOMBSTONES, "entries"])  # as at a foot
                _whole(block).append(dn.container("", *spoken(heading, listed), classes=["foot"]))


def _together(gone: Iterable[Gone]) -> list[list[Gone]]:
    """Anchors of which one sentence tells."""
    found: dict[tuple[str, str, str], list[Gone]] = defaultdict(list)
    for one in gone:
        found[one.fate, one.when, one.why].append(one)
    return list(found.values())


def _in_print(said: Sequence[Sequence[dn.Node]], voice: Voice) -> list[dn.Node]:
    """One paragraph for all: nobody reads it who has not looked a number up."""
    words: list[dn.Node] = [dn.emphasis("", f"{voice.say(HEADING)}. ")]
    for says in said:
        words += [*says, dn.Text(" ")]
    begin = dn.raw("", r"\par\smallskip ", format="latex")
    return [begin, *spoken(dn.paragraph("", "", *words))]


def _put_behind(block: dn.Element, made: Sequence[dn.Node]) -> None:
    """Put nodes behind a text and its discussions, where no lines are counted, or before documents inside it."""
    whole = _whole(block)
    held = (i for i, child in enumerate(whole.children) if any(child.findall(addnodes.start_of_file)))
    if (at := next(held, None)) is not None:
        whole[at:at] = made
    else:
        whole.parent.extend(made)


def _whole(block: dn.Element) -> dn.Element:
    """The outermost section of the document in which a block stands."""
    above = [block.parent]
    for one in ancestors(block):
        if isinstance(one, (dn.document, addnodes.start_of_file)):
            return above[-1] if isinstance(above[-1], dn.section) else one
        above.append(one)
    return above[-1]


def _sentence(
    gone: Sequence[Gone], docname: str, domain: ApparatusDomain, builder: Builder, voice: Voice
) -> list[dn.Node]:
    anchors: list[dn.Node] = []
    for one in gone:
        anchors += [dn.Text(", ")] if anchors else []
        anchors += _ways(one, docname, domain, builder)
    says = filled(
        voice.say(SAID[gone[0].fate]),
        anchors=anchors,
        date=[dn.Text(voice.day(date.fromisoformat(gone[0].when)))],
        because=[dn.Text(gone[0].why)] if gone[0].why else [],
    )
    return spoken(*says)


def _ways(gone: Gone, docname: str, domain: ApparatusDomain, builder: Builder) -> Iterator[dn.Node]:
    """The anchor, with an element at it, and where it leads on."""
    if is_print(builder):
        yield dn.raw("", f"\\critdestination{{{gone.anchor}}}", format="latex")
    yield dn.strong("", gone.anchor, ids=[gone.anchor])
    if gone.to:
        yield dn.Text(" → ")
        yield _way(gone.to, docname, domain, builder)


def _way(to: str, docname: str, domain: ApparatusDomain, builder: Builder) -> dn.Node:
    """A link to where an anchor leads on, where the edition has that; else it is itself said to be no more."""
    numbered = domain.numbered
    passage = to.rpartition("-")[0] if is_of_entry(to) else to
    at = numbered.text.index.get(passage) if numbered else None
    if numbered is None or at is None or to in domain.record.by_anchor:
        return dn.Text(to)
    return link(builder, docname, numbered.document_of(at), to, dn.Text(to))
