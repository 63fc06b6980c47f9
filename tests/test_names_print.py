"""The index of names in print: each page once, and the page on which the name stands."""

from __future__ import annotations

import pytest
from printing import Paper, edition_of
from proofs import index_is_right

from apparatus.sphinxext.domain import domain_of

pytestmark = pytest.mark.tex


def test_the_index_in_print_has_each_page_once_and_the_right_ones(sample: Paper) -> None:
    assert index_is_right(sample) == 3


def test_a_name_in_print_stands_where_its_destination_is(sample: Paper) -> None:
    text = edition_of(sample).text
    for name in domain_of(sample.built.app.env).names:
        place = sample.places[name.id]
        words = [w.text for w in sample.pages[place.page - 1] if abs(w.top - place.top) < 22]
        assert any(text.slice(name.span).split()[0] in word for word in words), name
