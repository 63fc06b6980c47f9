"""A whole edition put together: numbered, anchored, collated. Pure: values in, values out.

    documents ─ number ─→ text ─ anchor ─→ entries at their words ─ collate ─→ witnesses rebuilt

This is what ``sphinxext`` calls once a build, and what a notebook can call by itself.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from apparatus.anchors.identity import numbered as numbered_entries
from apparatus.anchors.record import NONE, Record
from apparatus.classes import BY_RULE_ALONE, Classification
from apparatus.counterparts import (
    Alignment,
    Counterparts,
    check_second_text,
    in_second_text,
    prefix_of,
    problems_of,
)
from apparatus.model import (
    Anchored,
    Block,
    Conspectus,
    EditedText,
    Effect,
    Entry,
    Kind,
    Note,
    Origin,
    Reading,
    Silence,
    Span,
)
from apparatus.numbering import SourceBlock, number_blocks
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.reference_systems import COUNTED, ReferenceSystem
from apparatus.transcription import Transcription

if TYPE_CHECKING:
    from apparatus.collation import Collation
    from apparatus.collation.accounts import Account


@dataclass(frozen=True, slots=True)
class Series:
    """A declared series of entries: apparatus criticus, commentary, sources …"""

    name: str
    label: str
    holds: str = "readings"  #: ``readings`` (formal, applied to the text) or ``prose``
    #: ``run-in`` (keyed to the words), ``notes`` (numbered) or ``discussion`` (what goes deeper than a note)
    form: str = "run-in"
    letter: str = "a"  #: of its entries' anchors: 2.3-a1
    lemma: bool = False  #: whether a numbered note repeats its words; what is run in always does
    grades: tuple[str, ...] = ()  #: what its notes may say of how sure they are, the surest first
    variants: str = "by rule"  #: its readings are ``substantive``, ``accidental``, or told apart by rule
    language: str = ""  #: in which its prose and remarks are written, where it is not that of the pages
    arrangement: str = ""  #: at the foot of a printed page; nothing: by its form


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An entry or note with the block it stands under in its document."""

    series: str
    item: Entry | Note
    host: int | None  #: index of the block in the document; ``None``: none stands before it


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document of edited text as it was read."""

    name: str
    first_section: int | None
    blocks: tuple[SourceBlock, ...]
    items: tuple[PlacedItem, ...]
    translates: str = ""  #: the document of which it is a translation, or another version
    translates_at: Origin | None = None  #: where it says so


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An entry in its place in the edition."""

    key: tuple[str, int]  #: document, and which of its items
    id: str  #: the anchor: block, series, order within the block
    series: Series
    item: Entry | Note
    block: int | None  #: under which it is listed; ``None`` where it has no place
    span: Span | None  #: ``None``: it could not be anchored
    words: str = ""  #: the words of the text under the lemma
    account: Account | None = None  #: which witnesses support the lemma, depart, read otherwise, are absent
    number: int | None = None  #: of a numbered note, through the whole edition
    place: str = ""  #: the number by which its passage is cited; empty where it has no place
    last_place: str = (
        ""  #: the number of the passage to which it reaches, if it is on all from one to another
    )

    @property
    def is_emended(self) -> bool:
        """Whether witnesses are known here and none has the words of the text, nor a part of them."""
        found = self.account
        if found is None or not found.depart or not isinstance(self.item, Entry):
            return False
        departing = [self.item.readings[n] for _, n in found.depart]
        if all(reading.kind.effect is Effect.LOSES for reading in departing):
            return False  # what was there nobody knows
        has_words = any(_has(reading, self.words) for reading in departing)
        return not (has_words or found.support or found.in_states or found.in_part or found.unnamed)

    @property
    def is_supplied(self) -> bool:
        """Whether every witness that is known here leaves the words out."""
        if not self.is_emended or self.account is None or not isinstance(self.item, Entry):
            return False
        omit = all(self.item.readings[i].kind is Kind.OM for _, i in self.account.depart)
        return omit and all(words == "" for _, words in self.account.otherwise)


