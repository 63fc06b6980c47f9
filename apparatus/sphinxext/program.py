"""The program ``apparatus``, also ``python -m apparatus``: an edition's tasks without a browser.

It reads an edition as a build does, with the same messages and the same proof, and writes nothing that is not proved.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from apparatus.written import put

#: Of the table of variants the forms, and the endings of their files.
FORMS = {"csv": "csv", "json": "json", "nexus": "nex", "schema": "schema.json"}


class RefusalError(Exception):
    """What cannot be done, in a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the status with which the program ends."""
    asked = parser().parse_args(arguments)
    try:
        text = variants(Path(asked.edition), asked.format)
        if asked.output:
            put(Path(asked.output), text)
        else:  # in UTF-8, whatever the terminal's own is
            sys.stdout.buffer.write(text.encode())
            sys.stdout.flush()
    except BrokenPipeError:  # who reads it has enough
        sys.stdout = None  # or Python would try again at its end
        return 0
    except (RefusalError, OSError) as error:
        sys.stderr.write(f"apparatus: {_said(error)}\n")
        return 1
    return 0


def _said(error: Exception) -> str:
    """What went wrong, in a sentence."""
    if isinstance(error, OSError):
        return ": ".join(filter(None, (str(error.filename or ""), (error.strerror or "").lower())))
    return str(error)


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    made = argparse.ArgumentParser("apparatus", description="The tasks of a critical edition.")
    tasks = made.add_subparsers(dest="task", required=True, metavar="TASK")
    task = tasks.add_parser("variants", help="write who reads what at each entry, as a table")
    task.description = (
        "Write who reads what: one row for each entry and each witness. What is not proved is not written."
    )
    task.add_argument("edition", nargs="?", default=".", metavar="DIR", help="the folder that has conf.py")
    task.add_argument(
        "--format", choices=[*FORMS], default="csv", help="csv, json, nexus, or the schema of the json"
    )
    task.add_argument("--output", "-o", metavar="FILE", help="where to write it; else it is printed")
    return made


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


def source_of(folder: Path) -> Path:
    """The folder that has the documents: that of ``conf.py``, or ``source`` in it."""
    if not (folder / "conf.py").is_file():
        raise RefusalError(f"{folder} has no conf.py: name the folder of an edition")
    has_root = any((folder / f"index.{ending}").is_file() for ending in ("md", "rst"))
    return folder if has_root or not (folder / "source").is_dir() else folder / "source"
