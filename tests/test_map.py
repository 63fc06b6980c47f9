"""The map: what its outline is, where places and names stand, what it says to who does not see it."""

from __future__ import annotations

import json
import re
from itertools import combinations
from math import isclose
from pathlib import Path

import pytest
from building import CONF, ROOT, build, project

from apparatus.outline import read_outline
from apparatus.render.drawing import Bar, Drawing, Label, Stroke, picture, svg
from apparatus.render.map import LETTER, SIZE, Chart, Site, describe, draw, within

COAST = ((0.0, 0.0), (10.0, 10.0))
CHART = Chart(0, 0, 20, 10, [COAST], [((0.0, 10.0), (20.0, 0.0))], [("the sea", 15.0, 2.0)])
OUTLINE = {"window": [0, 0, 20, 10], "coastlines": [COAST], "provenance": "made for this test"}


def labels(drawing: Drawing) -> dict[str, Label]:
    return {mark.text: mark for mark in drawing.marks if isinstance(mark, Label)}


def test_a_place_stands_where_its_degrees_say() -> None:
    drawing = draw(CHART, [Site("Middle", 10, 5), Site("Corner", 0, 10)], "A map")
    dots = [
        (mark.x + mark.width / 2, mark.y + mark.height / 2) for mark in drawing.marks if type(mark) is Bar
    ]
    assert [(round(x, 6), round(y, 6)) for x, y in dots] == [
        (drawing.width / 2, round(drawing.height / 2, 6)),
        (0, 0),
    ]


def test_a_degree_of_longitude_is_as_much_shorter_as_it_is_half_way_up() -> None:
    drawing = draw(Chart(0, 55, 20, 65, [], []), [], "A map")
    assert isclose(drawing.width / 20, drawing.height / 10 * 0.5)  # the cosine of 60°


def test_a_place_outside_the_window_is_not_drawn() -> None:
    sites = [Site("In", 10, 5), Site("Out", 21, 5)]
    assert [site.name for site in within(CHART, sites)] == ["In"]
    assert "Out" not in labels(draw(CHART, sites, "A map"))


def test_names_meet_neither_one_another_nor_a_dot() -> None:
    register = (ROOT / "source" / "names.toml").read_text(encoding="utf-8")
    sites = [
        Site(name, float(east), float(north))
        for name, north, east in re.findall(
            r'^name = "([^"]+)"\n(?:.+\n)*?coordinates = \[([\d.]+), ([\d.]+)\]', register, re.MULTILINE
        )
    ]
    outline, problems = read_outline((ROOT / "source" / "outline.json").read_bytes(), "outline.json")
    assert outline is not None and problems == () and len(sites) == 22
    window = outline.west, outline.south, outline.east, outline.north
    drawing = draw(Chart(*window, outline.coastlines, outline.rivers, outline.names), sites, "A map")
    boxes = [
        (left, label.y - SIZE * 0.8, left + LETTER * len(label.text), label.y + SIZE * 0.2)
        for label in labels(drawing).values()
        for left in [label.x - {"start": 0, "middle": 0.5, "end": 1}[label.align] * LETTER * len(label.text)]
    ]
    meeting = [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert len(boxes) == len(sites) + len(outline.names) and meeting == []


def test_the_picture_is_told_in_words() -> None:
    said = describe([Site("Kiev", 30.5, 50.5), Site("Prague", 14.4, 50.1)])
    assert said == (
        "Coasts, lakes and rivers, without borders. 2 places, from west to east: "
        "Prague (50.1° N, 14.4° E), Kiev (50.5° N, 30.5° E)."
    )


def test_a_line_is_drawn_on_the_screen_and_in_print() -> None:
    drawing = Drawing(10, 4, (Stroke(((0, 0), (5, 4), (10, 1)), 0.5, quiet=True),), "Line", "A line.")
    assert (
        '<path class="quiet-line" d="M0 0L5 4L10 1" fill="none" stroke="currentColor" stroke-width="0.5"/>'
        in svg(drawing, "line")
    )
    assert "\\moveto(0,4)\n\\lineto(5,0)\n\\lineto(10,3)\n\\strokepath" in picture(drawing)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("no JSON", "is no outline of a map"),
        ("[]", "is no outline of a map"),
        ("{}", "'window'"),
        ('{"window": [0, 0, 20]}', "is no outline of a map"),
        ('{"window": [0, 0, "20", 10]}', "'20' is no number"),
        ('{"window": [20, 0, 0, 10]}', "the window ends before it begins"),
        ('{"window": [0, 0, 20, 10], "rivers": [[1, 2]]}', "is no outline of a map"),
        ('{"window": [0, 0, 20, 10], "rivers": [[[1, NaN]]]}', "nan is no number"),
        ('{"window": [0, 0, 20, 10], "names": [["sea"]]}', "is no outline of a map"),
        ("[" * 100000, "is no outline of a map"),
    ],
)
def test_what_is_no_outline_is_told_in_one_sentence(data: str, says: str) -> None:
    outline, [problem] = read_outline(data, "outline.json")
    assert outline is None
    assert problem.kind.value == "bad_map"
    assert says in problem.message


