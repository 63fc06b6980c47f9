"""``apparatus stats``: an edition in figures."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from apparatus.characters import words
from apparatus.edition import Edition, EditionEntry
from apparatus.forms import is_substantive
from apparatus.model import Entry
from apparatus.sphinxext.program.command import Command, add_edition, print_out
from apparatus.sphinxext.program.reading import read_edition
from apparatus.witness_text import transcribed


@dataclass(frozen=True, slots=True)
class WitnessFigures:
    """One witness at the entries with readings."""

    witness: str
    compared: bool  #: whether it is held against a transcription
    departs: int  #: at how many it has not the words of the text
    alone: int  #: at how many of these no other witness has what it has
    absent: int  #: at how many it is not extant
    unknown: int  #: at how many nothing is known of it
    nearest: str  #: with which it shares most departures
    shared: int  #: and how many


@dataclass(frozen=True, slots=True)
class Figures:
    """An edition in figures."""

    passages: int
    words: int
    series: dict[str, int]  #: label → its entries
    substantive: int  #: entries with readings that touch the words
    witnesses: tuple[WitnessFigures, ...]


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_edition(task)
    task.add_argument("--json", action="store_true", help="print the figures as JSON, for other programs")


def run(asked: argparse.Namespace) -> int:
    """Print the figures."""
    read = read_edition(asked.edition)
    found = figures(read.edition)
    if asked.json:
        print_out(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        print_out("\n".join(lines(found)) + "\n")
        print_out("\nNot proved: apparatus check says what is to be mended.\n" if read.messages else "")
    return 0


def figures(edition: Edition) -> Figures:
    """The figures of an edition; who reads what is taken from the accounts of its entries."""
    formal = [entry for entry in edition.entries if isinstance(entry.item, Entry)]
    series = Counter(entry.series.label for entry in edition.entries)
    counted = sum(len(words(block.text)) for block in edition.text.blocks)
    substantive = sum(map(is_substantive, formal))
    return Figures(
        len(edition.text.passages), counted, dict(series), substantive, tuple(_witnesses(edition, formal))
    )


def _witnesses(edition: Edition, formal: list[EditionEntry]) -> Iterator[WitnessFigures]:
    accounts = [entry.account for entry in formal if entry.account]
    readers = [dict(account.depart) for account in accounts]
    for witness in edition.conspectus.witnesses:
        key = witness.key
        departs = [its for its in readers if key in its]
        others = Counter(k for its in departs for k in its if k != key and its[k] == its[key])
        alone = sum(sum(its[k] == its[key] for k in its) == 1 for its in departs)
        best, shared = min(others.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
        absent = sum(key in account.absent for account in accounts)
        unknown = sum(key in account.unknown for account in accounts)
        has = key in transcribed(edition)
        yield WitnessFigures(key, has, len(departs), alone, absent, unknown, best, shared)


HEADS = ("witness", "departs", "alone", "absent", "unknown", "nearest")


def lines(found: Figures) -> Iterator[str]:
    """The figures as a table."""
    yield f"{found.passages} passages, {found.words} words"
    yield from (f"{label}: {count}" for label, count in found.series.items())
    yield f"entries that touch the words: {found.substantive}"
    rows = [_row(its) for its in found.witnesses]
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    if rows:
        yield ""
    for row in [HEADS, *rows] if rows else []:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(its: WitnessFigures) -> tuple[str, ...]:
    name = its.witness if its.compared else f"{its.witness} (not transcribed)"
    near = f"{its.nearest} ({its.shared})" if its.nearest else ""
    return (name, *map(str, (its.departs, its.alone, its.absent, its.unknown)), near)


COMMAND = Command(
    "stats",
    "print the edition in figures",
    "Print how much the edition has, and for each witness at how many entries it departs from the text, how often alone,\n"
    "and with which other it shares most departures.",
    declare,
    run,
)
