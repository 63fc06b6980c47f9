"""The proof: sigla are known before a document is read, and when all are read the edition is put together.

``env-updated`` always fires, also when nothing was read anew. If anything has changed of what the edition is
made of, it is put together and proved, the whole or what has changed; in either case its problems are reported. Which documents are
written again is for :mod:`apparatus.sphinxext.rewriting` to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus import __version__
from apparatus.conspectus import entries_in_text, read_conspectus, sigla_hygiene, sigla_of
from apparatus.edition import Edition
from apparatus.model import Entry
from apparatus.portions import anchors_of
from apparatus.problems import Problem, ProblemKind
from apparatus.render.misread import misread_style
from apparatus.source_file import read_source
from apparatus.sphinxext.by_portion import portions_proved, prove_again
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import (
    Facts,
    Packed,
    Proof,
    digest_of,
    domain_of,
    reading_order,
    remembered,
)
from apparatus.sphinxext.labels import write_label_targets
from apparatus.sphinxext.making import check_published_anchors, let_be_made, transcription_of
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import BuilderInited, EnvGetOutdated, EnvUpdated
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
    let_be_made(app, env, unread)
    facts = _facts(app, env)
    if facts.key != domain.proof.key:
        domain.data["proof"] = prove_again(app, env, facts) or _prove_whole(app, env, facts, unread)
    report(domain.proof.problems)


def _prove_whole(app: Sphinx, env: BuildEnvironment, facts: Facts, unread: list[Problem]) -> Proof:
    """The proof of the whole edition; *unread* has then what is wrong with transcriptions."""
    domain = domain_of(env)
    domain.forget_portions()
    if (edition := domain.edition) is None:
        return domain.proof
    texts = tuple(name for name, blocks in edition.blocks_of.items() if blocks)
    series = tuple(sorted(edition.series))
    problems = (*domain.conspectus_problems, *unread, *_problems(app, env, edition))
    write_label_targets(env, edition)
    proof = Proof(facts.key, problems, texts, transcribed(edition), series, facts, tuple(edition.translates))
    return replace(proof, portions=portions_proved(proof, edition))


def _facts(app: Sphinx, env: BuildEnvironment) -> Facts:
    """All that the edition and its problems come from; of a document it is enough when it was read."""
    domain, config = domain_of(env), settings(app.config)
    saying = [name for name in reading_order(env) if domain.memory.get(name, {}).keys() & {Packed, Problem}]
    files = {witness.key: transcription_of(domain, witness) for witness in domain.conspectus.witnesses}
    ways = (
        config.series,
        config.section_level,
        config.references,
        config.positive,
        config.collation,
        config.style,
    )
    return Facts(
        digest_of((__version__, domain.conspectus, domain.conspectus_problems, ways, _of_record(app))),
        tuple((name, env.all_docs[name]) for name in saying),
        tuple((key, _digest_of_file(file)) for key, file in files.items() if file),
    )


def _of_record(app: Sphinx) -> str:
    """A digest of the record of published anchors, by which entries have theirs."""
    anchors = settings(app.config).anchors
    return _digest_of_file(Path(app.srcdir) / anchors) if anchors else ""


def _digest_of_file(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):  # the latter where a name cannot be one
        return ""


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
            yield from sigla_hygiene(domain.conspectus, sigla_of(entries))
            yield from misread_style(config.style, edition)
    if config.anchors:
        yield from check_published_anchors(domain, edition, anchors_of(edition.entries))


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", load_conspectus, priority=BuilderInited.LOAD_CONSPECTUS)
    app.connect("env-get-outdated", outdated, priority=EnvGetOutdated.CONSPECTUS_CHANGED)
    app.connect("env-updated", prove, priority=EnvUpdated.PROVE)
