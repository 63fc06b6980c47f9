"""What each witness has in the place of each lemma, letter for letter and blank for blank.

In TEI a witness is had by taking of each ``app`` the reading that names it. So a reading stands with the blanks
that come and go with its words, and where entries lie in one another the longer has what the shorter ones say of
the same witness. Here the engine is asked what a witness has; nothing is joined by rules of this module's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from apparatus.anchoring import anchor
from apparatus.collation import Attestations, Stance, anchor_gaps
from apparatus.collation.accounts import Words
from apparatus.collation.edits import Edit, Insertion, Level, edits_of
from apparatus.collation.plan import Plan
from apparatus.collation.rebuild import WitnessText
from apparatus.collation.stream import Piece
from apparatus.edition import Edition, EditionEntry
from apparatus.model import Anchored, Entry, Siglum, Span, Witness

#: What stands for words that cannot be read, and for words that are lost: characters that no text has.
ILLEGIBLE, LOST = "\ufdd0", "\ufdd1"
_ANY = Witness("", ill_mark=ILLEGIBLE, lac_mark=LOST)


@dataclass(frozen=True, slots=True)
class Variant:
    """What some witnesses have in the place of a lemma (TEI ``rdg``)."""

    reading: int  #: which of the entry's readings
    states: tuple[Siglum, ...]  #: the witnesses, each in its state
    text: str  #: instead of the stretch
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where words stand in a witness that the text has elsewhere, or not at all (TEI ``ptr``, ``ref`` to an ``anchor``)."""

    at: int  #: an offset of the joined text
    before: str  #: the blank, or break, that stands there before them
    after: str  #: and after them
    words: str | None = None  #: the words, where they are not those of the lemma as it has that alone


