"""Every page of the essay before the Nu HTML checker: no error, and no warning that is not answered here."""

from __future__ import annotations

from pathlib import Path

import pytest
from auditing import nu_messages
from building import EDITIONS, build

pytestmark = pytest.mark.audit

#: Safari does not read a list aloud as one when its bullets are switched off, unless it has the role.
ANSWERED = ("The “list” role is unnecessary for element “ol”.",)
#: How a witness composes its letters is evidence. Only in an edition that has such a witness.
DECOMPOSED = ("not in Unicode Normalization Form C",)


def faults(folder: Path, answered: tuple[str, ...] = ANSWERED) -> list[str]:
    """Errors and warnings, each with its page and place; what the checker merely remarks upon is no fault."""
    pages = sorted(folder.rglob("*.html"))
    assert pages
    return [
        f"{Path(said['url']).name}:{said.get('lastLine')}: {said['message']} {said.get('extract', '')!r}"
        for said in nu_messages(pages)
        if (said["type"] != "info" or said.get("subType") == "warning")
        and not any(part in said["message"] for part in answered)
    ]


def test_every_page_of_the_essay_is_valid_html(essay_folder: Path) -> None:
    assert faults(essay_folder) == []


@pytest.mark.parametrize("edition", sorted(path.name for path in EDITIONS.iterdir()))
def test_every_page_of_the_test_editions_is_valid_html(edition: str, tmp_path: Path) -> None:
    built = build(EDITIONS / edition, tmp_path, html_theme="furo", language="en")
    assert faults(built.out, ANSWERED + (DECOMPOSED if edition == "cyrillic" else ())) == []
