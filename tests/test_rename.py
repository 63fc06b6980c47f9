"""``apparatus rename-siglum``: another siglum in the file of witnesses and in every entry, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from building import EDITIONS, project

from apparatus.model import Entry, Siglum
from apparatus.notation import parse_entry
from apparatus.revision.renaming import renamed, renamed_conspectus
from apparatus.sphinxext.program import main
from apparatus.sphinxext.program.reading import read_edition

DECLARED = """\
# A is the oldest
[witness.A] # of Paris
name = "A of Paris"
transcription = "A.txt"

[ witness . B ]
name = "b"
silence = "unknown"

[group.G]
members = [ "B",
  'A' ] # both
"""
TEXT = """\
# T

A ferry, and Va.

:::{apparatus}
"A" ] the  A
ferry A? ] boat
   B   (not *A*) ;
   bark A^2 B^2
% a comment
:::

A is quoted in prose.
""".replace("% a comment\n", "")


def test_sigla_are_renamed_and_words_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = project(
        tmp_path / "s",
        TEXT,
        witnesses=DECLARED,
        **{"A.txt": "T\nthe ferry, and Va.\nA is quoted in prose.\n"},
    )
    index = source / "index.md"
    index.write_bytes(index.read_bytes().replace(b"\n", b"\r\n"))
    before = index.read_bytes().decode()
    assert main(["rename-siglum", "A", "Va", str(source), "--yes"]) == 0
    assert capsys.readouterr().out.endswith(
        "A is Va in 2 files; prose, pages and conf.py are left as they were\n"
    )
    assert (source / "witnesses.toml").read_text(encoding="utf-8") == (
        DECLARED.replace("[witness.A]", "[witness.Va]").replace("'A' ]", '"Va" ]')
    )
    after = index.read_bytes().decode()
    assert after == (
        before.replace('"A" ] the  A', "A ] the Va")  # that text has no siglum in it any more
        .replace("ferry A?", "ferry Va?")
        .replace("bark A^2", "bark Va^2")
    )
    kinds = {message.kind for message in read_edition(source).messages}
    assert kinds == {"apparatus.siglum_unused"} and (source / "A.txt").exists()


def test_what_becomes_a_siglum_is_quoted_where_it_is_a_word() -> None:
    entry, problems = parse_entry("and Va ] or Va A B", {"A", "B"})
    assert entry and not problems
    assert renamed(entry, "A", "Va").readings[0].sigla == (Siglum("Va"), Siglum("B"))


def test_words_that_become_sigla_are_quoted_in_the_source(tmp_path: Path) -> None:
    text = "# T\n\nOne two Va.\n\n:::{apparatus}\nVa ] Vb A\n:::\n"
    witnesses = '[witness.A]\nname = "a"\ntranscription = "A.txt"\n'
    source = project(tmp_path / "s", text, witnesses=witnesses, **{"A.txt": "T\nOne two Vb.\n"})
    assert main(["rename-siglum", "A", "Va", str(source), "--yes"]) == 0
    assert '\n"Va" ] Vb Va\n' in (source / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["four-witnesses", "cyrillic", "hebrew"])
def test_every_siglum_of_an_edition_can_be_another(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    shutil.copytree(EDITIONS / name, source)
    before = read_edition(source)
    keys = [*before.edition.conspectus.witness][:2]
    for n, key in enumerate(keys):
        assert main(["rename-siglum", key, f"new{n}", str(source), "--yes"]) == 0
    after = read_edition(source)
    assert not after.messages
    names = dict(zip(keys, ("new0", "new1"), strict=True))
    wanted = [entry.item for entry in before.edition.entries if isinstance(entry.item, Entry)]
    for old, new in names.items():
        wanted = [renamed(item, old, new) for item in wanted]
    assert [entry.item for entry in after.edition.entries if isinstance(entry.item, Entry)] == wanted


def test_tables_members_and_states_are_renamed_and_nothing_like_them() -> None:
    text = '[witness.A]\nname = "A"\nstate = "A^ac"\n[[witness.A.lines]]\n[witness.AB]\n[group.x]\nmembers = ["AB", "A"]\n[scholar.A1]\n'
    assert renamed_conspectus(text, "A", '"é"') == (
        '[witness."é"]\nname = "A"\nstate = "é^ac"\n[[witness."é".lines]]\n[witness.AB]\n'
        '[group.x]\nmembers = ["AB", "é"]\n[scholar.A1]\n'
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("AA", "C", "no siglum AA is declared; did you mean A?"),
        ("A", "B", "B is declared already; choose another siglum"),
        ("A", "two words", "'two words' can be no siglum"),
        ("A", "om.", "'om.' can be no siglum"),
    ],
)
def test_what_cannot_be_renamed_is_a_sentence(
    old: str, new: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = project(
        tmp_path / "s",
        TEXT,
        witnesses=DECLARED,
        **{"A.txt": "T\nthe ferry, and Va.\nA is quoted in prose.\n"},
    )
    before = {path: path.read_bytes() for path in source.iterdir()}
    assert main(["rename-siglum", old, new, str(source), "--yes"]) == 1
    said = capsys.readouterr()
    assert told in said.err and said.out == ""
    assert {path: path.read_bytes() for path in source.iterdir()} == before


def test_a_declaration_in_another_form_is_left_to_the_editor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    witnesses = 'witness = { A = { name = "a", transcription = "A.txt" } }\n'
    source = project(tmp_path / "s", "# T\n\nOne.\n", witnesses=witnesses, **{"A.txt": "T\nOne.\n"})
    assert main(["rename-siglum", "A", "Va", str(source), "--yes"]) == 1
    assert "A is declared in a form that cannot be changed here" in capsys.readouterr().err
    assert (source / "witnesses.toml").read_text(encoding="utf-8") == witnesses
