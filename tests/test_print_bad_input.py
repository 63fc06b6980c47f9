"""Whatever an editor writes: the book is made, and no entry is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import CONF, project
from printing import Paper, missing_programs, squeeze, typeset

from apparatus.sphinxext.domain import domain_of

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason=f"needs {', '.join(missing_programs())}")

WORDS = [f"w{i}x" for i in range(60)]
CROWDED = (
    "# A\n\n" + " ".join(WORDS) + "\n\n:::{apparatus}\n" + "".join(f"{w} ] v A\n" for w in WORDS) + ":::\n"
)
LONG_NOTE = "# A\n\nThe cat sat.\n\n:::{commentary}\ncat ] " + "many words of one note " * 600 + "end.\n:::\n"
LONG_WORD = "# A\n\nThe " + "abcdefghij" * 30 + " sat.\n\n:::{apparatus}\nsat ] lay A\n:::\n"
RIGHT_TO_LEFT = "# A\n\nThe word שלום is here.\n\n:::{apparatus}\nword ] שלום A\n:::\n"
CONTROL = "# A\n\nThe c\x07at\x0b sat.\n\n:::{apparatus}\nsat ] l\x01ay A\n:::\n"
CASES = {
    "60 entries on a few lines": CROWDED,
    "a note of 3,000 words": LONG_NOTE,
    "a word longer than a line": LONG_WORD,
    "right-to-left text": RIGHT_TO_LEFT,
    "control characters": CONTROL,
    "an empty series": "# A\n\nThe cat sat.\n\n:::{apparatus}\n:::\n",
}


def printed(tmp_path: Path, text: str) -> Paper:
    return typeset(project(tmp_path / "source", text, conf=CONF), tmp_path / "out")


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_no_entry_is_lost(tmp_path: Path, text: str) -> None:
    paper = printed(tmp_path, text)
    edition = domain_of(paper.built.app.env).edition
    assert edition is not None
    assert {entry.id for entry in edition.entries} <= set(paper.places)


def test_a_document_without_numbered_text_is_a_book_too(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "", conf=CONF, **{"index.md": "# Plain\n\nOnly words.\n"})
    paper = typeset(source, tmp_path / "out")
    assert squeeze("Only words.") in squeeze(paper.run("pdftotext", "PDF", "-"))
