"""How many runs of LaTeX a book takes: new, after a change in a note, after a change in the text.

A book set upon what an older one has left is in the end, byte for byte, the book that is set from nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from building import CONF, ROOT, project
from printing import Paper, typeset

pytestmark = pytest.mark.tex

SERIES = """
apparatus_series = {
    "apparatus": {"holds": "readings", "form": "run-in"},
    "commentary": {"holds": "prose", "form": "notes"},
}
"""
WORDS = "The river was high that spring and nobody in the village knew why it had risen so early. "
SAID = "It is the same river of which the older chronicle speaks, and it was never seen so high again. "


def text(**changed: str) -> str:
    """Some pages of text with entries and notes."""
    blocks = []
    for i in range(16):
        words = changed.get(f"text{i}", WORDS * 5)
        said = changed.get(f"note{i}", SAID * (1 + i % 4))
        entry = f":::{{apparatus}}\nmark{i} ] sign A\n:::\n\n:::{{commentary}}\nplace{i} ] {said}\n:::\n"
        blocks.append(f"A mark{i} stood at the place{i}. {words}\n\n{entry}")
    return "# The river\n\n" + "\n".join(blocks)


def book(source: Path, out: Path, **changed: str) -> Paper:
    shutil.rmtree(source, ignore_errors=True)
    return typeset(project(source, text(**changed), conf=CONF + SERIES), out, allow="any")


def runs(paper: Paper) -> int:
    return paper.runs.count("of rule 'lualatex'")


def same(one: Paper, other: Paper) -> bool:
    return hashlib.sha256(one.pdf.read_bytes()).digest() == hashlib.sha256(other.pdf.read_bytes()).digest()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("passes")


@pytest.fixture(scope="module")
def once(folder: Path) -> Paper:
    return book(folder / "source", folder / "once")


LONGER = {"note3": SAID * 3 + "No more is known of it.", "text5": WORDS * 9}


@pytest.fixture(scope="module")
def afresh(folder: Path) -> Paper:
    """The book with both changes, from nothing."""
    return book(folder / "source", folder / "afresh", **LONGER)


def test_a_new_book_takes_three_runs(once: Paper, afresh: Paper) -> None:
    assert runs(once) == runs(afresh) == 3
    assert len(once.pages) > 6


def test_a_change_takes_two_runs_in_a_note_and_three_in_the_text_and_gives_the_new_book(
    once: Paper, afresh: Paper, folder: Path
) -> None:
    warm = folder / "warm"
    shutil.copytree(once.pdf.parent, warm / "latex")
    assert runs(book(folder / "source", warm, note3=LONGER["note3"])) <= 2
    changed = book(folder / "source", warm, **LONGER)
    assert runs(changed) <= 3
    assert changed.text == afresh.text
    assert same(changed, afresh)


#: What is changed in the essay: in a note, then in its text and in the witness that has it.
IN_A_NOTE = (
    "in which experts had a special role",
    "in which, as it was said then, experts had a special role",
)
IN_THE_TEXT = (
    "This is fairly well-documented.",
    "This is fairly well-documented, and it is well known to many.",
)


@pytest.mark.prove
def test_of_the_essay_a_note_takes_two_runs_and_the_text_three(tmp_path: Path) -> None:
    left = shutil.ignore_patterns(".*", "build", "__pycache__")
    copy = shutil.copytree(ROOT, tmp_path / "edition", ignore=left)

    def changed(before: str, after: str) -> Paper:
        found = [path for path in (copy / "source").rglob("*") if path.suffix in (".md", ".txt")]
        found = [path for path in found if before in path.read_text(encoding="utf-8")]
        assert found
        for path in found:
            path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        return typeset(copy / "source", tmp_path / "out", conf=copy, allow="any")

    assert runs(typeset(copy / "source", tmp_path / "out", conf=copy, allow="any")) <= 4
    assert runs(changed(*IN_A_NOTE)) <= 2
    warm = changed(*IN_THE_TEXT)
    assert runs(warm) <= 3
    assert same(warm, typeset(copy / "source", tmp_path / "afresh", conf=copy, allow="any"))


def test_a_broken_file_stops_latex_or_gives_the_right_book(once: Paper, folder: Path) -> None:
    broken = folder / "broken"
    shutil.copytree(once.pdf.parent, broken)
    aux = next(broken.glob("*.aux"))
    lines = aux.read_text(encoding="utf-8").splitlines()
    kept = [line for i, line in enumerate(lines) if i % 3]
    aux.write_text("\n".join(kept) + "\n", encoding="utf-8")
    env = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C.UTF-8"}
    command = ["latexmk", aux.with_suffix(".tex").name]
    ran = subprocess.run(command, cwd=broken, env=env, capture_output=True, check=False)
    pdf = aux.with_suffix(".pdf").read_bytes()
    assert ran.returncode or pdf == once.pdf.read_bytes()
