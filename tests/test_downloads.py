"""What can be taken along is offered where it was built, with its length, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import CONF, IMPRINT, build, project

from apparatus.downloads import in_bytes, read_downloads

OFFERING = """\
# Front

- **Print**: {offered}`pdf`
- **Take along**: {offered}`epub, archive`
- **Read**: the text
"""
LISTED = [
    {"kind": "epub", "file": "made/book.epub"},
    {"kind": "offprint", "file": "made/book-section-1.pdf", "section": "1", "pages": "1"},
    {"kind": "pdf", "file": "made/book.pdf", "pages": "66"},
    {"kind": "pdf", "file": "made/gone.pdf", "pages": "2"},
]


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "1 kB"), (1499, "1 kB"), (840_000, "840 kB"), (999_600, "1.0 MB"), (12_340_000, "12.3 MB")],
)
def test_sizes_are_told_as_people_read_them(size: int, told: str) -> None:
    assert in_bytes(size) == told


@pytest.mark.parametrize(
    "written", ["", "{", "{}", "[1]", '[{"kind": "pdf"}]', '[{"kind": "x", "file": "a"}]', "null"]
)
def test_a_list_that_is_none_offers_nothing(tmp_path: Path, written: str) -> None:
    (tmp_path / "list.json").write_text(written, encoding="utf-8")
    assert read_downloads(tmp_path / "list.json") == ()
    assert read_downloads(tmp_path / "nowhere.json") == ()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "source" / "made"
    made.mkdir(parents=True)
    for name in ("book.pdf", "book.epub", "book-section-1.pdf"):
        (made / name).write_bytes(b"x" * 2000)
    conf = CONF + 'apparatus_downloads = "list.json"\nexclude_patterns = ["made"]\n'
    text = "One two.\n\n:::{apparatus}\ntwo ] too A B\n:::\n\n```{toctree}\n:hidden:\n\nfront\n```\n"
    return project(
        tmp_path / "source", text, conf=conf, **{"front.md": OFFERING, "list.json": json.dumps(LISTED)}
    )


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_pages_link_what_was_built_and_it_stands_beside_them(tmp_path: Path, source: Path) -> None:
    built = build(source, tmp_path, apparatus_offline="pages.zip")
    front, text = built.page("front"), built.page("index")
    assert "Print: the book as PDF (66 pages, 2 kB)" in words(front)
    assert "Take along: EPUB (2 kB) · these pages as a ZIP" in words(front)
    assert "Offprint of section 1 (1 page, 2 kB)" in words(text)
    assert "To take along: the book as PDF (66 pages, 2 kB) · EPUB (2 kB) · these pages as a ZIP" in words(
        text
    )
    for page in (front, text):
        linked = re.findall(r'href="([\w-]+\.(?:pdf|epub|zip))"', page)
        assert linked
        for name in linked:
            assert (built.out / name).is_file(), name


def test_what_was_not_built_is_not_offered_and_takes_its_item_along(tmp_path: Path, source: Path) -> None:
    (source / "list.json").unlink()
    built = build(source, tmp_path)
    assert "Print" not in words(built.page("front"))
    assert "Take along" not in words(built.page("front"))
    assert "Read: the text" in words(built.page("front"))
    assert "To take along" not in words(built.page("index"))
    assert not list(built.out.glob("*.pdf"))


def test_a_page_is_written_again_and_the_file_goes_when_it_is_offered_no_more(
    tmp_path: Path, source: Path
) -> None:
    assert (build(source, tmp_path).out / "book.pdf").is_file()
    (source / "list.json").write_text("[]", encoding="utf-8")
    again = build(source, tmp_path)
    assert "PDF" not in words(again.page("front"))
    assert not (again.out / "book.pdf").exists()


def test_other_outputs_offer_nothing(tmp_path: Path, source: Path) -> None:
    built = build(source, tmp_path, builder="epub", **IMPRINT)
    assert "the book as PDF" not in (built.out / "index.xhtml").read_text(encoding="utf-8")


def test_an_unknown_kind_is_reported(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "One.", **{"front.md": "# Front\n\n{offered}`pdf, papyrus`\n"})
    warnings = build(source, tmp_path, allow="any").warnings
    assert any(
        "front.md:3: WARNING: 'papyrus' is nothing that can be offered" in warning for warning in warnings
    )


def test_an_item_that_offers_something_stays_when_another_of_its_offers_goes(
    tmp_path: Path, source: Path
) -> None:
    (source / "front.md").write_text(
        "# Front\n\n- {offered}`epub` and {offered}`pdf`\n- more\n", encoding="utf-8"
    )
    (source / "list.json").write_text(json.dumps(LISTED[:1]), encoding="utf-8")
    assert "EPUB (2 kB) and more" in words(build(source, tmp_path).page("front")).replace(
        " and  more", " and more"
    )


def test_the_one_reference_to_copy_is_that_of_the_list(tmp_path: Path) -> None:
    conf = CONF + 'project = "A Title"\nrelease = "2.1"\n'
    page = "# Front\n\n:::{references}\n:style: chicago\n:::\n"
    listed = "# List\n\n:::{references}\n:::\n"
    pages = {"front.md": page, "list.md": listed}
    source = project(tmp_path / "source", "One.", conf=conf, witnesses="", **pages)
    built = build(source, tmp_path, allow="not_included")
    (one,) = re.findall(r'<p class="reference-to-copy">(.*?)</p>', built.page("front"))
    assert "A Title" in one
    assert "version 2.1" in one
    assert one in built.page("list")


def test_the_front_page_quotes_the_opening_words_as_the_text_has_them() -> None:
    folder = Path(__file__).parent.parent / "source"
    quoted = re.search(r"\{\.opening\}\n((?:> .*\n)+)", (folder / "index.md").read_text(encoding="utf-8"))
    assert quoted
    opening = " ".join(line.removeprefix("> ") for line in quoted[1].splitlines())
    text = " ".join((folder / "text.md").read_text(encoding="utf-8").split())
    assert f"::: {opening} :::" in text
