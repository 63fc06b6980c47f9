"""The edition on the screen: style sheet, script, and what the HTML builders must be told.

Furo is the frame. What of it or of docutils stands in a reader's way is mended here, each with
its reason; nothing of theirs is copied. Style sheets and scripts are written to be read; a reader's
browser needs neither comments nor blanks. The copies without them are made before Sphinx looks at
its static files, so that its checksums are theirs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from html import escape
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar
from zlib import crc32

from docutils import nodes as dn

from apparatus.sphinxext.config import is_set, settings
from apparatus.sphinxext.domain import digest_of
from apparatus.sphinxext.entries.cut import UNPLACED
from apparatus.sphinxext.html.cite_menu import for_script
from apparatus.sphinxext.html.furo_styles import LEAN, joined_sheets, lean
from apparatus.sphinxext.html.hiding import hiding, hiding_classes
from apparatus.sphinxext.html.scripts import COUNTED_BY_SCRIPTS, SAID_BY_SCRIPTS
from apparatus.sphinxext.html.text_styles import SHEET, UNUSUAL
from apparatus.sphinxext.outputs import (
    is_for_browsers,
    is_in_furo,
    makes_pages,
    page_language,
    spoken_language,
)
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import BuilderInited, ConfigInited, HtmlPageContext
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import SOURCE, Voice
from apparatus.written import put

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

PACKAGE = Path(__file__).parents[2]
STATIC, TEMPLATES = PACKAGE / "static", PACKAGE / "templates"

#: What the second style sheet is for; a page of text is spared its weight.
OTHER_PAGES = (
    *('"citation-list"', 'glossary"', 'index-of-names"', 'class="drawing', 'chronology"'),
    *("field-list", 'download internal"', '"stacks ', 'class="doors'),
)
#: Scripts that ``apparatus.js`` loads when a reader asks for what they do.
ON_DEMAND = ("cite.js", "keys.js", "texts.js")
#: Comments of a script that stand alone or at a line's end: the library keeps them.
_COMMENTS = re.compile(r"^\s*//.*\n|[ \t]+// .*$|^\s*/\*(?s:.*?)\*/", re.MULTILINE)
#: What a section is told that stands for its level alone, round a heading.
BARE = "bare"
_TAGS = {".css": "style", ".js": "script"}


def set_defaults(app: Sphinx, config: Config) -> None:
    """Settings that an edition needs and that its configuration need not repeat."""
    if not is_set(config, "html_title"):
        config.html_title = config.project  # Sphinx would call it documentation
    if config.html_theme != "furo":
        return
    config.templates_path = [*config.templates_path, seen_from(app.confdir, TEMPLATES)]
    if not config.html_favicon:
        # Without one every page asks for /favicon.ico, in vain.
        config.html_favicon = seen_from(app.confdir, STATIC / "favicon.svg")
    # Sphinx's own keyboard shortcuts swallow Escape, so that popovers could not be closed by it.
    # Furo's button that shows the source of a page is no part of a page that is read.
    defaults = {"enable_search_shortcuts": False, "top_of_page_buttons": []}
    config.html_theme_options = {**defaults, **config.html_theme_options}


def seen_from(folder: Path, path: Path) -> str:
    """The way to a file of ours as a configuration names it: Sphinx’s ``.buildinfo`` is then the same in every clone."""
    with suppress(ValueError):  # on another drive
        return Path(os.path.relpath(path, folder)).as_posix()
    return str(path)


def add_assets(app: Sphinx) -> None:
    """Style sheets, Furo's among them, and scripts; for pages only."""
    if is_for_browsers(app.builder):
        sent = Path(app.doctreedir) / "apparatus-static"
        with told_if_unwritten():
            _send_assets(app, app.builder, sent)
        app.config.html_static_path = [*app.config.html_static_path, str(sent)]
        app.add_css_file("apparatus.css")
        app.add_js_file("apparatus.js", loading_method="defer")


