"""A map: coasts, lakes and rivers as lines, places as dots with their names.

There are no borders and no fronts. The projection is equirectangular, true to scale along the middle
parallel; north is up. A name stands right of its dot, or where else it meets no other name and no dot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, radians
from typing import NamedTuple

from apparatus.render.drawing import Align, Bar, Drawing, Label, Stroke
from apparatus.voice import ENGLISH, Voice, phrase

WIDTH = 500.0  #: of the drawing
SIZE, LETTER = 9.0, 4.9  #: of a name, and of one letter of it
DOT, BESIDE = 3.4, 3.0  #: of a place; from it to its name
COAST, RIVER = 0.9, 0.5  #: how thick


class Site(NamedTuple):
    """A place."""

    name: str
    longitude: float
    latitude: float


class Chart(NamedTuple):
    """What a map shows besides its places, in degrees."""

    west: float
    south: float
    east: float
    north: float
    coasts: Sequence[Sequence[tuple[float, float]]]
    rivers: Sequence[Sequence[tuple[float, float]]]
    names: Sequence[tuple[str, float, float]] = ()  #: of waters, at the middle of the word


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def draw(chart: Chart, sites: Sequence[Site], title: str, voice: Voice = ENGLISH) -> Drawing:
    """The map of *sites*; those outside the window are left out (see :func:`within`)."""
    scale = _scale(chart)
    height = (chart.north - chart.south) * scale
    dots = [_point(chart, site.longitude, site.latitude) for site in within(chart, sites)]
    marks: list[Bar | Label | Stroke] = [
        *(Stroke(_points(chart, line), RIVER, quiet=True) for line in chart.rivers),
        *(Stroke(_points(chart, line), COAST) for line in chart.coasts),
        *(Label(*_point(chart, x, y), name, SIZE - 1, quiet=True) for name, x, y in chart.names),
        *(Bar(x - DOT / 2, y - DOT / 2, DOT, DOT) for x, y in dots),
        *_names([site.name for site in within(chart, sites)], dots, height),
    ]
    return Drawing(WIDTH, height, tuple(marks), title, describe(within(chart, sites), voice))


def within(chart: Chart, sites: Iterable[Site]) -> list[Site]:
    """The places that lie in the window."""
    return [
        site
        for site in sites
        if chart.west <= site.longitude <= chart.east and chart.south <= site.latitude <= chart.north
    ]


def describe(sites: Sequence[Site], voice: Voice = ENGLISH) -> str:
    """The picture in words: the places from west to east, each with where it lies."""
    found = [f"{s.name} ({_degrees(s, voice)})" for s in sorted(sites, key=lambda site: site.longitude)]
    return voice.plural(
        "Coasts, lakes and rivers, without borders. {number} place, from west to east: {places}.",
        "Coasts, lakes and rivers, without borders. {number} places, from west to east: {places}.",
        len(found),
        places=", ".join(found),
    )


def _degrees(site: Site, voice: Voice) -> str:
    north = phrase("{degrees}° N") if site.latitude >= 0 else phrase("{degrees}° S")
    east = phrase("{degrees}° E") if site.longitude >= 0 else phrase("{degrees}° W")
    latitude, longitude = (voice.exact(abs(where)) for where in (site.latitude, site.longitude))
    return f"{voice.say(north, degrees=latitude)}, {voice.say(east, degrees=longitude)}"


def _scale(chart: Chart) -> float:
    """Units for a degree of latitude."""
    return WIDTH / ((chart.east - chart.west) * _narrowing(chart))


def _narrowing(chart: Chart) -> float:
    """How much shorter a degree of longitude is than one of latitude, half way up."""
    return cos(radians((chart.north + chart.south) / 2))


def _point(chart: Chart, longitude: float, latitude: float) -> tuple[float, float]:
    scale = _scale(chart)
    return (longitude - chart.west) * _narrowing(chart) * scale, (chart.north - latitude) * scale


def _points(chart: Chart, line: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple(_point(chart, x, y) for x, y in line)


def _names(names: Sequence[str], dots: Sequence[tuple[float, float]], height: float) -> Iterator[Label]:
    """The names, the crowded first: each at the first side on which it is free, else right of its dot."""
    taken = [_Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in dots]
    room = _Box(0, 0, WIDTH, height)
    for i in sorted(range(len(names)), key=lambda i: -_crowd(dots, i)):
        own = taken[i]
        sides = list(_sides(names[i], *dots[i]))
        free = [
            (label, box)
            for label, box in sides
            if _holds(room, box) and not any(box.meets(other) for other in taken if other is not own)
        ]
        label, box = (free or sides)[0]
        taken.append(box)
        yield label


def _crowd(dots: Sequence[tuple[float, float]], i: int) -> float:
    """How near a dot has others."""
    return sum(1 / (1 + abs(dots[i][0] - x) + abs(dots[i][1] - y)) for j, (x, y) in enumerate(dots) if j != i)


def _sides(name: str, x: float, y: float) -> Iterator[tuple[Label, _Box]]:
    """Where a name can stand: right, left, above, below, then at the corners."""
    length, half, rise = LETTER * len(name), SIZE / 2, SIZE * 0.34
    places: list[tuple[float, float, Align]] = [
        (x + BESIDE, y + rise, "start"),
        (x - BESIDE, y + rise, "end"),
        (x, y - BESIDE - 0.5, "middle"),
        (x, y + BESIDE + SIZE * 0.75, "middle"),
        (x + BESIDE, y - half + rise, "start"),
        (x + BESIDE, y + half + rise, "start"),
        (x - BESIDE, y - half + rise, "end"),
        (x - BESIDE, y + half + rise, "end"),
    ]
    for at, base, align in places:
        left = {"start": at, "middle": at - length / 2, "end": at - length}[align]
        box = _Box(left, base - SIZE * 0.8, left + length, base + SIZE * 0.22)
        yield Label(at, base, name, SIZE, align), box


def _holds(room: _Box, box: _Box) -> bool:
    return (
        room.left <= box.left
        and room.top <= box.top
        and box.right <= room.right
        and box.bottom <= room.bottom
    )
