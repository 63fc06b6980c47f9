"""Records that would print mutilated are reported; what BibTeX files carry besides is left alone."""

from __future__ import annotations

from collections import UserDict
from difflib import get_close_matches
from pathlib import Path

import pytest
from pybtex.database import Entry, Person

from apparatus.bibliography import doubts, style_for
from apparatus.bibliography.records import FOREIGN, PRINTED
from apparatus.bibliography.style import TYPES

ROOT = Path(__file__).parent.parent
#: Fields that BibTeX files carry and that look like no other.
CARRIED = (
    "abstract file keywords timestamp owner month eprint language crossref annotation groups rating date-added "
    "bdsk-url-1 biburl bibsource mendeley-tags collection"
)


def said(bib: str) -> list[str]:
    return [f"{p.origin.line if p.origin else ''}: {p.message}" for p in doubts(bib, "works.bib")]


def test_a_misspelt_record_is_reported_at_its_lines() -> None:
    bib = (
        "@string{p = {P}}\n\n@boook{zzz2020, author={Doe, Jane}, titel={Zed},\n  note = {a\n  b},\n"
        "  yaer={2020}, publisher=p, address={L}}"
    )
    assert said(bib) == [
        "3: 'zzz2020' is of the unknown type 'boook' and is set like a book; did you mean 'book'?",
        "3: 'zzz2020' has an unknown field 'titel'; did you mean 'title'?",
        "6: 'zzz2020' has an unknown field 'yaer'; did you mean 'year'?",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("artcle", "did you mean 'article'?"),
        ("inproceeding", "did you mean 'inproceedings'?"),
        ("Misk", "did you mean 'misc'?"),
        ("patent", "write 'book' if it is one, 'misc' if it is like no other"),
    ],
)
def test_a_type_that_the_style_does_not_know_is_reported(written: str, meant: str) -> None:
    (message,) = said(f"\n@{written}{{k, title={{T}}}}")
    assert message == f"2: 'k' is of the unknown type '{written.lower()}' and is set like a book; {meant}"


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_type_that_the_style_knows_is_not_reported(kind: str) -> None:
    assert said(f"@{kind.upper()}{{k, Title={{T}}}}") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tilte", "title"),
        ("authors", "author"),
        ("adress", "address"),
        ("jounral", "journal"),
        ("publsiher", "publisher"),
        ("page", "pages"),
        ("bookitle", "booktitle"),
        ("shortitle", "shorttitle"),
        ("englishtitel", "englishtitle"),
        ("ulr", "url"),
        ("dio", "doi"),
    ],
)
def test_a_field_that_looks_misspelt_is_reported_once(written: str, meant: str) -> None:
    title = "" if meant == "title" else "title = {T}, "
    record = f"@article{{k,\n {title}\n  {written} = {{X}}}}"
    assert said(record) == [f"3: 'k' has an unknown field '{written}'; did you mean '{meant}'?"]
    assert said(f"@book{{k, title={{T}}, {meant}={{X}}, {written}={{X}}}}") == []


@pytest.mark.parametrize(
    "foreign",
    sorted(FOREIGN) + CARRIED.split(),
)
def test_a_foreign_field_is_left_alone(foreign: str) -> None:
    assert said(f"@book{{k, title={{T}}, {foreign}={{X}}}}") == []


def test_only_such_foreign_fields_are_listed_as_would_be_taken_for_others() -> None:
    assert [name for name in FOREIGN if not get_close_matches(name, PRINTED, cutoff=0.75)] == []


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ("@book{k, author={X, Y}, booktitle={B}}", "'title'"),
        ("@book{k, title={ }, year=2000}", "'title'"),
        ("@article{k, author={X, Y}}", "'title' or 'journal' or 'journaltitle'"),
        ("@incollection{k, author={X, Y}, crossref={p}}", "'title' or 'booktitle'"),
        ("@online{k, author={X, Y}, url={https://example.org}}", "'title' or 'howpublished' or 'note'"),
        ("@thesis{k}", "'title'"),
    ],
)
def test_a_record_without_a_title_is_reported(record: str, fields: str) -> None:
    assert said(f"\n\n{record}") == [f"3: 'k' has no title; give it the field {fields}"]


@pytest.mark.parametrize(
    "record",
    [
        "@article{k, journal={J}}",
        "@periodical{k, journaltitle={J}}",
        "@inbook{k, booktitle={B}}",
        "@misc{k, note={Letter to X}}",
        "@unpublished{k, howpublished={Letter}}",
        "@comment{k, titel={T}}",
        "@preamble{{x}}",
        "no record",
        "@book{k, titel = nothing}",  # reported as what cannot be read
        "@book{k, titel",
    ],
)
def test_what_stands_for_a_title_and_what_is_no_record_are_not_reported(record: str) -> None:
    assert said(record) == []


def test_the_bibliographies_of_the_edition_are_not_reported() -> None:
    files = sorted((ROOT / "bib").glob("*.bib"))
    assert len(files) == 3
    assert [said(path.read_text(encoding="utf-8")) for path in files] == [[]] * 3


class Watched(UserDict[str, str]):
    """Fields that keep in mind which of them were asked for."""

    asked: set[str]

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return name in self.data

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.asked.add(name)
        return self.data.get(name, default)


def test_the_fields_that_are_called_printed_are_those_that_the_style_reads() -> None:
    asked = {"author", "editor"}  # persons of their own in pybtex
    style = style_for("iso9")()
    for kind in TYPES:
        for given in (*({name} for name in PRINTED), PRINTED, PRINTED - {"year"}):
            value = "Ж" if len(given) == 1 else "X"
            persons = {role: [Person("X, Y")] for role in ("author", "editor") if role in given}
            entry = Entry(kind, persons=persons)
            entry.key, entry.fields = "k", Watched(dict.fromkeys(given, value))
            entry.fields.asked = asked
            style.sort([entry])
            list(style.format_labels([entry]))
            style.format_entry("", entry)
    assert asked == PRINTED
