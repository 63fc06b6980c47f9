"""Puts an edition together from what its documents have said: whole, a portion of it, its text alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.anchors import NONE, Record, check_anchors, read_record
from apparatus.edition import Edition, SourceDocument, Surroundings, make_edition, number_text
from apparatus.model import FIRST, Conspectus, Witness
from apparatus.portions import Portion, notes_before
from apparatus.problems import Problem, ProblemKind
from apparatus.source_file import decode, read_source
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, PutTogether, domain_of, reading_order
from apparatus.sphinxext.voice import voice_of
from apparatus.transcription import Transcription, read_transcription
from apparatus.uri import is_inside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from apparatus.render.face import Faces


def let_be_made(app: Sphinx, env: BuildEnvironment, unread: list[Problem]) -> None:
    """Say how the edition is made when it is asked for; to *unread* goes what is wrong with transcriptions."""
    domain = domain_of(env)
    domain.record, domain.record_problems = _read_record(app)
    domain.put_together = lambda: _put_together(app, env, unread)
    domain.put_portion = lambda portion: _put_portion(app, env, portion)
    domain.number_text = lambda: _number(app, env)
    domain.read_witness = cache(partial(_read_witness, app, domain))


def _put_together(app: Sphinx, env: BuildEnvironment, problems: list[Problem]) -> PutTogether:
    domain, config = domain_of(env), settings(app.config)
    transcriptions: dict[str, Transcription] = {}
    problems += _read_transcriptions(domain, transcriptions)
    edition = make_edition(
        [document for name in reading_order(env) if (document := domain.document(name))],
        config.series,
        domain.conspectus,
        transcriptions,
        section_level=config.section_level,
        system=config.references[FIRST],
        positive=config.positive,
        check=config.collation,
        classification=config.classification,
        published=domain.record,
    )
    return PutTogether(_faces(app, edition), transcriptions)


def _faces(app: Sphinx, edition: Edition) -> Faces:
    from apparatus.render.face import Faces  # for builds that write something

    config = settings(app.config)
    return Faces(edition, config.style, positive=config.positive, voice=voice_of(app.config))


def _put_portion(app: Sphinx, env: BuildEnvironment, portion: Portion) -> Faces:
    domain, config = domain_of(env), settings(app.config)
    edition = make_edition(
        [document for name in portion.documents if (document := domain.document(name))],
        config.series,
        _without_gaps(domain.conspectus),
        {},
        section_level=config.section_level,
        system=config.references[FIRST],
        positive=config.positive,
        around=_around(domain, portion),
        classification=config.classification,
        published=domain.record,
    )
    return _faces(app, edition)


def _without_gaps(conspectus: Conspectus) -> Conspectus:
    """The conspectus for a portion in which no gap lies."""
    return replace(conspectus, witnesses=tuple(replace(w, gaps=()) for w in conspectus.witnesses))


def _around(domain: ApparatusDomain, portion: Portion) -> Surroundings:
    """What the rest of the edition is to a portion."""
    numbered = domain.numbered
    assert numbered is not None
    blocks = {name: [numbered.text.blocks[i] for i in numbered.blocks_of[name]] for name in portion.documents}
    start = numbered.blocks_of[portion.documents[0]].start
    beside = Counter(point.name for block in numbered.text.blocks[:start] for point in block.beside)
    return Surroundings(
        blocks,
        tuple(beside.items()),
        notes_before(domain.proof.portions, portion),
        frozenset(domain.proof.series),
        frozenset(domain.proof.transcribed),
    )


def _number(app: Sphinx, env: BuildEnvironment) -> Edition:
    domain, config = domain_of(env), settings(app.config)
    texts: list[SourceDocument] = [text for name in reading_order(env) if (text := domain.text_of(name))]
    problems: list[Problem] = []
    numbered, blocks_of = number_text(texts, config.section_level, config.references[FIRST], problems)
    beside = {text.name: text.translates for text in texts if text.translates}
    return Edition(
        numbered, domain.conspectus, problems=tuple(problems), blocks_of=blocks_of, translates=beside
    )


def transcription_of(domain: ApparatusDomain, witness: Witness) -> Path | None:
    """The file of a witness that has a transcription."""
    if not witness.transcription or not domain.conspectus_file:
        return None
    return Path(domain.conspectus_file).parent / witness.transcription


def _read_witness(
    app: Sphinx, domain: ApparatusDomain, key: str
) -> tuple[Transcription, tuple[Problem, ...]]:
    """What the file of a witness has, and what is wrong with it; of one that has no file nothing."""
    witness = domain.conspectus.witness[key]
    domain.witnesses_read.add(key)
    if (path := transcription_of(domain, witness)) is None:
        return Transcription(), ()
    is_name = "\0" not in str(path)  # else the reading says so
    if is_name and not is_inside(path, (Path(app.srcdir), Path(app.confdir))):
        mend = "copy the file into the folder and mend 'transcription'"
        fault = f"the transcription of witness '{witness.key}' lies outside the edition's folder; {mend}"
        return Transcription(), (Problem(ProblemKind.UNTRUSTED, fault, witness.origin),)
    return read_transcription(path, witness)


def _read_transcriptions(domain: ApparatusDomain, read: dict[str, Transcription]) -> Iterator[Problem]:
    """Read the transcriptions of the witnesses; what is wrong with them."""
    assert domain.read_witness is not None
    for witness in domain.conspectus.witnesses:
        transcription, found = domain.read_witness(witness.key)
        yield from found
        if transcription.blocks:
            read[witness.key] = transcription


def _read_record(app: Sphinx) -> tuple[Record, tuple[Problem, ...]]:
    """The record of published anchors, and what is wrong with its file."""
    name = settings(app.config).anchors
    if not name:
        return NONE, ()
    path, what, kind = Path(app.srcdir) / name, "the record of published anchors", ProblemKind.BAD_ANCHORS
    mend = "copy to it the anchors.tsv that this build leaves beside its output"
    data, problems = read_source(path, what, kind, mend)
    if data is None:
        return NONE, problems
    text, problems = decode(data, str(path), what, kind)
    record, faults = read_record(text, str(path))
    return record, (*problems, *faults)


def check_published_anchors(
    domain: ApparatusDomain, edition: Edition, entries: Mapping[str, str]
) -> tuple[Problem, ...]:
    """What is wrong with the record of published anchors, or with the text and its *entries* by it."""
    found = (*domain.record_problems, *check_anchors(domain.record, edition.text, entries))
    return tuple(sorted(found, key=lambda problem: problem.origin.line if problem.origin else 0))
