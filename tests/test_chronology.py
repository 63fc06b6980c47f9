"""The chronology: dates as precise as they are known, each with a source, drawn as well as listed."""

from __future__ import annotations

import re

import pytest
from building import CONF, build, project

from apparatus.chronology import read_chronology
from apparatus.render.drawing import Bar, Drawing, Label, levels, picture, svg
from apparatus.render.timeline import Point, describe, timeline

EVENT = '[[event]]\ndate = "{}"\nevent = "It happened"\npassages = ["1.1"]\nsources = ["key"]\n'


def points(*dates: str) -> list[Point]:
    events, problems = read_chronology("\n".join(map(EVENT.format, dates)), "c.toml")
    assert problems == ()
    return [Point(i, e.start.first, e.end.last, True, False) for i, e in enumerate(events, 1)]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("1942-07-12", "12 July 1942"),
        ("1942-09", "September 1942"),
        ("1942", "1942"),
        ("1943-02/1943-03", "February–March 1943"),
        ("1946-07-30/1946-07-31", "30–31 July 1946"),
        ("1945-04-30/1945-05-02", "30 April – 2 May 1945"),
        ("1939-09-01/1945-05-08", "1 September 1939 – 8 May 1945"),
        ("1941/1945", "1941 – 1945"),
    ],
)
def test_a_date_is_printed_as_precise_as_it_is_known(written, printed):
    (event,), problems = read_chronology(EVENT.format(written), "c.toml")
    assert (event.printed_date, problems) == (printed, ())


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (EVENT.format("12 July 1942"), "c.toml:2: event 1 has the date '12 July 1942', which cannot be read"),
        (EVENT.format("1942-13"), "c.toml:2: event 1 has the date '1942-13', which cannot be read"),
        (EVENT.format("1942-02-30"), "c.toml:2: event 1 has the date '1942-02-30', which cannot be read"),
        (EVENT.format("1943/1942"), "the second date must be later, and as precise"),
        (EVENT.format("1942-01-05/1942-02"), "the second date must be later, and as precise"),
        (EVENT.format("1943") + EVENT.format("1942"), "c.toml:6: the event of 1942 stands after a later one"),
        ('[[event]]\nevent = "x"\nsources = ["k"]', "c.toml:1: event 1 has no date"),
        ('[[event]]\ndate = "1942"\nsources = ["k"]', "c.toml:1: event 1 has no words"),
        ('[[event]]\ndate = "1942"\nevent = "x"', "c.toml:1: event 1 has no source"),
        (EVENT.format("1942").replace("passages", "pasages"), "did you mean 'passages'?"),
        ("[[event", "c.toml:1: the file is not TOML"),
        ("event = [1]", "an event must be a table; write [[event]]"),
    ],
)
def test_a_mistake_is_reported_with_its_line_and_what_mends_it(source, message):
    _, problems = read_chronology(source, "c.toml")
    assert [message in str(problem) for problem in problems] == [True]
    assert "[apparatus.bad_chronology]" in str(problems[0])


@pytest.mark.parametrize(
    ("dates", "in_order"),
    [
        (("1941-06-22", "1941-06", "1941-07-12"), True),  # the month may mean a day after the 22nd
        (("1941-06", "1941-06-22"), True),
        (("1941-06-22", "1941"), True),
        (("1941-06-22", "1941-05/1941-12"), False),
        (("1941-06-22", "1941", "1941-06-06"), False),  # what may be early does not hide what is late
    ],
)
def test_a_date_without_its_day_stands_where_the_editor_knows_it_to_belong(dates, in_order):
    _, problems = read_chronology("".join(map(EVENT.format, dates)), "c.toml")
    assert (problems == ()) is in_order


def test_a_date_may_rest_on_what_has_no_key():
    source = EVENT.replace('sources = ["key"]', 'basis = "general works: an article"\nlabel = "it"')
    (event,), problems = read_chronology(source.format("1942"), "c.toml")
    assert (event.sources, event.basis, event.label) == ((), "general works: an article", "it")
    assert problems == ()


FAULTY = """\
[[event]]
date = "1942"
event = "It happened"
passages = [
    "1.1", "1.22"]
sources = ["edele2107"]

[[event]]
date = "1943"
event = "It happened again"
passages = ["1.1"]
basis = "as {cite:p}`edele` says"
"""


def test_a_passage_or_key_that_does_not_exist_is_reported_at_its_line_in_every_build(tmp_path):
    conf = CONF.replace(
        '"apparatus"]', '"sphinxcontrib.bibtex", "apparatus"]\nbibtex_bibfiles = ["works.bib"]'
    )
    files = {
        "events.md": "# Events\n\n:::{chronology} events.toml\n:::\n\n```{bibliography}\n:all:\n```\n",
        "works.bib": "@book{edele2017, author = {Edele, Mark}, title = {Defectors}, publisher = {P}, address = {L}, year = {2017}}\n",
        "events.toml": FAULTY,
    }
    text = "# Title\n\nThe cat sat.\n\n```{toctree}\n:hidden:\n\nevents\n```\n"
    source = project(tmp_path / "source", text, witnesses="", conf=conf, **files)
    for _ in range(2):
        built = build(source, tmp_path / "build", allow="any")
        assert sorted(built.warnings, key=lambda warning: int(warning.split(":")[1])) == [
            "events.toml:4: WARNING: the event of 1942 names passage 1.22, and there is no such passage; "
            "the nearest number is 1.1 [apparatus.bad_chronology]",
            "events.toml:6: WARNING: citation key 'edele2107' is in none of the bibliography files; "
            "did you mean 'edele2017'? [apparatus.unknown_citation]",
            "events.toml:12: WARNING: citation key 'edele' is in none of the bibliography files; "
            "did you mean 'edele2017'? [apparatus.unknown_citation]",
        ]
    assert ">1.22<" in built.page("events")  # nothing is lost


