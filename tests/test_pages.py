"""The pages round the text: complete, consistent with one another, each claim with its source."""

from __future__ import annotations

import re
import runpy
import shutil
import sys
import tomllib
from typing import Any

import pytest
import yaml
from building import ROOT, Built, build
from pybtex.database import BibliographyData, parse_file

from apparatus.anchors import write_anchors
from apparatus.chronology import Event, read_chronology
from apparatus.establishment import establish
from apparatus.portions import anchors_of
from apparatus.sphinxext.domain import domain_of, reading_order

SOURCE = ROOT / "source"
BIB = sorted((ROOT / "bib").glob("*.bib"))


@pytest.fixture(scope="module")
def essay(essay_built: Built) -> Built:
    return essay_built


@pytest.fixture(scope="module")
def works() -> BibliographyData:
    found = BibliographyData()
    for path in BIB:
        for key, entry in parse_file(str(path)).entries.items():
            found.add_entry(key, entry)
    return found


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    found, problems = read_chronology((SOURCE / "chronology.toml").read_bytes(), "chronology.toml")
    assert problems == ()
    return found


def values(works: BibliographyData, key: str) -> dict[str, str]:
    """All fields of a work, persons too, as text."""
    entry = works.entries[key]
    persons = {role: " and ".join(map(str, people)) for role, people in entry.persons.items()}
    return {**{name.lower(): value for name, value in entry.fields.items()}, **persons}


def unverified(part: str) -> dict[str, Any]:
    with (ROOT / "tests" / "data" / "unverified.toml").open("rb") as file:
        found: dict[str, Any] = tomllib.load(file)[part]
    return found


# --- the pages ------------------------------------------------------------------------


def test_every_page_is_in_the_contents_and_describes_itself(essay):
    pages = [name for name in essay.app.env.all_docs if not name.startswith("manual/")]
    reached = reading_order(essay.app.env)
    assert sorted(set(pages) & set(essay.app.env.toctree_includes["index"])) == sorted(set(pages) - {"index"})
    assert reached.index("text") > reached.index("principles")
    descriptions = [re.findall(r'<meta content="([^"]+)" name="description"', essay.page(p)) for p in pages]
    assert all(len(found) == 1 and len(found[0]) > 30 for found in descriptions)
    assert len({found[0] for found in descriptions}) == len(pages)


#: Not in print: there each entry stands at the foot of its page, and the manual is for editors.
ON_SCREEN_ONLY = {"apparatus", "index"}


def test_every_page_is_in_the_book(essay, tmp_path):
    (tex,) = build(SOURCE, tmp_path, conf=ROOT, builder="latex").out.glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    chapters = re.findall(r"\\(?:chapter|critcontents\{chapter\})\{([^}]+)\}", text)
    pages = {name for name in essay.app.env.all_docs if "/" not in name} - ON_SCREEN_ONLY
    titles = {essay.app.env.titles[name].astext() for name in pages}
    assert len(titles) >= 12
    assert titles <= set(chapters)


def test_every_file_that_a_page_offers_is_there(essay):
    for page in essay.out.glob("*.html"):
        for target in re.findall(r'href="(_downloads/[^"]+)"', page.read_text(encoding="utf-8")):
            assert (essay.out / target).is_file(), target


def test_the_bibliographies_can_be_had_as_files(essay):
    offered = re.findall(r'href="_downloads/[^"]*/([^"/]+\.bib)"', essay.page("bibliography"))
    assert sorted(set(offered)) == [path.name for path in BIB]


def test_no_page_has_a_style_of_its_own_in_the_markup_of_a_drawing(essay):
    for name in ("chronology", "established"):
        (drawing,) = re.findall(r"<svg class=\"drawing\".*?</svg>", essay.page(name), re.DOTALL)
        assert "style=" not in drawing


# --- chronology and establishment -----------------------------------------------------


def test_every_event_has_passages_and_a_source_that_exist(essay, events, works):
    numbers = {block.number for block in domain_of(essay.app.env).edition.text.blocks}
    assert len(events) > 30
    for event in events:
        assert event.passages, event.words
        assert set(event.passages) <= numbers, event.words
        assert event.sources or event.basis.startswith(("general works: ", "note {note}`")), event.words
        assert set(event.sources) <= set(works.entries), event.words


def test_the_chronology_covers_the_years_that_the_edition_speaks_of(events):
    assert {event.start.year for event in events} == {*range(1939, 1947), 2001}


def test_the_table_and_the_time_line_have_every_event(essay, events):
    page = essay.page("chronology")
    (drawing,) = re.findall(r"<svg.*?role=\"img\".*?</svg>", page, re.DOTALL)
    drawn = re.findall(r"<text [^>]*>(\d{1,2}) [^<\d][^<]*</text>", drawing)
    # A stretch that goes on in the next row has its name there again.
    assert sorted(set(map(int, drawn))) == list(range(1, len(events) + 1))
    assert len(drawn) - len(events) <= sum(event.start != event.end for event in events)
    assert all(event.printed_date in page for event in events)
    assert re.search(r"<title [^>]*>[^<]{10,}</title><desc [^>]*>[^<]{100,}</desc>", drawing)


def test_the_figures_of_the_establishment_are_those_of_the_edition(essay):
    page, found = essay.page("established"), establish(domain_of(essay.app.env).edition)
    assert (found.problems, found.unchecked) == (0, 0)
    assert f"The apparatus has {found.entries} entries" in page
    assert f"{found.supplied} of them words supplied" in page
    assert f"{found.compared[0].passages} of {found.passages} (not 3)" in page
    assert "the same as witnesses/W.txt, character for character" in page


