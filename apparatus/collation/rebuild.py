"""A witness given back from the reading text and the apparatus.

Positions are always those of the reading text: no edit is applied to a text that another has
changed. What comes out is a sequence of blocks, each remembering the block it began in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from apparatus.collation.attestation import Attestations, anchor_gaps
from apparatus.collation.edits import Edit, Insertion, edits_of
from apparatus.collation.plan import Conflict, Plan
from apparatus.collation.stream import Piece, without_edges
from apparatus.model import BREAK, Anchored, Conspectus, EditedText, Effect, Entry, Kind, Siglum, Span
from apparatus.problems import Problem

Entries: TypeAlias = Sequence[Anchored[Entry]] | Mapping[int, Anchored[Entry]]


@dataclass(frozen=True, slots=True)
class RebuiltBlock:
    """A block of a witness."""

    text: str
    home: int  #: index of the block of the reading text in which it began
    pieces: tuple[Piece, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_moved(self) -> bool:
        """Whether the witness has the whole block in another place."""
        return all(piece.moved_by is not None for piece in self.pieces if piece.text.strip())

    @property
    def is_added(self) -> bool:
        """Whether only the witness has it: nothing in it stands for words of the text."""
        told = [piece for piece in self.pieces if piece.text.strip()]
        return bool(told) and all(p.start == p.end and p.moved_by is None for p in told)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A witness as the edition gives it."""

    state: Siglum
    blocks: tuple[RebuiltBlock, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the entries say of the witness that cannot all be true."""
        return tuple(conflict.problem for conflict in self.conflicts)

    def without_pieces(self) -> Rebuilt:
        return replace(self, blocks=tuple(RebuiltBlock(b.text, b.home) for b in self.blocks))


def rebuild(
    text: EditedText, anchored: Sequence[Anchored[Entry]], conspectus: Conspectus, state: Siglum
) -> Rebuilt:
    """The text of one witness in one state."""
    gaps, _ = anchor_gaps(text, conspectus)
    return WitnessText(Attestations(text, anchored, conspectus, gaps), state).rebuild()


class WitnessText:
    """What one state of a witness does to the text; the whole of it, or a part with changes."""

    def __init__(
        self,
        attestations: Attestations,
        state: Siglum,
        ignoring: frozenset[int] = frozenset(),
        unmarked: frozenset[Span] = frozenset(),
        parted: frozenset[Span] = frozenset(),
    ) -> None:
        self.attestations, self.state = attestations, state
        self.ignoring = ignoring  #: entries found false
        self.unmarked = unmarked  #: gaps for which its transcription has no mark
        self.parted = (
            parted  #: gaps for which it has one at the end of a block, and one at the head of the next
        )
        self.text = attestations.text
        self.witness = attestations.conspectus.witness[state.key]
        self.done: list[tuple[int, int]] = []  #: entries with an effect here, and their reading
        self._of_several: set[int] = set()  #: entries that speak of it by a siglum for several
        self._rank: dict[int, int] = {}  #: of the hand of which such an entry speaks
        self.upheld: list[int] = []  #: entries that say it has the lemma
        upheld: dict[object, int] = {}
        for i in attestations.citing(state.key):
            if i in ignoring:
                continue
            attestation = attestations.of(i, state)
            if isinstance(attestation.reads, int):
                self.done.append((i, attestation.reads))
                self._rank[i] = attestation.rank
                if not attestation.is_named(state.key):
                    self._of_several.add(i)
            elif attestation.by is not None:
                self.upheld.append(i)
                for n in range(len(attestations.entries[i].item.readings)):
                    about = self._subject(i, n)
                    upheld[about] = min(attestation.rank, upheld.get(about, attestation.rank))
        self.done = [
            (i, n) for i, n in self.done if upheld.get(self._subject(i, n), self._rank[i]) >= self._rank[i]
        ]  # a later hand may have the words of the text again

    def _subject(self, i: int, n: int) -> object:
        """What reading *n* of entry *i* is about: words, or the point before or after them."""
        span, kind = self.attestations.entries[i].span, self.attestations.entries[i].item.readings[n].kind
        if kind.effect is not Effect.ADDS:
            return span
        return (span.start, Kind.PRAEM) if kind is Kind.PRAEM else (span.end, Kind.ADD)

    def rebuild(self) -> Rebuilt:
        """The whole witness."""
        blocks = split_blocks(self.text, self.plan.write(Span(0, len(self.text.joined))))
        return Rebuilt(self.state, tuple(blocks), tuple(self.plan.conflicts))

    @cached_property
    def reads(self) -> dict[int, int]:
        """Entry with an effect here → which of its readings."""
        return dict(self.done)

    @cached_property
    def plan(self) -> Plan:
        """All that the entries do to the text."""
        return self._plan(self.attestations.entries, self.done)

    def part(
        self,
        span: Span,
        extra: Sequence[tuple[Anchored[Entry], int]] = (),
        without: frozenset[int] = frozenset(),
    ) -> tuple[list[RebuiltBlock], list[Problem]]:
        """A stretch of the witness, with further entries (and their reading) or without some.

        Exact where no transposition leads into or out of the stretch; the caller compares.
        """
        done = [(i, n) for i, n in self.near(span) if i not in without]
        entries = {i: self.attestations.entries[i] for i, _ in done}
        for i, (anchored, n) in enumerate(extra, len(self.attestations.entries)):
            entries[i] = anchored
            done.append((i, n))
        plan = self._plan(entries, done)
        return split_blocks(self.text, plan.write(span)), [conflict.problem for conflict in plan.conflicts]

    def near(self, span: Span) -> Iterable[tuple[int, int]]:
        """The entries that can have an effect in the stretch."""
        blocks = set(range(self.text.block_at(span.start), self.text.block_at(span.end) + 1))
        near: dict[int, int] = {}
        reached: set[int] = set()
        while blocks - reached:
            block = (blocks - reached).pop()
            reached.add(block)
            for i, n in self._by_block.get(block, ()):
                near[i] = n
                if self.attestations.entries[i].item.readings[n].kind.effect is Effect.MOVES:
                    blocks |= self.blocks_of(i, n)  # what is moved here brings its own readings
        return sorted(near.items())

    def moves_near(self, blocks: set[int]) -> list[int]:
        """Transpositions that lead out of or into the blocks."""
        return sorted({i for block in blocks for i in self._moves_by_block.get(block, ())})

    @cached_property
    def _moves_by_block(self) -> dict[int, list[int]]:
        """Block → the transpositions that lead out of it or into it."""
        entries, by_block = self.attestations.entries, dict[int, list[int]]()
        for i, n in self.done:
            if entries[i].item.readings[n].kind.effect is Effect.MOVES:
                for block in self.blocks_of(i, n):
                    by_block.setdefault(block, []).append(i)
        return by_block

    def upheld_in(self, span: Span) -> set[int]:
        """Entries that name the witness for the lemma, in the blocks of the stretch."""
        at = self.text.block_at
        blocks = range(at(span.start), at(span.end) + 1)
        return {i for block in blocks for i in self._upheld_by_block.get(block, ())}

    @cached_property
    def _upheld_by_block(self) -> dict[int, list[int]]:
        by_block: dict[int, list[int]] = {}
        for i in self.upheld:
            span = self.attestations.entries[i].span
            for block in range(self.text.block_at(span.start), self.text.block_at(span.end) + 1):
                by_block.setdefault(block, []).append(i)
        return by_block

    @cached_property
    def _by_block(self) -> dict[int, list[tuple[int, int]]]:
        by_block: dict[int, list[tuple[int, int]]] = {}
        for i, n in self.done:
            for block in self.blocks_of(i, n):
                by_block.setdefault(block, []).append((i, n))
        return by_block

    def blocks_of(self, i: int, n: int) -> set[int]:
        """The blocks in which reading *n* of entry *i* does something."""
        anchored = self.attestations.entries[i]
        spans = [anchored.span, anchored.targets[n] if n < len(anchored.targets) else None]
        at = self.text.block_at
        return {block for span in spans if span for block in range(at(span.start), at(span.end) + 1)}

    def _plan(self, entries: Entries, done: Iterable[tuple[int, int]]) -> Plan:
        edits: list[Edit] = []
        insertions: list[Insertion] = []
        for i, n in done:
            edit, insertion = edits_of(self.text, i, entries[i], n, self.witness)
            if edit is not None:
                edit.rank, edit.is_named = self._rank.get(i, 0), i not in self._of_several
                edits.append(edit)
            if insertion is not None:
                insertion.rank, insertion.is_named = self._rank.get(i, 0), i not in self._of_several
                insertions.append(insertion)
        mark = self.witness.lac_mark
        spans = self.attestations.gaps.get(self.state.key, ())
        gaps = [Edit(span, self.sign(span, mark)) for span in spans]
        return Plan(self.text, entries, str(self.state), edits, insertions, gaps)

    def sign(self, gap: Span, mark: str) -> str:
        """What stands for a declared gap."""
        if gap in self.unmarked:
            return ""
        return f"{mark}{BREAK}{mark}" if gap in self.parted else mark


def _by_block(text: EditedText, piece: Piece) -> Iterator[Piece]:
    """A piece, divided where its words are into blocks.

    Where it has other words than the text, those of its first block stand for the words of the text's first, and so on.
    """
    parts = piece.text.split(BREAK)
    if len(parts) == 1:
        yield piece
        return
    beside = text.joined[piece.start : piece.end].split(BREAK)
    if not piece.is_copy:  # the last block has what is left over of either
        beside[len(parts) - 1 :] = [BREAK.join(beside[len(parts) - 1 :])] if len(beside) >= len(parts) else []
    at = piece.start
    for n, part in enumerate(parts):
        if n < len(beside):
            start, end = at, at + len(beside[n])
            at = end + len(BREAK)
        yield piece._replace(text=part, start=start, end=end)


def _home(text: EditedText, block: Sequence[Piece], goes_on: bool) -> int:
    """In which block of the text one of a witness begins; *goes_on*: with what comes behind a break in a piece.

    The end of a reading, or of a gap, that runs over several blocks belongs to that with whose words it goes on. Words
    that are moved to the head of a block leave it its own home.
    """
    told = [piece for piece in block if piece.text]
    own_words = [piece for piece in told if piece.moved_by is None and piece.text.strip()]
    first, *others = told[told.index(own_words[0]) :] if own_words else told
    own = [piece.start for piece in others if piece.start >= first.end and piece.moved_by is None]
    is_end_of_reading = goes_on and not first.is_copy and BREAK in text.joined[first.start : first.end]
    return text.block_at(own[0] if own and is_end_of_reading else first.start)


def split_blocks(text: EditedText, pieces: Iterable[Piece]) -> list[RebuiltBlock]:
    """The blocks that the pieces make; one without text vanishes with its break."""
    blocks: list[RebuiltBlock] = []
    current: list[Piece] = []

    def close(goes_on: bool) -> None:
        current[:] = without_edges(current)
        words = "".join(piece.text for piece in current)
        if words:
            blocks.append(RebuiltBlock(words, _home(text, current, goes_on), tuple(current)))
        elif blocks and current:  # the marks of what was cut stay with the block before
            blocks[-1] = replace(blocks[-1], pieces=(*blocks[-1].pieces, *current))
        if words or blocks:
            current.clear()

    goes_on = False
    for piece in pieces:
        for n, part in enumerate(_by_block(text, piece)):
            if n:
                close(goes_on)
                goes_on = bool(part.text)
            is_told = part.text or (not part.is_copy and part.start < part.end)  # or what it stands for is
            current += [part] if is_told else []
    close(goes_on)
    return blocks
