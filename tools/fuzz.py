"""Fuzz what reads an editor's files, guided by the code that each input reaches.

    python tools/fuzz.py [--minutes 10] [--seed 1] [target …]

The targets are those of ``tests/support/fuzzing.py``; they share the time, and the cores of the machine. An input that
a target fails on is written to ``tests/fuzz/<target>/found-…``, where the tests read it from then on, and the command
fails. What reached new code lies in ``.cache/fuzz``, from where the next run goes on; with ``--keep`` a small set that
reaches the same lines goes into ``tests/fuzz``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType

from steps import ROOT, guarded, say

sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

ENGINE = str(ROOT / "apparatus")
CACHE = ROOT / ".cache" / "fuzz"
KEPT = ROOT / "tests" / "fuzz"
NAMES = ("notation", "anchoring", "collation", "transcription", "conspectus", "register")
Trace = Callable[[FrameType, str, object], object]
#: An input is no longer than this, in bytes; what takes longer than this, in seconds, is a fault.
LONG, SLOW = 1500, 10


def words(name: str) -> Path:
    """A dictionary of what means something to a target, one word a line."""
    path = CACHE / f"{name}.words"
    path.write_text("".join(f'"{word}"\n' for word in DICTIONARY), encoding="utf-8")
    return path


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


NOTATION = (
    *(
        " ] ",
        " ; ",
        " / ",
        " … ",
        "¶",
        "om.",
        "add. ",
        "praem. ",
        "transp. post ",
        "transp. ante ",
        "ill.",
        "lac.",
    ),
    *(
        "del.",
        "secl. ",
        "crux.",
        "cett.",
        "codd.",
        "^2",
        "^ac",
        "?",
        '"',
        '""',
        "(",
        ")",
        " A",
        " B",
        " ω",
        "Madvig",
    ),
)
FILES = (
    *(
        "\n",
        "\n===\n",
        "\r\n",
        "\ufeff",
        "\u2028",
        "\u0301",
        "\u00a0",
        "\u200b",
        "\u202e",
        "[witness.A]",
        "[group.",
        "[scholar.",
    ),
    *(
        "name = ",
        "members = [",
        "gaps = [",
        "hands = [",
        "transcription = ",
        "[[witness.A.lines]]",
        "match = ",
        "role = ",
    ),
    *(
        "state = ",
        "forms = [",
        "kind = ",
        '"person"',
        "coordinates = [",
        '"1.1: one … two"',
        "normalisation = [",
    ),
)
DICTIONARY = tuple(map(_escaped, (*NOTATION, *FILES)))


def child(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process; does not return."""
    import atheris

    with atheris.instrument_imports(include=["apparatus"]):
        from fuzzing import TARGETS
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def call(name: str, *arguments: str) -> tuple[int, str]:
    """Call this file anew for one target, so that a fault of one ends no other."""
    command = [sys.executable, __file__, "--child", name, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    (CACHE / f"{name}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    return done.returncode, done.stderr


def fuzz(name: str, seconds: int, seed: int) -> bool:
    """Fuzz a target for so long; whether it stood."""
    grown = CACHE / name
    grown.mkdir(parents=True, exist_ok=True)
    (KEPT / name).mkdir(parents=True, exist_ok=True)
    options = {
        "max_total_time": seconds,
        "seed": seed,
        "max_len": LONG,
        "timeout": SLOW,
        "artifact_prefix": f"{KEPT / name}/found-",
        "dict": words(name),
        "print_final_stats": 1,
    }
    code, said = call(
        name, *(f"-{option}={value}" for option, value in options.items()), str(grown), str(KEPT / name)
    )
    runs = next((line.split()[-1] for line in said.splitlines() if "number_of_executed_units" in line), "?")
    say(
        "fuzz",
        f"{name}: {runs} inputs, seed {seed}, {'nothing found' if not code else 'a fault: see .cache/fuzz/' + name + '.log'}",
    )
    return not code


def keep(name: str) -> None:
    """Put the inputs that reach every line that was reached into the tests, the shortest first; what was found stays."""
    from fuzzing import TARGETS

    seen: set[tuple[str, int]] = set()
    inputs = [path for folder in (KEPT, CACHE) for path in (folder / name).iterdir()]
    for path in sorted(inputs, key=lambda path: (not path.is_relative_to(KEPT), path.stat().st_size)):
        lines = reached(TARGETS[name], path.read_bytes())
        if lines - seen and not path.is_relative_to(KEPT):
            shutil.copy(path, KEPT / name / path.name[:12])
        seen |= lines


def reached(target: Callable[[bytes], None], data: bytes) -> set[tuple[str, int]]:
    """The lines of the engine that an input reaches."""
    lines: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> Trace | None:
        file = frame.f_code.co_filename
        if not file.startswith(ENGINE):
            return None
        lines.add((file, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        target(data)
    finally:
        sys.settrace(None)
    return lines


def main() -> None:
    """Fuzz the targets that were named, or all."""
    asked = argparse.ArgumentParser(description="Fuzz what reads an editor's files.")
    asked.add_argument("targets", nargs="*", choices=[*NAMES, []])
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", action="store_true")
    given = asked.parse_args()
    names = given.targets or list(NAMES)
    CACHE.mkdir(parents=True, exist_ok=True)
    cores = os.cpu_count() or 1
    seconds = int(given.minutes * 60 * cores / len(names))
    with ThreadPoolExecutor(cores) as at_a_time:
        stood = list(at_a_time.map(lambda name: fuzz(name, seconds, given.seed), names))
    for name in names if given.keep else ():
        keep(name)
    sys.exit(0 if all(stood) else 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3:])
    sys.exit(guarded("fuzz", main))
