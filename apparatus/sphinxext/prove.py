"""The proof: sigla are known before a document is read, and when all are read the edition is put together.

``env-updated`` always fires, also when nothing was read anew. If anything has changed of what the edition is
made of, it is put together and proved; in either case its problems are reported. Which documents are
written again is for :mod:`apparatus.sphinxext.rewriting` to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus import __version__
from apparatus.anchors import check_anchors
from apparatus.conspectus import entries_in_text, read_conspectus, sigla_hygiene
from apparatus.edition import Edition, make_edition
from apparatus.model import FIRST, Entry, Witness
from apparatus.problems import Problem, ProblemKind
from apparatus.render.face import Faces
from apparatus.source_file import decode, read_source
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import (
    ApparatusDomain,
    Packed,
    Proof,
    PutTogether,
    digest_of,
    domain_of,
    reading_order,
    remembered,
)
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import BuilderInited, EnvGetOutdated, EnvUpdated
from apparatus.sphinxext.voice import voice_of
from apparatus.transcription import Transcription, read_transcription
from apparatus.uri import is_inside
from apparatus.witness_text import transcribed

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def load_conspectus(app: Sphinx) -> None:
    """Read the conspectus before any document: the notation needs its sigla."""
    domain, name = domain_of(app.env), settings(app.config).conspectus
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
    digest = digest_of(domain.conspectus)
    if digest == domain.data["conspectus_digest"]:
        return []
    domain.data["conspectus_digest"] = digest
    return [docname for docname in domain.documents if docname in env.found_docs]


def prove(app: Sphinx, env: BuildEnvironment) -> None:
    """Put the edition together if it is another than before, report what is wrong."""
    domain, unread = domain_of(env), list[Problem]()
    domain.put_together = lambda: _put_together(app, env, unread)
    key = _key(app, env)
    if key != domain.proof.key and (edition := domain.edition) is not None:
        texts = tuple(name for name, blocks in edition.blocks_of.items() if blocks)
        series = tuple(sorted({(entry.series.name, entry.series.form) for entry in edition.entries}))
        problems = [*domain.conspectus_problems, *unread, *_problems(app, env, edition)]
        domain.data["proof"] = Proof(key, tuple(problems), texts, transcribed(edition), series)
        write_label_targets(env, edition)
    report(domain.proof.problems)


def _key(app: Sphinx, env: BuildEnvironment) -> str:
    """A digest of all that the edition and its problems come from; of a document it is enough when it was read."""
    domain, config = domain_of(env), settings(app.config)
    saying = [name for name in reading_order(env) if domain.memory.get(name, {}).keys() & {Packed, Problem}]
    files = [_transcription(domain, witness) for witness in domain.conspectus.witnesses]
    files += [Path(app.srcdir) / config.anchors if config.anchors else None]
    return digest_of(
        (
            __version__,
            [(name, env.all_docs[name]) for name in saying],
            (domain.conspectus, domain.conspectus_problems),
            [(str(file), _digest_of_file(file)) for file in files if file],
            (
                config.series,
                config.section_level,
                config.references,
                config.positive,
                config.collation,
                config.style,
            ),
        )
    )


def _digest_of_file(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):  # the latter where a name cannot be one
        return ""


def _put_together(app: Sphinx, env: BuildEnvironment, problems: list[Problem]) -> PutTogether:
    domain, config = domain_of(env), settings(app.config)
    transcriptions: dict[str, Transcription] = {}
    problems += _read_transcriptions(app, domain, transcriptions)
    edition = make_edition(
        [document for name in reading_order(env) if (document := domain.document(name))],
        config.series,
        domain.conspectus,
        transcriptions,
        section_level=config.section_level,
        system=config.references[FIRST],
        positive=config.positive,
        check=config.collation,
    )
    faces = Faces(edition, config.style, positive=config.positive, voice=voice_of(app.config))
    return PutTogether(faces, transcriptions)


def _problems(app: Sphinx, env: BuildEnvironment, edition: Edition) -> Iterator[Problem]:
    """What is wrong with documents and edition."""
    domain, config = domain_of(env), settings(app.config)
    # Without a single siglum no entry can be read: what would be said of them is not true.
    if not domain.conspectus_problems or domain.conspectus.by_key:
        yield from (problem for _, problem in remembered(env, Problem))
        if domain.documents:  # first the cause of much of what follows
            yield from entries_in_text(domain.conspectus, edition.text.blocks)
        yield from edition.problems
        if domain.documents:
            entries = [e.item for e in edition.entries if isinstance(e.item, Entry)]
            yield from sigla_hygiene(domain.conspectus, entries)
    if config.anchors:
        yield from _check_anchors(Path(app.srcdir) / config.anchors, edition)


def _transcription(domain: ApparatusDomain, witness: Witness) -> Path | None:
    if not witness.transcription or not domain.conspectus_file:
        return None
    return Path(domain.conspectus_file).parent / witness.transcription


def _read_transcriptions(
    app: Sphinx, domain: ApparatusDomain, read: dict[str, Transcription]
) -> Iterator[Problem]:
    """Read the transcriptions of the witnesses; what is wrong with them."""
    for witness in domain.conspectus.witnesses:
        if (path := _transcription(domain, witness)) is None:
            continue
        is_name = "\0" not in str(path)  # else the reading says so
        if is_name and not is_inside(path, (Path(app.srcdir), Path(app.confdir))):
            mend = "copy the file into the folder and mend 'transcription'"
            fault = f"the transcription of witness '{witness.key}' lies outside the edition's folder; {mend}"
            yield Problem(ProblemKind.UNTRUSTED, fault, witness.origin)
            continue
        transcription, found = read_transcription(path, witness)
        yield from found
        if transcription.blocks:
            read[witness.key] = transcription


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
    say = voice_of(env.config).say
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
            for number, _, _ in edition.text.passages_of(i):
                target(number, docname, number, number)
            for point, anchor in edition.text.milestones.get(i, ()):
                target(anchor.lower(), docname, anchor, point.number)
    for entry in edition.entries:
        title = say("n. {number}", number=entry.number) if entry.number else entry.id
        target(entry.id.lower(), entry.key[0], entry.id, title)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", load_conspectus, priority=BuilderInited.LOAD_CONSPECTUS)
    app.connect("env-get-outdated", outdated, priority=EnvGetOutdated.CONSPECTUS_CHANGED)
    app.connect("env-updated", prove, priority=EnvUpdated.PROVE)
