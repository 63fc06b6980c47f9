"""Readings that are none: what a witness is said to read is the lemma, or is what only an editor can do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from dataclasses import replace
from itertools import pairwise

from apparatus.anchoring.explain import shown
from apparatus.collation.attestation import Attestations
from apparatus.collation.beside import left_of
from apparatus.collation.edits import Edit, Insertion, Level
from apparatus.collation.plan import Plan
from apparatus.collation.rebuild import WitnessText
from apparatus.model import BREAK, Anchored, EditedText, Entry, Kind, Origin, Reading, Span
from apparatus.normalisation import normaliser
from apparatus.notation import write_entry
from apparatus.problems import Problem, ProblemKind, mend_in_place


def readings_of_the_lemma(attestations: Attestations, proved: Collection[str]) -> list[Problem]:
    """Readings that are the words of the lemma, or count as them: they would be printed as variants.

    What only scholars propose may be the text. What the comparison disregards can be read in a witness, but of those
    that are *proved* by a transcription it would be said without proof.
    """
    scholars = attestations.conspectus.scholar_keys
    normalise = normaliser(attestations.conspectus.normalisation)
    problems = []
    for anchored in attestations.entries:
        words = attestations.text.slice(anchored.span)
        of_words = [r for r in anchored.item.readings if r.kind is Kind.TEXT and _keys(r) - scholars]
        idle = [reading for reading in of_words if reading.text == words]
        if idle := [*idle, *_unmoved(attestations.text, anchored)]:
            problems.append(_no_variant(attestations, anchored, words, idle))
        problems += [
            _unproved(attestations, anchored, reading)
            for reading in of_words
            if reading.text != words
            and _keys(reading) & set(proved)
            and normalise(reading.text) == normalise(words)
        ]
    return problems


def _unmoved(text: EditedText, anchored: Anchored[Entry]) -> Iterator[Reading]:
    """Transpositions to where the lemma stands."""
    between = f" {BREAK}" if anchored.item.lemma.is_block else " "
    span = anchored.span
    for reading, target in zip(anchored.item.readings, anchored.targets, strict=False):
        if target is None or reading.target is None:
            continue
        before = reading.target.before
        start, end = (span.end, target.start) if before else (target.end, span.start)
        if start <= end and not text.joined[start:end].strip(between):
            yield reading


def idle_together(witness: WitnessText, passed: Set[int]) -> Iterator[Problem]:
    """Entries that say nothing of a witness: a transposition, or two that touch, without which it reads the same.

    Another entry has taken away what the words are moved past, or puts back what the first takes away. What is
    *passed* is reported otherwise.
    """
    told = set(passed)
    for entries in _touching(witness.plan.root):
        done = [i for i in entries if i not in told]
        if len(done) == len(entries) and _reads_the_same(witness, entries):
            told |= entries
            yield _idle(witness, sorted(entries))
    for move, carrier in carried_home(witness.plan):
        if told.isdisjoint({move.entry, carrier.entry}):
            yield _carried(witness, move, carrier)


def carried_home(plan: Plan) -> Iterator[tuple[Insertion, Insertion]]:
    """Transpositions to words that are themselves moved to where the transposed ones stand, and how they get there."""
    home = {id(i.move): i for i in plan.moves if i.move is not None and not i.move.stays}
    for move in home.values():
        assert move.move is not None
        carrier = move
        while carrier.holder is not move.move.outer and id(carrier.holder) in home:
            carrier = home[id(carrier.holder)]
        if (
            carrier is not move
            and carrier.holder is move.move.outer
            and _stands_at(plan, carrier.at, move.move)
        ):
            yield move, home[id(move.holder)]


def _stands_at(plan: Plan, at: int, move: Edit) -> bool:
    """Whether nothing that stays stands between a point and words that are moved."""
    level = move.outer.inner if move.outer else plan.root
    between = Span(min(at, move.span.end), max(at, move.span.start))
    gone = [edit for edit in level.edits if not edit.text and not edit.stays]
    gone = [edit for edit in gone if edit.span.start < between.end and between.start < edit.span.end]
    return not any(part.strip(" ") for part in left_of(plan.text, between, gone))


def _touching(level: Level) -> Iterator[frozenset[int]]:
    """The transpositions of a level, each alone, and the entries of events between which stands no word."""
    moves = {
        e.entry for e in level.events if isinstance(e, Insertion) and e.move is not None and not e.move.stays
    }
    yield from (frozenset({i}) for i in sorted(moves))
    for one, other in pairwise(level.events):
        both = {e.entry for e in (one, other) if e.entry is not None}
        start, end = _end(one), _end(other) if isinstance(other, Insertion) else other.span.start
        if len(both) == 2 and end - start <= 1:
            yield frozenset(both)
    for event in level.events:
        if isinstance(event, Edit) and event.is_move:
            yield from _touching(event.inner)


def _end(event: Edit | Insertion) -> int:
    return event.at if isinstance(event, Insertion) else event.span.end


def _reads_the_same(witness: WitnessText, entries: frozenset[int]) -> bool:
    """Whether a witness reads the same without some entries, and without those that say the same of their words."""
    reads = witness.reads
    blocks = _reached(witness, {b for i in entries if i in reads for b in witness.blocks_of(i, reads[i])})
    if not blocks:
        return False
    text, out = witness.text, entries | _said_again(witness, entries)
    span = Span(text.starts[min(blocks)], text.span(max(blocks)).end)
    with_them, without = (witness.part(span, (), gone)[0] for gone in (frozenset[int](), out))
    return [b.text for b in with_them] == [b.text for b in without]


def _reached(witness: WitnessText, blocks: set[int]) -> set[int]:
    """The blocks, and those in which a transposition puts what stands in them: what is moved takes its words along."""
    while blocks:
        between = set(range(min(blocks), max(blocks) + 1))
        reached = {b for i in witness.moves_near(between) for b in witness.blocks_of(i, witness.reads[i])}
        if reached <= between:
            break
        blocks = between | reached
    return blocks


def _said_again(witness: WitnessText, entries: frozenset[int]) -> frozenset[int]:
    """The entries of a witness on the words of others, or a part of them; of one alone those on the same words."""
    spans = [witness.attestations.entries[i].span for i in entries]
    around = Span(min(span.start for span in spans), max(span.end for span in spans))
    own = [(i, witness.attestations.entries[i].span) for i, _ in witness.near(around)]
    if len(spans) == 1:
        return frozenset(i for i, span in own if span == spans[0])
    return frozenset(i for i, span in own if any(one.contains(span) for one in spans))


def _idle(witness: WitnessText, entries: list[int]) -> Problem:
    attestations, state = witness.attestations, witness.state
    *others, i = entries
    anchored = attestations.entries[i]
    places = " and ".join(str(o) for other in others if (o := attestations.entries[other].item.origin))
    what = (
        f"what this entry and {places} say of {state}"
        if others
        else f"the transposition that this entry gives to {state}"
    )
    mend = f"take {state} out of both" if others else f"take {state} out of it"
    message = f"{what} comes, with all other entries, to nothing: without it {state} reads the same; {mend}"
    return Problem(ProblemKind.NO_VARIANT, message, anchored.item.origin)


def _carried(witness: WitnessText, move: Insertion, carrier: Insertion) -> Problem:
    attestations, state = witness.attestations, witness.state
    anchored, other = attestations.entries[move.entry], attestations.entries[carrier.entry]
    words, there = (shown(attestations.text.slice(one.span)) for one in (anchored, other))
    where = f" ({other.item.origin})" if other.item.origin else ""
    side = "after" if move.before else "before"
    message = (
        f"by this entry {words} is moved to {there}, which by another{where} {state} has where the text has {words}: that "
        f"stands at its own place; take {state} out of this one, and let the other say that {there} stands {side} {words}"
    )
    return Problem(ProblemKind.NO_VARIANT, message, anchored.item.origin)


def _keys(reading: Reading) -> set[str]:
    return {siglum.key for siglum in reading.sigla}


def _unproved(attestations: Attestations, anchored: Anchored[Entry], reading: Reading) -> Problem:
    words, without = attestations.text.slice(anchored.span), attestations.conspectus.normalisation
    message = (
        f"the reading {shown(reading.text)} for {shown(words)} differs in nothing but what the comparison disregards "
        f"({', '.join(without)}), and nothing proves it; take it out, or the name from 'normalisation' in the file of witnesses"
    )
    return Problem(ProblemKind.NO_VARIANT, message, anchored.item.origin)


def _no_variant(
    attestations: Attestations, anchored: Anchored[Entry], words: str, idle: list[Reading]
) -> Problem:
    item = anchored.item
    sigla = tuple(dict.fromkeys(siglum for reading in idle for siglum in reading.sigla))
    line = ""
    if (mended := _on_the_left(item, idle)) is not None:
        line = write_entry(mended, attestations.conspectus.keys)
        mend = f"write: {line}"
    else:
        mend = "delete the entry, or write what else it reads"
    who = ", ".join(map(str, sigla))
    where = " in its own place" if any(reading.kind is Kind.TRANSP for reading in idle) else ""
    message = f"the reading of {who} for {shown(words)} is the lemma itself{where}, and no variant; {mend}"
    told = mend_in_place(line, item.origin) if line else None  # else a person has to decide
    return Problem(ProblemKind.NO_VARIANT, message, item.origin, told)


def _on_the_left(item: Entry, idle: list[Reading]) -> Entry | None:
    """The entry with those who have the lemma beside it; ``None`` if no reading is left."""
    left: list[Reading] = []
    for reading in item.readings:
        if reading not in idle:
            is_under_one = reading.sub and bool(left)
            left.append(replace(reading, sub=is_under_one))
    sigla = [*item.support, *(siglum for reading in idle for siglum in reading.sigla)]
    remarks = [remark for remark in (item.support_remark, *(r.remark for r in idle)) if remark]
    if not left:
        return None
    return replace(
        item,
        readings=tuple(left),
        support=tuple(dict.fromkeys(sigla)),
        support_remark="; ".join(remarks) or None,
    )


def idle_breaks(attestations: Attestations) -> list[Problem]:
    """Readings with a new passage where the text has one already, at an end of a passage, or with two at once.

    A passage without words is none: what is said to break there reads as if nothing were said.
    """
    problems = []
    for anchored in attestations.entries:
        lacking = [
            reading
            for reading in anchored.item.readings
            if _breaks_idly(attestations.text, anchored, reading)
        ]
        if lacking:
            problems.append(_idle_break(attestations, anchored, lacking))
    return problems


def _breaks_idly(text: EditedText, anchored: Anchored[Entry], reading: Reading) -> bool:
    """Whether a break in a reading has nothing before it or after it in its passage."""
    if BREAK not in reading.text:
        return False
    span, between = anchored.span, BREAK if anchored.item.lemma.is_block else " "
    before = text.joined[text.starts[text.block_at(span.start)] : span.start]
    after = text.joined[span.end : text.span(text.block_at(max(span.start, span.end - 1))).end]
    made = {
        Kind.ADD: f"{text.slice(span)}{between}{reading.text}",
        Kind.PRAEM: f"{reading.text}{between}{text.slice(span)}",
    }.get(reading.kind, reading.text)
    return any(not part.strip() for part in f"{before}{made}{after}".split(BREAK))


def _idle_break(attestations: Attestations, anchored: Anchored[Entry], idle: list[Reading]) -> Problem:
    words = attestations.text.slice(anchored.span)
    readings = [
        _without_idle_breaks(attestations.text, anchored, r) if r in idle else r
        for r in anchored.item.readings
    ]
    mend = "take it out"
    if all(reading is not None and reading.text != words for reading in readings):
        entry = replace(anchored.item, readings=tuple(filter(None, readings)))
        mend = f"write: {write_entry(entry, attestations.conspectus.keys)}"
    message = f"a reading for {shown(words)} has a ¶ that begins no passage: nothing stands before or after it in its own; {mend}"
    return Problem(ProblemKind.NO_VARIANT, message, anchored.item.origin)


def _without_idle_breaks(text: EditedText, anchored: Anchored[Entry], reading: Reading) -> Reading | None:
    """A reading with those breaks that begin a passage; ``None`` if what it adds is nothing else."""
    once = BREAK.join(re.split(rf" *{BREAK}[ {BREAK}]*", reading.text))
    tried = (once, once.lstrip(BREAK), once.rstrip(BREAK), once.strip(BREAK))
    words = next(said for said in tried if not _breaks_idly(text, anchored, replace(reading, text=said)))
    if words:
        return replace(reading, text=words)
    return replace(reading, kind=Kind.OM, text="") if reading.kind is Kind.TEXT else None


def brackets_of_witnesses(attestations: Attestations) -> list[Problem]:
    """``secl.`` with a witness: only an editor brackets words that stay in the text."""
    problems = []
    for anchored in attestations.entries:
        for reading in anchored.item.readings:
            wrong = [str(s) for s in reading.sigla if s.key not in attestations.conspectus.scholar_keys]
            if reading.kind is Kind.SECL and wrong:
                problems.append(_no_editor(wrong, anchored.item.origin))
    return problems


def _no_editor(sigla: list[str], origin: Origin | None) -> Problem:
    who = " ".join(sigla)
    message = (
        f"'secl.' says that an editor brackets the words, but {', '.join(sigla)} is declared as no scholar; write "
        f"'om. {who}' for one that lacks them, 'del. {who}' for one in which they are struck out; a print that is "
        "witness and scholar at once has 'is_scholar = true'"
    )
    return Problem(ProblemKind.SECL_WITH_WITNESS, message, origin)
