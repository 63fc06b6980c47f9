"""A document that is not UTF-8 is read as well as one can, and reported with its line.

Sphinx would stop at it with a traceback.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.problems import ProblemKind
from apparatus.source_file import LENIENT, STRICT, decode, lenient_codec
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import EnvBeforeReadDocs, SourceRead

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def be_lenient(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Let Sphinx read what is not UTF-8 (``env-before-read-docs``)."""
    if env.settings["input_encoding"].lower() in STRICT:
        env.settings["input_encoding"] = LENIENT


def check_encoding(app: Sphinx, docname: str, content: list[str]) -> None:
    """Remember what in a document is not UTF-8 (``source-read``)."""
    if app.config.source_encoding.lower() in STRICT:
        path = Path(app.env.doc2path(docname))
        _, problems = decode(path.read_bytes(), str(path), "the document", ProblemKind.NOT_UTF8)
        domain_of(app.env).remember(docname, *problems)


def setup(app: Sphinx) -> None:
    codecs.register(lenient_codec)
    app.connect("env-before-read-docs", be_lenient, priority=EnvBeforeReadDocs.BE_LENIENT)
    app.connect("source-read", check_encoding, priority=SourceRead.CHECK_ENCODING)
