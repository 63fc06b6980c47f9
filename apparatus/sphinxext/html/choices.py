"""The bar of choices above a text: which text, what is shown of apparatus and notes, which script.

Which text is a row of links. All else is in a panel of boxes, which the browser opens and the
style sheet reads: both work without a script, which adds that the text changes in place and that
choices are remembered. What needs the script is invisible without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes as dn

from apparatus.script import SCHEMES
from apparatus.sphinxext.config import Settings, settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.html.hiding import box_of, box_of_class
from apparatus.sphinxext.html.languages import editors_attribute
from apparatus.sphinxext.html.positive_page import name_of
from apparatus.sphinxext.html.respelling import cyrillic_names, write_words
from apparatus.sphinxext.html.side_by_side import versions
from apparatus.sphinxext.html.silence import TOLD_ONCE
from apparatus.sphinxext.html.witness_pages import Shown, TextPage
from apparatus.sphinxext.outputs import makes_pages, spoken_attribute
from apparatus.sphinxext.schedule import HtmlPageContext
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Box(NamedTuple):
    """Something that can be on or off."""

    name: str
    label: str
    sign: str  #: what a page has where there is something to choose
    on: bool = False
    attributes: str = ""  #: of the label: its language, if it is not the edition's own word


def add_bar(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Put the bar before the body of a page that has something to choose."""
    if not makes_pages(app) or "body" not in context:
        return
    page: TextPage | None = context.get("text_page")
    body, parts = context["body"], []
    docname = page.docname if page else pagename
    if domain_of(app.env).has_text(docname):
        parts.append(_texts(app, docname, page))
    if page is None:
        parts.append(beside := versions(app, pagename, context.get("side_page")))
        if beside:
            app.add_js_file("versions.js", loading_method="defer")
        parts.append(_panel(app, pagename, context, doctree))
    if any(parts):
        # Before the text, so that it is never seen otherwise than as it was chosen.
        script = f'<script src="{context["pathto"]("_static/restore.js", 1)}"></script>'
        said = spoken_attribute(app.config, app.builder)
        context["body"] = f'<div class="choices"{said}>{"".join(parts)}</div>{script}\n{_within_one(body)}'


def _within_one(body: str) -> str:
    """The body within the element that the style sheet speaks of; a text that begins without a heading has none."""
    return body if body.startswith('<div class="page-body') else f'<div class="page-body">\n{body}</div>'


def _texts(app: Sphinx, docname: str, page: TextPage | None) -> str:
    """The texts to choose from; the page that is shown is marked."""
    keys, conspectus = domain_of(app.env).proof.transcribed, domain_of(app.env).conspectus
    is_second = docname in domain_of(app.env).proof.second  # witnesses have no translation
    if not keys or is_second or not settings(app.config).witness_pages:
        return ""
    here, voice = page.name if page else docname, voice_of(app.config)
    say = voice.say

    def link(name: str, words: str, choice: str, said: str = "") -> str:
        current = ' aria-current="page"' if name == here else ""
        # A page that names itself does so by the last part of its address: text.html, or the folder it is in.
        itself = app.builder.get_target_uri(name).rpartition("/")[2] or "./"
        address = escape(app.builder.get_relative_uri(here, name) or itself)
        return f'<a href="{address}" data-text="{escape(choice)}"{current}{said}>{words}</a>'

    links = [link(docname, escape(say("Reading text")), "")]
    for key in keys:
        siglum = Shown.of(conspectus, key, voice)
        alone = say("{siglum}\N{NO-BREAK SPACE}as it stands")
        aloud = siglum.aloud(broken(alone).format(siglum=siglum.spoken))
        name = _alone(alone, siglum.html) if len(keys) == 1 else siglum.html
        links.append(link(TextPage(docname, key, False).name, name, key, aloud))
    for key in [page.key] if page else keys[:1]:
        siglum = Shown.of(conspectus, key, voice)
        of = say("Differences of\N{NO-BREAK SPACE}{siglum}")
        words = _html(say("Differences")) if len(keys) == 1 else _html(of).format(siglum=siglum.html)
        said = siglum.aloud(broken(of).format(siglum=siglum.spoken))
        links.append(link(TextPage(docname, key, True).name, words, f"{key} differences", said))
    which = escape(say("Which text"))
    return f'<nav class="texts" aria-label="{which}">{"".join(links)}</nav>'


def _alone(message: str, siglum: str) -> str:
    """The only witness: what is said round its siglum, where there is room for it."""
    before, _, after = map(_html, message.partition("{siglum}"))
    return siglum.join(f'<span class="wide">{words}</span>' if words else "" for words in (before, after))


