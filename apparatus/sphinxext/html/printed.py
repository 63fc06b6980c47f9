"""Page and line of the printed edition with every entry on the screen.

Readers of the book quote its pages. ``make pdf`` writes a concordance; where there is one of the
same version and text, the entry says where it is printed. Without one, or with another's, nothing
is said.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.latex import LaTeXBuilder

from apparatus import concordance
from apparatus.sphinxext.domain import domain_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator


def digest(env: BuildEnvironment) -> str:
    """What tells one state of the edited text, with its apparatus and notes, from another."""
    files = [Path(env.doc2path(name)) for name in sorted(domain_of(env).documents)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def read(app: Sphinx, env: BuildEnvironment) -> None:
    """Read the concordance, or have the book say of which text its places are (``env-updated``)."""
    name, found = app.config.apparatus_concordance, concordance.Concordance()
    if name:
        found = concordance.load(Path(app.confdir) / name, app.config.release, digest(env))
    app.builder.apparatus_concordance = found  # type: ignore[attr-defined]
    if isinstance(app.builder, LaTeXBuilder):
        app.builder.context["preamble"] += f"\n\\renewcommand\\crittextdigest{{{digest(env)}}}"


def visit_printed(self: HTML5Translator, node: Element) -> None:
    """Say where the entry stands in the book, if that is known."""
    found = getattr(self.builder, "apparatus_concordance", concordance.Concordance()).places
    if place := found.get(node.get("entry_id", "")):
        self.body.append(f' <span class="printed-at">{place}</span>')


def setup(app: Sphinx) -> None:
    """Register the setting and the event."""
    app.add_config_value("apparatus_concordance", None, "", (str, type(None)))
    app.connect("env-updated", read, priority=900)  # before it is asked what is written again
