"""The menu beside each number: link, references, records, quotation.

Everything that it copies is made here, once for the edition, with places to be filled in: the
script, which is loaded at the first press on a number, knows which passage and which address.
Without it the number is a plain permalink, and the page that has ``:::{references}`` shows the same references and records.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.citation import STYLES, Work, formatted, plain, reference
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import makes_pages, spoken_attribute
from apparatus.sphinxext.parts.references import RECORDS, work_of
from apparatus.sphinxext.schedule import HtmlPageContext
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import Voice, phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

#: What the script replaces. Neither can occur in a title or be changed by a format's escapes.
PASSAGE, ADDRESS, WORDS = "%passage%", "%address%", "%words%"
#: What is copied in a printed style, by what the style calls a reference.
COPIES = {"note": phrase("Copy {style} note"), "reference": phrase("Copy {style} reference")}


def add_menu(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Say at the end of a page that has passages that its numbers have the menu."""
    if makes_pages(app) and domain_of(app.env).has_text(pagename) and work_of(app.config).title:
        context["body"] += '\n<template id="cite"></template>'


def for_script(builder: Builder) -> str:
    """The menu as its script is given it; nothing for an edition without a title, whose numbers stay permalinks."""
    config = builder.config
    work = work_of(config)
    if not work.title:
        return ""
    made = _menu(work, voice_of(config), spoken_attribute(config, builder))
    # Within a script no text may end it.
    return f"window.apparatusCite = {json.dumps(made, ensure_ascii=False)};\n".replace("<", "\\u003c")


def _menu(work: Work, voice: Voice, language: str) -> str:
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
    return (
        f'<div class="cite" popover="auto" role="group"{language}>'
        f'<a href="#">{escape(link)}</a>{buttons}<output></output></div>'
    )


def _button(label: str, text: str, html: str) -> str:
    """A button that copies a text; and, where it has italics, the same in HTML."""
    forms = {"copy": text, **({"html": html} if html else {})}
    data = "".join(f' data-{name}="{escape(form).replace(chr(10), "&#10;")}"' for name, form in forms.items())
    return f'<button type="button"{data}>{escape(label)}</button>'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_menu, priority=HtmlPageContext.ADD_CITE_MENU)
