"""How the text was established, told from the edition itself: what was compared, what was changed.

The kinds of change are found by rule, from the words alone, so that anyone can count again. TEI
would say most of this in ``editorialDecl`` and ``@cause`` of a reading; LDLT asks for it in prose.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import assert_never

from apparatus.characters import differ_in_capitals, divides
from apparatus.characters import words as divided
from apparatus.edition import Edition, EditionEntry
from apparatus.model import BREAK, Effect, Entry, Note, Reading, Scholar
from apparatus.voice import phrase


class Change(Enum):
    """How a reading differs from the text. The value is printed; ``rule`` says how it is known. Both are messages."""

    rule: str

    def __new__(cls, value: str, rule: str) -> Change:
        change = object.__new__(cls)
        change._value_ = value
        change.rule = rule
        return change

    OMISSION = phrase("omission"), phrase("the witness lacks the words (om., del.)")
    ADDITION = phrase("addition"), phrase("the witness has words besides (add., praem.)")
    TRANSPOSITION = phrase("transposition"), phrase("the witness has the words elsewhere (transp.)")
    WORDS = (
        phrase("other words"),
        phrase("words differ in more than their spelling, in number, or in a numeral"),
    )
    SPELLING = (
        phrase("spelling or form of a word"),
        phrase(
            "as many words as the text; those that differ begin with the same letter, and at most a third of their "
            "letters (one at least is allowed) are others"
        ),
    )
    CAPITALS = phrase("capitals"), phrase("the same letters and figures, but capitals differ")
    BREAKS = (
        phrase("division of paragraphs"),
        phrase("the witness begins a paragraph where the text does not, or the reverse"),
    )
    PUNCTUATION = (
        phrase("punctuation and spacing"),
        phrase("the same letters and figures; stops, hyphens, dashes or blanks differ"),
    )
    LOSS = phrase("loss"), phrase("the words cannot be read or are lost (ill., lac.)")
    MARK = (
        phrase("mark of the editors"),
        phrase("the words stand, marked as spurious or despaired of (secl., crux.)"),
    )


def change_of(words: str, reading: Reading) -> Change:
    """The change that a reading makes of the text's *words*; of several the gravest."""
    match reading.kind.effect:
        case Effect.SUBSTITUTES:
            return _change_of_words(words, reading.text)
        case Effect.CUTS:
            return Change.OMISSION
        case Effect.ADDS:
            return Change.ADDITION
        case Effect.MOVES:
            return Change.TRANSPOSITION
        case Effect.LOSES:
            return Change.LOSS
        case Effect.STANDS:
            return Change.MARK
        case _:
            assert_never(reading.kind.effect)


def _change_of_words(words: str, text: str) -> Change:
    words, text = unicodedata.normalize("NFC", words), unicodedata.normalize("NFC", text)
    if words == text:  # how letters are encoded is a matter of their form
        return Change.SPELLING
    ours, theirs = _letters(words), _letters(text)
    if "".join(ours) == "".join(theirs):
        breaks = ["".join(_letters(part)) for part in words.split(BREAK)]
        is_divided_so = breaks == ["".join(_letters(part)) for part in text.split(BREAK)]
        return Change.PUNCTUATION if is_divided_so else Change.BREAKS
    if differ_in_capitals("".join(ours), "".join(theirs)):
        return Change.CAPITALS
    if len(ours) == len(theirs) and all(map(_one_word_spelt_twice, ours, theirs)):
        return Change.SPELLING
    return Change.WORDS


def _letters(text: str) -> list[str]:
    """The words of a text, their letters, figures, accents and symbols only: € and £ are no stops."""
    if text.isalnum():  # a single word, as most lemmata are
        return [text]
    return divided("".join(c if divides(c) or _is_substance(c) else "" for c in text))


