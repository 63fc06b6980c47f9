"""What the tests share: no deadlines; in the browser, one browser and two editions built and served once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import ROOT, Reader, build_pages, find_browser, served
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# Tests do not time things: on a busy machine a deadline fails what is right.
settings.register_profile("edition", deadline=None)
settings.load_profile("edition")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container's root has no sandbox; the pages are our own.
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def ferry_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    source = ROOT / "tests" / "editions" / "four-witnesses"
    with served(build_pages(source, source, tmp_path_factory.mktemp("ferry"))) as address:
        yield address


@pytest.fixture(scope="session")
def essay_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_pages(ROOT / "source", ROOT, tmp_path_factory.mktemp("essay"))


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


def reader_of(browser: Browser, address: str) -> Iterator[Reader]:
    reader = Reader(browser, address)
    yield reader
    reader.close()
    assert reader.complaints == []
