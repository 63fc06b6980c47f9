"""In verse and tables no series can stand: the message says where the entry goes, and names its passage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import TRANSCRIBED, build, project

OFFER = re.compile(r"write below ([\d.]+): (.*) \[apparatus\.unrecorded_difference\]$")
VERSE = ":::{verse}\nThe first verse,\nthe second,\n\nand the third verse.\n:::\n"
TABLE = "| one cell | two cells |\n| --- | --- |\n| three more | four |\n"


@pytest.mark.parametrize(
    ("text", "transcribed", "offers"),
    [
        (
            VERSE,
            "T\nThe first line,\nthe second,\nand the third line.\n",
            [("1.3", "1.1: verse ] line A"), ("1.3", "verse ] line A")],
        ),
        (
            TABLE,
            "T\none sell\ntwo cells\nthree moor\nfour\n",
            [("1.4", "1.1: cell ] sell A"), ("1.4", "1.3: more ] moor A")],
        ),
        ("A first.\n\nA second.\n", "T\nA furst.\nA second.\n", [("1.1", "first ] furst A")]),
    ],
    ids=["verse", "table", "prose"],
)
def test_what_is_offered_is_written_below_the_whole(
    tmp_path: Path, text: str, transcribed: str, offers: list[tuple[str, str]]
) -> None:
    source = project(tmp_path / "s", f"# T\n\n{text}", witnesses=TRANSCRIBED, **{"A.txt": transcribed})
    found = [OFFER.search(warning) for warning in build(source, tmp_path / "o", allow="any").warnings]
    assert [(offer[1], offer[2]) for offer in found if offer] == offers
    series = "\n:::{apparatus}\n" + "\n".join(line for _, line in offers) + "\n:::\n"
    head, _, rest = text.partition("\n\n") if text.startswith("A first") else (text, "", "")
    pasted = f"# T\n\n{head}\n{series}\n{rest}"
    again = project(tmp_path / "p", pasted, witnesses=TRANSCRIBED, **{"A.txt": transcribed})
    assert build(again, tmp_path / "q").warnings == ()
