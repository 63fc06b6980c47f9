"""``apparatus renumber``: say of published anchors that are no more what became of them."""

from __future__ import annotations

import argparse
from datetime import date

from apparatus.anchors import read_record
from apparatus.anchors.renumber import renumbered, with_lines
from apparatus.portions import anchors_of
from apparatus.source_file import BOM
from apparatus.sphinxext.program.changing import bytes_of, declare_leave, text_of, write_with_leave
from apparatus.sphinxext.program.command import Command, RefusalError, add_edition, print_out
from apparatus.sphinxext.program.reading import ReadEdition, read_edition

#: What this command mends; any other fault of the edition is to be mended before.
MENDED = {"apparatus.anchor_lost"}


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_edition(task)
    task.add_argument(
        "--why", default="", metavar="REASON", help="why they are no more: readers will read it"
    )
    task.add_argument(
        "--date",
        default=date.today().isoformat(),
        type=_date,
        metavar="DATE",
        help="since when, as 2027-01-05; by itself today",
    )
    declare_leave(task)


def _date(said: str) -> str:
    return date.fromisoformat(said).isoformat()


def run(asked: argparse.Namespace) -> int:
    """Show the change of the record, and write it if it is wanted; the status is 1 if it is not written."""
    read = read_edition(asked.edition)
    others = [one for one in read.messages if one.kind not in MENDED]
    if others:
        raise RefusalError("mend this first: " + " ".join(map(str, others)))
    file = read.source / (read.settings.anchors or "")
    if not read.settings.anchors or not file.is_file():
        raise RefusalError(
            "the edition has no record of published anchors; name one in conf.py (apparatus_anchors)"
        )
    before = bytes_of(file)
    after = _after(read, text_of(file, before), asked).encode()
    if after == before:
        print_out("every published anchor is where it was\n")
        return 0
    return 0 if write_with_leave(asked, {file: before}, {file: after}) else 1


def _after(read: ReadEdition, data: str, asked: argparse.Namespace) -> str:
    record, _ = read_record(data, read.settings.anchors or "")
    edition = read.edition
    found = renumbered(record, edition.text, anchors_of(edition.entries), asked.date, asked.why)
    if found.refused:
        raise RefusalError("; ".join(found.refused))
    by_line = {gone.origin.line: gone for gone in found.gone if gone.origin}
    mark = BOM if data.startswith(BOM) else ""
    return mark + with_lines(data.removeprefix(BOM), by_line)


COMMAND = Command(
    "renumber",
    "say what became of published anchors that are no more",
    "Find by their words the passages and entries whose published anchors have gone, and say in the record what became\n"
    "of each: moved to another number, merged into another passage, withdrawn. At the old anchor the edition then has a\n"
    "sentence that leads on. The change is shown, and written when you say so. A number that means another passage now\n"
    "is refused: give that passage a number of its own.",
    declare,
    run,
)
