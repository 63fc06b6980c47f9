"""The files of the bibliography: what is wrong with them is said at its line, and all else is read.

pybtex can go on after a fault, but sphinxcontrib-bibtex lets it stop at the first: with a traceback,
or at a key that stands twice without the works that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pybtex import errors
from pybtex.database import BibliographyDataError
from pybtex.database.input.bibtex import Parser, UndefinedMacro

from apparatus.bibliography import doubts
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.source_file import LENIENT, STRICT, decode
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import BuilderInited

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PLACE = re.compile(r"^(?:syntax error|undefined string) in line \d+: ")
KEY_TWICE = re.compile(r"repeated bibliography entry: (.*)")


def check_bibliographies(app: Sphinx) -> None:
    """Report what is wrong with the files, in every build; then let bibtex read on (``builder-inited``)."""
    if app.config.bibtex_encoding.lower() not in STRICT | {LENIENT}:
        return
    app.config.bibtex_encoding = LENIENT
    own = str(app.config.bibtex_default_style).partition("-")[0] == "apparatus"
    for name in app.config.bibtex_bibfiles or ():
        path = (Path(app.confdir) / name).resolve()
        if path.is_file():  # of one that is missing bibtex tells
            report(faults(path.read_bytes(), str(path), own_style=own))
    errors.captured_errors = []


def bibtex_has_read(app: Sphinx) -> None:
    """Bibtex has read the files (``builder-inited``)."""
    errors.captured_errors = None


def faults(data: bytes, file: str, *, own_style: bool = False) -> Iterator[Problem]:
    """What is wrong in a file of records; records that would print mutilated are told only with the edition's own style."""
    text, problems = decode(data, file, "the bibliography", ProblemKind.BAD_BIBLIOGRAPHY)
    yield from problems
    text = text.removeprefix("\ufeff")
    with errors.capture() as found:
        Parser().parse_string(text)
    for error in found:
        message, line = _said(error, text)
        yield Problem(ProblemKind.BAD_BIBLIOGRAPHY, message, Origin(file, line))
    if own_style:
        yield from doubts(text, file)


def _said(error: Any, text: str) -> tuple[str, int]:
    said = PLACE.sub("", str(error))
    line: int | None = getattr(error, "lineno", None)
    if isinstance(error, UndefinedMacro):
        return f"{said!r} is a string that nothing defines; put it into braces", line or 1
    if line is not None:
        return f"the record cannot be read on from here: {said}; mend it (what stands before counts)", line
    if isinstance(error, BibliographyDataError) and (key := KEY_TWICE.match(said)):
        at = [found.start() for found in re.finditer(rf"@\w+\s*[{{(]\s*{re.escape(key[1])}\s*,", text)]
        return f"'{key[1]}' stands twice; rename or remove one (the first counts)", _line(text, at[-1:])
    quoted = re.search(r"'(.*)'", said)
    at = [text.find(quoted[1])] if quoted else []
    return f"{said[:1].lower()}{said[1:]}; write names as in 'Last, First and Last, First'", _line(text, at)


def _line(text: str, at: list[int]) -> int:
    return text.count("\n", 0, at[0]) + 1 if at and at[0] >= 0 else 1


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", check_bibliographies, priority=BuilderInited.CHECK_BIBLIOGRAPHY)
    app.connect("builder-inited", bibtex_has_read, priority=BuilderInited.BIBLIOGRAPHY_READ)
