"""``apparatus renumber``: say of published anchors that are no more what became of them."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from difflib import unified_diff

from apparatus.anchors import read_record
from apparatus.anchors.renumber import renumbered, with_lines
from apparatus.portions import anchors_of
from apparatus.source_file import BOM
from apparatus.sphinxext.program.command import Command, RefusalError, add_edition, print_out
from apparatus.sphinxext.program.reading import ReadEdition, read_edition
from apparatus.sphinxext.report import relative
from apparatus.written import beside

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
    task.add_argument("--yes", action="store_true", help="write without asking")
    task.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


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
    before = file.read_bytes()
    after = _after(read, before.decode("utf-8"), asked).encode()
    if after == before:
        print_out("every published anchor is where it was\n")
        return 0
    _show(before.decode("utf-8"), after.decode("utf-8"), relative(str(file)))
    if asked.dry_run or not (asked.yes or _is_wanted()):
        return 1
    if file.read_bytes() != before:
        raise RefusalError(f"{relative(str(file))} was changed meanwhile; nothing is written")
    with beside(file) as new:
        new.write_bytes(after)
    return 0


def _after(read: ReadEdition, data: str, asked: argparse.Namespace) -> str:
    record, _ = read_record(data, read.settings.anchors or "")
    edition = read.edition
    found = renumbered(record, edition.text, anchors_of(edition.entries), asked.date, asked.why)
    if found.refused:
        raise RefusalError("; ".join(found.refused))
    by_line = {gone.origin.line: gone for gone in found.gone if gone.origin}
    mark = BOM if data.startswith(BOM) else ""
    return mark + with_lines(data.removeprefix(BOM), by_line)


def _show(before: str, after: str, name: str) -> None:
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=1)
    print_out("".join(f"{line}\n" for line in lines))


def _is_wanted() -> bool:
    if not sys.stdin.isatty():
        raise RefusalError("nobody can be asked: say --yes to write it, or --dry-run")
    print_out("Write this? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


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
