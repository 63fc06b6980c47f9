"""What an edition is to have instead of what it has: its messages followed, in memory, until nothing is left to write.

An editor who pastes what a build proposes builds again and finds the next proposal; here this is done without a
file. The state with the fewest problems is kept; one in which any kind of problem has become more is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from apparatus.collation.mending.rewrite import without
from apparatus.edition import Edition, PlacedItem, Series, SourceDocument
from apparatus.forms import touches_words
from apparatus.model import Conspectus, Entry, Origin
from apparatus.notation import parse_pasted
from apparatus.problems import Mend, Problem, ProblemKind

#: How an edition is made of its documents and proved.
Maker: TypeAlias = Callable[[Sequence[SourceDocument]], Edition]
#: The file of entries that stand in none yet.
NOWHERE = "a new entry"
#: So often the messages are followed.
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that is new, and where it goes."""

    document: str
    host: int  #: the block of the document that it is about
    series: str
    entry: Entry
    start: int  #: where its lemma stands in the whole text: the order within a series


@dataclass(frozen=True)
class Draft:
    """Documents with other entries than their files have."""

    documents: tuple[SourceDocument, ...]
    changed: Mapping[Origin, Entry | None] = field(default_factory=dict)  #: ``None``: taken out
    added: Mapping[Origin, tuple[str, int, str]] = field(default_factory=dict)  #: document, host, series

    def written(self, edition: Edition) -> list[Written]:
        """The new entries, in the order of the text; *edition* is made of this draft."""
        found = []
        for entry in edition.entries:
            where = self.added.get(entry.item.origin) if entry.item.origin else None
            if where and isinstance(entry.item, Entry):
                found.append(Written(*where, entry.item, entry.span.start if entry.span else 0))
        return found


@dataclass(frozen=True)
class Settled:
    """What came of following the messages."""

    draft: Draft
    edition: Edition
    problems: tuple[Problem, ...]  #: that are left


def settle(
    documents: Sequence[SourceDocument],
    series: Mapping[str, Series],
    conspectus: Conspectus,
    make: Maker,
    *,
    witnesses: Collection[str] = (),
    passages: Collection[str] = (),
    first: Sequence[Mend] = (),
) -> Settled:
    """Follow what the problems of an edition say to write, as far as it makes them fewer.

    *witnesses* and *passages* restrict what is followed, if they are not empty. *first* is written before anything
    else, as far as it can be.
    """
    return _Settling(series, conspectus, make, witnesses, passages).run(Draft(tuple(documents)), first)


