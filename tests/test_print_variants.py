"""Other papers: what is asked for, and what comes out of LaTeX."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import project
from printing import FAULTS, Paper, squeeze, typeset
from proofs import concordance, passages_have_destinations_and_bookmarks
from sampling import ALLOWED, sample_book
from steps import StepError
from variants import Variant, variant

ONE = '[witness.A]\nname = "the first copy"\n'
POINT = 25.4 / 72.0  # in millimetres
NOTES = "The dog saw it.\n\n:::{apparatus}\ndog ] hog A\n:::\n\n:::{commentary}\nsaw ] So it did.\n:::\n\n"
LONG = "\n\n".join(f"The cat number {i} sat on the mat, as it did before. " * 12 for i in range(9))
TEXT = f"# One\n\n{NOTES}{LONG}\n"


@pytest.mark.parametrize(
    ("asked", "suffix"),
    [
        ({}, ""),
        ({"PAPER": "a4"}, ""),
        ({"PAPER": "letter"}, "-letter"),
        ({"PAPER": "Royal"}, "-royal"),
        ({"SECTION": "1"}, "-section-1"),
        ({"LAYOUT": "facing"}, "-facing"),
        (
            {"LAYOUT": "Facing", "WITNESS": "A", "PAPER": "royal", "SECTION": "12"},
            "-royal-facing-A-section-12",
        ),
        ({"LAYOUT": "facing", "WITNESS": "../П 1"}, "-facing-.._П_1"),
        ({"LAYOUT": "plain"}, ""),
    ],
)
def test_what_is_asked_for_is_in_the_name(asked: dict[str, str], suffix: str) -> None:
    assert variant(asked).suffix == suffix


def test_the_plain_book_sets_nothing_but_its_paper_and_layout() -> None:
    assert variant({}) == Variant()
    assert Variant().settings == ["-Dapparatus_paper=a4", "-Dapparatus_layout=plain"]


def test_every_choice_is_a_setting_of_the_book() -> None:
    asked = {"PAPER": "letter", "LAYOUT": "facing", "WITNESS": "B", "SECTION": "2"}
    assert set(variant(asked).settings) == {
        "-Dapparatus_paper=letter",
        "-Dapparatus_layout=facing",
        "-Dapparatus_facing_witness=B",
        "-Dapparatus_section=2",
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"LAYOUT": "sideways"}, "there are plain, facing"),
        ({"WITNESS": "A"}, "WITNESS=A needs LAYOUT=facing"),
        ({"SECTION": "one"}, "SECTION is “one”; it is the number of a section"),
        ({"SECTION": "1.2"}, "it is the number of a section"),
    ],
)
def test_what_cannot_be_printed_stops_and_says_what_can(asked: dict[str, str], said: str) -> None:
    with pytest.raises(StepError, match=said):
        variant(asked)


def test_a_paper_that_does_not_exist_stops_and_names_those_that_do() -> None:
    with pytest.raises(StepError, match="there are a4, letter, royal"):
        variant({"PAPER": "a5"})


def margins(paper: Paper, page: int) -> tuple[float, float]:
    """Left edge of the text, and the page's width less its right edge, in millimetres."""
    width = paper.size[0]
    long = [word for word in paper.pages[page] if re.fullmatch("[a-z]+", word.text)]
    return min(w.left for w in long) * POINT, (width - max(w.right for w in long)) * POINT


@pytest.mark.tex
def test_a_book_on_letter_paper_has_the_same_pages_and_lines(sample: Paper, tmp_path: Path) -> None:
    made = typeset(
        sample_book(tmp_path / "source"), tmp_path / "out", allow=ALLOWED, apparatus_paper="letter"
    )
    assert FAULTS.findall(made.log) == []
    assert made.size == pytest.approx((612, 792), abs=0.5)
    assert concordance(made).places == concordance(sample).places
    assert len(concordance(sample).places) > 50
    filled = made.places["6.4"].page
    recto, verso = (margins(made, page) for page in (filled, filled + 1))
    assert recto[0] == pytest.approx(verso[0], abs=1)


@pytest.mark.tex
def test_an_offprint_of_the_one_section_of_an_edition_in_a_royal_book(tmp_path: Path) -> None:
    source = project(tmp_path / "source", TEXT, witnesses=ONE)
    made = typeset(source, tmp_path / "out", apparatus_paper="royal", apparatus_section="1")
    assert FAULTS.findall(made.log) == []
    assert made.size == pytest.approx((442.2, 663.3), abs=0.5)
    passages_have_destinations_and_bookmarks(made)
    first = made.places["1"].page - 1
    recto, verso = margins(made, first), margins(made, first + 1)
    # the inner margin is the narrower: left on a recto, right on a verso
    assert recto[0] == pytest.approx(22, abs=1)
    assert verso[1] == pytest.approx(22, abs=1)
    foot = squeeze(" ".join(word.text for word in made.pages[first]))
    assert squeeze("dog] hog A") in foot
    assert squeeze("So it did.") in foot
