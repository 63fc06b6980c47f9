"""The menu beside each number: link, references, records, quotation.

Everything that it copies is made here, once for a document, with two places to be filled in: the
script knows which passage and which address. Without it the number is a plain permalink, and the
page that has ``:::{references}`` shows the same references and records.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.citation import STYLES, formatted, plain, reference
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import makes_pages, spoken_attribute
from apparatus.sphinxext.parts.references import RECORDS, work_of
from apparatus.sphinxext.schedule import HtmlPageContext
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What the script replaces. Neither can occur in a title or be changed by a format's escapes.
PASSAGE, ADDRESS, WORDS = "%passage%", "%address%", "%words%"
#: What is copied in a printed style, by what the style calls a reference.
COPIES = {"note": phrase("Copy {style} note"), "reference": phrase("Copy {style} reference")}


def add_menu(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Put the menu after the text of a page that has passages, as a template that is not shown."""
    if not makes_pages(app) or not domain_of(app.env).has_text(pagename):
        return
    work = work_of(app.config)
    if not work.title:
        return  # nothing can be cited by it; the number stays a permalink
    voice = voice_of(app.config)
    say = voice.say
    references = {
        say(COPIES[style.form], style=style.label): (
            "\n".join(plain(style, work, PASSAGE, ADDRESS)),
            "<br>".join(formatted(style, work, PASSAGE, ADDRESS)),
        )
        for style in STYLES
    }
    where = reference(work, PASSAGE, voice)
    quotation = say("“{words}” ({reference}, {address})", words=WORDS, reference=where, address=ADDRESS)
    title = escape(work.title, quote=False)
    copies = {
        say("Copy link"): (ADDRESS, ""),
        **references,
        say("Copy quotation"): (
            quotation,
            escape(quotation, quote=False).replace(title, f"<i>{title}</i>", 1),
        ),
        **{
            say("Copy {format}", format=label): (record(work, PASSAGE, ADDRESS), "")
            for label, record in RECORDS
        },
    }
    link = say("Link to this passage")
    buttons = "".join(_button(label, *forms) for label, forms in copies.items())
    context["body"] += (
        '\n<template id="cite"><div class="cite" popover="auto" role="group"'
        f"{spoken_attribute(app.config, app.builder)}>"
        f'<a href="#">{escape(link)}</a>{buttons}<output></output></div></template>'
    )


def _button(label: str, text: str, html: str) -> str:
    """A button that copies a text; and, where it has italics, the same in HTML."""
    forms = {"copy": text, **({"html": html} if html else {})}
    data = "".join(f' data-{name}="{escape(form).replace(chr(10), "&#10;")}"' for name, form in forms.items())
    return f'<button type="button"{data}>{escape(label)}</button>'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_menu, priority=HtmlPageContext.ADD_CITE_MENU)
