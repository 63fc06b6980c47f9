"""The edition itself: proved, complete, linked both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from building import ROOT, Built, build

from apparatus.collation import Collation
from apparatus.model import Entry, Kind
from apparatus.notation import parse_entry, write_entry
from apparatus.script import has_cyrillic, mixed_words
from apparatus.sphinxext.domain import domain_of

SOURCE = ROOT / "source"
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(SOURCE, tmp_path_factory.mktemp("essay"), conf=ROOT, nitpicky=True)


@pytest.fixture(scope="module")
def edition(essay: Built):
    return domain_of(essay.app.env).edition


class Words(HTMLParser):
    """The words of a page's article, each with the languages and classes round it."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[dict[str, str | None]] = []
        self.found: list[tuple[str, list[dict[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.stack.append({**dict(attrs), "tag": tag})

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()["tag"] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(element["tag"] == "article" for element in self.stack):
            self.found.append((data, list(self.stack)))


def words(page: str) -> Iterator[tuple[str, list[dict[str, str | None]]]]:
    parser = Words()
    parser.feed(page)
    return iter(parser.found)


def pages(essay: Built) -> list[Path]:
    return [p for p in essay.out.glob("*.html") if p.name not in ("genindex.html", "search.html")]


def test_the_edition_builds_without_a_warning(essay):
    assert essay.warnings == ()


def test_the_transcription_is_the_essay_as_transmitted():
    data = (SOURCE / "witnesses" / "W.txt").read_bytes()
    assert len(data) == 9638
    assert data.count(b"lead by Iosif Stalin") == data.count(b"Nikika") == 1


def test_the_witness_is_rebuilt_character_for_character(edition):
    collation: Collation = edition.collation
    rebuilt = [block.text for block in collation.rebuilt["W"].blocks]
    lines = (SOURCE / "witnesses" / "W.txt").read_text(encoding="utf-8").split("\n")
    text = lines[: lines.index("Leave a Reply")]
    transcribed = [re.sub(r"^\s*(?:• )?", "", line) for line in text]
    assert rebuilt == [line for line in transcribed if line]
    assert len(rebuilt) == 36
    assert collation.unchecked == ()


def test_every_entry_is_in_normal_form_and_goes_round(edition):
    entries = [e.item for e in edition.entries if isinstance(e.item, Entry)]
    assert len(entries) >= 25
    sources = [
        line.strip() for p in SOURCE.glob("*.md") for line in p.read_text(encoding="utf-8").splitlines()
    ]
    for entry in entries:
        written = write_entry(entry, edition.conspectus.keys)
        assert written in sources
        assert parse_entry(written, edition.conspectus.keys)[0] == entry


def test_the_blocks_have_the_numbers_that_are_cited(edition):
    numbers = [block.number for block in edition.text.blocks]
    assert numbers[:5] == ["0", "0.1", "0.2", "0.3", "1"]
    assert {"1.0", "1.8", "2", "2.0", "2.4", "3", "3.1"} <= set(numbers)
    assert len(numbers) == len(set(numbers)) == 37


def test_the_missing_verb_is_shown_as_a_supplement(essay, edition):
    entry = next(e for e in edition.entries if e.words == "refer")
    assert isinstance(entry.item, Entry)
    assert [r.kind for r in entry.item.readings] == [Kind.OM]
    assert re.search(r"⟨</span><a[^>]*>refer</a><span[^>]*>⟩", essay.page("text"))


def test_sections_have_anchors_in_words(essay):
    for name in ("proponent-angle", "critical-angle", "literature"):
        assert f'id="{name}"' in essay.page("text")


def test_every_internal_link_has_its_target(essay):
    text = {p: p.read_text(encoding="utf-8") for p in essay.out.rglob("*.html")}
    ids = {p: set(re.findall(r'\bid="([^"]+)"', page)) for p, page in text.items()}
    broken = []
    for path, page in text.items():
        for file, anchor in re.findall(r'href="([^"#:]*)#([^"]+)"', page):
            target = (path.parent / file).resolve() if file else path
            if target not in ids or anchor not in ids[target]:
                broken.append(f"{path.name}: {file}#{anchor}")
    assert broken == []


def test_every_entry_and_note_is_linked_both_ways(essay, edition):
    page = essay.page("text")
    for entry in edition.entries:
        there = f"{entry.id}-mark" if entry.number else f"{entry.id}-lemma"
        assert f'id="{entry.id}"' in page
        assert f'id="{there}"' in page
        assert f'href="#{entry.id}"' in page or "data-entries" in page
        assert f'href="#{there}"' in page


def test_every_cyrillic_string_is_marked_as_russian(essay):
    unmarked = [
        (path.name, text)
        for path in pages(essay)
        for text, around in words(path.read_text(encoding="utf-8"))
        if CYRILLIC.search(text) and not any(element.get("lang") == "ru" for element in around)
    ]
    assert unmarked == []


def test_no_cyrillic_letter_survives_in_a_transliteration(essay):
    shown = [
        text
        for path in pages(essay)
        for text, around in words(path.read_text(encoding="utf-8"))
        if any("transliteration" in (element.get("class") or "").split() for element in around)
    ]
    assert len(shown) > 20
    assert [text for text in shown if has_cyrillic(text)] == []


def test_no_word_mixes_scripts():
    for path in [*SOURCE.rglob("*.md"), *(ROOT / "bib").glob("*.bib"), SOURCE / "witnesses" / "W.txt"]:
        assert mixed_words(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Vlasov", "Власов"),
        ("Stalin", "Сталин"),
        ("Khrushchev", "Хрущ"),
        ("Artem’iev", "Артемьев"),
        ("Kazantsev", "Казанцев"),
        ("ROA", "РОА"),
        ("KONR", "КОНР"),
        ("kulaki", "кулак"),
        ("Kiev", "Киев"),
    ],
)
def test_a_russian_name_in_latin_letters_has_its_original_in_a_note(edition, latin, cyrillic):
    assert latin in edition.text.joined
    notes = " ".join(" ".join(entry.item.body) for entry in edition.entries if entry.number)
    assert cyrillic in notes


def test_every_work_is_cited_and_says_where(essay):
    page = essay.page("bibliography")
    keys = set(
        re.findall(
            r"^@\w+\{([^,]+),", "".join(p.read_text() for p in (ROOT / "bib").glob("*.bib")), re.MULTILINE
        )
    )
    assert {f"bib-{key}" for key in keys} == set(re.findall(r'id="(bib-[^"]+)"', page))
    assert page.count('class="cited-at"') == len(keys)


def test_each_note_has_a_source_or_is_marked_as_having_none(edition):
    notes = [e.item for e in edition.entries if e.number]
    prose = [" ".join(note.body) for note in notes]
    with_source = [p for p in prose if "{cite:" in p]
    language = [p for p in prose if "{cite:" not in p and p.startswith("Language:")]
    cross_references = [p for p in prose if "{cite:" not in p and p.startswith("See ")]
    assert len(with_source) >= 60
    assert len(with_source) + len(language) + len(cross_references) == len(notes)
