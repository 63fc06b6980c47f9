"""What Furo says round a page: its menus and buttons have no catalogue of their own, so ours has their words.

What it asks a catalogue for, Sphinx's is asked first. The rest stands in its templates in English, and is
replaced there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from apparatus.sphinxext.outputs import makes_pages
from apparatus.sphinxext.schedule import BuilderInited, HtmlPageContext
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import SOURCE, phrase

if TYPE_CHECKING:
    from docutils import nodes as dn
    from sphinx.application import Sphinx

#: What Furo's templates ask for and Sphinx has not in every language.
ASKED_FOR = (
    phrase("Home"),
    phrase("Next"),
    phrase("Previous"),
    phrase("On this page"),
    phrase("Back to top"),
    phrase("Skip to content"),
    phrase("Made with "),
    phrase('<a href="https://www.sphinx-doc.org/">Sphinx</a> and '),
)
#: What Sphinx says itself, and has not in every language that we have.
OF_SPHINX = (
    phrase("Search"),
    phrase("Index"),
    phrase("Contents"),
    phrase("Link to this heading"),
    phrase("Link to this image"),
    phrase("Link to this table"),
    phrase("Link to this term"),
    phrase("Link to this code"),
    phrase("Link to this definition"),
    phrase("Fig. %s"),
    phrase("Table %s"),
    phrase("Listing %s"),
    phrase("continued from previous page"),
    phrase("continues on next page"),
)
#: What stands in its templates as it is.
WRITTEN = (
    phrase("Toggle site navigation sidebar"),
    phrase("Toggle table of contents sidebar"),
    phrase("Toggle Light / Dark / Auto color theme"),
)
_OF_PAGE = re.compile(r'Toggle navigation of ([^<"]*)')


def lend_messages(app: Sphinx) -> None:
    """Let Sphinx's catalogue ask ours for what it has not itself (``builder-inited``)."""
    voice = voice_of(app.config)
    if voice.tag != SOURCE:
        app.translator.add_fallback(voice.messages)


def translate_frame(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Give our template of a page what puts the frame into the language of the page (``html-page-context``)."""
    voice = voice_of(app.config)

    def in_voice(page: str) -> str:
        if voice.tag == SOURCE:
            return page
        for words in WRITTEN:
            page = page.replace(f'"{words}"', f'"{voice.say(words)}"').replace(
                f">{words}<", f">{voice.say(words)}<"
            )
        message = phrase("Toggle navigation of {page}")
        return _OF_PAGE.sub(lambda found: voice.say(message, page=found[1]), page)

    if makes_pages(app):
        context["in_voice"] = in_voice


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", lend_messages, priority=BuilderInited.LEND_MESSAGES)
    app.connect("html-page-context", translate_frame, priority=HtmlPageContext.TRANSLATE_FRAME)
