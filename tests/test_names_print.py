"""The index of names in print: each page once, and the page on which the name stands."""

from __future__ import annotations

import pytest
from naming import TEXT, edition
from printing import FAULTS, Paper, typeset
from proofs import index_is_right

from apparatus.sphinxext.domain import domain_of

pytestmark = pytest.mark.tex


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The same text, with pages enough between for its names to stand on several."""
    folder = tmp_path_factory.mktemp("paper")
    filling = "\n\n".join("Words and words that name nobody. " * 30 for _ in range(8))
    text = TEXT.replace("- Власов", f"{filling}\n\n- Власов").replace(
        "```{toctree}", f"{filling}\n\nKONR, Stalin, Stalin, and the late Vlasov.\n\n```{{toctree}}"
    )
    return typeset(edition(folder / "source", text), folder / "out")


def test_the_index_in_print_has_each_page_once_and_the_right_ones(paper):
    assert FAULTS.findall(paper.log) == []
    assert index_is_right(paper) == 3


def test_a_name_in_print_stands_where_its_destination_is(paper):
    for name in domain_of(paper.built.app.env).names:
        place = paper.places[name.id]
        words = [w.text for w in paper.pages[place.page - 1] if abs(w.top - place.top) < 22]
        text = domain_of(paper.built.app.env).edition.text
        assert any(text.slice(name.span).split()[0] in word for word in words), name
