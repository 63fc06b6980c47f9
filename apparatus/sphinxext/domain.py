"""The domain ``apparatus``: what the edition remembers.

What a document says or asks for is kept between builds, as plain values of any class: one memory,
which forgets a document when it is read again and takes over what another process has read. What
follows from all documents is found anew in every build, by :mod:`apparatus.sphinxext.prove` first,
and lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

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


Remembered = TypeVar("Remembered")
#: Document → class → what it has of that, in the order in which it was read.
Memory: TypeAlias = dict[str, dict[type, list[Any]]]


@dataclass(frozen=True, slots=True)
class ListsWitnesses:
    """That a document has the list of witnesses, to which sigla lead."""


class ApparatusDomain(Domain):
    """Entries, witnesses and passages of an edition."""

    name = "apparatus"
    label = "Critical apparatus"
    initial_data: ClassVar[dict[str, Any]] = {
        "memory": {},
        "conspectus_digest": "",
        "labels": [],
        "written": {},
    }
    data_version = 4

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
    def memory(self) -> Memory:
        """All that is remembered of the documents."""
        found: Memory = self.data["memory"]
        return found

    def remember(self, docname: str, *said: object) -> None:
        """Keep what a document says or asks for until it is read again."""
        its = self.memory.setdefault(docname, {})
        for one in said:
            its.setdefault(type(one), []).append(one)

    def of_document(self, docname: str, kind: type[Remembered]) -> list[Remembered]:
        """What is remembered of a document that is of one class."""
        return self.memory.get(docname, {}).get(kind, [])

    @property
    def documents(self) -> dict[str, SourceDocument]:
        """The documents that have edited text or entries."""
        return {name: its[SourceDocument][0] for name, its in self.memory.items() if SourceDocument in its}

    @property
    def conspectus_doc(self) -> str | None:
        """The document that sigla lead to; if several list the witnesses, the last by name."""
        return max((name for name, its in self.memory.items() if ListsWitnesses in its), default=None)

    def clear_doc(self, docname: str) -> None:
        self.memory.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.memory.update((name, its) for name, its in otherdata["memory"].items() if name in docnames)

    def resolve_any_xref(self, *args: object) -> list[tuple[str, dn.reference]]:
        """Nothing: passages and notes are labels of the standard domain."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        home = self.conspectus_doc
        for witness in self.conspectus.by_key if home else ():
            yield witness, witness, "siglum", home or "", witness, 1


def domain_of(env: BuildEnvironment) -> ApparatusDomain:
    """The domain of an environment."""
    return env.get_domain("apparatus")  # type: ignore[return-value]


def reading_order(env: BuildEnvironment) -> list[str]:
    """All documents in the order of the table of contents; those that no table of contents has come last."""
    order: dict[str, None] = {}

    def visit(docname: str) -> None:
        if docname not in order and docname in env.all_docs:
            order[docname] = None
            for child in env.toctree_includes.get(docname, ()):
                visit(child)

    visit(env.config.root_doc)
    return [*order, *sorted(set(env.all_docs) - set(order))]


def remembered(env: BuildEnvironment, kind: type[Remembered]) -> Iterator[tuple[str, Remembered]]:
    """All that is remembered of one class, each with its document, in reading order."""
    domain = domain_of(env)
    return ((name, one) for name in reading_order(env) for one in domain.of_document(name, kind))


def setup(app: Sphinx) -> None:
    app.add_domain(ApparatusDomain)
