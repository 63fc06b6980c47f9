"""What holds of every printed edition, read from its PDF."""

from __future__ import annotations

import re

from printing import Paper, edition_of, squeeze

from apparatus.concordance import Concordance, from_aux
from apparatus.edition import EditionEntry
from apparatus.model import Entry
from apparatus.sphinxext.domain import domain_of


def entries(paper: Paper) -> list[EditionEntry]:
    """The entries and notes that have a place in the text."""
    return [entry for entry in edition_of(paper).entries if entry.span is not None]


def stand_where_their_lemmata_begin(paper: Paper, found: list[EditionEntry]) -> None:
    """Each entry is on the page on which its lemma begins."""
    for entry in found:
        if entry.number is None and entry.series.form != "discussion":
            assert paper.places[entry.id].page == paper.places[f"{entry.id}:start"].page, entry.id


def are_keyed_to_their_lines(paper: Paper, found: list[EditionEntry]) -> None:
    """The lines are counted on the page; the number is left out where the line is that of the entry before.

    Words of verse are keyed to the numbers of their verses.
    """
    verses = of_verses(paper)
    foots = {page: paper.foot(page) for page in range(1, len(paper.pages) + 1)}
    printed = [e for e in found if isinstance(e.item, Entry)]
    printed.sort(
        key=lambda e: (paper.places[e.id].page, round(paper.places[e.id].top), paper.places[e.id].left)
    )
    page, at, last = 0, 0, ""
    for entry in printed:
        if paper.places[entry.id].page != page:
            page, at, last = paper.places[entry.id].page, 0, ""
        label = verses.get(entry.id) or paper.label(entry.id)
        assert isinstance(entry.item, Entry)
        lemma = squeeze(entry.words.split()[0])
        number = "" if label == last else re.escape(label)
        wanted = re.compile(rf"{number}(¶|[⟨†\[]?{re.escape(lemma)})")
        seen = wanted.search(foots[page], at)
        assert seen, (entry.id, wanted.pattern, foots[page][at : at + 80])
        at, last = seen.end(), label


def of_verses(paper: Paper) -> dict[str, str]:
    """By the entry, the numbers of the verses in which its lemma begins and ends."""
    tex = next(paper.built.out.glob("*.tex")).read_text(encoding="utf-8")
    found = re.findall(r"\\verselemmastart\{\d+\}\{(.*?)\}\{\d+\}\{(.*?)\}\{(.*?)\}", tex)
    assert all(name.startswith(f"{first}-") for first, _, name in found), found
    return {name: "–".join(dict.fromkeys((first, last))) for first, last, name in found}


def passages_have_destinations_and_bookmarks(paper: Paper) -> None:
    """Every passage is a named destination, and a bookmark if its number is of two parts."""
    numbers = [block.number for block in edition_of(paper).text.blocks]
    assert set(numbers) <= set(paper.places)
    outline = paper.run("qpdf", "--json", "--json-key=outlines", "PDF")
    assert all(f'"title": "{number} ' in outline for number in numbers if number.partition(".")[2])


def concordance(paper: Paper) -> Concordance:
    """Where the passages, entries and notes of a book stand, by page and line."""
    return from_aux(next(paper.built.out.glob("*.aux")).read_text(encoding="utf-8"))


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
