"""Ties entries and notes to the words of the edited text that they are about.

In: the text and, for each entry or note, the block it stands under. Out: for each its span
in the joined text and its transposition targets, or a problem that says what is wrong and
what would mend it.

Occurrences (``the^2``) count in one block, from its beginning, each place where the words
could begin (so *ha ha* stands twice in *ha ha ha*). In an abbreviated lemma each side counts
in its own block. A side without a number must be the only one possible: the start stands
once in its block (once before the end, where the end is numbered), the end once after the
start.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apparatus.anchoring.explain import shown, which_one, why_not_found
from apparatus.anchoring.words import occurrences, occurrences_ending
from apparatus.model import (
    Anchored,
    EditedText,
    Effect,
    Entry,
    Lemma,
    Note,
    Origin,
    Passage,
    Place,
    Span,
    Target,
    Words,
)
from apparatus.problems import Problem, ProblemKind, nearest

__all__ = ["anchor", "find_lemma"]


class _NotAnchoredError(Exception):
    """Carries the problem out to the entry that has it; never leaves this module."""

    def __init__(self, kind: ProblemKind, message: str) -> None:
        super().__init__(message)
        self.kind, self.message = kind, message


def anchor(
    text: EditedText, items: Sequence[tuple[Entry | Note, int | None]]
) -> tuple[tuple[Anchored[Entry] | Anchored[Note], ...], tuple[Problem, ...]]:
    """Tie each entry or note to its words.

    The number beside an item is the index of the block that it stands under; ``None`` where
    none does. Results keep the order of *items*; an item that cannot be anchored yields a
    problem instead. An entry whose transposition target alone cannot be found keeps its
    place, with a problem and no target.
    """
    anchored: list[Anchored[Entry] | Anchored[Note]] = []
    problems: list[Problem] = []
    for item, host in items:
        try:
            where = _where(text, item.place, host)
            span = _span(text, item.lemma, where)
        except _NotAnchoredError as error:
            problems.append(Problem(error.kind, error.message, item.origin))
            continue
        home = where.first if item.lemma.is_block else text.block_at(span.start)
        if isinstance(item, Note):
            anchored.append(Anchored(item, home, span))
            continue
        targets, missing = _targets(text, item, where)
        problems += missing
        anchored.append(Anchored(item, home, span, targets))
    return tuple(anchored), tuple(problems)


def find_lemma(
    text: EditedText, place: Place | None, lemma: Lemma, host: int | None = None, origin: Origin | None = None
) -> Span | Problem:
    """The span of one lemma by itself, as of a declared gap."""
    try:
        return _span(text, lemma, _where(text, place, host))
    except _NotAnchoredError as error:
        return Problem(error.kind, error.message, origin)


class _Where:
    """Where a lemma is looked for: from the beginning of one passage to the end of another, or of the same.

    A passage is what its number means: a block, or the part of it in which the number holds.
    """

    def __init__(self, text: EditedText, start: Passage, end: Passage | None = None) -> None:
        self.text, self.start, self.end = text, start, end or start
        self.ranged = end is not None
        self.first, self.last = start.block, self.end.block

    def __str__(self) -> str:
        numbers = [passage.number for passage in (self.start, self.end)]
        return f"block {numbers[0]}" if numbers[0] == numbers[1] else f"blocks {numbers[0]}–{numbers[1]}"

    @property
    def span(self) -> Span:
        """From the beginning of the first to the end of the last."""
        return Span(self.start.span.start, self.end.span.end)

    def words(self) -> str:
        return self.text.slice(self.span)

    def beginning(self, found: Iterable[Span]) -> Iterable[Span]:
        """Of what begins in the first block, that which begins in the first passage; in a range, and ends in the last."""
        if self.is_whole:
            return found
        first, last = self.start.span, self.end.span
        inside = [span for span in found if first.start <= span.start < first.end]
        return [span for span in inside if not self.ranged or last.start < span.end <= last.end]

    def ending(self, found: Iterable[Span]) -> Iterable[Span]:
        """Of what ends in the last block, that which ends in the last passage."""
        last = self.end.span
        return found if self.is_whole else [span for span in found if last.start < span.end <= last.end]

    @property
    def is_whole(self) -> bool:
        """Whether it consists of whole blocks."""
        return self.span == Span(self.text.starts[self.first], self.text.span(self.last).end)

    def only_first(self) -> _Where:
        """The first passage by itself."""
        return _Where(self.text, self.start)

    def only_last(self) -> _Where:
        """The last passage by itself."""
        return _Where(self.text, self.end)


def _where(text: EditedText, place: Place | None, host: int | None) -> _Where:
    """The place, or the block that the item stands under."""
    if place is None:
        if host is None:
            raise _NotAnchoredError(
                ProblemKind.NO_HOST,
                "no block of edited text stands before this: put it under its block, or name the block (“2.5: …”)",
            )
        return _Where(text, Passage(text.blocks[host].number, host, text.span(host)))
    if place.end is None or (whole := f"{place.start}-{place.end}") in text.passage:
        return _Where(text, _passage(text, place.start if place.end is None else whole))
    first, last = _passage(text, place.start), _passage(text, place.end)
    if last.span < first.span:
        raise _NotAnchoredError(
            ProblemKind.LEMMA_REVERSED,
            f"block {place.end} comes before block {place.start}: write {place.end}–{place.start}",
        )
    return _Where(text, first, last)


def _passage(text: EditedText, number: str) -> Passage:
    found = text.passage.get(number)
    if found is None:
        near = nearest(number, text.passage)
        hint = f"; the nearest number is {near}" if near else ""
        raise _NotAnchoredError(ProblemKind.NO_SUCH_BLOCK, f"there is no block {number} in the text{hint}")
    return found


def _span(text: EditedText, lemma: Lemma, where: _Where) -> Span:
    if lemma.first is None:
        return where.span
    if lemma.last is None:
        found = occurrences(text, lemma.first.text, where.first, where.last if where.ranged else None)
        return _choose(text, lemma.first, where.beginning(found), where)
    return _abbreviated(text, lemma.first, lemma.last, where)


def _abbreviated(text: EditedText, start: Words, end: Words, where: _Where) -> Span:
    """The span of a lemma written ``first … last``."""
    end_where, start_where = where.only_last(), where.only_first()
    ends = where.ending(occurrences_ending(text, end.text, where.last, where.first))
    end_span = _choose(text, end, ends, end_where) if end.occurrence is not None else None
    starts: Iterable[Span] = start_where.beginning(occurrences(text, start.text, where.first))
    if start.occurrence is None and end_span is not None:
        every = list(starts)
        starts = [span for span in every if span.end <= end_span.start] or every[:1]
    start_span = _choose(text, start, starts, start_where)
    if end_span is None:
        every = list(ends)
        after = [span for span in every if span.start >= start_span.end]
        if every and not after:
            end_span = every[-1]
        else:
            end_span = _choose(text, end, after, end_where, after=start.text)
    if end_span.start < start_span.end:
        raise _NotAnchoredError(
            ProblemKind.LEMMA_REVERSED,
            f"the lemma’s end {shown(end.text)} does not come after its start {shown(start.text)} in {end_where}",
        )
    return Span(start_span.start, end_span.end)


def _choose(
    text: EditedText, words: Words, found: Iterable[Span], where: _Where, after: str | None = None
) -> Span:
    """The occurrence that is meant."""
    if words.occurrence is None:
        spans = []
        for span in found:
            spans.append(span)
            if len(spans) == 2:
                break
        if len(spans) == 1:
            return spans[0]
        if spans:
            spans += found if not isinstance(found, list) else found[2:]
            raise _ambiguous(text, words, spans, where, after)
        raise _not_found(words, where)
    count = 0
    for count, span in enumerate(found, 1):
        if count == words.occurrence:
            return span
    if not count:
        raise _not_found(words, where)
    times = _times(count)
    raise _NotAnchoredError(
        ProblemKind.NO_SUCH_OCCURRENCE,
        f"{shown(words.text)} stands {times} in {where}: there is no ^{words.occurrence}",
    )


def _not_found(words: Words, where: _Where) -> _NotAnchoredError:
    reason = why_not_found(words.text, where.words())
    if number := _elsewhere(words, where):
        reason += f"; it stands in {number}: put the entry there, or begin it with “{number}: ”"
    return _NotAnchoredError(ProblemKind.LEMMA_NOT_FOUND, f"{shown(words.text)} is not in {where}: {reason}")


def _elsewhere(words: Words, where: _Where) -> str | None:
    """The nearest block that has the words: below a table or verse an entry belongs to the last."""
    blocks = where.text.blocks
    for step in range(1, max(where.first, len(blocks) - where.last) + 1):
        for i in (where.first - step, where.last + step):
            if 0 <= i < len(blocks) and next(occurrences(where.text, words.text, i), None):
                return blocks[i].number
    return None


def _ambiguous(
    text: EditedText, words: Words, spans: Sequence[Span], where: _Where, after: str | None
) -> _NotAnchoredError:
    times = _times(len(spans))
    since = f" after {shown(after)}" if after is not None else ""
    if after is not None:  # the number counts from the beginning of the block
        every = list(occurrences_ending(text, words.text, where.last, where.last))
        spans = every if len(every) >= len(spans) else spans
    return _NotAnchoredError(
        ProblemKind.LEMMA_AMBIGUOUS,
        f"{shown(words.text)} stands {times} in {where}{since}: write {which_one(text, words.text, spans)}",
    )


def _targets(text: EditedText, entry: Entry, where: _Where) -> tuple[tuple[Span | None, ...], list[Problem]]:
    """For each reading the stretch that its transposition aims at."""
    if not any(reading.kind.effect is Effect.MOVES for reading in entry.readings):
        return (None,) * len(entry.readings), []
    targets: list[Span | None] = []
    problems = []
    for reading in entry.readings:
        span = None
        if reading.kind.effect is Effect.MOVES and reading.target is not None:
            try:
                span = _target(text, reading.target, where)
            except _NotAnchoredError as error:
                found = error.kind is not ProblemKind.LEMMA_NOT_FOUND
                kind = error.kind if found else ProblemKind.TARGET_NOT_FOUND
                message = f"the target of transp.: {error.message}{_if_word(reading.target, where)}"
                problems.append(Problem(kind, message, entry.origin))
        targets.append(span)
    return tuple(targets), problems


def _target(text: EditedText, target: Target, where: _Where) -> Span:
    there = where.only_first() if target.place is None else _Where(text, _passage(text, target.place))
    return there.span if target.lemma is None else _span(text, target.lemma, there)


def _if_word(target: Target, where: _Where) -> str:
    """What mends a target that was taken for a number and stands in the passage as a word."""
    word = target.place
    if word is None or target.lemma is not None or not next(occurrences(where.text, word, where.first), None):
        return ""
    return f'; as a word it is quoted: transp. {"ante" if target.before else "post"} "{word}"'


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
