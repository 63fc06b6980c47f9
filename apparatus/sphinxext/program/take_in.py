"""``apparatus import``: a TEI file as a new edition."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from apparatus.importing import NotReadError, import_edition
from apparatus.sphinxext.program.command import Command, RefusalError, print_out

#: Of how many signs the bar is that shows how far the file is read.
BAR = 40


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    task.add_argument("file", type=Path, metavar="FILE", help="a file of TEI P5")
    task.add_argument("folder", type=Path, metavar="DIR", help="the folder to make; it is new or empty")


def run(asked: argparse.Namespace) -> int:
    """Make the edition and print what is reported."""
    try:
        losses = import_edition(asked.file, asked.folder, _bar if sys.stderr.isatty() else None)
    except NotReadError as error:
        raise RefusalError(str(error)) from error
    for line in losses.lines:
        sys.stderr.write(f"{line}\n")
    summary = losses.summary()
    counted = "\n".join(["Kept as a comment, or understood so that it is to be known:", *summary, ""])
    print_out(
        (counted if summary else "") + f"{asked.folder}: prove it with apparatus check {asked.folder}\n"
    )
    return 0


def _bar(part: float) -> None:
    """Show how far the file is read."""
    done = round(part * BAR)
    sys.stderr.write(f"\r[{'#' * done}{' ' * (BAR - done)}]" + ("\n" if part >= 1 else ""))
    sys.stderr.flush()


COMMAND = Command(
    "import",
    "make a new edition of a TEI file",
    "Make a new edition of a file of TEI P5: its text with the apparatus in the notation below each block, its\n"
    "witnesses, their transcriptions, its notes. What cannot be expressed stands in a comment at its place, is\n"
    "reported with its line, and counted at the end by its sort.",
    declare,
    run,
)
