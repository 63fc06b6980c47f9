"""The edition itself: proved, complete, linked both ways."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from building import ROOT, Built
from pybtex.database import parse_file

from apparatus.collation import Collation
from apparatus.cross_reference import find_entry
from apparatus.model import Entry, Kind, Note
from apparatus.notation import parse_entry, write_entry
from apparatus.script import has_cyrillic, mixed_words, transliterate
from apparatus.sphinxext.domain import domain_of

SOURCE = ROOT / "source"
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@pytest.fixture(scope="module")
def essay(essay_built: Built) -> Built:
    return essay_built


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
    assert len(entries) == 15
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
        if entry.series.form == "discussion":  # which stands in its note
            inside = page[page.index(f'id="{edition.note_of[entry.key].id}"') :]
            assert inside.index(f'<details class="discussion" id="{entry.id}">') < inside.index("</details>")
            continue
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


#: Where the words of the text are repeated letter by letter.
QUOTED = {"entry-lemma", "reading", "siglum"}

#: Words of other languages that English has not taken in (Wehrmacht and Reichsmark it has).
FOREIGN = {
    "de": "Osttruppen|Ostlegionen|Hilfswillige|Hiwi|Einsatzkommando|Generalplan|Silberstreif|Aufl|"
    "Befreiungsarmee|Freiheitsbewegung|Wlassow|Schlüsseldokumente",
    "da": "dette fordi|gøre erfaringer|kontaktofficer",
    "ru-Latn": "kulaki",
}
#: Where lemma and reading are repeated, which are plain text.
PLAIN = QUOTED | {"headerlink", "toctree-l1"}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_word_of_another_language_is_marked_as_such(essay, language):
    word = re.compile(rf"\b(?:{FOREIGN[language]})\b")
    marked, unmarked = 0, []
    for path in pages(essay):
        if path.stem.startswith("text-W"):  # a witness is plain text
            continue
        for text, around in words(path.read_text(encoding="utf-8")):
            classes = {name for element in around for name in (element.get("class") or "").split()}
            if not word.search(text) or classes & PLAIN:
                continue
            if any((element.get("lang") or "").startswith(language) for element in around):
                marked += 1
            else:
                unmarked.append((path.name, text))
    assert marked
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


#: A name in the bibliography for which English has a form of its own, Ilya Ehrenburg.
ESTABLISHED = {"Ėrenburg", "Ilʹi͡a"}


def test_every_cyrillic_word_has_its_transliteration_or_stands_in_latin_letters_too(essay):
    """Except where a text is quoted letter by letter: in an entry, and on the pages of the witness."""
    seen = given = 0
    for path in pages(essay):
        if path.stem.startswith("text-W"):
            continue
        scheme = "ala-lc" if path.stem == "bibliography" else "ala-lc-plain"
        cyrillic, beside = Counter[str](), ""
        for text, around in words(path.read_text(encoding="utf-8")):
            classes = {name for element in around for name in (element.get("class") or "").split()}
            if "transliteration" in classes:
                beside += text
            elif "given" in classes:
                given += 1
            elif not classes & QUOTED:
                found = re.findall(r"[\u0400-\u04ff]+", text)
                cyrillic.update(latin for word in found if (latin := transliterate(word, scheme)))  # not ь
        latin_words = Counter(re.findall(r"(?:\w[\u0300-\u036f]*)+[\u02b9\u02ba\w]*", beside))
        established = ESTABLISHED if path.stem == "bibliography" else set()
        assert set(cyrillic - latin_words) == established, path.name
        seen += cyrillic.total()
    assert seen > 250
    assert given > 30


def test_where_both_scripts_stand_side_by_side_nothing_is_doubled(essay):
    page = essay.page("text")
    plain = re.sub(r"</?span[^>]*>", "", page)
    assert re.search(r"signed by Vlasov and V\. F\. Malyshkin \(В\. Ф\. Малышкин\)", plain)
    assert re.search(r"Движение(?:</\w+>)*<span[^>]*> \[Russkoe Osvoboditelnoe Dvizhenie\]</span>", page)
    index = essay.page("names")
    assert re.search(
        r"Vlasov, Andrei Andreevich</span> <span[^>]*>Власов, Андрей Андреевич</span>, 1901", index
    )
    assert (
        re.search(r"Drobi͡azko", essay.page("bibliography"))
        and "Drobiazko" in page
        and "Drobi͡azko" not in page
    )


def test_no_word_mixes_scripts():
    sources = [
        path
        for folder, forms in ((SOURCE, ("*.md", "*.toml", "*.txt")), (ROOT / "bib", ("*.bib",)))
        for form in forms
        for path in folder.rglob(form)
    ]
    assert {path.suffix for path in sources} == {".md", ".toml", ".txt", ".bib"}
    for path in sources:
        assert mixed_words(path.read_text(encoding="utf-8")) == [], path.name


def test_no_word_of_a_page_mixes_scripts(essay):
    for path in pages(essay):
        for text, _ in words(path.read_text(encoding="utf-8")):
            assert mixed_words(text) == [], path.name


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
    assert cyrillic in " ".join(notes_of(edition, "commentary", "discussion"))


def test_names_in_english_sentences_follow_one_transliteration(edition):
    """Before its Cyrillic, in the notes and in the register; what is no name of a person is translated."""
    notes = " ".join(notes_of(edition, "commentary", "discussion"))
    named = re.findall(r"((?:[A-Z][\w’.]* ?)+) \(([\u0400-\u04ff. ]+)[;)]", notes)
    register = tomllib.loads((SOURCE / "names.toml").read_text(encoding="utf-8")).values()
    named += [
        (each["name"], each["original"])
        for each in register
        if each["kind"] == "person" and "original" in each
    ]
    assert len(named) > 30
    for latin, cyrillic in named:
        assert latin.endswith(transliterate(cyrillic, "ala-lc-plain")), (latin, cyrillic)


def keys_of(*files: str) -> set[str]:
    """The citation keys of files of the bibliography."""
    records = "".join((ROOT / "bib" / name).read_text(encoding="utf-8") for name in files)
    return set(re.findall(r"^@\w+\{([^,]+),", records, re.MULTILINE))


def test_every_work_is_cited_and_says_where(essay):
    page = essay.page("bibliography")
    cited, further = keys_of("essay.bib", "studies.bib"), keys_of("further.bib")
    assert {f"bib-{key}" for key in cited | further} == set(re.findall(r'id="(bib-[^"]+)"', page))
    assert page.count('class="cited-at"') == len(cited)


def test_works_for_further_reading_are_not_used_and_say_so():
    sources = " ".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.*ml"))
    sources += " ".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.md"))
    further = (ROOT / "bib" / "further.bib").read_text(encoding="utf-8")
    assert [key for key in keys_of("further.bib") if key in sources] == []
    assert len(keys_of("further.bib")) == further.count("{Not used.") == 9


#: On what a note rests, as the editorial principles define it; the first that is found counts.
RESTS_ON = {
    "a work": re.compile(r"\{cite:p\}`"),
    "general works": re.compile(r"\(general works: [^;)]+; [^)]+\)"),  # of what kind; why none is named
    "language alone": re.compile(r"\ALanguage: "),
    "another place": re.compile(r"\ASee (?:also )?"),
}


def rests_on(prose: str) -> str:
    return next((name for name, mark in RESTS_ON.items() if mark.search(prose)), "nothing")


def notes_of(edition, *series: str) -> list[str]:
    return [" ".join(" ".join(item.body).split()) for item in items_of(edition, *series)]


def items_of(edition, *series: str) -> list[Note]:
    wanted = series or ("commentary",)
    return [entry.item for entry in edition.entries if entry.series.name in wanted]


def test_each_note_says_what_it_rests_on(edition):
    every = notes_of(edition, "commentary", "discussion")
    assert [prose for prose in every if rests_on(prose) == "nothing"] == []
    assert Counter(map(rests_on, notes_of(edition))) == {
        "a work": 76,
        "general works": 2,
        "language alone": 16,
        "another place": 11,
    }


def test_at_most_twelve_statements_rest_on_general_works_each_with_the_reason(edition):
    said = " ".join(notes_of(edition, "commentary", "discussion"))
    assert len(RESTS_ON["general works"].findall(said)) == said.count("(general works:") == 12
    assert said.count("common knowledge") == 0


def words_of(prose: str) -> list[str]:
    """The words of a note as it is read, without its citations."""
    prose = re.sub(r"\{cite:p\}`[^`]*`", "", prose)
    prose = re.sub(r"\{note\}`[^`]*`", "0", prose)  # a number
    prose = re.sub(r"\{term\}`([^`<]*)(?: <[^>]*>)?`", r"\1", prose)
    prose = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", prose)
    return [word for word in prose.split() if re.search(r"\w", word)]


def test_footnotes_are_short(edition):
    lengths = [len(words_of(prose)) for prose in notes_of(edition)]
    assert max(lengths) <= 45
    assert sum(lengths) <= 2200


def test_what_goes_deeper_stands_at_a_note(edition):
    """A discussion has the words of the note that it continues."""
    lemmata = {(e.block, e.words) for e in edition.entries if e.series.name == "commentary"}
    deeper = [e for e in edition.entries if e.series.name == "discussion"]
    assert len(deeper) == 76
    assert [e.id for e in deeper if (e.block, e.words) not in lemmata] == []


# --- how sure a note is ---

#: Words by which a note says that its matter is open.
OPEN = re.compile(
    r"\b(?:open|disputed?|doubtful|differ|not established|queried|not beyond doubt|Accounts differ)\b"
)


def cited_in(prose: str) -> set[str]:
    found = re.findall(r"\{cite:p\}`([^`]*)`", prose)
    return {key.split("{")[0] for keys in found for key in re.split(r",(?![^{]*\})", keys)}


@pytest.fixture(scope="module")
def works():
    files = [str(ROOT / "bib" / name) for name in ("essay.bib", "studies.bib")]
    return {key: work for file in files for key, work in parse_file(file).entries.items()}


def is_document(work) -> bool:
    return "document" in work.fields.get("keywords", "")


def independent(keys: set[str], works) -> int:
    """How many works there are that do not depend on one another: by author, or as one says of itself."""
    groups: list[set[str]] = []
    for key in keys:
        people = {f"by {person.last_names[0]}" for person in works[key].persons.get("author", ())}
        group = {key, *people, *works[key].fields.get("related", "").split(",")} - {""}
        for other in [g for g in groups if g & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return len(groups)


def misgraded(note: Note, works) -> bool:
    """Whether a note is not what its grade says, as far as its citations show it."""
    prose = " ".join(note.body)
    keys, is_general = cited_in(prose), "(general works:" in " ".join(prose.split())
    match note.grade:
        case "documented":
            is_borne = any(is_document(works[key]) for key in keys) or independent(keys, works) > 1
            return is_general or not is_borne
        case "one source":
            return is_general or not keys
        case "general works":
            return not is_general
        case "open":
            return is_general or not OPEN.search(prose)
        case _:
            return rests_on(prose) not in ("language alone", "another place")


def test_a_note_is_what_its_grade_says(edition, works):
    """The grade is that of the weakest statement; what is on language or points elsewhere has none."""
    notes = items_of(edition, "commentary", "discussion")
    assert [note.body[0] for note in notes if misgraded(note, works)] == []
    assert {note.grade for note in notes} == {"documented", "one source", "general works", "open", None}


def test_the_notes_looked_at_again_are_those_that_the_rule_chooses(edition):
    """Every fourth of those that have a grade, beginning with the first."""
    page = (SOURCE / "established.md").read_text(encoding="utf-8")
    table = page[page.index("(established-again)=") : page.index("(established-vetting)=")]
    rows = re.findall(r"^\| \{note\}`([^`]+)` \| .+ \| (.+) \| .+ \|$", table, re.MULTILINE)
    looked_at = [find_entry(edition, target, is_note=True) for target, _ in rows]
    graded = [e for e in edition.entries if e.series.name == "commentary" and e.item.grade]
    assert looked_at == graded[::4]
    assert len(looked_at) == 20
    assert {date for _, date in rows} == {"before 23 November 2026", "30 November 2026"}


def test_what_a_note_may_rest_on_is_explained_by_the_principles(essay):
    page = re.sub(r"<[^>]+>", "", essay.page("principles"))
    for words in ("general works", "Language", "See", "documented", "one source", "open"):
        assert words in page


def test_a_mark_of_what_a_statement_rests_on_is_written_in_one_way():
    for path in SOURCE.rglob("*.md"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        if path.name != "principles.md" and "manual" not in path.parts:
            assert text.count("general works:") == len(RESTS_ON["general works"].findall(text)), path.name
            assert re.findall("common(?:ly)? know|generally (?:known|held)|well known", text) == [], path.name


def test_notes_refer_to_notes_by_number(edition):
    """By a number that is computed; never by the passage, which may have several notes."""
    for path in SOURCE.rglob("*.md"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        assert re.findall(r"notes? on \[\d", text) == [], path.name
        if path.name != "cite.md":  # which shows how to cite one
            assert re.findall(r"\bnotes? \d+(?![\d.])", text) == [], path.name
    assert sum(prose.count("{note}`") for prose in notes_of(edition, "commentary", "discussion")) > 30


def test_the_page_to_begin_with_is_as_short_as_it_says():
    page = (SOURCE / "begin.md").read_text(encoding="utf-8")
    subject = page[page.index("## The subject in 300 words") : page.index("(begin-persons)=")]
    prose = re.sub(r"\(notes? [^)]*\)", "", subject.split("\n", 1)[1])
    assert 250 <= len(words_of(prose)) <= 300
    assert len(re.findall(r"^\d\. ", page, re.MULTILINE)) == 5
    register = tomllib.loads((SOURCE / "names.toml").read_text(encoding="utf-8")).values()
    assert sum("rank" in each and "fate" in each for each in register) == 12
