"""The outline of a map: lines of coasts, lakes and rivers, read from a JSON file.

::

    {"provenance": "Natural Earth, public domain",
     "window": [5, 46.5, 46, 61],
     "names": [["Baltic Sea", 19, 55.5]],
     "coastlines": [[[22.96, 58.6], [22.55, 58.63]]],
     "lakes": [], "rivers": []}

The window is west, south, east, north; a line is points of longitude and latitude, in degrees, and a
name of a water is where the middle of its word stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind

Line = tuple[tuple[float, float], ...]
LAYERS = ("coastlines", "lakes", "rivers")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a map shows besides its places."""

    west: float
    south: float
    east: float
    north: float
    coastlines: tuple[Line, ...] = ()
    lakes: tuple[Line, ...] = ()
    rivers: tuple[Line, ...] = ()
    names: tuple[tuple[str, float, float], ...] = ()  #: of waters
    provenance: str = ""  #: where the lines come from, and what may be done with them


def read_outline(data: bytes | str, file: str) -> tuple[Outline | None, tuple[Problem, ...]]:
    """The outline in *data*, the content of *file*; nothing, and what is wrong, where it is none."""
    try:
        found = json.loads(data)
        west, south, east, north = (_number(value) for value in found["window"])
        if west >= east or south >= north:
            raise ValueError("the window ends before it begins")
        coasts, lakes, rivers = (tuple(map(_line, found.get(name, ()))) for name in LAYERS)
        provenance = str(found.get("provenance", ""))
        names = tuple((str(name), _number(x), _number(y)) for name, x, y in found.get("names", ()))
        return Outline(west, south, east, north, coasts, lakes, rivers, names, provenance), ()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = (
            f"{file} is no outline of a map ({error or type(error).__name__}); it wants a window and lines"
        )
        return None, (Problem(ProblemKind.BAD_MAP, message, Origin(file, 1)),)


def _line(points: Any) -> Line:
    return tuple((_number(x), _number(y)) for x, y in points)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return float(value)
