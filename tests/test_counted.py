"""What counts the entries of an output finds each that is lost, changed, in another place or there twice."""

from __future__ import annotations

import pytest
from counting import consumed, in_plain_text, lacking, letters

FOOT = """-[ Apparatus ]-

1.1 boat ] ship A

1.2 the² ] a B

-[ Notes ]-

n. 1 boat ] A small one.
"""
WANTED = {
    "apparatus": [("1.1-a1", "boatshipA"), ("1.2-a1", "theaB")],
    "commentary": [("1.1-n1", "boatAsmallone")],
}
LABELS = {"Apparatus": "apparatus", "Notes": "commentary"}


def test_an_output_that_has_all_is_counted_whole() -> None:
    assert in_plain_text(FOOT, WANTED, LABELS) == {"apparatus": 2, "commentary": 1}


@pytest.mark.parametrize(
    ("was", "became", "series"),
    [
        ("1.1 boat ] ship A\n\n", "", "apparatus"),
        ("1.2 the² ] a B", "", "apparatus"),
        ("ship A", "ship", "apparatus"),
        ("ship", "skip", "apparatus"),
        ("1.2", "1.1 boat ] ship A\n\n1.2", "apparatus"),
        ("A small one.", "A small", "commentary"),
    ],
)
def test_what_is_lost_changed_or_twice_is_found(was: str, became: str, series: str) -> None:
    told = in_plain_text(FOOT.replace(was, became), WANTED, LABELS)
    assert told[series] < len(WANTED[series])


def test_entries_in_another_order_are_not_counted() -> None:
    assert consumed("1catdogA2boatshipB", ["boatshipB", "catdogA"]) == (0, 0)


def test_print_may_tell_same_words_apart_by_a_figure() -> None:
    assert consumed("4cat1dogA", ["catdogA"]) == (1, 9)


def test_words_that_an_entry_has_not_are_named() -> None:
    assert lacking(["boat", "ship", "A"], letters("boat ] skip A")) == ["ship"]
