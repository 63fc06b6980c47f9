"""The languages of a page: those of its text where they are others than the page's, and their direction."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.language import UNDETERMINED, direction, is_other
from apparatus.sphinxext.outputs import is_for_browsers, page_language, spoken_language
from apparatus.sphinxext.schedule import HtmlPageContext, PostTransform
from apparatus.sphinxext.tree.keys import ancestors, keyed_blocks
from apparatus.sphinxext.tree.languages import LANGUAGE, SPOKEN, language_class

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

_TAGS = re.compile(r' lang="([\w-]+)"')
#: A tag of HTML with its language, as docutils and we write it.
_MARKED = re.compile(r'(<[a-z][\w-]*(?: [\w:-]+(?:="[^"]*")?)*? lang="([\w-]+)")([^<>]*>)')


class MarkBlocks(SphinxPostTransform):
    """Say in what language each block of edited text is, if nothing round it says so, and what the edition itself says."""

    default_priority = PostTransform.MARK_BLOCKS
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        main = page_language(self.config, self.env._app.builder)
        for block in keyed_blocks(self.document):
            tag = block.get(LANGUAGE, "")
            said = any(map(language_class, (block, *ancestors(block))))
            if is_other(tag, main) and not said:
                block["classes"].append(f"language-{tag}")
        if tag := spoken_language(self.config, self.env._app.builder):
            for node in self.document.findall(dn.Element):
                if isinstance(node, dn.raw):
                    _mark_drawing(node, tag)
                elif SPOKEN in node:
                    node["classes"].append(f"language-{tag}")


def _mark_drawing(drawing: dn.raw, tag: str) -> None:
    """Say of title and description of a drawing of ours, which a voice reads, in what language they are."""
    if "ours" in drawing and drawing.astext().startswith("<svg"):
        marked = re.sub(r"<(title|desc) ", rf'<\1 lang="{tag}" ', drawing.astext())
        drawing.clear()
        drawing += dn.Text(marked)


def language_attribute(tag: str, main: str) -> str:
    """The attribute of HTML for words in a language; empty if the page's is the same."""
    return f' lang="{tag}"' if is_other(tag, main) else ""


def editors_attribute(config: Config, builder: Builder) -> str:
    """The attribute for what editors write, within what the edition says in another language."""
    return f' lang="{page_language(config, builder)}"' if spoken_language(config, builder) else ""


def turn_round(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Give what is written in the other direction than the page its direction (``html-page-context``)."""
    if "body" in context:
        main = direction(page_language(app.config, app.builder))
        body = context["body"]
        if main == "rtl" and is_for_browsers(app.builder):  # themes do not say it of the whole page
            body = body.replace('<div class="page-body', '<div dir="rtl" class="page-body', 1)
        body = with_directions(body, main)
        context["body"] = body.replace(f' lang="{UNDETERMINED}"', ' lang=""')  # as HTML says it


def with_directions(body: str, main: str) -> str:
    """A page whose elements that are in a language have its direction, if there are others than the *main* one.

    Then all have it: lemma and reading must not change places, nor what stands within words of the other direction.
    """
    if all(_direction(tag) == main for tag in set(_TAGS.findall(body))):
        return body
    return _MARKED.sub(_turned, body)


def _turned(found: re.Match[str]) -> str:
    return found[0] if " dir=" in found[0] else f'{found[1]} dir="{_direction(found[2])}"{found[3]}'


_direction = cache(direction)


def setup(app: Sphinx) -> None:
    app.add_post_transform(MarkBlocks)
    app.connect("html-page-context", turn_round, priority=HtmlPageContext.TURN_ROUND)
