"""What several witnesses have otherwise, proposed at once: one entry a place of variation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from apparatus.anchoring.explain import shown
from apparatus.collation.align import hunks
from apparatus.collation.attestation import Attestations
from apparatus.collation.compare import Part
from apparatus.collation.grouping import Proposed, group_parts
from apparatus.collation.grouping.proving import span_of_difference
from apparatus.collation.grouping.units import Units
from apparatus.collation.mending.lemma import locus_for
from apparatus.collation.mending.report import Reporter, is_long
from apparatus.collation.mending.where import where_to_write
from apparatus.model import BREAK, Anchored, Entry, Kind, Reading, Siglum, Span
from apparatus.notation import write_entry
from apparatus.problems import Mend, Problem, ProblemKind, mend_in_place

#: Below these shares of common words a transcription is another work, or a version of its own.
_OTHER, _FREE = 0.15, 0.35
#: Of fewer words nothing can be said.
_SHORT = 60


class Told(NamedTuple):
    """A difference: where in the text, what it is, and on which line of the transcription."""

    span: Span
    words: str
    where: str


def propose_together(attestations: Attestations, reporters: Mapping[str, Reporter]) -> list[Problem]:
    """The entries for all parts in which witnesses differ and no entry is to blame, proved together.

    The *reporters* of the witnesses then say nothing of these parts.
    """
    differing = {
        key: (reporter.prover.witness, open_parts, reporter.transcribed, reporter.given.blocks)
        for key, reporter in reporters.items()
        if reporter.transcribed is not None and (open_parts := reporter.open_parts())
    }
    if not differing:
        return []
    strange = {key: share for key in differing if (share := in_common(reporters[key])) < _FREE}
    for key in [key for key, share in strange.items() if share < _OTHER]:
        reporters[key].account_for(differing.pop(key)[1])
    proposed = group_parts(attestations, differing)
    for key, parts in proposed.parts.items():
        reporters[key].account_for(parts)
    told = {key: _told(reporters[key], parts) for key, parts in proposed.parts.items()}
    messages = _Messages(attestations, reporters, told)
    return [*(_strange(reporters[key], share) for key, share in strange.items()), *messages.of(proposed)]


def in_common(reporter: Reporter) -> float:
    """Which share of its words, or of those that the edition gives it, a witness has as the edition; 1 where that is enough."""
    differing = sum(len(part.rebuilt_text) for part in reporter.parts)
    if differing <= (1 - _FREE) * sum(len(block.text) for block in reporter.both[1]):
        return 1.0  # whole passages are the same
    its, given = (Units(BREAK.join(block.text for block in blocks)) for blocks in reporter.both)
    words = min(len(its), len(given))
    if words < _SHORT:
        return 1.0
    return _shared(given, its) / words


def _shared(given: Units, its: Units) -> int:
    """How many words two texts have in one order."""
    return len(given) - sum(hunk.a1 - hunk.a0 for hunk in hunks(given.keys, its.keys))


def _strange(reporter: Reporter, share: float) -> Problem:
    """That a transcription may be of something else."""
    witness = reporter.prover.witness.witness
    message = f"the transcription of {witness.key} ({reporter.file}) has {share:.0%} of its words in common with the text: "
    if share < _OTHER:
        message += (
            "it is another work, and nothing is proposed for it; mend the path, or take 'transcription' out"
        )
    else:
        message += "where it is a version of its own, leave 'transcription' out and cite it as you need it"
    return Problem(ProblemKind.OTHER_WORK, message, witness.origin)


def _told(reporter: Reporter, parts: Sequence[Part]) -> list[Told]:
    """What differs in the parts, in the order of the text."""
    found = []
    for part in parts:
        pieces = [*part.pieces()]
        for hunk in part.differences:
            span = span_of_difference(pieces, hunk)
            words, where = reporter.differs(part, hunk)
            found.append(Told(span, words, where))
    return sorted(found)


class _Messages:
    def __init__(
        self, attestations: Attestations, reporters: Mapping[str, Reporter], told: Mapping[str, list[Told]]
    ) -> None:
        self.attestations, self.text = attestations, attestations.text
        self.reporters, self.told = reporters, told

    def of(self, proposed: Proposed) -> Iterator[Problem]:
        """A message for each entry, in the order of the text."""
        changed = [(anchored, i) for i, anchored in proposed.changed.items()]
        every = [*changed, *((anchored, None) for anchored in proposed.new)]
        for anchored, i in sorted(every, key=lambda one: (one[0].span.start, -one[0].span.end)):
            yield self._problem(anchored, i)

    def _problem(self, anchored: Anchored[Entry], i: int | None) -> Problem:
        block = self.text.blocks[anchored.home]
        said = self.text.number_in(anchored.home, anchored.span.start)
        old = None if i is None else self.attestations.entries[i]
        keys = self.attestations.conspectus.keys
        line = write_entry(anchored.item, keys)
        number, entry = where_to_write(self.text, anchored)
        where = f"below {number}" if old is None else f"in place of the entry at {old.item.origin}"
        written = write_entry(entry, keys) if old is None else line
        message = f"in {said}, {self._differ(anchored, old)}, and no entry says so; "
        message += f"{self._or_a_gap(anchored) if old is None else ''}write {where}: {written}"
        return Problem(
            ProblemKind.UNRECORDED_DIFFERENCE, message, block.origin, self._mend(line, anchored, old)
        )

    def _mend(self, line: str, anchored: Anchored[Entry], old: Anchored[Entry] | None) -> Mend | None:
        """The same for a program, with the keys of those whom the entry names, or names newly."""
        new = {siglum.key for _, sigla in _newly(anchored, old) for siglum in sigla}
        witnesses = " ".join(key for key in self.reporters if key in new)
        if old is not None:
            return mend_in_place(line, old.item.origin, witnesses)
        return Mend(line, below=self.text.blocks[anchored.home].number, witness=witnesses)

    def _differ(self, anchored: Anchored[Entry], old: Anchored[Entry] | None) -> str:
        """What the witnesses have that the entry names, or names newly: each reading once, with all that have it."""
        said = []
        for reading, new in _newly(anchored, old):
            first = self._at(new[0].key, anchored.span)
            words = f"{first.words} ({first.where})" if first else self._plain(str(new[0]), anchored, reading)
            others = [self._like(siglum.key, anchored.span) for siglum in new[1:]]
            said.append(words + (f", and so {_listed(others)}" if others else ""))
        return "; ".join(said)

    def _at(self, key: str, span: Span) -> Told | None:
        """The first difference of a witness that touches words of the text."""
        told = self.told.get(key, [])
        n = bisect_left(told, span.start, key=lambda one: one.span.end)
        return told[n] if n < len(told) and told[n].span.start <= span.end else None

    def _like(self, key: str, span: Span) -> str:
        told = self._at(key, span)
        return f"{self.reporters[key].state} ({told.where})" if told else str(self.reporters[key].state)

    def _plain(self, siglum: str, anchored: Anchored[Entry], reading: Reading) -> str:
        words = shown(self.text.slice(anchored.span))
        if reading.kind is Kind.TRANSP:
            return f"{siglum} has {words} elsewhere"
        return f"{siglum} has {shown(reading.text)} at {words}"

    def _or_a_gap(self, anchored: Anchored[Entry]) -> str:
        """The gap to declare instead, where one witness lacks much at once."""
        readings = anchored.item.readings
        lacks = len(readings) == 1 and readings[0].kind in (Kind.OM, Kind.LAC)
        if not lacks or len(readings[0].sigla) != 1 or not is_long(self.text.slice(anchored.span)):
            return ""
        found = locus_for(self.text, anchored.span)
        return self.reporters[readings[0].sigla[0].key].or_a_gap(found) if found else ""


def _newly(anchored: Anchored[Entry], old: Anchored[Entry] | None) -> Iterator[tuple[Reading, list[Siglum]]]:
    """The readings, each with those whom the entry did not name before."""
    before = {(s.key, s.hand) for r in old.item.readings for s in r.sigla} if old else set()
    for reading in anchored.item.readings:
        new = [siglum for siglum in reading.sigla if (siglum.key, siglum.hand) not in before]
        if new:
            yield reading, new


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
