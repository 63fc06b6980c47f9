"""What the principles and the introduction say of the text is so: counted in text and witness, class by class."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from building import ROOT, Built

from apparatus.edition import Edition
from apparatus.model import Entry
from apparatus.sphinxext.domain import domain_of

SOURCE = ROOT / "source"
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
NUMBERS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
PASSAGE = re.compile(r"\[([\d.]+)\]\(#\1\)")
#: Words in italics and, behind them, the passages that are said to have them.
QUOTED = re.compile(
    r"((?:\*[^*\n]+\*(?:, | and |; )?)+)(?:[^(|*]{0,40})\(((?:\[[\d.]+\]\(#[\d.]+\)(?:, )?)+)"
)


@pytest.fixture(scope="module")
def edition(essay_built: Built) -> Edition:
    made = domain_of(essay_built.app.env).edition
    assert made is not None
    return made


@pytest.fixture(scope="module")
def ours(edition: Edition) -> dict[str, str]:
    """The edited text, passage by passage."""
    return {block.number: block.text for block in edition.text.blocks}


@pytest.fixture(scope="module")
def theirs(ours: dict[str, str]) -> dict[str, str]:
    """The witness, passage by passage, read from the file alone; the heading of section 3 is not in it."""
    lines = witness().split("\n")
    text = [re.sub(r"^\s*(?:• )?", "", line) for line in lines[: lines.index("Leave a Reply")]]
    return dict(zip([n for n in ours if n != "3"], filter(None, text), strict=True))


def witness() -> str:
    return (SOURCE / "witnesses" / "W.txt").read_text(encoding="utf-8")


def page(name: str) -> str:
    return " ".join((SOURCE / name).read_text(encoding="utf-8").split())


def readings(edition: Edition, series: str) -> list[tuple[str, str, str]]:
    """Passage, words, and what the witness has, of every reading of a series."""
    found = [(e, e.item) for e in edition.entries if e.series.name == series and isinstance(e.item, Entry)]
    numbers = [block.number for block in edition.text.blocks]
    return [(numbers[e.block], e.words, r.text) for e, item in found for r in item.readings]  # type: ignore[index]


def differences(a: str, b: str) -> Iterator[tuple[str, str]]:
    """What two texts have in place of one another, token by token, without the blanks round it."""
    ours, theirs = TOKEN.findall(a), TOKEN.findall(b)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield "".join(ours[i:j]).strip(), "".join(theirs[k:m]).strip()


def words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]


def test_the_two_lists_have_every_difference_of_text_and_witness_and_no_other(edition, ours, theirs):
    compared = Counter((n, *pair) for n in theirs for pair in differences(ours[n], theirs[n]))
    compared["3", ours["3"], ""] += 1
    said = Counter(
        (n, *pair)
        for series in ("apparatus", "accidentals")
        for n, lemma, reading in readings(edition, series)
        for pair in (differences(lemma, reading) if reading else [(lemma, "")])
    )
    assert said == compared
    assert compared.total() == 15


def test_a_reading_of_the_apparatus_changes_a_word_and_one_of_the_accidentals_none(edition):
    assert [r for r in readings(edition, "apparatus") if words(r[1]) == words(r[2])] == []
    assert [r for r in readings(edition, "accidentals") if words(r[1]) != words(r[2])] == []


def test_the_principles_count_both_lists(edition):
    for series in ("apparatus", "accidentals"):
        count = NUMBERS[len(readings(edition, series))]
        assert re.search(
            rf"{series}\*[^.]*\. It has {count} entries\.|{series}\*[^.]*stop\. It has {count} entries",
            page("principles.md"),
        )


def classes() -> dict[str, list[str]]:
    """The table of classes: its cells by the name in the first."""
    text = (SOURCE / "principles.md").read_text(encoding="utf-8")
    table = text[text.index("| Class |") : text.index("With one witness every")]
    rows = [
        [cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.strip().splitlines()[2:]
    ]
    return {row[0]: row[1:] for row in rows}


def quoted(cell: str) -> list[tuple[str, list[str]]]:
    """Each word or phrase in italics of a cell, with the passages named behind it."""
    return [
        (phrase, PASSAGE.findall(places))
        for phrases, places in QUOTED.findall(cell)
        for phrase in re.findall(r"\*([^*]+)\*", phrases)
    ]


def test_the_classes_of_the_principles_are_the_changes_that_there_are(edition, theirs):
    made = {
        (n, reading or lemma)
        for s in ("apparatus", "accidentals")
        for n, lemma, reading in readings(edition, s)
    }
    table = classes()
    named = {
        (n, phrase) for mended, *_ in table.values() for phrase, places in quoted(mended) for n in places
    }
    assert named == {(n, words) for n, words in made if " - " not in words and "-" not in words} - {
        ("3.3", "Movement")
    }
    hyphens = sorted(n for n, words in made if re.search(r" - |\d-\d", words))
    assert sorted(set(hyphens)) == sorted(PASSAGE.findall(table["A hyphen in place of a dash"][0]))
    assert PASSAGE.findall(table["Stops"][0]) == ["3.3"]
    assert [name for name, (mended, *_) in table.items() if mended == "none"] == [
        "Blanks",
        "Hyphens in compounds",
        "Capitals",
        "Commas",
    ]


def test_what_the_principles_leave_stands_in_the_text_as_in_the_witness(ours, theirs):
    left = [pair for _, kept, _ in classes().values() for pair in quoted(kept)]
    text = (SOURCE / "principles.md").read_text(encoding="utf-8")
    habits = text[text.index("(principles-kept)=") : text.index("(principles-conventions)=")]
    left += quoted(habits)
    left += [
        (phrase, [n])
        for n, phrase in re.findall(r"^\| \[([\d.]+)\]\(#[\d.]+\) \| \*([^*]+)\* \|", habits, re.MULTILINE)
    ]
    assert len(left) > 30
    for phrase, places in left:
        for n in places:
            for part in re.split(r" … ?|…, ", phrase):
                assert part in ours[n] and part in theirs[n], (n, part)


def test_nothing_of_a_class_that_is_mended_is_left(ours):
    text = "\n".join(ours.values())
    assert re.findall(r" - |\d-\d", text) == []
    slips = re.findall(r"\b(?:masters )?(?:lead|Nikika|marionet|moral|Anyway)\b", text)
    assert slips == ["masters lead"]  # the verb in its place


def test_what_is_left_of_like_cases_is_all_of_them(ours):
    """Capitals, blanks and stops that the principles name are those that a search finds."""
    table = classes()
    initials = {n for n, text in ours.items() if re.search(r"[А-Я]\.[А-Я]\.", text)}
    assert initials == set(PASSAGE.findall(table["Blanks"][1]))
    in_capitals = {
        n for n, text in ours.items() if re.search(r"[А-Я][а-я]+[ -](?:за )?[А-Я][а-я]+(?! [А-Я]\.)", text)
    }
    assert in_capitals == set(PASSAGE.findall(table["Capitals"][1]))
    assert {n for n, text in ours.items() if text.endswith(":")} - {"3.2", "3.5", "3.13"} == {"1", "2"}


def test_no_number_of_a_passage_has_moved(ours):
    recorded = [line.split("\t")[0] for line in (SOURCE / "anchors.tsv").read_text("utf-8").splitlines()]
    assert [number for number in recorded if "-" not in number] == list(ours)


def test_no_entry_that_versions_before_have_had_leads_nowhere(ours):
    """The twenty-one anchors of entries of 1.0.0 to 1.2.0 that 2.0.0 no longer has; the list of changes names them."""
    lines = [line.split("\t") for line in (SOURCE / "anchors.tsv").read_text("utf-8").splitlines()]
    gone = {fields[0]: fields[2] for fields in lines if len(fields) == 5}
    changes = (
        (ROOT / "CHANGELOG.md").read_text("utf-8").partition("## 2.0.0")[2].partition("\n- The first page")[0]
    )
    moved = dict(re.findall(r"(\d[\d.]*-a\d) → (\d[\d.]*-[ac]\d)", changes))
    withdrawn = set(re.findall(r"\d[\d.]*-a\d", changes.partition("Gone, since")[2].partition("Notes:")[0]))
    taken = {"0.2-a1", "1.6-a1"}  # by entries that 2.0.0 has, and so not to be told
    assert {anchor for anchor in moved if anchor not in taken} | (withdrawn - taken) == set(gone)
    assert all(gone[anchor] == f"moved to {to}" for anchor, to in moved.items() if anchor not in taken)
    assert all(gone[anchor] == "withdrawn" for anchor in withdrawn - taken)


def test_how_far_the_second_copy_goes_is_counted(theirs):
    end = "there was an interest in"
    before = sum(len(text) for n, text in theirs.items() if n < "1.4")
    reached = before + theirs["1.4"].index(end) + len(end)
    total = sum(map(len, theirs.values()))
    assert f"“{end}” ([1.4](#1.4)), the first {reached:,} of {total:,} characters" in page("established.md")


def signs() -> str:
    text = page("introduction.md")
    return text[text.index("(introduction-signs)=") : text.index("(introduction-form)=")]


def having(pattern: str, texts: dict[str, str]) -> list[str]:
    return [n for n, text in texts.items() if re.search(pattern, text)]


def test_who_speaks_where_is_as_the_introduction_says(theirs):
    accounts = [n for n in theirs if n[0] in "12"]
    assert having(r"\b(?:I|my|me)\b", theirs) == ["0.2", "3.2"]
    assert having(r"\b[Yy]ou\b", theirs) == ["0.3", "3.1"]
    assert set(having(r"\b(?:I|you|[Ww]e|our)\b", theirs)).isdisjoint(accounts)
    assert "“I” speaks in the head-note ([0.2](#0.2)) and in the book list ([3.2](#3.2))" in signs()
    assert "“you” ([0.3](#0.3), [3.1](#3.1))" in signs()
    for n, phrase in (
        *(("2.2", "by Soviet definition"), ("2.3", "were perceived as"), ("2.3", "It was seen as")),
        *(("2.4", "This is interpreted as"), ("1.5", "was seen as")),
    ):
        assert phrase in theirs[n] and phrase in signs()
    assert having("ROA", theirs) == ["1.8"]


def test_dashes_and_hyphens_are_where_the_introduction_says(theirs):
    dashes, hyphens = having("–", theirs), having(" - ", theirs)
    count = NUMBERS[sum(text.count("–") for text in theirs.values())]
    places = ", ".join(f"[{n}](#{n})" for n in dashes)
    assert f"The accounts have the dash, {count} times ({places})" in signs()
    count = NUMBERS[sum(text.count(" - ") for text in theirs.values())]
    places = ", ".join(f"[{n}](#{n})" for n in hyphens)
    assert f"Head-note and book list have the hyphen, {count} times ({places})" in signs()
    assert {n[0] for n in dashes} == {"1", "2"} and {n[0] for n in hyphens} == {"0", "3"}
    assert having("[’“”]", theirs) == ["2.3", "3.8", "3.10", "3.14"]
    assert having("['\"]", theirs) == []


def test_the_book_list_is_as_the_introduction_says(theirs):
    assert having("[Oo]pen[Ll]ibrary", theirs) == ["3.3", "3.4", "3.6", "3.7"]
    russian = [n for n in theirs if n[0] == "3" and re.match("[А-Я]", theirs[n])]
    assert russian == ["3.9", "3.11", "3.14", "3.16"]
    assert [n for n in russian if not theirs[n].endswith(".")] == ["3.16"]
    assert having(r"\bMr\.", theirs) == ["3.12"]


def test_blank_lines_of_the_witness_are_as_the_introduction_says():
    body = witness().split("Leave a Reply")[0]
    [gap] = re.finditer(r"\n\n\n+", body)
    assert gap.group() == "\n\n\n"
    assert body[: gap.start()].endswith("of such a caliber.")
    assert body[gap.end() :].startswith("There is a lot of material")
    assert witness().endswith("<strike> <strong>")
