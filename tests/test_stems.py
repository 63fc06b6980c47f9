"""Stems are kept from build to build; a file that is not sound counts for nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from building import build, project

from apparatus.sphinxext.search import stems
from apparatus.sphinxext.search.stems import FILE, Stems, found_by

TEXT = "# Cat\n\nThe cats sat.\n\n:::{apparatus}\nsat ] sits A B\n:::\n"
UNSOUND = {
    "half a file": '{"by": "en", "stems": {"cats": "c',
    "no stems": '{"by": "en"}',
    "a list": "[]",
    "stems that are a list": '{"by": "en", "stems": ["cats"]}',
    "a number for a stem": '{"by": "en", "stems": {"cats": 1}}',
    "no text": b"\xff\xfe",
    "another program": '{"by": "others", "stems": {"cats": "dog"}}',
}


def test_what_has_been_found_is_known_in_the_next_build(tmp_path: Path) -> None:
    first = Stems(tmp_path / FILE, "en")
    first["cats"] = "cat"
    first.keep()
    assert Stems(tmp_path / FILE, "en") == {"cats": "cat"}


def test_a_file_is_written_only_where_there_is_something_new(tmp_path: Path) -> None:
    Stems(tmp_path / FILE, "en").keep()
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("content", UNSOUND.values(), ids=UNSOUND)
def test_a_file_that_is_not_sound_counts_for_nothing(tmp_path: Path, content: str | bytes) -> None:
    (tmp_path / FILE).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert Stems(tmp_path / FILE, "en") == {}


def test_no_word_is_stemmed_twice_and_the_index_is_the_same(tmp_path: Path, monkeypatch) -> None:
    source = project(tmp_path / "source", TEXT)
    first = build(source, tmp_path / "out").out / "searchindex.js"
    before = first.read_bytes()
    kept = json.loads((tmp_path / "out" / "doctrees" / FILE).read_text(encoding="utf-8"))
    assert (kept["by"], kept["stems"]["cats"]) == (found_by("en"), "cat")
    (source / "index.md").write_text(
        (source / "index.md").read_text().replace("cats sat.", "cats sat quietly.")
    )
    monkeypatch.setattr(stems.Stems, "__setitem__", lambda self, word, stem: new.append(word))
    new: list[str] = []
    build(source, tmp_path / "out")
    assert "cats" not in new and new and first.read_bytes() != before
