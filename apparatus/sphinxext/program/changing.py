"""Sources changed with the editor's leave: shown, asked for, written all or none."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from apparatus.revision import ENDS
from apparatus.sphinxext.program.command import RefusalError, print_out
from apparatus.sphinxext.program.terminal import Terminal, terminal
from apparatus.sphinxext.report import relative
from apparatus.written import put_all

#: In colour: SGR for what goes and what comes, by the first sign of a line of a diff.
COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}


def declare_leave(task: argparse.ArgumentParser) -> None:
    """Arguments that say whether to ask, and whether to write at all."""
    task.add_argument("--yes", "-y", action="store_true", help="write without asking")
    task.add_argument(
        "--dry-run", "-n", action="store_true", help="show what would be written, and write nothing"
    )


def bytes_of(path: Path) -> bytes:
    """What a file has; nothing if it is not there."""
    return path.read_bytes() if path.exists() else b""


def text_of(path: Path, data: bytes) -> str:
    """Bytes of a source as text.

    Raises:
        RefusalError: if they are not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(f"{path} is not UTF-8 (byte {error.start}); nothing is written") from error


def write_with_leave(
    asked: argparse.Namespace, before: Mapping[Path, bytes], after: Mapping[Path, bytes]
) -> bool:
    """Show a change and write it, if the editor says so; whether it was written.

    Raises:
        RefusalError: if a file is no longer as it was *before*, or if nobody can be asked.
    """
    screen = terminal()
    for path, data in after.items():
        print_out("".join(diff(path, before[path], data, screen)))
    if asked.dry_run or not (asked.yes or _agreed()):
        return False
    for path, data in before.items():
        if bytes_of(path) != data:
            raise RefusalError(
                f"{path} was changed since it was read; nothing is written: run the command again"
            )
    put_all(after)
    return True


def diff(path: Path, before: bytes, after: bytes, screen: Terminal) -> Iterator[str]:
    """The change of a file, in the form of ``diff -u``."""
    old, new = ([*_lines(data.decode("utf-8", "replace"))] for data in (before, after))
    name = relative(str(path.resolve()))
    for line in difflib.unified_diff(old, new, name if before else "/dev/null", name, lineterm=""):
        colour = COLOURS.get(line[0], "") if screen.is_coloured else ""
        yield f"{colour}{line}\x1b[0m\n" if colour else f"{line}\n"


def _lines(text: str) -> list[str]:
    lines = ENDS.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise RefusalError(
            "nobody can be asked here; nothing is written: say --yes, or --dry-run to see the change"
        )
    sys.stderr.write("Write this? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
