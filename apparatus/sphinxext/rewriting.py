"""What is written again after an edit, and what is taken away.

A page of an edition says much that stands in other files: numbers, names, places that cite a work,
the titles of all pages. To write is cheap beside reading. So the only question is whether anything has
changed that one file may say for another; then all documents are written. What has changed in one
file alone concerns its own page. A build on top of an older one so gives what a fresh one gives.

It is remembered for each output folder: what was written into one since, was not into another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from apparatus import __version__
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of, reading_order
from apparatus.sphinxext.schedule import EnvUpdated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
#: Asks every wing for the files that it makes for a document, a witness or the whole, and that
#: would else stay for ever when that is no more: ``handler(app) -> Iterable[Path]``.
FILES = "apparatus-files"


@dataclass(slots=True)
class Written:
    """What was written last into an output folder."""

    common: str = ""  #: a digest of all that one file may say for another
    read: dict[str, float] = field(default_factory=dict)  #: document → when what was written was read
    files: set[Path] = field(default_factory=set)  #: those that Sphinx or we should else leave for ever


def write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the documents to be written again; take away the files that are no more (``env-updated``)."""
    written: dict[str, Written] = domain_of(env).data["written"]
    before = written.get(str(app.outdir), Written())
    now = Written(_digest(app, env), dict(env.all_docs), set(_files(app, env)))
    written[str(app.outdir)] = now
    for file in before.files - now.files:
        file.unlink(missing_ok=True)
    if now.common != before.common:
        return sorted(env.all_docs)
    return sorted(name for name in now.read if now.read[name] != before.read.get(name))


def _digest(app: Sphinx, env: BuildEnvironment) -> str:
    digest = hashlib.sha256()
    for fact in _common(app, env):
        digest.update(repr(fact).encode())
    return digest.hexdigest()


def _common(app: Sphinx, env: BuildEnvironment) -> Iterator[object]:
    """All that one file may say for another."""
    domain, standard = domain_of(env), env.domains.standard_domain
    order = reading_order(env)
    yield __version__
    # the edition
    documents = domain.documents
    yield [documents.get(name) for name in order]
    yield domain.conspectus, domain.conspectus_doc, sorted(domain.transcriptions.items())
    yield domain.register, settings(app.config).style
    yield sorted(domain.concordance.places.items())
    yield [(one.kind, one.name, one.measure, one.section) for one in domain.downloads]
    # the frame of every page
    yield [(name, env.tocs[name].pformat()) for name in order]
    # what references and citations lead to
    yield (
        sorted(standard.labels.items()),
        sorted(standard.anonlabels.items()),
        sorted(standard.objects.items()),
    )
    for name in order:
        kinds = domain.memory.get(name, ())
        yield [domain.of_document(name, kind) for kind in kinds if getattr(kind, "concerns_others", False)]
    if "cite" in env.domains:
        bibtex: Any = env.get_domain("cite")
        yield [
            (c.bibliography_key, c.citation_id, vars(c.formatted_entry), c.entry) for c in bibtex.citations
        ]


def _files(app: Sphinx, env: BuildEnvironment) -> Iterator[Path]:
    """The files that Sphinx makes for a document, and those that our own wings make (``apparatus-files``)."""
    for made in app.emit(FILES):
        yield from made
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    ending = app.config.html_sourcelink_suffix
    for docname in env.all_docs:
        yield Path(app.builder.get_output_path(docname))
        for suffix in app.config.source_suffix:
            yield Path(app.outdir) / "_sources" / f"{docname}{suffix}{ending if suffix != ending else ''}"


def setup(app: Sphinx) -> None:
    app.add_event(FILES)
    app.connect("env-updated", write_again, priority=EnvUpdated.WRITE_AGAIN)