def _send_assets(app: Sphinx, builder: StandaloneHTMLBuilder, sent: Path) -> None:
    """Write the files, unless they were made of the same things before and lie there as they were written."""
    record = sent.with_suffix(".digest")
    voice, tag = voice_of(app.config), spoken_language(app.config, builder)
    config = settings(app.config)
    styles = hiding(config) + hiding_classes(config.classification) + unplaced(voice)
    said = for_scripts(voice, tag or page_language(app.config, builder))
    before = {"apparatus.js": said + _stamp(menu := for_script(builder)), "cite.js": menu}
    found = builder._get_translations_js()
    words = found.read_text(encoding="utf-8") if found else ""
    theme = Path(builder.theme.get_theme_dirs()[0]) / "static" / "styles"
    programs = app.registry.get_envversion(app), version("minify_html"), is_in_furo(builder)
    made_of = digest_of((programs, styles, before, words, [*contents(STATIC)], [*contents(theme)]))
    if record.exists() and record.read_text(encoding="utf-8") == made_of + digest_of([*contents(sent)]):
        return
    _write_assets(sent, styles, before, words, theme if is_in_furo(builder) else None)
    put(record, made_of + digest_of([*contents(sent)]))


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of a folder, by their names and digests."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), sha256(file.read_bytes()).hexdigest()


def _write_assets(sent: Path, styles: str, before: Mapping[str, str], words: str, theme: Path | None) -> None:
    write_minified(STATIC, sent, more={"apparatus.css": styles}, before=before)
    if words:
        put(sent / "translations.js", translations(words))
    if theme:
        write_minified(theme, sent / "styles")
        whole = (sent / "styles" / "furo.css").read_text(encoding="utf-8")
        put(sent / "styles" / LEAN, lean(whole))
        put(sent / SHEET, joined_sheets(whole, (sent / "apparatus.css").read_text(encoding="utf-8"), UNUSUAL))


def _stamp(menu: str) -> str:
    """What tells the scripts that are loaded on demand from those of another build, so that a browser keeps no old ones."""
    sent = menu + "".join(joined(STATIC / name) for name in ON_DEMAND)
    return f'window.apparatusStamp = "{crc32(sent.encode()):08x}";\n'


def translations(script: str) -> str:
    """Sphinx's words in another language, for its scripts.

    Its own file makes a function out of a text, which a strict content security policy forbids, and
    has an empty text for what nobody has translated; there English is better.
    """
    said = json.loads(script.partition("(")[2].rpartition(")")[0])
    messages = {message: words for message, words in said["messages"].items() if words and all(words)}
    plural = f"(n) => Number({said['plural_expr']})"
    return (
        f"Object.assign(Documentation.TRANSLATIONS, {json.dumps(messages)});\n"
        f"Documentation.PLURAL_EXPR = {plural};\nDocumentation.LOCALE = {json.dumps(said['locale'])};\n"
    )


def for_scripts(voice: Voice, tag: str) -> str:
    """What the scripts say, in the voice's language, each message by the English one; nothing if that is English."""
    if voice.tag == SOURCE:
        return ""
    messages: dict[str, str | dict[str, str]] = {message: voice.say(message) for message in SAID_BY_SCRIPTS}
    messages |= {one: voice.forms(one, many) for one, many in COUNTED_BY_SCRIPTS}
    # Within a script no text may end it.
    said = json.dumps({"lang": tag, "messages": messages}, ensure_ascii=False).replace("<", "\\u003c")
    return f"window.apparatusSaid = {said};\n"


def unplaced(voice: Voice) -> str:
    """What the style sheet says of an entry whose lemma is not found, where that is not English."""
    if voice.tag == SOURCE:
        return ""
    said = json.dumps(voice.say(UNPLACED), ensure_ascii=False)
    return f".unplaced::after {{ content: {said}; }}\n"


def minify(text: str, suffix: str) -> str:
    """A style sheet or script without what only its authors read."""
    import minify_html  # for outputs with pages only

    tag = _TAGS[suffix]
    bare = _COMMENTS.sub("", text) if suffix == ".js" else text
    made: str = minify_html.minify(
        f"<{tag}>{bare}</{tag}>", minify_css=True, minify_js=True, keep_closing_tags=True
    )
    # A hint to programs that join scripts; the library puts it in.
    return made.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>").replace("/* @__PURE__ */ ", "")


