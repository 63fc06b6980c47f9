"""The page of the book as an edition wants it: what lines are counted by, how apparatus and notes are set."""

from __future__ import annotations

import re

import pytest
from building import CONF, project
from printing import SMALL, Paper, Word, typeset

pytestmark = pytest.mark.tex

SENTENCE = "The river runs below the town by day and night and nobody has seen it rest. "
PASSAGES = [(section, number) for section in (2, 3, 4) for number in (1, 2, 3, 4)]
#: What lines are counted by, the arrangement of the apparatus and that of the notes.
PAGES = {
    "section": ("three columns", "lines"),
    "paragraph": ("two columns", "three columns"),
    "throughout": ("lines", "paragraph"),
}


def passage(section: int, number: int) -> str:
    """Six sentences with three entries and a note, all with words of their own."""
    own = f"{section}{number}"
    heading = f"## Part {section}\n\n" if number == 1 else ""
    words = (SENTENCE * 6).replace("night", f"dark{own}", 1).replace("nobody", f"who{own}", 3)
    entries = f"dark{own} ] light A\nwho{own}^1 ] no{own} A ; another one B\nwho{own}^3 ] man{own} B\n"
    note = f"dark{own} ] A note of {own}, which is not so short that it stands in one line of a column.\n"
    return f"{heading}{words}\n\n:::{{apparatus}}\n{entries}:::\n\n:::{{commentary}}\n{note}:::\n"


@pytest.fixture(scope="module", params=PAGES)
def wanted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Paper]:
    apparatus, notes = PAGES[request.param]
    series = {
        "apparatus": {"arrangement": apparatus},
        "commentary": {"holds": "prose", "form": "notes", "arrangement": notes},
    }
    conf = f"{CONF}apparatus_lines = {{'by': '{request.param}', 'every': 3}}\napparatus_series = {series}\n"
    conf += 'apparatus_running_title = "In short"\n'
    text = "# Forms\n\n" + "\n".join(passage(*its) for its in PASSAGES)
    folder = tmp_path_factory.mktemp("page")
    return request.param, typeset(project(folder / "source", text, conf=conf), folder / "book")


def pages_of_text(paper: Paper) -> range:
    """The pages from the first passage to the end."""
    return range(paper.places["1"].page, paper.places["4.4"].page + 1)


def rows_of_text(paper: Paper) -> list[list[Word]]:
    """The lines of the text with what stands beside them, page after page."""
    rows = []
    for page in pages_of_text(paper):
        foot = paper.foot_top(page)
        rows += [
            row
            for row in paper.rows(page)
            if row[0].top < foot and max(w.bottom - w.top for w in row) > SMALL
        ]
    return rows


def keys(by: str, paper: Paper) -> dict[str, str]:
    """What the entry on each word ought to be keyed to, counted from the lines that are seen."""
    found, line, where = {}, 0, ""
    for row in rows_of_text(paper):
        words = [word.text for word in row]
        begins = next((word for word in words if re.fullmatch(r"[1-4](\.\d)?", word)), "")
        if by == "section" and {"Part", "Forms"} & {*words}:
            line, where = 0, f"{begins}, "
        if by == "paragraph" and ("." in begins or "Part" in words):
            line, where = 0, f"{begins}, "
        line += 1
        for word in words:
            if name := re.match(r"(dark|who)\d\d", word):
                found[name[0]] = f"{where}{line}"  # of several same words the last, as of their entries
    return found


def test_lines_are_counted_as_the_edition_wants_and_entries_are_keyed_to_them(
    wanted: tuple[str, Paper],
) -> None:
    by, paper = wanted
    words = " ".join(paper.run("pdftotext", "PDF", "-").split())
    expected = keys(by, paper)
    assert len(expected) == 2 * len(PASSAGES)
    for name, key in expected.items():
        entry = f"{key} {name}] light A" if name[0] == "d" else f"{key} {name}] man{name[3:]} B"
        assert entry in words


def test_no_entry_or_note_is_lost(wanted: tuple[str, Paper]) -> None:
    words = " ".join(wanted[1].run("pdftotext", "PDF", "-").split())
    for section, number in PASSAGES:
        own = f"{section}{number}"
        assert words.count(f"dark{own}]") == 1 and words.count(f"who{own}]") == 2
        assert words.count(f"A note of {own},") == 1


def test_the_apparatus_stands_in_its_columns(wanted: tuple[str, Paper]) -> None:
    by, paper = wanted
    begin = {"lines": 1, "two columns": 2, "three columns": 3}[PAGES[by][0]]
    for page in list(pages_of_text(paper))[:2]:
        lefts = {
            round(word.left, -1)
            for word in paper.pages[page - 1]
            if re.match(r"dark\d\d\]|who\d\d\]", word.text)
        }
        gaps = [b - a for a, b in zip(sorted(lefts), sorted(lefts)[1:], strict=False) if b - a > 60]
        assert len(gaps) == begin - 1


def test_every_third_line_shows_its_number(wanted: tuple[str, Paper]) -> None:
    numbers = [
        int(word.text)
        for row in rows_of_text(wanted[1])
        for word in (row[0], row[-1])
        if word.text.isdigit() and int(word.text) > 4
    ]
    assert numbers and all(number % 3 == 0 for number in numbers)


def test_the_running_head_has_the_short_title(wanted: tuple[str, Paper]) -> None:
    _, paper = wanted
    heads = [[w.text for w in paper.pages[page - 1] if w.top < 72] for page in pages_of_text(paper)]
    assert any("short" in head for head in heads)


AFTER = (
    "apparatus_series = {'apparatus': {'label': 'Variants', 'arrangement': 'after the text'}, "
    "'commentary': {'holds': 'prose', 'form': 'notes'}}\n"
)
TWO_PAGES = "# Forms\n\n" + "\n".join(passage(2, number) for number in range(1, 8)) + "\n"
VERSES = (
    ":::{verse}\nThe river runs below the town,\nby night and day.\n:::\n\n:::{apparatus}\n"
    "2.8: town ] bridge A\n2.8–2.9: runs … night ] om. B\n:::\n"
)


def test_entries_after_the_text_are_keyed_to_the_page_and_line_of_their_words(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("after")
    paper = typeset(project(folder / "source", TWO_PAGES + VERSES, conf=CONF + AFTER), folder / "book")
    first = paper.places["1"].page - 1
    last = paper.places["2.9"]
    names = [name for name in paper.places if re.fullmatch(r"2\.\d-a\d", name)]
    assert len(names) == 7 * 3 + 2
    for name in names:  # all behind the last verse
        place = paper.places[name]
        assert (place.page, place.top) > (last.page, last.top)
    words = " ".join(paper.run("pdftotext", "PDF", "-").split())
    behind = words[words.index("Variants") :]
    page = 0
    for name in sorted(names, key=lambda name: (name.split("-")[0], name)):
        start = paper.places[f"{name}:start"]
        if name.startswith("2.8"):
            continue
        key = str(paper.line(f"{name}:start"))
        key = f"p. {start.page - first}, {key}" if start.page != page else key
        page = start.page
        number = name.removeprefix("2.").split("-")[0]
        lemma = f"dark2{number}] light A" if name.endswith("a1") else f"who2{number}"
        assert f"{key} {lemma}" in behind, (key, lemma, behind)
    assert page > paper.places["1"].page  # it has more than one
    assert "2.8 town] bridge A" in behind and "2.8–2.9 runs" in behind
