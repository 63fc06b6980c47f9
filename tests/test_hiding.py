"""The boxes of the panel: one for each series, and what each takes away."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from apparatus.edition import Series
from apparatus.sphinxext.html.hiding import hiding


def styles(**forms: str) -> str:
    config: Any = SimpleNamespace(series={n: Series(n, n, "readings", form=f) for n, f in forms.items()})
    return hiding(config)


def lemma_is_plain(style: str, of: set[str], off: set[str]) -> bool:
    """Whether a stretch that is the lemma of these series is no lemma when those boxes are off."""
    rules = re.findall(r"^(\.choices\S*) ~ \.page-body \.lemma(\S*?)(?:,| \{)", style, re.MULTILINE)
    return any(
        set(re.findall(r"series-(\w+)", boxes)) <= off and not set(re.findall(r"of-(\w+)", besides)) & of
        for boxes, besides in rules
    )


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_stretch_is_a_lemma_as_long_as_one_of_its_series_is_shown(number: int) -> None:
    names = "abcd"[:number]
    style = styles(**dict.fromkeys(names, "run-in"))
    every = [{n for i, n in enumerate(names) if bits >> i & 1} for bits in range(1, 2**number)]
    for of in every:
        for off in every:
            assert lemma_is_plain(style, of, off) == (of <= off), (of, off)


def test_one_series_alone_needs_no_mark_of_its_own() -> None:
    assert "of-" not in styles(apparatus="run-in", commentary="notes", discussion="discussion")
    assert "discussion" not in styles(apparatus="run-in", discussion="discussion")


def test_very_many_series_do_not_make_a_very_long_style_sheet() -> None:
    assert len(styles(**{f"s{i}": "run-in" for i in range(26)})) < 400_000
