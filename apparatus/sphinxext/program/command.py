"""What a command of the program is, and what several of them share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class RefusalError(Exception):
    """What cannot be done, in a sentence."""


class Command(NamedTuple):
    """One task: its name, what ``--help`` says of it, its arguments, and what does it."""

    name: str
    help: str  #: in the list of all tasks: a few words without a stop
    description: str  #: above its own arguments: sentences, broken into lines
    declare: Callable[[argparse.ArgumentParser], None]  #: adds the arguments
    run: Callable[[argparse.Namespace], int]  #: does it, and gives the status with which the program ends


def add_edition(task: argparse.ArgumentParser) -> None:
    """Let the command be given the folder of an edition, as ``edition``; by itself the current one."""
    task.add_argument(
        "edition", nargs="?", default=".", type=Path, metavar="DIR", help="the folder that has conf.py"
    )


def print_out(text: str) -> None:
    """Print in UTF-8, whatever the terminal's own encoding is."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()


def source_of(folder: Path) -> Path:
    """The folder that has the documents: that of ``conf.py``, or ``source`` in it."""
    if not (folder / "conf.py").is_file():
        raise RefusalError(f"{folder} has no conf.py: name the folder of an edition")
    has_root = any((folder / f"index.{ending}").is_file() for ending in ("md", "rst"))
    return folder if has_root or not (folder / "source").is_dir() else folder / "source"
