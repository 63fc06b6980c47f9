"""Where a witness is not there at all: its beginning, its end, a leaf of it lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apparatus.collation.align import Hunk
from apparatus.collation.grouping.copy import Copy
from apparatus.collation.mending.lemma import locus_for
from apparatus.model import BREAK, EditedText, Gap, Span

#: What lacks so many words at once may be a gap.
LONG = 30


def lacunae(text: EditedText, copy: Copy, lac_mark: str) -> Iterator[tuple[list[Hunk], Span, Gap]]:
    """The stretches that the witness is without, each as a gap to be declared.

    It is without the head and the end of the text; without what lies between two blocks of which it has a part
    each; without what its transcription has a mark for. What it lacks otherwise it leaves out.
    """
    for run in _runs(copy.hunks):
        hunk = Hunk(run[0].a0, run[-1].a1, run[0].b0, run[-1].b1)
        start, end = hunk.a0, hunk.a1
        while start < end and copy.ours.words[start] == BREAK:
            start += 1
        while start < end and copy.ours.words[end - 1] == BREAK:
            end -= 1
        if end - start < LONG or not _is_gap(copy, hunk, lac_mark):
            continue
        span = Span(copy.ours.starts[start], copy.ours.ends[end - 1])
        locus = locus_for(text, span)
        if locus is not None:
            yield run, span, Gap(*locus)


def _runs(hunks: Sequence[Hunk]) -> list[list[Hunk]]:
    """Differences, those together that follow on each other."""
    runs: list[list[Hunk]] = []
    for hunk in hunks:
        if runs and (runs[-1][-1].a1, runs[-1][-1].b1) == (hunk.a0, hunk.b0):
            runs[-1].append(hunk)
        else:
            runs.append([hunk])
    return runs


def _is_gap(copy: Copy, hunk: Hunk, lac_mark: str) -> bool:
    words = copy.ours.words
    if hunk.b0 < hunk.b1:
        return bool(lac_mark) and copy.theirs.slice(hunk.b0, hunk.b1).strip(BREAK) == lac_mark
    if hunk.a0 == 0 or hunk.a1 == len(words):
        return True
    ragged = BREAK not in (words[hunk.a0], words[hunk.a0 - 1], words[hunk.a1 - 1], words[hunk.a1])
    return ragged and BREAK in words[hunk.a0 : hunk.a1]


def within(copy: Copy, span: Span) -> list[Hunk]:
    """What a witness has otherwise within a stretch of the text."""
    starts, ends = copy.ours.starts, copy.ours.ends
    every = (hunk for hunk in copy.hunks if hunk.a0 < hunk.a1)
    return [h for h in every if span.start - 1 <= starts[h.a0] and ends[h.a1 - 1] <= span.end + 1]
