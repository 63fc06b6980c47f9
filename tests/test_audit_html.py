"""Every page of the essay before the Nu HTML checker: no error, and no warning that is not answered here."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from auditing import nu_messages
from building import EDITIONS, build

pytestmark = pytest.mark.audit

#: Safari does not read a list aloud as one when its bullets are switched off, unless it has the role.
ANSWERED = ("The “list” role is unnecessary for element “ol”.",)
#: How a witness composes its letters is evidence. Only in an edition that has such a witness.
DECOMPOSED = ("not in Unicode Normalization Form C",)


ESSAY = "essay"
OTHERS = sorted(path.name for path in EDITIONS.iterdir())


@pytest.fixture(scope="module")
def said(essay_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What the checker says of the pages of each edition; it is started once."""
    out = tmp_path_factory.mktemp("editions")
    folders = {ESSAY: essay_folder}
    folders |= {
        name: build(EDITIONS / name, out / name, html_theme="furo", language="en").out for name in OTHERS
    }
    pages = {name: sorted(folder.rglob("*.html")) for name, folder in folders.items()}
    assert all(pages.values())
    messages = nu_messages([page for found in pages.values() for page in found])
    return {
        name: [one for one in messages if Path(unquote(urlsplit(one["url"]).path)).is_relative_to(folder)]
        for name, folder in folders.items()
    }


def faults(said: list[dict[str, Any]], answered: tuple[str, ...]) -> list[str]:
    """Errors and warnings, each with its page and place; what the checker merely remarks upon is no fault."""
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')!r}"
        for one in said
        if (one["type"] != "info" or one.get("subType") == "warning")
        and not any(part in one["message"] for part in answered)
    ]


@pytest.mark.parametrize("edition", [ESSAY, *OTHERS])
def test_every_page_is_valid_html(edition: str, said: dict[str, list[dict[str, Any]]]) -> None:
    assert said[edition]  # it remarks upon every page
    assert faults(said[edition], ANSWERED + (DECOMPOSED if edition == "cyrillic" else ())) == []