REGISTER = """
[here]
name = "Here"
kind = "place"
identification = "where it was"
coordinates = [5, 10]

[far]
name = "Far"
kind = "place"
identification = "where it was not"
coordinates = [50, 10]

[who]
name = "Who, A."
kind = "person"
rank = "captain"
fate = "not known"
"""


def made(folder: Path, allow: str = "", **files: str):
    conf = CONF + 'apparatus_register = "names.toml"\n'
    page = "# Map\n\n:::{map} outline.json\nA caption.\n:::\n\n:::{who-is-who}\n:::\n\n:::{index-of-names}\n:::\n"
    files = {"outline.json": json.dumps(OUTLINE), "names.toml": REGISTER, "map.md": page} | files
    text = "# Title\n\nThe cat sat.\n\n{.editorial-text}\nWords.\n\n```{toctree}\n:hidden:\n\nmap\n```\n"
    source = project(folder / "source", text, witnesses="", conf=conf, **files)
    return build(source, folder / "out", allow=allow)


def test_who_and_what_the_text_does_not_name_is_on_the_map_and_in_the_list_and_not_in_the_index(tmp_path):
    built = made(tmp_path, allow="bad_map")
    assert built.warnings == (
        "names.toml:8: WARNING: 'Far' lies outside the map; widen its window, or take the coordinates away "
        "[apparatus.bad_map]",
    )
    page = built.page("map")
    assert ">Here</text>" in page and "<desc" in page and ">Far</text>" not in page
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))
    assert "Here where it was" in words.replace("  ", " ")
    assert "Who, A. captain not known" in words
    assert "name-who" not in page


@pytest.mark.parametrize("coordinates", ["[5]", "[5, 10, 2]", '["5", 10]', "[95, 10]", "[5, true]"])
def test_coordinates_that_are_none_are_reported_at_their_line(tmp_path, coordinates):
    register = f'[here]\nname = "Here"\nkind = "place"\nidentification = "so"\ncoordinates = {coordinates}\nrank = "x"\n'
    built = made(tmp_path, allow="bad_register", **{"names.toml": register})
    assert built.warnings == (
        "names.toml:5: WARNING: 'coordinates' of 'here' are degrees north and degrees east, as in [50.5, 30.5] "
        "[apparatus.bad_register]",
    )


def test_the_outline_says_where_it_comes_from_and_has_no_borders():
    data = json.loads((ROOT / "source" / "outline.json").read_text(encoding="utf-8"))
    assert set(data) == {"provenance", "window", "names", "coastlines", "lakes", "rivers"}
    assert "Natural Earth" in data["provenance"] and "public domain" in data["provenance"]
