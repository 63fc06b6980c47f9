"""What the edition itself says is English, and is marked so on a page that is in another language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from building import Built, build
from speaking import Listener, greek_edition, heard


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return greek_edition(tmp_path_factory.mktemp("spoken") / "source")


def built(source: Path, **config: Any) -> Built:
    return build(source, source.parent / "out", fresh=True, **config)


@pytest.fixture(scope="module")
def greek(source: Path) -> Built:
    return built(source, language="el")


@pytest.mark.parametrize(
    "name", ["text", "text-Α", "text-Α-differences", "witnesses", "all", "names", "time", "search"]
)
def test_all_that_the_edition_says_is_marked_as_english_on_a_greek_page(greek: Built, name: str) -> None:
    found = heard(greek.page(name))
    theirs = re.compile(r"Permalink|Link to this|Skip to|Back to top|^Search$")  # Sphinx's and Furo's
    assert [words for language, words in found if language != "en" and not theirs.search(words)] == []
    assert name == "search" or [words for language, words in found if language == "en"]


def test_what_editors_write_stays_greek(greek: Built) -> None:
    page = greek.page("text")
    for words in ("σφάλμα", "Ὅμηρος", "Σχόλιον", "Πλεῖον", "κύων", "μεγάλης", "Ὑπόμνημα", "βέβαιον"):
        reader = Listener()
        reader.open = [("", "el")]
        at: list[str] = []
        reader.handle_data = lambda data, at=at, reader=reader, words=words: (  # type: ignore[method-assign]
            at.append(reader.open[-1][1]) if words in data else None
        )
        reader.feed(page[page.index("<article") : page.index("</article")])
        assert at and set(at) == {"el"}, words


def test_an_english_page_has_no_marks_of_its_own_language(source: Path) -> None:
    page = built(source, language="en").page("text")
    assert 'lang="en"' not in page[page.index("<article") : page.index("</article")]
