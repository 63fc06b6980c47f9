"""Which output is being made, and what it is called: asked by wings that know no writer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from apparatus.language import is_other
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

#: Builders that share the format ``html`` but make no pages for a browser.
NOT_PAGES = ("epub", "gettext", "json", "pickle")


def is_for_browsers(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Whether a builder makes pages for a browser."""
    return isinstance(builder, StandaloneHTMLBuilder) and builder.name not in NOT_PAGES


def makes_pages(app: Sphinx) -> bool:
    """Whether this build makes pages for a browser."""
    return is_for_browsers(app.builder)


def is_in_furo(builder: StandaloneHTMLBuilder) -> bool:
    """Whether the pages are made with the theme Furo: builders for help systems have a theme of their own."""
    return builder.get_theme_config()[0] == "furo"


def is_one_page(builder: Builder) -> bool:
    """Whether a builder puts all documents on one page (``singlehtml``)."""
    return isinstance(builder, SingleFileHTMLBuilder)


def is_print(builder: Builder) -> bool:
    """Whether a builder makes the book that LuaLaTeX prints."""
    return bool(builder.format == "latex")


def has_visitors(builder: Builder) -> bool:
    """Whether the nodes of an edition have visitors for its format; for others they are spelt out."""
    return builder.format in ("html", "latex")


def is_catalogue(builder: Builder) -> bool:
    """Whether a builder prints nothing and gathers what was written, to be translated (``gettext``)."""
    return bool(builder.name == "gettext")


def keeps_apart(builder: Builder) -> bool:
    """Whether a builder wants text and entries as they stand in the source: nothing of it is printed."""
    return is_catalogue(builder) or builder.name == "tei"


def page_language(config: Config, builder: Builder) -> str:
    """The language of the pages, in its exact form; of a book that is read on a device its own."""
    if builder.name == "epub":
        return str(config.epub_language)
    return settings(config).language or str(config.language or "en").replace("_", "-")


def spoken_language(config: Config, builder: Builder) -> str:
    """The language of what the edition itself says, as it is to be marked on a page; empty where the page is in it."""
    tag = voice_of(config).tag
    return tag if is_other(tag, page_language(config, builder)) else ""


def spoken_classes(config: Config, builder: Builder) -> list[str]:
    """The class of nodes whose words the edition itself says."""
    tag = spoken_language(config, builder)
    return [f"language-{tag}"] if tag and builder.format == "html" else []


def spoken_attribute(config: Config, builder: Builder) -> str:
    """The attribute of HTML for them."""
    tag = spoken_language(config, builder)
    return f' lang="{tag}"' if tag else ""


def titles(config: Config) -> tuple[str, str]:
    """Title and subtitle: what stands after a colon in the project's name is the latter, unless one is set."""
    title, colon, rest = config.project.partition(": ")
    subtitle = settings(config).subtitle
    if subtitle or not colon:
        return config.project, subtitle
    return title, rest


#: The longest name of a file, with room for what programs add to it.
NAME_BYTES = 180


def slug(title: str) -> str:
    """A file name from a title: lower case, words joined by hyphens, no longer than a file's name may be."""
    name = re.sub(r"\W+", "-", title.lower()).encode()[:NAME_BYTES].decode(errors="ignore")
    return name.strip("-_") or "edition"
