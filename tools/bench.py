"""What the apparatus costs: ratios of builds, measured side by side in one run.

    python tools/bench.py [--words 200000] [--entries 10000] [--rounds 3] [--only PART] [--keep]

An edition is generated (the same one every time), and so are the same prose without an apparatus, that prose
with the extension loaded, the same entries as ordinary footnotes, and the edition without its proof. Each is
built to HTML in one process, in turns; the smallest figure of each counts. Then one thing is changed, and it is
built again on top of what is there; with two processes; with thirteen witnesses; and ten times as large.
With ``--keep`` the figures are written into the manual and the README.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
WITNESSES = "ABCDE"
CONF = """\
extensions = ["myst_parser"{more}]
smartquotes = False
html_theme = "furo"
"""
FORMS = ("edition", "plain", "prose", "footnotes", "unchecked")
#: Which figures the README has.
SHORT = (
    "HTML : plain prose",
    "HTML : the entries as footnotes",
    "with the proof : without",
    "nothing changed : the same of plain prose",
    "one word of one entry, and of its witness : one word of plain prose",
)


def vocabulary(rng: random.Random) -> list[str]:
    letters = "abcdefghiklmnoprstuvw"
    return sorted({"".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(4000)})


#: The words of a paragraph; for some of them, what each witness reads instead.
Paragraph: TypeAlias = tuple[list[str], dict[int, dict[str, str]]]


class Generated:
    """A deterministic edition: paragraphs, for each its entries, and what each witness reads."""

    def __init__(self, words: int, entries: int, files: int, witnesses: str = WITNESSES) -> None:
        rng = random.Random(1946)
        self.entries, self.witnesses = entries, witnesses
        self.size = f"{words:,} words, {entries:,} entries"
        self.words = vocabulary(rng)
        per_block = 100
        blocks = max(files, words // per_block)
        self.files: list[list[Paragraph]] = [[] for _ in range(files)]
        for i in range(blocks):
            prose = rng.choices(self.words, k=per_block)
            count = entries * (i + 1) // blocks - entries * i // blocks
            places = sorted(rng.sample(range(per_block), min(count, per_block)))
            variants = {
                at: {w: self._other(rng, prose[at]) for w in rng.sample(witnesses, rng.randint(1, 4))}
                for at in places
            }
            self.files[i * files // blocks].append((prose, variants))

    def _other(self, rng: random.Random, word: str) -> str:
        """Another word of the language: what a witness reads instead."""
        return next(other for other in iter(lambda: rng.choice(self.words), None) if other != word)

    def write(self, folder: Path, form: str) -> None:
        """Write the project in one of the forms: edition, unchecked, plain, prose, footnotes."""
        folder.mkdir(parents=True)
        more = ', "apparatus"' if form in ("edition", "unchecked", "prose") else ""
        conf = CONF.format(more=more)
        if form in ("edition", "unchecked"):
            conf += f'apparatus_conspectus = "witnesses.toml"\napparatus_collation = {form == "edition"}\n'
            conf += "apparatus_witness_pages = False\n"  # ten further copies of the text
            self._write_witnesses(folder)
        (folder / "conf.py").write_text(conf, encoding="utf-8")
        names = [f"part{i:03}" for i in range(len(self.files))]
        pages = [*names, "witnesses"] if form not in ("plain", "prose") else names
        (folder / "index.md").write_text(
            "# Index\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n", encoding="utf-8"
        )
        if form not in ("plain", "prose"):  # in either form a siglum leads to its witness
            sections = "".join(f"({w})=\n## {w}\n\nCopy {w}.\n\n" for w in self.witnesses)
            listed = ":::{conspectus}\n:::\n" if form != "footnotes" else sections
            (folder / "witnesses.md").write_text(f"# Witnesses\n\n{listed}", encoding="utf-8")
        for name, blocks in zip(names, self.files, strict=True):
            (folder / f"{name}.md").write_text(self._document(name, blocks, form), encoding="utf-8")

    def change(self, folder: Path, form: str, what: str) -> None:
        """Change one word of the text, with its entry and in all witnesses, or what one witness reads there; or nothing.

        Each change is another, so that it can be made again and again.
        """
        if what == "nothing":
            return
        number = len(self.files) // 2
        prose, variants = next(block for block in self.files[number] if block[1])
        at = min(variants)
        if what == "text" or form == "plain":
            prose[at] += "x"
        else:
            variants[at][min(variants[at])] += "x"
        name = f"part{number:03}"
        text = self._document(name, self.files[number], form)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        if form in ("edition", "unchecked"):
            self._write_witnesses(folder)

    def _document(self, name: str, blocks: list[Paragraph], form: str) -> str:
        lines = ["---", "edited-text: true", "---", ""] if form in ("edition", "unchecked") else []
        lines += [f"# {name.capitalize()}", ""]
        notes: list[str] = []
        for prose, variants in blocks:
            shown = list(prose)
            entries = []
            for at, readings in variants.items():
                said = " ; ".join(f"{text} {w}" for w, text in sorted(readings.items()))
                nth = prose[: at + 1].count(prose[at])
                lemma = prose[at] + (f"^{nth}" if prose.count(prose[at]) > 1 else "")
                entries.append(f"{lemma} ] {said}")
                if form == "footnotes":
                    linked = " ; ".join(f"{text} [{w}](#{w})" for w, text in sorted(readings.items()))
                    notes.append(f"[^{name}{len(notes)}]: {prose[at]} ] {linked}")
                    shown[at] += f"[^{name}{len(notes) - 1}]"
            lines += [" ".join(shown), ""]
            if entries and form in ("edition", "unchecked"):
                lines += [":::{apparatus}", *entries, ":::", ""]
        lines += [line for note in notes for line in (note, "")]
        return "\n".join(lines)

    def _write_witnesses(self, folder: Path) -> None:
        declared = []
        for w in self.witnesses:
            text = []
            for i, blocks in enumerate(self.files):
                text.append(f"Part{i:03}")
                for prose, variants in blocks:
                    text.append(" ".join(variants.get(at, {}).get(w, word) for at, word in enumerate(prose)))
            (folder / f"{w}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
            declared.append(f'[witness.{w}]\nname = "Copy {w}"\ntranscription = "{w}.txt"\n')
        (folder / "witnesses.toml").write_text("\n".join(declared), encoding="utf-8")


def of_machine() -> str:
    """The day and the machine of the figures."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    python = f"Python {platform.python_version()}, Sphinx {version('sphinx')}"
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    day = time.strftime("%d %B %Y", time.gmtime()).lstrip("0")
    return f"{day}; {os.cpu_count()} cores, {model}; {python}; load of the machine {load}."


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


