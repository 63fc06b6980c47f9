"""The face of an entry in HTML: the line of a formal entry, and the words that a note repeats.

No docutils node stands for a lemma, a reading or a siglum: a large apparatus has many, and every
transform would pass over them. The remarks alone are nodes, which are visited in their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes as dn

from apparatus.characters import runs_as_its_text, turns_round
from apparatus.edition import EditionEntry
from apparatus.language import direction, is_in_cyrillic
from apparatus.model import Siglum
from apparatus.render.runs import COLLECTIVE, Run, RunKind
from apparatus.render.style import is_latin
from apparatus.script import runs as script_runs
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.faces import (
    language_of,
    remarks_of,
    shown,
    text_round,
    way_back,
    way_to_witness,
)
from apparatus.sphinxext.html.languages import editors_attribute, language_attribute
from apparatus.sphinxext.html.silence import AS_POSITIVE, UNTOLD, departure, is_told_once
from apparatus.sphinxext.outputs import is_for_browsers, page_language, spoken_attribute, spoken_language
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

    from apparatus.render.face import Face

#: What words of a kind are to style sheets; separators are nothing to them.
CLASS = {
    RunKind.READING: "reading",
    RunKind.EDITORIAL: "editorial",
    RunKind.DOUBTFUL: "editorial doubtful",
}


#: Words run as their first letter does, whatever stands beside them, and turn nothing else round (as ``bdi``).
AUTO = ' dir="auto"'


def write_line(
    self: HTML5Translator,
    entry: EditionEntry,
    face: Face,
    remarks: Mapping[str, nodes.remark],
    docname: str,
) -> None:
    """Write the line of a formal entry, as a document prints it.

    For browsers with those who support the lemma by silence: the reader shows or hides them.
    """
    back = way_back(self.builder, entry, docname)
    known, language = domain_of(self.builder.env).conspectus.by_key, _language(self, entry)
    page = page_of(self)
    # In a negative apparatus the attribute hides it wherever our style sheet does not reach.
    hidden = "" if face.is_positive else " hidden"
    told = (
        departure(face, domain_of(self.builder.env).conspectus)
        if is_told_once(self.builder, self.document)
        else None
    )
    printed = face.runs if page.is_for_browsers else face.printed()
    for silent, runs in groupby(printed, key=attrgetter("silent")):
        if silent and UNTOLD in self.document:
            continue
        if silent and AS_POSITIVE in self.document:
            self.body.append(_bare_sigla(runs, page.editors))
            continue
        if silent and told is not None:
            self.body.append(f'<span class="support"{hidden}{told}></span>')
            continue
        self.body += [f'<span class="support"{hidden}>'] if silent else []
        for run in runs:
            if run.kind is RunKind.MARK:
                self.body.append(_mark(run.text))
            elif run.kind is RunKind.REMARK:
                write_remark(self, remarks[run.text])
            elif run.siglum:
                address = way_to_witness(self.builder, run.siglum.key, docname)
                # Without a list of witnesses to lead to, a witness has at least its siglum for a name.
                name = run.name or ("" if address or run.siglum.key not in known else run.text)
                said = (page.spoken if is_collective(run.siglum) else page.editors) if name else ""
                self.body.append(siglum_html(run.siglum, run.text, address, name, said))
            else:
                self.body.append(_html(run, back, language))
        self.body += ["</span>"] if silent else []


@cache
def _mark(text: str) -> str:
    """What parts sigla and readings: a few signs and blanks, again and again."""
    return _words(text)


class Page(NamedTuple):
    """What is the same for all entries of a page."""

    main: str  #: its language
    within: str  #: the language of what the edition says
    editors: str  #: the attribute for what editors write within that
    spoken: str  #: the attribute for what the edition says
    is_for_browsers: bool


def page_of(self: HTML5Translator) -> Page:
    """The page that is being written; a large one asks for each of its entries."""
    kept = vars(self)
    if "apparatus_page" not in kept:
        config, builder = self.config, self.builder
        main = page_language(config, builder)
        kept["apparatus_page"] = Page(
            main,
            spoken_language(config, builder) or main,
            editors_attribute(config, builder),
            spoken_attribute(config, builder),
            is_for_browsers(builder),
        )
    found: Page = kept["apparatus_page"]
    return found


def write_remark(self: HTML5Translator, remark: nodes.remark) -> None:
    """Write a remark between its signs."""
    opening, closing = settings(self.config).style.remark
    said = editors_attribute(self.config, self.builder)
    self.body.append(f'<span class="remark"{said}>{_words(opening)}')
    for child in remark.children:
        child.walkabout(self)
    self.body.append(f"{_words(closing)}</span>")


def visit_entry_line(self: HTML5Translator, node: nodes.entry_line) -> None:
    """The line alone, in a table of the whole apparatus."""
    write_line(self, *shown(self.builder, node), remarks_of(node), node["docname"])
    raise dn.SkipNode


def visit_note_head(self: HTML5Translator, node: nodes.note_head) -> None:
    """The words that a note repeats; those of what is run in lead back to the text, as a number does."""
    entry, face = shown(self.builder, node)
    is_note = entry.series.form == "notes"
    back = None if is_note else way_back(self.builder, entry)
    language = _language(self, entry)
    head = "".join(_html(run, back, language) for run in face.runs if run.text)
    self.body.append(f'<span class="note-head">{head}</span>' if is_note else head)
    raise dn.SkipNode


class Language(NamedTuple):
    """The language of the words of a text, and how it is said of those of an entry."""

    tag: str
    attribute: str
    direction: str  #: of the words, if they are in it
    latin: str  #: the attribute for the editors' Latin within what the edition says
    around: str = ""  #: the text of the passage, which tells how words of both directions run


def _language(self: HTML5Translator, entry: EditionEntry) -> Language:
    page = page_of(self)
    tag = language_of(self.builder, entry)
    around = text_round(self.builder, entry)
    return _in_language(tag, tag or page.main, page.within)._replace(around=around)


@cache
def _in_language(tag: str, own: str, within: str) -> Language:
    return Language(tag, language_attribute(own, within), direction(own), language_attribute("la", within))


def is_collective(siglum: Siglum) -> bool:
    """Whether a siglum stands for all or the others: what these are called is the edition's own word."""
    return siglum.key in COLLECTIVE