def _html(message: str) -> str:
    return escape(message, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")


def broken(message: str) -> str:
    """A message as it is heard: its blanks are blanks."""
    return message.replace("\N{NO-BREAK SPACE}", " ")


def _panel(app: Sphinx, pagename: str, context: dict[str, Any], doctree: dn.document | None) -> str:
    """The panel and the button that opens it: only what the page has."""
    body, config, say = context["body"], settings(app.config), voice_of(app.config).say
    groups = [
        _group(say("Marked in the text"), _marked(app, body)) if 'class="passage' in body else "",
        _group(
            say("Form of the apparatus"), _forms(body, config, say, _positive_page(app, pagename, doctree))
        ),
        _group(say("Kinds of variants"), _classes(app, body)),
        _scripts(app, pagename, context, doctree),
    ]
    if not any(groups):
        return ""
    view = escape(say("View"))
    return (
        f'<button type="button" class="view" popovertarget="view-panel">{view}</button>'
        f'<div class="panel" id="view-panel" popover>{"".join(groups)}</div>'
    )


def _marked(app: Sphinx, body: str) -> str:
    """The series have names of the edition, in the language of its editors."""
    language, say = editors_attribute(app.config, app.builder), voice_of(app.config).say
    series = settings(app.config).series
    shown = ((name, each.label) for name, each in series.items() if each.form in FORMS)
    boxes = (
        *(Box(box_of(name), label, f'class="series {name}"', True, language) for name, label in shown),
        Box("show-names", say("Names"), 'class="name"'),
        Box("show-terms", say("Terms"), "term-link"),
        Box("show-carriers", say("Witnesses of each passage"), 'class="carriers '),
        Box("show-grades", say("How sure a note is"), 'class="grade"'),
    )
    return _boxes(boxes, body)


def _positive_page(app: Sphinx, pagename: str, doctree: dn.document | None) -> str:
    """The address of the page of the positive form, where it is a script that names the silent."""
    if doctree is None or not doctree.get(TOLD_ONCE):
        return ""
    return app.builder.get_relative_uri(pagename, name_of(pagename))


def _forms(body: str, config: Settings, say: Callable[[str], str], page: str) -> str:
    """The boxes for the form; in place of the positive one a reader without a script has a link to its *page*."""
    positive = say("Positive: who has the text")
    needs = ' class="needs-script"' if page else ""
    boxes = (
        Box("form-positive", positive, 'class="support"', config.positive, needs),
        Box("form-names", say("Witnesses by name"), 'class="siglum" '),
        Box("form-substantive", say("Substantive variants only"), "accidental"),
    )
    link = f'<noscript><a href="{escape(page)}">{escape(positive)}</a></noscript>' if page else ""
    return link + _boxes(boxes, body)


def _classes(app: Sphinx, body: str) -> str:
    """A box for each class of variants; of one alone there is nothing to choose. Labels are the editors' words, or ours."""
    voice, language = voice_of(app.config), editors_attribute(app.config, app.builder)
    boxes = [
        Box(
            box_of_class(each.name),
            each.called(voice),
            f"v-{each.name}",
            True,
            "" if each.is_usual else language,
        )
        for each in settings(app.config).classification.all
        if _has_class(body, f"v-{each.name}")
    ]
    return _boxes(boxes, body) if len(boxes) > 1 else ""


def _has_class(body: str, name: str) -> bool:
    """Whether anything on a page has a class. Most pages lack most, and to look for a word alone is far quicker."""
    return name in body and re.search(rf'class="[^"]*\b{re.escape(name)}[ "]', body) is not None


def _boxes(boxes: Iterable[Box], body: str) -> str:
    return "".join(
        f'<label{box.attributes}><input type="checkbox" name="{box.name}"{" checked" if box.on else ""}>{escape(box.label)}</label>'
        for box in boxes
        if box.sign in body
    )


def _group(legend: str, choices: str, attributes: str = "") -> str:
    return f"<fieldset{attributes}><legend>{escape(legend)}</legend>{choices}</fieldset>" if choices else ""


#: The forms of series that have a box of their own; a discussion stands in its note.
FORMS = ("run-in", "notes")


def _scripts(app: Sphinx, pagename: str, context: dict[str, Any], doctree: dn.document | None) -> str:
    """How Cyrillic is shown. To leave out the transliteration needs no script, all else does."""
    address = write_words(app, pagename, doctree) if doctree is not None else None
    if address is None:
        return ""
    config, say = settings(app.config), voice_of(app.config).say
    choices = ""
    body = context["body"]
    if re.search(r'class="transliteration"[^>]* lang="[\w-]*-Latn-t-', body):
        where = (
            ("beside", say("beside"), " checked", ""),
            ("above", say("above"), "", ' class="needs-script"'),
            ("none", say("none"), "", ""),
        )
        choices += "".join(
            f'<label{needs}><input type="radio" name="script" value="{value}"{on}>{escape(words)}</label>'
            for value, words, on, needs in where
        )
    if f'class="transliteration" lang="{SCHEMES[config.scheme].tag}"' in body:
        options = "".join(
            f'<option value="{name}" data-tag="{scheme.tag}"{" selected" if name == config.scheme else ""}>'
            f"{escape(scheme.label)}</option>"
            for name, scheme in SCHEMES.items()
        )
        scheme = escape(say("scheme"))
        choices += f'<label class="needs-script">{scheme} <select name="scheme">{options}</select></label>'
    if cyrillic_names(app, pagename):
        above = escape(say("Names: Cyrillic above"))
        choices += f'<label class="needs-script"><input type="checkbox" name="originals">{above}</label>'
    pathto = context["pathto"]
    scripts = " ".join(pathto(name, 1) for name in (address, "_static/respell.js"))
    return _group(say("Transliteration"), choices, f' class="script" data-scripts="{escape(scripts)}"')


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_bar, priority=HtmlPageContext.ADD_BAR)
