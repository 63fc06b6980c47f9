"""Page and line of the printed edition: read from the .aux file, kept, shown on the screen."""

from __future__ import annotations

import re

import pytest
from building import CONF, build, project

from apparatus.concordance import Concordance, Printed, Spot, from_aux, read_concordance, write_concordance

AUX = r"""\relax
\critrelease{1.2}
\critdigest{3f2a}
\newlabel{index:1.1}{{1.1}{1}{A}{1.1}{}}
\l@dmake@labels 7|12|0|3||4|{1.1:start}
\l@dmake@labels 7|12|0|3||4|{1.1-a1:start}
\l@dmake@labels 7|14|0|3||4|{1.1-a1:end}
\l@dmake@labels 7|30|0|9||4|{1.1-n1:start}
\l@dmake@labels 8|2|0|9||4|{1.1:end}
\l@dmake@labels 8|2|0|9||4|{same:1.1-a1:0}
"""
TEXT = "# T\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A\n:::\n\n:::{commentary}\nsat ] So it did.\n:::\n"


def test_places_are_read_with_the_version() -> None:
    found = from_aux(AUX)
    assert (found.version, found.text) == ("1.2", "3f2a")
    assert {name: str(place) for name, place in found.places.items()} == {
        "1.1": "p. 7, l. 12 – p. 8, l. 2",
        "1.1-a1": "p. 7, ll. 12–14",
        "1.1-n1": "p. 7, l. 30",
    }


def test_a_concordance_is_the_same_after_writing_and_reading(tmp_path) -> None:
    file = tmp_path / "concordance.json"
    file.write_text(write_concordance(from_aux(AUX)), encoding="utf-8")
    assert read_concordance(file, "1.2") == from_aux(AUX)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"version": "1.2", "places": {"1.1": [1]}}'])
def test_a_file_that_is_not_whole_is_none(tmp_path, text: str) -> None:
    file = tmp_path / "concordance.json"
    file.write_text(text, encoding="utf-8")
    assert read_concordance(file, "1.2") == Concordance("1.2")


def test_no_file_is_none(tmp_path) -> None:
    assert read_concordance(tmp_path / "none.json", "1.2") == Concordance("1.2")


def page(tmp_path, release: str) -> str:
    """The page of a text of version 1.2 whose printed edition has the version *release*."""
    places = {name: Printed(Spot("7", 12), Spot("7", 12)) for name in ("1.1-a1", "1.1-n1")}
    conf = CONF + 'release = "1.2"\napparatus_concordance = "printed.json"\n'
    printed = {"printed.json": write_concordance(Concordance(release, places))}
    source = project(tmp_path / "source", TEXT, conf=conf, **printed)
    return build(source, tmp_path / "out", allow="siglum_unused").page("index")


def test_entry_and_note_say_where_they_are_printed(tmp_path) -> None:
    assert page(tmp_path, "1.2").count(">p. 7, l. 12</span>") == 2


def test_a_note_says_it_in_its_last_line(tmp_path) -> None:
    assert re.search(
        r"<p>So it did\. <span class=\"printed-at\"[^>]*>p\. 7, l\. 12</span></p>", page(tmp_path, "1.2")
    )


def test_the_pages_of_another_version_are_not_quoted(tmp_path) -> None:
    assert "printed-at" not in page(tmp_path, "1.1")


def test_the_pages_of_a_text_that_was_mended_since_are_not_quoted(tmp_path) -> None:
    source = project(
        tmp_path / "source", TEXT, conf=CONF + 'release = "1.2"\napparatus_concordance = "p.json"\n'
    )
    tex = build(source, tmp_path / "out", builder="latex", allow="siglum_unused")
    (preamble,) = (file.read_text(encoding="utf-8") for file in tex.out.glob("*.tex"))
    (text,) = re.findall(r"\\renewcommand\\crittextdigest\{(\w+)\}", preamble)
    places = {"1.1-a1": Printed(Spot("7", 12), Spot("7", 12))}
    (source / "p.json").write_text(write_concordance(Concordance("1.2", places, text)), encoding="utf-8")
    assert "p. 7, l. 12" in build(source, tmp_path / "out", allow="siglum_unused").page("index")
    mended = (source / "index.md").read_text(encoding="utf-8").replace("So it did.", "So it did, at last.")
    (source / "index.md").write_text(mended, encoding="utf-8")
    assert "printed-at" not in build(source, tmp_path / "out", allow="siglum_unused").page("index")


def test_a_new_concordance_is_told_without_reading_the_text_again(tmp_path) -> None:
    assert "p. 7, l. 12" in page(tmp_path, "1.2")
    places = {"1.1-a1": Printed(Spot("9", 3), Spot("9", 3))}
    (tmp_path / "source" / "printed.json").write_text(
        write_concordance(Concordance("1.2", places)), encoding="utf-8"
    )
    again = build(tmp_path / "source", tmp_path / "out", allow="siglum_unused").page("index")
    assert "p. 9, l. 3" in again
    assert "p. 7, l. 12" not in again
