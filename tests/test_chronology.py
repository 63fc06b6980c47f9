"""The chronology: dates as precise as they are known, each with a source, drawn as well as listed."""

from __future__ import annotations

import pytest

from apparatus.chronology import read_chronology
from apparatus.render.drawing import Bar, Label, levels, picture, svg
from apparatus.render.timeline import Point, describe, timeline

EVENT = '[[event]]\ndate = "{}"\nevent = "It happened"\npassages = ["1.1"]\nsources = ["key"]\n'


def points(*dates: str) -> list[Point]:
    events, problems = read_chronology("\n".join(map(EVENT.format, dates)), "c.toml")
    assert problems == ()
    return [Point(i, e.start.first, e.end.last, True, False) for i, e in enumerate(events, 1)]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("1942-07-12", "1942, 12 July"),
        ("1942-09", "1942, September"),
        ("1942", "1942"),
        ("1943-02/1943-03", "1943, February–March"),
        ("1946-07-30/1946-07-31", "1946, 30–31 July"),
        ("1945-04-30/1945-05-02", "1945, 30 April – 2 May"),
        ("1939-09-01/1945-05-08", "1939, 1 September – 1945, 8 May"),
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


def test_every_event_is_drawn_with_its_number():
    drawing = timeline(
        points("1942-07-12", "1942-07-13", "1942-07-14", "1943", "2001-11-01"), "Line", "In words"
    )
    labels = [mark for mark in drawing.marks if isinstance(mark, Label)]
    assert [label.text for label in labels if len(label.text) == 1 and label.text.isdigit()] == list("12345")
    assert [label.text for label in labels if len(label.text) == 4] == ["1942", "1943", "2001"]


def test_numbers_that_would_touch_stand_at_different_heights():
    drawing = timeline(points("1942-07-12", "1942-07-13"), "Line", "In words")
    first, second = (mark for mark in drawing.marks if isinstance(mark, Label) and mark.text in "12")
    assert first.y != second.y
    assert levels([(0, 10), (5, 10), (12, 10), (30, 10)], 1) == [0, 1, 0, 0]


def test_a_month_is_drawn_as_a_bar_as_long_as_it():
    def longest(date: str) -> float:
        marks = timeline(points(date), "", "").marks
        return max(mark.width for mark in marks if isinstance(mark, Bar) and not mark.quiet)

    assert longest("1942-07-12") < longest("1942-07") < longest("1942-07/1942-08") < longest("1942")


def test_nothing_is_drawn_outside_the_picture():
    drawing = timeline(points("1940-01", "1942-07-12", "1942-07-13", "1942-12-31"), "", "")
    for mark in drawing.marks:
        right = mark.x + mark.width if isinstance(mark, Bar) else mark.x
        bottom = mark.y + mark.height if isinstance(mark, Bar) else mark.y
        assert 0 <= mark.x <= right <= drawing.width
        assert 0 <= mark.y <= bottom <= drawing.height


def test_the_drawing_has_a_text_alternative_and_no_style_of_its_own():
    found = points("1942-07-12", "1943")
    shown = svg(timeline(found, "A < B", describe(found, "here", "there")), "line")
    assert 'role="img" aria-labelledby="line-title line-desc"' in shown
    assert '<title id="line-title">A &lt; B</title>' in shown
    assert "1942: 1 event (1 here, 0 there); 1943: 1 event" in shown
    assert "currentColor" in shown
    assert "style=" not in shown


def test_print_draws_as_much_as_the_screen():
    drawing = timeline(points("1942-07-12", "1943"), "", "")
    printed = picture(drawing)
    assert printed.count(r"\put(") == len(drawing.marks)
    assert printed.count("{") == printed.count("}")
