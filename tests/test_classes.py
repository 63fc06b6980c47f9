"""What sort of variant a reading is: the editor says it, rules tell the rest, and all that is shown goes by it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from building import CONF, Built, build, project
from encoding import file_in

from apparatus.changes import Change
from apparatus.classes import USUAL, Cause, Classification, VariantClass
from apparatus.collation.mending.double import merge_entries
from apparatus.edition import Edition, PlacedItem, Series, SourceDocument, make_edition
from apparatus.establishment import causes_of, establish, kinds_of
from apparatus.forms import is_substantive
from apparatus.model import Conspectus, Entry, Origin, Witness
from apparatus.notation import parse_entries, parse_entry, write_entry
from apparatus.numbering import SourceBlock
from apparatus.render.face import Faces
from apparatus.voice import ENGLISH

SPELLING = VariantClass("spelling", "Spelling", False, (Change.SPELLING, Change.CAPITALS))
FORM = VariantClass("form", "Form of a word")
WORDING = VariantClass("wording", "Wording", rules=(Change.WORDS, Change.OMISSION))
DECLARED = Classification(
    (SPELLING, FORM, WORDING), (Cause("eye-skip", "Eye-skip"), Cause("dittography", "D"))
)
WHO = Conspectus((Witness("A"), Witness("B"), Witness("C")))
TEXT = "The men were led down, at last, by of man and beast"


def edition(*lines: str, declared: Classification = DECLARED, variants: str = "by rule") -> Edition:
    entries, problems = parse_entries(lines, Origin("text.md", 1), WHO.keys)
    assert problems == ()
    items = tuple(PlacedItem("apparatus", entry, 0) for entry in entries)
    series = {"apparatus": Series("apparatus", "Apparatus", variants=variants)}
    document = SourceDocument("text", 1, (SourceBlock(TEXT),), items)
    return make_edition([document], series, WHO, {}, classification=declared)


def names(found: Edition) -> list[str]:
    entry = found.entries[0]
    assert isinstance(entry.item, Entry)
    its = found.classification
    return [" ".join(c.name for c in its.of(entry.words, entry.item, r)) for r in entry.item.readings]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("led ] lead A", ["spelling"]),
        ("led ] lead A {wording}", ["wording"]),
        ("led ] lead A {form, spelling}", ["form spelling"]),  # as they are said
        ("led ] lead A {form} ; Led B ; taken C", ["form", "spelling", "wording"]),
        ("led ] om. A {< eye-skip}", ["wording"]),  # a cause is no class
        ("led ] lead A {nothing}", ["spelling"]),  # what is not declared says nothing
        ("down, ] down A", ["punctuation"]),  # no class takes it, so it is one of its own
        (", ] om. A", ["punctuation"]),
        ("led ] add. again A", ["addition"]),
    ],
)
def test_rules_fill_in_what_is_not_said_and_overrule_nothing(line: str, expected: list[str]) -> None:
    line = line.replace(", ] om.", ",^1 ] om.")
    assert names(edition(line)) == expected


def test_where_nothing_is_declared_every_finding_of_the_rules_is_a_class_that_can_be_said() -> None:
    usual = Classification()
    assert names(edition("led ] lead A {words}", declared=usual)) == ["words"]
    assert edition("led ] lead A {words}", declared=usual).problems == ()
    assert usual.all == usual.classes == tuple(USUAL.values())


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("spellling", "there is no class 'spellling'; did you mean 'spelling'? or declare it in apparatus_classes"),
        ("xyz", "there is no class 'xyz'; declare it in apparatus_classes"),
        ("< eyeskip", "there is no cause 'eyeskip'; did you mean 'eye-skip'? or declare it in apparatus_causes"),
        ("eye-skip", "there is no class 'eye-skip'; it is declared as a cause, which stands behind '<'"),
        ("form < form", "there is no cause 'form'; it is declared as a class, which stands before '<'"),
        ("punctuation", "there is no class 'punctuation'; declare it in apparatus_classes"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_declared_is_reported_with_the_nearest(said: str, message: str) -> None:
    found = edition("men ] man B", f"led ] lead A {{{said}}}").problems
    assert [(p.kind.value, p.message, str(p.origin)) for p in found] == [
        ("unknown_class", message, "text.md:2")
    ]


@pytest.mark.parametrize(
    ("line", "variants", "substantive"),
    [
        ("led ] lead A", "by rule", False),
        ("led ] lead A {wording}", "by rule", True),
        ("led ] taken A {spelling}", "by rule", False),
        ("led ] taken A {spelling, form}", "by rule", True),  # one of them is enough
        ("led ] taken A {spelling} ; taken off B", "by rule", True),
        ("led ] lead A {spelling}", "substantive", False),  # at the reading goes before of the series
        ("led ] lead A", "substantive", True),
        ("led ] taken A {wording}", "accidental", True),
        ("led ] taken A {< eye-skip}", "accidental", False),
    ],
)
def test_who_says_whether_a_reading_is_substantive(line: str, variants: str, substantive: bool) -> None:
    found = edition(line, variants=variants)
    assert is_substantive(found.entries[0], found.classification) is substantive


def test_what_is_said_is_said_aloud_and_what_rules_tell_is_not() -> None:
    found = edition("led ] lead A {spelling, form < eye-skip} ; taken B")
    assert Faces(found).of(found.entries[0]).spoken == (
        "for “led”, witness A reads “lead” (kind: Spelling and Form of a word) (cause: Eye-skip); witness B reads “taken”"
    )


def test_kinds_and_causes_are_counted_apart() -> None:
    found = edition("led ] lead A {spelling, form < eye-skip} ; taken B", "men ] man C")
    assert kinds_of(found, found.entries[1], ENGLISH) == ("Spelling", "Form of a word", "Wording")
    assert causes_of(found, found.entries[1]) == ("Eye-skip",)
    counted = establish(found)
    assert (counted.readings, counted.said) == (3, 1)
    assert [(c.name, n) for c, n in counted.classes] == [("spelling", 2), ("form", 1), ("wording", 1)]


def test_two_entries_that_become_one_keep_what_is_said_of_either() -> None:
    one, other = (
        parse_entry(line, WHO.keys)[0]
        for line in ("led ] lead A {form}", "led ] lead B {spelling < eye-skip}")
    )
    assert one
    assert other
    merged = merge_entries(one, other)
    assert merged
    assert write_entry(merged, WHO.keys) == "led ] lead A B {form, spelling < eye-skip}"


# --- in a book --------------------------------------------------------------------------

SETTINGS = (
    CONF.replace('html_theme = "basic"\n', "")
    + """\
