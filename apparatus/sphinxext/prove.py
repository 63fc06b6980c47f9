"""The proof: sigla are known before a document is read, and when all are read the edition is put together.

``env-updated`` always fires, also when nothing was read anew. Then the edition is made and proved, its
problems are reported; which documents are written again is for :mod:`apparatus.sphinxext.rewriting` to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.anchors import check_anchors
from apparatus.conspectus import entries_in_text, read_conspectus, sigla_hygiene
from apparatus.edition import Edition, SourceDocument, make_edition
from apparatus.model import Entry
from apparatus.problems import Problem, ProblemKind
from apparatus.render.face import Faces
from apparatus.source_file import decode, read_source
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, domain_of, remembered
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import BuilderInited, EnvGetOutdated, EnvUpdated
from apparatus.transcription import read_transcription
from apparatus.uri import is_inside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def load_conspectus(app: Sphinx) -> None:
    """Read the conspectus before any document: the notation needs its sigla."""
    domain, name = domain_of(app.env), settings(app.config).conspectus
    domain.transcriptions = {}
    if name is None:
        return
    path = Path(app.srcdir) / name
    domain.conspectus_file = str(path)
    mend = "make it or mend apparatus_conspectus in conf.py"
    data, domain.conspectus_problems = read_source(
        path, f"the conspectus '{name}'", ProblemKind.BAD_CONSPECTUS, mend
    )
    if data is not None:
        found, domain.conspectus_problems = read_conspectus(data, str(path))
        domain.conspectus = replace(found, folder=str(path.parent))


def outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    """Documents to be read again because the conspectus changed: sigla decide how entries parse."""
    domain = domain_of(env)
    digest = hashlib.sha256(repr(domain.conspectus).encode()).hexdigest()
    if digest == domain.data["conspectus_digest"]:
        return []
    domain.data["conspectus_digest"] = digest
    return [docname for docname in domain.documents if docname in env.found_docs]


def prove(app: Sphinx, env: BuildEnvironment) -> None:
    """Put the edition together, report what is wrong."""
    domain, config = domain_of(env), settings(app.config)
    problems = [*domain.conspectus_problems, *_read_transcriptions(app, domain)]
    # Without a single siglum no entry can be read: what would be said of them is not true.
    unread = bool(domain.conspectus_problems) and not domain.conspectus.by_key
    problems += [problem for _, problem in remembered(env, Problem)] if not unread else []
    documents = [document for _, document in remembered(env, SourceDocument)]
    edition = make_edition(
        documents,
        config.series,
        domain.conspectus,
        domain.transcriptions,
        section_level=config.section_level,
        positive=config.positive,
        check=config.collation,
    )
    domain.edition, domain.faces = edition, Faces(edition, config.style, positive=config.positive)
    if documents and not unread:
        problems += entries_in_text(
            domain.conspectus, edition.text.blocks
        )  # the cause of much of what follows
    problems += edition.problems if not unread else ()
    if documents and not unread:
        entries = [e.item for e in edition.entries if isinstance(e.item, Entry)]
        problems += sigla_hygiene(domain.conspectus, entries)
    if config.anchors:
        problems += _check_anchors(Path(app.srcdir) / config.anchors, edition)
    report(problems)
    write_label_targets(env, edition)


def _read_transcriptions(app: Sphinx, domain: ApparatusDomain) -> Iterator[Problem]:
    """Read the transcriptions of the witnesses into the domain; what is wrong with them."""
    for witness in domain.conspectus.witnesses:
        if not witness.transcription or not domain.conspectus_file:
            continue
        path = Path(domain.conspectus_file).parent / witness.transcription
        if not is_inside(path, (Path(app.srcdir), Path(app.confdir))):
            mend = "copy the file into the folder and mend 'transcription'"
            fault = f"the transcription of witness '{witness.key}' lies outside the edition's folder; {mend}"
            yield Problem(ProblemKind.UNTRUSTED, fault, witness.origin)
            continue
        transcription, found = read_transcription(path, witness)
        yield from found
        if transcription.blocks:
            domain.transcriptions[witness.key] = transcription


def _check_anchors(path: Path, edition: Edition) -> tuple[Problem, ...]:
    what, kind = "the record of published anchors", ProblemKind.BAD_ANCHORS
    mend = "copy to it the anchors.tsv that this build leaves beside its output"
    data, problems = read_source(path, what, kind, mend)
    if data is None:
        return problems
    recorded, problems = decode(data, str(path), what, kind)
    return (*problems, *check_anchors(recorded, str(path), edition.text))


def write_label_targets(env: BuildEnvironment, edition: Edition) -> None:
    """Make every passage and note a target of ``{ref}`` and of ``[](#2.3)``; those of the build before are forgotten."""
    standard, data = env.domains.standard_domain, domain_of(env).data
    for name in data["labels"]:
        standard.labels.pop(name, None)
        standard.anonlabels.pop(name, None)
    data["labels"] = []

    def target(name: str, docname: str, anchor: str, title: str) -> None:
        standard.labels[name] = (docname, anchor, title)
        standard.anonlabels[name] = (docname, anchor)
        data["labels"].append(name)

    for docname, blocks in edition.blocks_of.items():
        for i in blocks:
            number = edition.text.blocks[i].number
            target(number, docname, number, number)
    for entry in edition.entries:
        title = f"n. {entry.number}" if entry.number else entry.id
        target(entry.id.lower(), entry.key[0], entry.id, title)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", load_conspectus, priority=BuilderInited.LOAD_CONSPECTUS)
    app.connect("env-get-outdated", outdated, priority=EnvGetOutdated.CONSPECTUS_CHANGED)
    app.connect("env-updated", prove, priority=EnvUpdated.PROVE)