def words_of(drawing: Drawing) -> list[Label]:
    return [mark for mark in drawing.marks if isinstance(mark, Label) and mark.align == "start"]


def test_every_event_is_drawn_with_its_number_and_its_words():
    found = points("1942-07-12", "1942-07-13", "1942-07-14", "1943", "2001-11-01")
    drawing = timeline([*found[:-1], found[-1]._replace(label="ruling")], "Line", "In words")
    assert [label.text for label in words_of(drawing)] == ["1", "2", "3", "4", "5 ruling"]
    years = [mark.text for mark in drawing.marks if isinstance(mark, Label) and mark.align == "end"]
    assert years == ["1942", "1943", "2001"]


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize(
    "dates",
    [
        ("1942-01", "1942-04-20", "1942-05-26", "1942-06-11", "1942-06-12", "1942-09", "1942-12-27"),
        ("1941-06-06", "1941-06-22", "1941-06/1941-12", "1941-07-12"),  # the third begins before the first
    ],
)
def test_words_neither_touch_nor_are_crossed_by_a_pole(dates, above):
    drawing = timeline([p._replace(label="a word", above=above) for p in points(*dates)], "", "")
    words = words_of(drawing)
    poles = [m for m in drawing.marks if isinstance(m, Bar) and m.width == 0.5]
    assert len(words) == len(poles) == len(dates)
    for one in words:
        left, right, top, bottom = one.x, one.x + 4.5 * len(one.text), one.y - 6, one.y
        for other in words:
            apart = other.x >= right or other.x + 4.5 * len(other.text) <= left
            assert other is one or apart or abs(other.y - one.y) >= one.size, (one.text, other.text)
        for pole in poles:
            beside = pole.x + pole.width <= left or pole.x >= right
            assert beside or pole.y >= bottom or pole.y + pole.height <= top, one.text


def test_bars_that_overlap_stand_beside_one_another():
    assert levels([(0, 10), (5, 10), (12, 10), (30, 10)], 1) == [0, 1, 0, 0]


def test_a_month_is_drawn_as_a_bar_as_long_as_it():
    def longest(date: str) -> float:
        marks = timeline(points(date), "", "").marks
        return max(mark.width for mark in marks if isinstance(mark, Bar) and not mark.quiet)

    assert longest("1942-07-12") < longest("1942-07") < longest("1942-07/1942-08") < longest("1942")


def test_nothing_is_drawn_outside_the_picture():
    drawing = timeline(points("1940-01", "1942-07-12", "1942-07-13", "1942-12-31"), "", "")
    for mark in drawing.marks:
        right = mark.x + (mark.width if isinstance(mark, Bar) else 4.5 * len(mark.text))
        if isinstance(mark, Label) and mark.align != "start":
            right = mark.x
        bottom = mark.y + mark.height if isinstance(mark, Bar) else mark.y
        assert 0 <= mark.x <= right <= drawing.width
        assert 0 <= mark.y <= bottom <= drawing.height


def test_the_drawing_has_a_text_alternative_and_no_style_of_its_own():
    found = points("1942-07-12", "1943")
    shown = svg(timeline(found, "A < B", describe(found, "1", "2")), "line")
    assert 'role="img" aria-labelledby="line-title line-desc"' in shown
    assert '<title id="line-title">A &lt; B</title>' in shown
    assert "1942: 1 event (1 of section 1, 0 of section 2); 1943: 1 event" in shown
    assert "currentColor" in shown
    assert "style=" not in shown


def test_print_draws_as_much_as_the_screen():
    drawing = timeline(points("1942-07-12", "1943"), "", "")
    printed = picture(drawing)
    assert printed.count(r"\put(") == len(drawing.marks)
    assert printed.count("{") == printed.count("}")


def test_words_in_print_hold_no_character_of_tex():
    (point,) = points("1942-07-12")
    printed = picture(timeline([point._replace(label="R&D_50% #~^\\\\")], "", ""))
    assert r"1 R\&D\_50\% \#\textasciitilde{}\textasciicircum{}\textbackslash{}" in printed


def test_months_are_called_as_the_edition_has_them_not_as_a_locale_does(monkeypatch):
    monkeypatch.setattr("calendar.month_name", ["", *("Monat" for _ in range(12))])
    for written, printed in (("1943-02/1943-03", "February–March 1943"), ("1942-07-12", "12 July 1942")):
        (event,), _ = read_chronology(EVENT.format(written), "c.toml")
        assert event.printed_date == printed


@pytest.mark.parametrize(("above", "upper"), [("1", 2), ("1.2", 1), ("1.2.1", 1), ("2", 0)])
def test_an_event_stands_above_the_line_by_any_level_of_its_passage(tmp_path, above, upper):
    event = '[[event]]\ndate = "194{}"\nevent = "It happened"\npassages = ["{}"]\nsources = []\n'
    files = {
        "events.toml": event.format(1, "1.1.1") + event.format(2, "1.2.1"),
        "events.md": f"---\norphan: true\n---\n# Events\n\n:::{{chronology}} events.toml\n:above: {above}\n:::\n",
    }
    text = '{n="1.1.1"}\nThe rope.\n\n{n="1.2.1"}\nThe oar.\n'
    conf = CONF + '\napparatus_references = {"n": {"levels": ["Book", "ch.", "§"]}}\n'
    made = build(project(tmp_path / "source", text, conf=conf, **files), tmp_path / "out", allow="any")
    said = re.findall(rf"(\d) of section {re.escape(above)}\)", made.page("events"))
    assert sum(map(int, said)) == upper
    assert len(said) == 2
