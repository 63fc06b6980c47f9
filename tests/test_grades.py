"""How sure a note is: its series declares the grades, the note ends with one, the page counts them."""

from __future__ import annotations

import pytest
from building import build, project

from apparatus.edition import Edition, PlacedItem, Series, SourceDocument, make_edition
from apparatus.establishment import grades_of
from apparatus.model import Conspectus, Note, Origin
from apparatus.notation import parse_notes
from apparatus.numbering import SourceBlock

GRADES = ("documented", "one source", "open")


def edition(*notes: str, grades: tuple[str, ...] = GRADES) -> Edition:
    series = {"commentary": Series("commentary", "Notes", "prose", "notes", "n", grades=grades)}
    parsed, problems = parse_notes(notes, Origin("text.md", 1))
    assert problems == ()
    items = tuple(PlacedItem("commentary", note, 0) for note in parsed)
    return make_edition(
        [SourceDocument("text", 1, (SourceBlock("The cat sat on the mat."),), items)],
        series,
        Conspectus(),
        {},
    )


def test_a_note_carries_its_grade_and_its_prose_has_it_not() -> None:
    [entry] = edition("cat ] An animal. {grade}`one source`").entries
    assert isinstance(entry.item, Note)
    assert (entry.item.grade, entry.item.body) == ("one source", ("An animal.",))


@pytest.mark.parametrize(
    ("grade", "grades", "message"),
    [
        ("opne", GRADES, "series 'commentary' has no grade 'opne'; did you mean 'open'?"),
        (
            "certain",
            GRADES,
            "series 'commentary' has no grade 'certain'; declare it in 'grades' of 'commentary'",
        ),
        ("open", (), "series 'commentary' has no grade 'open'; declare it in 'grades' of 'commentary'"),
    ],
)
def test_a_grade_that_its_series_lacks_is_reported(grade: str, grades: tuple[str, ...], message: str) -> None:
    found = edition("mat ] A rug.", f"cat ] An animal. {{grade}}`{grade}`", grades=grades).problems
    assert [(p.kind.value, p.message, str(p.origin)) for p in found] == [
        ("unknown_grade", message, "text.md:2")
    ]


def test_grades_are_counted_by_series_and_so_are_notes_that_have_none() -> None:
    found = edition("cat ] An animal. {grade}`open`", "sat ] Rested. {grade}`open`", "mat ] A rug.")
    assert grades_of(found) == {"commentary": {"open": 2, None: 1}}
    assert grades_of(edition("cat ] An animal.", grades=())) == {}


@pytest.mark.parametrize("grades", ["open", ["open", 1], {"open": 1}])
def test_grades_that_are_no_list_of_texts_are_reported(tmp_path, grades) -> None:
    series = {"commentary": {"label": "Notes", "holds": "prose", "form": "notes", "grades": grades}}
    source = project(tmp_path / "source", "# Title\n\nThe cat sat.\n", witnesses="")
    said = build(source, tmp_path / "out", allow="bad_config", apparatus_series=series).warnings
    assert any("['grades'] is" in message and "it wants a list of texts" in message for message in said)


def test_a_grade_is_on_the_page_and_shown_on_request(tmp_path) -> None:
    series = {"commentary": {"label": "Notes", "holds": "prose", "form": "notes", "grades": ["open"]}}
    text = "# Title\n\nThe cat sat.\n\n:::{commentary}\ncat ] An animal. {grade}`open`\nsat ] Rested.\n:::\n"
    built = build(project(tmp_path / "source", text, witnesses=""), tmp_path / "out", apparatus_series=series)
    page = built.page("index")
    assert page.count('<span class="grade">open</span>') == 1
    assert page.index("An animal.") < page.index('<span class="grade">') < page.index("Rested.")
    assert '<input type="checkbox" name="show-grades">How sure a note is' in page
    assert "{grade}" not in page
