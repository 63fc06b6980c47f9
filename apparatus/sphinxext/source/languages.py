"""The language of what is written: ``lang`` in the front matter, ``{lang=la}`` on a block or words.

All become docutils' own class (``language-la``), of which its HTML writer makes ``lang``. The front
matter of a document that is edited text, and ``apparatus_text_language``, say the language of the text
alone; that of another document is the language of all that stands in it. A tag that cannot be one
is reported where it stands, and taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.core import get_global
from docutils import nodes as dn
from myst_parser.mdit_to_docutils.base import DocutilsRenderer

from apparatus.language import UNDETERMINED
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.sphinxext.config import says_language, settings
from apparatus.sphinxext.config.declared import is_tag
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import DoctreeRead
from apparatus.sphinxext.source.collect import walk
from apparatus.sphinxext.source.front_matter import line_of, read_front_matter
from apparatus.sphinxext.source.numbers import keep_numbers
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.languages import LANGUAGE, language_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: The key in front matter and in the braces behind words.
LANG = "lang"
PREFIX = "language-"
#: Tags that name no language, and say so.
NONE = ("mis", "mul", "und", "zxx", "qaa")


def fault_of(tag: str) -> str | None:
    """What is wrong with a tag, and what mends it; ``None`` if nothing is.

    BCP 47 (RFC 5646): the shortest code of a language, then script and region. Of three letters there
    are thousands of codes; which of them are given is not asked.
    """
    first = tag.lower().partition("-")[0]
    if is_tag(tag) and (len(first) == 3 or first in _names()):
        shorter = get_global("language_aliases").get(first)
        if first in NONE or not shorter or len(shorter) != 2:
            return None
        return f"'{tag}' is no language tag: its language has the shorter code '{shorter}'; write that"
    if is_tag(tag) and first in ("i", "x"):
        return None
    like = nearest(first.replace("_", "-").partition("-")[0], _named())
    hint = f"; did you mean '{_named()[like]}'?" if like else "; write one such as la, grc, de-AT or sr-Latn"
    return f"'{tag}' is no language tag{hint}"


@cache
def _names() -> dict[str, str]:
    """The languages that the Unicode Common Locale Data Repository names in English, by their codes."""
    return {code: name for code, name in Locale("en").languages.items() if len(code) in (2, 3)}


@cache
def _named() -> dict[str, str]:
    """Their codes, by names in small letters and by themselves: who writes *latin* means ``la``."""
    return {code: code for code in _names()} | {name.lower(): code for code, name in _names().items()}


def note_languages(app: Sphinx, doctree: dn.document) -> None:
    """Give each block of edited text its language, and a page of the editors its own (``doctree-read``)."""
    docname = app.env.current_document.docname
    domain_of(app.env).remember(docname, *_checked_classes(doctree, app.env.doc2path(docname)))
    _give_to_headings(doctree)
    declared = str(app.env.metadata[docname].get(LANG, "")).strip()
    if declared and (fault := fault_of(declared)):
        file = str(app.env.doc2path(docname))
        origin = Origin(file, line_of(LANG, file))
        domain_of(app.env).remember(docname, Problem(ProblemKind.UNKNOWN_LANGUAGE, fault, origin))
        declared = ""
    if not is_text(app.env, docname):
        for section in doctree.children if declared else ():
            if isinstance(section, dn.section):
                section["classes"].append(PREFIX + declared)
        return
    usual = (
        declared or settings(app.config).text_language or ("" if says_language(app.config) else UNDETERMINED)
    )
    for block, _ in walk(doctree, text=True):
        if not isinstance(block, nodes.series_block) and (tag := language_at(block) or usual):
            block[LANGUAGE] = tag


def _give_to_headings(doctree: dn.document) -> None:
    """MyST gives what stands above a heading to its whole section; the language is that of the heading."""
    for section in doctree.findall(dn.section):
        said = [name for name in section["classes"] if name.startswith(PREFIX)]
        section["classes"] = [name for name in section["classes"] if name not in said]
        for title in (child for child in section.children if isinstance(child, dn.title)):
            title["classes"] += said


def is_text(env: BuildEnvironment, docname: str) -> bool:
    """Whether a document that is being read is edited text."""
    return read_front_matter(env.metadata[docname], Path(env.doc2path(docname))).is_text


def _checked_classes(doctree: dn.document, source: object) -> Iterator[Problem]:
    """Faults of tags that stand at words and blocks; such a class is taken away."""
    for node in doctree.findall(dn.Element):
        names: list[str] = node.get("classes", [])
        for name in [name for name in names if name.startswith(PREFIX)]:
            if fault := fault_of(name.removeprefix(PREFIX)):
                node["classes"].remove(name)
                at = next((one for one in (node, *ancestors(node)) if one.line), None)
                origin = Origin((at and at.source) or str(source), (at and at.line) or 1)
                yield Problem(ProblemKind.UNKNOWN_LANGUAGE, fault, origin)


def take_language(copy: Callable[..., None]) -> Callable[..., None]:
    """MyST's way from braces to the tree, which knows classes, with the language as one of them, and the numbers."""

    def copy_attributes(self: Any, token: Any, node: dn.Element, *given: Any, **named: Any) -> None:
        copy(self, token, node, *given, **named)
        if tag := re.sub(r"\s", "", str(token.attrs.get(LANG, ""))):
            node["classes"].append(PREFIX + tag)
        keep_numbers(token, [node])

    copy_attributes.takes_language = True  # type: ignore[attr-defined]
    return copy_attributes


def setup(app: Sphinx) -> None:
    if not hasattr(DocutilsRenderer.copy_attributes, "takes_language"):
        DocutilsRenderer.copy_attributes = take_language(DocutilsRenderer.copy_attributes)  # type: ignore[method-assign]
    app.connect("doctree-read", note_languages, priority=DoctreeRead.NOTE_LANGUAGES)
