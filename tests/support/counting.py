"""The entries of an edition as each output has them: counted, in their order, with all their words.

What outputs do differently by design is taken away where they are read, and nothing else: marks, blanks and the hyphens
of lines (only letters and figures are compared), the passage or line before an entry, the figure behind a word
that stands twice, who supports the text in silence, grades, which are the screen's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from lxml import html
from printing import Paper

from apparatus.edition import Edition, EditionEntry
from apparatus.model import Entry, Reading, Siglum

#: Series → its entries, each with its anchor and its letters.
Listed = dict[str, list[tuple[str, str]]]
#: An entry on a page, and what goes deeper than a note.
ENTRY, DEEPER = "[contains(concat(' ', @class, ' '), ' entry ')]", "[@class='discussion']"
#: What a page has of an entry that others do not.
SCREEN = (
    "[contains(@class, 'support')][@hidden]",
    *(f"[contains(concat(' ', @class, ' '), ' {name} ')]" for name in ("entry-place", "printed-at", "grade")),
    "[self::summary or @class='discussion' or contains(@class, 'note-number')]",
)
#: Figures that tell a word from the same word before it.
TELLING = re.compile("[⁰¹²³⁴-⁹]+")
#: Markup of prose: what stands there is not printed as it is written.
MARKUP = re.compile(
    r"\{\.[^}]*\}|\{[^}]*\}`[^`]*`|<[^>]*>|\[[^\]]*\]\([^)]*\)|\[\^?[^\]]*\]|[*_`\\\[\]]|(?:^| )- |[\u0400-\u052f]+"
)


def letters(text: str) -> str:
    """The letters and figures of a text, with their marks."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", TELLING.sub("", text)))
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LMN")


# --- the standard -----------------------------------------------------------------------


def standard(edition: Edition) -> dict[str, list[EditionEntry]]:
    """The one list of entries, by series, in the order of the text."""
    found: dict[str, list[EditionEntry]] = defaultdict(list)
    for entry in edition.entries:
        if entry.block is not None:
            found[entry.series.name].append(entry)
    return dict(found)


def written(entry: EditionEntry, edition: Edition) -> Iterator[str]:
    """What the editor has written in an entry, piece by piece, as letters."""
    item = entry.item
    if isinstance(item, Entry):
        said = chain(_cited(item.support, edition), *(_reading(one, edition) for one in item.readings))
        remarks = (item.support_remark, item.remark)
        yield from (letters(piece) for piece in [*_first_words(entry), *said])
        yield from (letters(piece) for remark in remarks if remark for piece in MARKUP.split(remark))
    else:
        yield from (letters(piece) for piece in MARKUP.split(" ".join(item.body)))


def _first_words(entry: EditionEntry) -> list[str]:
    """The first word of a lemma, which may be abbreviated after it; an entry on a whole passage prints none."""
    assert isinstance(entry.item, Entry)
    return [] if entry.item.lemma.is_block else entry.words.split()[:1]


def _reading(reading: Reading, edition: Edition) -> Iterator[str]:
    yield from reading.text.split()
    yield from _cited(reading.sigla, edition)
    yield from MARKUP.split(reading.remark or "")


def _cited(sigla: Iterable[Siglum], edition: Edition) -> Iterator[str]:
    for siglum in sigla:
        yield edition.conspectus.label(siglum.key)
        yield siglum.hand or ""


def lacking(pieces: Iterable[str], has: str) -> list[str]:
    """Those of *pieces* that a text has not, one after the other."""
    at, left = 0, []
    for piece in pieces:
        found = has.find(piece, at)
        if found < 0:
            left.append(piece)
        at = max(at, found + len(piece))
    return left


# --- pages and EPUB ---------------------------------------------------------------------


def on_pages(folder: Path, documents: Iterable[str], suffix: str) -> Listed:
    """The entries of the pages of *documents*; what goes deeper than a note is listed behind it."""
    found: Listed = defaultdict(list)
    for document in documents:
        page = html.fromstring((folder / f"{document}{suffix}").read_bytes())
        for node in page.xpath(f"//*{ENTRY} | //*{DEEPER}"):
            (*_, series) = node.xpath("ancestor::*[starts-with(@class, 'series ')]/@class")
            found[series.split()[1]].append((node.get("id"), _of_page(node)))
    return dict(found)


