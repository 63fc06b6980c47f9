"""Cyrillic letters for which the scheme has no value: they stay as they are, and that is said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.characters import is_mark
from apparatus.language import is_in_cyrillic
from apparatus.script import unknown_letters
from apparatus.script.romanisation import romanisation_for
from apparatus.sphinxext.config import Settings, settings
from apparatus.sphinxext.domain import domain_of, reading_order
from apparatus.sphinxext.names.cyrillic import RUSSIAN
from apparatus.sphinxext.report import inform
from apparatus.sphinxext.schedule import DoctreeRead, EnvUpdated
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.languages import language_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class UnknownLetter:
    """A letter, and where a document has it first."""

    table: str
    letter: str
    place: str


def note_letters(app: Sphinx, doctree: dn.document) -> None:
    """Remember what the table lacks (``doctree-read``)."""
    if not settings(app.config).transliterate:
        return
    found: dict[tuple[str, str], str] = {}
    for leaf in doctree.findall(dn.Text):
        if not leaf.isascii():
            table, letters = _lacking(leaf, settings(app.config))
            for letter in letters:
                found.setdefault((table, letter), _place(leaf))
    domain_of(app.env).remember(
        app.env.docname, *(UnknownLetter(*each, place) for each, place in found.items())
    )


def _lacking(leaf: dn.Text, config: Settings) -> tuple[str, str]:
    """The table that a leaf is transliterated by, and the letters that it lacks; nothing for what stays as it is."""
    said = language_at(leaf)
    if way := romanisation_for(said, config.schemes):
        return f"{way.name} of {way.language}", way.lacks(leaf)
    # Cyrillic in a text of another script is Russian; a text in Cyrillic stays, and so do words of its languages.
    is_russian = said == RUSSIAN or not is_in_cyrillic(said or config.language or "")
    return config.scheme, unknown_letters(str(leaf), config.scheme) if is_russian else ""


def say_letters(app: Sphinx, env: BuildEnvironment) -> None:
    """Name them once, as information (``env-updated``)."""
    domain, found = domain_of(env), dict[str, dict[str, str]]()
    for docname in reading_order(env):
        for each in domain.of_document(docname, UnknownLetter):
            found.setdefault(each.table, {}).setdefault(each.letter, each.place)
    for table, letters in found.items():
        listed = ", ".join(f"{_shown(letter)} ({place})" for letter, place in letters.items())
        inform(f"transliteration: {table} has no value for {listed}; what has none stays as it is")


def _shown(letter: str) -> str:
    """A letter, or a mark on the circle that stands for one."""
    return f"\N{DOTTED CIRCLE}{letter}" if is_mark(letter) else letter


def _place(leaf: dn.Text) -> str:
    node = next((above for above in ancestors(leaf) if above.line and above.source), None)
    return f"{node.source}:{node.line}" if node is not None else "no line"


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", note_letters, priority=DoctreeRead.NOTE_LETTERS)
    app.connect("env-updated", say_letters, priority=EnvUpdated.SAY_LETTERS)