class _Settling:
    def __init__(
        self,
        series: Mapping[str, Series],
        conspectus: Conspectus,
        make: Maker,
        witnesses: Collection[str],
        passages: Collection[str],
    ) -> None:
        self.series, self.conspectus, self.make = series, conspectus, make
        self.witnesses, self.passages = frozenset(witnesses), frozenset(passages)
        self.count = 0

    def run(self, draft: Draft, first: Sequence[Mend]) -> Settled:
        edition = self.make(draft.documents)
        before = _weighed(edition.problems)
        best = Settled(draft, edition, edition.problems)
        met: set[frozenset[object]] = set()
        waiting: Sequence[Mend] = first or self._wanted(draft, edition)
        for _ in range(ROUNDS):
            draft = self._follow(draft, edition, waiting)
            if not waiting or (state := _state(draft)) in met:
                break
            met.add(state)
            edition = self.make(draft.documents)
            kinds = _weighed(edition.problems)
            if kinds <= before and kinds.total() < _weighed(best.problems).total():
                best = Settled(draft, edition, edition.problems)
            waiting = self._wanted(draft, edition)
        return best

    def _wanted(self, draft: Draft, edition: Edition) -> list[Mend]:
        """What the problems say to write, and may be written here."""
        places = {entry.item.origin: entry.place for entry in edition.entries}
        return [
            problem.mend
            for problem in edition.problems
            if problem.mend and self._may(draft, problem.mend, places)
        ]

    def _may(self, draft: Draft, mend: Mend, places: Mapping[Origin | None, str]) -> bool:
        if not mend.witness and (
            self.witnesses or self.passages
        ):  # what several entries say: if they are of ours
            return any(origin in draft.added or origin in draft.changed for origin in mend.instead)
        place = mend.below or places.get(mend.instead[0], "")
        is_witness = not self.witnesses or not self.witnesses.isdisjoint(mend.witness.split())
        return is_witness and (not self.passages or place in self.passages)

    def _follow(self, draft: Draft, edition: Edition, waiting: Sequence[Mend]) -> Draft:
        """The draft with all that can be written at once: of what concerns one entry the first."""
        done: set[Origin] = set()
        for mend in waiting:
            if done.isdisjoint(mend.instead):
                done.update(mend.instead)
                draft = self._written(draft, edition, mend)
        return draft

    def _written(self, draft: Draft, edition: Edition, mend: Mend) -> Draft:
        entry: Entry | None = None
        if mend.line:
            entry, problems = parse_pasted(mend.line, self.conspectus.keys, self.conspectus.scholar_keys)
            if entry is None or problems:
                return draft
            entry = self._of_ours(entry, mend)
        if mend.below:
            return self._with_new(draft, edition, mend, entry) if entry else draft
        return self._in_place(draft, mend, entry)

    def _of_ours(self, entry: Entry, mend: Mend) -> Entry | None:
        """The entry without those of whom it says something new and who are not to be recorded now."""
        others = [key for key in mend.witness.split() if self.witnesses and key not in self.witnesses]
        for key in others:
            left = without(entry, self.conspectus.witness[key].state_transcribed)
            if left is None:
                return entry
            entry = left
        return entry

    def _in_place(self, draft: Draft, mend: Mend, entry: Entry | None) -> Draft:
        """The entry where the first stands that a file has, the others gone."""
        kept = next((origin for origin in mend.instead if origin not in draft.added), mend.instead[0])
        changed, added = dict(draft.changed), dict(draft.added)
        new: dict[Origin, Entry | None] = dict.fromkeys(mend.instead)
        new[kept] = replace(entry, origin=kept) if entry else None
        for origin, its in new.items():
            if origin in added and its is None:
                del added[origin]
            elif origin not in added:
                changed[origin] = its
        documents = tuple(_with(document, new) for document in draft.documents)
        return Draft(documents, changed, added)

    def _with_new(self, draft: Draft, edition: Edition, mend: Mend, entry: Entry) -> Draft:
        block = edition.text.index[mend.below]
        name = edition.document_of(block)
        host = block - edition.blocks_of[name].start
        series = self._series_for(edition, entry, block)
        if series is None:
            return draft
        self.count += 1
        origin = Origin(NOWHERE, self.count)
        item = PlacedItem(series, replace(entry, origin=origin), host)
        documents = tuple(_besides(d, item) if d.name == name else d for d in draft.documents)
        return Draft(documents, draft.changed, {**draft.added, origin: (name, host, series)})

    def _series_for(self, edition: Edition, entry: Entry, block: int) -> str | None:
        """In which series a new entry stands: that of its kind, where words and signs are apart, else the first."""
        found = [its for its in self.series.values() if its.holds == "readings"]
        words = entry.lemma.first.text if entry.lemma.first else edition.text.blocks[block].text
        kind = "substantive" if touches_words(words, entry, edition.classification) else "accidental"
        return next((its.name for its in found if its.variants == kind), found[0].name if found else None)


def _weighed(problems: Sequence[Problem]) -> Counter[ProblemKind]:
    """How many problems of each kind there are; what is said of several witnesses at once counts for each."""
    weighed: Counter[ProblemKind] = Counter()
    for problem in problems:
        weighed[problem.kind] += max(1, len(problem.mend.witness.split()) if problem.mend else 1)
    return weighed


def _state(draft: Draft) -> frozenset[object]:
    """What tells a draft from another."""
    new = (item.item for d in draft.documents for item in d.items if item.item.origin in draft.added)
    return frozenset([*draft.changed.items(), *(("new", item) for item in new)])


def _with(document: SourceDocument, new: Mapping[Origin, Entry | None]) -> SourceDocument:
    """The document with these entries in the place of those at their origins; ``None`` takes one out."""
    if not any(item.item.origin in new for item in document.items):
        return document
    items = []
    for item in document.items:
        if item.item.origin is None or item.item.origin not in new:
            items.append(item)
        elif (entry := new[item.item.origin]) is not None:
            items.append(replace(item, item=entry))
    return replace(document, items=tuple(items))


def _besides(document: SourceDocument, item: PlacedItem) -> SourceDocument:
    """The document with one more entry, behind those of its block."""
    assert item.host is not None
    at = next(
        (i for i, other in enumerate(document.items) if (other.host or 0) > item.host), len(document.items)
    )
    return replace(document, items=(*document.items[:at], item, *document.items[at:]))
