"""Where in a text its entries fall: each section a line as long as its text.

Entries of the apparatus are ticks above the line, notes ticks below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from apparatus.render.drawing import Bar, Drawing, Label
from apparatus.voice import ENGLISH, Voice, phrase

LEFT, WIDTH, ROW = 24.0, 336.0, 26.0
TICK = 7.0


class Row(NamedTuple):
    """A section: its number, its length in characters, the offsets of its entries and notes."""

    label: str
    length: int
    above: Sequence[int]
    below: Sequence[int]


def places(rows: Sequence[Row], voice: Voice = ENGLISH) -> Drawing:
    """Draw the sections of a text, all to one scale."""
    title = voice.say("Where in the text entries and notes fall")
    scale = WIDTH / max([row.length for row in rows], default=1)
    marks: list[Bar | Label] = []
    for i, row in enumerate(rows):
        line = ROW * (i + 0.5)
        marks.append(Label(LEFT - 7, line + 3.5, row.label, 11, "end"))
        marks.append(Bar(LEFT, line - 0.3, row.length * scale, 0.6, quiet=True))
        marks += [Bar(LEFT + at * scale - 0.4, line - TICK - 1, 0.8, TICK) for at in row.above]
        marks += [Bar(LEFT + at * scale - 0.4, line + 1, 0.8, TICK, quiet=True) for at in row.below]
    return Drawing(LEFT + WIDTH + 8, ROW * len(rows), tuple(marks), title, describe(rows, voice))


def describe(rows: Sequence[Row], voice: Voice = ENGLISH) -> str:
    """The picture in words."""
    message = phrase("section {section}, {characters} characters: {entries} entries, {notes} notes")
    parts = [
        voice.say(
            message,
            section=row.label,
            characters=row.length,
            entries=len(row.above),
            notes=len(row.below),
        )
        for row in rows
    ]
    return voice.say(
        "Each section is a line as long as its text, entries above it and notes below. {sections}.",
        sections="; ".join(parts),
    )