def _has(reading: Reading, words: str) -> bool:
    """Whether who has a reading has the words of the text too, be it elsewhere, in other encoding, or struck out."""
    if reading.kind is not Kind.TEXT:
        return reading.kind is Kind.DEL or reading.kind.effect in (Effect.ADDS, Effect.MOVES, Effect.STANDS)
    ours, theirs = (f" {unicodedata.normalize('NFC', text)} " for text in (words, reading.text))
    return ours in theirs


#: Where an entry is counted that stands under no passage.
UNPLACED = "unplaced"
#: The name and form of a series that has entries.
NameAndForm: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What some documents of an edition must know of the others to be put together without them."""

    blocks: Mapping[str, Sequence[Block]]  #: document → its blocks, numbered
    milestones: tuple[
        tuple[str, int], ...
    ] = ()  #: which numbers of other systems stand before, and how often
    notes: Mapping[str, int] = field(default_factory=dict)  #: series → how many numbered notes stand before
    series: frozenset[NameAndForm] = frozenset()  #: those that have entries in any document
    #: witnesses that the caller holds against their transcriptions, of which these documents are a part
    compared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Edition:
    """What the renderers need."""

    text: EditedText
    conspectus: Conspectus
    entries: tuple[EditionEntry, ...] = ()
    collation: Collation | None = None
    problems: tuple[Problem, ...] = ()
    blocks_of: Mapping[str, range] = field(default_factory=dict)  #: document → its blocks
    elsewhere: frozenset[NameAndForm] = frozenset()  #: of a part of an edition: the series of the whole
    is_proved: bool = (
        True  #: whether its witnesses are held against their transcriptions: ``apparatus_collation``
    )

    translates: Mapping[str, str] = field(
        default_factory=dict
    )  #: second text → the document that it translates
    counterparts: Counterparts = field(default_factory=dict)  #: passage → those beside it in another text
    classification: Classification = (
        BY_RULE_ALONE  #: the classes of variants that it declares, and their causes
    )

    @property
    def witnessed(self) -> int:
        """How many blocks witnesses have: all but those of second texts, which stand last."""
        return len(self.text.blocks) - sum(len(self.blocks_of[name]) for name in self.translates)

    @cached_property
    def series(self) -> frozenset[NameAndForm]:
        """The series that have entries."""
        return self.elsewhere.union((entry.series.name, entry.series.form) for entry in self.entries)

    @cached_property
    def by_key(self) -> dict[tuple[str, int], EditionEntry]:
        """An entry by its document and place among the document's items."""
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def rank(self) -> dict[tuple[str, int], int]:
        """The order of the entries in the edition."""
        return {entry.key: i for i, entry in enumerate(self.entries)}

    @cached_property
    def series_of_notes(self) -> frozenset[str]:
        """The names of the series whose notes are numbered."""
        return frozenset(name for name, form in self.series if form == "notes")

    @cached_property
    def series_with_likes(self) -> frozenset[str]:
        """The names of series beside which another has the same form: a mark in the text says whose it is."""
        often = Counter(form for _, form in self.series)
        return frozenset(name for name, form in self.series if often[form] > 1)

    @cached_property
    def note_of(self) -> dict[tuple[str, int], EditionEntry]:
        """Discussion → the note that it continues: the first numbered one on the same words."""
        notes: dict[tuple[int | None, Span | None], EditionEntry] = {}
        for entry in self.entries:
            if entry.number is not None and entry.span is not None:
                notes.setdefault((entry.block, entry.span), entry)
        return {
            entry.key: notes[entry.block, entry.span]
            for entry in self.entries
            if entry.series.form == "discussion" and (entry.block, entry.span) in notes
        }

    @cached_property
    def _owners(self) -> tuple[str, ...]:
        return tuple(name for name, blocks in self.blocks_of.items() for _ in blocks)

    def document_of(self, block: int) -> str:
        """The document in which a block stands."""
        return self._owners[block]

    @cached_property
    def covering(self) -> dict[int, list[EditionEntry]]:
        """Block → the entries whose lemma lies in it, wholly or in part; a discussion has its note's words."""
        found: dict[int, list[EditionEntry]] = defaultdict(list)
        for entry in self.entries:
            if entry.series.form == "discussion":
                continue
            if entry.span:
                last = self.text.block_at(max(entry.span.start, entry.span.end - 1))
                for i in range(self.text.block_at(entry.span.start), last + 1):
                    found[i].append(entry)
            elif entry.block is not None:
                found[entry.block].append(entry)
        return found


