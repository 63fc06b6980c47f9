"""A small drawing of lines and words: once as SVG, once as a picture of LaTeX.

What is drawn (a time line, where in a text its entries fall) is computed by others; here are only
the two ways to print it. SVG takes its colour from the text round it and so follows dark mode; it
has no style of its own, so that a strict content security policy does not touch it. LaTeX's own
``picture`` needs no package. Units are free, y counts downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal, TypeAlias

#: Characters of TeX's own, as words.
TEX = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)

Align = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle with its upper left corner at x, y: a line, a tick, a stretch."""

    x: float
    y: float
    width: float
    height: float
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A word or number; y is its base line."""

    x: float
    y: float
    text: str
    size: float = 9
    align: Align = "middle"
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    thick: float = 0.5
    quiet: bool = False


#: What a drawing is made of.
Mark: TypeAlias = Bar | Label | Stroke


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture and what it says to those who do not see it."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str
    description: str


def svg(drawing: Drawing, name: str) -> str:
    """The drawing as an SVG element; *name* makes its ids."""
    parts = [_svg_mark(mark) for mark in drawing.marks]
    box = f"0 0 {_n(drawing.width)} {_n(drawing.height)}"
    return (
        f'<svg class="drawing" viewBox="{box}" role="img" aria-labelledby="{name}-title {name}-desc" '
        'fill="currentColor" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-title">{escape(drawing.title)}</title>'
        f'<desc id="{name}-desc">{escape(drawing.description)}</desc>{"".join(parts)}</svg>'
    )


def _svg_mark(mark: Mark) -> str:
    quiet = ' class="quiet"' if mark.quiet else ""
    if isinstance(mark, Stroke):
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in mark.points)
        line = f'd="{path}" fill="none" stroke="currentColor" stroke-width="{_n(mark.thick)}"'
        quiet = ' class="quiet-line"' if mark.quiet else ""
        return f"<path{quiet} {line}/>"
    if isinstance(mark, Bar):
        place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
        return f"<rect{quiet} {place}/>"
    anchor = "" if mark.align == "start" else f' text-anchor="{mark.align}"'
    place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"'
    return f"<text{quiet} {place}{anchor}>{escape(mark.text)}</text>"


def picture(drawing: Drawing) -> str:
    """The drawing as a LaTeX picture as wide as the line, unless it were then too high for its page."""
    lines = [_tex_mark(mark, drawing.height) for mark in drawing.marks]
    width, height = (rf"\dimexpr{room}/{round(size)}\relax" for room, size in _room(drawing))
    return "\n".join(
        [
            rf"\par\medskip\begingroup\centering\setlength\unitlength{{{width}}}%",
            rf"\ifdim{height}<\unitlength\setlength\unitlength{{{height}}}\fi",
            rf"\noindent\begin{{picture}}({_n(drawing.width)},{_n(drawing.height)})%",
            *lines,
            r"\end{picture}\par\endgroup\smallskip",
        ]
    )


def _room(drawing: Drawing) -> tuple[tuple[str, float], tuple[str, float]]:
    """What there is in print, and what of it the drawing needs: it stands below a chapter's heading."""
    return (r"\linewidth", drawing.width), (r".68\textheight", drawing.height)


def _tex_mark(mark: Mark, height: float) -> str:
    colour = r"\color[gray]{.5}" if mark.quiet else ""
    if isinstance(mark, Stroke):
        first, *rest = (f"({_n(x)},{_n(height - y)})" for x, y in mark.points)
        path = "".join(f"\n\\lineto{point}" for point in rest)
        return f"{{{colour}\\linethickness{{{_n(mark.thick)}\\unitlength}}%\n\\moveto{first}{path}\n\\strokepath}}%"
    if isinstance(mark, Bar):
        ink = rf"{colour}\rule{{{_n(mark.width)}\unitlength}}{{{_n(mark.height)}\unitlength}}"
        return rf"\put({_n(mark.x)},{_n(height - mark.y - mark.height)}){{{ink}}}%"
    side = {"start": "[lb]", "middle": "[b]", "end": "[rb]"}[mark.align]
    size = rf"\fontsize{{{_n(mark.size)}\unitlength}}{{{_n(mark.size)}\unitlength}}\selectfont"
    # \smash: a letter that goes below the line does not lift the others
    words = mark.text.translate(TEX)
    word = rf"\makebox(0,0){side}{{{colour}{size}\smash{{{words}}}}}"
    return rf"\put({_n(mark.x)},{_n(height - mark.y)}){{{word}}}%"


def _n(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def levels(places: list[tuple[float, float]], gap: float) -> list[int]:
    """For words centred at *places* (middle, width) in order: the lowest level at which each is free."""
    ends: list[float] = []
    found = []
    for middle, width in places:
        left = middle - width / 2
        level = next((i for i, end in enumerate(ends) if end + gap <= left), len(ends))
        ends[level : level + 1] = [middle + width / 2]
        found.append(level)
    return found


def runs_of_years(years: list[int]) -> list[tuple[int, bool]]:
    """Each year once, in order, and whether years have been left out before it."""
    ordered = sorted(set(years))
    skipped = {after for before, after in pairwise(ordered) if after > before + 1}
    return [(year, year in skipped) for year in ordered]
