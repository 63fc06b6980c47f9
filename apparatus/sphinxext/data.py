"""``-b variants``: who reads what, as CSV, JSON (with its schema) and NEXUS."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders import Builder

from apparatus.edition import Edition
from apparatus.model import EditedText
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import slug, titles
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.written import put

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class VariantsBuilder(Builder):
    """Writes the table of variants in each of its forms; it writes no document."""

    name = "variants"
    epilog = "The variants are in %(outdir)s."
    allow_parallel = False

    def get_outdated_docs(self) -> str:
        """The files are of the whole edition."""
        return "the variants"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """There are no addresses in the files."""
        return ""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the files."""
        from apparatus.variants import rows, schema, write_csv, write_json, write_nexus

        domain, title = domain_of(self.env), titles(self.config)[0]
        edition = domain.edition or Edition(EditedText(()), domain.conspectus)
        found = [*rows(edition)]
        made = {
            "csv": write_csv(found),
            "json": write_json(found, edition, self.config.project, str(self.config.release)),
            "nex": write_nexus(found, edition),
            "schema.json": schema(),
        }
        for suffix, text in made.items():
            with told_if_unwritten():
                put(Path(self.outdir) / f"{slug(title)}.{suffix}", text)

    def finish(self) -> None:
        """Nothing else is written."""


def setup(app: Sphinx) -> None:
    app.add_builder(VariantsBuilder)