project = "Ferry"
apparatus_classes = {
    "spelling": {"label": "Spelling", "substantive": False, "rules": ["spelling", "capitals"]},
    "wording": {"label": "Wording", "rules": ["words", "omission"]},
    "order": {"label": "Order <of> words", "description": "The same words in another order."},
    "punctuation": {"substantive": False},
}
apparatus_causes = {"eye-skip": {"label": "Eye-skip"}}
"""
)
BOOK = """\
# On the ferry

The ferry was vp the river, led by men; and again.

:::{apparatus}
ferry ] boat A
vp ] up B
led by men; ] men led; A {order, wording < eye-skip} (why)
again ] om. B {< eye-skip}
:::

```{toctree}
:hidden:

tables
```
"""
TABLES = """\
# Tables

:::{whole-apparatus}
:::

:::{establishment} kinds
:::
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("classes")
    return build(project(folder / "source", BOOK, conf=SETTINGS, **{"tables.md": TABLES}), folder)


def test_a_page_has_a_box_for_each_class_that_it_shows(pages: Built) -> None:
    page = pages.page("index")
    (panel,) = re.findall(r"<fieldset><legend>Kinds of variants</legend>(.*?)</fieldset>", page)
    assert re.findall(r'name="([^"]+)" checked>([^<]+)<', panel) == [
        ("class-spelling", "Spelling"),
        ("class-wording", "Wording"),
        ("class-order", "Order &lt;of&gt; words"),
    ]
    entries = re.findall(r'<div [^>]*class="([^"]* entry)"', page)
    assert [re.findall(r"v-([\w-]+)", classes) for classes in entries] == [
        ["wording"],
        ["spelling"],
        ["order", "wording"],
        ["wording"],
    ]


