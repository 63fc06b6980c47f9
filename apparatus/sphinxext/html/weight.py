"""What a page of an edition need not carry: a text is read on a train, too.

Nothing that a reader can see or use is taken away. Sphinx and Furo send the same style sheets and
scripts with every page; here a page gets what it has a use for.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn

from apparatus.sphinxext.html.furo_styles import LEAN, RARE
from apparatus.sphinxext.html.text_styles import SHEET, is_plain_text
from apparatus.sphinxext.outputs import is_for_browsers, is_in_furo, makes_pages
from apparatus.sphinxext.schedule import DoctreeResolved, HtmlPageContext
from apparatus.sphinxext.screen_faces import SHEET as FACES
from apparatus.sphinxext.screen_faces import scripts_in
from apparatus.sphinxext.tree.keys import is_inside
from apparatus.sphinxext.tree.text import put_in_place

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_INDENT = re.compile(r"\n\s+")
#: Extensions for which Furo's second style sheet is.
FURO_EXTENDS = {"sphinx_design", "sphinx_copybutton", "sphinx_inline_tabs", "sphinx_panels"}
#: They mark the words that a reader has searched for; our own script fetches them if there are any.
#: Sphinx's words in another language than English are for these scripts, and fail without them.
HIGHLIGHTING = {"documentation_options.js", "doctools.js", "translations.js", "sphinx_highlight.js"}
#: In these the ends of lines mean something.
VERBATIM = (dn.FixedTextElement, dn.literal, dn.math)


def lighten(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Leave out the style sheets and scripts of Sphinx and Furo that a page has no use for."""
    if not is_for_browsers(app.builder) or not is_in_furo(app.builder):
        return
    searches = templatename == "search.html"
    needless = set() if searches else set(HIGHLIGHTING)
    shows_code = any(sign in context.get("body", "") for sign in ("<pre", "highlight"))
    if not shows_code:
        needless.add("pygments.css")
    # The search page reads other pages: under a strict policy it may read only inline styles that it has itself.
    context["has_colours_of_code"] = shows_code or searches
    if context.get("furo_hide_toc"):
        needless.add("furo.js")  # our script does what is left of it: the switch of colours
    if not FURO_EXTENDS & set(app.extensions):
        needless.add("furo-extensions.css")
    parts = (context.get("title", ""), context.get("furo_navigation_tree", ""), context.get("body", ""))
    if not (searches or scripts_in(parts)):
        needless.add(FACES)  # a browser would fetch them all for a mark on a Latin letter
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if _name(file) not in needless]
    if "<img" not in context.get("body", "<img") and not app.config.html_css_files:
        # No sheet of Furo's or ours asks for it outside the list of contents but round pictures, and a page of text has hundreds.
        context["body"] = context["body"].replace(' class="reference internal"', "")
    if not shows_code:  # in code blanks mean something
        context["closer"] = closer
    # A style sheet of the edition's own may use any value of Furo's; what a search will show nobody knows.
    if not (searches or app.config.html_css_files):
        context["css_files"] = _leaner(context)


def closer(page: str) -> str:
    """A page without the blanks that templates leave at the beginnings of lines."""
    return _INDENT.sub("\n", page)


def _leaner(context: dict[str, Any]) -> list[Any]:
    """The style sheets of a page, those without what it lacks in the place of the whole."""
    sheets: list[Any] = context["css_files"]
    if _has_text_only(context):
        return [_instead(sheets[0], str(PurePosixPath(sheets[1].filename).with_name(SHEET)))]
    if RARE.are_on(context.get("body", "")) or context.get("theme_announcement"):
        return sheets
    return [_lean(one) for one in sheets]


def _has_text_only(context: dict[str, Any]) -> bool:
    """Whether a page has no other sheets than Furo's and ours, and nothing but what the joined one has rules for."""
    if [_name(one) for one in context["css_files"]] != ["furo.css", "apparatus.css"]:
        return False
    language = f'lang="{context.get("language")}"'
    tree = context.get("furo_navigation_tree", "")
    is_bare = not (
        context.get("logo_url") or context.get("theme_footer_icons") or context.get("theme_announcement")
    )
    return bool(is_bare and tree) and is_plain_text((language, tree, context.get("body", "")))


def _lean(file: Any) -> Any:
    """A style sheet; in place of Furo's the one without what few pages need."""
    if _name(file) != "furo.css":
        return file
    return _instead(file, str(PurePosixPath(file.filename).with_name(LEAN)))


def _instead(file: Any, name: str) -> Any:
    its_own = {"priority": file.priority}  # where Sphinx has put it: no place in our schedule
    return type(file)(name, **its_own)


def _name(file: Any) -> str:
    return PurePosixPath(str(getattr(file, "filename", file) or "")).name


def drop_titles(app: Sphinx, doctree: dn.document, docname: str) -> None:
    """A citation links to its work; the whole work again as its title doubled the size of a page.

    It was seen by the mouse alone, and read out at every citation by some screen readers. Its
    anchor is for a way back from a bibliography on the same page.
    """
    if not makes_pages(app) or "cite" not in app.env.domains:
        return
    led_back_to = {anchor for node in doctree.findall(dn.citation) for anchor in node["backrefs"]}
    for citation in doctree.findall(dn.inline):
        if "bibtex-citation" in citation["classes"]:
            citation["ids"] = [anchor for anchor in citation["ids"] if anchor in led_back_to]
            for link in citation.findall(dn.reference):
                link.attributes.pop("reftitle", None)


def fold_lines(app: Sphinx, doctree: dn.document, docname: str) -> None:
    """Where a line of prose ends in the source a page has a blank, which costs less than a sign of its own."""
    if not makes_pages(app):
        return
    for leaf in list(doctree.findall(dn.Text)):
        if "\n" in leaf and not is_inside(leaf, VERBATIM):
            put_in_place(leaf, [dn.Text(leaf.replace("\n", " "))])


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", drop_titles, priority=DoctreeResolved.DROP_TITLES)
    app.connect("doctree-resolved", fold_lines, priority=DoctreeResolved.FOLD_LINES)
    app.connect("html-page-context", lighten, priority=HtmlPageContext.LIGHTEN)
