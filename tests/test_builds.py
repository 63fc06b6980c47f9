"""Builds that must agree: in parallel and alone, incremental and fresh, first and second."""

from __future__ import annotations

import pytest
from building import EDITIONS, TRANSCRIBED, build, files_that_differ, many_documents, project

TEXT = "# Title\n\nThe cat sat on the mat.\n\n:::{apparatus}\ncat ] dog A\n:::\n"
AGREES = "Title\nThe dog sat on the mat.\n"
DIFFERS = "Title\nThe dog sat on a mat.\n"


def test_four_processes_build_what_one_builds(tmp_path):
    source = many_documents(tmp_path / "source")
    alone = build(source, tmp_path / "alone")
    together = build(source, tmp_path / "together", jobs=4)
    assert alone.warnings == together.warnings == ()
    assert "parallel" not in "".join(together.warnings)
    assert files_that_differ(alone.out, together.out) == []


def test_an_incremental_build_gives_what_a_fresh_one_gives(tmp_path):
    source = many_documents(tmp_path / "source")
    build(source, tmp_path / "kept")
    # A new block moves the numbers of what follows, in this file; a new note those of all later files.
    first = source / "part0.md"
    first.write_text(
        first.read_text(encoding="utf-8") + "\nOne more.\n\n:::{commentary}\nmore ] A note.\n:::\n",
        encoding="utf-8",
    )
    (source / "A.txt").write_text(
        (source / "A.txt").read_text(encoding="utf-8").replace("Part 1\n", "One more.\nPart 1\n"),
        encoding="utf-8",
    )
    kept = build(source, tmp_path / "kept")
    fresh = build(source, tmp_path / "fresh")
    assert kept.warnings == fresh.warnings == ()
    assert files_that_differ(kept.out, fresh.out) == []
    assert 'id="8.1-n1"' in kept.page("part7")
    assert 'aria-label="Note 9"' in kept.page("part7")


def test_only_what_changed_is_read_again(tmp_path):
    source = many_documents(tmp_path / "source")
    build(source, tmp_path / "build")
    with (source / "part3.md").open("a", encoding="utf-8") as file:
        file.write("\n% a comment\n")
    read: list[str] = []
    from apparatus.sphinxext.source import fences

    original = fences.check_series_names

    def spy(app: object, docname: str, content: list[str]) -> None:
        read.append(docname)
        original(app, docname, content)

    fences.check_series_names = spy
    try:
        build(source, tmp_path / "build")
    finally:
        fences.check_series_names = original
    assert read == ["part3"]


def test_a_changed_transcription_alone_is_noticed_and_nothing_is_read_again(tmp_path):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    assert build(source, tmp_path / "build", allow="any").warnings == ()
    (source / "A.txt").write_text(DIFFERS, encoding="utf-8")
    (said,) = build(source, tmp_path / "build", allow="any").warnings
    assert "[apparatus.unrecorded_difference]" in said


@pytest.mark.parametrize(
    "transcription", [DIFFERS, AGREES.replace("dog", "cow")], ids=["unrecorded", "false claim"]
)
def test_a_fault_is_reported_again_when_nothing_has_changed(tmp_path, transcription):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": transcription})
    first, second = (build(source, tmp_path / "build", allow="any") for _ in range(2))
    assert len(first.warnings) == 1
    assert first.warnings == second.warnings


def test_a_problem_of_reading_is_reported_again_when_nothing_has_changed(tmp_path):
    text = TEXT.replace("cat ] dog A", 'cat ] "dog" A')
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    first, second = (build(source, tmp_path / "build", allow="any") for _ in range(2))
    assert "[apparatus.needless_quotes]" in first.warnings[0]
    assert first.warnings == second.warnings


def test_a_changed_conspectus_makes_the_text_be_read_again(tmp_path):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    build(source, tmp_path / "build", allow="any")
    (source / "witnesses.toml").write_text(TRANSCRIBED.replace("witness.A", "witness.X"), encoding="utf-8")
    said = build(source, tmp_path / "build", allow="any").warnings
    assert any("[apparatus.unknown_siglum]" in w for w in said)


@pytest.mark.parametrize("name", sorted(p.name for p in EDITIONS.iterdir()))
def test_the_test_editions_are_proved_and_build_without_a_warning(tmp_path, name):
    built = build(EDITIONS / name, tmp_path, allow="any")
    assert built.warnings == ()
    witnesses = sorted(EDITIONS.joinpath(name, "witnesses").glob("*.txt"))
    assert witnesses
    assert sorted(p.name for p in (tmp_path / "witnesses").iterdir()) >= [p.name for p in witnesses]
