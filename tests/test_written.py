"""A file is written beside its place: what stood there stays until the new one is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import TRANSCRIBED, build, project

from apparatus.problems import ProblemKind
from apparatus.source_file import read_source
from apparatus.sphinxext.html.offline import pack_archive
from apparatus.written import beside, put


def test_what_was_written_is_moved_to_its_place(tmp_path: Path) -> None:
    put(tmp_path / "new" / "a.txt", "one\n")
    put(tmp_path / "new" / "a.txt", "two\n")
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"two\n"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_fault_in_the_midst_leaves_what_stood_there_and_nothing_else(
    tmp_path: Path, fault: BaseException
) -> None:
    put(tmp_path / "a.txt", "proved")
    with pytest.raises(type(fault)), beside(tmp_path / "a.txt") as new:
        new.write_text("half of", encoding="utf-8")
        raise fault
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "proved"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_archive_of_a_full_disk_leaves_the_archive_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("one", encoding="utf-8")
    pack_archive(tmp_path, tmp_path / "pages.zip")
    before = (tmp_path / "pages.zip").read_bytes()
    pack_archive(tmp_path, tmp_path / "pages.zip")
    assert (tmp_path / "pages.zip").read_bytes() == before  # an archive does not contain the one before it

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.writestr", full)
    with pytest.raises(OSError, match="No space"):
        pack_archive(tmp_path, tmp_path / "pages.zip")
    assert (tmp_path / "pages.zip").read_bytes() == before


@pytest.mark.parametrize(
    ("in_the_way", "is_folder"),
    [
        ("anchors.tsv", True),
        ("witnesses", False),
        ("html/_static/passages.js", True),
        ("html/_static/words/index.js", True),
        ("html/edition.zip", True),
        ("doctrees/apparatus-static", False),
    ],
)
def test_what_is_in_the_way_of_a_file_is_told_and_the_rest_is_written(
    tmp_path: Path, in_the_way: str, is_folder: bool
) -> None:
    text = "# T\n\nThe cat of Москва.\n\n:::{apparatus}\ncat ] dog A\n:::\n"
    source = project(tmp_path / "s", text, witnesses=TRANSCRIBED, **{"A.txt": "T\nThe dog of Москва.\n"})
    obstacle = tmp_path / "o" / in_the_way
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    obstacle.mkdir() if is_folder else obstacle.write_text("", encoding="utf-8")
    built = build(source, tmp_path / "o", allow="not_written", apparatus_offline="edition.zip")
    assert any("is not written" in warning for warning in built.warnings)
    assert ">dog<" in built.page("index")


def test_a_transcription_whose_name_is_no_name_is_told(tmp_path: Path) -> None:
    named = '[witness.A]\nname = "a copy"\ntranscription = "a\\u0000b"\n'
    source = project(tmp_path / "s", "# T\n\nThe cat.\n\n:::{apparatus}\ncat ] dog A\n:::\n", witnesses=named)
    (said,) = build(source, tmp_path / "o", allow="any").warnings
    assert "cannot be read: embedded null byte" in said


def test_a_file_that_may_not_be_read_is_not_offered_in_its_own_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "A.txt").write_text("T\n", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    mend = "see to its rights"
    data, (problem,) = read_source(tmp_path / "A.txt", "the text", ProblemKind.TRANSCRIPTION_MISSING, mend)
    assert data is None
    assert problem.message == "the text cannot be read: permission denied; see to its rights"
