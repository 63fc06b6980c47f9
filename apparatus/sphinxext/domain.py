"""The domain ``apparatus``: what the edition remembers between builds, and its proof.

Documents are kept as plain values. When all have been read (``env-updated``, which always
fires, also when nothing was read anew) the edition is put together and proved, its problems
are reported; which documents are then written again is for ``rewriting`` to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes as dn
from sphinx.domains import Domain

from apparatus.anchors import check_anchors
from apparatus.conspectus import entries_in_text, read_conspectus, sigla_hygiene
from apparatus.edition import Edition, SourceDocument, make_edition
from apparatus.model import Conspectus, Entry
from apparatus.problems import Problem, ProblemKind
from apparatus.register import Occurrence, Register
from apparatus.source_file import decode, read_source
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.report import report
from apparatus.transcription import Transcription, read_transcription
from apparatus.uri import is_inside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ApparatusDomain(Domain):
    """Entries, witnesses and passages of an edition."""

    name = "apparatus"
    label = "Critical apparatus"
    initial_data: ClassVar[dict[str, Any]] = {
        "documents": {},
        "read_problems": {},
        "source_problems": {},
        "conspectus_doc": None,
        "conspectus_digest": "",
        "labels": [],
    }
    data_version = 2

    #: Set by the handlers below; never pickled.
    confdir: str = ""  #: the folder of ``conf.py``
    conspectus: Conspectus = Conspectus()
    conspectus_file: str | None = None
    conspectus_problems: tuple[Problem, ...] = ()
    edition: Edition | None = None
    transcriptions: dict[str, Transcription]
    register: Register = Register()
    register_file: str | None = None
    register_problems: tuple[Problem, ...] = ()
    names: tuple[Occurrence, ...] = ()

    @property
    def documents(self) -> dict[str, SourceDocument]:
        found: dict[str, SourceDocument] = self.data["documents"]
        return found

    @property
    def read_problems(self) -> dict[str, tuple[Problem, ...]]:
        found: dict[str, tuple[Problem, ...]] = self.data["read_problems"]
        return found

    @property
    def source_problems(self) -> dict[str, tuple[Problem, ...]]:
        found: dict[str, tuple[Problem, ...]] = self.data["source_problems"]
        return found

    def clear_doc(self, docname: str) -> None:
        for part in ("documents", "read_problems", "source_problems"):
            self.data[part].pop(docname, None)
        if self.data["conspectus_doc"] == docname:
            self.data["conspectus_doc"] = None

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for part in ("documents", "read_problems", "source_problems"):
            for docname in docnames:
                if docname in otherdata[part]:
                    self.data[part][docname] = otherdata[part][docname]
        if otherdata["conspectus_doc"] in docnames:
            self.data["conspectus_doc"] = otherdata["conspectus_doc"]

    def resolve_any_xref(self, *args: object) -> list[tuple[str, dn.reference]]:
        """Nothing: passages and notes are labels of the standard domain."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for witness in self.conspectus.by_key if self.data["conspectus_doc"] else ():
            yield witness, witness, "siglum", self.data["conspectus_doc"], witness, 1


def domain_of(env: BuildEnvironment) -> ApparatusDomain:
    """The domain of an environment."""
    return env.get_domain("apparatus")  # type: ignore[return-value]


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
    problems: list[Problem] = list(domain.conspectus_problems)
    for witness in domain.conspectus.witnesses:
        if witness.transcription and domain.conspectus_file:
            path = Path(domain.conspectus_file).parent / witness.transcription
            if not is_inside(path, (Path(app.srcdir), Path(app.confdir))):
                mend = "copy the file into the folder and mend 'transcription'"
                fault = (
                    f"the transcription of witness '{witness.key}' lies outside the edition's folder; {mend}"
                )
                problems.append(Problem(ProblemKind.UNTRUSTED, fault, witness.origin))
                continue
            transcription, found = read_transcription(path, witness)
            problems += found
            if transcription.blocks:
                domain.transcriptions[witness.key] = transcription
    order = reading_order(env)
    # Without a single siglum no entry can be read: what would be said of them is not true.
    unread = bool(domain.conspectus_problems) and not domain.conspectus.by_key
    for name in order if not unread else ():
        problems += domain.source_problems.get(name, ())
        problems += domain.read_problems.get(name, ())
    documents = [domain.documents[name] for name in order if name in domain.documents]
    edition = make_edition(
        documents,
        config.series,
        domain.conspectus,
        domain.transcriptions,
        section_level=config.section_level,
        positive=config.positive,
        check=config.collation,
    )
    domain.edition = edition
    if domain.documents and not unread:
        problems += entries_in_text(
            domain.conspectus, edition.text.blocks
        )  # the cause of much of what follows
    problems += edition.problems if not unread else ()
    if domain.documents and not unread:
        entries = [e.item for e in edition.entries if isinstance(e.item, Entry)]
        words = set(edition.text.joined.split())
        problems += sigla_hygiene(domain.conspectus, entries, words)
    if config.anchors:
        problems += _check_anchors(Path(app.srcdir) / config.anchors, edition)
    report(problems)
    write_label_targets(env, edition)


def _check_anchors(path: Path, edition: Edition) -> tuple[Problem, ...]:
    what, kind = "the record of published anchors", ProblemKind.BAD_ANCHORS
    mend = "copy to it the anchors.tsv that this build leaves beside its output"
    data, problems = read_source(path, what, kind, mend)
    if data is None:
        return problems
    recorded, problems = decode(data, str(path), what, kind)
    return (*problems, *check_anchors(recorded, str(path), edition.text))


def reading_order(env: BuildEnvironment) -> list[str]:
    """All documents in the order of the table of contents; what stands in none comes last."""
    order: dict[str, None] = {}

    def visit(docname: str) -> None:
        if docname not in order and docname in env.all_docs:
            order[docname] = None
            for child in env.toctree_includes.get(docname, ()):
                visit(child)

    visit(env.config.root_doc)
    return [*order, *sorted(set(env.all_docs) - set(order))]


def write_label_targets(env: BuildEnvironment, edition: Edition) -> None:
    """Make every passage and note a target of ``{ref}`` and of ``[](#2.3)``; those of the build before are none."""
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
    app.add_domain(ApparatusDomain)
    app.connect("builder-inited", load_conspectus)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", prove)
