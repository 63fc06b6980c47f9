"""The tables in tests/notation: title, source, and what the reader says of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "notation"


class Case(NamedTuple):
    """One row: *expected* has the problems, then after ``→`` each entry in normal form."""

    title: str
    source: list[str]
    expected: list[str]


def cases(name: str) -> list[Case]:
    """The rows of one table; ``.`` on a line divides title, source and expectation."""
    found, parts = [], [[]]  # type: ignore[var-annotated]
    for line in (FOLDER / name).read_text(encoding="utf-8").split("\n"):
        if line != ".":
            parts[-1].append(line)
        elif len(parts) < 3:
            parts.append([])
        else:
            title = next(t for t in reversed(parts[0]) if t)
            found.append(Case(title, parts[1], parts[2]))
            parts = [[]]
    return found


def titles(rows: Iterable[Case]) -> list[str]:
    return [row.title for row in rows]