def test_the_tables_go_by_classes(pages: Built) -> None:
    page = pages.page("tables")
    assert "<p>Order &lt;of&gt; words, Wording</p>" in page
    rows = re.findall(
        r"<tr[^>]*>\s*<td[^>]*><p>([^<]*)</p></td>\s*<td[^>]*><p>(\d+)</p></td>\s*<td[^>]*><p>([^<]*)</p>",
        page,
    )
    assert [(name, count) for name, count, _ in rows] == [
        ("Spelling", "1"), ("Wording", "3"), ("Order &lt;of&gt; words", "1"),
    ]  # fmt: skip
    assert re.findall(r"<p>(Eye-skip)?</p></td>\s*</tr>", page) == ["", "", "Eye-skip", "Eye-skip"]
    assert (
        '<label>Cause <select><option value="">all</option><option>Eye-skip</option></select></label>' in page
    )
    assert rows[2][2] == "The same words in another order."
    assert "Of 1 readings the editors say" in page


def test_a_setting_that_cannot_be_meant_is_reported(tmp_path: Path) -> None:
    conf = CONF + 'apparatus_classes = {"a b": {}, "x": {"rules": ["speling"]}, "y": 1}\n'
    said = build(
        project(tmp_path / "source", "# T\n\nText.\n", conf=conf), tmp_path / "out", allow="any"
    ).warnings
    assert [line for line in said if "apparatus_classes" in line] == [
        line for line in said if "bad_config" in line
    ]
    assert any("apparatus_classes['a b'] cannot stand in braces" in line for line in said)
    assert any(
        "apparatus_classes['x']['rules'] is ['speling']; it wants a list of rules" in line for line in said
    )
    assert any("apparatus_classes['y'] is 1; it wants a dictionary" in line for line in said)


def test_tei_has_the_classes_and_causes_of_readings(pages: Built, tmp_path: Path) -> None:
    file = file_in(build(pages.source, tmp_path, builder="tei").out)
    found = {
        rdg.get("{http://www.w3.org/XML/1998/namespace}id"): [rdg.get(a) for a in ("type", "cause", "ana")]
        for rdg in file.root.iter("{http://www.tei-c.org/ns/1.0}rdg")
    }
    assert [*found.values()] == [
        ["wording", None, None],
        ["spelling", None, None],
        ["order", "eye-skip", "#class.order #class.wording #cause.eye-skip"],
        ["wording", "eye-skip", "#kind.om #cause.eye-skip"],
    ]
    described = {
        each.get("{http://www.w3.org/XML/1998/namespace}id"): "".join(each.itertext())
        for each in file.root.iter("{http://www.tei-c.org/ns/1.0}category")
    }
    assert described["class.order"] == "Order <of> words: The same words in another order."
    assert described["cause.eye-skip"] == "Eye-skip"
    assert "class.loss" in described  # what no class takes


def test_data_have_the_classes_and_who_says_them(pages: Built, tmp_path: Path) -> None:
    out = build(pages.source, tmp_path, builder="variants").out
    rows = list(csv.DictReader((out / "ferry.csv").read_text(encoding="utf-8").splitlines()))
    told = [
        (row["witness"], row["classes"], row["classes_by"], row["causes"])
        for row in rows
        if row["reads"] == "reading"
    ]
    assert told == [
        ("A", "wording", "rule", ""),
        ("B", "spelling", "rule", ""),
        ("A", "order wording", "editor", "eye-skip"),
        ("B", "wording", "rule", "eye-skip"),
    ]
    assert {(row["classes"], row["classes_by"]) for row in rows if row["reads"] != "reading"} == {("", "")}
    data = json.loads((out / "ferry.json").read_text(encoding="utf-8"))
    assert data["entries"][2]["witnesses"][0]["classes"] == ["order", "wording"]
