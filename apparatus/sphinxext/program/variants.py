"""``apparatus variants``: who reads what, as a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from apparatus.sphinxext.program.command import Command, RefusalError, add_edition, print_out, source_of
from apparatus.written import put

#: Of the table of variants the forms, and the endings of their files.
FORMS = {"csv": "csv", "json": "json", "nexus": "nex", "schema": "schema.json"}


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_edition(task)
    task.add_argument(
        "--format", choices=[*FORMS], default="csv", help="csv, json, nexus, or the schema of the json"
    )
    task.add_argument("--output", "-o", metavar="FILE", help="where to write it; else it is printed")


def run(asked: argparse.Namespace) -> int:
    """Print the table, or write it into a file."""
    text = variants(asked.edition, asked.format)
    if asked.output:
        put(Path(asked.output), text)
    else:
        print_out(text)
    return 0


def variants(folder: Path, form: str) -> str:
    """The variants of the edition in a folder, in one of :data:`FORMS`."""
    with TemporaryDirectory() as out:
        built(folder, "variants", Path(out))
        (path,) = (p for p in Path(out).iterdir() if p.name.partition(".")[2] == FORMS[form])
        return path.read_bytes().decode()


def built(folder: Path, builder: str, out: Path) -> None:
    """Read and prove an edition and write one output of it; what is wrong stands on the error channel."""
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    source = source_of(folder)
    with TemporaryDirectory() as doctrees, patch_docutils(str(folder)), docutils_namespace():
        try:
            app = Sphinx(source, folder, out, doctrees, builder, status=None, warning=sys.stderr)
            app.build(force_all=True)
        except SphinxError as error:
            raise RefusalError(" ".join(str(error).split())) from error
    if app._warncount:
        raise RefusalError("nothing is written: mend what is reported above")


COMMAND = Command(
    "variants",
    "write who reads what at each entry, as a table",
    "Write who reads what: one row for each entry and each witness. What is not proved is not written.",
    declare,
    run,
)
