"""A real browser, and a server of our own that serves an edition as strictly as it may be served."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Locator, Page, expect
from system import find_browser

ROOT = Path(__file__).parents[2]
EDITIONS = ROOT / "tests" / "editions"
SCREENSHOTS = ROOT / "build" / "screenshots"
DESKTOP, PHONE = (1360, 900), (360, 740)
#: How long a state is waited for before a test fails, in milliseconds: for the busiest machine.
PATIENCE = 120_000
#: The first lemma and the first note of section 1, whatever the editors make of it.
LEMMA, NOTE = "a.lemma[href^='#1.'] >> nth=0", ".note-mark a[href^='#1.'] >> nth=0"


def chromium() -> str:
    """The browser of the tests, which the test command installs."""
    found = find_browser()
    assert found, "no Chromium is installed; `make test` installs it"
    return found


def build_pages(source: Path, confdir: Path, folder: Path) -> Path:
    """Build an edition in a process of its own; give its pages' folder."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-c", confdir, "-d", folder / "doctrees"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, source, folder / "html"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def digests(page: str, tag: str) -> str:
    """What a policy says to allow the inline scripts or styles of Furo's page, and nothing else."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found
    )


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves pages under the policy that an edition promises to work under."""

    def end_headers(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix == ".html" and path.exists():
            page = path.read_text(encoding="utf-8")
            policy = (
                "default-src 'none'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
                f"style-src 'self' {digests(page, 'style')}; script-src 'self' {digests(page, 'script')}"
            )
            self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class CompressingHandler(StrictHandler):
    """Serves text compressed, as every web server does that is set up well."""

    protocol_version = "HTTP/1.1"
    compressed = (".html", ".css", ".js", ".svg", ".json")

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix not in self.compressed or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, handler: type[StrictHandler] = StrictHandler) -> Iterator[str]:
    """The address under which a folder is served, as long as it is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Reader:
    """Someone with a browser before an edition; ``complaints`` is what the browser said against it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.complaints: list[str] = []
        self.contexts: list[Any] = []
        self.searching: dict[tuple[int, int], Page] = {}

    def open(
        self,
        path: str,
        size: tuple[int, int] = DESKTOP,
        *,
        stored: dict[str, str] | None = None,
        before: str = "",
        **options: Any,
    ) -> Page:
        """Open a page in a window of a size; *options* are those of Playwright's contexts.

        *stored* is what an earlier visit has left on the device; *before* runs before the page.
        """
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if stored:
            context.add_init_script(
                f"for (const [name, value] of Object.entries({json.dumps(stored)}))"
                " localStorage.getItem(`apparatus-${name}`) ?? localStorage.setItem(`apparatus-${name}`, value);"
            )
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and self.complain(said.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("request", self.check_request)
        page.on(
            "response", lambda answer: answer.status >= 400 and self.complain(f"{answer.status} {answer.url}")
        )
        page.goto(f"{self.address}/{path}")
        return page

    def complain(self, text: str) -> None:
        self.complaints.append(text)

    def check_request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.complain(f"a request to a third party: {request.url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def box(page: Page, selector: str) -> dict[str, float]:
    """Where the first element of a selector stands in the window."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, f"{selector} is not shown"
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}  # type: ignore[dict-item]


def expect_address(page: Page, end: str) -> None:
    """The page comes to have an address that ends so."""
    expect(page).to_have_url(re.compile(re.escape(end) + "$"))


def open_view(page: Page) -> Locator:
    """The panel of choices, opened if it is not."""
    panel = page.locator(".panel")
    if not panel.is_visible():
        page.get_by_role("button", name="View").click()
    return panel


#: Sums up how much of the page has moved since it began to load, when it has been painted twice more.
SHIFT = """new Promise((tell) => {
  let sum = 0;
  const add = (entries) => { for (const entry of entries) sum += entry.value; };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => { add(observer.takeRecords()); tell(sum); }));
})"""


def shift(page: Page) -> float:
    """The cumulative layout shift of a page; whoever asks has waited for what is still to come."""
    page.wait_for_load_state("networkidle")
    return float(page.evaluate(SHIFT))


def set_time(page: Page, rate: int) -> None:
    """Let the animations of a page stand still (0) or run (1, or faster): also what is shown after a time."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": rate})


def search(reader: Reader, query: str, size: tuple[int, int] = DESKTOP) -> Page:
    """The results of a search; a reader's searches follow one another in one window of each size."""
    path = f"search.html?q={quote(query)}"
    if page := reader.searching.get(size):
        page.goto(f"{reader.address}/{path}")
    else:
        page = reader.searching[size] = reader.open(path, size)
    expect(page.locator(".search-summary")).not_to_be_empty()
    return page


def reader_of(browser: Browser, address: str) -> Iterator[Reader]:
    reader = Reader(browser, address)
    yield reader
    reader.close()
    assert reader.complaints == [], reader.complaints
