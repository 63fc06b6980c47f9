"""What the tests share: editions built once for all workers, a browser for each; the parts of the suite and their times."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from browsing import EDITIONS, PATIENCE, ROOT, Reader, build_pages, chromium, reader_of, served
from building import Built, build
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright
from printing import Paper, missing_programs, typeset, typeset_already
from sampling import ALLOWED, sample_book
from steps import where_tex_looks

# TeX finds the patterns that the set-up has fetched.
os.environ.update(where_tex_looks())
# Tests do not time things: on a busy machine a deadline fails what is right.
settings.register_profile("edition", deadline=None, derandomize=True)
# Before a release: other examples every time, and many more of them.
settings.register_profile("prove", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("edition")
# What is waited for is a state, not a time.
expect.set_options(timeout=PATIENCE)

#: The parts of the suite by the marks of their tests; in this order they are run where there are several workers.
PARTS = {"tex": "print", "browser": "screen", "audit": "audits"}
REST = ("builds", "engine")
#: Marks of tests that have a command of their own.
APART = {"prove", "pictures", "bench"}


def part_of(item: pytest.Item) -> str:
    """Which part of the suite a test belongs to."""
    marked = next((part for mark, part in PARTS.items() if item.get_closest_marker(mark)), None)
    module = getattr(item, "module", None)
    return marked or REST[not (hasattr(module, "build") or hasattr(module, "Built"))]


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only by name (``-m prove``) what has a command of its own."""
    named = config.option.markexpr.split()
    left = [
        item for item in items if any(m.name in APART and m.name not in named for m in item.iter_markers())
    ]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a browser, skip what needs TeX where it is not, and let workers begin with what takes long."""
    leave_out(config, items)
    missing = missing_programs()
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if missing and item.get_closest_marker("tex"):
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}"))
        item.user_properties.append(("part", part_of(item)))
    if hasattr(config, "workerinput"):
        order = [*PARTS.values(), *REST]
        items.sort(key=lambda item: order.index(part_of(item)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each part has worked; workers work side by side, so that the sum is more than the clock's."""
    worked: Counter[str] = Counter()
    for report in (report for reports in terminalreporter.stats.values() for report in reports):
        if isinstance(report, pytest.TestReport):
            worked[dict(report.user_properties)["part"]] += report.duration
    said = [f"{part} {worked[part]:.0f} s" for part in (*REST[::-1], *PARTS.values()) if part in worked]
    if len(said) > 1:
        terminalreporter.write_line(f"Time of the parts, all workers together: {', '.join(said)}")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once in a run of the suite, whichever worker asks for it first."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with Path(f"{folder}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not folder.exists():
            making = Path(f"{folder}.making")
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container's root has no sandbox; the pages are our own.
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def ferry_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the small edition with four witnesses."""
    source = EDITIONS / "four-witnesses"
    return once(tmp_path_factory, "ferry", lambda folder: build_pages(source, source, folder)) / "html"


@pytest.fixture(scope="session")
def ferry_address(ferry_folder: Path) -> Iterator[str]:
    with served(ferry_folder) as address:
        yield address


@pytest.fixture(scope="session")
def essay_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the essay."""
    return once(tmp_path_factory, "essay", lambda folder: build_pages(ROOT / "source", ROOT, folder)) / "html"


@pytest.fixture(scope="session")
def essay_built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The essay, built within the process, which can be asked; no reference is left open."""
    return build(ROOT / "source", tmp_path_factory.mktemp("built"), conf=ROOT, nitpicky=True)


@pytest.fixture(scope="session")
def essay_address(essay_folder: Path) -> Iterator[str]:
    with served(essay_folder) as address:
        yield address


@pytest.fixture
def ferry(browser: Browser, ferry_address: str) -> Iterator[Reader]:
    """A reader of the small edition with four witnesses, who meets no complaint of the browser."""
    yield from reader_of(browser, ferry_address)


@pytest.fixture
def essay(browser: Browser, essay_address: str) -> Iterator[Reader]:
    """A reader of the essay, who meets no complaint of the browser."""
    yield from reader_of(browser, essay_address)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The sample book, typeset by one worker for all."""
    folder = once(
        tmp_path_factory, "sample", lambda made: typeset(sample_book(made / "source"), made, allow=ALLOWED)
    )
    out = tmp_path_factory.mktemp("sample")
    return typeset_already(folder / "source", folder, out, allow=ALLOWED)
