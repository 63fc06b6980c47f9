"""What a large edition costs in print: 2,000 entries, time, memory, and whether every entry is there.

    python tools/bench_print.py [--entries 2000] [--words 28000] [--rounds 2] [--keep]

The edition is that of :mod:`bench`, set by LuaLaTeX as a book. The PDF is then read: every page's text by
``pdftotext``, and in it every entry, by its lemma and its readings, which are words of a language that
does not exist. The same text and entries are set a second time from a file such as one writes by hand for
reledmac, on pages of the same measure, and one run of the one is measured beside one run of the other. Fails if an
entry is missing, or if it takes longer or more memory than is allowed. Seconds are those of the processor: whatever
else the machine does counts for nothing. With ``--keep`` the figures are written into the manual.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import ROOT, Generated, Row, Table, keep, markdown, of_machine
from steps import StepError, guarded, where_tex_looks

MINUTES, MEGABYTES = 5, 500
#: Of all runs of LaTeX over a book that has never been set.
PASSES = 4
LONGEST = 8
BEGIN, END = "<!-- written by make bench-print -->\n", "<!-- end of what make bench-print writes -->\n"
LUALATEX = ("lualatex", "--no-shell-escape", "--interaction=nonstopmode", "--halt-on-error")
#: What one writes for an apparatus by reledmac that is run in, in the face and on the page of our book.
HAND = r"""\documentclass[11pt,twoside,openany]{book}
\usepackage[a4paper,textwidth=124mm,textheight=240mm,inner=43mm,top=27mm]{geometry}
\usepackage{fontspec}
\setmainfont{GentiumPlus}[Extension=.ttf,
  UprightFont=*-Regular,ItalicFont=*-Italic,BoldFont=*-Bold,BoldItalicFont=*-BoldItalic]
