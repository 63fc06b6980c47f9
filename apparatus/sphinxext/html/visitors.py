"""Visitors for HTML (and EPUB, which shares the format). The nodes are described in ``nodes``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from docutils.nodes import Element, SkipNode

from apparatus.model import Siglum
from apparatus.render.runs import STYLE, Run, RunKind
from apparatus.render.spoken import COLLECTIVE
from apparatus.script import runs as script_runs
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import is_for_browsers
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


#: Parts a note's number from its word: a browser that follows a link to words would take both for one.
ZERO_WIDTH_SPACE = "\u200b"
CLASS = {RunKind.READING: "reading", RunKind.EDITORIAL: "editorial"}


def visit_passage_number(self: HTML5Translator, node: Element) -> None:
    number = node["number"]
    attributes: dict[str, Any] = {"href": f"#{number}", "aria-label": f"Passage {number}"}
    # A blank parts the number from the first word, so that a link to that word finds it.
    self.body.append(self.starttag(node, "a", f"{number} ", CLASS="passage-number", **attributes) + "</a>")


def visit_lemma(self: HTML5Translator, node: Element) -> None:
    # A link needs words; between two emphases a lemma may have a stretch that is only a blank.
    is_link = "refuri" in node and node.astext().strip()
    tag, attributes = ("a", {"href": node["refuri"]}) if is_link else ("span", {})
    if len(node["entries"]) > 1:
        attributes["data-entries"] = " ".join(node["entries"])
    if "block-lemma" in node["classes"]:
        attributes["aria-label"] = "Entry on the whole passage"  # a pilcrow is not said, or as anything
    self.body.append(self.starttag(node, tag, "", CLASS="lemma", **attributes))
    self.context.append(f"</{tag}>")


def visit_note_mark(self: HTML5Translator, node: Element) -> None:
    attributes: dict[str, Any] = {"href": node["refuri"], "role": "doc-noteref", **_in_book(self, "noteref")}
    attributes["aria-label"] = f"Note {node['number']}"
    link = self.starttag(node, "a", "", **attributes)
    joint = ZERO_WIDTH_SPACE if is_for_browsers(self.builder) else ""
    self.body.append(f'<sup class="note-mark">{joint}{link}{node["number"]}</a></sup>')


def _in_book(self: HTML5Translator, kind: str) -> dict[str, str]:
    """What a thing is in EPUB's own terms, by which a reading program opens notes in place."""
    return {"epub:type": kind} if self.builder.name == "epub" else {}


def visit_foot(self: HTML5Translator, node: Element) -> None:
    section = f" to section {node['section']}" if node.get("section") else ""
    attributes: dict[str, Any] = {"role": "group", "aria-label": f"Apparatus and notes{section}"}
    self.body.append(self.starttag(node, "div", CLASS="foot", **attributes))


def visit_series_list(self: HTML5Translator, node: Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS=f"series {node['series']}"))
    self.body.append(f'<p class="series-label">{self.encode(node["label"])}</p>\n')
    self.body.append(f'<ol class="entries {node["form"]}" role="list">\n')


def depart_series_list(self: HTML5Translator, node: Element) -> None:
    self.body.append("</ol></div>\n")


def visit_cluster(self: HTML5Translator, node: Element) -> None:
    self.body.append('<li class="cluster">')
    if len(node) > 1:
        # No ``popover`` here or on an entry: the script adds it. In the markup it would hide the
        # entries wherever our style sheet does not reach (reader modes, EPUB).
        label = self.attval(node.parent["label"])
        self.body.append(f'<div class="entries-together" role="group" aria-label="{label}">')


def depart_cluster(self: HTML5Translator, node: Element) -> None:
    self.body.append("</div></li>\n" if len(node) > 1 else "</li>\n")


def visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """An entry says what it is, *Apparatus 1.1*, *Note 9*, and leads back to its words."""
    is_note, place, kind = node["form"] == "notes", node.get("place", ""), node.get("kind", "")
    name = f"{kind} {place}".strip()
    label = self.attval(name + (f": {node['spoken']}" if "spoken" in node else ""))
    attributes = {"role": "group", "aria-label": label, "data-kind": self.attval(kind)}
    attributes |= {"id": node["ids"][0]} if node["ids"] else {}
    attributes["class"] = " ".join([*node["classes"], "entry note" if is_note else "entry"])
    if other := node.get("spoken_otherwise"):  # for the reader who chooses the other form
        forms = (
            ("data-positive", "data-negative") if node["is_positive"] else ("data-negative", "data-positive")
        )
        attributes |= zip(forms, (label, self.attval(f"{name}: {other}")), strict=True)
    attributes |= _in_book(self, "endnote") if is_note else {}
    # Not by ``starttag``: it would encode the label, the longest text of the tag, again for each form.
    tag = "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
    self.body.append(f"<div{tag}>")
    if place and "back" in node:
        name = "note-number" if is_note else "entry-place"
        self.body.append(f'<a class="{name}" href="{self.attval(node["back"])}">{place}</a> ')


