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


def test_a_running_head_names_the_passages_with_which_its_page_begins_and_ends(paper: Paper) -> None:
    every = [text.splitlines() for text in paper.text.split("\f")]
    heads = [next((line for line in lines if line.strip()), "") for lines in every]
    found = [re.search(r"\b(\d+[a-e])–(\d+[a-e])\b", head) for head in heads]
    ranges = [(one[1], one[2]) for one in found if one]
    assert len(ranges) >= 2
    order = {f"{n}{c}": 5 * n + "abcde".index(c) for n in range(17, 40) for c in "abcde"}
    for (_, end), (begin, _) in pairwise(ranges):
        assert order[begin] - order[end] in (0, 1)


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
