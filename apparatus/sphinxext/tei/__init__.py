"""TEI: a builder that writes the whole edition as one file (``-b tei``).

``builder`` puts the documents in their order, ``blocks`` reads the markup of edited text, ``prose`` writes all that
editors say, ``addresses`` knows the identifier of everything to which a link can lead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apparatus.sphinxext.tei.builder import TeiBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    app.add_builder(TeiBuilder)