def depart_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Last, where the entry stands in the printed edition; in a note its body has said it."""
    if not any(isinstance(child, nodes.note_body) for child in node.children):
        visit_printed(self, node)
    self.body.append("</div>\n")


def visit_entry_line(self: HTML5Translator, node: nodes.entry_line) -> None:
    """The line of a formal entry, from its runs.

    A docutils node for every lemma, reading and siglum would be passed over by every later
    transform. So one node holds the line as text, which search and other extensions read, and its runs.
    """
    remarks = {child["part"]: child for child in node.children if isinstance(child, nodes.remark)}
    # In a negative apparatus the attribute hides it wherever our style sheet does not reach.
    support = f'<span class="support"{"" if node["positive"] else " hidden"}>'
    for silent, runs in groupby(node["runs"], key=attrgetter("silent")):
        self.body += [support] if silent else []
        for run in runs:
            if run.kind is RunKind.REMARK:
                remarks[run.text].walkabout(self)
            else:
                self.body.append(_html(run, node))
        self.body += ["</span>"] if silent else []
    raise SkipNode


def _html(run: Run, line: nodes.entry_line) -> str:
    if run.kind is RunKind.SIGLUM and run.siglum:
        return _siglum(run.siglum, *line["sigla"][run.siglum.key])
    words = _words(run.text)
    if run.kind is RunKind.LEMMA:
        back = line.parent.get("back")
        return (
            f'<a class="entry-lemma" href="{escape(back)}">{words}</a>'
            if back
            else f'<span class="entry-lemma">{words}</span>'
        )
    if run.kind is RunKind.MARK:
        # No line begins with the bracket that closes a lemma.
        return f"\N{NO-BREAK SPACE}{words.lstrip()}" if run.text == STYLE.bracket else words
    kind = "editorial doubtful" if run.text == STYLE.doubtful else CLASS[run.kind]
    return f'<span class="{kind}">{words}</span>'


@cache
def _siglum(siglum: Siglum, label: str, address: str | None, name: str) -> str:
    """A siglum with the name of its witness, which the style sheet can show in its place."""
    hand = f"<sup>{escape(siglum.hand)}</sup>" if siglum.hand else ""
    title = f' title="{escape(name)}"' if name else ""
    inside = f"<span>{_words(label)}</span>{hand}"
    if address is None:
        kind = "editorial siglum" if siglum.key in COLLECTIVE else "siglum"
        return f'<span class="{kind}"{title}>{inside}</span>'
    return f'<a class="siglum" href="{escape(address)}"{title}>{inside}</a>'


def _words(text: str) -> str:
    """Escaped, with Cyrillic marked as Russian."""
    if text.isascii():
        return escape(text)
    return "".join(
        f'<span class="cyrillic" lang="ru">{escape(run)}</span>' if is_cyrillic else escape(run)
        for is_cyrillic, run in script_runs(text)
    )


def visit_printed(self: HTML5Translator, node: Element) -> None:
    """Say where the entry stands in the book, if that is known."""
    if place := domain_of(self.builder.env).concordance.places.get(node.get("entry_id", "")):
        self.body.append(f' <span class="printed-at">{place}</span>')


def visit_entry_lemma(self: HTML5Translator, node: Element) -> None:
    """The lemma of an entry leads back to the lemma in the text."""
    back = node.parent.get("back") if isinstance(node.parent, nodes.entry) else None
    tag = "span" if back is None else "a"
    attributes: dict[str, Any] = {} if back is None else {"href": back}
    self.body.append(self.starttag(node, tag, "", CLASS="entry-lemma", **attributes))
    self.context.append(f"</{tag}>")


def visit_name(self: HTML5Translator, node: Element) -> None:
    tag, attributes = ("a", {"href": node["refuri"]}) if "refuri" in node else ("span", {})
    self.body.append(self.starttag(node, tag, "", CLASS="name", **attributes))
    self.context.append(f"</{tag}>")


def visit_span(self: HTML5Translator, node: Element) -> None:
    attributes: dict[str, Any] = {"lang": node["lang"]} if "lang" in node else {}
    if attributes:  # docutils would make a coarser tag from the class
        node["classes"] = [name for name in node["classes"] if not name.startswith("language-")]
    name = type(node).__name__.replace("_", "-")
    self.body.append(self.starttag(node, "span", "", CLASS=name, **attributes))


def visit_note_body(self: HTML5Translator, node: Element) -> None:
    self.body.append(self.starttag(node, "div", "", CLASS="note-body"))


def depart_note_body(self: HTML5Translator, node: Element) -> None:
    """Where the note is printed runs on in its last line."""
    end = ["</p>", "\n"] if self.body[-2:] == ["</p>", "\n"] else []
    del self.body[len(self.body) - len(end) :]
    visit_printed(self, node.parent)
    self.body += [*end, "</div>\n"]


def depart_span(self: HTML5Translator, node: Element) -> None:
    self.body.append("</span>")


def depart_div(self: HTML5Translator, node: Element) -> None:
    self.body.append("</div>\n")


def depart_context(self: HTML5Translator, node: Element) -> None:
    self.body.append(self.context.pop())


def depart_nothing(self: HTML5Translator, node: Element) -> None:
    """Everything was said on the way in."""


Visitor = Callable[[Any, Any], None]

VISITORS: dict[type[Element], tuple[Visitor, Visitor]] = {
    nodes.passage_number: (visit_passage_number, depart_nothing),
    nodes.lemma: (visit_lemma, depart_context),
    nodes.note_mark: (visit_note_mark, depart_nothing),
    nodes.foot: (visit_foot, depart_div),
    nodes.series_list: (visit_series_list, depart_series_list),
    nodes.cluster: (visit_cluster, depart_cluster),
    nodes.entry: (visit_entry, depart_entry),
    nodes.entry_line: (visit_entry_line, depart_nothing),
    nodes.note_body: (visit_note_body, depart_note_body),
    nodes.note_head: (visit_span, depart_span),
    nodes.remark: (visit_span, depart_span),
    nodes.entry_lemma: (visit_entry_lemma, depart_context),
    nodes.reading: (visit_span, depart_span),
    nodes.editorial: (visit_span, depart_span),
    nodes.siglum: (visit_span, depart_span),
    nodes.name: (visit_name, depart_context),
    nodes.cyrillic: (visit_span, depart_span),
    nodes.transliteration: (visit_span, depart_span),
}


def setup(app: Sphinx) -> None:
    for node, visitors in VISITORS.items():
        app.add_node(node, html=visitors)
