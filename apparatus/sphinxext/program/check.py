"""``apparatus check``: the proof without pages."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from apparatus.edition import Edition
from apparatus.model import Entry
from apparatus.sphinxext.program.command import Command, add_edition, print_out
from apparatus.sphinxext.program.reading import Message, read_edition
from apparatus.witness_text import transcribed


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_edition(task)
    task.add_argument("--json", action="store_true", help="print the messages as JSON, for other programs")


def run(asked: argparse.Namespace) -> int:
    """Print what is wrong; the status is 0 when nothing is."""
    read = read_edition(asked.edition)
    if asked.json:
        print_out(json.dumps([one.as_data() for one in read.messages], ensure_ascii=False, indent=1) + "\n")
    else:
        print_out("".join(f"{one}\n" for one in read.messages))
        print_out(f"{summary(read.edition, read.messages)}\n")
    return 1 if read.messages else 0


def summary(edition: Edition, messages: Sequence[Message]) -> str:
    """How much has been proved, and whether anything is wrong, in a line."""
    formal = sum(isinstance(entry.item, Entry) for entry in edition.entries)
    told = [
        counted(len(edition.text.passages), "passage"),
        counted(formal, "entry", "entries"),
        counted(len(edition.entries) - formal, "note"),
        f"{counted(len(transcribed(edition)), 'witness', 'witnesses')} compared",
    ]
    found = counted(len(messages), "message") if messages else "nothing to mend"
    return f"{', '.join(told)}: {found}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


COMMAND = Command(
    "check",
    "prove the edition without building it",
    "Read and prove the edition with the messages of a build, and write nothing. The status is 0 when nothing is wrong,\n"
    "else 1. What only an output can find is not said: a link that leads nowhere, a letter that no typeface has.",
    declare,
    run,
)