def make_edition(
    documents: Sequence[SourceDocument],
    series: Mapping[str, Series],
    conspectus: Conspectus,
    transcriptions: Mapping[str, Transcription],
    *,
    section_level: int = 2,
    system: ReferenceSystem = COUNTED,
    positive: bool = False,
    check: bool = True,
    around: Surroundings | None = None,
    classification: Classification = BY_RULE_ALONE,
    published: Record = NONE,
) -> Edition:
    """Put an edition together and prove it.

    *transcriptions* are those of the witnesses that have one. With *check* false the
    witnesses are not rebuilt (the collation is ``None``). With *around* the documents are
    a part of an edition, of which nothing in the other documents speaks. What is *published* keeps its anchor.
    """
    # Loaded here: most builds have nothing to prove, and it takes as long as all else of the core together.
    from apparatus.anchoring import anchor
    from apparatus.collation import collate
    from apparatus.collation.accounts import Accounts
    from apparatus.collation.attestation import Attestations, anchor_gaps
    from apparatus.collation.mending.double import same_words

    misnumbered: list[Problem] = []
    documents = _second_last(documents)
    if around is None:
        text, blocks_of = number_text(documents, section_level, system, misnumbered)
    else:
        text, blocks_of = _joined(around.blocks, documents, around.milestones)
    placed = [
        ((document.name, i), item, None if item.host is None else blocks_of[document.name][item.host])
        for document in documents
        for i, item in enumerate(document.items)
    ]
    anchored, problems = anchor(text, [(item.item, host) for _, item, host in placed])
    beside, counterparts = _second_texts(documents, text, blocks_of, system, misnumbered)
    problems = (*misnumbered, *problems)
    own = _without(text, blocks_of, beside)
    end = len(own.joined)
    all_formal = [found for found in anchored if isinstance(found.item, Entry)]
    formal = [found for found in all_formal if not beside or _reach(found) <= end]
    series_of = {id(item.item): item.series for _, item, _ in placed}
    lists = tuple(series_of[id(found.item)] for found in formal)
    collation = (
        collate(
            own,
            formal,
            conspectus,
            transcriptions,
            positive=positive,
            lists=lists,
            compared=around.compared if around else (),
        )
        if check
        else None
    )
    if collation is not None:
        problems = (*problems, *collation.problems)
        accounts = collation.accounts
    else:
        attestations = Attestations(own, formal, conspectus, anchor_gaps(own, conspectus)[0])
        problems = (*problems, *(double.problem for double in same_words(attestations, lists=lists)))
        accounts = Accounts(attestations).all
    account_of = {id(found.item): account for found, account in zip(formal, accounts, strict=True)}
    if second := [found for found in all_formal if id(found.item) not in account_of]:
        its = Accounts(Attestations(text, second, _silent(conspectus))).all
        account_of |= {id(found.item): account for found, account in zip(second, its, strict=True)}
    where = {id(found.item): found for found in anchored}
    rows = [
        _Row(key, item, host, where.get(id(item.item)), account_of.get(id(item.item)))
        for key, item, host in placed
    ]
    entries = _identify(text, series, rows, around.notes if around else {}, published)
    undeclared = (
        p
        for _, item, _ in placed
        if isinstance(item.item, Entry)
        for p in classification.undeclared(item.item)
    )
    problems = (*problems, *_misgraded(entries), *undeclared)
    elsewhere = around.series if around else frozenset()
    return Edition(
        text,
        conspectus,
        entries,
        collation,
        problems,
        blocks_of,
        elsewhere,
        is_proved=check,
        translates=beside,
        counterparts=counterparts,
        classification=classification,
    )


def _second_last(documents: Sequence[SourceDocument]) -> list[SourceDocument]:
    """The documents, second texts behind all others: what witnesses have is one stretch."""
    return sorted(documents, key=lambda document: bool(document.translates))


