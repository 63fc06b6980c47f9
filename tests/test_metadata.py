"""What reference managers, search engines and archives read of a page, and what the edition needs an address for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import pytest
from building import CONF, Built, build, project

BASE = "https://example.org/ferry/"
CITED = """
project = "The Ferry: An <Edition> & More"
author = "The Society"
release = "1.2.0"
project_copyright = "2026, the editors"
apparatus_licence = "https://creativecommons.org/licenses/by/4.0/"
apparatus_citation = {"editors": ["Doe, Jane", "The Society"], "released": "2026-11-23", "doi": "10.5281/zenodo.12",
    "doi_of_all": "10.5281/zenodo.11"}
"""
TEXT = "# The *ferry* & the ford\n\n(p)=\nThe ferry left.\n\n```{toctree}\n:hidden:\n\nsub/notes\n```\n"
QUIET = "siglum_unused not_text"
NOTES = {"sub/notes.md": "# Notes\n\nOf the river.\n"}


def built(tmp_path: Path, conf: str = "", allow: str = QUIET) -> Built:
    source = project(tmp_path / "source", TEXT, conf=CONF + CITED + conf, **NOTES)
    return build(source, tmp_path / "out", allow=allow)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("metadata"), f'html_baseurl = "{BASE}"\n')


PAGES = ["index", "sub/notes", "genindex"]


def tags(page: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for meta in lxml.html.document_fromstring(page).iterfind("head/meta[@name]"):
        made.setdefault(meta.get("name", ""), []).append(meta.get("content", ""))
    return made


def data(page: str) -> list[Any]:
    """The objects of JSON-LD."""
    scripts = lxml.html.document_fromstring(page).iterfind("head/script[@type='application/ld+json']")
    return [json.loads(script.text or "") for script in scripts]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_gives_title_container_editors_date_version_language_address_and_rights(
    edition: Built, name: str
) -> None:
    its = tags(edition.page(name))
    assert its["citation_inbook_title"] == its["DC.source"] == ["The Ferry: An <Edition> & More"]
    assert its["citation_editor"] == its["DC.contributor"] == ["Doe, Jane", "The Society"]
    assert its["citation_publication_date"] == ["2026/11/23"] and its["DC.date"] == ["2026-11-23"]
    assert its["prism.edition"] == ["version 1.2.0"]
    assert its["DC.type"] == ["BookChapter"]
    assert its["citation_language"] == its["DC.language"] == ["en"]
    assert its["citation_public_url"] == [f"{BASE}{name}.html"]
    assert its["DC.rights"] == ["2026, the editors", "https://creativecommons.org/licenses/by/4.0/"]
    assert its["citation_doi"] == ["10.5281/zenodo.12"]
    assert its["DC.identifier"] == ["https://doi.org/10.5281/zenodo.12"]


def test_a_title_is_without_markup_and_its_signs_are_escaped_once(edition: Built) -> None:
    its = tags(edition.page("index"))
    assert its["citation_title"] == its["DC.title"] == ["The ferry & the ford"]


@pytest.mark.parametrize("name", PAGES)
def test_json_ld_says_of_every_page_of_which_book_it_is_a_part(edition: Built, name: str) -> None:
    (chapter,) = data(edition.page(name))
    book = chapter["isPartOf"]
    assert chapter["url"] == f"{BASE}{name}.html" and book["url"] == BASE
    assert (book["name"], book["version"]) == ("The Ferry: An <Edition> & More", "1.2.0")
    assert [editor["name"] for editor in book["editor"]] == ["Jane Doe", "The Society"]
    assert [editor["@type"] for editor in book["editor"]] == ["Person", "Organization"]
    assert book["sameAs"] == ["https://doi.org/10.5281/zenodo.12", "https://doi.org/10.5281/zenodo.11"]


def test_nothing_in_a_title_ends_the_script_of_the_metadata(tmp_path: Path) -> None:
    page = built(tmp_path, 'project = "</script><b>The Ferry"\n').page("index")
    (chapter,) = data(page)
    assert chapter["isPartOf"]["name"] == "</script><b>The Ferry"


def links(page: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for rel, href in re.findall(r'<link rel="([^"]+)" href="([^"]*)"', page):
        made.setdefault(rel, []).append(href)
    return made


@pytest.mark.parametrize(("name", "up"), [("index", ""), ("sub/notes", "../")])
def test_links_lead_programs_to_what_is_cited_to_the_licence_and_to_the_set_of_links(
    edition: Built, name: str, up: str
) -> None:
    its = links(edition.page(name))
    assert its["cite-as"] == ["https://doi.org/10.5281/zenodo.12"]
    assert its["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert its["type"] == ["https://schema.org/Chapter", "https://schema.org/AboutPage"]
    assert its["linkset"] == [f"{up}linkset.json"]
    assert its["canonical"] == [f"{BASE}{name}.html"]


def test_the_set_of_links_has_what_the_edition_consists_of(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"%PDF")
    (tmp_path / "list.json").write_text('[{"kind": "pdf", "file": "book.pdf"}]')
    conf = f'html_baseurl = "{BASE}"\napparatus_downloads = {str(tmp_path / "list.json")!r}\napparatus_offline = "f.zip"\n'
    made = built(tmp_path, conf)
    (whole,) = json.loads((made.out / "linkset.json").read_text())["linkset"]
    assert whole["anchor"] == BASE and whole["type"][0]["href"] == "https://schema.org/Book"
    items = [
        {"href": f"{BASE}book.pdf", "type": "application/pdf"},
        {"href": f"{BASE}f.zip", "type": "application/zip"},
    ]
    assert whole["item"] == items
    assert links(made.page("index"))["item"] == ["book.pdf", "f.zip"]
    assert "item" not in links(made.page("sub/notes"))


def test_the_map_of_the_site_has_every_page_that_has_a_source(edition: Built) -> None:
    found = ElementTree.parse(edition.out / "sitemap.xml").iter(
        "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    )
    assert [one.text for one in found] == [f"{BASE}index.html", f"{BASE}sub/notes.html"]


def test_without_an_address_what_needs_one_is_left_out_and_the_rest_is_there(tmp_path: Path) -> None:
    made = built(tmp_path)
    its, found = tags(made.page("index")), links(made.page("index"))
    assert "citation_public_url" not in its and "canonical" not in found
    assert its["citation_inbook_title"] and found["cite-as"] == ["https://doi.org/10.5281/zenodo.12"]
    assert not (made.out / "sitemap.xml").exists()
    (whole,) = json.loads((made.out / "linkset.json").read_text())["linkset"]
    assert whole["anchor"] == "index.html"


@pytest.mark.parametrize(
    "base", ["example.org/ferry", "ftp://example.org", "https://", "https://e.org/a b", "https://e.org/?q"]
)
def test_an_address_that_is_none_is_reported_and_nothing_is_pretended(tmp_path: Path, base: str) -> None:
    made = built(tmp_path, f'html_baseurl = "{base}"\n', allow=f"bad_config {QUIET}")
    assert f"html_baseurl is '{base}', which is no address of a site" in "".join(made.warnings)
    assert "citation_public_url" not in tags(made.page("index"))


@pytest.mark.parametrize(
    "doi", ["https://doi.org/10.5281/zenodo.12", "10.52/x", "doi:10.5281/z", "10.5281/a b"]
)
def test_a_doi_that_is_none_is_reported_and_not_written(tmp_path: Path, doi: str) -> None:
    made = built(tmp_path, f'apparatus_citation = {{"doi": "{doi}"}}\n', allow=f"bad_config {QUIET}")
    assert "a DOI such as 10.5281/zenodo.1234567" in "".join(made.warnings)
    assert "citation_doi" not in tags(made.page("index"))


def test_an_edition_without_editors_date_and_licence_pretends_none(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "# F\n\nThe ferry left.\n", conf=CONF + 'project = "The Ferry"\n')
    its = tags(build(source, tmp_path / "out", allow=QUIET).page("index"))
    assert its["citation_inbook_title"] == ["The Ferry"]
    assert (
        not {"citation_editor", "DC.contributor", "DC.publisher", "citation_doi", "DC.identifier"}
        & its.keys()
    )


def test_no_page_has_coins(edition: Built) -> None:
    assert "Z3988" not in edition.page("index")
