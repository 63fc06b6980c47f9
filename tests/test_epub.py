"""The EPUB: valid, whole, with notes that open in place, and the same bytes at every build."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from base64 import b64decode
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from auditing import epub_messages
from building import CONF, EDITIONS, IMPRINT, ROOT, build, project

from apparatus.sphinxext.epub import complete, name_in_book

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


#: Names of documents, a chapter in a folder among them, in an order that is not that of the alphabet.
NAMES = ("Überblick", "erstes kapitel", "глава/первая часть", "第一章", "a_20_b", "a b", "100%", "d'où?")
#: A picture of one point.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose documents, pictures and first page have names in any letters."""
    folder = tmp_path_factory.mktemp("named")
    listed = "\n".join(f"/{name}" for name in NAMES)
    pages = {
        f"{name}.md": f"# Kapitel {i}\n\n[First](</Überblick.md>).\n\n```{{image}} /bildä.png\n:alt: p\n```\n\n## Русское\n\n## Ἰλιάς\n\n## שלום\n"
        for i, name in enumerate(NAMES)
    }
    front = f"# Front\n\n```{{toctree}}\n{listed}\n```\n"
    conf = (
        CONF
        + 'root_doc = "Ειναι αρχή"\nhtml_static_path = ["st"]\nepub_pre_files = [("_static/vor wort.xhtml", "V")]\n'
    )
    page = (
        "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>V</title></head><body><p>V</p></body></html>"
    )
    files = {"Ειναι αρχή.md": front, "st/vor wort.xhtml": page, **pages}
    source = project(folder / "source", "---\norphan: true\n---\n\n# T\n", conf=conf, **files)
    (source / "bildä.png").write_bytes(b64decode(PICTURE))
    (source / "index.md").unlink()
    return book(source, folder / "out")


def test_documents_of_any_name_stand_in_the_reading_order(named: Path) -> None:
    opf = "{http://www.idpf.org/2007/opf}"
    package = page(named, "content.opf")
    where = {item.get("id"): item.get("href") for item in package.iter(f"{opf}item")}
    spine = [where[item.get("idref")] for item in package.iter(f"{opf}itemref") if not item.get("linear")]
    names = [f"{name_in_book(name)}.xhtml" for name in ("Ειναι αρχή", *NAMES)]
    assert spine == ["_static/vor%20wort.xhtml", *names]
    listed = [link.get("href", "") for link in page(named, "nav.xhtml").iter(f"{XHTML}a")]
    assert [name for name in listed if "#" not in name] == spine
    ncx = "{http://www.daisy.org/z3986/2005/ncx/}"
    points = [point.get("src", "") for point in page(named, "toc.ncx").iter(f"{ncx}content")]
    assert points == listed
    with ZipFile(named) as archive:
        assert set(names) <= set(archive.namelist())
        assert "_images/bild_e4_.png" in archive.namelist()


@pytest.mark.audit
def test_a_book_of_documents_of_any_name_is_valid(named: Path) -> None:
    # The one with a blank is a file that the editor adds: what he names is his.
    assert [said for said in epub_messages(named) if "_static/vor wort" not in said] == []


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("text", "text"),
        ("part_1/text-2.1", "part_1/text-2.1"),
        ("über uns", "_fc_ber_20_uns"),
        ("a b", "a_20_b"),
        ("a_20_b", "a_5f_20_b"),
        ("第", "_7b2c_"),
    ],
)
def test_a_name_in_the_book_is_ascii_and_its_own(name: str, inside: str) -> None:
    assert name_in_book(name) == inside
