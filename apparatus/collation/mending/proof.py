"""Proof that an entry line does what it is offered for.

The line is written, parsed as it will stand in a file, anchored and applied, and must give the text that was wanted:
nothing is printed for pasting that has not been through this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apparatus.anchoring import anchor
from apparatus.collation.attestation import Attestations
from apparatus.collation.compare import Part
from apparatus.collation.rebuild import RebuiltBlock, WitnessText
from apparatus.model import BREAK, Anchored, Entry, Siglum, Span
from apparatus.notation import parse_pasted, write_entry


class Prover:
    """Tries entries on one witness."""

    def __init__(
        self, witness: WitnessText, rebuilt: Sequence[RebuiltBlock], normalise: Callable[[str], str] = str
    ) -> None:
        self.witness, self.rebuilt, self.normalise = witness, rebuilt, normalise
        self.text = witness.text
        self.sigla = witness.attestations.conspectus.keys
        self.marks = witness.witness.marks
        self.scholars = witness.attestations.conspectus.scholar_keys

    def region(self, part: Part) -> tuple[Span, Part]:
        """The stretch of the reading text that gives *part*, and the part that it gives.

        Where transpositions lead in or out, this is the whole text.
        """
        places = [p for _, piece in part.pieces() for p in (piece.start, piece.end)]
        if places:
            first, last = self.text.block_at(min(places)), self.text.block_at(max(places))
            span = Span(self.text.starts[first], self.text.span(last).end)
            blocks, _ = self.witness.part(span)
            if [b.text for b in blocks] == [b.text for b in part.blocks]:
                return span, part
        return Span(0, len(self.text.joined)), Part(
            0, tuple(self.rebuilt), part.transcribed, part.differences
        )

    def line(self, entry: Entry) -> str:
        return write_entry(entry, self.sigla)

    def anchored(self, entry: Entry, host: int) -> Anchored[Entry] | None:
        """The entry as it comes back from its written line."""
        parsed, problems = parse_pasted(self.line(entry), self.sigla, self.scholars)
        if parsed is None or problems or parsed != entry:
            return None
        found, problems = anchor(self.text, [(parsed, host)])
        if problems or len(found) != 1 or not isinstance(found[0].item, Entry):
            return None
        return Anchored(parsed, found[0].home, found[0].span, found[0].targets)

    def reads(self, anchored: Anchored[Entry], state: Siglum) -> int | None:
        """Which reading of the entry the witness has; ``None``: the lemma."""
        attestations = self.witness.attestations
        alone = Attestations(self.text, (anchored,), attestations.conspectus, attestations.gaps)
        reads = alone.of(0, state).reads
        return reads if isinstance(reads, int) else None

    def gives(
        self,
        span: Span,
        expected: str,
        extra: Sequence[Anchored[Entry]] = (),
        without: frozenset[int] = frozenset(),
        *,
        strict: bool = True,
    ) -> bool:
        """Whether the stretch reads *expected* with the *extra* entries, and no conflict arises."""
        done = []
        for anchored in extra:
            reads = self.reads(anchored, self.witness.state)
            if reads is not None:
                done.append((anchored, reads))
        blocks, problems = self.witness.part(span, done, without)
        if self.normalise(BREAK.join(b.text for b in blocks)) != self.normalise(expected):
            return False
        return not strict or not problems or len(problems) <= len(self.witness.part(span)[1])
