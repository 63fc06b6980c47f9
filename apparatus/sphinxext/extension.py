"""``setup()``: the table of contents of the extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apparatus import __version__
from apparatus.sphinxext import config, domain, epub, latex, plain, printed, prove, rewriting, search
from apparatus.sphinxext.entries import assemble, cross_references
from apparatus.sphinxext.html import (
    assets,
    choices,
    cite_menu,
    downloads,
    offline,
    one_page,
    respelling,
    tables,
    visitors,
    weight,
    whole_apparatus,
    witness_pages,
)
from apparatus.sphinxext.names import cyrillic, glossary, index, persons
from apparatus.sphinxext.parts import (
    catalogue,
    chronology,
    conspectus,
    establishment,
    maps,
    offered,
    records,
    references,
)
from apparatus.sphinxext.source import collect, directives, encoding, fences, untrusted, unwanted

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, in the order in which a build meets it."""
    config.setup(app)
    domain.setup(app)
    prove.setup(app)
    printed.setup(app)
    offered.setup(app)
    rewriting.setup(app)
    encoding.setup(app)
    fences.setup(app)
    directives.setup(app)
    untrusted.setup(app)
    conspectus.setup(app)
    references.setup(app)
    chronology.setup(app)
    maps.setup(app)
    catalogue.setup(app)
    collect.setup(app)
    unwanted.setup(app)
    assemble.setup(app)
    cross_references.setup(app)
    cyrillic.setup(app)
    index.setup(app)
    persons.setup(app)
    glossary.setup(app)
    establishment.setup(app)
    if "sphinxcontrib.bibtex" in app.config.extensions:  # an edition need not have a bibliography
        from apparatus.sphinxext.bibliography import backlinks

        backlinks.setup(app)
    visitors.setup(app)
    assets.setup(app)
    witness_pages.setup(app)
    choices.setup(app)
    respelling.setup(app)
    cite_menu.setup(app)
    whole_apparatus.setup(app)
    latex.setup(app)
    epub.setup(app)
    plain.setup(app)
    records.setup(app)
    search.setup(app)
    offline.setup(app)
    one_page.setup(app)
    downloads.setup(app)
    tables.setup(app)
    weight.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
