"""Under a declared normalisation a witness is shown in the letters of its transcription, and nothing false is said of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from html import unescape

import pytest
from building import build, project
from collating import FOUR, Line, SmallEdition
from hypothesis import given
from hypothesis import strategies as st

from apparatus.collation.letters import as_transcribed, in_letters
from apparatus.collation.rebuild import RebuiltBlock
from apparatus.collation.stream import Piece
from apparatus.conspectus.read import NORMALISATIONS
from apparatus.edition import Edition
from apparatus.normalisation import disregarded, normaliser
from apparatus.parallel import Paragraph, opposite
from apparatus.witness_text import Part, Stretch, passages

FERRY = "The Ferry left Cœln in the morning."
ITS = "The Ferry WENT CŒLN in the Morning."


def ferry(*lines: str, normalisation: tuple[str, ...] = ("casefold",), **transcripts: list[str]) -> Edition:
    small = SmallEdition([FERRY], lines, replace(FOUR, normalisation=normalisation))
    made = small.collate(**transcripts)
    return Edition(small.text, small.conspectus, collation=made, problems=made.problems)


def test_every_account_of_a_witness_has_the_letters_of_its_transcription() -> None:
    edition = ferry("left ] went A", A=[ITS], B=[FERRY.lower()])
    assert edition.problems == ()
    assert edition.collation is not None
    assert [block.text for block in edition.collation.rebuilt["A"].blocks] == [ITS]
    assert opposite(edition, "A") == {0: [Paragraph(ITS)]}
    assert opposite(edition, "B") == {0: [Paragraph(FERRY.lower())]}
    (passage,) = passages(edition, "A")
    assert passage.stretches == (
        Stretch(Part.BOTH, "The Ferry "),
        Stretch(Part.TEXT_ONLY, "left"),
        Stretch(Part.WITNESS_ONLY, "WENT"),
        Stretch(Part.BOTH, " CŒLN in the Morning."),
    )


def test_what_is_not_proved_keeps_the_letters_of_the_edition() -> None:
    blocks = [RebuiltBlock(text, i) for i, text in enumerate(["One", "Two", "Three"])]
    lines = [Line("ONE", 1), Line("Zwei", 2), Line("THREE", 3)]
    made = as_transcribed(blocks, lines, normaliser(["casefold"]))
    assert [block.text for block in made] == ["ONE", "Two", "THREE"]


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("casefold", ["Die ", "Straße", " dort"], ["DIE ", "STRASSE", " DORT"]),
        ("casefold", ["auſ ", "", "Straſſen"], ["aus ", "", "Straßen"]),
        ("nfc", ["une ", "été", " à"], ["une ", "e\u0301te\u0301", " a\u0300"]),
        ("nfc", ["une ", "e\u0301te\u0301", " a\u0300"], ["une ", "été", " à"]),
        ("nfc", ["한", "국"], [unicodedata.normalize("NFD", "한"), unicodedata.normalize("NFD", "국")]),
        ("nfkc", ["a ﬁne ", "x²", "ﬀ"], ["a fine ", "x2", "ff"]),
    ],
)
def test_each_piece_has_its_share_of_the_letters(name: str, ours: list[str], theirs: list[str]) -> None:
    block = RebuiltBlock("".join(ours), 0, tuple(Piece(text, 0, 0) for text in ours))
    made = in_letters(block, "".join(theirs), normaliser([name]))
    assert [piece.text for piece in made.pieces] == theirs


@given(
    st.lists(st.text("aßé\u0301ﬁſ ", max_size=6), min_size=1), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
)
def test_the_shares_are_always_the_whole_transcription(ours: list[str], form: str) -> None:
    text = "".join(ours)
    block = RebuiltBlock(text, 0, tuple(Piece(words, 0, 0) for words in ours))
    theirs = unicodedata.normalize(form, text).upper()  # type: ignore[arg-type]
    made = in_letters(block, theirs, normaliser(["casefold", "nfkc"]))
    assert "".join(piece.text for piece in made.pieces) == made.text == theirs


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_every_normalisation_is_said_in_words(name: str) -> None:
    assert disregarded([name])


def test_a_reading_that_counts_as_its_lemma_is_not_accepted_without_proof() -> None:
    (problem,) = ferry("left ] Left A", A=[FERRY.replace("left", "LEFT")]).problems
    assert str(problem) == (
        "text.md:101: the reading “Left” for “left” differs in nothing but what the comparison disregards (casefold), and "
        "nothing proves it; take it out, or the name from 'normalisation' in the file of witnesses [apparatus.no_variant]"
    )
    assert ferry("left ] Left D", A=[FERRY]).problems == ()  # nothing is compared


WITNESSES = """normalisation = ["casefold"]
[witness.A]
transcription = "A.txt"
[[witness.A.lines]]
role = "layout"
match = '\\|'
"""


def test_list_of_witnesses_pages_and_account_say_what_is_disregarded(tmp_path) -> None:
    text = f"# Ferry\n\n{FERRY}\n\n:::{{apparatus}}\nleft ] went A\n:::\n\n```{{toctree}}\nothers\n```\n"
    others = "# Witnesses\n\n:::{conspectus}\n:::\n\n# How\n\n:::{establishment} witnesses\n:::\n"
    files = {"A.txt": f"FERRY\n{ITS.replace('WENT', 'WE|NT')}\n", "others.md": others}
    built = build(project(tmp_path / "ferry", text, witnesses=WITNESSES, **files), tmp_path, allow="any")
    without = disregarded(["casefold"])
    said = {name: _words(built.page(name)) for name in ("index-A", "index-A-differences", "others")}
    assert ITS in said["index-A"]
    assert (
        f"disregards {without}; what differs in nothing else is as in its transcription." in said["index-A"]
    )
    assert (
        f"disregards {without}; what differs in nothing else is not marked either."
        in said["index-A-differences"]
    )
    assert all("is not of the text is left out" in said[name] for name in ("index-A", "index-A-differences"))
    assert f"disregarding {without}" in said["others"]
    assert "what matches \\|" in said["others"]
    assert f"casefold; it disregards {without}." in said["others"]
    assert "the same as A.txt, but for what is disregarded, without what is not of the text" in said["others"]
    assert "character for character" not in said["others"]


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))
