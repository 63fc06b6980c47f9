"""What the apparatus costs: ratios of whole builds, measured side by side in one run.

    python tools/bench.py [--words 200000] [--entries 10000] [--rounds 3] [--growth]

An edition is generated (the same one every time), and so are the same prose without an
apparatus, the same entries as ordinary footnotes, and the edition with the collation check
switched off. Each is built to HTML in one process, in turns; the smallest time of each
counts. The last part builds editions of 1,000, 10,000 and 100,000 entries and prints the
exponents of the growth of time and memory.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parent.parent
WITNESSES = "ABCDE"
CONF = """\
extensions = ["myst_parser"{more}]
smartquotes = False
html_theme = "furo"
apparatus_setting = None
"""
LIMITS = {"plain": 2.0, "footnotes": 0.55, "unchecked": 1.10}


def vocabulary(rng: random.Random) -> list[str]:
    letters = "abcdefghiklmnoprstuvw"
    return sorted({"".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(4000)})


#: The words of a paragraph; for some of them, what each witness reads instead.
Paragraph: TypeAlias = tuple[list[str], dict[int, dict[str, str]]]


class Generated:
    """A deterministic edition: paragraphs, for each its entries, and what each witness reads."""

    def __init__(self, words: int, entries: int, files: int) -> None:
        rng = random.Random(1946)
        self.words = vocabulary(rng)
        per_block = 100
        blocks = max(files, words // per_block)
        self.files: list[list[Paragraph]] = [[] for _ in range(files)]
        for i in range(blocks):
            prose = rng.choices(self.words, k=per_block)
            count = entries * (i + 1) // blocks - entries * i // blocks
            places = sorted(rng.sample(range(per_block), min(count, per_block)))
            variants = {
                at: {w: self._other(rng, prose[at]) for w in rng.sample(WITNESSES, rng.randint(1, 4))}
                for at in places
            }
            self.files[i * files // blocks].append((prose, variants))

    def _other(self, rng: random.Random, word: str) -> str:
        """Another word of the language: what a witness reads instead."""
        return next(other for other in iter(lambda: rng.choice(self.words), None) if other != word)

    def write(self, folder: Path, form: str) -> None:
        """Write the project in one of the forms: edition, unchecked, plain, footnotes."""
        folder.mkdir(parents=True)
        more = ', "apparatus"' if form in ("edition", "unchecked") else ""
        conf = CONF.format(more=more).replace("apparatus_setting = None\n", "")
        if more:
            conf += f'apparatus_conspectus = "witnesses.toml"\napparatus_collation = {form == "edition"}\n'
            conf += "apparatus_witness_pages = False\n"  # ten further copies of the text
            self._write_witnesses(folder)
        (folder / "conf.py").write_text(conf, encoding="utf-8")
        names = [f"part{i:03}" for i in range(len(self.files))]
        pages = [*names, "witnesses"] if form != "plain" else names
        (folder / "index.md").write_text(
            "# Index\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n", encoding="utf-8"
        )
        if form != "plain":  # in either form a siglum leads to its witness
            sections = "".join(f"({w})=\n## {w}\n\nCopy {w}.\n\n" for w in WITNESSES)
            listed = ":::{conspectus}\n:::\n" if more else sections
            (folder / "witnesses.md").write_text(f"# Witnesses\n\n{listed}", encoding="utf-8")
        for name, blocks in zip(names, self.files, strict=True):
            (folder / f"{name}.md").write_text(self._document(name, blocks, form), encoding="utf-8")

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
        for w in WITNESSES:
            text = []
            for i, blocks in enumerate(self.files):
                text.append(f"Part{i:03}")
                for prose, variants in blocks:
                    text.append(" ".join(variants.get(at, {}).get(w, word) for at, word in enumerate(prose)))
            (folder / f"{w}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
            declared.append(f'[witness.{w}]\nname = "Copy {w}"\ntranscription = "{w}.txt"\n')
        (folder / "witnesses.toml").write_text("\n".join(declared), encoding="utf-8")


def build(source: Path, profile: Path | None = None) -> tuple[float, float]:
    """Build a project to HTML in one fresh process; seconds of the processor and megabytes."""
    out = source.parent / f"{source.name}-html"
    shutil.rmtree(out, ignore_errors=True)
    doctrees = source.parent / f"{source.name}-doctrees"
    shutil.rmtree(doctrees, ignore_errors=True)
    prefix = [sys.executable]
    if profile:
        prefix += ["-m", "cProfile", "-o", str(profile)]
    command = [
        *prefix,
        "-m",
        "sphinx",
        "-q",
        "-j",
        "1",
        "-b",
        "html",
        "-d",
        str(doctrees),
        str(source),
        str(out),
    ]
    pid = os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"bench: the build of {source.name} failed")
    # Seconds of the processor, not of the clock: whatever else the machine does counts for nothing.
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(folder: Path, words: int, entries: int, rounds: int) -> None:
    generated = Generated(words, entries, 40)
    forms = ("edition", "plain", "footnotes", "unchecked")
    for form in forms:
        generated.write(folder / form, form)
    best = dict.fromkeys(forms, math.inf)
    for turn in range(rounds):
        for form in forms:
            seconds, megabytes = build(folder / form)
            best[form] = min(best[form], seconds)
            print(f"  round {turn + 1}: {form:10} {seconds:7.1f} s {megabytes:7.0f} MB", flush=True)
    missed = False
    for form, limit in LIMITS.items():
        ratio = best["edition"] / best[form]
        missed |= ratio > limit
        print(
            f"edition : {form:10} {ratio:5.2f}  (at most {limit})  {'reached' if ratio <= limit else 'NOT REACHED'}"
        )
    if missed:
        show_profile(folder)


def show_profile(folder: Path) -> None:
    import pstats

    build(folder / "edition", folder / "profile")
    print("where the time goes (own time of functions, in the edition's build):")
    pstats.Stats(str(folder / "profile")).sort_stats("tottime").print_stats(15)


def growth(folder: Path) -> None:
    sizes, measured = (1_000, 10_000, 100_000), []
    for entries in sizes:
        source = folder / f"growth{entries}"
        Generated(entries * 20, entries, max(4, entries // 250)).write(source, "edition")
        measured.append(build(source))
        print(f"  {entries:7} entries {measured[-1][0]:7.1f} s {measured[-1][1]:7.0f} MB", flush=True)
        shutil.rmtree(source)
    decades = math.log10(sizes[-1] / sizes[0])
    for what, at, limit in (("time", 0, 1.05), ("memory", 1, 1.0)):
        exponent = math.log10(measured[-1][at] / measured[0][at]) / decades
        last = math.log10(measured[-1][at] / measured[-2][at])
        said = "reached" if max(exponent, last) <= limit else "NOT REACHED"
        print(
            f"growth of {what:6} exponent {exponent:4.2f}, last decade {last:4.2f}  (at most {limit})  {said}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--words", type=int, default=200_000)
    options.add_argument("--entries", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", choices=("ratios", "growth"))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.only != "growth":
            compare(Path(folder), chosen.words, chosen.entries, chosen.rounds)
        if chosen.only != "ratios":
            growth(Path(folder))


if __name__ == "__main__":
    main()
