"""The text page before Lighthouse, served compressed under its policy: 100 in all four categories.

The score of performance hangs on the machine: it simulates a slow phone from what it measures here, and
a busy machine lowers it. `make bench` asks for it; here is what no clock decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from auditing import lighthouse
from browsing import CompressingHandler, served

pytestmark = pytest.mark.audit

CATEGORIES = ("accessibility", "best-practices", "seo")
#: Audits of performance that say the same on every machine.
CLOCKLESS = (
    *("cumulative-layout-shift", "unsized-images", "cls-culprits-insight", "image-delivery-insight"),
    *("duplicated-javascript-insight", "legacy-javascript-insight", "font-display-insight"),
    *("third-parties-insight", "viewport-insight"),
)
#: Its list has one line that a busy machine may fail, how fast the server answers, and these.
LATENCY = "document-latency-insight"
UNTIMED = [
    "--max-wait-for-load=600000",
    "--disable-full-page-screenshot",
    f"--only-categories={','.join(CATEGORIES)}",
    f"--only-audits={','.join((*CLOCKLESS, LATENCY))}",
]
FORMS: dict[str, list[str]] = {"mobile": [], "desktop": ["--preset=desktop"]}


@pytest.fixture(scope="module")
def address(essay_folder: Path) -> Iterator[str]:
    with served(essay_folder, CompressingHandler) as found:
        yield f"{found}/text.html"


@pytest.fixture(scope="module", params=FORMS)
def report(request: pytest.FixtureRequest, address: str) -> dict[str, Any]:
    return lighthouse(address, *FORMS[request.param], *UNTIMED)


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
    answered = report["audits"][LATENCY]["details"]["items"]
    assert answered["noRedirects"]["value"] is answered["usesCompression"]["value"] is True


@pytest.mark.bench
@pytest.mark.parametrize("form", FORMS)
def test_the_text_page_is_as_fast_as_a_page_can_be(address: str, form: str) -> None:
    report = lighthouse(address, *FORMS[form])
    performance = report["categories"]["performance"]
    metrics = sorted(ref["id"] for ref in performance["auditRefs"] if ref["weight"])
    said = {name: report["audits"][name].get("displayValue") for name in metrics}
    print(f"{form}: {performance['score'] * 100:.0f} of 100; {said}")
    assert performance["score"] == 1, said
