"""Blocks and sentences that a witness has elsewhere: found, and its words put into the order of the text.

A block is moved if its best partner, with half of the words of the longer one, is out of the heaviest row of
partners that both sides have in one order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from apparatus.collation.align import Hunk
from apparatus.collation.grouping.copy import Copy, Move
from apparatus.collation.grouping.units import Units, blocks_of
from apparatus.model import BREAK

#: Blocks and sentences of fewer words are too short to be known again.
SHORTEST = 4
#: Which share of the words of the longer of two blocks they must have in common.
_SHARED = 0.5
#: How like two sentences must be that stand in different places, and two long ones.
_LIKE, _LIKE_LONG, _LONG = 0.7, 0.6, 7
#: A word that stands in more blocks says nothing of a single one.
_COMMON = 12


#: What is not to be taken for moved: where it begins and ends.
Banned: TypeAlias = Collection[tuple[int, int]]


class Pair(NamedTuple):
    """A block of the text and the block of a witness that answers to it; how many words they share."""

    ours: int
    theirs: int
    shared: int


def with_blocks_in_order(
    ours: Units, theirs: Units, banned: Banned = frozenset()
) -> tuple[Units, tuple[Move, ...]]:
    """The witness with its blocks in the order of the text, and those that it has elsewhere.

    What stands in *banned* is left where it is.
    """
    our_blocks, their_blocks = blocks_of(ours), blocks_of(theirs)
    pairs = _partners(_words(ours, our_blocks), _words(theirs, their_blocks))
    kept = sorted(_heaviest_row(pairs))
    away = [pair for pair in pairs if pair not in kept and _is_long(ours, our_blocks[pair.ours])]
    runs = [(run, move) for run, move in _block_moves(our_blocks, kept, away) if move[:2] not in banned]
    moved = [pair for run, _ in runs for pair in run]
    if not moved:
        return theirs, ()
    order = _in_order(len(their_blocks), kept, moved)
    text = BREAK.join(theirs.slice(*their_blocks[j]) for j in order)
    return Units(text), tuple(move for _, move in runs)


def _is_long(units: Units, block: tuple[int, int]) -> bool:
    return block[1] - block[0] >= SHORTEST


def _words(units: Units, blocks: Sequence[tuple[int, int]]) -> list[Counter[str]]:
    return [Counter(units.keys[start:end]) for start, end in blocks]


def _partners(ours: Sequence[Counter[str]], theirs: Sequence[Counter[str]]) -> list[Pair]:
    """Blocks each of which is the best for the other, in the order of the text."""
    where: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(ours):
        for key in words:
            where[key].append(i)
    best: dict[int, list[Pair]] = defaultdict(list)
    chosen = []
    for j, words in enumerate(theirs):
        near = j * len(ours) / max(1, len(theirs))
        found = [*_candidates(ours, where, j, words)]
        if found:
            pair = max(found, key=lambda p: (p.shared, -abs(p.ours - near)))
            chosen.append(pair)
            best[pair.ours].append(pair)
    return sorted(
        pair for pair in chosen if pair == max(best[pair.ours], key=lambda p: (p.shared, -p.theirs))
    )


def _candidates(
    ours: Sequence[Counter[str]], where: dict[str, list[int]], j: int, words: Counter[str]
) -> Iterator[Pair]:
    telling = [key for key in words if key in where and len(where[key]) <= _COMMON]
    found = Counter(i for key in telling or words for i in where.get(key, ())[: 4 * _COMMON])
    for i, _ in found.most_common(6):
        shared = (ours[i] & words).total()
        if shared >= _SHARED * max(ours[i].total(), words.total()):
            yield Pair(i, j, shared)


def _heaviest_row(pairs: Sequence[Pair]) -> set[Pair]:
    """The pairs that both sides have in one order, with the most words together."""
    ends: list[int] = []  # ascending ends of rows, each heavier than the one before
    weights: list[int] = []
    last: list[Pair] = []
    before: dict[Pair, Pair | None] = {}
    for pair in pairs:
        at = bisect_left(ends, pair.theirs)
        weight = pair.shared + (weights[at - 1] if at else 0)
        before[pair] = last[at - 1] if at else None
        stop = at
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        ends[at:stop], weights[at:stop], last[at:stop] = [pair.theirs], [weight], [pair]
    row, one = set(), last[-1] if last else None
    while one is not None:
        row.add(one)
        one = before[one]
    return row


def _in_order(count: int, kept: Sequence[Pair], moved: Sequence[Pair]) -> list[int]:
    """The blocks of the witness, those moved put behind the partner of the block before, or before that of the next."""
    away = {pair.theirs for pair in moved}
    order = [j for j in range(count) if j not in away]
    placed = list(kept)
    for pair in sorted(moved):
        behind = max((p for p in placed if p.ours < pair.ours), default=None)
        ahead = min((p for p in placed if p.ours > pair.ours), default=None)
        if behind is not None and (ahead is None or pair.ours - behind.ours <= ahead.ours - pair.ours):
            order.insert(order.index(behind.theirs) + 1, pair.theirs)
        else:
            order.insert(order.index(ahead.theirs) if ahead else len(order), pair.theirs)
        placed.append(pair)
    return order


def _block_moves(
    blocks: Sequence[tuple[int, int]], kept: Sequence[Pair], moved: Sequence[Pair]
) -> Iterator[tuple[list[Pair], Move]]:
    """Blocks that follow on each other on both sides are moved as one; each with the block beside it."""
    partner = _partner(kept, {pair.ours for pair in moved}, {pair.theirs for pair in moved})
    runs: list[list[Pair]] = []
    for pair in sorted(moved):
        if runs and (runs[-1][-1].ours + 1, runs[-1][-1].theirs + 1) == pair[:2]:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    for run in runs:
        behind, ahead = partner.get(run[0].theirs - 1), partner.get(run[-1].theirs + 1)
        beside = ahead if behind is None else behind
        if beside is not None:
            start, end = blocks[run[0].ours][0], blocks[run[-1].ours][1]
            yield run, Move(start, end, blocks[beside][0], behind is None, True)


def _partner(kept: Sequence[Pair], ours: set[int], theirs: set[int]) -> dict[int, int]:
    """Block of the witness → that of the text; between two pairs as many blocks on either side answer to each other."""
    found = {pair.theirs: pair.ours for pair in kept}
    for one, next_ in pairwise([Pair(-1, -1, 0), *kept]):
        between = (
            [i for i in range(one.ours + 1, next_.ours) if i not in ours],
            [j for j in range(one.theirs + 1, next_.theirs) if j not in theirs],
        )
        if len(between[0]) == len(between[1]):
            found |= dict(zip(between[1], between[0], strict=True))
    return found


# --- sentences ------------------------------------------------------------------------


class _Sentence(NamedTuple):
    ours: tuple[int, int]
    theirs: tuple[int, int]


def sentences_elsewhere(ours: Units, theirs: Units, hunks: Sequence[Hunk]) -> list[_Sentence]:
    """Sentences that both sides have, each where the other has not."""
    copy_of_ours, copy_of_theirs = _in_common(len(ours), len(theirs), hunks)
    left = [s for s in ours.sentences() if _is_unmatched(copy_of_ours, s)]
    right = [s for s in theirs.sentences() if _is_unmatched(copy_of_theirs, s)]
    found = []
    for ours_at in left:
        keys, counted = ours.keys[slice(*ours_at)], Counter(ours.keys[slice(*ours_at)])
        alike = [
            (ratio, theirs_at)
            for theirs_at in right
            if (ratio := _ratio(keys, counted, theirs.keys[slice(*theirs_at)]))
        ]
        if alike:
            best = max(alike)[1]
            right.remove(best)
            found.append(_Sentence(ours_at, best))
    return found


def _in_common(ours: int, theirs: int, hunks: Sequence[Hunk]) -> tuple[bytearray, bytearray]:
    """Which words of either side stand in its rows beside their like."""
    both = bytearray(b"\1") * ours, bytearray(b"\1") * theirs
    for a0, a1, b0, b1 in hunks:
        if (a1 - a0, b1 - b0) != (1, 1):
            both[0][a0:a1], both[1][b0:b1] = bytes(a1 - a0), bytes(b1 - b0)
    return both


def _is_unmatched(matched: bytearray, sentence: tuple[int, int]) -> bool:
    start, end = sentence
    return end - start >= SHORTEST and 2 * sum(matched[start:end]) < end - start


def _ratio(keys: Sequence[str], counted: Counter[str], theirs: Sequence[str]) -> float:
    """How like two sentences are; 0: too little."""
    wanted = _LIKE_LONG if min(len(keys), len(theirs)) >= _LONG else _LIKE
    if 2 * (counted & Counter(theirs)).total() < wanted * (len(keys) + len(theirs)):
        return 0.0
    ratio = SequenceMatcher(None, keys, theirs, autojunk=False).ratio()
    return ratio if ratio >= wanted else 0.0


def with_sentences_in_order(
    copy: Copy, found: Sequence[_Sentence], banned: Banned = frozenset()
) -> tuple[Units, tuple[Move, ...]]:
    """The witness with its sentences where the text has them, and which it has elsewhere; those *banned* stay."""
    theirs, moves, away, put = copy.theirs, [], [], defaultdict(list)
    for sentence in found:
        move = _sentence_move(copy, sentence)
        if move and move[:2] not in banned and not _is_at_home(move):
            moves.append(move)
            away.append(sentence.theirs)
            put[copy.end(sentence.ours[0])].append(theirs.slice(*sentence.theirs))
    return Units(_put_in(theirs, away, put)) if moves else theirs, tuple(moves)


def _is_at_home(move: Move) -> bool:
    """Whether words are moved to where they stand."""
    return move.at == (move.end if move.before else move.start - 1) or move.start <= move.at < move.end


def _sentence_move(copy: Copy, sentence: _Sentence) -> Move | None:
    """Beside which words of the text the witness has the sentence."""
    start, end = sentence.theirs
    words = copy.theirs.words
    if start and words[start - 1] != BREAK and (at := _counterpart(copy, start - 1)) is not None:
        return Move(*sentence.ours, at, False, False)
    if end < len(words) and words[end] != BREAK and (at := _counterpart(copy, end)) is not None:
        return Move(*sentence.ours, at, True, False)
    return None


def _counterpart(copy: Copy, b: int) -> int | None:
    """The word of the text that stands beside word *b* of the witness, if they are a pair."""
    at = 0
    for hunk in copy.hunks:
        if b < hunk.b0:
            break
        if b < hunk.b1:
            return hunk.a0 if (hunk.a1 - hunk.a0, hunk.b1 - hunk.b0) == (1, 1) else None
        at = hunk.a1 - hunk.b1
    return b + at


def _put_in(theirs: Units, away: Sequence[tuple[int, int]], put: dict[int, list[str]]) -> str:
    """The text without the sentences *away*, and with what is *put* before a word."""
    gone = {b for start, end in away for b in range(start, end)}
    words: list[str] = []
    blocks = blocks_of(theirs)
    made = []
    for start, end in blocks:
        words = []
        for b in range(start, end + 1):
            words += put.get(b, ())
            if b < end and b not in gone:
                words.append(_with_blank(theirs, b))
        made.append(
            "".join(
                w if n == len(words) - 1 or w.endswith((" ", "\0")) else f"{w} " for n, w in enumerate(words)
            )
        )
    return BREAK.join(block.replace("\0", "").strip(" ") for block in made)


def _with_blank(theirs: Units, b: int) -> str:
    """A word and what divides it from the next: a blank, or nothing (written as NUL)."""
    after = theirs.starts[b + 1] if b + 1 < len(theirs) else theirs.ends[b]
    between = theirs.text[theirs.ends[b] : after].replace(BREAK, "")
    return theirs.words[b] + (between or "\0")
