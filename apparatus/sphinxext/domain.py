"""The domain ``apparatus``: what the edition remembers.

What a document says is kept between builds, as plain values; what follows from all of them is
found anew in every build, by :mod:`apparatus.sphinxext.prove` first, and lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes as dn
from sphinx.domains import Domain

from apparatus.concordance import Concordance
from apparatus.downloads import Download
from apparatus.edition import Edition, SourceDocument
from apparatus.model import Conspectus
from apparatus.problems import Problem
from apparatus.register import Occurrence, Register
from apparatus.render.face import Faces
from apparatus.transcription import Transcription

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

    #: Found in every build; never pickled.
    confdir: str = ""  #: the folder of ``conf.py``
    conspectus: Conspectus = Conspectus()
    conspectus_file: str | None = None
    conspectus_problems: tuple[Problem, ...] = ()
    edition: Edition | None = None
    faces: Faces | None = None
    transcriptions: dict[str, Transcription]
    register: Register = Register()
    register_file: str | None = None
    register_problems: tuple[Problem, ...] = ()
    names: tuple[Occurrence, ...] = ()
    concordance: Concordance = Concordance()
    downloads: tuple[Download, ...] = ()  #: what pages offer

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


def setup(app: Sphinx) -> None:
    app.add_domain(ApparatusDomain)
