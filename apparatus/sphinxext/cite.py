"""The menu beside each number: link, reference, records, quotation.

Everything it copies is made here, once for a document, with two places to be filled in: the
script knows which passage and which address. Without it the number is a plain permalink.
"""

from __future__ import annotations

import os
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.util.i18n import format_date

from apparatus.citation import Work, bibtex, csl_json, reference, ris
from apparatus.sphinxext.assets import makes_pages
from apparatus.sphinxext.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What the script replaces. Neither can occur in a title or be changed by a format's escapes.
PASSAGE, ADDRESS = "%passage%", "%address%"


def work_of(app: Sphinx) -> Work:
    """The edition as its configuration names it; a year only where the date of the build is fixed."""
    config = app.config
    year = format_date("%Y", language="en") if os.environ.get("SOURCE_DATE_EPOCH") else ""
    return Work(config.project, config.release, config.author, year)


def add_menu(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Put the menu after the text of a page that has passages, as a template that is not shown."""
    edition = domain_of(app.env).edition
    if edition is None or not makes_pages(app) or not edition.blocks_of.get(pagename):
        return
    work = work_of(app)
    said = reference(work, PASSAGE)
    copies = {
        "Copy link": ADDRESS,
        "Copy reference": f"{said}. {ADDRESS}",
        "Copy quotation": f"“%words%” ({said}, {ADDRESS})",
        "Copy BibTeX": bibtex(work, PASSAGE, ADDRESS),
        "Copy RIS": ris(work, PASSAGE, ADDRESS),
        "Copy CSL-JSON": csl_json(work, PASSAGE, ADDRESS),
    }
    buttons = "".join(
        f'<button type="button" data-copy="{escape(text).replace(chr(10), "&#10;")}">{label}</button>'
        for label, text in copies.items()
    )
    context["body"] += (
        '\n<template id="cite"><div class="cite" popover="auto" role="group">'
        f'<a href="#">Link to this passage</a>{buttons}<output></output></div></template>'
    )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_menu, priority=810)
