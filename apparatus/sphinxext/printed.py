"""Page and line of the printed edition with every entry on the screen.

Readers of the book quote its pages. ``make pdf`` writes a concordance; where there is one of the
same version, the entry says where it is printed. Without one, or with another's, nothing is said.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apparatus import concordance

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def read(app: Sphinx) -> None:
    """Read the concordance (``builder-inited``)."""
    name, found = app.config.apparatus_concordance, concordance.Concordance()
    if name:
        found = concordance.load(Path(app.confdir) / name, app.config.release)
    app.builder.apparatus_concordance = found  # type: ignore[attr-defined]


def visit_printed(self: HTML5Translator, node: Element) -> None:
    """Say where the entry stands in the book, if that is known."""
    found = getattr(self.builder, "apparatus_concordance", concordance.Concordance()).places
    if place := found.get(node.get("entry_id", "")):
        self.body.append(f' <span class="printed-at">{place}</span>')


def setup(app: Sphinx) -> None:
    """Register the setting and the event."""
    app.add_config_value("apparatus_concordance", None, "", (str, type(None)))
    app.connect("builder-inited", read)
