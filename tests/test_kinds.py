"""A kind of reading says what it does, and who adds one is led to every place that must know it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from apparatus.model import Effect, Kind

PACKAGE = Path(__file__).parent.parent / "apparatus"
CHECK = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--ignore-missing-imports"]
KNOWS = re.compile(r"\b(Kind|Effect)\b")
#: A new kind, and a new effect: each is put before the first member there is.
ADDED = {
    '    TEXT = "", Effect.': '    DUB = "dub.", Effect.STANDS',
    '    SUBSTITUTES = "substitutes"': '    REPEATS = "repeats"',
}


def test_the_type_checker_names_every_place_that_must_know_a_new_kind_or_effect(tmp_path):
    copy = shutil.copytree(
        PACKAGE, tmp_path / "apparatus", ignore=shutil.ignore_patterns("sphinxext", "static")
    )
    (copy / "__init__.py").write_text("")
    add_members(copy / "model.py")
    knowing = [
        str(path.relative_to(tmp_path))
        for path in copy.rglob("*.py")
        if KNOWS.search(path.read_text(encoding="utf-8"))
    ]
    said = subprocess.run([*CHECK, *knowing], cwd=tmp_path, capture_output=True, text=True).stdout
    found = re.findall(r"^(\S+):(\d+): error: .*?Literal\[(\w+)\.", said, re.MULTILINE)
    assert said.count("error:") == len(found)
    assert {(kind, function_at(tmp_path / path, int(line))) for path, line, kind in found} == {
        ("Kind", "parse._reading"),  # how it is written
        ("Kind", "write._words_of"),
        ("Kind", "edits.edits_of"),  # what it does to the text of a witness
        ("Kind", "runs._standing_by"),  # how it is printed
        ("Kind", "spoken._act"),  # how it is said
        ("Kind", "app._content"),  # how it stands in TEI
        ("Effect", "model.replaces_lemma"),
        ("Effect", "changes.change_of"),  # how it is counted
    }


def add_members(model: Path) -> None:
    text = model.read_text(encoding="utf-8")
    for first, new in ADDED.items():
        assert text.count(first) == 1
        text = text.replace(first, f"{new}\n{first}")
    model.write_text(text, encoding="utf-8")


def function_at(path: Path, line: int) -> str:
    before = path.read_text(encoding="utf-8").splitlines()[:line]
    name = next(m[1] for text in reversed(before) if (m := re.search(r"^ *def (\w+)", text)))
    return f"{path.stem}.{name}"


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_a_kind_is_known_by_its_keyword(kind):
    assert Kind(kind.value) is kind


def test_only_other_words_losses_and_cuts_take_the_place_of_the_lemma():
    replacing = {kind for kind in Kind if kind.replaces_lemma}
    assert replacing == {Kind.TEXT, Kind.OM, Kind.DEL, Kind.ILL, Kind.LAC}
    assert {kind.effect for kind in set(Kind) - replacing} == {Effect.STANDS, Effect.ADDS, Effect.MOVES}
