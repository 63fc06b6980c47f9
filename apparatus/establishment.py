"""How the text was established, told from the edition itself: what was compared, what was changed.

What an editor does not say of a variant is found by rule, from the words alone, so that anyone can count again. TEI
would say most of this in ``editorialDecl`` and ``@cause`` of a reading; LDLT asks for it in prose.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from apparatus.classes import VariantClass
from apparatus.edition import Edition, EditionEntry
from apparatus.model import Entry, Note, Scholar
from apparatus.voice import Voice


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
    readings: int
    said: int  #: readings of which the editors say the class
    classes: tuple[tuple[VariantClass, int], ...]  #: how many readings are of each
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
    its = edition.classification
    readings = [(entry.words, item, reading) for entry, item in formal for reading in item.readings]
    counts = Counter(each for reading in readings for each in its.of(*reading))
    emended = [entry for entry, _ in formal if entry.is_emended]
    collation, conspectus = edition.collation, edition.conspectus
    compared = tuple(_compared(edition, key) for key in (collation.rebuilt if collation else ()))
    return Establishment(
        edition.witnessed,
        len(formal),
        len(readings),
        sum(bool(its.said(reading)) for _, _, reading in readings),
        tuple((each, counts[each]) for each in its.all if counts[each]),
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

    change: VariantClass
    series: str  #: its label
    where: tuple[tuple[int, int], ...]  #: block, and how many stand there

    @property
    def readings(self) -> int:
        return sum(number for _, number in self.where)


def changes(edition: Edition) -> Iterator[Changes]:
    """Every reading of the edition, class by class and series by series, in the order of the text."""
    found: dict[tuple[VariantClass, str], Counter[int]] = defaultdict(Counter)
    for entry in edition.entries:
        if not isinstance(entry.item, Entry) or entry.block is None:
            continue
        for reading in entry.item.readings:
            for each in edition.classification.of(entry.words, entry.item, reading):
                found[each, entry.series.label][entry.block] += 1
    labels = dict.fromkeys(label for _, label in found)
    for change in edition.classification.all:
        for label in labels:
            if where := found.get((change, label)):
                yield Changes(change, label, tuple(sorted(where.items())))


def kinds_of(edition: Edition, entry: EditionEntry, voice: Voice) -> tuple[str, ...]:
    """What kinds of entry this is, in the words of readers: the classes of its readings, emendation, conjecture."""
    if not isinstance(entry.item, Entry):
        return ()
    kinds = [each.called(voice) for each in edition.classification.of_entry(entry.words, entry.item)]
    kinds += [voice.say("emendation")] if entry.is_emended else []
    kinds += [voice.say("conjecture")] if _of_scholars(edition, entry.item) else []
    return tuple(dict.fromkeys(kinds))


def causes_of(edition: Edition, entry: EditionEntry) -> tuple[str, ...]:
    """Of what the readings of an entry have come, as the editors say."""
    readings = entry.item.readings if isinstance(entry.item, Entry) else ()
    found = (cause.label for reading in readings for cause in edition.classification.causes_of(reading))
    return tuple(dict.fromkeys(found))


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
