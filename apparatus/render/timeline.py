"""A time line: a line for each year, January to December, events where they fall.

The events are numbered as in their table, and each is named in a word or two, so that the picture
can be read by itself. What one part of a text speaks of stands above the line, the rest below it, so
that one sees which years each part passes over. A day is a tick, a longer stretch (or a date that is
known to the month only) a bar as long as it. Every event has a pole with its words to the right of it,
like a flag; an earlier pole is the longer where words would meet, so that no pole goes through words.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apparatus.render.drawing import Bar, Drawing, Label, levels, runs_of_years
from apparatus.voice import ENGLISH, Voice, phrase

LEFT, RIGHT, YEAR = 32.0, 8.0, 232.0  #: margins, and the length of a year
SIZE, LEVEL = 9.0, 10.0  #: of the words, and from one row of them to the next
LETTER = 5.0  #: the width of a letter, on the safe side
POLE, BESIDE = 10.0, 2.0  #: the shortest pole; from a pole to its words
THICK, BETWEEN = 2.4, 0.8  #: of a bar; between bars one above the other


class Point(NamedTuple):
    """An event as it is drawn."""

    number: int
    first: date
    last: date
    above: bool
    below: bool
    label: str = ""  #: a word or two


@dataclass(frozen=True, slots=True)
class Tick:
    """The part of an event that falls in one year."""

    words: str
    start: float
    end: float
    is_day: bool
    above: bool
    below: bool

    @property
    def reach(self) -> float:
        """Where its words end."""
        return self.start + BESIDE + LETTER * len(self.words)


def timeline(points: Sequence[Point], title: str, description: str, voice: Voice = ENGLISH) -> Drawing:
    """Draw the events of one chronology; its months are those of the *voice*."""
    marks: list[Bar | Label] = [
        Label(LEFT + YEAR * (i + 0.5) / 12, 8, name, 8, quiet=True) for i, name in enumerate(voice.months())
    ]
    y = 10.0
    width = LEFT + YEAR + RIGHT
    years = [year for point in points for year in range(point.first.year, point.last.year + 1)]
    for year, is_after_gap in runs_of_years(years):
        if is_after_gap:
            marks += [Bar(LEFT - 16, y + 4 + 4 * i, 1.2, 1.2, quiet=True) for i in range(3)]
            y += 14
        # A month may begin before a day that its event follows.
        ticks = sorted(
            (tick for point in points if (tick := _tick(point, year))), key=lambda tick: tick.start
        )
        row, y = _row(year, ticks, y)
        width = max([width, *(tick.reach for tick in ticks)])
        marks += row
    return Drawing(width, y, tuple(marks), title, description)


def describe(points: Sequence[Point], upper: str, lower: str, voice: Voice = ENGLISH) -> str:
    """The picture in words: how many events each year has, and how many of the sections *upper* and *lower*."""
    parts = []
    for year, _ in runs_of_years([point.first.year for point in points]):
        here = [point for point in points if point.first.year == year]
        above, below = (sum(getattr(p, side) for p in here) for side in ("above", "below"))
        counted = voice.plural("{year}: {number} event", "{year}: {number} events", len(here), year=year)
        said = ((above, upper), (below, lower))
        message = phrase("{number} of section {section}")
        sides = [voice.say(message, number=number, section=section) for number, section in said if section]
        parts.append(f"{counted} ({', '.join(sides)})" if sides else counted)
    return voice.say("A line for each year with its events. {years}.", years="; ".join(parts))


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
        f"{point.number} {point.label}".strip(),
        middle if is_day else LEFT + start,
        middle if is_day else LEFT + end + day,
        is_day,
        point.above,
        point.below,
    )


def _row(year: int, ticks: list[Tick], top: float) -> tuple[list[Bar | Label], float]:
    """One year: its line, its months, its events; and where the next begins."""
    sides = [[t for t in ticks if t.above], [t for t in ticks if not t.above]]
    rows = [_flags(side) for side in sides]
    poles = [POLE + (THICK + BETWEEN) * len(set(_beside(side))) for side in sides]
    above, below = (pole + max(its, default=0) * LEVEL for pole, its in zip(poles, rows, strict=True))
    line = top + 8 + above
    marks: list[Bar | Label] = [
        Label(LEFT - 6, line + 3.2, str(year), 10, "end"),
        Bar(LEFT, line - 0.3, YEAR, 0.6, quiet=True),
        *(Bar(LEFT + YEAR * i / 12 - 0.3, line - 1.5, 0.6, 3, quiet=True) for i in range(13)),
    ]
    for up, side, its, pole in zip((-1, 1), sides, rows, poles, strict=True):
        marks += _stretches(side, line)
        for tick, row in zip(side, its, strict=True):
            marks += _flag(tick, line, up, pole + row * LEVEL)
    return marks, line + (below + 2 if sides[1] else 4)


def _beside(ticks: list[Tick]) -> list[int]:
    """The level of each stretch among those that it overlaps."""
    return levels([((t.start + t.end) / 2, t.end - t.start) for t in ticks if not t.is_day], 0)


def _flags(ticks: list[Tick]) -> list[int]:
    """In which row the words of each stand: above all those later ones into which they would reach."""
    found: list[int] = []
    for i in range(len(ticks) - 1, -1, -1):
        met = [row for later, row in zip(ticks[i + 1 :], found, strict=True) if later.start < ticks[i].reach]
        found.insert(0, max(met, default=-1) + 1)
    return found


def _flag(tick: Tick, line: float, up: int, length: float) -> list[Bar | Label]:
    """The pole of an event, bold where it is a day, and its words."""
    top = line - length if up < 0 else line
    through = 4.0 if tick.above and tick.below else 0.0
    x = tick.start - 0.25
    base = line - length + SIZE * 0.66 if up < 0 else line + length
    marks: list[Bar | Label] = [
        Bar(x, top, 0.5, length, quiet=True),
        Label(tick.start + BESIDE, base, tick.words, SIZE, "start"),
    ]
    if tick.is_day:
        foot = line - 4 if up < 0 else line
        marks.append(Bar(tick.start - 0.6, foot, 1.2, 4 + through))
    return marks


def _stretches(ticks: list[Tick], line: float) -> list[Bar | Label]:
    """Bars along the line; those that overlap beside one another."""
    marks: list[Bar | Label] = []
    for tick, level in zip((t for t in ticks if not t.is_day), _beside(ticks), strict=True):
        inset = min(0.5, (tick.end - tick.start) / 6)
        x, width = tick.start + inset, tick.end - tick.start - 2 * inset
        offset = level * (THICK + BETWEEN)
        if tick.above:
            marks.append(Bar(x, line - THICK - offset, width, THICK))
        if tick.below or not tick.above:
            marks.append(Bar(x, line + offset, width, THICK))
    return marks
