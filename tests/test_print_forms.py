"""The forms of a text in the book: numbers within paragraphs and their running heads, verse keyed to its verses."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from building import CONF, TRANSCRIBED, project
from printing import Paper, typeset

pytestmark = pytest.mark.tex

WORDS = "the river runs below the town by day and night and nobody has seen it rest"
SYSTEMS = (
    'apparatus_references = {"n": {"levels": ["p.", ""], "separators": [""]}, "page": {"label": "f."}}\n'
)
POEM = """
{.editorial-text}
## The song

:::{verse}
[]{n="201"}The river runs below the town,
  It runs by day and night,

[]{n="207"}Who calls across the water there?
[]{n="+"}A traveller.
:::

:::{apparatus}
201: runs ] flows A
202–207: night, ¶ Who ] night, who A
:::
"""


def prose() -> str:
    """Paragraphs over several pages; a number begins with each sentence, but where every second one begins."""
    made = []
    for n in range(4):
        sentences = [
            f'[]{{n="{17 + n * 5 + i // 5}{"abcde"[i % 5]}"}}{WORDS.capitalize()}.' for i in range(25)
        ]
        made.append(" ".join(sentences) if n % 2 == 0 else f"{WORDS.capitalize()}. " + " ".join(sentences))
    return "\n\n".join(made).replace("nobody", 'no[]{page="3v"}body', 1)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("forms")
    text = prose()
    lines = [
        "Forms",
        *re.sub(r"\[\]\{.*?\}", "", text).split("\n\n"),
        "The river flows below the town,",
        "It runs by day and night, who calls across the water there?",
        "A traveller.",
    ]
    source = project(
        folder / "source",
        f"# Forms\n\n{text}\n{POEM}",
        conf=CONF + SYSTEMS,
        witnesses=TRANSCRIBED,
        **{"A.txt": "\n".join(lines) + "\n"},
    )
    return typeset(source, folder / "book")


def numbers_on(page: str) -> list[str]:
    """The numbers of passages in the margins of a page, its head left out."""
    return re.findall(r"(?<![\w+])\d\d[a-e](?!\w)", "\n".join(page.strip("\n").splitlines()[1:]))


def test_a_running_head_names_the_passages_with_which_its_page_begins_and_ends(paper: Paper) -> None:
    found = 0
    for before, page in pairwise(paper.text.split("\f")):
        head = re.search(r"\b(\d\d[a-e])–(\d\d[a-e])\b", page.strip("\n").split("\n")[0])
        if head:
            found += 1
            assert head[1] in (numbers_on(before)[-1], numbers_on(page)[0])
            assert head[2] == numbers_on(page)[-1]
    assert found


def test_each_number_stands_in_the_margin_once(paper: Paper) -> None:
    body = "\n".join(line for text in paper.text.split("\f") for line in text.splitlines()[1:])
    for number in ("18c", "20e", "30b"):
        assert len(re.findall(rf"(?<![\w+]){number}(?![\w+])", body)) == 1
    assert "f. 3v" in body


def test_verse_is_keyed_to_its_numbers_which_stand_in_the_margin(paper: Paper) -> None:
    words = " ".join(paper.text.split())
    assert "201 runs] flows A" in words
    assert "202–207 night, ¶ Who] night, who A" in words
    assert re.search(r"The river runs below the town,\s+201", paper.text)
    assert re.search(r"Who calls across the water there\?\s+207", paper.text)
    assert not re.search(r"night,\s+202", paper.text)
