"""What is written again after an edit, and what is taken away.

A page of an edition says much that stands in other files: numbers, names, places that cite a work,
the titles of all pages. What every page may say (the frame, the witnesses, the works) is one digest: if
that has changed, all documents are written. What a page alone says is its own
(:mod:`apparatus.sphinxext.pages`). A build on top of an older one so gives what a fresh one gives, and
an entry that is mended writes its own page and those that print it.

It is remembered for each output folder: what was written into one since, was not into another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from apparatus import __version__
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import Proof, digest_of, domain_of, reading_order
from apparatus.sphinxext.pages import page_digests
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

    edition: str = ""  #: which it was
    common: str = ""  #: a digest of what any page may say
    pages: dict[str, str] = field(
        default_factory=dict
    )  #: document → a digest of what its page says of others
    witnesses: dict[str, str] = field(default_factory=dict)  #: witness → a digest of what its text is made of
    read: dict[str, float] = field(default_factory=dict)  #: document → when what was written was read
    files: set[Path] = field(default_factory=set)  #: those that Sphinx or we should else leave for ever


def write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the documents to be written again; take away the files that are no more (``env-updated``)."""
    domain = domain_of(env)
    written: dict[str, Written] = domain.data["written"]
    before = written.get(str(app.outdir), Written())
    common = digest_of(list(_common(app, env)))
    now = Written(domain.proof.key, common, _pages(env, common))
    now.witnesses = {key: _text_of(domain.proof, key) for key in domain.proof.transcribed}
    now.read, now.files = dict(env.all_docs), set(_files(app, env))
    written[str(app.outdir)] = now
    domain.is_as_written = (now.edition, now.common) == (before.edition, before.common)
    domain.witnesses_as_written = frozenset(dict(now.witnesses.items() & before.witnesses.items()))
    for file in before.files - now.files:
        file.unlink(missing_ok=True)
    return sorted(
        name
        for name in env.all_docs
        if (now.pages[name], now.read[name]) != (before.pages.get(name), before.read.get(name))
    )


def _pages(env: BuildEnvironment, common: str) -> dict[str, str]:
    return {name: digest_of((common, its)) for name, its in page_digests(env).items()}


def _text_of(proof: Proof, key: str) -> str:
    """What the text of a witness is made of: where all is proved, its transcription, read in the declared way."""
    file = dict(proof.facts.files).get(key)
    return digest_of((proof.facts.shared, file)) if proof.portions and file else proof.key


def _common(app: Sphinx, env: BuildEnvironment) -> Iterator[object]:
    """All that any page may say."""
    domain, standard = domain_of(env), env.domains.standard_domain
    ours, order = set(domain.data["labels"]), reading_order(env)
    yield __version__
    # the edition
    yield domain.conspectus, domain.conspectus_doc, domain.proof.transcribed
    yield domain.register, settings(app.config).style
    yield domain.proof.series
    yield domain.record.gone
    yield sorted(domain.concordance.places.items())
    yield [(one.kind, one.name, one.measure(), one.section) for one in domain.downloads]
    # the frame of every page
    yield [(name, env.tocs[name].pformat()) for name in order]
    # what references and citations lead to; passages and entries are for those who refer to them
    for labels in (standard.labels, standard.anonlabels):
        yield sorted(item for item in labels.items() if item[0] not in ours)
    yield sorted(standard.objects.items())
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