# --- the bibliography -----------------------------------------------------------------


def test_every_citation_key_of_every_source_exists(works):
    cited = {
        key.strip()
        for path in SOURCE.rglob("*.md")
        if "manual" not in path.parts
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", path.read_text(encoding="utf-8"))
        for key in re.sub(r"\{[^}]*\}", "", keys).split(",")
    }
    assert len(cited) > 40
    assert cited <= set(works.entries)


def test_unverified_details_are_absent_or_doubted(works):
    told_as_fact = [
        f"{key}: {field}"
        for key, fields in unverified("absent-or-doubted").items()
        for field in fields
        if "?" not in values(works, key).get(field, "?")
    ]
    assert told_as_fact == []


def test_unverified_words_stand_in_no_field_without_a_doubt(works):
    told_as_fact = [
        f"{key}: {field} has {words}"
        for key, listed in unverified("words").items()
        for words in listed
        for field, value in values(works, key).items()
        if words in value and "?" not in value and "verified" not in value
    ]
    assert told_as_fact == []


def test_what_has_not_been_verified_is_stated_nowhere():
    pages = [path for path in SOURCE.rglob("*") if path.suffix in (".md", ".toml")] + BIB
    for what, said in unverified("nowhere").items():
        for path in pages:
            text = " ".join(path.read_text(encoding="utf-8").split())
            assert [words for words in said if words in text] == [], f"{path.name}: {what}"


def test_a_work_has_a_year_or_says_that_it_is_not_established(works):
    without = [
        key
        for key in works.entries
        if not re.match(r"\d{4}\??$", values(works, key).get("year", ""))
        and "Year not established." not in values(works, key).get("note", "")
    ]
    assert without == []
    both = [
        key
        for key in works.entries
        if "year" in values(works, key) and "Year not established." in values(works, key).get("note", "")
    ]
    assert both == []


def test_no_entry_stands_for_a_class_of_works(works):
    for key in works.entries:
        title = values(works, key)["title"]
        assert not re.match(r"\[(?:reference|encyclop|popular|newspaper|press)", title, re.IGNORECASE), key


def test_the_list_of_unverified_details_names_works_that_exist(works):
    assert {*unverified("absent-or-doubted"), *unverified("words")} <= set(works.entries)


# --- citing, licences, versions -------------------------------------------------------


def test_title_and_version_are_the_same_everywhere(essay):
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    config = essay.app.config
    assert citation["title"] == config.project
    assert str(citation["version"]) == config.version
    for name in ("cite", "colophon"):
        text = re.sub(r"<[^>]+>", "", essay.page(name))
        assert config.project in text
        assert re.search(rf"[Vv]ersion {re.escape(config.release)}(?!\w)", text), name
    released = f"## {config.version} ({citation['date-released']})\n"
    assert released in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("heading", "plus"), [("## 2.0.0 (2026-11-30)", ""), ("## [Unreleased]", "+")])
def test_what_has_changed_since_a_release_does_not_bear_its_number(tmp_path, monkeypatch, heading, plus):
    monkeypatch.setattr(sys, "path", list(sys.path))
    shutil.copy(ROOT / "conf.py", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n", encoding="utf-8")
    conf = runpy.run_path(str(tmp_path / "conf.py"))
    assert conf["release"] == conf["version"] + plus
    assert ("today" in conf) is not bool(plus)


def test_a_version_without_a_plus_has_the_text_that_was_published(essay):
    edition, release = domain_of(essay.app.env).edition, essay.app.config.release
    published = (ROOT / "source" / "anchors.tsv").read_text(encoding="utf-8")
    assert release.endswith("+") or write_anchors(edition.text, anchors_of(edition.entries)) == published


def test_the_licences_are_the_same_everywhere(essay):
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == ["CC-BY-4.0", "MIT"]
    assert (ROOT / "LICENSES" / "CC-BY-4.0.txt").is_file()
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    for name in ("principles", "colophon"):
        text = " ".join(re.sub(r"<[^>]+>", "", essay.page(name)).split())
        assert "CC BY 4.0" in text, name
        assert re.search(r"MIT licence", text), name
        assert re.search(r"essay remains its author’s", text), name


def test_the_colophon_prints_the_changes_of_the_text_and_no_others(essay):
    page = essay.page("colophon")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("who run the software.")[2]
    of_text = re.findall(r"^### Text\n(.*?)^### Software", changes, re.MULTILINE | re.DOTALL)
    items = [re.findall(r"^- ([\w ,-]{6,12})", part, re.MULTILINE) for part in of_text]
    assert len(items) >= 4
    assert all(item in page for part in items for item in part)
    assert "Software" not in page and "Hyphenation patterns" not in page


def test_changes_of_the_software_are_sorted_one_fact_a_line_the_thing_first():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for software in re.findall(r"^### Software\n(.*?)(?=^## |\Z)", changes, re.MULTILINE | re.DOTALL):
        heads = re.findall(r"^#### (.*)$", software, re.MULTILINE)
        assert heads == [head for head in ("Added", "Changed", "Fixed") if head in heads]
        lines = [line for line in software.splitlines() if line and not line.startswith("#")]
        assert [line for line in lines if not line.startswith("- **")] == []


def test_the_figures_of_the_general_index_are_not_called_symbols(essay: Built) -> None:
    page = essay.page("genindex")
    assert "<h2>0–9</h2>" in page
    assert ">Symbols<" not in page


def test_the_first_page_has_the_title_of_the_edition(essay: Built) -> None:
    assert domain_of(essay.app.env).env.titles["index"].astext() == essay.app.config.project
