"""Spoil the code in a few places, one at a time, and see whether the tests notice each.

    python tools/mutate.py apparatus/collation [--places 10] [--seed 1] --tests "tests/test_compare.py …"

The places are drawn by the seed from all that can be spoilt by one word: a comparison turned round, a truth
denied, a number one higher, an *and* made an *or*; in TeX, Lua, CSS and JavaScript the same by the letter. The work is done in a
copy. Each line of the table that is printed names the place, what was done, and the first test that failed; a
place that no test notices makes the command fail.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LEFT = shutil.ignore_patterns(".git", ".venv", ".cache", "build", "__pycache__", ".*_cache", ".hypothesis")
#: What is put for a word of Python, where the syntax tree has it.
OTHER = {
    **{ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="},
    **{ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in"},
}
#: What is put in files of other languages, by the letter.
BY_LETTER = (
    (r"(?<=\s)===(?=\s)", "!=="),
    (r"(?<=\s)!==(?=\s)", "==="),
    (r"(?<=\s)==(?=\s)", "~="),
    (r"(?<=\s)&&(?=\s)", "||"),
    (r"(?<=\s)\|\|(?=\s)", "&&"),
    (r"(?<=\s)(?:and)(?=\s)", "or"),
    (r"(?<=[ (:])1(?=[;,) ])", "3"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"display: none", "display: block"),
    (r"display: flex", "display: block"),
    (r"position: absolute", "position: static"),
    (r"\?\.", "."),
    (r"\\else\b", r"\\fi\\iffalse"),
)
COMMENT = {".js": "//", ".css": "/*", ".lua": "--", ".sty": "%", ".cls": "%"}


class Place(NamedTuple):
    """A stretch of a file, and what is put there."""

    path: Path
    start: int
    end: int
    put: str

    def spoilt(self, text: str) -> str:
        return text[: self.start] + self.put + text[self.end :]


def places(path: Path) -> Iterator[Place]:
    """All that can be spoilt in a file."""
    text = path.read_text(encoding="utf-8")
    yield from in_python(path, text) if path.suffix == ".py" else in_letters(path, text)


def in_python(path: Path, text: str) -> Iterator[Place]:
    """Comparisons, truths, numbers and junctions, by the syntax tree."""
    lines = text.splitlines(keepends=True)
    begins = [sum(map(len, lines[:i])) for i in range(len(lines))]

    def at(line: int, column: int) -> int:
        return begins[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OTHER:
            start = at(node.left.end_lineno or 0, node.left.end_col_offset or 0)
            end = at(node.comparators[0].lineno, node.comparators[0].col_offset)
            yield Place(path, start, end, f" {OTHER[type(node.ops[0])]} ")
        elif isinstance(node, ast.BoolOp) and len(node.values) == 2:
            start = at(node.values[0].end_lineno or 0, node.values[0].end_col_offset or 0)
            end = at(node.values[1].lineno, node.values[1].col_offset)
            if text[start:end].strip() in ("and", "or"):
                yield Place(path, start, end, " or " if isinstance(node.op, ast.And) else " and ")
        elif isinstance(node, ast.Constant) and type(node.value) in (bool, int):
            start, end = at(node.lineno, node.col_offset), at(node.end_lineno or 0, node.end_col_offset or 0)
            yield Place(
                path,
                start,
                end,
                str(
                    not node.value
                    if node.value in (True, False) and type(node.value) is bool
                    else node.value + 1
                ),
            )
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield Place(path, at(node.lineno, node.col_offset), at(node.lineno, node.col_offset) + 4, "")


def in_letters(path: Path, text: str) -> Iterator[Place]:
    """The same by the letter, outside of comments."""
    for pattern, put in BY_LETTER:
        for found in re.finditer(pattern, text):
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            if COMMENT[path.suffix] not in line and not line.lstrip().startswith("*"):
                yield Place(path, *found.span(), put.replace("\\\\", "\\"))


def first_failure(folder: Path, tests: list[str]) -> str:
    """The first test that fails, or nothing."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", ran.stdout, re.MULTILINE)
    return found[1] if found else "" if ran.returncode == 0 else ran.stdout.strip().splitlines()[-1]


def row(place: Place, text: str, noticed: str) -> str:
    """A line of the table."""
    line = text.count("\n", 0, place.start) + 1
    was = text[place.start : place.end].strip()
    said = f"`{noticed}`" if noticed else "**not noticed**"
    return f"| {place.path}:{line} | `{was}` → `{place.put.strip()}` | {said} |"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="+", type=Path)
    parser.add_argument("--places", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", required=True, help="what pytest is given, in one string")
    given = parser.parse_args()
    files = sorted(
        p for target in given.target for p in ([target] if target.is_file() else target.rglob("*"))
    )
    every = [
        place
        for path in files
        if path.is_file() and path.suffix in {".py", *COMMENT}
        for place in places(path)
    ]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT, Path(folder) / "copy", ignore=LEFT)
        if (ROOT / ".cache").exists():
            (copy / ".cache").symlink_to((ROOT / ".cache").resolve())
        if broken := first_failure(copy, given.tests.split()):
            sys.exit(f"mutate: these tests fail as it is: {broken}")
        print("| Place | Spoilt | Noticed by |\n|---|---|---|", flush=True)
        for place in random.Random(given.seed).sample(every, min(given.places, len(every))):
            text = place.path.read_text(encoding="utf-8")
            (copy / place.path).write_text(place.spoilt(text), encoding="utf-8")
            noticed = first_failure(copy, given.tests.split())
            (copy / place.path).write_text(text, encoding="utf-8")
            missed += not noticed
            print(row(place, text, noticed), flush=True)
    return missed > 0


if __name__ == "__main__":
    sys.exit(main())
