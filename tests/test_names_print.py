"""The index of names in print: each page once, and the page on which the name stands."""

from __future__ import annotations

import re

import pytest
from printing import FAULTS, Paper, missing_programs, typeset
from test_names import TEXT, edition

from apparatus.sphinxext.domain import domain_of

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason=f"needs {', '.join(missing_programs())}")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The same text, with pages enough between for its names to stand on several."""
    folder = tmp_path_factory.mktemp("paper")
    filling = "\n\n".join("Words and words that name nobody. " * 30 for _ in range(8))
    text = TEXT.replace("- Власов", f"{filling}\n\n- Власов").replace(
        "```{toctree}", f"{filling}\n\nKONR, Stalin, Stalin, and the late Vlasov.\n\n```{{toctree}}"
    )
    return typeset(edition(folder / "source", text), folder / "out")


def index_is_right(paper: Paper) -> int:
    """Check every name of the index, in its order; return on how many pages that with the most pages stands."""
    edition, names = domain_of(paper.built.app.env).edition, domain_of(paper.built.app.env).names
    assert edition is not None
    places = {name.removeprefix("name-"): p for name, p in paper.places.items() if name.startswith("name-")}
    keys = sorted(places, key=lambda key: (places[key].page, places[key].top))
    first, last = places[keys[0]].page, places[keys[-1]].page + 1
    index = re.sub(r"\s+", " ", paper.run("pdftotext", "-f", str(first), "-l", str(last), "PDF", "-"))
    before_first = (
        paper.places[edition.text.blocks[0].number].page - 1
    )  # the pages of the text are counted from 1
    at = spread = 0
    for key in keys:
        mine = [name for name in names if name.key == key]
        if not mine:
            continue  # named in a note only
        passages = dict.fromkeys(edition.text.blocks[name.block].number for name in mine)
        pages = dict.fromkeys(str(paper.places[name.id].page - before_first) for name in mine)
        wanted = f"{', '.join(passages)}; {'pp.' if len(pages) > 1 else 'p.'} {', '.join(pages)}"
        assert wanted in index[at:], (key, wanted, index[at : at + 500])
        at = index.index(wanted, at) + len(wanted)
        spread = max(spread, len(pages))
    return spread


def test_the_index_in_print_has_each_page_once_and_the_right_ones(paper):
    assert FAULTS.findall(paper.log) == []
    assert index_is_right(paper) == 3


def test_a_name_in_print_stands_where_its_destination_is(paper):
    for name in domain_of(paper.built.app.env).names:
        place = paper.places[name.id]
        words = [w.text for w in paper.pages[place.page - 1] if abs(w.top - place.top) < 22]
        text = domain_of(paper.built.app.env).edition.text
        assert any(text.slice(name.span).split()[0] in word for word in words), name