@dataclass(frozen=True, slots=True)
class Variation:
    """One place of variation (TEI ``app``)."""

    entry: EditionEntry
    span: Span  #: of the lemma, with the blanks that come and go with it
    support: tuple[Siglum, ...]
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch that a witness does not have (TEI ``lacunaStart`` … ``lacunaEnd``)."""

    state: Siglum
    span: Span
    mark: str  #: what its transcription has there


@dataclass(frozen=True)
class Variations:
    """All places of variation of an edition."""

    edition: Edition

    @cached_property
    def all(self) -> tuple[Variation, ...]:
        """In the order of the entries; what could not be placed is left out."""
        made = (self._variation(i, entry) for i, entry in enumerate(self._entries))
        return tuple(sorted(made, key=lambda variation: self.edition.rank[variation.entry.key]))

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """Where fragmentary witnesses are absent."""
        return tuple(
            self._absence(text, span)
            for text in self._texts
            for span in self._attestations.gaps.get(text.state.key, ())
        )

    def _absence(self, text: WitnessText, gap: Span) -> Absence:
        around = self._around(gap)
        plan = Plan(self.edition.text, {}, "", (), (), [Edit(gap, text.sign(gap, LOST))])
        made = "".join(piece.text for piece in plan.write(around))
        return Absence(text.state, *_difference(self.edition.text.slice(around), made, around.start, gap))

    @cached_property
    def states(self) -> tuple[Siglum, ...]:
        """The witnesses, and what hands of theirs are cited or transcribed."""
        found = {Siglum(witness.key): None for witness in self.edition.conspectus.witnesses}
        found |= {text.state: None for text in self._texts}
        for i in range(len(self._entries)):
            found |= dict.fromkeys(self._cited_hands(i))
        order = {key: n for n, key in enumerate(self.edition.conspectus.witness)}
        return tuple(sorted(found, key=lambda state: (order[state.key], state.hand or "")))

    def states_at(self, variation: Variation) -> tuple[Siglum, ...]:
        """The witnesses in their own state, in that which is transcribed, and the hands that the entry cites."""
        here = {text.state for text in self._texts} | set(self._cited_hands(self._index[variation.entry.key]))
        return tuple(state for state in self.states if state in here)

    def cited_by(self, variation: Variation, state: Siglum) -> Siglum | None:
        """By which siglum an entry names a state; ``None``: by none."""
        return self._attestations.of(self._index[variation.entry.key], state).by

    def upholds(self, variation: Variation, state: Siglum) -> bool:
        """Whether an entry names a state for the words of the text, as having them or as marked in them."""
        found = self._attestations.of(self._index[variation.entry.key], state)
        return found.by is not None and found.reads is Stance.LEMMA

    def is_absent(self, variation: Variation, state: Siglum) -> bool:
        """Whether a gap is declared for a witness there."""
        return self._attestations.is_absent(state.key, self._anchored[self._index[variation.entry.key]].span)

    def instead(self, variation: Variation, state: Siglum) -> str | None:
        """What a transcribed state has for the lemma by all entries; ``None``: that cannot be told."""
        words = self._words.get(state)
        return words.at(self._anchored[self._index[variation.entry.key]].span) if words else None

    def is_told(self, state: Siglum) -> bool:
        """Whether what the state has is told by all entries: of other hands only what those say that cite them is known."""
        return state in self._words

    @cached_property
    def _words(self) -> dict[Siglum, Words]:
        return {text.state: Words(text) for text in self._texts}

    @cached_property
    def _index(self) -> dict[tuple[str, int], int]:
        return {entry.key: i for i, entry in enumerate(self._entries)}

    # --- the entries ------------------------------------------------------------------

    @cached_property
    def _entries(self) -> list[EditionEntry]:
        """Those on what witnesses have, as they are written: what is added at one place stands in that order."""
        order = {name: n for n, name in enumerate(self.edition.blocks_of)}
        placed = [e for e in self.edition.entries if isinstance(e.item, Entry) and e.span is not None]
        placed.sort(key=lambda entry: (order.get(entry.key[0], -1), entry.key[1]))
        if not self.edition.translates or not placed:
            return placed
        collation = self.edition.collation
        known = {id(one.item) for one in collation.attestations.entries} if collation else None
        return [
            e
            for e in placed
            if (e.block or 0) < self.edition.witnessed and (known is None or id(e.item) in known)
        ]

    @cached_property
    def _anchored(self) -> list[Anchored[Entry]]:
        """The entries at their words, with the places to which they move them."""
        collation = self.edition.collation
        known = collation.attestations.entries if collation else self._anchored_anew()
        place = {id(found.item): found for found in known}
        return [place[id(entry.item)] for entry in self._entries]

    def _anchored_anew(self) -> Sequence[Anchored[Entry]]:
        found, _ = anchor(self.edition.text, [(entry.item, entry.block) for entry in self._entries])
        return found  # type: ignore[return-value]

    @cached_property
    def _attestations(self) -> Attestations:
        text, conspectus = self.edition.text, self.edition.conspectus
        return Attestations(text, self._anchored, conspectus, anchor_gaps(text, conspectus)[0])

    @cached_property
    def _texts(self) -> list[WitnessText]:
        """Every witness in the state that is transcribed, and in its own."""
        conspectus, collation = self.edition.conspectus, self.edition.collation
        compared = collation.texts if collation else {}
        made = []
        for witness in conspectus.witnesses:
            known = compared.get(witness.key)
            for state in dict.fromkeys((Siglum(witness.key), witness.state_transcribed)):
                is_known = known is not None and known.state == state
                unmarked = known.unmarked if known is not None and is_known else frozenset()
                parted = known.parted if known is not None and is_known else frozenset()
                made.append(WitnessText(self._attestations, state, unmarked=unmarked, parted=parted))
        return made

    @cached_property
    def _reads(self) -> dict[Siglum, dict[int, int]]:
        """State → entry → which of its readings it has, where it has one."""
        return {
            text.state: {i: n for i, n in text.done if i not in text.plan.passed_over} for text in self._texts
        }

    def _cited_hands(self, i: int) -> Iterator[Siglum]:
        """The states that an entry names by their hands."""
        for key, hand in self._attestations.cited_states(i):
            if hand is not None and key in self.edition.conspectus.witness:
                yield Siglum(key, hand)

    # --- one of them ------------------------------------------------------------------

    def _variation(self, i: int, entry: EditionEntry) -> Variation:
        readings = self._anchored[i].item.readings
        usual = [self._instead(i, n) for n in range(len(readings))]
        whole = Span(min(span.start for span, _ in usual), max(span.end for span, _ in usual))
        variants: dict[tuple[int, str, Move | None], tuple[Siglum, ...]] = {}
        joined, having = self.edition.text.joined, self._having(i)
        for n, (span, text) in enumerate(usual):
            filled = joined[whole.start : span.start] + text + joined[span.end : whole.end]
            move = self._move(i, n)
            variants[n, filled, move] = ()
            for state in having.get(n, ()):
                if self._is_crossed(state, i) and (beside := self._beside(i, n)) is not None:
                    variants[n, "", beside] = (*variants.get((n, "", beside), ()), state)
                    continue
                own = self._own(state, i, whole)
                words = filled if own is None else own.text
                its = None if move is None or (i, state) in self._told else self._moved(state, i, move)
                variants[n, words, its] = (*variants.get((n, words, its), ()), state)
        made = tuple(Variant(n, states, text, move) for (n, text, move), states in variants.items())
        return Variation(entry, whole, self._support(i, entry), made)

    def _support(self, i: int, entry: EditionEntry) -> tuple[Siglum, ...]:
        """Who has the words of the text: named for it, or in a silence that is vouched for."""
        account, conspectus = entry.account, self.edition.conspectus
        if account is None:
            return ()
        known = {
            Siglum(key)
            for key in account.support
            if self._attestations.of(i, Siglum(key)).by is not None
            or self._is_vouched_for(conspectus.witness[key])
        }
        known |= set(account.in_states)
        return tuple(state for state in self.states if state in known)

    def _is_vouched_for(self, witness: Witness) -> bool:
        """Whether its silence says that it agrees; where nothing is proved a transcription says nothing."""
        known = witness if self.edition.is_proved else replace(witness, transcription=None)
        return known.is_vouched_for

    def _having(self, i: int) -> dict[int, list[Siglum]]:
        """Reading → the states that have it."""
        found: dict[int, dict[Siglum, None]] = defaultdict(dict)
        for state, reads in self._reads.items():
            if i in reads:
                found[reads[i]][state] = None
        for state in self._cited_hands(i):
            reads_here = self._attestations.of(i, state).reads
            if isinstance(reads_here, int):
                found[reads_here][state] = None
        return {n: list(states) for n, states in found.items()}

    def _moved(self, state: Siglum, i: int, move: Move) -> Move:
        """A move with its words, where other entries of the state lie around them or move words among them."""
        levels = self._levels.get(state)
        edit = levels.moves.get(i) if levels else None
        if levels is None or edit is None:
            return move
        pieces = levels.within(edit).pieces
        reads, span = self._reads[state], edit.span
        is_alone = not any(
            j != i and j in reads and (their.contains(span) or span.contains(their))
            for j in self._attestations.within(self._around(span))
            if (their := self._anchored[j].span)
        )
        if edit.outer is None and is_alone and all(piece.moved_by is None for piece in pieces):
            return move
        return replace(move, words="".join(piece.text for piece in pieces).strip())

    @cached_property
    def _told(self) -> set[tuple[int, Siglum]]:
        """Moves whose words a longer or neighbouring reading of the same state has with its own, at their new place."""
        return {
            (move, state)
            for state, reads in self._reads.items()
            for i, n in reads.items()
            if not (self._is_crossed(state, i) and self._beside(i, n))
            if (own := self._own(state, i, self._widened[i])) is not None
            for move in own.moves
        } | {
            (piece.moved_by, state)
            for state, levels in self._levels.items()
            for move in levels.moves.values()
            for piece in levels.within(move).pieces
            if piece.moved_by is not None
        }

    @cached_property
    def _widened(self) -> list[Span]:
        """Of each lemma the stretch with the blanks that come and go with it."""
        found = []
        for i, anchored in enumerate(self._anchored):
            spans = [self._instead(i, n)[0] for n in range(len(anchored.item.readings))]
            found.append(Span(min(s.start for s in spans), max(s.end for s in spans)))
        return found

    def _instead(self, i: int, n: int) -> tuple[Span, str]:
        """What a reading by itself puts in the place of its lemma, and of which blanks."""
        if (i, n) not in self._usual:
            self._usual[i, n] = self._alone(i, n)
        return self._usual[i, n]

    @cached_property
    def _usual(self) -> dict[tuple[int, int], tuple[Span, str]]:
        return {}

    def _alone(self, i: int, n: int) -> tuple[Span, str]:
        text, anchored = self.edition.text, self._anchored[i]
        edit, insertion = edits_of(text, i, anchored, n, _ANY)
        if edit is not None and edit.is_move:  # here they are missing, wherever they stand
            edit, insertion = Edit(edit.span, "", i, said=edit.said), None
        around = self._around(anchored.span)
        plan = Plan(text, {i: anchored}, "", filter(None, [edit]), filter(None, [insertion]))
        made = "".join(piece.text for piece in plan.write(around))
        ours, lemma = text.slice(around), anchored.span
        if edit is not None and edit.text == "" and lemma.end == around.end:
            left = ours[: lemma.start - around.start]  # at the end of a passage a blank is nobody's
            if left.rstrip(" ") == made:
                return lemma, ""
        return _difference(ours, made, around.start, lemma)

    def _own(self, state: Siglum, i: int, span: Span) -> Own | None:
        """What a state has in a stretch by all its entries together; ``None`` where it cannot be told apart."""
        if (levels := self._levels.get(state)) is None:
            return None
        level = levels.of(self._anchored[i].span, i)
        inner = {j for j in self._attestations.within(span) if span.contains(self._anchored[j].span)} | {i}
        return own_text(level, self._anchored[i].span, span, inner)

    @cached_property
    def _levels(self) -> dict[Siglum, Levels]:
        return {text.state: Levels(text.plan) for text in self._marked}

    @cached_property
    def _marked(self) -> list[WitnessText]:
        """The witnesses, with signs for what is lost that no text has."""
        made = []
        for text in self._texts:
            marked = copy(text)
            marked.witness = replace(text.witness, ill_mark=ILLEGIBLE, lac_mark=LOST)
            marked.__dict__.pop("plan", None)
            made.append(marked)
        return made

    def _around(self, span: Span) -> Span:
        """The blocks in which a stretch lies."""
        blocks = self.edition.text.blocks_in(span)
        return Span(self.edition.text.span(blocks[0]).start, self.edition.text.span(blocks[-1]).end)

    def _is_crossed(self, state: Siglum, i: int) -> bool:
        """Whether the state has another reading on a part of the lemma and on words beside it."""
        reads, span = self._reads.get(state, {}), self._anchored[i].span
        around = self._around(span)
        before = self.edition.text.span(max(0, self.edition.text.block_at(around.start) - 1))
        near = self._attestations.within(Span(before.start, around.end))
        return any(j != i and j in reads and _cross(self._anchored[j].span, span) for j in near)

    def _beside(self, i: int, n: int) -> Move | None:
        """Where a reading adds words to its lemma, and the words."""
        _, found = edits_of(self.edition.text, i, self._anchored[i], n, _ANY)
        return None if found is None or found.move is not None else self._put(i, found)

    def _move(self, i: int, n: int) -> Move | None:
        """Where a reading puts the lemma of its entry, and what comes to stand beside it."""
        text, anchored = self.edition.text, self._anchored[i]
        _, found = edits_of(text, i, anchored, n, _ANY)
        if found is None or found.move is None:
            return None
        put = self._put(i, replace(found, text=text.slice(anchored.span), move=None))
        return replace(put, words=None)

    def _put(self, i: int, insertion: Insertion) -> Move:
        """Words where they are put in, with what comes to stand beside them."""
        text, around = self.edition.text, self._around(insertion.beside)
        plan = Plan(text, {i: self._anchored[i]}, "", (), (insertion,))
        made = "".join(piece.text for piece in plan.write(around))
        _, words = _difference(text.slice(around), made, around.start, Span(insertion.at, insertion.at))
        bare = words.strip()
        at = words.index(bare)
        return Move(insertion.at, words[:at], words[at + len(bare) :], bare)


def _cross(one: Span, other: Span) -> bool:
    return (
        one.start < other.end
        and other.start < one.end
        and not one.contains(other)
        and not other.contains(one)
    )


@dataclass(frozen=True, slots=True)
class Own:
    """What a witness has in a stretch."""

    text: str
    moves: tuple[int, ...]  #: the entries that have moved words into it


class Stretch:
    """Pieces in their order, and where in the text each stands, to be found by halving."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = _with_their_blanks(pieces)
        own = (0 if piece.moved_by is not None else piece.end for piece in self.pieces)
        #: where the text stands before each piece; what is moved there has its own place elsewhere
        self.at = [*accumulate(own, max, initial=0)][:-1]

    def near(self, span: Span) -> range:
        """The pieces that can have to do with a stretch of the text."""
        return range(max(0, bisect_left(self.at, span.start) - 1), bisect_right(self.at, span.end))


