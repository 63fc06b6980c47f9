"""The archive of the built folder: whole, the same bytes each time, and readable from disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from browsing import Reader, reader_of
from building import build, project
from playwright.sync_api import Browser, expect

from apparatus.sphinxext.html.offline import pack_archive

NAME = "the-russian-liberation-movement"
TEXT = "# Title\n\nThe cat sat.\n\n{.editorial-text}\n:::{offline}\nTake it along.\n:::\n"


@pytest.fixture(scope="module")
def unpacked(essay_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    with ZipFile(essay_folder / f"{NAME}.zip") as archive:
        archive.extractall(folder)
    return folder / NAME


@pytest.fixture
def reader(browser: Browser, unpacked: Path) -> Iterator[Reader]:
    yield from reader_of(browser, unpacked.as_uri())


def test_the_archive_has_every_file_but_itself(essay_folder: Path, unpacked: Path) -> None:
    there, here = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in (essay_folder, unpacked)
    )
    assert there - here == {f"{NAME}.zip", ".buildinfo"}
    assert here <= there
    assert (unpacked / "text.html").read_bytes() == (essay_folder / "text.html").read_bytes()


def test_the_same_files_give_the_same_bytes_whenever_and_by_whomever_they_were_written(
    tmp_path: Path,
) -> None:
    archives = []
    for name, names, date in (("one", ("a", "b"), 1_000_000_000), ("other", ("b", "a"), 1_700_000_000)):
        folder = tmp_path / name
        folder.mkdir()
        for file in names:
            (folder / file).write_text(file, encoding="utf-8")
            os.utime(folder / file, (date, date))
            (folder / file).chmod(0o600 if name == "one" else 0o664)
        target = tmp_path / name / "edition.zip"
        pack_archive(folder, target.rename(target) if target.exists() else target)
        archives.append(target.read_bytes())
    assert archives[0] == archives[1]


@pytest.mark.parametrize("name", ["../x.zip", "index.html", "a/b.zip", "a\\b.zip", ".zip", "..zip"])
def test_a_name_that_is_not_an_archive_s_is_reported_and_none_is_written(tmp_path: Path, name: str) -> None:
    source = project(tmp_path / "source", TEXT, witnesses="")
    built = build(source, tmp_path, apparatus_offline=name, allow="any")
    assert built.warnings == (
        f"WARNING: conf.py: apparatus_offline is {name!r}; it wants a file name such as edition.zip, and None is used "
        "[apparatus.bad_config]",
    )
    assert "The cat sat." in built.page("index") and "Take it along." not in built.page("index")
    assert [*tmp_path.rglob("*.zip")] == []


def test_built_twice_the_archive_does_not_hold_the_one_before(tmp_path: Path) -> None:
    source = project(tmp_path / "source", TEXT, witnesses="")
    first = build(source, tmp_path, apparatus_offline="cats.zip").out / "cats.zip"
    before = first.read_bytes()
    build(source, tmp_path, apparatus_offline="cats.zip")
    assert first.read_bytes() == before
    assert "cats/cats.zip" not in ZipFile(first).namelist()


@pytest.mark.parametrize("builder", ["latex", "epub", "text"])
def test_other_outputs_have_neither_archive_nor_link(tmp_path: Path, builder: str) -> None:
    source = project(tmp_path / "source", TEXT, witnesses="")
    built = build(
        source, tmp_path, builder=builder, apparatus_offline="cats.zip", version="1", copyright="us"
    )
    assert list(built.out.rglob("cats.zip")) == []
    pages = [path.read_text("utf-8") for path in built.out.rglob("index.*") if path.is_file()]
    assert "Take it along" not in "".join(pages)


def test_an_edition_that_names_no_archive_has_neither(tmp_path: Path) -> None:
    built = build(project(tmp_path / "source", TEXT, witnesses=""), tmp_path)
    assert list(built.out.glob("*.zip")) == []
    assert "Take it along" not in built.page("index")


def test_the_colophon_leads_to_the_archive(essay: Reader) -> None:
    page = essay.open("colophon.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="All pages in one archive").click()
    assert download.value.suggested_filename == f"{NAME}.zip"


def test_unpacked_the_edition_is_walked_from_disk(reader: Reader) -> None:
    page = reader.open("index.html")
    page.get_by_role("link", name="The text", exact=False).first.click()
    page.goto(f"{reader.address}/text.html#1.1")
    page.locator("[id='1.1-a1-lemma']").click()
    expect(page.locator(":popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    page.goto(f"{reader.address}/search.html?q=Vlasov")
    expect(page.locator(".kind-passage").first).to_be_visible()
    page.locator(".kind-passage a").first.click()
    expect(page.locator(".passage:target, .entry:target").first).to_be_in_viewport()


def test_from_disk_a_reference_does_not_tell_where_on_the_disk_it_was_copied(reader: Reader) -> None:
    page = reader.open("text.html")
    page.evaluate(
        "() => { const { clipboard } = navigator;"
        " clipboard.write = clipboard.writeText = () => Promise.reject(new DOMException('no')); }"
    )
    page.get_by_role("link", name="Passage 1.1", exact=True).click()
    page.get_by_role("button", name="Copy Chicago note").click()
    assert page.get_by_label("To copy").input_value().endswith("(2026), 1.1, [address]#1.1.")


@pytest.mark.parametrize(("epoch", "year"), [("0", 1980), ("1764288000", 2025), ("99999999999", 2107)])
def test_an_archive_has_a_date_that_archives_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, year: int
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_text("One.")
    pack_archive(tmp_path / "pages", tmp_path / "edition.zip")
    with ZipFile(tmp_path / "edition.zip") as archive:
        assert [member.date_time[0] for member in archive.infolist()] == [year]