def _without(text: EditedText, blocks_of: Mapping[str, range], beside: Mapping[str, str]) -> EditedText:
    """The text without second texts: what witnesses have, each word where it stands in the whole."""
    count = len(text.blocks) - sum(len(blocks_of[name]) for name in beside)
    return EditedText(text.blocks[:count], text.before) if beside else text


def _reach(found: Anchored[Entry]) -> int:
    """Where the words end of which an entry speaks."""
    return max(span.end for span in (found.span, *filter(None, found.targets)))


def second_part(edition: Edition) -> Edition:
    """What stands in second texts, as an edition of its own in the same text: nobody has it but who is named."""
    entries = tuple(e for e in edition.entries if e.block is not None and e.block >= edition.witnessed)
    return replace(
        edition,
        conspectus=_silent(edition.conspectus),
        entries=entries,
        collation=None,
        is_proved=False,
        translates={},
    )


def _silent(conspectus: Conspectus) -> Conspectus:
    """The conspectus for a second text: who is not named there has nothing to say of it."""
    witnesses = (
        replace(w, silence=Silence.UNKNOWN, transcription=None, gaps=()) for w in conspectus.witnesses
    )
    return replace(conspectus, witnesses=tuple(witnesses))


def _second_texts(
    documents: Sequence[SourceDocument],
    text: EditedText,
    blocks_of: Mapping[str, range],
    system: ReferenceSystem,
    problems: list[Problem],
) -> tuple[dict[str, str], Counterparts]:
    """Which documents translate which, and what stands beside what; *problems* get what is wrong."""
    texts = {document.name: document.translates for document in documents}
    found: dict[str, list[str]] = defaultdict(list)

    def where(name: str, prefix: str = "") -> dict[str, Origin | None]:
        passages = (passage for i in blocks_of[name] for passage in text.passages_of(i))
        return {p.number.removeprefix(prefix): text.blocks[p.block].origin for p in passages}

    for document in documents:
        if not document.translates:
            continue
        wrong = check_second_text(document.name, document.translates, texts, document.translates_at)
        problems += wrong
        if wrong:
            continue
        prefix = prefix_of(document.name)
        origins = where(document.translates), where(document.name, prefix)
        alignment = Alignment([*origins[0]], [*origins[1]], system)
        problems += problems_of(alignment, document.translates, document.name, origins)
        for number, its in alignment.beside_first.items():
            found[number] += [prefix + one for one in its]
        for number, its in alignment.beside_second.items():
            found[prefix + number] += its
    return {name: other for name, other in texts.items() if other}, found


def number_text(
    documents: Sequence[SourceDocument], level: int, system: ReferenceSystem, problems: list[Problem]
) -> tuple[EditedText, dict[str, range]]:
    """The text of documents, each block with its numbers, and which blocks are whose; *problems* get what is wrong."""
    documents = _second_last(documents)
    first = [d for d in documents if not d.translates]
    ways: Any = {"section_level": level, "system": system, "problems": problems}
    numbered = number_blocks([(d.first_section, d.blocks) for d in first], **ways)
    blocks = {d.name: its for d, its in zip(first, numbered, strict=True)}
    for second in documents[len(first) :]:
        begins = second.first_section
        if begins is None:  # it goes on as the text does that it translates
            begins = _section_of(blocks.get(second.translates, []))
        prefix = prefix_of(second.name)
        (its,) = number_blocks([(begins, second.blocks)], **ways)
        blocks[second.name] = [in_second_text(block, prefix) for block in its]
    return _joined(blocks, documents)


def _section_of(blocks: Sequence[Block]) -> int:
    """The section with which blocks begin, as far as it is a figure."""
    section = blocks[0].section if blocks else ""
    return int(section) if section.isascii() and section.isdigit() else 1


