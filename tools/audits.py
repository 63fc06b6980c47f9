"""Install what audits the pages: the Nu HTML checker and Lighthouse, as tests/audit locks them.

Both come from npm. The node that fetches and runs them, and the Java that runs the checker, are
wheels in .venv, so nothing of the system's is used. They are kept in .cache/audit.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time

from steps import BUILD, ROOT, StepError, guarded, run, say

LOCKED = ROOT / "tests" / "audit"
CACHE = ROOT / ".cache" / "audit"
FILES = ("package.json", "package-lock.json", ".npmrc")
STAMP = CACHE / "installed"


def main() -> None:
    """Bring the cache to the lock; does nothing when it is there already."""
    digest = hashlib.sha256(b"".join((LOCKED / name).read_bytes() for name in FILES)).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == digest:
        return
    say("audits", "installing the HTML checker and Lighthouse (about 210 MB on disk)")
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
