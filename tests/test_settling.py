"""How often LaTeX runs: until a run changes nothing, and never without end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain, cycle, repeat
from pathlib import Path

import pytest
from building import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from settling import KEPT, forget, kept, settled
from steps import StepError


def runs(*states: str, then: Iterator[str], most: int = 12) -> int:
    """How often a program runs whose runs leave one state after the other."""
    left = chain(states, then)
    now = [""]
    return settled(lambda: now.__setitem__(0, next(left)), lambda: now[0], most)


@pytest.mark.parametrize(
    ("states", "count"), [(("",), 1), (("a",), 2), (("a", "b"), 3), (("a", "b", "c"), 4)]
)
def test_a_run_that_changes_nothing_is_the_last(states: tuple[str, ...], count: int) -> None:
    assert runs(*states, then=repeat(states[-1])) == count


@pytest.mark.parametrize("turns", ["bc", "bcd"])
def test_states_that_come_by_turns_are_told_when_the_first_comes_again(turns: str) -> None:
    with pytest.raises(StepError, match=f"never stands still, {len(turns)} states of it come by turns"):
        runs("a", then=cycle(turns))


def test_what_never_stands_still_ends_all_the_same() -> None:
    with pytest.raises(StepError, match="after 5 runs"):
        runs(then=map(str, range(100)), most=5)


def test_what_is_kept_is_what_the_next_run_reads(tmp_path: Path) -> None:
    before = kept(tmp_path, "book")
    (tmp_path / "book.log").write_text("another")
    assert kept(tmp_path, "book") == before
    for end in KEPT:
        (tmp_path / f"book{end}").write_text("a")
        changed = kept(tmp_path, "book")
        assert changed != before
        before = changed
    forget(tmp_path, "book")
    assert [path.name for path in tmp_path.iterdir()] == ["book.log"]