def _joined(
    blocks: Mapping[str, Sequence[Block]],
    documents: Sequence[SourceDocument],
    milestones: tuple[tuple[str, int], ...] = (),
) -> tuple[EditedText, dict[str, range]]:
    its = [blocks[document.name] for document in documents]
    ends = list(accumulate(map(len, its), initial=0))
    blocks_of = {
        document.name: range(start, end)
        for document, (start, end) in zip(documents, pairwise(ends), strict=True)
    }
    return EditedText(tuple(chain.from_iterable(its)), milestones), blocks_of


def _misgraded(entries: Sequence[EditionEntry]) -> Iterator[Problem]:
    """What notes say of how sure they are, and their series does not declare."""
    for entry in entries:
        note, grades = entry.item, entry.series.grades
        if isinstance(note, Note) and note.grade is not None and note.grade not in grades:
            guess = nearest(note.grade, grades)
            mend = f"did you mean '{guess}'?" if guess else f"declare it in 'grades' of '{entry.series.name}'"
            message = f"series '{entry.series.name}' has no grade '{note.grade}'; {mend}"
            yield Problem(ProblemKind.UNKNOWN_GRADE, message, note.origin)


def _last_place(text: EditedText, row: _Row) -> str:
    """The passage in which an entry on several whole passages ends, or one on the words from here to there."""
    span, lemma = (row.found.span if row.found else None), row.placed.item.lemma
    if span is None or not (lemma.is_block or lemma.last):
        return ""
    end = max(span.start, span.end - 1)
    return text.number_in(text.block_at(end), end)


class _Row(NamedTuple):
    """An item on its way to its place."""

    key: tuple[str, int]
    placed: PlacedItem
    host: int | None
    found: Anchored[Entry] | Anchored[Note] | None
    account: Account | None


def _identify(
    text: EditedText,
    series: Mapping[str, Series],
    rows: Sequence[_Row],
    before: Mapping[str, int],
    published: Record,
) -> tuple[EditionEntry, ...]:
    """Give every entry its anchor and every note its number, in the order of the text.

    Entries of a block count in the order of their lemmata, the longer first; notes in that of
    their marks. What could not be anchored comes last in its block, so that nothing is lost. One that is
    *published* keeps its anchor.
    """
    end = len(text.joined) + 1

    def order(row: _Row) -> tuple[int, int, int]:
        if not row.found:
            return (len(text.blocks) if row.host is None else row.host), end, 0
        span = row.found.span
        if series[row.placed.series].form == "notes":  # their marks stand at the lemma's end
            return text.block_at(max(span.start, span.end - 1)), span.end, span.start
        return row.found.home, span.start, -span.end

    rows = sorted(rows, key=order)
    anchors = _anchors(text, series, rows, published)
    numbers: dict[str, int] = defaultdict(int, before)
    entries = []
    for row, anchor in zip(rows, anchors, strict=True):
        its_series = series[row.placed.series]
        home = row.found.home if row.found else row.host
        if its_series.form == "notes":
            numbers[its_series.name] += 1
        place = _place_of(text, row)
        entries.append(
            EditionEntry(
                key=row.key,
                id=anchor,
                series=its_series,
                item=row.placed.item,
                block=home,
                place="" if home is None else place,
                last_place=_last_place(text, row),
                span=row.found.span if row.found else None,
                words=text.slice(row.found.span) if row.found else "",
                account=row.account,
                number=numbers[its_series.name] if its_series.form == "notes" else None,
            )
        )
    return tuple(entries)


def _place_of(text: EditedText, row: _Row) -> str:
    """The passage within which an entry counts."""
    home = row.found.home if row.found else row.host
    return UNPLACED if home is None else text.number_in(home, row.found.span.start if row.found else None)


def _anchors(
    text: EditedText, series: Mapping[str, Series], rows: Sequence[_Row], published: Record
) -> list[str]:
    """The anchors of entries that stand in the order of the text."""
    within: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        within[_place_of(text, row), series[row.placed.series].letter].append(i)
    anchors = [""] * len(rows)
    for (place, letter), its in within.items():
        words = [text.slice(found.span) if (found := rows[i].found) else "" for i in its]
        numbers = numbered_entries(words, published.numbers.get((place, letter), {}))
        for i, number in zip(its, numbers, strict=True):
            anchors[i] = f"{place}-{letter}{number}"
    return anchors