class Cost(NamedTuple):
    """What a build took: seconds of the processor, of the clock, megabytes."""

    seconds: float
    clock: float
    megabytes: float


class Row(NamedTuple):
    """A figure, and what is to be reached; what stands for comparison has no limit."""

    what: str
    found: float
    limit: float | None
    form: str = "{:.2f}"

    @property
    def is_missed(self) -> bool:
        return self.limit is not None and self.found > self.limit

    def cells(self) -> tuple[str, ...]:
        found = self.form.format(self.found)
        if self.limit is None:
            return self.what, found, "", "for comparison"
        reached = "not reached" if self.is_missed else "reached"
        return self.what, found, f"≤ {self.form.format(self.limit)}", reached


Table: TypeAlias = tuple[str, list[Row]]


def markdown(tables: Iterable[Table]) -> str:
    """The tables as the manual has them."""
    made = []
    for name, rows in tables:
        lines = ["| what | now | to reach | outcome |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(row.cells())} |" for row in rows]
        made.append(f"## {name}\n\n" + "\n".join(lines))
    return "\n\n".join(made)


def build(
    source: Path, *, fresh: bool = True, jobs: int = 1, builder: str = "html", profile: Path | None = None
) -> Cost:
    """Build a project in one new process; on top of the build before, unless it is to be *fresh*."""
    out = source.parent / f"{source.name}-{builder}"
    doctrees = source.parent / f"{source.name}-doctrees"
    for folder in (out, doctrees) if fresh else ():
        shutil.rmtree(folder, ignore_errors=True)
    under = ["-m", "cProfile", "-o", str(profile)] if profile else []
    options = [
        "-m",
        "sphinx",
        "-q",
        "-j",
        str(jobs),
        "-b",
        builder,
        "-d",
        str(doctrees),
        str(source),
        str(out),
    ]
    return spent([*under, *options], f"the build of {source.name}")


def check(source: Path) -> Cost:
    """Prove a project without building it, in one new process."""
    return spent(["-m", "apparatus", "check", str(source)], f"the check of {source.name}")