def joined(path: Path) -> str:
    """The text of a file. A folder is a file in parts: they are joined in the order of their names."""
    parts = sorted(path.iterdir()) if path.is_dir() else [path]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def write_minified(
    source: Path,
    target: Path,
    *,
    more: Mapping[str, str] = MappingProxyType({}),
    before: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Fill a folder with the files of another, minified; a file that has not changed is left alone.

    ``more`` is what an edition adds to a file of that name, and ``before`` what it puts before it.
    """
    target.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        made = before.get(file.name, "") + joined(file) + more.get(file.name, "")
        if file.suffix in _TAGS:
            made = minify(made, file.suffix)
        copy = target / file.name
        if not copy.exists() or copy.read_text(encoding="utf-8") != made:
            copy.write_text(made, encoding="utf-8")


def complete_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """What the templates are told: the language, a description, the contents."""
    if not makes_pages(app):
        return
    context["language"] = page_language(
        app.config, app.builder
    )  # Sphinx writes it as it names its catalogues: de_AT
    if doctree is None and "description" not in context.get("metatags", ""):
        # Pages without a source, such as the index, cannot say it themselves.
        described = f"{context.get('title', pagename)} – {app.config.project}"
        tag = (
            f'<meta name="description" content="{app.builder.templates.environment.filters["e"](described)}">'
        )
        context["metatags"] = context.get("metatags", "") + tag
    if "body" in context:
        context["body"] = _with_level(context["body"])
    if templatename == "genindex.html" or any(sign in context.get("body", "") for sign in OTHER_PAGES):
        app.add_css_file("pages.css")
    if isinstance(asked := context.get("toctree"), _WithSections):
        context["toctree"] = asked.contents
        if asked.is_filled:
            context["furo_hide_toc"] = True


def _with_level(page: str) -> str:
    """Give the captions of lists of contents a level: Sphinx makes them headings without one."""
    return page.replace(
        '<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'
    )


class _WithSections:
    """What makes lists of contents: that which Furo asks for has the sections of the page under its title.

    So the right margin is free for entries and notes. A list is made once, since Furo makes much of it.
    """

    OF_FURO: ClassVar = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}

    def __init__(self, contents: Callable[..., Any]) -> None:
        self.contents, self.is_filled = contents, False

    def __call__(self, **options: Any) -> Any:
        if options != self.OF_FURO:
            return self.contents(**options)
        found = self.contents(**{**options, "collapse": True, "titles_only": False})
        self.is_filled = bool(found)
        return _with_level(str(found)) if found else ""


def give_sections(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Let Furo find the sections of a page when it asks for the list of contents (``html-page-context``)."""
    if makes_pages(app) and "toctree" in context:
        context["toctree"] = _WithSections(context["toctree"])


def visit_section(self: HTML5Translator, node: dn.Element) -> None:
    """As docutils has it, but the whole of a page is no section within it.

    Else the page's title would be the heading of a section in an article that has none.
    """
    self.section_level += 1
    if BARE in node:
        self.body += [
            f'<span id="{escape(name)}"></span>' for name in node["ids"] if isinstance(node[0], dn.title)
        ]
        return
    whole = isinstance(node.parent, dn.document)
    tag = self.starttag(node, "div", classes=["page-body"]) if whole else self.starttag(node, "section")
    self.body.append(tag)


def depart_section(self: HTML5Translator, node: dn.Element) -> None:
    self.section_level -= 1
    if BARE in node:
        return
    self.body.append("</div>\n" if isinstance(node.parent, dn.document) else "</section>\n")


def visit_citation(self: HTML5Translator, node: dn.Element) -> None:
    """As docutils has it, without the role ``doc-biblioentry``, which ARIA has deprecated."""
    if not isinstance(node.previous_sibling(), dn.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", classes=["citation"], role="listitem"))


def depart_citation(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), dn.citation):
        self.body.append("</div>\n")


def visit_footnote(self: HTML5Translator, node: dn.Element) -> None:
    """As docutils has it, but a note is no landmark: ``aside`` and ``doc-footnote`` would make it one."""
    style = self.settings.footnote_references
    if not isinstance(node.previous_sibling(), dn.footnote):
        self.body.append(f'<div role="list" class="footnote-list {style}">\n')
    self.body.append(self.starttag(node, "div", classes=["footnote", style], role="listitem"))


def depart_footnote(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), dn.footnote):
        self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    app.add_node(dn.section, override=True, html=(visit_section, depart_section))
    app.add_node(dn.citation, override=True, html=(visit_citation, depart_citation))
    app.add_node(dn.footnote, override=True, html=(visit_footnote, depart_footnote))
    app.connect("config-inited", set_defaults, priority=ConfigInited.HTML_DEFAULTS)
    app.connect("builder-inited", add_assets, priority=BuilderInited.ADD_ASSETS)
    app.connect("html-page-context", give_sections, priority=HtmlPageContext.GIVE_SECTIONS)
    app.connect("html-page-context", complete_context, priority=HtmlPageContext.COMPLETE_CONTEXT)
