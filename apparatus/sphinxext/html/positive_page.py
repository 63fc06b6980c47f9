"""What stands on a page on which the silent are told once: their list, the script, and the page that needs none.

Beside such a page there is one in the positive form, at every entry all who have the text. It is for readers without a
script, so that the box for that form is a link there.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.model import Siglum
from apparatus.render.runs import set_apart
from apparatus.render.spoken import clause_of_support
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.faces import way_to_witness
from apparatus.sphinxext.html.face import siglum_html
from apparatus.sphinxext.html.languages import editors_attribute
from apparatus.sphinxext.html.silence import AS_POSITIVE, TOLD_ONCE, vouched_for
from apparatus.sphinxext.outputs import is_for_browsers, spoken_attribute
from apparatus.sphinxext.schedule import ApparatusFiles, Head, HtmlPageContext
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


def name_of(docname: str) -> str:
    """The page in the positive form beside that of a document."""
    return f"{docname}-positive-form"


def page_files(app: Sphinx) -> Iterator[Path]:
    """Where these pages may stand (``apparatus-files``): they go with their document."""
    if is_for_browsers(app.builder):
        for docname in app.env.all_docs:
            yield Path(app.builder.get_output_path(name_of(docname)))


def tell_once(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Complete a page on which the silent are told once, and write the one beside it (``html-page-context``)."""
    if doctree is None or not is_for_browsers(app.builder):
        return
    is_free = name_of(pagename) not in app.env.all_docs  # if not, that is reported
    if not doctree.get(TOLD_ONCE):
        if is_free:
            Path(app.builder.get_output_path(name_of(pagename))).unlink(missing_ok=True)  # of a build before
        return
    if is_free:
        _write_page(app, pagename, doctree)
    context["body"] += _list_of_silent(app, pagename)
    app.add_js_file("silent.js", loading_method="defer", priority=Head.SILENT)


def _list_of_silent(app: Sphinx, docname: str) -> str:
    """Every witness that is vouched for, as an entry has it, in a template that is not shown."""
    conspectus, style = domain_of(app.env).conspectus, settings(app.config).style
    said = editors_attribute(app.config, app.builder)
    sigla = [
        siglum_html(
            Siglum(key),
            conspectus.label(key),
            way_to_witness(app.builder, key, docname),
            conspectus.witness[key].name,
            said,
        )
        for key in vouched_for(conspectus)
    ]
    data = clause_of_support(voice_of(app.config))._asdict()
    data |= {"first-blank": style.before_sigla, "next-blank": style.between_sigla}
    data["apart"] = "\n".join(sorted(set_apart(style, conspectus)))
    told = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return f'\n<template id="silent"{told}>{"".join(sigla)}</template>'


def _write_page(app: Sphinx, docname: str, doctree: dn.document) -> None:
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    doctree[AS_POSITIVE] = True
    visitor = builder.create_translator(doctree, builder)
    doctree.walkabout(visitor)
    del doctree[AS_POSITIVE]
    context = builder.get_doc_context(docname, _with_its_name(app, docname, visitor), "")
    context["title"] = f"{context['title']} – {_about(app)}"
    context["sourcename"] = ""  # it has no source of its own
    builder.handle_page(name_of(docname), context)


def _about(app: Sphinx) -> str:
    return escape(voice_of(app.config).say("Positive: who has the text"))


def _with_its_name(app: Sphinx, docname: str, visitor: Any) -> str:
    home = escape(app.builder.get_relative_uri(name_of(docname), docname))
    said, title = spoken_attribute(app.config, app.builder), escape(app.env.titles[docname].astext())
    about = f'<p class="about-text"><span{said}>{_about(app)}</span> (<a href="{home}">{title}</a>)</p>'
    before, heading, after = "".join(visitor.fragment).partition("</h1>")
    return f"{before}{heading}{about}{after}" if heading else about + before


def setup(app: Sphinx) -> None:
    app.connect("apparatus-files", page_files, priority=ApparatusFiles.POSITIVE_PAGES)
    app.connect("html-page-context", tell_once, priority=HtmlPageContext.TELL_ONCE)