\usepackage[british]{babel}
\usepackage[protrusion=true,expansion=true]{microtype}
\linespread{1.1}
\usepackage{hyperref}
\usepackage[noeledsec,noledgroup,noend,series={A}]{reledmac}
\lineation{page}\linenummargin{outer}\firstlinenum{5}\linenumincrement{5}
\Xarrangement{paragraph}
\Xnotefontsize{\fontsize{8.8}{10.9}\selectfont}
\Xnumberonlyfirstinline
\Xnotenumfont{\bfseries}
\begin{document}
\tableofcontents
%s
\end{document}
"""


def run(command: list[str | Path], folder: Path) -> float:
    """Run a program; the seconds that it took. Its output is shown only if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    fixed = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000", **where_tex_looks()}
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **fixed},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if ran.returncode:
        raise StepError(f"{command[0]} failed: {ran.stdout[-1500:]}{ran.stderr[-1500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def by_hand(edition: Generated) -> str:
    """The edition as one would write it for reledmac."""
    return HAND % "\n".join(
        f"\\chapter{{Part {i}}}\n\\beginnumbering\n{text}\n\\endnumbering"
        for i, text in enumerate(map(_numbered, edition.files), 1)
    )


def _numbered(blocks: list[tuple[list[str], dict[int, dict[str, str]]]]) -> str:
    """The paragraphs of a chapter, each word that varies with its readings."""
    return "\n".join(
        "\\pstart " + " ".join(_word(word, variants.get(at)) for at, word in enumerate(prose)) + ".\\pend"
        for prose, variants in blocks
    )


def _word(word: str, readings: dict[str, str] | None) -> str:
    if not readings:
        return word
    listed = "; ".join(rf"{text} \textit{{{siglum}}}" for siglum, text in sorted(readings.items()))
    return rf"\edtext{{{word}}}{{\Afootnote{{{listed}}}}}"


def wanted(edition: Generated) -> list[str]:
    """Each entry as it is printed: lemma, bracket, readings with their sigla; without blanks."""
    return [
        f"{prose[at]}]" + ";".join(f"{text}{siglum}" for siglum, text in sorted(readings.items()))
        for blocks in edition.files
        for prose, variants in blocks
        for at, readings in variants.items()
    ]


def squeezed(text: str) -> str:
    """Text without blanks, hyphens at the ends of lines, and numbers: of lines, of same words in a line."""
    return re.sub(r"[\s\u00ad\u2010\d-]+", "", text)


def passes(command: list[str | Path], folder: Path, name: str) -> int:
    """Run LaTeX until what it writes for its next run stays as it is, or for so long; how often that was.

    What is written by hand may never stand still: a run of it can be measured all the same.
    """
    before, count = None, 0
    while count < LONGEST and ((now := _written(folder, name)) != before or not count):
        before, count = now, count + 1
        run([*command, f"{name}.tex"], folder)
    return count


def _written(folder: Path, name: str) -> list[bytes]:
    """What LaTeX has written for its next run."""
    files = sorted(folder.glob(f"{name}.*"))
    return [file.read_bytes() for file in files if re.fullmatch(r"\.(aux|toc|out|idx|\d+)", file.suffix)]


def side_by_side(ours: Path, hand: Path, rounds: int) -> list[Row]:
    """One run of a book that stands still beside one run of the other; the least of each counts."""
    once = {
        file: min(run([*LUALATEX, file.name], file.parent) for _ in range(rounds)) for file in (ours, hand)
    }
    print(f"  a run: {once[ours]:.1f} s, by hand {once[hand]:.1f} s")
    return [Row("a run : a run over the same text by hand-written reledmac", once[ours] / once[hand], 1.15)]


def measure(folder: Path, words: int, entries: int, rounds: int) -> list[Row]:
    """Generate, build, set, read; give the figures."""
    edition = Generated(words, entries, 8)
    edition.write(folder / "source", "edition")
    latex, hand = folder / "latex", folder / "hand" / "hand.tex"
    sphinx: list[str | Path] = [sys.executable, "-m", "sphinx", "-q", "-b", "latex", folder / "source", latex]
    built = run(sphinx, folder)
    tex = next(latex.glob("*.tex"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    count = passes([*LUALATEX], latex, tex.stem)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = built + after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = after.ru_maxrss / 1024
    every_entry_is_printed(tex.with_suffix(".pdf"), wanted(edition))
    hand.parent.mkdir()
    hand.write_text(by_hand(edition), encoding="utf-8")
    by_hand_count = passes([*LUALATEX], hand.parent, hand.stem)
    print(f"  {count} runs, by hand {by_hand_count}")
    return [
        Row("runs of LaTeX over a new book", count, PASSES, "{:.0f}"),
        *side_by_side(tex, hand, rounds),
        Row("seconds of the processor for the whole book", seconds, MINUTES * 60, "{:.0f}"),
        Row("megabytes at most", memory, MEGABYTES, "{:.0f}"),
    ]


def every_entry_is_printed(pdf: Path, entries: list[str]) -> None:
    """Read the PDF and look for each entry in it."""
    run(["pdftotext", pdf, "book.txt"], pdf.parent)
    text = (pdf.parent / "book.txt").read_text(encoding="utf-8")
    words = squeezed(text)
    missing = [entry for entry in entries if entry not in words]
    print(
        f"  {text.count(chr(12))} pages, {len(entries) - len(missing)} of {len(entries)} entries found in the PDF"
    )
    if missing:
        raise StepError(f"{len(missing)} entries are not in the PDF, the first is “{missing[0]}”")


def main() -> None:
    """Measure what the command line asks for."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--words", type=int, default=28_000)
    options.add_argument("--entries", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--keep", action="store_true", help="write the figures into the manual")
    chosen = options.parse_args()
    machine = of_machine()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), chosen.words, chosen.entries, chosen.rounds)
    table: Table = (f"Print: {chosen.words:,} words, {chosen.entries:,} entries", rows)
    print(f"\n{machine}\n\n{markdown([table])}\n")
    if chosen.keep:
        text = f"{machine}\n\n{markdown([table])}"
        keep(ROOT / "source" / "manual" / "speed.md", text, BEGIN, END)
    if any(row.found > row.limit for row in rows[2:]):
        raise StepError("it takes longer or more memory than is allowed")


if __name__ == "__main__":
    sys.exit(guarded("bench", main))
