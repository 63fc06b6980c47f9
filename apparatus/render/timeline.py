"""A time line: a line for each year, January to December, events where they fall.

The events are numbered as in their table. What one part of a text speaks of stands above the line,
the rest below it, so that one sees which years each part passes over. A day is a tick, a longer
stretch (or a date that is known to the month only) a bar as long as it.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apparatus.render.drawing import Bar, Drawing, Label, levels, runs_of_years

LEFT, RIGHT, YEAR = 36.0, 8.0, 324.0  #: margins, and the length of a year
SIZE, LEVEL = 10.0, 10.5  #: of a number, and from one row of numbers to the next
TICK, NUMBER = 6.0, 5.6  #: the length of a tick; the width of a figure
THICK = 2.4  #: of a bar
MONTHS = "JFMAMJJASOND"


class Point(NamedTuple):
    """An event as it is drawn."""

    number: int
    first: date
    last: date
    above: bool
    below: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The part of an event that falls in one year."""

    number: int
    start: float
    end: float
    is_day: bool
    above: bool
    below: bool

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def timeline(points: Sequence[Point], title: str, description: str) -> Drawing:
    """Draw the events of one chronology."""
    marks: list[Bar | Label] = [
        Label(LEFT + YEAR * (i + 0.5) / 12, 8, name, 9, quiet=True) for i, name in enumerate(MONTHS)
    ]
    y = 12.0
    years = [year for point in points for year in range(point.first.year, point.last.year + 1)]
    for year, is_after_gap in runs_of_years(years):
        if is_after_gap:
            marks += [Bar(LEFT - 16, y + 6 + 4 * i, 1.2, 1.2, quiet=True) for i in range(3)]
            y += 18
        row, y = _row(year, [t for p in points if (t := _tick(p, year))], y)
        marks += row
    return Drawing(LEFT + YEAR + RIGHT, y, tuple(marks), title, description)


def describe(points: Sequence[Point], upper: str, lower: str) -> str:
    """The picture in words: how many events each year has, on which side."""
    parts = []
    for year, _ in runs_of_years([point.first.year for point in points]):
        here = [point for point in points if point.first.year == year]
        above, below = (sum(getattr(p, side) for p in here) for side in ("above", "below"))
        sides = f" ({above} {upper}, {below} {lower})" if upper or lower else ""
        parts.append(f"{year}: {len(here)} {'event' if len(here) == 1 else 'events'}{sides}")
    return f"A line for each year with its events. {'; '.join(parts)}."


def _tick(point: Point, year: int) -> Tick | None:
    """The place of an event within a year, if it falls in it."""
    first, last = max(point.first, date(year, 1, 1)), min(point.last, date(year, 12, 31))
    if first > last:
        return None
    day = YEAR / (366 if isleap(year) else 365)
    start, end = ((d.timetuple().tm_yday - 1) * day for d in (first, last))
    is_day = point.first == point.last
    middle = LEFT + start + day / 2
    return Tick(
        point.number,
        middle if is_day else LEFT + start,
        middle if is_day else LEFT + end + day,
        is_day,
        point.above,
        point.below,
    )


def _row(year: int, ticks: list[Tick], top: float) -> tuple[list[Bar | Label], float]:
    """One year: its line, its months, its events; and where the next begins."""
    sides = [[t for t in ticks if t.above], [t for t in ticks if not t.above]]
    rows = [levels([(t.middle, NUMBER * len(str(t.number))) for t in side], 2) for side in sides]
    above, below = ((max(found) + 1) * LEVEL + TICK if found else TICK for found in rows)
    line = top + 8 + above
    marks: list[Bar | Label] = [
        Label(LEFT - 6, line + 3.5, str(year), 11, "end"),
        Bar(LEFT, line - 0.3, YEAR, 0.6, quiet=True),
        *(Bar(LEFT + YEAR * i / 12 - 0.3, line - 1.5, 0.6, 3, quiet=True) for i in range(13)),
    ]
    for up, side, found in zip((-1, 1), sides, rows, strict=True):
        marks += _stretches([t for t in side if not t.is_day], line)
        for tick, level in zip(side, found, strict=True):
            if tick.is_day:
                marks.append(_day(tick, line))
            marks += _number(tick, line, up, level)
    return marks, line + below


def _number(tick: Tick, line: float, up: int, level: int) -> list[Bar | Label]:
    """The number of an event, with a thread to it if it had to move away."""
    reach = TICK + 2 + level * LEVEL
    base = line - reach if up < 0 else line + reach + SIZE * 0.68
    marks: list[Bar | Label] = [Label(tick.middle, base, str(tick.number), SIZE)]
    if level:
        start = line - reach + 1 if up < 0 else line + TICK + 1
        marks.append(Bar(tick.middle - 0.15, start, 0.3, level * LEVEL, quiet=True))
    return marks


def _day(tick: Tick, line: float) -> Bar:
    """A tick on its side of the line, or through it."""
    top, end = line - (TICK if tick.above else 0), line + (0 if tick.above and not tick.below else TICK)
    return Bar(tick.middle - 0.5, top, 1, end - top)


def _stretches(ticks: list[Tick], line: float) -> list[Bar | Label]:
    """Bars along the line; those that overlap beside one another."""
    rows = levels([(t.middle, t.end - t.start) for t in ticks], 0)
    marks: list[Bar | Label] = []
    for tick, level in zip(ticks, rows, strict=True):
        inset = min(0.5, (tick.end - tick.start) / 6)
        x, width = tick.start + inset, tick.end - tick.start - 2 * inset
        offset = level * (THICK + 0.8)
        if tick.above:
            marks.append(Bar(x, line - THICK - offset, width, THICK))
        if tick.below or not tick.above:
            marks.append(Bar(x, line + offset, width, THICK))
    return marks
