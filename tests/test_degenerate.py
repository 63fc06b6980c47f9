"""An edition that lacks nearly everything is built, or told what it lacks: it never stops the build."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from building import TRANSCRIBED, build, project

from apparatus.conspectus import read_conspectus
from apparatus.edition import PlacedItem, Series, SourceDocument, make_edition
from apparatus.model import Origin
from apparatus.notation import parse_entries
from apparatus.numbering import SourceBlock
from apparatus.transcription import TranscribedBlock, Transcription

TEXTS: tuple[tuple[SourceBlock, ...], ...] = (
    (),
    (SourceBlock("Title", heading=1),),
    (SourceBlock(""),),
    (SourceBlock("—"),),
    (SourceBlock("", heading=1), SourceBlock("one")),
    (SourceBlock("one"), SourceBlock("two")),
)
WITNESSES = (
    "",
    "[witness.A]\n[witness.B]\n",
    '[witness.A]\ngaps = ["1: ¶", "1.1: ¶"]\n[witness.B]\n',
    '[witness.A]\nlac_mark = ""\nill_mark = ""\nsilence = "unknown"\n[group.B]\nmembers = ["A"]\n[scholar.C]\n',
)
LINES: tuple[tuple[str, ...], ...] = (
    (),
    ("¶ ] om. A",),
    ("¶ ] add. one A", "¶ ] transp. post 1.1 A B"),
    ("one ] om. A", "1.1–1.2: ¶ ] one B", "one A ] crux."),
    ("— ] om. cett.", "one ] ill. codd.", "9.9: x ] y Z^zz"),
)
THEIRS: tuple[tuple[str, ...] | None, ...] = (None, (), ("one",), ("—",), ("[lac.]", "¶"))
SERIES = {"apparatus": Series("apparatus", "Apparatus")}


@pytest.mark.parametrize("positive", [False, True])
@pytest.mark.parametrize("check", [False, True])
def test_whatever_is_lacking_an_edition_can_be_put_together(positive: bool, check: bool) -> None:
    for blocks, toml, lines, theirs in itertools.product(TEXTS, WITNESSES, LINES, THEIRS):
        conspectus, _ = read_conspectus(toml, "w.toml")
        entries, _ = parse_entries(lines, Origin("t.md", 1), conspectus.keys)
        for host in (None, 0, len(blocks) - 1) if blocks else (None,):
            items = tuple(PlacedItem("apparatus", entry, host) for entry in entries)
            transcription = Transcription(
                tuple(TranscribedBlock(t, i) for i, t in enumerate(theirs or (), 1))
            )
            edition = make_edition(
                [SourceDocument("empty", None, (), ()), SourceDocument("text", 1, blocks, items)],
                SERIES,
                conspectus,
                {"A": transcription} if theirs is not None and "A" in conspectus.witness else {},
                positive=positive,
                check=check,
            )
            assert len(edition.entries) == len(entries)


NO_TEXT = (
    "witnesses.toml:1: WARNING: there is no edited text, and nothing to compare with the transcription of A: add "
    "`edited-text: 1` to the front matter of the document that has the text [apparatus.no_text]"
)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("# A page\n\nIts words.\n", [NO_TEXT]),
        ("---\nedited-text: 1\n---\n", [NO_TEXT]),
        ("---\nedited-text: 1\n---\n\n% a comment\n", [NO_TEXT]),
        ("---\nedited-text: 1\n---\n\n-\n\n-\n", [NO_TEXT]),
        ("", [NO_TEXT]),
        ("---\nedited-text: 1\n---\n\n# One two.\n", []),
        ("---\nedited-text: 1\n---\n\n# One two.\n\n{.editorial-text}\n![](picture.png)\n", []),  # no passage
    ],
)
def test_an_edition_without_text_says_so_once(tmp_path: Path, document: str, said: list[str]) -> None:
    files = {"A.txt": "One two.\n", "index.md": document}
    source = project(tmp_path / "source", "", witnesses=TRANSCRIBED, **files)
    (source / "picture.png").write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
            "0000000049454e44ae426082"
        )
    )
    assert list(build(source, tmp_path / "out", allow="any").warnings) == said


def test_of_very_many_messages_of_one_kind_the_others_are_counted(tmp_path: Path) -> None:
    text = "\n\n".join(f"Passage {i} one." for i in range(30)) + "\n\n:::{apparatus}\nnowhere ] x A\n:::\n"
    theirs = "\n".join(f"Passage {i} two." for i in range(30))
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED, **{"A.txt": theirs})
    warnings = build(source, tmp_path / "out", allow="any").warnings
    assert sum("in 1." in warning and "unrecorded_difference" in warning for warning in warnings) == 20
    assert warnings[-1] == (
        "WARNING: 10 more of this kind; the next build has those that remain [apparatus.unrecorded_difference]"
    )
    assert any("lemma_not_found" in warning for warning in warnings)
