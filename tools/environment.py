"""Make .venv and install the locked packages into it; called with the names of the locks.

Neither pip nor the venv package of the distribution is needed: ``venv`` without pip is in
the standard library, and the pip that fills it lies beside this file as a wheel, checked
against its hash and run from the archive. So nothing has to be fetched before the index
that pip itself is set up for can be asked, and that set-up (index, proxy, certificates,
in the environment or in pip's own files) holds here as it does everywhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
import venv
from pathlib import Path

from steps import ROOT, Command, StepError, guarded, named, run, say

VENV = ROOT / ".venv"
PIP = Path(__file__).with_name("pip-26.3-py3-none-any.whl")
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"

CERTIFICATES = (
    "the package index cannot be trusted without certificates; install them: "
    "apt-get install ca-certificates (or set PIP_CERT), then run make again"
)
FAILURES = (
    (r"CERTIFICATE_VERIFY_FAILED|SSLError|TLS CA certificate bundle", CERTIFICATES),
    (r"DO NOT MATCH THE HASHES", "a package is not the one in the lock; do not install it, report it"),
    (
        r"name resolution|NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Network is unreachable",
        "the package index cannot be reached; check the network or the proxy settings, then run make again",
    ),
)


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def identity() -> str:
    """What an environment is tied to: this Python and this folder (its scripts name both)."""
    return f"{sys.version}\n{sys.base_prefix}\n{ROOT}\n{PIP_SHA256}\n"


def stamp(lock: Path) -> Path:
    """Where the digest of an installed lock is kept."""
    return VENV / f"{lock.name}.installed"


def stale(locks: list[Path]) -> bool:
    """Whether .venv is missing, belongs to another Python, or holds an older lock."""
    made_for = VENV / "made-for"
    if not made_for.is_file() or made_for.read_text(encoding="utf-8") != identity():
        return True
    if not (VENV / "bin" / "python").exists():
        return True
    return any(stamp(lock).is_file() and stamp(lock).read_text() != digest(lock) for lock in locks)


def make() -> None:
    """Make an empty .venv in place of what may be there."""
    say("python", f"making .venv with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.EnvBuilder(with_pip=False, symlinks=True).create(VENV)
    (VENV / "made-for").write_text(identity(), encoding="utf-8")


def explain(output: str, log: Path) -> str:
    """The one line for a failed installation."""
    for pattern, advice in FAILURES:
        if re.search(pattern, output):
            return f"{advice} (log: {named(log)})"
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return f"{errors[-1] if errors else 'pip failed'} (log: {named(log)})"


def install(lock: Path) -> None:
    """Install one lock, every file checked against its hash, nothing compiled."""
    count = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    say("python", f"installing up to {count} packages from {lock.name}")
    started, log = time.monotonic(), VENV / f"{lock.name}.log"
    options = ["--no-input", "--no-user", "--disable-pip-version-check", "--progress-bar", "off"]
    checked = ["--require-hashes", "--only-binary", ":all:"]
    command: Command = [
        VENV / "bin" / "python",
        PIP / "pip",
        "install",
        *options,
        *checked,
        "--requirement",
        lock,
    ]
    code, output = run(
        "python",
        command,
        log,
        r"Collecting [\w.-]+|Installing collected packages",
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    if code:
        raise StepError(explain(output, log))
    stamp(lock).write_text(digest(lock))
    say("python", f"{lock.name} installed in {time.monotonic() - started:.0f} s")


def main() -> None:
    """Bring .venv to the locks named on the command line; does nothing when it is there already."""
    locks = [ROOT / name for name in sys.argv[1:]]
    if digest(PIP) != PIP_SHA256:
        raise StepError(f"{named(PIP)} is damaged; restore it: git checkout -- {named(PIP)}")
    if stale(locks):
        make()
    for lock in locks:
        if not stamp(lock).is_file():
            install(lock)


if __name__ == "__main__":
    sys.exit(guarded("python", main))
