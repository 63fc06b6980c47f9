"""The differences of one witness, as problems that say what would mend them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

from apparatus.anchoring.explain import shown, told_apart
from apparatus.characters import words as divided
from apparatus.collation.accounts import Words
from apparatus.collation.align import Hunk, size
from apparatus.collation.compare import Part, TranscribedBlock, compare
from apparatus.collation.edits import named
from apparatus.collation.letters import as_transcribed
from apparatus.collation.mending.claims import Correction, claim_of, is_in_gap, put_back, to_blame
from apparatus.collation.mending.held import held
from apparatus.collation.mending.join import Proposal
from apparatus.collation.mending.lemma import locus_for
from apparatus.collation.mending.order import out_of_order
from apparatus.collation.mending.proof import Prover
from apparatus.collation.mending.propose import Proposer
from apparatus.collation.mending.rewrite import mended, without
from apparatus.collation.mending.where import where_to_write
from apparatus.collation.rebuild import Rebuilt, RebuiltBlock, WitnessText
from apparatus.model import BREAK, Entry, Kind, Lemma, Origin, Place, Reading, Siglum, Span
from apparatus.normalisation import normaliser
from apparatus.notation import write_locus
from apparatus.problems import Mend, Problem, ProblemKind, mend_in_place

#: What lacks more words than this, or whole passages, may be a gap of a fragment.
LONG = 30


class Reporter:
    """Compares one witness with its transcription and turns the differences into problems."""

    def __init__(
        self,
        witness: WitnessText,
        transcribed: Sequence[TranscribedBlock] | None,
        normalise: Callable[[str], str],
        file: str,
    ) -> None:
        """*file* is that of the transcription; with ``None`` for its blocks the caller compares."""
        self.transcribed, self.normalise, self.file = transcribed, normalise, file
        self.state = witness.state
        self._blamed: set[int] = set()
        self._accounted: set[int] = set()
        self._set(witness)
        if unmarked := frozenset(self._unmarked_gaps()):
            self._set(WitnessText(witness.attestations, self.state, witness.ignoring, unmarked))
        self._part_gaps()
        self.witness = self.prover.witness  #: with a mark for those gaps only that have one

    def _set(self, witness: WitnessText) -> None:
        self.given = witness.rebuild()
        self.prover = Prover(witness, self.given.blocks, self.normalise)
        marks = witness.witness.marks
        theirs = self.transcribed
        self.parts = [] if theirs is None else compare(self.given.blocks, theirs, self.normalise, marks)

    @property
    def is_clean(self) -> bool:
        """Whether the witness is its transcription, and no entry stands in the way of another or is against it."""
        are_done = all(conflict.is_done for conflict in self.given.conflicts)
        return not self.parts and not self._blamed and are_done

    @property
    def blamed(self) -> Set[int]:
        """The entries that its transcription disproves, once the problems have been asked for."""
        return self._blamed

    def in_its_letters(self) -> Rebuilt:
        """The witness as it is rebuilt, in the letters of its transcription wherever it is proved to be that."""
        if self.transcribed is None:
            return self.given
        blocks = as_transcribed(self.given.blocks, self.transcribed, self.normalise)
        return replace(self.given, blocks=blocks)

    def _part_gaps(self) -> None:
        """Take a sign at the end of one block and another at the head of the next for one gap over the break."""
        first = self.prover.witness
        for gap in first.attestations.gaps.get(self.state.key, ()) if self.parts else ():
            if BREAK not in first.text.slice(gap) or gap in self.prover.witness.unmarked:
                continue
            before, witness = (self.prover, self.given, self.parts), self.prover.witness
            parted = witness.parted | {gap}
            self._set(
                WitnessText(witness.attestations, self.state, witness.ignoring, witness.unmarked, parted)
            )
            if _size(self.parts) >= _size(before[2]):
                self.prover, self.given, self.parts = before

    def _unmarked_gaps(self) -> Iterator[Span]:
        """The declared gaps for which the transcription has nothing: a fragment may just begin and end."""
        mark = self.prover.witness.witness.lac_mark
        gaps = set(self.prover.witness.attestations.gaps.get(self.state.key, ())) if mark else ()
        for part in self.parts if gaps else ():
            theirs = part.transcribed_text
            for at, piece in part.pieces():
                if piece.entry is None and (span := Span(piece.start, piece.end)) in gaps:
                    inside = (h for h in part.differences if h.a0 <= at and at + len(piece.text) <= h.a1)
                    if any(mark not in theirs[h.b0 : h.b1] for h in inside):
                        yield span

    def problems(self, settled: Set[int] = frozenset()) -> list[Problem]:
        """Everything that is wrong with this witness; an entry is not blamed for what another says falsely.

        *settled* are entries that have been reported already, with what mends them.
        """
        conflicts = self.given.conflicts
        found = [*self._of_entries, *(problem for part in self._left() for problem in self._in_part(part))]
        besides = held(Words(self.prover.witness), self.prover, self._blamed | settled)
        standing = (c for c in conflicts if c.other not in self._blamed and c.entry not in self._blamed)
        return [*(conflict.problem for conflict in standing), *found, *besides]

    @cached_property
    def _of_entries(self) -> list[Problem]:
        """What entries say that the transcription has not, whatever else differs."""
        nothing = self._nothing_left() if self.parts and not self.given.blocks else ()
        return [*nothing, *self._out_of_order(), *self._false_moves()]

    def open_parts(self) -> list[Part]:
        """The parts in which the transcription differs, and no entry is to blame."""
        return [] if self._of_entries and not self.parts else [p for p in self.parts if self._is_open(p)]

    @property
    def both(self) -> tuple[Sequence[TranscribedBlock], Sequence[RebuiltBlock]]:
        """The transcription, and what the edition gives for it."""
        return self.transcribed or (), self.given.blocks

    def account_for(self, parts: Iterable[Part]) -> None:
        """Say nothing of *parts*: entries are proposed for them."""
        self._accounted = {part.first for part in parts}

    def _left(self) -> list[Part]:
        return [part for part in self.parts if part.first not in self._accounted]

    def _is_open(self, part: Part) -> bool:
        proposer = Proposer(self.prover, part)
        return not any(to_blame(proposer, hunk) or is_in_gap(proposer, hunk) for hunk in part.differences)

    def _out_of_order(self) -> Iterator[Problem]:
        """Entries that are true and stand before others behind which they belong."""
        for part in list(self.parts):
            if found := out_of_order(Proposer(self.prover, part), part, self.file):
                self._blamed.add(found[0])
                self.parts.remove(part)
                yield found[1]

    def _nothing_left(self) -> Iterator[Problem]:
        """The entries leave the witness no text at all, and the transcription has some."""
        entries = self.prover.witness.attestations.entries
        for i, _ in self.prover.witness.done:
            claim = named(claim_of(entries[i], self.prover, i))
            message = (
                f"the entry says that {self.state} reads {claim} for {shown(_short(self._lemma(i)))}, and the entries "
                f"together leave it no text, but the transcription ({self.file}) has some; take {self.state} out of it"
            )
            self._blamed.add(i)
            yield Problem(ProblemKind.FALSE_CLAIM, message, entries[i].item.origin)
        witness = self.prover.witness.witness
        if not self.prover.witness.done and witness.gaps:
            message = f"{self.state} has no text outside its gaps, but the transcription ({self.file}) has some: mend the gaps"
            yield Problem(ProblemKind.UNRECORDED_DIFFERENCE, message, witness.origin)
        if self.prover.witness.done or witness.gaps:
            self.parts = []

    def _false_moves(self) -> Iterator[Problem]:
        """Transpositions without which the witness would differ less."""
        homes = {b.home + step for part in self.parts for b in part.blocks for step in (-1, 0, 1)}
        for i in self.prover.witness.moves_near(homes) if self.parts else ():
            before = self.prover, self.given, self.parts
            witness = self.prover.witness
            ignoring = witness.ignoring | {i}
            self._set(
                WitnessText(witness.attestations, self.state, ignoring, witness.unmarked, witness.parted)
            )
            if _size(self.parts) >= _size(before[2]):
                self.prover, self.given, self.parts = before
                continue
            self._blamed.add(i)
            anchored = witness.attestations.entries[i]
            lemma, by = self._lemma(i), witness.attestations.of(i, self.state).by
            entry = mended(anchored.item, lemma, lemma, self.state, by, self.prover.marks)
            mend = f"write: {self.prover.line(entry)}" if entry else "delete the entry"
            message = (
                f"the entry says that {self.state} has {shown(_short(lemma))} elsewhere, but the transcription "
                f"({self.file}) has no such transposition; {mend}"
            )
            written = self.prover.line(entry) if entry else ""
            told = mend_in_place(written, anchored.item.origin, self.state.key)
            yield Problem(ProblemKind.FALSE_CLAIM, message, anchored.item.origin, told)

    def _lemma(self, i: int) -> str:
        attestations = self.prover.witness.attestations
        return attestations.text.slice(attestations.entries[i].span)

    def _in_part(self, part: Part) -> Iterator[Problem]:
        proposer = Proposer(self.prover, part)
        unrecorded, in_gap = [], []
        for hunk in part.differences:
            blamed = list(self._false_claims(proposer, hunk, to_blame(proposer, hunk)))
            yield from (problem for problem in blamed if problem is not None)
            if not blamed and is_in_gap(proposer, hunk):
                in_gap.append(hunk)
            elif not blamed:
                unrecorded.append(hunk)
        if in_gap:
            (a0, _, b0, _), (_, a1, _, b1) = in_gap[0], in_gap[-1]
            yield self._in_gap(proposer, Hunk(a0, a1, b0, b1))
        for hunk, proposal in proposer.propose(unrecorded):
            blamed = []
            if proposal is None:
                blamed = list(
                    self._false_claims(proposer, hunk, to_blame(proposer, hunk, beside=True), certain=False)
                )
                yield from (problem for problem in blamed if problem is not None)
            if not blamed:
                is_true = len(unrecorded) == len(part.differences) or _is_read(proposer, proposal)
                yield self._unrecorded(proposer, hunk, proposal, after_others=not is_true)

    def _false_claims(
        self, proposer: Proposer, hunk: Hunk, entries: Sequence[int], *, certain: bool = True
    ) -> Iterator[Problem | None]:
        """One for each entry that the difference disproves; ``None`` where that has been said.

        Where one entry, written otherwise, accounts for it, those beside are right.
        """
        together = frozenset(put_back(proposer, hunk))
        for i in entries:
            if i in self._blamed:
                yield None
                continue
            correction = Correction(proposer, i, together)
            line = correction.line()
            if line is None and certain and size(correction.differences) >= size(proposer.part.differences):
                continue  # without the entry it would be no better
            if line == self.prover.line(correction.anchored.item) or correction.is_true():
                continue  # what the entry says is right, and the difference beside it
            self._blamed.add(i)
            yield self._false_claim(proposer, hunk, correction, line)
            if line is not None and not together:
                return

    def _unrecorded(
        self, proposer: Proposer, hunk: Hunk, proposal: Proposal | None, *, after_others: bool = False
    ) -> Problem:
        text = self.prover.text
        home = proposal.host if proposal else _home(proposer, hunk)
        number, origin = text.blocks[home].number, text.blocks[home].origin
        said = text.number_in(home, proposal.anchored.span.start if proposal else None)
        message = f"in {said}, {self._differs(proposer.part, hunk)}, and no entry says so; "
        told = None
        if after_others:
            message += "mend first what is reported beside it; the next build says what to write"
        elif proposal:
            message += f"{self._gap_instead(proposal)}write {self._line_at_its_place(proposal)}"
            told = mend_in_place(proposal.line, proposal.origin, self.state.key)
            if proposal.instead is None:
                told = Mend(proposal.line, below=number, witness=self.state.key)
        else:
            message += "no single entry would record it, so mend the text or the entries near it"
        return Problem(ProblemKind.UNRECORDED_DIFFERENCE, message, origin, told)

    def _line_at_its_place(self, proposal: Proposal) -> str:
        """Where to write the line, and the line as it reads there."""
        if proposal.instead is not None:
            return f"in place of the entry at {proposal.origin}: {proposal.line}"
        number, entry = where_to_write(self.prover.text, proposal.anchored)
        return f"below {number}: {self.prover.line(entry)}"

    def _gap_instead(self, proposal: Proposal) -> str:
        """The gap to declare instead, where much is lacking at once."""
        span, item, text = proposal.anchored.span, proposal.anchored.item, self.prover.text
        lacks = item.readings[-1].kind in (Kind.OM, Kind.LAC)
        if proposal.instead is not None or not lacks or not is_long(text.slice(span)):
            return ""
        found = locus_for(text, span)
        return self.or_a_gap(found) if found else ""

    def or_a_gap(self, locus: tuple[Place, Lemma]) -> str:
        """That a gap may be declared at a place."""
        witness = self.prover.witness.witness
        origin = f" ({witness.origin})" if witness.origin else ""
        written = json.dumps(write_locus(*locus), ensure_ascii=False)
        return f"if {witness.key} is a fragment here, add to its gaps{origin}: {written}; else "

    def _in_gap(self, proposer: Proposer, hunk: Hunk) -> Problem:
        block = self.prover.text.blocks[_home(proposer, hunk)]
        message = (
            f"in {block.number}, {self._differs(proposer.part, hunk)}, in its declared gap: mend the gap"
        )
        return Problem(ProblemKind.UNRECORDED_DIFFERENCE, message, block.origin)

    def differs(self, part: Part, hunk: Hunk) -> tuple[str, str]:
        """What the transcription has otherwise, and on which line."""
        return self._otherwise(part, hunk), self._where(part, hunk)

    def _differs(self, part: Part, hunk: Hunk) -> str:
        words, where = self.differs(part, hunk)
        return f"{words} ({where})"

    def _otherwise(self, part: Part, hunk: Hunk) -> str:
        all_ours, all_theirs = part.rebuilt_text, part.transcribed_text
        ours, theirs = all_ours[hunk.a0 : hunk.a1], all_theirs[hunk.b0 : hunk.b1]
        if ours == BREAK and BREAK not in theirs:
            return f"{self.state} does not break after {shown(_last_word(all_ours[: hunk.a0]))}"
        if BREAK in theirs and not theirs.replace(BREAK, "").strip() and BREAK not in ours:
            return f"{self.state} breaks after {shown(_last_word(all_ours[: hunk.a0]))}"
        if _is_blank(ours) and theirs == theirs.strip(f" {BREAK}"):
            blank = f"the blank {_neighbours(all_ours, hunk.a0, hunk.a1)}"
            if not theirs:
                return f"{self.state} lacks {blank}"
            return f"{self.state} has {_quoted(theirs, ours)} where the edition gives it {blank}"
        if _is_blank(theirs) and ours == ours.strip(f" {BREAK}"):
            blank = f"a blank {_neighbours(all_theirs, hunk.b0, hunk.b1)}"
            instead = f"where the edition gives it {_quoted(ours, theirs)}" if ours else "besides"
            return f"{self.state} has {blank} {instead}"
        if not theirs.strip(f" {BREAK}"):
            return f"{self.state} lacks {_quoted(ours, theirs)}"
        if not ours.strip(f" {BREAK}"):
            return f"{self.state} has {_quoted(theirs, ours)} besides"
        has, given = _quoted(theirs, ours), _quoted(ours, theirs)
        return f"{self.state} has {has} where the edition gives it {given}"

    def _false_claim(
        self, proposer: Proposer, hunk: Hunk, correction: Correction, line: str | None
    ) -> Problem:
        i, anchored, words = correction.i, correction.anchored, correction.words()
        lemma = shown(_short(self._lemma(i)))
        reading = claim_of(anchored, self.prover, i)
        said = reading.text if reading else self._lemma(i)
        claim = named(reading) + (told_apart(said, words) if words else "")
        where = self._where(proposer.part, hunk)
        if words is None:
            has = f"the transcription differs here ({where}): {self._differs(proposer.part, hunk)}"
        elif words:
            has = f"the transcription ({where}) has {shown(_short(words))}{told_apart(words, said)}"
        else:
            elsewhere = "has them in another place, or not at all" if _is_move(reading) else "lacks the words"
            has = f"the transcription ({where}) {elsewhere}"
        if line:
            mend = f"write: {line}"
        elif line == "":
            mend = "delete the entry"
        else:
            mend = f"{self._take_out(reading, anchored.item)}; the next build says what to write"
        written = self._without(anchored.item, reading) if line is None else line
        told = None if written is None else mend_in_place(written, anchored.item.origin, self.state.key)
        message = f"the entry says that {self.state} reads {claim} for {lemma}, but {has}; {mend}"
        return Problem(ProblemKind.FALSE_CLAIM, message, anchored.item.origin, told)

    def _without(self, entry: Entry, reading: Reading | None) -> str | None:
        """The entry when the witness is taken out; empty if nothing is left, ``None`` if it is not named by itself."""
        own = _own(reading, entry, self.state.key)
        if own is None:
            return None
        kept = without(entry, own)
        return self.prover.line(kept) if kept else ""

    def _take_out(self, reading: Reading | None, entry: Entry) -> str:
        """What to do with the siglum by which the entry says something false, as the entry has it."""
        own = _own(reading, entry, self.state.key)
        if own is not None:
            return f"take {own} {'out of this reading' if reading else 'from the left of the bracket'}"
        return f"name instead of the siglum for several those who have it; {self.state} is none of them"

    def _where(self, part: Part, hunk: Hunk) -> str:
        theirs = part.transcribed_text
        offset = hunk.b0
        while offset < hunk.b1 and theirs[offset] == BREAK:
            offset += 1
        line = part.line_at(offset)
        return self.file if line is None else str(Origin(self.file, line))


def _own(reading: Reading | None, entry: Entry, key: str) -> Siglum | None:
    """The siglum by which a witness is named for a reading, or left of the bracket."""
    sigla = reading.sigla if reading else entry.support
    return next((siglum for siglum in sigla if siglum.key == key), None)


def _home(proposer: Proposer, hunk: Hunk) -> int:
    at = 0
    home = 0
    for block in proposer.part.blocks:
        if at <= hunk.a0:
            home = block.home
        at += len(block.text) + len(BREAK)
    return home


def _is_read(proposer: Proposer, proposal: Proposal | None) -> bool:
    """Whether what a proposal gives to the witness stands in its transcription: the words around may be false yet."""
    reading = proposal.anchored.item.readings[-1] if proposal and proposal.instead is None else None
    if reading is None or reading.kind is not Kind.TEXT:
        return True
    normalise = normaliser(proposer.prover.witness.attestations.conspectus.normalisation)
    return normalise(reading.text) in normalise(proposer.theirs)


def _quoted(words: str, other: str) -> str:
    """Words between quotation marks, and by name what nobody sees of them where the *other* words differ in it."""
    return shown(_short(words.strip(f" {BREAK}"))) + told_apart(words, other)


def _is_move(reading: Reading | None) -> bool:
    return reading is not None and reading.kind is Kind.TRANSP


def is_long(words: str) -> bool:
    return BREAK in words or len(divided(words)) >= LONG


def _short(words: str) -> str:
    return words if len(words) < 90 else f"{words[:40]} … {words[-40:]}"


def _size(parts: Sequence[Part]) -> int:
    return sum(size(part.differences) for part in parts)


def _is_blank(words: str) -> bool:
    return bool(words) and not words.strip(" ")


def _neighbours(text: str, start: int, end: int) -> str:
    """Between which words of *text* a blank stands, that no quotation could show."""
    before, after = _last_word(text[:start]), text[end:].split(BREAK)[0].split(" ")[0]
    words = [shown(word) for word in (before, after) if word]
    return f"between {words[0]} and {words[1]}" if len(words) > 1 else f"beside {''.join(words)}"


def _last_word(words: str) -> str:
    return words.split(" ")[-1].split(BREAK)[-1]