def spent(options: list[str], what: str) -> Cost:
    """Run Python with these options in a new process; *what* that is, should it fail."""
    before = time.monotonic()
    command = [sys.executable, *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled once, not in every build
    pid = os.posix_spawn(sys.executable, command, environment)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"bench: {what} failed")
    # Seconds of the processor: whatever else the machine does counts for nothing.
    seconds = usage.ru_utime + usage.ru_stime
    return Cost(seconds, time.monotonic() - before, usage.ru_maxrss / 1024)


def least(rounds: int, **builds: Callable[[], Cost]) -> dict[str, Cost]:
    """Do the builds in turns; of each the least of every figure."""
    found: dict[str, list[Cost]] = {name: [] for name in builds}
    for turn in range(rounds):
        for name, act in builds.items():
            found[name].append(cost := act())
            print(f"  round {turn + 1}: {name:14} {cost.seconds:7.2f} s {cost.megabytes:7.0f} MB", flush=True)
    return {name: Cost(*map(min, zip(*costs, strict=True))) for name, costs in found.items()}


def of_build(folder: Path, edition: Generated, rounds: int) -> Table:
    """Whole builds of the edition and of what it is measured by."""
    for form in FORMS:
        edition.write(folder / form, form)
    builds = {form: partial(build, folder / form) for form in FORMS}
    best = least(rounds, **builds, check=partial(check, folder / "edition"))
    cost = {form: its.seconds for form, its in best.items()}
    each = 1000 * (cost["edition"] - cost["prose"]) / edition.entries
    rows = [
        Row("HTML : plain prose", cost["edition"] / cost["plain"], 1.5),
        Row("milliseconds an entry above the same prose, built with the extension", each, 0.35),
        Row("HTML : the entries as footnotes", cost["edition"] / cost["footnotes"], 0.38),
        Row("with the proof : without", cost["edition"] / cost["unchecked"], 1.10),
        Row("`apparatus check` : HTML", cost["check"] / cost["edition"], None),
    ]
    return f"Build: {edition.size}, {len(edition.witnesses)} witnesses", rows


def of_change(folder: Path, edition: Generated, rounds: int) -> Table:
    """Builds on top of a build, after a change."""
    pages: dict[str, int] = {}
    texts = {form: deepcopy(edition) for form in ("edition", "plain")}  # each is changed by itself
    for form in texts:
        edition.write(folder / form, form)
        build(folder / form)

    def after(form: str, change: str) -> Cost:
        texts[form].change(folder / form, form, change)
        times = {page: page.stat().st_mtime_ns for page in _pages(folder / f"{form}-html")}
        cost = build(folder / form, fresh=False)
        pages[f"{form} {change}"] = sum(
            page.stat().st_mtime_ns != times.get(page) for page in _pages(folder / f"{form}-html")
        )
        return cost

    kinds = [(form, change) for change in ("nothing", "entry", "text") for form in ("edition", "plain")]
    best = least(rounds, **{f"{form} {change}": partial(after, form, change) for form, change in kinds})
    ratio = {
        of: best[f"edition {of}"].seconds / best[f"plain {of}"].seconds for of in ("nothing", "entry", "text")
    }
    rows = [
        Row("nothing changed : the same of plain prose", ratio["nothing"], 1.35),
        Row("one word of one entry, and of its witness : one word of plain prose", ratio["entry"], 1.8),
        Row("one word of the text, with its entry : the same", ratio["text"], 1.8),
        Row("pages of text written for one changed entry", pages["edition entry"], 1, "{:.0f}"),
        Row("seconds until an edited entry is seen", best["edition entry"].clock, 3),
    ]
    return f"Change: {edition.size}", rows


def _pages(out: Path) -> list[Path]:
    return list(out.glob("part*.html"))


def of_jobs(folder: Path, edition: Generated, rounds: int) -> Table:
    """One process and two, by the clock."""
    edition.write(folder / "edition", "edition")
    best = least(rounds, **{f"j{jobs}": partial(build, folder / "edition", jobs=jobs) for jobs in (1, 2)})
    return "Processes", [Row("`-j 2` : `-j 1`, by the clock", best["j2"].clock / best["j1"].clock, 1.0)]


