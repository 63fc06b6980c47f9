"""Typeset an edition and read what was printed: the PDF, not the TeX."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from building import Built, build

#: The text block of the A4 page, in points: left and right edge, and the foot of the running head.
LEFT, RIGHT, HEAD = 120, 476, 72
#: What must not be in a log; a box may be too wide by a point, which no eye sees.
FAULTS = re.compile(
    r"^!.*|Overfull \\[hv]box \((?!0\.|1\.0)\d.*|Missing character.*|.*undefined.*|.*multiply.defined.*"
    r"|LaTeX Font Warning.*|.*Rerun to get.*|.*destination with.*",
    re.MULTILINE,
)
PROGRAMS = ("lualatex", "latexmk", "pdftotext", "pdfinfo", "pdffonts", "qpdf")


@dataclass(frozen=True)
class Word:
    """A word on a page, with its box; the origin is the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Place:
    """Where a named destination points."""

    page: int
    left: float
    top: float


@dataclass(frozen=True)
class Paper:
    """A typeset edition."""

    pdf: Path
    log: str
    runs: str  #: what latexmk said
    built: Built
    text_begins: int = 1  #: the printed number of the page on which the edited text begins

    def run(self, *command: str) -> str:
        """The output of a program that reads the PDF (given as ``PDF``)."""
        words = [str(self.pdf) if word == "PDF" else word for word in command]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    @cached_property
    def pages(self) -> list[list[Word]]:
        """The words of each page."""
        found = []
        for page in self.run("pdftotext", "-bbox", "PDF", "-").split("<page ")[1:]:
            boxes = re.findall(
                r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page
            )
            found.append([Word(unescape(text), *map(float, box)) for *box, text in boxes])
        return found

    @cached_property
    def places(self) -> dict[str, Place]:
        """Named destinations."""
        height = float(re.search(r"Page size: +\S+ x (\S+)", self.run("pdfinfo", "PDF"))[1])  # type: ignore[index]
        rows = re.findall(
            r"^ *(\d+) \[ XYZ +(\S+) +(\S+) .*\"(.*)\"$", self.run("pdfinfo", "-dests", "PDF"), re.M
        )
        return {name: Place(int(page), float(x), height - float(y)) for page, x, y, name in rows}

    def foot_top(self, page: int) -> float:
        """Where apparatus and notes begin: at the first of their destinations."""
        tops = [
            place.top
            for name, place in self.places.items()
            if place.page == page and re.fullmatch(r"[\d.]+-[a-z]+\d+", name)
        ]
        return min(tops, default=10_000) - 3

    def foot(self, page: int) -> str:
        """The words of apparatus and notes, without blanks and hyphens."""
        top, bottom = self.foot_top(page), 790
        rows = in_rows([w for w in self.pages[page - 1] if top < w.top and w.bottom < bottom], 5)
        return squeeze("".join(word.text for row in rows for word in row))

    def lines(self, page: int) -> list[float]:
        """The lower edge of each line of the edited text."""
        end = self.foot_top(page)
        words = [w for w in self.pages[page - 1] if HEAD < w.top < end and w.left > LEFT and w.right < RIGHT]
        return [max(word.bottom for word in row) for row in in_rows(words, 7)]

    def line(self, name: str) -> int:
        """The line in which a destination of the text stands, counted on its page."""
        place = self.places[name]
        return next(i for i, bottom in enumerate(self.lines(place.page), 1) if bottom > place.top + 8)

    def label(self, entry_id: str) -> str:
        """The line or lines that an entry ought to be keyed to."""
        start, end = f"{entry_id}:start", f"{entry_id}:end"
        pages = [self.places[start].page, self.places[end].page]
        lines = [self.line(start), self.line(end)]
        if pages[0] != pages[1]:
            first = self.places["0" if "0" in self.places else "1"].page - self.text_begins
            return "–".join(f"{page - first}.{line}" for page, line in zip(pages, lines, strict=True))
        return "–".join(map(str, dict.fromkeys(lines)))


def in_rows(words: list[Word], near: float) -> list[list[Word]]:
    """Words as they stand: line by line, raised numbers in the line that they belong to."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        middle = (word.top + word.bottom) / 2
        if not rows or middle > (rows[-1][0].top + rows[-1][0].bottom) / 2 + near:
            rows.append([])
        rows[-1].append(word)
    return [sorted(row, key=lambda w: w.left) for row in rows]


def unescape(text: str) -> str:
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, char)
    return text


def squeeze(text: str) -> str:
    """Text without what breaking into lines adds or takes away."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def typeset(source: Path, out: Path, **config: object) -> Paper:
    """Build the LaTeX of *source* and run it until nothing moves."""
    with warnings.catch_warnings():
        # MyST's include directive asks Sphinx for something that Sphinx 11 will no longer have.
        warnings.filterwarnings("ignore", message=".*BuildEnvironment.app.*")
        return latexmk(build(source, out, builder="latex", **config))


def latexmk(built: Built) -> Paper:
    tex = next(built.out.glob("*.tex"))
    ran = subprocess.run(
        ["latexmk", tex.name],
        cwd=built.out,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=500,
    )
    log = tex.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{log[-2000:]}"
    return Paper(tex.with_suffix(".pdf"), log, ran.stdout, built)


def missing_programs() -> list[str]:
    return [name for name in PROGRAMS if not shutil.which(name)]
