"""What is wrong with the attestation of the entries, whatever the witnesses read.

A positive apparatus that leaves a witness out, a witness cited where it is not extant, one
witness given two readings for the same words, two entries about the same words, which an apparatus
has as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from apparatus.anchoring.explain import shown
from apparatus.anchoring.words import find_all
from apparatus.collation.accounts import Account
from apparatus.collation.attestation import Attestations, Reads, Stance, hand_chain
from apparatus.collation.edits import named
from apparatus.model import (
    ALL,
    REST,
    Anchored,
    Conspectus,
    EditedText,
    Effect,
    Entry,
    Group,
    Kind,
    Reading,
    Siglum,
    Span,
    Witness,
)
from apparatus.notation import write_entry
from apparatus.notation.lexis import quote
from apparatus.problems import Problem, ProblemKind, nearest


def unaccounted(
    attestations: Attestations, accounts: Sequence[Account], proved: Collection[str]
) -> list[Problem]:
    """Entries of a positive apparatus that do not name a constant witness without a transcription.

    Nothing says that its silence is agreement, and it would be missing. What the *proved* witnesses
    read is known, and the editors may declare that the silence of others is agreement. A group, *codd.* or *cett.* accounts for its witnesses; so does any
    hand of a witness, and an entry by which it reads otherwise.
    """
    silent = {w.key for w in attestations.conspectus.witnesses if w.silence is None and w.key not in proved}
    problems = []
    for i, account in enumerate(accounts) if silent else ():
        named = {key for key, _ in attestations.cited_states(i)}
        if ALL in named or REST in named:
            continue
        missing = [
            key
            for key in account.support
            if key in silent and key not in named and named.isdisjoint(attestations.groups_of[key])
        ]
        if missing:
            problems.append(_unaccounted(attestations, i, missing))
    return problems


def _unaccounted(attestations: Attestations, i: int, missing: list[str]) -> Problem:
    item = attestations.entries[i].item
    words = shown(attestations.text.slice(attestations.entries[i].span))
    named = write_entry(
        replace(item, support=(*item.support, *map(Siglum, missing))), attestations.conspectus.keys
    )
    reads, has, silence = ("reads", "it has", "its") if len(missing) == 1 else ("read", "they have", "their")
    message = (
        f"the entry on {words} does not say what {_and(missing)} {reads}, and neither a transcription nor a "
        f"declared 'silence' says what {silence} silence means; if {has} the text, write: {named}"
    )
    return Problem(ProblemKind.UNACCOUNTED_WITNESS, message, item.origin)


def in_gaps(attestations: Attestations) -> list[Problem]:
    """Entries that name a witness inside its declared gap (``lac.`` there only repeats it), or for words that it has beside such."""
    problems = []
    for key in attestations.gaps:
        for i in attestations.citing(key):
            anchored = attestations.entries[i]
            if not any(cited == key for cited, _ in attestations.cited_states(i)):
                continue
            if (span := _in_gap(attestations, i, key)) is None:
                continue
            words = shown(attestations.text.slice(span))
            message = f"{key} has a declared gap here and cannot attest anything for {words}: mend the entry or the gap"
            problems.append(Problem(ProblemKind.WITNESS_IN_GAP, message, anchored.item.origin))
    return problems


def _in_gap(attestations: Attestations, i: int, key: str) -> Span | None:
    """What of an entry lies in a gap of a witness of which it says something: its lemma, or where that is said to stand."""
    anchored, reads = attestations.entries[i], attestations.of(i, Siglum(key)).reads
    reading = anchored.item.readings[reads] if isinstance(reads, int) else None
    if attestations.is_absent(key, anchored.span):
        return None if reading and reading.kind is Kind.LAC else anchored.span
    target = anchored.targets[reads] if isinstance(reads, int) and reads < len(anchored.targets) else None
    return target if target and attestations.is_absent(key, target) else None


def unknown_hands(attestations: Attestations) -> list[Problem]:
    """Hands that are not declared: nothing would ever look at what an entry says of them."""
    declared = attestations.conspectus.by_key
    problems = []
    for i, anchored in enumerate(attestations.entries):
        for key, hand in attestations.cited_states(i):
            known = _hands(attestations.conspectus, key)
            if hand is None or known is None or hand in known:
                continue
            near = nearest(hand, known)
            mend = f"did you mean '{key}^{near}'? " if near else ""
            if isinstance(declared.get(key), Witness):
                mend += f"{key} has {', '.join(known)}; add it to its 'hands', or to 'aside'"
            else:
                mend += "no witness that it stands for has it"
            message = f"'{key}^{hand}' names a hand that is not declared; {mend}"
            problems.append(Problem(ProblemKind.UNKNOWN_HAND, message, anchored.item.origin))
    return problems


def _hands(conspectus: Conspectus, key: str) -> tuple[str, ...] | None:
    """The hands that a siglum can have; ``None``: of scholars nothing is asked."""
    declared = conspectus.by_key.get(key)
    if isinstance(declared, Witness):
        return (*declared.hands, *declared.aside)
    if isinstance(declared, Group):
        found = (conspectus.witness[member] for member in declared.members if member in conspectus.witness)
        return tuple(dict.fromkeys(hand for w in found for hand in (*w.hands, *w.aside)))
    return () if key in (ALL, REST) else None


def sigla_as_words(attestations: Attestations, proved: Collection[str]) -> list[Problem]:
    """Sigla that may be meant as words of the text, where nothing would show the mistake.

    *Division A ] …* says that A has *Division*, or it is about *Division A*. Where all who read
    something there are *proved*, in the state of which it is said, a mistake would be found.
    """
    proving = {w.key: hand_chain(w, w.state_transcribed.hand) for w in attestations.conspectus.witnesses}
    problems = []
    for anchored in attestations.entries:
        item, text = anchored.item, attestations.text
        sigla = [siglum for reading in item.readings for siglum in reading.sigla]
        if all(siglum.key in proved and siglum.hand in proving[siglum.key] for siglum in sigla):
            continue
        block = text.blocks[anchored.home]
        for said, siglum in _members(text, anchored):
            both = f"{said} {siglum}"
            if next(find_all(block.text, both, 0, len(block.text)), None) is not None:
                message = (
                    f"'{siglum}' is read as the siglum, but {shown(both)} stands in {block.number}; if the word is meant, "
                    f"quote both ({quote(both)}), if not, name another siglum before it"
                )
                problems.append(Problem(ProblemKind.SIGLUM_IS_A_WORD, message, item.origin))
    return problems


def _members(text: EditedText, anchored: Anchored[Entry]) -> Iterator[tuple[str, Siglum]]:
    """A lemma that goes on with its first supporter, and each reading of several: with the first siglum."""
    item, end = anchored.item, anchored.span.end
    if item.support and text.joined.startswith(f" {item.support[0]}", end):
        yield text.slice(anchored.span), item.support[0]
    yield from ((r.text, r.sigla[0]) for r in item.readings if r.text and len(r.sigla) > 1)


def marks_as_words(attestations: Attestations) -> list[Problem]:
    """Readings that are the sign by which a transcription says that words are lost or illegible."""
    problems = []
    for anchored in attestations.entries:
        readings = [_plainly(attestations.conspectus, reading) for reading in anchored.item.readings]
        if tuple(readings) != anchored.item.readings:
            words = shown(attestations.text.slice(anchored.span))
            line = write_entry(replace(anchored.item, readings=tuple(readings)), attestations.conspectus.keys)
            message = f"a reading for {words} is no words, but the sign of a transcription for words that are not to be had; write: {line}"
            problems.append(Problem(ProblemKind.MARK_AS_WORDS, message, anchored.item.origin))
    return problems


def _plainly(conspectus: Conspectus, reading: Reading) -> Reading:
    """The reading as ``lac.`` or ``ill.``, if its text is what all its witnesses have for that."""
    if reading.kind is not Kind.TEXT or not reading.sigla:
        return reading
    marks = [w.marks if (w := conspectus.witness.get(siglum.key)) else {} for siglum in reading.sigla]
    kinds = {found.get(reading.text) for found in marks}
    kind = kinds.pop()
    return replace(reading, kind=kind, text="") if kind and not kinds else reading


def two_readings(attestations: Attestations, proved: Collection[Siglum] = ()) -> list[Problem]:
    """Entries on the same words that give one witness readings that cannot both stand.

    Several additions, or a transposition and a substitution, can. The states that are *proved* are
    left out: of their entries it is known which one is wrong.
    """
    by_span = defaultdict(list)
    for i, anchored in enumerate(attestations.entries):
        by_span[anchored.span].append(i)
    problems = []
    for entries in by_span.values():
        if len(entries) > 1:
            problems += _two_readings(attestations, entries, proved)
    return problems


def _two_readings(
    attestations: Attestations, entries: list[int], proved: Collection[Siglum]
) -> list[Problem]:
    states = {state for i in entries for state in attestations.cited_states(i)}
    problems = []
    for key, hand in sorted(states, key=str):
        if key not in attestations.conspectus.witness or Siglum(key, hand) in proved:
            continue
        first: dict[tuple[bool, int], tuple[int, Reading | None]] = {}
        entries_of = {i: attestations.entries[i].item for i in entries}
        for i in entries:
            attestation = attestations.of(i, Siglum(key, hand))
            if attestation.by is None:
                continue
            reading = _reading(attestations, i, attestation.reads)
            if reading is None and not _is_about_words(attestations.entries[i].item):
                continue  # that it adds nothing says nothing of the words
            moves = reading is not None and reading.kind.effect is Effect.MOVES
            if reading is not None and not moves and not reading.kind.replaces_lemma:
                continue
            # of two hands the later one's word counts
            earlier = first.setdefault((moves, attestation.rank), (i, reading))
            both = [(entries_of[n].lemma.is_block, what) for n, what in (earlier, (i, reading))]
            if _what(earlier[1]) != _what(reading) and not _are_apart(*both):
                problems.append(_conflict(attestations, Siglum(key, hand), earlier, (i, reading)))
    return problems


def _are_apart(*said: tuple[bool, Reading | None]) -> bool:
    """Whether one says that the whole passage is there, and the other that its words are others."""
    passage = any(is_block and reading is None for is_block, reading in said)
    others = (r for is_block, r in said if not is_block and r is not None)
    return passage and any(reading.kind.effect is not Effect.CUTS for reading in others)


def _is_about_words(entry: Entry) -> bool:
    """Whether who is named on the left is named for the words, not for adding none."""
    return any(reading.kind.effect is not Effect.ADDS for reading in entry.readings)


def _reading(attestations: Attestations, i: int, reads: Reads) -> Reading | None:
    return None if isinstance(reads, Stance) else attestations.entries[i].item.readings[reads]


def _what(reading: Reading | None) -> object:
    return reading and (reading.kind, reading.text, reading.target)


def _conflict(
    attestations: Attestations,
    siglum: Siglum,
    first: tuple[int, Reading | None],
    second: tuple[int, Reading | None],
) -> Problem:
    anchored = attestations.entries[second[0]]
    origin = attestations.entries[first[0]].item.origin
    where = f" ({origin})" if origin else ""
    return Problem(
        ProblemKind.TWO_READINGS,
        f"{siglum} is said to read {named(second[1])} for {shown(attestations.text.slice(anchored.span))}, "
        f"and in another entry{where} {named(first[1])}",
        anchored.item.origin,
    )


def _and(keys: list[str]) -> str:
    *most, last = keys
    return f"{', '.join(most)} and {last}" if most else last
