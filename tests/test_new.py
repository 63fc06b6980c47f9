"""``apparatus new``: an edition that builds at once, from a starter or from transcriptions alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT, build

from apparatus.characters import fold_passage
from apparatus.model import Entry
from apparatus.sphinxext.program import main
from apparatus.sphinxext.program.reading import read_edition
from apparatus.sphinxext.program.transcriptions import Plain, divided

#: Passages that Markdown would take for something else than words.
AWKWARD = (
    "1. No list, *no* emphasis and no `code`.",
    "- no item_with_underscores_ and __more__",
    "# no heading [link](x) {role}`text` {n=\"3\"}",
    "> no quotation & no &amp; entity <b>tag</b>",
    "(target)= and $x$ and a \\ backslash * star",
    "::: no fence",
    "+++",
    "--- no rule",
    "| a | b |",
    "% no comment",
    "[]{n=\"7\"}no number https://example.org ![x](y)",
    "A plain passage: “words”, it's 3-4 words (or so)!",
    "Second Row = two ~~struck~~ <https://example.org>",
)  # fmt: skip
A = """\
THE FERRY

The ferry left at dawn. Nobody saw it come back, and in the evening the people of both banks stood at the water.

They called for an hour, and then they went home again.

In the morning the rope was found broken.
"""
B = """\
THE FERRY
In the morning the rope was found broken.
The ferry left at noon. Nobody saw it come back, and in the evening the people of both banks stood at the water. They called for one hour, and then they went home again.
"""
C = """\
THE FERRY
The ferry left at noon. Nobody saw it come again, and in the evening the people of both banks stood at the water.
They called for an hour, and then they went home.
The dogs barked.
In the morning the rope was found broken.
"""


def given(folder: Path, **files: str) -> list[str]:
    """Transcriptions, and the arguments that name them."""
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [argument for name in files for argument in ("--witness", str(folder / f"{name}.txt"))]


def passages(text: str) -> list[str]:
    """The passages of a transcription that has each in a line."""
    return [folded for line in text.split("\n") if (folded := fold_passage(line))]


@pytest.mark.parametrize("ways", [[], ["--verse", "--language", "de"], ["--language", "en-GB"]], ids=str)
def test_the_starter_is_proved_and_its_makefile_builds_it(
    ways: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my edition"
    assert main(["new", str(folder), *ways]) == 0
    assert "nothing to mend" in capsys.readouterr().out
    command = ["make", "-C", str(folder), "html", f"python={sys.executable}"]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = (folder / "build" / "html" / "text.html").read_text(encoding="utf-8")
    assert 'id="1.1-a1"' in page and 'id="1.1-n1"' in page
    assert ("Apparat<" in page) == ("de" in ways)
    assert f'lang="{ways[-1] if ways else "en"}"' in page


def test_the_starter_is_built_as_tei_epub_and_latex(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "s")]) == 0
    for builder in ("epub", "tei", "latex"):
        build(tmp_path / "s", tmp_path / "out", builder=builder)


def test_an_edition_comes_of_transcriptions_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = given(tmp_path, B=B, A=A, C=C)
    assert main(["new", str(tmp_path / "e"), *arguments, "--base", "A", "--title", 'Of "ferries"']) == 0
    assert "3 witnesses compared: nothing to mend" in capsys.readouterr().out
    read = read_edition(tmp_path / "e")
    assert [block.text for block in read.edition.text.blocks] == passages(A)
    assert read.edition.collation
    for key, text in (("A", A), ("B", B), ("C", C)):
        rebuilt = [block.text for block in read.edition.collation.rebuilt[key].blocks]
        assert rebuilt == passages(text)
    shared = [e for e in read.edition.entries if isinstance(e.item, Entry) and e.words == "dawn"]
    assert [str(siglum) for entry in shared for siglum in entry.item.readings[0].sigla] == ["B", "C"]
    assert (tmp_path / "e" / "witnesses" / "B.txt").read_text(encoding="utf-8") == B


def test_without_a_base_the_first_witness_is_the_text(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "e"), *given(tmp_path, C=C, B=B)]) == 0
    blocks = read_edition(tmp_path / "e").edition.text.blocks
    assert [block.text for block in blocks] == C.splitlines()


def test_verse_keeps_its_lines_stanzas_and_indentation(tmp_path: Path) -> None:
    a = "The Song\n\nCome over,\n  the water is wide\n\nand nobody waits\n  on the other side\n"
    b = a.replace("wide", "deep").replace("nobody", "no one")
    assert main(["new", str(tmp_path / "e"), "--verse", *given(tmp_path, A=a, B=b)]) == 0
    text = (tmp_path / "e" / "text.md").read_text(encoding="utf-8")
    assert (
        ":::{verse}\nCome over,\n  the water is wide\n\nand nobody waits\n  on the other side\n:::\n" in text
    )
    assert "wide ] deep B" in text and "1.3: nobody ] no one B" in text


def test_words_stay_words_whatever_markdown_takes_them_for(tmp_path: Path) -> None:
    text = "A heading\n" + "\n".join(AWKWARD) + "\n"
    assert main(["new", str(tmp_path / "e"), *given(tmp_path, A=text, B=text.replace("words", "signs"))]) == 0
    found = read_edition(tmp_path / "e")
    assert [block.text for block in found.edition.text.blocks] == ["A heading", *AWKWARD]
    assert "\n\nA plain passage: “words”, it's 3-4 words (or so)!\n\n" in (
        tmp_path / "e" / "text.md"
    ).read_text("utf-8")
    verse = tmp_path / "v"
    assert (
        main(["new", str(verse), "--verse", *given(tmp_path, A=text, B=text.replace("words", "signs"))]) == 0
    )
    assert [block.text for block in read_edition(verse).edition.text.blocks] == ["A heading", *AWKWARD]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One\nTwo", ["One", "Two"]),
        ("One\nand more\n\nTwo\n", ["One and more", "Two"]),
        (f"One\n{'long ' * 30}\n\nTwo\n", ["One", ("long " * 30).strip(), "Two"]),
        ("One\n\nTwo\n\n\nThree", ["One", "Two", "Three"]),
    ],
)
def test_passages_are_lines_or_what_empty_lines_divide(text: str, found: list[str]) -> None:
    assert divided(Plain("A", Path(), text)).passages == found


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--witness", "no.txt"], "there is no file no.txt"),
        (["--witness", "A.txt", "--base", "Z"], "--base names no witness: Z; given are A"),
        (["--base", "A"], "--base names one of the witnesses: give each with --witness"),
        (["--witness", "A.txt", "--witness", "A=B.txt"], "two witnesses are called A"),
        (["--witness", "A.txt", "--witness", "X.txt"], "X.txt seems to be another work: 0% of its words"),
        (["--witness", "A.txt", "--witness", "bytes.txt"], "bytes.txt is not UTF-8 (byte 1)"),
        (["--witness", "A.txt", "--witness", "empty.txt"], "empty.txt has no text"),
        (["--language", "no language"], "'no language' is no language tag"),
    ],
)
def test_what_cannot_become_an_edition_is_a_sentence_and_no_folder(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    given(tmp_path, A=A, B=B, X="Quite another thing: no word is shared.\n", empty=" \n")
    (tmp_path / "bytes.txt").write_bytes(b"T\xe9")
    before = sorted(tmp_path.iterdir())
    assert main(["new", "e", *arguments]) == 1
    said = capsys.readouterr()
    assert told in said.err and "Traceback" not in said.err and said.out == ""
    assert sorted(tmp_path.iterdir()) == before


def test_two_equal_witnesses_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "e"), *given(tmp_path, A=C, B=C, C=B)]) == 0
    assert re.search(r"B\.txt has the same text as A\n", capsys.readouterr().err)


def test_a_folder_that_has_something_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "e").mkdir()
    assert main(["new", str(tmp_path / "e")]) == 0  # an empty one is filled
    before = {path: path.read_bytes() for path in (tmp_path / "e").rglob("*") if path.is_file()}
    assert main(["new", str(tmp_path / "e")]) == 1
    assert "is there already and not empty; nothing is written" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (tmp_path / "e").rglob("*") if path.is_file()} == before


def test_a_fragment_has_its_gaps_declared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = [
        f"Passage {n} says that word{n} came before word{n + 1}, and nobody knew why." for n in range(12)
    ]
    head = " ".join(whole[6].split(" ")[5:])
    texts = {"A": "\n".join(whole), "B": "\n".join([head, *whole[7:]]), "C": "\n".join(whole[:4])}
    assert main(["new", str(tmp_path / "e"), *given(tmp_path, **texts), "--base", "A"]) == 0
    assert "0 entries, 0 notes, 3 witnesses compared: nothing to mend" in capsys.readouterr().out
    conspectus = read_edition(tmp_path / "e").edition.conspectus
    gaps = {w.key: [f"{gap.place}" for gap in w.gaps] for w in conspectus.witnesses}
    assert gaps == {"A": [], "B": ["1.1–1.7"], "C": ["1.5–1.12"]}
