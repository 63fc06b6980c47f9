"""What a large edition costs in print: 2,000 entries, time, memory, and whether every entry is there.

    python tools/bench_print.py [--entries 2000] [--words 28000]

The edition is that of :mod:`bench`, set by LuaLaTeX as a book. The PDF is then read: every page's text by
``pdftotext``, and in it every entry, by its lemma and its readings, which are words of a language that
does not exist. Fails if one is missing, or if it takes longer or more memory than is allowed. Seconds are
those of the processor: whatever else the machine does counts for nothing.
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

from bench import ROOT, Generated
from steps import StepError, guarded

MINUTES, MEGABYTES = 5, 500


def run(command: list[str | Path], folder: Path) -> float:
    """Run a program; the seconds that it took. Its output is shown only if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    fixed = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000"}
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


def measure(folder: Path, words: int, entries: int) -> None:
    """Generate, build, set, read; print the figures."""
    edition = Generated(words, entries, 8)
    edition.write(folder / "source", "edition")
    latex = folder / "latex"
    sphinx: list[str | Path] = [sys.executable, "-m", "sphinx", "-q", "-b", "latex", folder / "source", latex]
    built = run(sphinx, folder)
    texs = list(latex.glob("*.tex"))
    set_in = run(["latexmk", *(tex.name for tex in texs)], latex)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pdf = texs[0].with_suffix(".pdf")
    run(["pdftotext", pdf, folder / "book.txt"], folder)
    text = squeezed((folder / "book.txt").read_text(encoding="utf-8"))
    pages = (folder / "book.txt").read_text(encoding="utf-8").count("\f")
    all_entries = wanted(edition)
    missing = [entry for entry in all_entries if entry not in text]
    print(f"  {words} words, {len(all_entries)} entries, {pages} pages")
    print(f"  {len(all_entries) - len(missing)} entries found in the PDF")
    seconds = built + set_in
    print(f"  {built:.0f} s for Sphinx, {set_in:.0f} s for LuaLaTeX  (at most {MINUTES * 60} s)")
    print(f"  {memory:.0f} MB at most  (at most {MEGABYTES} MB)")
    if missing:
        raise StepError(f"{len(missing)} entries are not in the PDF, the first is “{missing[0]}”")
    if seconds > MINUTES * 60 or memory > MEGABYTES:
        raise StepError("it takes longer or more memory than is allowed")


def main() -> None:
    """Measure what the command line asks for."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--words", type=int, default=28_000)
    options.add_argument("--entries", type=int, default=2_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), chosen.words, chosen.entries)


if __name__ == "__main__":
    sys.exit(guarded("bench", main))
