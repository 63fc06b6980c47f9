"""How long a reader waits: our page beside CETEIcean's, one generated edition on one page of each.

    python tools/bench_viewers.py [--words 10400] [--entries 553] [--rounds 5] [--keep]

The edition is that of :mod:`bench`. For CETEIcean (from npm, into .cache/viewers) it is written as TEI, parallel
segmentation, with the few lines that open an entry at its lemma, as that library's users write them. Both are served
compressed under the same emulated line and read by the same Chromium, in turns; medians count.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from bench import ROOT, Generated, build, keep, of_machine
from playwright.sync_api import Browser, sync_playwright
from system import find_browser

CETEICEAN = "1.9.5"
CACHE = ROOT / ".cache" / "viewers"
#: The line: bytes a second, milliseconds there and back.
BYTES, LATENCY = 10_000_000 / 8, 40
COLUMNS = (
    *("kB on the wire", "text readable, s", "first entry open, s"),
    *("click → entry, ms", "script, ms", "layout + style, ms"),
)
#: What our page is to reach, in the same columns.
TO_REACH = ("≤ 95", "≤ 0.40", "≤ 0.70", "≤ 20", "", "≤ 250")
BEGIN, END = "<!-- written by make bench-viewers -->\n", "<!-- end of what make bench-viewers writes -->\n"


class Viewer(NamedTuple):
    """A page that shows an edition, and by what a reader's wait for it is known."""

    name: str
    folder: Path
    page: str
    passage: str  #: the first of these that is laid out is text that can be read
    lemma: str
    entry: str  #: what is seen when an entry is open


#: In the page: notes when text can be read, and tries to open an entry until one is open.
WAITING = """(() => {
  const [passage, lemma, entry] = %s;
  const waited = (window.waited = {});
  const look = () => {
    const text = document.querySelector(passage);
    if (!waited.readable && text?.getClientRects().length && text.textContent.trim())
      requestAnimationFrame((time) => (waited.readable ??= performance.now()));
    const link = document.querySelectorAll(lemma)[2];
    if (waited.readable) link?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    if (document.querySelector(entry)) waited.entry = performance.now();
    else setTimeout(look, 10);
  };
  addEventListener("click", (event) => event.preventDefault()); // where nothing answers yet, no way is gone
  look();
})();"""
#: In the page: the median of the times from a click to the entry with its place on the page.
CLICKING = """([lemma, entry]) => {
  const all = [...document.querySelectorAll(lemma)];
  const times = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].map((part) => {
    const link = all[Math.floor(all.length * part)];
    link.scrollIntoView({ block: "center" });
    link.getBoundingClientRect();
    const before = performance.now();
    link.click();
    document.querySelector(entry).getBoundingClientRect();
    return performance.now() - before;
  });
  return times.sort((a, b) => a - b)[3];
}"""


class Compressing(SimpleHTTPRequestHandler):
    """Serves files compressed, as a web server does that is set up well."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder is served, as long as it is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def as_tei(edition: Generated) -> str:
    """The edition in TEI: every entry with the witnesses of its text and of its readings."""
    made = ['<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Edition</title>']
    made.append("</titleStmt><publicationStmt><p>Generated.</p></publicationStmt><sourceDesc><p>None.</p>")
    made.append("</sourceDesc></fileDesc></teiHeader><text><body>")
    for blocks in edition.files:
        for prose, variants in blocks:
            words = (
                _app(word, variants[at], edition.witnesses) if at in variants else escape(word)
                for at, word in enumerate(prose)
            )
            made.append(f"<p>{' '.join(words)}</p>")
    return "\n".join([*made, "</body></text></TEI>"])


def _app(word: str, readings: dict[str, str], witnesses: str) -> str:
    others = "".join(f'<rdg wit="#{who}">{escape(text)}</rdg>' for who, text in sorted(readings.items()))
    support = " ".join(f"#{who}" for who in witnesses if who not in readings)
    named = f' wit="{support}"' if support else ""
    return f"<app><lem{named}>{escape(word)}</lem>{others}</app>"


#: A page of CETEIcean: its elements as they come, an entry at each lemma by a click.
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Edition</title>
<link rel="stylesheet" href="CETEIcean.css">
<style>
  body { max-width: 36rem; margin: 2rem auto; font: 1.19rem/1.6 serif; }
  tei-teiheader, tei-rdg { display: none; }
  tei-p { display: block; margin-bottom: 1rem; }
  tei-app { text-decoration: underline dotted; cursor: pointer; }
</style></head>
<body><main id="edition"></main><div id="entry" popover></div>
<script src="CETEI.js"></script>
<script>
  const who = (reading) => (reading.getAttribute("wit") ?? "").replaceAll("#", "");
  const said = (reading) => `${reading.textContent} ${who(reading)}`;
  new CETEI().getHTML5("edition.xml", (text) => document.getElementById("edition").append(text));
  document.addEventListener("click", (event) => {
    const app = event.target.closest("tei-app");
    if (!app) return;
    const [lemma, ...readings] = app.querySelectorAll("tei-lem, tei-rdg");
    const entry = document.getElementById("entry");
    entry.textContent = `${said(lemma)}] ${readings.map(said).join("; ")}`;
    entry.showPopover();
  });
</script></body></html>
"""


