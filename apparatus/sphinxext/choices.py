"""The bar of choices above a text: which text, what is marked, which script.

Which text is a row of links, what is marked a row of boxes that the style sheet reads: both
work without a script, which adds that the text changes in place and that choices are
remembered. The choice of script needs one, and is invisible without.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.edition import Edition
from apparatus.script import SCHEMES
from apparatus.sphinxext.assets import makes_pages
from apparatus.sphinxext.config import Settings, settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.witness_pages import TextPage, text_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def add_bar(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Put the bar before the body of a page that has something to choose."""
    edition = domain_of(app.env).edition
    if edition is None or not makes_pages(app) or "body" not in context:
        return
    page: TextPage | None = context.get("text_page")
    body, parts = context["body"], []
    docname = page.docname if page else pagename
    if edition.blocks_of.get(docname):
        parts.append(_texts(app, edition, docname, page))
    if page is None:
        parts += [_marked(body, settings(app.config)), _scripts(body, settings(app.config))]
    if any(parts):
        context["body"] = f'<div class="choices">{"".join(parts)}</div>\n{body}'


def _texts(app: Sphinx, edition: Edition, docname: str, page: TextPage | None) -> str:
    """The texts to choose from; the page that is shown is marked."""
    its_pages = [one for one in text_pages(edition) if one.docname == docname]
    if not its_pages or not app.config.apparatus_witness_pages:
        return ""
    here = page.name if page else docname
    keys = list(dict.fromkeys(one.key for one in its_pages))

    def link(name: str, words: str, choice: str) -> str:
        current = ' aria-current="page"' if name == here else ""
        address = escape(app.builder.get_target_uri(name).rpartition("/")[2])  # all stand in one folder
        return f'<a href="{address}" data-text="{escape(choice)}"{current}>{words}</a>'

    links = [link(docname, "Reading text", "")]
    for key in keys:
        name = f"{escape(key)}&nbsp;as&nbsp;it&nbsp;stands" if len(keys) == 1 else escape(key)
        links.append(link(TextPage(docname, key, False).name, name, key))
    for key in [page.key] if page else keys[:1]:
        words = "Differences" if len(keys) == 1 else f"Differences of&nbsp;{escape(key)}"
        links.append(link(TextPage(docname, key, True).name, words, f"{key} differences"))
    return f'<nav class="texts" aria-label="Which text">{"".join(links)}</nav>'


def _marked(body: str, config: Settings) -> str:
    """What is marked: only what the page has."""
    labels = {form: next((s.label for s in config.series.values() if s.form == form), "") for form in FORMS}
    found = [
        ("apparatus", labels["run-in"], 'class="entries run-in"', True),
        ("notes", labels["notes"], 'class="entries notes"', True),
        ("names", "Names", 'class="name"', False),
        ("terms", "Terms", "term-link", False),
    ]
    if 'class="passage"' not in body:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" name="show-{name}"{" checked" if on else ""}>{escape(label)}</label>'
        for name, label, sign, on in found
        if sign in body
    )
    return f'<div class="marked" role="group" aria-label="What is marked">{boxes}</div>' if boxes else ""


FORMS = ("run-in", "notes")


def _scripts(body: str, config: Settings) -> str:
    if 'class="transliteration' not in body and "transliteration language-ru-Latn" not in body:
        return ""
    options = "".join(
        f'<option value="{name}" data-tag="{scheme.tag}"{" selected" if name == config.scheme else ""}>'
        f"{escape(scheme.label)}</option>"
        for name, scheme in SCHEMES.items()
    )
    return (
        '<label class="script needs-script">'
        f'<select aria-label="Transliteration"><option value="">no transliteration</option>{options}</select></label>'
    )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_bar, priority=800)