def _html(run: Run, back: str | None, language: Language) -> str:
    of_text = run.kind in (RunKind.LEMMA, RunKind.READING)
    words = escape(run.text) if of_text and is_in_cyrillic(language.tag) else _words(run.text)
    said = _apart(run.text, language) if of_text else language.latin if is_latin(run.text) else ""
    if run.kind is RunKind.LEMMA:
        return (
            f'<a class="entry-lemma" href="{escape(back)}"{said}>{words}</a>'
            if back
            else f'<span class="entry-lemma"{said}>{words}</span>'
        )
    if run.kind is RunKind.BRACKET:  # no line begins with it
        bare = words.lstrip(" ")
        return words if bare == words else f"\N{NO-BREAK SPACE}{bare}"
    return f'<span class="{CLASS[run.kind]}"{said}>{words}</span>' if run.kind in CLASS else words


def _apart(text: str, language: Language) -> str:
    """The language of words, and their direction where they or the page run from the right: they keep their place.

    What has another language than the page has its direction by it (:func:`with_directions`).
    """
    if language.attribute and language.direction == "rtl":
        return language.attribute
    if language.direction == "rtl" or not turns_round(text):
        return language.attribute + (AUTO if language.direction == "rtl" else "")
    return language.attribute + (' dir="ltr"' if runs_as_its_text(text, language.around) else AUTO)


def _bare_sigla(runs: Iterable[Run], said: str) -> str:
    """Sigla as mere letters, where a page has very many."""
    return f'<span class="siglum"{said}>{escape("".join(run.text for run in runs))}</span>'


@cache
def siglum_html(siglum: Siglum, label: str, address: str | None, name: str, said: str) -> str:
    """A siglum with the name of its witness, which the style sheet can show in its place."""
    hand = f"<sup>{escape(siglum.hand)}</sup>" if siglum.hand else ""
    way = ' lang="la"' if is_collective(siglum) and is_latin(label) else AUTO if turns_round(label) else ""
    inside = f"<span{way}>{_words(label)}</span>{hand}"
    attributes = (f' title="{escape(name)}"' if name else "") + said
    if address is None:
        kind = "editorial siglum" if siglum.key in COLLECTIVE else "siglum"
        return f'<span class="{kind}"{attributes}>{inside}</span>'
    return f'<a class="siglum" href="{escape(address)}"{attributes}>{inside}</a>'


def _words(text: str) -> str:
    """Escaped, with Cyrillic marked as Russian."""
    if text.isascii():
        return escape(text)
    return "".join(
        f'<span class="cyrillic" lang="ru">{escape(run)}</span>' if is_cyrillic else escape(run)
        for is_cyrillic, run in script_runs(text)
    )
