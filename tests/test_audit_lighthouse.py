"""The text page before Lighthouse: 100 in all four categories, served compressed under its policy.

Scores of performance hang on the machine: it simulates a slow phone from what it measures here.
What no clock decides is asserted as it is (accessibility, good practice, findability, layout
shift, what blocks rendering); the score has three tries, since a busy machine only ever lowers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from auditing import lighthouse
from browsing import CompressingHandler, served

TRIES = 3
CATEGORIES = ("accessibility", "best-practices", "seo")
#: Audits of performance that say the same on every machine.
CLOCKLESS = (
    *("cumulative-layout-shift", "unsized-images", "cls-culprits-insight", "image-delivery-insight"),
    *("duplicated-javascript-insight", "legacy-javascript-insight", "font-display-insight"),
    *("document-latency-insight", "third-parties-insight", "viewport-insight"),
)


@pytest.fixture(scope="module")
def address(essay_folder: Path) -> Iterator[str]:
    with served(essay_folder, CompressingHandler) as found:
        yield f"{found}/text.html"


@pytest.fixture(scope="module", params=["mobile", "desktop"])
def report(request: pytest.FixtureRequest, address: str) -> dict[str, Any]:
    options = ["--preset=desktop"] if request.param == "desktop" else []
    made: dict[str, Any] = {}
    for _ in range(TRIES):
        made = lighthouse(address, *options)
        if made["categories"]["performance"]["score"] == 1:
            break
    return made


def failed(report: dict[str, Any], names: list[str]) -> list[str]:
    audits = [report["audits"][name] for name in names if name in report["audits"]]
    return [
        f"{audit['id']}: {audit['title']}"
        for audit in audits
        if audit["score"] not in (None, 1) and audit["scoreDisplayMode"] != "informative"
    ]


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_text_page_scores_a_hundred(report: dict[str, Any], category: str) -> None:
    its = report["categories"][category]
    assert failed(report, [ref["id"] for ref in its["auditRefs"] if ref["weight"]]) == []
    assert its["score"] == 1


def test_nothing_that_no_clock_decides_slows_the_text_page(report: dict[str, Any]) -> None:
    known = [name for name in CLOCKLESS if name in report["audits"]]
    assert len(known) == len(CLOCKLESS)
    assert failed(report, known) == []


def test_the_text_page_is_as_fast_as_a_page_can_be(report: dict[str, Any]) -> None:
    metrics = {ref["id"] for ref in report["categories"]["performance"]["auditRefs"] if ref["weight"]}
    said = {name: report["audits"][name].get("displayValue") for name in sorted(metrics)}
    assert report["categories"]["performance"]["score"] == 1, said
