"""Visitors for HTML (and EPUB, which shares the format). The nodes are described in ``nodes``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.edition import EditionEntry
from apparatus.language import direction, is_other
from apparatus.model import Note
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.faces import remarks_of, shown, shown_by, way_back
from apparatus.sphinxext.html.face import page_of, visit_entry_line, visit_note_head, write_line
from apparatus.sphinxext.html.silence import AS_POSITIVE, UNTOLD, is_told_once, place_in_sentence
from apparatus.sphinxext.outputs import is_for_browsers, page_language, spoken_language
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ENTRY
from apparatus.sphinxext.tree.languages import language_at
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from apparatus.render.face import Face


#: Parts a note's number from its word: a browser that follows a link to words would take both for one.
ZERO_WIDTH_SPACE = "\u200b"
#: The classes of a series that is arranged in columns.
COLUMNS = {"two columns": " in-columns two", "three columns": " in-columns three", "lines": " in-columns one"}
#: The sign that leads to a counterpart.
BESIDE = "\N{RIGHTWARDS ARROW OVER LEFTWARDS ARROW}"
#: What docutils writes otherwise in attributes.
_ENCODED = re.compile(r'[&<>"@\n\r\t\v\f]')


#: How many letters of a number the margin has room for, and for how many it is ample.
ROOM, AMPLE = 7, 5


def length_class(number: str) -> str:
    """What is added to the classes of a number for which the margin is narrow."""
    return " too-long" if len(number) > ROOM else " long" if len(number) > AMPLE else ""


def visit_passage_number(self: HTML5Translator, node: dn.Element) -> None:
    number, within = node["number"], node["within"]
    seen = node.get("seen", number)
    said = node["said"] if node["said"] != number else ""
    spoken = said or voice_of(self.config).say("Passage {number}", number=number)
    attributes: dict[str, Any] = {"aria-label": spoken, **_spoken(self, node)}
    attributes |= {"title": said} if said else {}
    tag = "span" if node.get("unlinked") else "a"
    attributes |= {"href": f"#{number}"} if tag == "a" else {}
    names = f"passage-number within in-{within}" if within else "passage-number"
    names += length_class(seen)
    # A blank parts the number from the first word, so that a link to that word finds it; none is put into a word.
    blank = "" if node.get("in_word") else " "
    opening = self.starttag(node, tag, f"{seen}{blank}", CLASS=names, **attributes)
    begins = '<span class="begins"></span>' if within == "margin" else ""
    self.body.append(f"{opening}</{tag}>{begins}")


def visit_milestone(self: HTML5Translator, node: dn.Element) -> None:
    """The number of another system: a bar in the line, the number in the other margin."""
    number = f"{node['label']} {node['number']}".strip()
    attributes: dict[str, Any] = {"title": number, **_spoken(self, node)}
    opening = self.starttag(node, "span", "", CLASS="milestone", **attributes)
    inside = f'<span class="milestone-number">{self.encode(number)}</span>'
    self.body.append(f"{opening}{inside}</span>")


def visit_counterpart(self: HTML5Translator, node: dn.Element) -> None:
    """A sign that leads to what stands beside the passage in another text."""
    label = voice_of(self.config).say("Passage {number}", number=", ".join(node["numbers"]))
    (way,) = node.findall(dn.reference)
    attributes = {"href": way["refuri"], "aria-label": label, "title": label, **_spoken(self, node)}
    attributes["data-beside"] = node["numbers"][0]
    self.body.append(f" {self.starttag(node, 'a', '', CLASS='counterpart', **attributes)}{BESIDE}</a>")
    raise dn.SkipNode


def visit_half(self: HTML5Translator, node: dn.Element) -> None:
    """As much room as the words before take, which are not there again."""
    self.body.append(f'<span class="half" data-before="{self.attval(node["words"])} "></span>')


def visit_lemma(self: HTML5Translator, node: dn.Element) -> None:
    # A link needs words; between two emphases a lemma may have a stretch that is only a blank.
    is_link = "refuri" in node and node.astext().strip()
    tag, attributes = ("a", {"href": node["refuri"]}) if is_link else ("span", {})
    if len(node["entries"]) > 1:
        attributes["data-entries"] = " ".join(node["entries"])
    if "block-lemma" in node["classes"]:
        # A pilcrow is not said, or as anything.
        label = voice_of(self.config).say("Entry on the whole passage")
        attributes |= {"aria-label": label, **_spoken(self, node)}
    self.body.append(self.starttag(node, tag, "", CLASS="lemma", **attributes))
    self.context.append(f"</{tag}>")


def visit_note_mark(self: HTML5Translator, node: dn.Element) -> None:
    attributes: dict[str, Any] = {"href": node["refuri"], "role": "doc-noteref", **_in_book(self, "noteref")}
    label = voice_of(self.config).say("Note {number}", number=node["number"])
    attributes |= {"aria-label": label, **_spoken(self, node)}
    link = self.starttag(node, "a", "", **attributes)
    joint = ZERO_WIDTH_SPACE if is_for_browsers(self.builder) else ""
    self.body.append(f'<sup class="note-mark">{joint}{link}{node["number"]}</a></sup>')


def _spoken(self: HTML5Translator, node: dn.Element) -> dict[str, str]:
    """The language of what the edition says in the midst of words in another."""
    page = page_of(self)
    return {"lang": page.within} if is_other(page.within, language_at(node) or page.main) else {}


def _named(self: HTML5Translator, node: dn.Element) -> dict[str, str]:
    """The language of the name that the edition gives to what the editors write: that runs as their language does."""
    attributes, page = _spoken(self, node), page_of(self)
    if attributes and direction(page.main) != direction(page.within):
        attributes["dir"] = direction(page.main)
    return attributes


def _as_page(self: HTML5Translator) -> dict[str, Any]:
    """The language of what editors write, within what the edition says in another."""
    if not spoken_language(self.config, self.builder):
        return {}
    return {"lang": page_language(self.config, self.builder)}


def _in_book(self: HTML5Translator, kind: str) -> dict[str, str]:
    """What a thing is in EPUB's own terms, by which a reading program opens notes in place."""
    return {"epub:type": kind} if self.builder.name == "epub" else {}


