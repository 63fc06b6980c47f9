"""Make the package that others install: a wheel and a source archive of the engine, in build/dist.

It is made of a copy, so that nothing of an earlier build gets into it, and without a network: what makes it is
the setuptools of the test environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from steps import BUILD, ROOT, StepError, guarded, say

#: What the package is made of.
PARTS = ("apparatus", "pyproject.toml", "README.md", "LICENSE", "LICENSES")
#: Makes one of the two in the folder that is named; the last line that it prints is the name of the file.
HOOK = "import sys; from setuptools import build_meta; print(getattr(build_meta, sys.argv[1])(sys.argv[2]))"
#: 1 January 2020: the age of all files within, so that the same sources make the same package.
AGE = "1577836800"


def make_packages(target: Path) -> list[Path]:
    """The wheel and the source archive of the engine, made in a folder."""
    target = target.resolve()
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "engine"
        _copy_parts(copy)
        return [target / _made(hook, copy, target) for hook in ("build_sdist", "build_wheel")]


def _copy_parts(copy: Path) -> None:
    copy.mkdir()
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
    for name in PARTS:
        part = ROOT / name
        if part.is_dir():
            shutil.copytree(part, copy / name, ignore=ignore)
        else:
            shutil.copy(part, copy / name)


def _made(hook: str, copy: Path, target: Path) -> str:
    env = {"SOURCE_DATE_EPOCH": AGE} | dict(os.environ)
    command = [sys.executable, "-c", HOOK, hook, str(target)]
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(f"the package was not made: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.splitlines()[-1]


def main() -> None:
    """Make both, and say where they are."""
    for made in make_packages(BUILD / "dist"):
        say("dist", str(made.relative_to(ROOT)))


if __name__ == "__main__":
    sys.exit(guarded("dist", main))
