"""The EPUB: valid, whole, with notes that open in place, and the same bytes at every build."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from auditing import epub_messages
from building import EDITIONS, IMPRINT, ROOT, build

from apparatus.sphinxext.epub import complete

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def book(source: Path, out: Path, conf: Path | None = None) -> Path:
    built = build(source, out, builder="epub", conf=conf, **({} if conf else IMPRINT))
    [made] = built.out.glob("*.epub")
    return made


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(ROOT / "source", tmp_path_factory.mktemp("epub"), ROOT)


def page(path: Path, name: str) -> ET.Element:
    with ZipFile(path) as archive:
        return ET.fromstring(archive.read(name))


@pytest.mark.parametrize("edition", [None, "four-witnesses", "cyrillic", "verse"])
@pytest.mark.audit
def test_the_book_is_valid(edition: str | None, essay: Path, tmp_path: Path) -> None:
    made = essay if edition is None else book(EDITIONS / edition, tmp_path)
    assert epub_messages(made) == []


def test_every_page_is_in_the_table_of_contents(essay: Path) -> None:
    contents = page(essay, "nav.xhtml")
    listed = {link.get("href", "").partition("#")[0] for link in contents.iter(f"{XHTML}a")}
    with ZipFile(essay) as archive:
        pages = {name for name in archive.namelist() if name.endswith(".xhtml")} - {"nav.xhtml"}
    assert listed == pages


def test_every_entry_and_note_is_in_the_book_and_leads_back(essay: Path) -> None:
    text = page(essay, "text.xhtml")
    ids = {node.get("id") for node in text.iter() if node.get("id")}
    entries = [node for node in text.iter(f"{XHTML}div") if "entry" in node.get("class", "").split()]
    rows = (ROOT / "source" / "text.md").read_text(encoding="utf-8").count(" ] ")
    deeper = [node for node in text.iter(f"{XHTML}div") if node.get("class") == "discussion"]
    assert len(entries) + len(deeper) == rows
    for node in entries:
        back = next(node.iter(f"{XHTML}a")).get("href", "")
        assert back.removeprefix("#") in ids


def test_a_reading_program_is_told_what_opens_in_place(essay: Path) -> None:
    text = page(essay, "text.xhtml")
    marks = [node for node in text.iter(f"{XHTML}a") if node.get(f"{EPUB}type") == "noteref"]
    notes = {node.get("id") for node in text.iter() if node.get(f"{EPUB}type") == "endnote"}
    assert marks and {mark.get("href", "").removeprefix("#") for mark in marks} == notes


def test_pages_say_their_language_and_spans_theirs(essay: Path) -> None:
    text = page(essay, "text.xhtml")
    assert text.get("lang") == text.get(f"{XML}lang") == "en-GB"
    assert any(node.get("lang") == "ru" for node in text.iter(f"{XHTML}span"))


def test_there_is_no_script_in_the_book(essay: Path) -> None:
    with ZipFile(essay) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".js")]
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
        assert not [name for name in pages if b"<script" in archive.read(name)]


def test_the_bytes_depend_on_the_contents_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    made = []
    for name in ("one", "other"):
        shutil.copytree(EDITIONS / "verse", tmp_path / name / "source")
        made.append(book(tmp_path / name / "source", tmp_path / name / "out"))
    assert made[0].read_bytes() == made[1].read_bytes()
    with ZipFile(made[0]) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2001, 9, 9, 1, 46, 40)}
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)


def test_the_package_says_what_is_known_and_nothing_else(essay: Path) -> None:
    with ZipFile(essay) as archive:
        package = archive.read("content.opf").decode()
    assert "unknown" not in package
    assert 'property="schema:accessMode">textual<' in package


def test_pages_with_a_drawing_are_declared() -> None:
    package = b'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>%b</manifest></package>'
    items = b'<item href="a.xhtml"/><item href="nav.xhtml" properties="nav"/><item href="b.xhtml"/>'
    done = complete(package % items, lambda name: name in ("a.xhtml", "nav.xhtml")).decode()
    assert 'href="a.xhtml" properties="svg"' in done
    assert 'href="nav.xhtml" properties="nav svg"' in done
    assert 'href="b.xhtml" />' in done
