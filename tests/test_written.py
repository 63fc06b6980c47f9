"""A file is written beside its place: what stood there stays until the new one is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

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
