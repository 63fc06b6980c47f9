"""TEI: a builder that writes the whole edition as one file (``-b tei``).

``builder`` puts the documents in their order, ``blocks`` reads the markup of edited text, ``prose`` writes all that
editors say, ``addresses`` knows the identifier of everything to which a link can lead.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sphinx.builders import Builder

from apparatus.sphinxext.outputs import slug, titles
from apparatus.sphinxext.report import report, told_if_unwritten
from apparatus.written import put

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class TeiBuilder(Builder):
    """Writes all documents of an edition into one file."""

    name = "tei"
    format = "tei"
    epilog = "The TEI file is in %(outdir)s."
    supported_image_types: ClassVar[list[str]] = [
        *("image/svg+xml", "image/png", "image/jpeg", "image/gif", "application/pdf")
    ]
    allow_parallel = False

    def get_outdated_docs(self) -> str:
        """The file is one, so it is written anew."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """An address within the file."""
        from apparatus.sphinxext.tei.addresses import DOCUMENT

        return DOCUMENT + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the file, and prove it; what makes it is loaded here, since most builds make none."""
        from apparatus.sphinxext.tei.builder import WholeEdition
        from apparatus.tei import misread, written

        path, whole = Path(self.outdir) / file_name(self.config), WholeEdition(self)
        data = written(whole.file())
        report(misread(data, whole.edition))
        with told_if_unwritten():
            put(path, data.decode())

    def finish(self) -> None:
        """Nothing else is written."""


def file_name(config: Config) -> str:
    """The name of the file: the title's."""
    return f"{slug(titles(config)[0])}.xml"


def setup(app: Sphinx) -> None:
    app.add_builder(TeiBuilder)
