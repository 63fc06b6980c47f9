"""The domain ``apparatus``: what the edition remembers.

What a document says or asks for is kept between builds, as plain values of any class: one memory,
which forgets a document when it is read again and takes over what another process has read. What
follows from all documents lies beside it, and is put together when it is first asked for
(:mod:`apparatus.sphinxext.prove`): where nothing of it has changed since the build before, what was
found then is said again, and nothing need be proved.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from docutils import nodes as dn
from sphinx.domains import Domain

from apparatus.anchors import NONE, Record
from apparatus.concordance import Concordance
from apparatus.downloads import Download
from apparatus.edition import Edition, SourceDocument
from apparatus.model import Conspectus
from apparatus.portions import Portion
from apparatus.problems import Problem
from apparatus.register import Occurrence, Register
from apparatus.transcription import Transcription

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from apparatus.render.face import Faces


Remembered = TypeVar("Remembered")
#: Document → class → what it has of that, in the order in which it was read.
Memory: TypeAlias = dict[str, dict[type, list[Any]]]


@dataclass(frozen=True, slots=True)
class ListsWitnesses:
    """That a document has the list of witnesses, to which sigla lead."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an edition and its problems come from."""

    shared: str = ""  #: a digest of what concerns every document
    documents: tuple[tuple[str, float], ...] = ()  #: those that say something, and when each was read
    files: tuple[tuple[str, str], ...] = ()  #: witness → a digest of its transcription

    @property
    def key(self) -> str:
        """A digest of it all."""
        return digest_of((self.shared, self.documents, self.files))


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found when the edition was put together last."""

    key: str = ""  #: a digest of all that it was made of
    problems: tuple[Problem, ...] = ()
    texts: tuple[str, ...] = ()  #: the documents that have passages, in reading order
    transcribed: tuple[str, ...] = ()  #: the witnesses that were compared
    series: tuple[tuple[str, str], ...] = ()  #: name and form of those that have entries
    facts: Facts = Facts()
    second: tuple[str, ...] = ()  #: of the documents that have passages those that translate another
    portions: tuple[Portion, ...] = ()  #: that can be proved by themselves; none where anything is wrong

    def portion_of(self, docname: str) -> Portion | None:
        """The portion to which a document belongs."""
        return next((portion for portion in self.portions if docname in portion.documents), None)


@dataclass(frozen=True, slots=True)
class PutTogether:
    """The edition, and what it was made of that is not remembered."""

    faces: Faces
    transcriptions: dict[str, Transcription]


class _AsCalls(pickle.Pickler):
    """Writes a value of ours as a call of its class: so it is read again in half the time."""

    def reducer_override(self, value: Any) -> Any:
        names = _fields(type(value))
        return (type(value), tuple([getattr(value, name) for name in names])) if names else NotImplemented


#: Class → the names of its fields, if it is one of ours; they are asked for very often.
_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _FIELDS[kind]


class Packed:
    """A document of edited text at rest: most builds read few of them again, and each has very many values.

    Its text is kept beside its entries, for the whole text is asked for oftener than all entries.
    """

    def __init__(self, document: SourceDocument) -> None:
        self._document: SourceDocument | None = document
        self._text: SourceDocument | None = replace(document, items=())
        self._bytes: tuple[bytes, bytes] = (b"", b"")

    def __getstate__(self) -> tuple[bytes, bytes]:
        if not any(self._bytes) and self._document:
            self._bytes = _written(self._text), _written(self._document.items)
        return self._bytes

    def __setstate__(self, state: tuple[bytes, bytes]) -> None:
        self._document, self._text, self._bytes = None, None, state

    @cached_property
    def digest(self) -> str:
        """Of the document; one that is read in the same way again has the same."""
        return hashlib.sha256(b"".join(self.__getstate__())).hexdigest()

    @property
    def text(self) -> SourceDocument:
        """The document without its entries."""
        if self._text is None:
            self._text = pickle.loads(self._bytes[0])
        return self._text

    @property
    def document(self) -> SourceDocument:
        """The document as it was read."""
        if self._document is None:
            self._document = replace(self.text, items=pickle.loads(self._bytes[1]))
        return self._document


def _written(value: object) -> bytes:
    written = io.BytesIO()
    _AsCalls(written, pickle.HIGHEST_PROTOCOL).dump(value)
    return written.getvalue()


def digest_of(facts: object) -> str:
    """A digest of plain values; values that are written alike have the same."""
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()


class ApparatusDomain(Domain):
    """Entries, witnesses and passages of an edition."""

    name = "apparatus"
    label = "Critical apparatus"
    initial_data: ClassVar[dict[str, Any]] = {
        "memory": {},
        "conspectus_digest": "",
        "labels": [],
        "proof": Proof(),
        "found": {},
        "pages": {},
        "written": {},
    }
    data_version = 6

    #: Found in every build; never pickled.
    confdir: str = ""  #: the folder of ``conf.py``
    conspectus: Conspectus = Conspectus()
    conspectus_file: str | None = None
    conspectus_problems: tuple[Problem, ...] = ()
    put_together: Callable[[], PutTogether] | None = None  #: known when all documents are read
    put_portion: Callable[[Portion], Faces] | None = None  #: the same, of a part
    number_text: Callable[[], Edition] | None = None  #: the same, of the text alone
    #: witness → its transcription and what is wrong with it; read once in a build
    read_witness: Callable[[str], tuple[Transcription, tuple[Problem, ...]]] | None = None
    find_names: Callable[[], tuple[Occurrence, ...]] | None = None  #: the same
    record: Record = NONE  #: of the anchors that are published
    record_problems: tuple[Problem, ...] = ()
    witnesses_as_written: frozenset[str] = frozenset()  #: those whose text is as when it was last written
    is_as_written: bool = False  #: whether edition and frame are as when the output was last written
    register: Register = Register()
    register_file: str | None = None
    register_problems: tuple[Problem, ...] = ()
    concordance: Concordance = Concordance()
    downloads: tuple[Download, ...] = ()  #: what pages offer

    @cached_property
    def ways(self) -> dict[tuple[str, str], str | None]:
        """Siglum and document → the address of the witness from there, of those that were asked for; sigla are many."""
        return {}

    @cached_property
    def assembled(self) -> set[str]:
        """The documents of edited text that have been put together for writing in this build."""
        return set()

    @cached_property
    def _made(self) -> PutTogether | None:
        return self.put_together() if self.put_together else None

    @cached_property
    def witnesses_read(self) -> set[str]:
        """The witnesses whose transcriptions have been read in this build."""
        return set()

    @cached_property
    def _portions(self) -> dict[tuple[str, ...], Faces]:
        return {}

    @property
    def faces(self) -> Faces | None:
        """The faces of the edition's entries; nothing before all documents are read."""
        return self._made.faces if self.put_together and self._made else None

    def faces_for(self, docname: str) -> Faces | None:
        """The faces of the entries of a document, and the edition as far as these belong to it.

        Where the whole has not been put together it is the portion of the document alone, with its own
        positions: a page is written without the rest.
        """
        if not self._portions and "_made" in self.__dict__:
            return self.faces
        portion = self.proof.portion_of(docname)
        if portion is None or portion.has_gap or self.put_portion is None:
            return self.faces
        is_there = portion.documents in self._portions
        return self.faces_of(portion) if is_there or "_made" not in self.__dict__ else self.faces

    def faces_for_all(self, docnames: Collection[str]) -> Faces | None:
        """The faces of the entries of several documents, with one edition for all."""
        portions = {self.proof.portion_of(docname) for docname in docnames}
        return self.faces_for(next(iter(docnames))) if len(portions) == 1 else self.faces

    def forget_portions(self) -> None:
        """Put no portion together by itself any more: the whole is another."""
        self._portions.clear()

    def faces_of(self, portion: Portion) -> Faces:
        """The faces of the entries of a portion that has been put together by itself."""
        assert self.put_portion is not None
        if portion.documents not in self._portions:
            self._portions[portion.documents] = self.put_portion(portion)
        return self._portions[portion.documents]

    def edition_for(self, docname: str) -> Edition | None:
        """The edition as far as a document belongs to it."""
        faces = self.faces_for(docname)
        return faces.edition if faces else None

    @cached_property
    def numbered(self) -> Edition | None:
        """The text of the edition with its numbers, without entries; nothing before all documents are read."""
        return self.number_text() if self.number_text else None

    def edition_at(self, number: str) -> Edition | None:
        """The edition as far as a passage belongs to it; the whole if there is no such passage."""
        at = self.numbered.text.index.get(number) if self.numbered else None
        if self.numbered is None or at is None:
            return self.edition
        return self.edition_for(self.numbered.document_of(at))

    @property
    def edition(self) -> Edition | None:
        """The edition; nothing before all documents are read. To ask for it is to have it put together."""
        return self.faces.edition if self.faces else None

    @property
    def transcriptions(self) -> dict[str, Transcription]:
        """What was read of the witnesses that have a transcription."""
        return self._made.transcriptions if self.put_together and self._made else {}

    @cached_property
    def names(self) -> tuple[Occurrence, ...]:
        """The names of the register in the text, in its order."""
        return self.find_names() if self.find_names else ()

    @property
    def proof(self) -> Proof:
        """What was found when the edition was put together last."""
        found: Proof = self.data["proof"]
        return found

    def found(self, what: str, facts: object, find: Callable[[], Iterable[Problem]]) -> tuple[Problem, ...]:
        """The problems that a check finds; as long as neither edition nor *facts* change, those it has found."""
        key, kept = digest_of((self.proof.key, facts)), self.data["found"]
        if kept.get(what, ("",))[0] != key:
            kept[what] = (key, tuple(find()))
        problems: tuple[Problem, ...] = kept[what][1]
        return problems

    @property
    def memory(self) -> Memory:
        """All that is remembered of the documents."""
        found: Memory = self.data["memory"]
        return found

    def remember(self, docname: str, *said: object) -> None:
        """Keep what a document says or asks for until it is read again."""
        its = self.memory.setdefault(docname, {})
        for one in said:
            at_rest = Packed(one) if isinstance(one, SourceDocument) else one
            its.setdefault(type(at_rest), []).append(at_rest)

    def of_document(self, docname: str, kind: type[Remembered]) -> list[Remembered]:
        """What is remembered of a document that is of one class."""
        return self.memory.get(docname, {}).get(kind, [])

    @property
    def documents(self) -> list[str]:
        """The names of the documents that have edited text or entries."""
        return [name for name, its in self.memory.items() if Packed in its]

    def text_of(self, docname: str) -> SourceDocument | None:
        """A document of edited text or entries, without its entries."""
        return next((packed.text for packed in self.of_document(docname, Packed)), None)

    def document(self, docname: str) -> SourceDocument | None:
        """A document of edited text or entries as it was read."""
        return next((packed.document for packed in self.of_document(docname, Packed)), None)

    def has_text(self, docname: str) -> bool:
        """Whether a document has passages."""
        return docname in self.proof.texts

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
        for key in self.conspectus.by_key if home else ():
            yield key, self.conspectus.label(key), "siglum", home or "", key, 1


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