def _of_page(node: html.HtmlElement) -> str:
    """The letters of an entry, without what only a page has."""
    read = html.fromstring(html.tostring(node, encoding="unicode", with_tail=False))
    for left_out in [found for what in SCREEN for found in read.xpath(f".//*{what}")]:
        if left_out.getparent() is not None:
            left_out.drop_tree()
    return letters(read.text_content())


def by_series(listed: Listed, edition: Edition) -> dict[str, list[str]]:
    """The anchors of the entries of each series, in their order."""
    series = {entry.id: entry.series.name for entry in edition.entries}
    found: dict[str, list[str]] = defaultdict(list)
    for name, _ in chain.from_iterable(listed.values()):
        found[series[name]].append(name)
    return dict(found)


# --- plain text -------------------------------------------------------------------------


def in_plain_text(text: str, wanted: Listed, labels: Mapping[str, str]) -> dict[str, int]:
    """How many of the *wanted* entries of each series its lists have, one directly behind the other."""
    told = dict.fromkeys(wanted, 0)
    for label, listed in re.findall(r"^-\[ (.*?) \]-$(.*?)(?=^-\[ |\Z)", text, re.MULTILINE | re.DOTALL):
        left = [entry for _, entry in wanted[labels[label]][told[labels[label]] :]]
        told[labels[label]] += consumed(letters(listed), left)[0]
    return told


def consumed(has: str, wanted: list[str], at: int = 0) -> tuple[int, int]:
    """With how many of the *wanted* entries a text goes on, and where they end."""
    for many, entry in enumerate(wanted):
        found = pattern(entry).match(has, at)
        if not found:
            return many, at
        at = found.end()
    return len(wanted), at


def begins(has: str, entry: str, at: int) -> int:
    """Where an entry begins, from a place on; that place if it is not there."""
    found = pattern(entry).search(has, at)
    return found.start() if found else at


def pattern(entry: str) -> re.Pattern[str]:
    """An entry, before which its number stands or nothing; in print a figure tells same words in it apart."""
    return re.compile(rf"(?:[a-z]?\d+)?{r'[1-9]?'.join(entry)}")


# --- print ------------------------------------------------------------------------------


def in_print(paper: Paper, wanted: Listed, edition: Edition) -> dict[str, int]:
    """How many of the *wanted* entries of each series the book has: at the feet of its pages with nothing else between them.

    What goes deeper than a note is printed after the text, each below its passage and words.
    """
    told: Counter[str] = Counter()
    forms = {entry.id: entry.series.form for entry in edition.entries}
    run_in, notes, deeper = (_of_form(form, wanted, forms) for form in ("run-in", "notes", "discussion"))
    pages = range(1, len(paper.pages) + 1)
    feet, numbered = "", []
    for page in pages:
        foot = letters(paper.foot(page))
        here, listed = (
            [row for row in rows if paper.places[row[1]].page == page] for rows in (run_in, notes)
        )
        many, at = consumed(foot, [has for *_, has in here])
        told += Counter(name for name, *_ in here[:many])
        feet += foot[at:]
        numbered.append(listed)
    at = 0
    for listed in numbered:  # at the end of a page the author's footnotes stand between
        at = begins(feet, listed[0][2], at) if listed else at
        many, at = consumed(feet, [has for *_, has in listed], at)
        told += Counter(name for name, *_ in listed[:many])
    text = letters("".join(word.text for page in pages for row in paper.rows(page) for word in row))
    left = lacking((has for *_, has in deeper), text)
    return dict(told + Counter(name for name, _, has in deeper if has not in left))


def _of_form(form: str, wanted: Listed, forms: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Series, anchor and letters of the entries that are printed in one way."""
    return [(name, one, has) for name, each in wanted.items() for one, has in each if forms[one] == form]
