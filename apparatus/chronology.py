"""A chronology: dated events, read from a TOML file, each with its passages and sources.

::

    [[event]]
    date = "1943-02/1943-03"      # ISO 8601 to the day, month or year; two dates for a stretch
    event = "Vlasov’s first journey, Army Group Centre"      # as the pages are written, MyST say
    label = "first journey"       # one or two words for the drawing; without them it has the number alone
    passages = ["1.8"]
    sources = ["aleksandrov2006"]
    basis = "general works: articles on Vlasov"      # where no key can be given, or besides; MyST

TEI has ``listEvent``, ``event`` with ``@when`` or ``@from`` and ``@to``. Like TEI's dates these keep
the precision that is known: ``1942-09`` is September, not its first day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apparatus.conspectus.declarations import Declarations, Fields
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.voice import ENGLISH, Voice

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
EVENT: Fields = {"date": str, "event": str, "passages": list, "sources": list, "basis": str, "label": str}


@dataclass(frozen=True, slots=True, order=True)
class Partial:
    """A date as precise as it is known; what is not known is 0."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with the passages that speak of it and what the date rests on."""

    start: Partial
    end: Partial  #: the same as the start, unless it lasted
    words: str
    passages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  #: citation keys
    basis: str = ""  #: what the date rests on besides, in MyST
    label: str = ""  #: what a drawing calls it
    origin: Origin | None = None
    fields: Mapping[str, Origin] = field(default_factory=dict, compare=False)  #: where each field stands

    @property
    def printed_date(self) -> str:
        """Its date in English, as messages have it."""
        return self.date_in(ENGLISH)

    def date_in(self, voice: Voice) -> str:
        """*12 July 1942* · *September 1942* · *30–31 July 1946* · *February–March 1943*"""
        start, end = self.start, self.end
        if start == end:
            return _full(start, voice)
        if start.year != end.year:
            return f"{_full(start, voice)} – {_full(end, voice)}"
        if start.month == end.month:
            return voice.say("{day}–{date}", day=start.day, date=_full(end, voice))
        dash = " – " if start.day else "–"
        return f"{_within_year(start, voice)}{dash}{_full(end, voice)}"


def _within_year(day: Partial, voice: Voice) -> str:
    return voice.day_of_month(day.first) if day.day else voice.month(day.first)


def _full(day: Partial, voice: Voice) -> str:
    if day.day:
        return voice.day(day.first)
    return voice.month_of_year(day.first) if day.month else str(day.year)


def read_chronology(data: bytes | str, file: str) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events in *data*, the content of *file*; what cannot be used is left out and reported."""
    reader = _Reader(file)
    fields = reader.fields(reader.load(data), {"event": list}, (), "the chronology")
    found = [reader.event(table, i) for i, table in enumerate(fields.get("event", []))]
    events = [event for event in found if event is not None]
    reader.check_order(events)
    return tuple(events), tuple(reader.problems)


class _Reader(Declarations):
    """Turns the tables of a chronology into events."""

    def problem(self, message: str, line: int, kind: ProblemKind = ProblemKind.BAD_CHRONOLOGY) -> None:
        super().problem(message, line, ProblemKind.BAD_CHRONOLOGY)

    def event(self, table: Any, i: int) -> Event | None:
        """One event; nothing if it has no date or no words."""
        line = self.line("event", at=i)
        if not isinstance(table, dict):
            self.problem("an event must be a table; write [[event]]", line)
            return None
        whose = f"event {i + 1}"
        fields = self.fields(table, EVENT, ("event",), whose, at=i)
        extent = self.extent(fields.get("date", ""), whose, self.line("event", "date", at=i))
        if not fields.get("event", "").strip():
            self.problem(f"{whose} has no words; say in 'event' what happened", line)
            return None
        if extent is None:
            return None
        texts = {name: self.texts(fields.get(name, []), ("event", name)) for name in ("passages", "sources")}
        basis = fields.get("basis", "").strip()
        if not texts["sources"] and not basis:
            self.problem(
                f"{whose} has no source; give the key of a work in 'sources', or say in 'basis' what it rests on",
                line,
            )
        label = fields.get("label", "").strip()
        origin = Origin(self.file, line)
        places = {name: Origin(self.file, self.line("event", name, at=i)) for name in fields}
        return Event(
            *extent, fields["event"], texts["passages"], texts["sources"], basis, label, origin, places
        )

    def extent(self, written: str, whose: str, line: int) -> tuple[Partial, Partial] | None:
        """The two ends of a date; the same for a single one."""
        ends = [_partial(part) for part in written.split("/")]
        start, end = ends[0], ends[-1]
        if start is None or end is None or len(ends) > 2:
            said = f"has the date '{written}', which cannot be read" if written else "has no date"
            self.problem(f"{whose} {said}; write 1942-07-12, 1942-07, 1942 or two of them with a /", line)
            return None
        if start.last > end.last or (start != end and bool(start.day) != bool(end.day)):
            self.problem(
                f"{whose} has the date '{written}': the second date must be later, and as precise", line
            )
            return None
        return start, end

    def check_order(self, events: list[Event]) -> None:
        """The table prints the events as the file has them: they must stand in order.

        A date without its day may stand wherever in its month the editor knows it to belong.
        """
        latest = date.min
        for event in events:
            if event.start.last < latest:
                line = event.origin.line if event.origin else 1
                self.problem(f"the event of {event.printed_date} stands after a later one; move it up", line)
            latest = max(latest, event.start.first)


def _partial(written: str) -> Partial | None:
    found = _DATE.fullmatch(written.strip())
    if not found:
        return None
    read = Partial(*(int(part or 0) for part in found.groups()))
    try:
        return read if read.first <= read.last else None
    except (ValueError, calendar.IllegalMonthError):
        return None