class Levels:
    """What a witness has, written out: the whole of it, and by itself each stretch that it has elsewhere."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.moves: dict[int, Edit] = {}  #: those that can be carried out, by their entries
        self._collect(plan.root)
        self._by_block: dict[int, list[Edit]] = defaultdict(list)
        for move in self.moves.values():
            for block in plan.text.blocks_in(move.span):
                self._by_block[block].append(move)
        self._written: dict[int | None, Stretch] = {}

    def _collect(self, level: Level) -> None:
        for edit in level.edits:
            if edit.is_move and not edit.stays and edit.entry is not None:
                self.moves[edit.entry] = edit
            if edit.is_move:
                self._collect(edit.inner)

    def within(self, move: Edit) -> Stretch:
        """The words that are moved."""
        return self._stretch(move.entry, move.inner, move.span)

    def of(self, span: Span, but: int) -> Stretch:
        """Among what a stretch stands, entry *but* left aside: the words of the innermost move that has it, or all."""
        near = self._by_block.get(self.plan.text.block_at(span.start), ())
        around = [move for move in near if move.entry != but and move.span.contains(span)]
        if around:
            return self.within(min(around, key=lambda move: len(move.span)))
        return self._stretch(None, self.plan.root, Span(0, len(self.plan.text.joined)))

    def _stretch(self, key: int | None, level: Level, span: Span) -> Stretch:
        if key not in self._written:
            self._written[key] = Stretch(self.plan.written(level.events, span))
        return self._written[key]


def _with_their_blanks(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; a blank that moved words bring is theirs."""
    made = list(pieces)
    for n, piece in enumerate(pieces):
        if piece.start == piece.end and piece.text == " " and piece.moved_by is None:
            beside = [*pieces[n + 1 : n + 2], *pieces[max(0, n - 1) : n]]
            made[n] = piece._replace(
                moved_by=next((p.moved_by for p in beside if p.moved_by is not None), None)
            )
    return made


