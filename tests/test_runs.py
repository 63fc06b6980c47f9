"""An entry as it is printed, before any output format."""

from __future__ import annotations

import unicodedata

import pytest

from apparatus.model import Siglum
from apparatus.notation import parse_entry
from apparatus.render.runs import RunKind, Standing, abbreviate, lay_out, printed_lemma, standing
from apparatus.render.style import STYLE

SIGLA = {"A", "B", "C", "Madvig", "ω"}


def printed(line: str, words: str, **options: object) -> str:
    """The entry as a line of type: *editorial* words starred, remarks as (…)."""
    entry, problems = parse_entry(line, SIGLA)
    assert entry is not None and not problems
    shown = []
    for run in lay_out(entry, words, STYLE, **options):
        if run.kind in (RunKind.EDITORIAL, RunKind.DOUBTFUL):
            shown.append(f"*{run.text}*")
        elif run.kind is RunKind.SIGLUM and run.siglum:
            shown.append(run.text + (f"^{run.siglum.hand}" if run.siglum.hand else ""))
        else:
            shown.append("(…)" if run.kind is RunKind.REMARK else run.text)
    return "".join(shown)


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("led ] lead A", "led", "led ] lead A"),
        ("led ] lead A B ; lad C", "led", "led ] lead A B ; lad C"),
        ("led ] lead A / leade B ; lad C", "led", "led ] lead A / leade B ; lad C"),
        ("led A ] lead C", "led", "led A ] lead C"),
        ("led ] / lede A ; lad B", "led", "led ] / lede A ; lad B"),
        ("refer ] om. A", "refer", "refer ] *om.* A"),
        ("army ] add. of liberation A", "army", "army ] *add.* of liberation A"),
        ("army ] transp. post soldiers A", "army", "army ] *transp. post* soldiers A"),
        ("army ] transp. ante 2.4: soldiers A", "army", "army ] *transp. ante* 2.4: soldiers A"),
        ("¶ ] transp. post 2.5 A", "The whole block.", "¶ ] *transp. post* 2.5 A"),
        ("led A^pc ] lead A^ac", "led", "led A^pc ] lead A^ac"),
        ("led ] lead A?", "led", "led ] lead A *ut vid.*"),
        ("led ] crux. (why)", "led", "led ] *crux.* (…)"),
        (
            "Also … officially ] om. A",
            "Also this and that and more officially",
            "Also … officially ] *om.* A",
        ),
        ("lost. ¶ Then ] lost. Then A", "lost.\nThen", "lost. ¶ Then ] lost. Then A"),
        ("led A (sic) ] lead B (a Danicism) ; (a remark)", "led", "led A (…) ] lead B (…) (…)"),
    ],
)
def test_an_entry_is_printed_as_the_field_prints_it(line, words, expected):
    assert printed(line, words) == expected


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("the^1 ] The A", "the", "the¹ ] The A"),
        ("the ] The A", "the", "the ] The A"),
        ("the^12 ] The A", "the", "the¹² ] The A"),
        ("the^1 … men^2 ] om. A", "the old men", "the¹ … men² ] *om.* A"),
        ("the^2 … men ] om. A", "the old men", "the² … men ] *om.* A"),
    ],
)
def test_the_number_of_an_occurrence_is_raised_where_the_entry_gives_it(line, words, expected):
    assert printed(line, words) == expected
    entry, _ = parse_entry(line, SIGLA)
    assert entry is not None
    assert not set("¹²") & set(printed_lemma(entry.lemma, words, STYLE))


def test_the_number_of_an_occurrence_stands_outside_the_marks_of_the_editors():
    said = printed("was^2 ] om. A", "was", how=Standing.SUPPLEMENT)
    assert said == "⟨was⟩² ] *om.* A"


def test_a_supplement_stands_in_angle_brackets_in_its_entry():
    assert printed("refer ] om. A", "refer", how=Standing.SUPPLEMENT) == "⟨refer⟩ ] *om.* A"


def test_a_long_lemma_is_shortened_to_its_first_and_last_words():
    assert abbreviate("one two three four five six", STYLE) == "one two three four five six"
    assert abbreviate("one two three four five six seven", STYLE) == "one two … six seven"


def test_a_reading_that_differs_only_in_its_code_points_says_so():
    decomposed = unicodedata.normalize("NFD", "Emigré")
    assert printed(f"Emigré ] {decomposed} A", "Emigré").endswith("*(NFD)* A")


def test_crux_and_seclusion_are_standings_of_the_text():
    crux, _ = parse_entry("led ] crux.", SIGLA)
    secluded, _ = parse_entry("led ] secl. Madvig", SIGLA)
    assert crux is not None and secluded is not None
    assert (standing(crux), standing(secluded)) == (Standing.CRUX, Standing.SECLUDED)


def test_a_remark_on_the_supporters_that_are_named_says_nothing_of_the_silent():
    support = (Siglum("A"), Siglum("B"), Siglum("C"))
    assert (
        printed("left A (over an erasure) ] ran Madvig", "left", support=support)
        == "left A (…) B C ] ran Madvig"
    )