def of_growth(folder: Path) -> Table:
    """How time and memory grow with the edition: the exponents of the last decade, beside those of its plain prose."""
    sizes = (10_000, 100_000)
    found: dict[str, list[Cost]] = {"edition": [], "plain": []}
    for form, entries in itertools.product(found, sizes):
        source = folder / f"growth{entries}" / form
        Generated(entries * 20, entries, max(4, entries // 250)).write(source, form)
        found[form].append(cost := build(source))
        print(f"  {form:8} {entries:7} entries {cost.seconds:7.1f} s {cost.megabytes:7.0f} MB", flush=True)
        shutil.rmtree(folder / f"growth{entries}")
    seconds = {form: [cost.seconds for cost in costs] for form, costs in found.items()}
    above = [whole - plain for whole, plain in zip(*seconds.values(), strict=True)]
    rows = [
        Row("time, exponent", _exponent(seconds["edition"]), 1.05),
        Row("that of plain prose", _exponent(seconds["plain"]), None),
        Row("that of what the edition takes above plain prose", _exponent(above), 1.05),
        Row("memory, exponent", _exponent([cost.megabytes for cost in found["edition"]]), 1.0),
    ]
    return "Growth from 10,000 to 100,000 entries", rows


def _exponent(of_decade: list[float]) -> float:
    """By which power something grows, from what it is before and after a decade."""
    before, after = of_decade
    return math.log10(after / before)


def of_proof(folder: Path) -> Table:
    """The proof of a large tradition, by the builder that writes nothing."""
    Generated(290_000, 58_000, 58, "ABCDEFGHIJKLM").write(folder / "many", "edition")
    cost = build(folder / "many", builder="dummy")
    rows = [
        Row("seconds of one core, with the reading of the source", cost.seconds, 60, "{:.0f}"),
        Row("megabytes", cost.megabytes, 2000, "{:.0f}"),
    ]
    return "Proof of 13 witnesses at 58,000 places", rows


def of_collation() -> Table:
    """Entries for witnesses of which there is nothing but transcriptions."""
    program = Path(__file__).with_name("bench_collation.py")
    done = subprocess.run([sys.executable, program], check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    limits = (1, None, 1, 10)
    rows = [
        Row("seconds of one core, 5 witnesses of 200,000 words", found["seconds"], 30, "{:.0f}"),
        Row("megabytes", found["megabytes"], 400, "{:.0f}"),
    ]
    for limit, (name, share) in zip(limits, found["hidden"].items(), strict=True):
        rows.append(Row(f"of 100 agreements hidden; {name}", share, limit))
    return "Entries made of transcriptions alone", rows


def show_profile(folder: Path) -> None:
    """Whose the time of the whole build is."""
    import pstats

    build(folder / "edition", profile=folder / "profile")
    print("where the time goes (own time of functions, in the edition's build):")
    pstats.Stats(str(folder / "profile")).sort_stats("tottime").print_stats(15)


#: What `make bench` measures, by the name by which one part can be asked for.
PARTS = ("build", "change", "jobs", "proof", "growth", "collation")
BEGIN, END = "<!-- written by make bench -->\n", "<!-- end of what make bench writes -->\n"


def keep(file: Path, text: str, begin: str = BEGIN, end: str = END) -> None:
    """Write the figures into a file between their two marks."""
    before, rest = file.read_text(encoding="utf-8").split(begin)
    file.write_text(f"{before}{begin}\n{text}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--words", type=int, default=200_000)
    options.add_argument("--entries", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", choices=PARTS, action="append")
    options.add_argument(
        "--keep", action="store_true", help="write the figures into the manual and the README"
    )
    chosen = options.parse_args()
    edition, machine = Generated(chosen.words, chosen.entries, 40), of_machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        acts: dict[str, Callable[[], Table]] = {
            "build": partial(of_build, folder / "build", edition, chosen.rounds),
            "change": partial(of_change, folder / "change", edition, chosen.rounds),
            "jobs": partial(of_jobs, folder / "jobs", edition, chosen.rounds),
            "proof": partial(of_proof, folder),
            "growth": partial(of_growth, folder),
            "collation": of_collation,
        }
        tables: list[Table] = []
        for part in chosen.only or PARTS:
            tables.append(acts[part]())
            if chosen.keep:  # at once: a later part may be broken off
                write_down(machine, tables)
        print(f"\n{machine}\n\n{markdown(tables)}\n")
        if any(row.is_missed for name, rows in tables for row in rows if name.startswith("Build")):
            show_profile(folder / "build")


def write_down(machine: str, tables: list[Table]) -> None:
    """Write the figures into the manual, and those that matter most into the README."""
    keep(ROOT / "source" / "manual" / "speed.md", f"{machine}\n\n{markdown(tables)}")
    short = [row.cells() for _, rows in tables for row in rows if row.what in SHORT]
    keep(ROOT / "README.md", "\n".join(f"- {what}: {now} ({limit})" for what, now, limit, _ in short))


if __name__ == "__main__":
    main()