def visit_foot(self: HTML5Translator, node: dn.Element) -> None:
    say = voice_of(self.config).say
    section = node.get("section")
    label = (
        say("Apparatus and notes to section {section}", section=section)
        if section
        else say("Apparatus and notes")
    )
    attributes: dict[str, Any] = {"role": "group", "aria-label": label, **_named(self, node)}
    self.body.append(self.starttag(node, "div", CLASS="foot", **attributes))


def visit_series_list(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS=f"series {node['series']}", **_as_page(self)))
    self.body.append(f'<p class="series-label">{self.encode(node["label"])}</p>\n')
    columns = COLUMNS.get(settings(self.config).series[node["series"]].arrangement, "")
    self.body.append(f'<ol class="entries {node["form"]}{columns}" role="list">\n')


def depart_series_list(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append("</ol></div>\n")


def visit_cluster(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append(_open_cluster(self, node.parent["label"], len(node)))


def depart_cluster(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append(_end_of_cluster(len(node)))


def _open_cluster(self: HTML5Translator, label: str, entries: int) -> str:
    if entries == 1:
        return '<li class="cluster">'
    # No ``popover`` here or on an entry: the script adds it. In the markup it would hide the
    # entries wherever our style sheet does not reach (reader modes, EPUB).
    name = self.attval(label)
    return f'<li class="cluster"><div class="entries-together" role="group" aria-label="{name}">'


def _end_of_cluster(entries: int) -> str:
    return "</div></li>\n" if entries > 1 else "</li>\n"


def visit_formal_entries(self: HTML5Translator, node: nodes.formal_entries) -> None:
    """Clusters of formal entries, each written whole."""
    label = node.parent["label"]
    for cluster in node["clusters"]:
        self.body.append(_open_cluster(self, label, len(cluster)))
        for listed in cluster:
            _write_formal(self, node, listed)
        self.body.append(_end_of_cluster(len(cluster)))
    raise dn.SkipNode


def visit_formal_entry(self: HTML5Translator, node: nodes.formal_entry) -> None:
    """A formal entry is written whole, and last where it stands in the printed edition."""
    _write_formal(self, node, _listed(node))
    raise dn.SkipNode


def _listed(node: nodes.apparatus_entry) -> nodes.Listed:
    return nodes.Listed(node[ENTRY], "".join(node["ids"][:1]), tuple(node["classes"]))


def _write_formal(self: HTML5Translator, node: dn.Element, listed: nodes.Listed) -> None:
    entry, face = shown_by(self.builder, listed.key)
    open_entry(self, node, listed, entry, face)
    write_line(self, entry, face, remarks_of(node), entry.key[0])
    write_printed(self, entry)
    self.body.append("</div>\n")


def visit_apparatus_entry(self: HTML5Translator, node: nodes.apparatus_entry) -> None:
    open_entry(self, node, _listed(node), *shown(self.builder, node))
    self.context.append("")
    if _as_page(self) and not _has_body(node):
        self.body.append(f'<span lang="{_as_page(self)["lang"]}">')
        self.context[-1] = "</span>"


def _has_body(node: nodes.apparatus_entry) -> bool:
    return any(isinstance(child, nodes.note_body) for child in node.children)


def depart_apparatus_entry(self: HTML5Translator, node: nodes.apparatus_entry) -> None:
    """Say last where the entry stands in the printed edition; for a note its body has said so already."""
    self.body.append(self.context.pop())
    if not _has_body(node):
        write_printed(self, shown(self.builder, node)[0])
    self.body.append("</div>\n")


def open_entry(
    self: HTML5Translator, node: dn.Element, listed: nodes.Listed, entry: EditionEntry, face: Face
) -> None:
    """An entry says what it is, *Apparatus 1.1*, *Note 9*, and leads back to its words."""
    is_note = entry.series.form == "notes"
    say = voice_of(self.config).say
    kind = say("Note") if entry.number else entry.series.label
    name = say("Note {number}", number=face.place) if entry.number else f"{kind} {face.place}".strip()
    said = face.spoken_otherwise if face.spoken_otherwise and AS_POSITIVE in self.document else face.spoken
    label = say("{name}: {spoken}", name=name, spoken=said) if said else name
    attributes = {"role": "group", "aria-label": _attval(self, label), "data-kind": _attval(self, kind)}
    attributes |= {"id": listed.id} if listed.id else {}
    attributes |= _named(self, node)
    attributes["class"] = " ".join([*listed.classes, "entry note" if is_note else "entry"])
    has_one_form = AS_POSITIVE in self.document or UNTOLD in self.document
    if face.spoken_otherwise and page_of(self).is_for_browsers and not has_one_form:
        otherwise = say("{name}: {spoken}", name=name, spoken=face.spoken_otherwise)
        attributes |= _said_otherwise(self, label, otherwise, face)
    attributes |= _in_book(self, "endnote") if is_note else {}
    # Not by ``starttag``: it would encode the label, the longest text of the tag, again for each form.
    tag = "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
    self.body.append(f"<div{tag}>")
    if face.place and (back := way_back(self.builder, entry)):
        name = "note-number" if is_note else "entry-place"
        self.body.append(f'<a class="{name}" href="{_attval(self, back)}">{face.place}</a> ')


def _attval(self: HTML5Translator, text: str) -> str:
    """A value of an attribute; most have nothing that is written otherwise, and to look is quicker than to write."""
    return str(self.attval(text)) if _ENCODED.search(text) else text


def _said_otherwise(self: HTML5Translator, label: str, otherwise: str, face: Face) -> dict[str, str]:
    """The sentence for the reader who chooses the other form; or where in its own the script puts who has the text."""
    if is_told_once(self.builder, self.document):
        conspectus = domain_of(self.builder.env).conspectus
        place = place_in_sentence(label, otherwise, face, conspectus, voice_of(self.config))
        if place is not None:
            return {"data-upheld": place}
    return {"data-negative" if face.is_positive else "data-positive": _attval(self, otherwise)}


def visit_discussion(self: HTML5Translator, node: nodes.discussion) -> None:
    """Behind *more*, which needs no script; in a book that is read on a device it stands open."""
    anchor = self.attval(node["ids"][0])
    if self.builder.name == "epub":
        self.body.append(f'<div class="discussion" id="{anchor}">')
    else:
        more = self.encode(voice_of(self.config).say("more"))
        self.body.append(f'<details class="discussion" id="{anchor}"><summary>{more}</summary>')


def depart_discussion(self: HTML5Translator, node: nodes.discussion) -> None:
    self.body.append("</div>" if self.builder.name == "epub" else "</details>")


def write_printed(self: HTML5Translator, entry: EditionEntry) -> None:
    """Say where the entry stands in the book, if that is known."""
    if place := domain_of(self.builder.env).concordance.places.get(entry.id):
        said = "".join(f' lang="{tag}"' for tag in [spoken_language(self.config, self.builder)] if tag)
        printed = self.encode(place.said(voice_of(self.config)))
        self.body.append(f' <span class="printed-at"{said}>{printed}</span>')


def visit_name(self: HTML5Translator, node: dn.Element) -> None:
    tag, attributes = ("a", {"href": node["refuri"]}) if "refuri" in node else ("span", {})
    self.body.append(self.starttag(node, tag, "", CLASS="name", **attributes))
    self.context.append(f"</{tag}>")


def visit_span(self: HTML5Translator, node: dn.Element) -> None:
    attributes: dict[str, Any] = {"lang": node["lang"]} if "lang" in node else {}
    if "words" in node:  # of which it is the transliteration
        attributes["data-words"] = node["words"]
    if attributes:  # docutils would make a coarser tag from the class
        node["classes"] = [name for name in node["classes"] if not name.startswith("language-")]
    name = type(node).__name__.replace("_", "-")
    self.body.append(self.starttag(node, "span", "", CLASS=name, **attributes))


def visit_note_body(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append(self.starttag(node, "div", "", CLASS="note-body", **_as_page(self)))


def depart_note_body(self: HTML5Translator, node: dn.Element) -> None:
    """Where the note is printed runs on in its last line."""
    end = ["</p>", "\n"] if self.body[-2:] == ["</p>", "\n"] else []
    del self.body[len(self.body) - len(end) :]
    entry = shown(self.builder, node.parent)[0]
    if isinstance(entry.item, Note) and entry.item.grade:  # hidden, unless the reader asks for it
        self.body.append(f' <span class="grade">{self.encode(entry.item.grade)}</span>')
    write_printed(self, entry)
    self.body += [*end, "</div>\n"]


def depart_span(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append("</span>")


def depart_div(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append("</div>\n")


def depart_context(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append(self.context.pop())


def depart_nothing(self: HTML5Translator, node: dn.Element) -> None:
    """Everything was said on the way in."""


Visitor = Callable[[Any, Any], None]

VISITORS: dict[type[dn.Element], tuple[Visitor, Visitor]] = {
    nodes.passage_number: (visit_passage_number, depart_nothing),
    nodes.milestone: (visit_milestone, depart_nothing),
    nodes.half: (visit_half, depart_nothing),
    nodes.counterpart: (visit_counterpart, depart_nothing),
    nodes.lemma: (visit_lemma, depart_context),
    nodes.note_mark: (visit_note_mark, depart_nothing),
    nodes.foot: (visit_foot, depart_div),
    nodes.series_list: (visit_series_list, depart_series_list),
    nodes.cluster: (visit_cluster, depart_cluster),
    nodes.apparatus_entry: (visit_apparatus_entry, depart_apparatus_entry),
    nodes.formal_entries: (visit_formal_entries, depart_nothing),
    nodes.formal_entry: (visit_formal_entry, depart_nothing),
    nodes.entry_line: (visit_entry_line, depart_nothing),
    nodes.note_body: (visit_note_body, depart_note_body),
    nodes.note_head: (visit_note_head, depart_nothing),
    nodes.discussion: (visit_discussion, depart_discussion),
    nodes.editorial: (visit_span, depart_span),
    nodes.siglum: (visit_span, depart_span),
    nodes.name: (visit_name, depart_context),
    nodes.cyrillic: (visit_span, depart_span),
    nodes.transliteration: (visit_span, depart_span),
}


def setup(app: Sphinx) -> None:
    for node, visitors in VISITORS.items():
        app.add_node(node, html=visitors)
