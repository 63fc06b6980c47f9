"""Renew the locks from requirements.in, requirements-test.in and requirements-fuzz.in, with uv.

Universal: one lock for every platform and every Python from 3.11 on, and one version of
each package for all of them, so that the edition is the same whoever builds it. uv is
taken from the PATH or fetched into .cache/uv; no index or local folder is written down.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from environment import PIP
from steps import ROOT, Command, StepError, guarded, run, say

UV = "uv==0.13.9"
PAIRS = tuple(
    (f"{name}.in", f"{name}.lock") for name in ("requirements", "requirements-test", "requirements-fuzz")
)
OPTIONS = ["--universal", "--generate-hashes", "--python-version", "3.11", "--fork-strategy", "fewest"]
SILENT = ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock", "--quiet"]


def find_uv() -> Path:
    """The uv on the PATH, or a pinned one of our own."""
    if found := shutil.which("uv"):
        return Path(found)
    target = ROOT / ".cache" / "uv"
    if not (target / "bin" / "uv").exists():
        say("lock", f"fetching {UV}")
        command: Command = [
            sys.executable,
            PIP / "pip",
            "install",
            "--quiet",
            "--no-user",
            "--target",
            target,
            UV,
        ]
        code, _ = run("lock", command, ROOT / ".cache" / "uv.log", "Collecting.*")
        if code:
            raise StepError("uv could not be fetched (log: .cache/uv.log)")
    return target / "bin" / "uv"


def main() -> None:
    """Compile the locks; the first constrains the others."""
    uv = find_uv()
    for source, lock in PAIRS:
        say("lock", f"{source} → {lock}")
        compile_lock: Command = [
            uv,
            "pip",
            "compile",
            *OPTIONS,
            *SILENT,
            "--upgrade",
            source,
            "--output-file",
            lock,
        ]
        if subprocess.run(compile_lock, cwd=ROOT, check=False).returncode:
            raise StepError(f"{lock} was not renewed; uv says why above")


if __name__ == "__main__":
    sys.exit(guarded("lock", main))