def ceteicean(folder: Path, tei: str) -> Viewer:
    """A folder with CETEIcean and an edition in TEI."""
    folder.mkdir(parents=True)
    package = CACHE / "node_modules" / "CETEIcean"
    if not package.exists():
        npm = shutil.which(
            "npm", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        )
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [
            npm or "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            str(CACHE),
        ]
        subprocess.run([*command, f"CETEIcean@{CETEICEAN}"], check=True)
    shutil.copyfile(package / "dist" / "CETEI.js", folder / "CETEI.js")
    style = next(iter(sorted(package.rglob("CETEIcean.css"))), None)
    (folder / "CETEIcean.css").write_text(style.read_text("utf-8") if style else "", "utf-8")
    (folder / "edition.xml").write_text(tei, "utf-8")
    (folder / "index.html").write_text(PAGE, "utf-8")
    name = f"CETEIcean {CETEICEAN}"
    return Viewer(name, folder, "index.html", "tei-body tei-p", "tei-app", "#entry:popover-open")


def ours(folder: Path, page: str) -> Viewer:
    """A folder of our pages, and the one with the text."""
    return Viewer("ours", folder, page, ".passage", ".page-body a.lemma", ".opened:popover-open")


def measured(browser: Browser, viewer: Viewer) -> tuple[float, ...]:
    """One reading of a viewer: the figures of the columns."""
    with served(viewer.folder) as address:
        at = f"{address}/{viewer.page}"
        waited = _visit(browser, at, viewer, opens=True)
        loaded = _visit(browser, at, viewer, opens=False)
    layout = loaded["LayoutDuration"] + loaded["RecalcStyleDuration"]
    return (
        *(loaded["bytes"] / 1000, waited["readable"] / 1000, waited["entry"] / 1000),
        *(loaded["click"], 1000 * loaded["ScriptDuration"], 1000 * layout),
    )


def _visit(browser: Browser, address: str, viewer: Viewer, *, opens: bool) -> dict[str, float]:
    """Load the page and wait for an entry; or let it come to rest, count, and click."""
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    page, arrived = context.new_page(), list[float]()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Performance.enable")
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": BYTES, "uploadThroughput": BYTES}
    session.send("Network.emulateNetworkConditions", line)
    session.on("Network.loadingFinished", lambda event: arrived.append(event["encodedDataLength"]))
    signs = [viewer.passage, viewer.lemma, viewer.entry]
    if opens:
        page.add_init_script(WAITING % signs)
        page.goto(address)
        found: dict[str, float] = page.wait_for_function("waited.entry && waited").json_value()
    else:
        page.goto(address, wait_until="networkidle")
        page.locator(viewer.lemma).last.wait_for()
        found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        found |= {"bytes": sum(arrived), "click": page.evaluate(CLICKING, signs[1:])}
    context.close()
    return found


def compared(viewers: list[Viewer], rounds: int) -> dict[str, list[float]]:
    """Read all viewers in turns; of each the median of every column."""
    found: dict[str, list[tuple[float, ...]]] = {viewer.name: [] for viewer in viewers}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for turn in range(rounds):
            for viewer in viewers:
                found[viewer.name].append(figures := measured(browser, viewer))
                print(
                    f"  round {turn + 1}: {viewer.name:18}", *(f"{one:9.2f}" for one in figures), flush=True
                )
        browser.close()
    return {name: list(map(statistics.median, zip(*rows, strict=True))) for name, rows in found.items()}


def table(found: dict[str, list[float]]) -> str:
    """The medians as the manual has them."""
    forms = ("{:.0f}", "{:.2f}", "{:.2f}", "{:.1f}", "{:.0f}", "{:.0f}")
    rows = [
        (name, *(form.format(one) for form, one in zip(forms, figures, strict=True)))
        for name, figures in found.items()
    ]
    rows.append(("ours, to reach", *TO_REACH))
    lines = [f"| reader | {' | '.join(COLUMNS)} |", f"|---|{'---|' * len(COLUMNS)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--words", type=int, default=10_400)
    options.add_argument("--entries", type=int, default=553)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--keep", action="store_true", help="write the figures into the manual")
    chosen = options.parse_args()
    edition = Generated(chosen.words, chosen.entries, 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        edition.write(folder / "edition", "edition")
        build(folder / "edition")
        pages = ours(folder / "edition-html", "part000.html")
        found = compared([pages, ceteicean(folder / "ceteicean", as_tei(edition))], chosen.rounds)
    said = f"{of_machine()} One page of {edition.size} and five witnesses.\n\n{table(found)}"
    print(f"\n{said}\n")
    if chosen.keep:
        keep(ROOT / "source" / "manual" / "speed.md", said, BEGIN, END)


if __name__ == "__main__":
    main()
