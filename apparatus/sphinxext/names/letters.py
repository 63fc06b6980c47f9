"""Cyrillic letters for which the scheme has no value: they stay as they are, and that is said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.script import unknown_letters
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of, reading_order
from apparatus.sphinxext.report import inform
from apparatus.sphinxext.schedule import DoctreeRead, EnvUpdated
from apparatus.sphinxext.tree.keys import ancestors

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class UnknownLetter:
    """A letter, and where a document has it first."""

    letter: str
    place: str


def note_letters(app: Sphinx, doctree: dn.document) -> None:
    """Remember what the table lacks (``doctree-read``)."""
    if not settings(app.config).transliterate:
        return
    found: dict[str, str] = {}
    for leaf in doctree.findall(dn.Text):
        if not leaf.isascii():
            for letter in unknown_letters(str(leaf), settings(app.config).scheme):
                found.setdefault(letter, _place(leaf))
    domain_of(app.env).remember(app.env.docname, *(UnknownLetter(*each) for each in found.items()))


def say_letters(app: Sphinx, env: BuildEnvironment) -> None:
    """Name them once, as information (``env-updated``)."""
    domain, found = domain_of(env), dict[str, str]()
    for docname in reading_order(env):
        for each in domain.of_document(docname, UnknownLetter):
            found.setdefault(each.letter, each.place)
    if found:
        listed = ", ".join(f"{letter} ({place})" for letter, place in found.items())
        scheme = settings(app.config).scheme
        inform(f"transliteration: {scheme} has no value for {listed}; what has none stays as it is")


def _place(leaf: dn.Text) -> str:
    node = next((above for above in ancestors(leaf) if above.line and above.source), None)
    return f"{node.source}:{node.line}" if node is not None else "no line"


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", note_letters, priority=DoctreeRead.NOTE_LETTERS)
    app.connect("env-updated", say_letters, priority=EnvUpdated.SAY_LETTERS)