def own_text(stretch: Stretch, lemma: Span, span: Span, entries: Collection[int]) -> Own | None:
    """What a witness has for a lemma with its blanks; at its ends only what *entries* put there, and what stands between."""
    pieces = stretch.pieces
    found: list[tuple[int, str]] = []
    for n in stretch.near(span):
        piece = pieces[n]
        if piece.moved_by is not None:
            if lemma.start < stretch.at[n] < lemma.end:
                found.append((n, piece.text))
        elif piece.start == piece.end:
            is_inside = lemma.start < piece.start < lemma.end
            is_at_end = span.start <= piece.start <= span.end and piece.entry in entries
            if is_inside or is_at_end:
                found.append((n, piece.text))
        else:
            low, high = max(piece.start, span.start), min(piece.end, span.end)
            if low < high:
                is_whole = (low, high) == (piece.start, piece.end)
                if not (piece.is_copy or is_whole):
                    return None  # a reading that overlaps in part
                text = piece.text[low - piece.start : high - piece.start] if piece.is_copy else piece.text
                found.append((n, text))
    if not found:
        return Own("", ())
    first, last = found[0][0], found[-1][0]
    chosen = dict(found)
    between = [
        (n, chosen.get(n, pieces[n].text))
        for n in range(first, last + 1)
        if n in chosen or pieces[n].moved_by is not None or pieces[n].entry is None
    ]
    moves = dict.fromkeys(m for n, _ in between if (m := pieces[n].moved_by) is not None)
    return Own("".join(text for _, text in between), tuple(moves))


def _difference(ours: str, made: str, offset: int, lemma: Span) -> tuple[Span, str]:
    """The shortest stretch around a lemma outside which two texts are the same, and what the second has there."""
    start, end = lemma.start - offset, lemma.end - offset
    while start and ours[:start] != made[:start]:
        start -= 1
    while end < len(ours) and (
        ours[end:] != made[len(made) - len(ours) + end :] or start + len(ours) - end > len(made)
    ):
        end += 1
    while start and start + len(ours) - end > len(made):
        start -= 1
    return Span(offset + start, offset + end), made[start : len(made) - (len(ours) - end)]
