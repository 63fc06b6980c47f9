"""Which witnesses carry a passage: all of it, a part, nothing, or nobody knows (TEI: ``msItem`` with ``locus``).

A witness that has been compared with its transcription has what this has; one without has what the register of
witnesses declares: where its silence is agreement, all but its gaps and what entries say that it lacks. Of others
only what an entry says by name is known, or a gap. A passage that a witness has in other words, or elsewhere, it
has; what entries leave out of a passage does not part it, what is lost does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from apparatus.edition import Edition
from apparatus.model import Effect, Passage, Silence, Witness

if TYPE_CHECKING:
    from apparatus.collation.accounts import Words
    from apparatus.collation.attestation import Attestations


class Carries(Enum):
    """Whether a witness has a passage; the value is its letter in the files of the book."""

    WHOLE = "w"
    PART = "p"  #: the rest is lost
    SOME = "s"  #: words of it; of the rest nothing is known
    NOT = "n"
    UNKNOWN = "u"


#: Number of a passage → witness → whether it has it.
Carriers: TypeAlias = Mapping[str, Mapping[str, Carries]]


def carriers_of(edition: Edition, blocks: Iterable[int]) -> dict[str, dict[str, Carries]]:
    """For each passage of the blocks what each witness has of it; nothing where nothing has been compared."""
    if edition.collation is None or not edition.conspectus.witnesses:
        return {}
    asked = {w.key: _Asked(edition, w) for w in edition.conspectus.witnesses}
    return {
        passage.number: {key: one.about(passage) for key, one in asked.items()}
        for i in blocks
        if i < edition.witnessed
        for passage in edition.text.passages_of(i)
    }


def together(found: Iterable[Carries]) -> Carries:
    """What a witness has of several passages."""
    kinds = set(found)
    if len(kinds) == 1:
        return kinds.pop()
    has_any = bool(kinds - {Carries.NOT, Carries.UNKNOWN})
    if kinds & {Carries.UNKNOWN, Carries.SOME}:
        return Carries.SOME if has_any else Carries.UNKNOWN
    return Carries.PART


class _Asked:
    """What is known of one witness."""

    def __init__(self, edition: Edition, witness: Witness) -> None:
        from apparatus.collation.accounts import Words

        assert edition.collation is not None
        self._edition, self._witness = edition, witness
        self._attestations: Attestations = edition.collation.attestations
        is_compared = witness.key in edition.collation.rebuilt
        is_known = is_compared or (witness.transcription is None and witness.silence is Silence.AGREES)
        self._words: Words | None = Words(edition.collation.texts[witness.key]) if is_known else None
        self._said = {} if is_known else dict(self._by_entries())

    def about(self, passage: Passage) -> Carries:
        if self._words is None:
            return self._by_name(passage)
        is_block = passage.span == self._edition.text.span(passage.block)
        has = self._words.has_passage(passage.block) if is_block else self._words.is_there(passage.span)
        if not has:
            return Carries.PART if self._words.is_illegible(passage.span) else Carries.NOT
        return Carries.PART if self._words.is_torn(passage.span) else Carries.WHOLE

    def _by_name(self, passage: Passage) -> Carries:
        if self._attestations.is_absent(self._witness.key, passage.span):
            return Carries.NOT
        return self._said.get(passage.number, Carries.UNKNOWN)

    def _by_entries(self) -> Iterator[tuple[str, Carries]]:
        """What entries say by name: of words within one passage that it has them, of a whole passage that it lacks it."""
        text, key = self._edition.text, self._witness.key
        for i in self._attestations.citing(key):
            found = self._attestations.of(i, self._witness.state_transcribed)
            span = self._attestations.entries[i].span
            block = text.block_at(span.start)
            for passage in text.passages_of(block) if found.is_named(key) else ():
                effect = _effect(self._attestations, i, found.reads)
                if effect in (Effect.CUTS, Effect.LOSES):
                    if span.contains(passage.span):
                        yield passage.number, Carries.NOT
                elif passage.span.contains(span) and len(span):
                    yield passage.number, Carries.SOME


def _effect(attestations: Attestations, i: int, reads: object) -> Effect:
    """What a witness does to the lemma of an entry; it stands where the witness has it."""
    readings = attestations.entries[i].item.readings
    return readings[reads].kind.effect if isinstance(reads, int) else Effect.STANDS
