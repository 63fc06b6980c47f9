"""What several witnesses have otherwise, proposed at once: one entry a place of variation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from apparatus.anchoring.explain import shown
from apparatus.collation.attestation import Attestations
from apparatus.collation.compare import Part
from apparatus.collation.grouping import Proposed, group_parts
from apparatus.collation.grouping.proving import span_of_difference
from apparatus.collation.mending.lemma import locus_for
from apparatus.collation.mending.report import Reporter, is_long
from apparatus.model import Anchored, Entry, Kind, Reading, Span
from apparatus.notation import write_entry
from apparatus.problems import Problem, ProblemKind


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
        key: (reporter.prover.witness, open_parts, reporter.transcribed)
        for key, reporter in reporters.items()
        if reporter.transcribed is not None and (open_parts := reporter.open_parts())
    }
    if not differing:
        return []
    proposed = group_parts(attestations, differing)
    for key, parts in proposed.parts.items():
        reporters[key].account_for(parts)
    told = {key: _told(reporters[key], parts) for key, parts in proposed.parts.items()}
    return [*_Messages(attestations, reporters, told).of(proposed)]


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
        where = f"below {block.number}" if old is None else f"in place of the entry at {old.item.origin}"
        line = write_entry(anchored.item, self.attestations.conspectus.keys)
        message = f"in {said}, {self._differ(anchored, old)}, and no entry says so; "
        message += f"{self._or_a_gap(anchored) if old is None else ''}write {where}: {line}"
        return Problem(ProblemKind.UNRECORDED_DIFFERENCE, message, block.origin)

    def _differ(self, anchored: Anchored[Entry], old: Anchored[Entry] | None) -> str:
        """What the witnesses have that the entry names, or names newly: each reading once, with all that have it."""
        before = {(s.key, s.hand) for r in old.item.readings for s in r.sigla} if old else set()
        said = []
        for reading in anchored.item.readings:
            new = [siglum for siglum in reading.sigla if (siglum.key, siglum.hand) not in before]
            if not new:
                continue
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


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
