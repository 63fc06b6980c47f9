"""What differs between two sequences: the words or blocks on which they do not agree.

Equal heads and tails are set aside; what is unique on both sides is matched first (in the
manner of Bram Cohen's "patience diff"), so that a long text costs little more than reading
it; :mod:`difflib` does the short stretches that are left.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple

from apparatus.characters import is_of_word, parts_words

#: Above this size (length times length) a stretch with nothing unique in it is not searched.
_LIMIT = 400_000


class Hunk(NamedTuple):
    """``a[a0:a1]`` stands against ``b[b0:b1]``."""

    a0: int
    a1: int
    b0: int
    b1: int


def size(found: Iterable[Hunk]) -> int:
    """How much there is of difference, on both sides together."""
    return sum(h.a1 - h.a0 + h.b1 - h.b0 for h in found)


def hunks(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Hunk]:
    """The stretches in which *a* and *b* differ, in order."""
    matches: list[tuple[int, int, int]] = []
    _match(a, b, Hunk(0, len(a), 0, len(b)), matches)
    found, i, j = [], 0, 0
    for mi, mj, n in [*sorted(m for m in matches if m[2]), (len(a), len(b), 0)]:
        if mi > i or mj > j:
            found.append(Hunk(i, mi, j, mj))
        i, j = mi + n, mj + n
    return found


def _match(
    a: Sequence[Hashable], b: Sequence[Hashable], within: Hunk, out: list[tuple[int, int, int]]
) -> None:
    todo = [within]
    while todo:
        a0, a1, b0, b1 = todo.pop()
        head = 0
        while a0 + head < a1 and b0 + head < b1 and a[a0 + head] == b[b0 + head]:
            head += 1
        out.append((a0, b0, head))
        a0, b0 = a0 + head, b0 + head
        tail = 0
        while a1 - tail > a0 and b1 - tail > b0 and a[a1 - tail - 1] == b[b1 - tail - 1]:
            tail += 1
        a1, b1 = a1 - tail, b1 - tail
        out.append((a1, b1, tail))
        if a0 == a1 or b0 == b1:
            continue
        pairs = _anchors(a, b, Hunk(a0, a1, b0, b1))
        if pairs:
            for i, j in [*pairs, (a1, b1)]:
                todo.append(Hunk(a0, i, b0, j))
                a0, b0 = i, j
        elif (a1 - a0) * (b1 - b0) <= _LIMIT:
            matcher = difflib.SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False)
            out += [(a0 + i, b0 + j, n) for i, j, n in matcher.get_matching_blocks()]


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable], within: Hunk) -> list[tuple[int, int]]:
    """Places that certainly answer to each other; in a long stretch by several members in a row."""
    long = (within.a1 - within.a0) * (within.b1 - within.b0) > _LIMIT
    for length in (8, 4, 2, 1) if long else (1,):
        pairs = _unique_pairs(a, b, within, length)
        if pairs:
            return pairs
    return []


def _unique_pairs(
    a: Sequence[Hashable], b: Sequence[Hashable], within: Hunk, n: int
) -> list[tuple[int, int]]:
    """Rows of *n* that stand once on each side, as far as both sides have them in one order."""
    a0, a1, b0, b1 = within
    rows_a = [tuple(a[i : i + n]) for i in range(a0, a1 - n + 1)]
    rows_b = [tuple(b[j : j + n]) for j in range(b0, b1 - n + 1)]
    in_a, in_b = Counter(rows_a), Counter(rows_b)
    where = {row: j for j, row in enumerate(rows_b, b0) if in_b[row] == 1}
    pairs = [(i, where[row]) for i, row in enumerate(rows_a, a0) if in_a[row] == 1 and row in where]
    ends: list[int] = []  # the smallest last position of an increasing row of each length
    rows: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(rows[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            rows.append(k)
        else:
            ends[length], rows[length] = j, k
    chain = []
    k = rows[-1] if rows else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    chain.reverse()
    # of places that follow on one another the first will do
    return [(i, j) for k, (i, j) in enumerate(chain) if not k or chain[k - 1] != (i - 1, j - 1)]


def applied(ours: str, theirs: str, found: Iterable[Hunk], start: int = 0, end: int | None = None) -> str:
    """*ours*, or the stretch of it from *start* to *end*, with *theirs* in the place of what differs."""
    words, at = "", start
    for hunk in found:
        words += ours[at : hunk.a0] + theirs[hunk.b0 : hunk.b1]
        at = hunk.a1
    return words + ours[at:end]


def tokens(text: str, marks: Collection[str] = ()) -> list[str]:
    """Words (letters, where a script has no blanks), and every other character by itself; but *marks* whole."""
    if marks and any(mark in text for mark in marks):
        parts = re.split(f"({'|'.join(map(re.escape, sorted(marks, key=len, reverse=True)))})", text)
        return [t for i, part in enumerate(parts) for t in ([part] if i % 2 else tokens(part))]
    found: list[str] = []
    start = 0
    for i, character in enumerate(text):
        if not is_of_word(character):
            if start < i:
                found.append(text[start:i])
            found.append(character)
            start = i + 1
        elif start < i and parts_words(text[i - 1], character):
            found.append(text[start:i])
            start = i
    if start < len(text):
        found.append(text[start:])
    return found
