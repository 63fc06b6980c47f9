"""An edition read and proved as a build does it, by Sphinx's own application, of which nothing is written."""

from __future__ import annotations

import io
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from apparatus.edition import Edition, SourceDocument
from apparatus.model import EditedText
from apparatus.problems import Problem
from apparatus.render.face import Faces
from apparatus.sphinxext.config import Settings, settings
from apparatus.sphinxext.domain import domain_of, reading_order
from apparatus.sphinxext.program.command import RefusalError, source_of
from apparatus.sphinxext.report import relative
from apparatus.transcription import Transcription

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx

#: A message of Sphinx: where it is about something, how grave it is, what it says, of which kind it is.
MESSAGE = re.compile(
    r"(?:(?P<file>[^\n]*?)(?::(?P<line>\d+))?: )?(?P<level>WARNING|ERROR|CRITICAL): (?P<message>.*?)(?: \[(?P<kind>[\w.-]+)\])?",
    re.DOTALL,
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Message:
    """What a build says is wrong."""

    message: str
    kind: str = ""  #: as it can be named in ``suppress_warnings``: ``apparatus.unknown_siglum``
    file: str = ""
    line: int | None = None
    level: str = "WARNING"

    def __str__(self) -> str:
        where = ":".join(filter(None, (self.file, str(self.line or ""))))
        kind = f" [{self.kind}]" if self.kind else ""
        return f"{where}: {self.message}{kind}" if where else f"{self.message}{kind}"

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class ReadEdition:
    """An edition as it stands on disk, and what is wrong with it."""

    folder: Path  #: that of ``conf.py``
    source: Path  #: that of the documents
    settings: Settings
    documents: tuple[SourceDocument, ...]  #: those with edited text or entries, in reading order
    transcriptions: dict[str, Transcription]
    faces: Faces
    messages: tuple[Message, ...]  #: all that a build says before it writes
    problems: tuple[Problem, ...]  #: of these what the proof found, as values
    conspectus_file: str | None
    markdown: MarkdownIt  #: by which its documents are read

    @property
    def edition(self) -> Edition:
        """The edition, proved."""
        return self.faces.edition


class _Said(io.StringIO):
    """A stream that keeps its messages apart: each is written at once."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def write(self, text: str) -> int:
        if text.strip():
            self.messages.append(COLOUR.sub("", text).strip())
        return len(text)


def read_edition(folder: Path, source: Path | None = None) -> ReadEdition:
    """Read and prove the edition of the ``conf.py`` in a folder.

    *source* is where its documents are read instead of where they stand.

    Raises:
        RefusalError: where no edition can be read at all; what is wrong in one is a message.
    """
    from sphinx import locale
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    source, said = source or source_of(folder), _Said()
    locale.translators.clear()  # a process keeps what it has read
    with TemporaryDirectory() as trees, patch_docutils(str(folder)), docutils_namespace():
        try:
            app = Sphinx(source, folder, trees, trees, "dummy", status=None, warning=said, freshenv=True)
            app.builder.write_doctree = _keep_nothing  # type: ignore[method-assign,misc]
            app.builder.read()
            app.events.emit("build-finished", None)
        except SphinxError as error:
            raise RefusalError(" ".join([*said.messages, str(error)])) from error
        return _read(app, folder, source, said)


def _keep_nothing(docname: str, doctree: object, **options: object) -> None:
    """Nothing is written of the documents that have been read."""


def _read(app: Sphinx, folder: Path, source: Path, said: _Said) -> ReadEdition:
    from markdown_it.renderer import RendererHTML
    from myst_parser.parsers.mdit import create_md_parser

    domain = domain_of(app.env)
    faces = domain.faces
    if faces is None:
        faces = Faces(Edition(EditedText(()), domain.conspectus))
    documents = (domain.document(name) for name in reading_order(app.env))
    return ReadEdition(
        folder,
        source,
        settings(app.config),
        tuple(document for document in documents if document),
        dict(domain.transcriptions),
        faces,
        tuple(map(_message, said.messages)),
        domain.proof.problems,
        domain.conspectus_file,
        create_md_parser(app.env.myst_config, RendererHTML),  # type: ignore[attr-defined]
    )


def _message(text: str) -> Message:
    found = MESSAGE.fullmatch(text)
    if found is None:
        return Message(text)
    line = found["line"]
    file = relative(found["file"] or "")
    return Message(found["message"], found["kind"] or "", file, int(line) if line else None, found["level"])
