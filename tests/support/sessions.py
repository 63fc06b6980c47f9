"""Terminal sessions of the manual: run again in a copy of the edition that they are of."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from apparatus.sphinxext.program import main

SESSION = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def commands(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page's sessions, each with what stands below it."""
    for session in SESSION.finditer(page):
        yield from COMMAND.findall(session[1])


def said(command: str, folder: Path) -> str:
    """What a command prints in a folder, errors too."""
    program, *arguments = shlex.split(command)
    if program in ("sed", "cp"):
        return subprocess.run(
            [program, *arguments], cwd=folder, check=True, text=True, capture_output=True
        ).stdout
    assert program == "apparatus", command
    bytes_out = io.BytesIO()
    out = io.TextIOWrapper(bytes_out, encoding="utf-8", write_through=True)
    with chdir(folder), redirect_stdout(out), redirect_stderr(out):
        main(arguments)
    return bytes_out.getvalue().decode()