@lru_cache(maxsize=4096)
def _is_substance(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LMN" or category in ("Sc", "Sm", "So")


def _one_word_spelt_twice(ours: str, theirs: str) -> bool:
    ours, theirs = ours.casefold(), theirs.casefold()
    if ours == theirs:
        return True
    if _base(ours[0]) != _base(theirs[0]) or any(c.isdigit() for c in ours + theirs):
        return False
    steps = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    others = sum(max(a1 - a0, b1 - b0) for tag, a0, a1, b0, b1 in steps if tag != "equal")
    return others <= max(1, max(len(ours), len(theirs)) // 3)


def _base(letter: str) -> str:
    """A letter without its accent."""
    return unicodedata.normalize("NFD", letter)[:1]


@dataclass(frozen=True, slots=True)
class Compared:
    """A witness that was rebuilt and compared with its transcription."""

    key: str
    transcription: str
    is_whole: bool  #: whether no rule takes anything out of it
    passages: int  #: of the text that it has, or of which it has something
    without: tuple[str, ...]  #: the numbers of those that it has not
    characters: int  #: of the rebuilt text
    departs: int  #: entries in which it has another reading than the text


@dataclass(frozen=True, slots=True)
class Establishment:
    """The figures of one edition."""

    passages: int
    entries: int  #: of the formal apparatus
    readings: tuple[tuple[Change, int], ...]
    emended: int  #: entries in which no witness has the words of the text
    supplied: int  #: of these: words that all witnesses lack
    conjectures: int  #: readings or lemmata that a named scholar has proposed
    compared: tuple[Compared, ...]
    uncompared: tuple[str, ...]  #: witnesses without a transcription
    checked: int
    unchecked: int
    problems: int
    normalisation: tuple[str, ...]
    is_compared: bool = True  #: whether the witnesses have been held against their transcriptions at all


def establish(edition: Edition) -> Establishment:
    """Count everything that the page on the establishment of the text says."""
    formal = [(entry, entry.item) for entry in edition.entries if isinstance(entry.item, Entry)]
    counts = Counter(change_of(entry.words, reading) for entry, item in formal for reading in item.readings)
    emended = [entry for entry, _ in formal if entry.is_emended]
    collation, conspectus = edition.collation, edition.conspectus
    compared = tuple(_compared(edition, key) for key in (collation.rebuilt if collation else ()))
    return Establishment(
        edition.witnessed,
        len(formal),
        tuple((change, counts[change]) for change in Change if counts[change]),
        len(emended),
        sum(map(_words_are_supplied, emended)),
        sum(_of_scholars(edition, item) for _, item in formal),
        compared,
        tuple(w.key for w in conspectus.witnesses if w.key not in {c.key for c in compared}),
        collation.checked if collation else 0,
        len(collation.unchecked) if collation else len(formal),
        len(collation.problems) if collation else 0,
        conspectus.normalisation,
        edition.is_proved,
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """All readings of one kind in one series, and where they are."""

    change: Change
    series: str  #: its label
    where: tuple[tuple[int, int], ...]  #: block, and how many stand there

    @property
    def readings(self) -> int:
        return sum(number for _, number in self.where)


def changes(edition: Edition) -> Iterator[Changes]:
    """Every reading of the edition, kind by kind and series by series, in the order of the text."""
    found: dict[tuple[Change, str], Counter[int]] = defaultdict(Counter)
    for entry in edition.entries:
        for reading in entry.item.readings if isinstance(entry.item, Entry) else ():
            if entry.block is not None:
                found[change_of(entry.words, reading), entry.series.label][entry.block] += 1
    labels = dict.fromkeys(label for _, label in found)
    for change in Change:
        for label in labels:
            if where := found.get((change, label)):
                yield Changes(change, label, tuple(sorted(where.items())))


def kinds_of(edition: Edition, entry: EditionEntry) -> tuple[str, ...]:
    """What kinds of entry this is: the changes of its readings, emendation, conjecture."""
    if not isinstance(entry.item, Entry):
        return ()
    kinds = [change_of(entry.words, reading).value for reading in entry.item.readings]
    kinds += [phrase("emendation")] if entry.is_emended else []
    kinds += [phrase("conjecture")] if _of_scholars(edition, entry.item) else []
    return tuple(dict.fromkeys(kinds))


def _words_are_supplied(entry: EditionEntry) -> bool:
    """Whether words, not a sign or a whole heading, are supplied."""
    return (
        entry.is_supplied
        and not entry.item.lemma.is_block
        and any(character.isalpha() for character in entry.words)
    )


def _of_scholars(edition: Edition, item: Entry) -> int:
    groups = (item.support, *(reading.sigla for reading in item.readings))
    declared = edition.conspectus.by_key
    return sum(any(isinstance(declared.get(s.key), Scholar) for s in sigla) for sigla in groups)


def _compared(edition: Edition, key: str) -> Compared:
    from apparatus.collation.accounts import Words  # with all of the collation: for an edition that is proved

    assert edition.collation is not None
    blocks, text = edition.collation.rebuilt[key].blocks, edition.text
    words = Words(edition.collation.texts[key])
    without = tuple(b.number for i, b in enumerate(text.blocks) if not words.has_passage(i))
    return Compared(
        key,
        edition.conspectus.witness[key].transcription or "",
        not edition.conspectus.witness[key].lines,
        len(text.blocks) - len(without),
        without,
        sum(len(block.text) for block in blocks),
        _departures(edition, key),
    )


def _departures(edition: Edition, key: str) -> int:
    """The entries at which a witness has a reading, in the state that was compared: it may be the text before correction."""
    assert edition.collation is not None
    attestations, plan = edition.collation.attestations, edition.collation.texts[key].plan
    state = edition.conspectus.witness[key].state_transcribed
    reads = (attestations.of(i, state).reads for i in range(len(attestations.entries)))
    return sum(isinstance(what, int) and i not in plan.passed_over for i, what in enumerate(reads))


def grades_of(edition: Edition) -> dict[str, Counter[str | None]]:
    """Name of a series that declares grades → how many of its notes have each grade.

    ``None`` counts the notes without a grade.
    """
    found: dict[str, Counter[str | None]] = {}
    for entry in edition.entries:
        if entry.series.grades and isinstance(entry.item, Note):
            found.setdefault(entry.series.name, Counter())[entry.item.grade] += 1
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section of the text as a line: how long it is, and where on it entries and notes begin."""

    section: str
    length: int
    entries: tuple[int, ...]
    notes: tuple[int, ...]


def stretches(edition: Edition) -> Iterator[Stretch]:
    """The sections of the text in order."""
    text = edition.text
    sections: dict[str, list[int]] = {}
    for i, block in enumerate(text.blocks):
        sections.setdefault(block.section, []).append(i)
    for section, blocks in sections.items():
        start, end = text.starts[blocks[0]], text.span(blocks[-1]).end
        inside = [e for e in edition.entries if e.span and start <= e.span.start <= end]
        places = {
            formal: tuple(
                sorted(e.span.start - start for e in inside if e.span and isinstance(e.item, Entry) is formal)
            )
            for formal in (True, False)
        }
        yield Stretch(section, end - start, places[True], places[False])
