"""References in printed styles: CSL files, set by a CSL processor.

The processor is citeproc-py. With the styles of the public collection it gives wrong references
for an edition that has editors and no author: their rule that what stands in for a missing author
is not printed again is not applied, so title or editors appear twice; given names are shortened
where they should not be. So the styles beside this file are our own, written for this one kind of
work after the manuals (Chicago Manual of Style 17 and 18, notes; MLA Handbook 9; APA 7), and use
nothing that the processor gets wrong.

A passage is given by its bare number in all three: the manuals give none of their labels to the
divisions of a work that is cited by them in every form of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.citation.records import Work, csl_item

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

# The processor is loaded where it is used: most builds write few pages or none.


@dataclass(frozen=True, slots=True)
class Style:
    """A style as a reader chooses it, what a reference in it is called, and which title it writes."""

    label: str
    file: str
    form: str = "reference"
    keeps_capitals: bool = True


STYLES = (
    Style("Chicago", "chicago-notes.csl", "note"),
    Style("MLA", "mla.csl"),
    Style("APA", "apa.csl", keeps_capitals=False),
)


@cache
def _style(file: str) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(Path(__file__).with_name(file)), validate=False)


def plain(style: Style, work: Work, passage: str, address: str) -> tuple[str, ...]:
    """The reference in words alone: a note; or what stands in the text, if a passage is cited, and the list's entry."""
    from citeproc import formatter

    return _references(style, work, passage, address, formatter.plain)


def formatted(style: Style, work: Work, passage: str, address: str) -> tuple[str, ...]:
    """The same in HTML, whose only tag is ``i``."""
    from citeproc import formatter

    return _references(style, work, passage, address, formatter.html)


def _references(style: Style, work: Work, passage: str, address: str, form: object) -> tuple[str, ...]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator
    from citeproc.source.json import CiteProcJSON

    if not style.keeps_capitals and work.sentence:
        work = replace(work, title=work.sentence, short=work.short_title)
    source = CiteProcJSON([csl_item(work, "", address)])
    csl = _style(style.file)
    works = CitationStylesBibliography(csl, source, form)
    where = {"locator": Locator("section", passage)} if passage else {}
    citation = Citation([CitationItem(work.key(), **where)])
    works.register(citation)
    in_text = str(works.cite(citation, lambda item: None))
    if not csl.has_bibliography():
        return (in_text,)
    (listed,) = (str(entry) for entry in works.bibliography())
    return (in_text, listed) if passage else (listed,)
