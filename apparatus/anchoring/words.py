"""Where words stand in the text: whole words, as written.

An edge of a lemma that is a letter, a figure or a combining mark may not touch another one
in the text, so that a lemma never splits a word, nor a letter from its accents. In scripts that
are written without blanks a lemma may begin and end at any letter. An edge that is punctuation matches
anywhere. Case and punctuation count. Nothing is normalised but the order of marks on one letter, which
is no difference (Unicode, canonical ordering).
"""

from __future__ import annotations

from collections.abc import Iterator

from apparatus.characters import divides, in_order, is_direction, is_mark, is_of_word, parts_words
from apparatus.model import BREAK, EditedText, Span


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether the stretch begins and ends where a word may begin and end."""
    before, after = _seen(text, start - 1, -1), _seen(text, end, 1)
    first, last = _seen(text, start, 1), _seen(text, end - 1, -1)
    if (is_mark(first) and not divides(before)) or is_mark(after):
        return False
    return not _joined(before, first) and not _joined(last, after)


def _joined(before: str, after: str) -> bool:
    """Whether two characters are of one word."""
    return is_of_word(before) and is_of_word(after) and not parts_words(before, after)


def _seen(text: str, at: int, step: int) -> str:
    """The character at an offset, or the next one that is not for the direction alone; a break at an end."""
    while 0 <= at < len(text):
        if not is_direction(text[at]):
            return text[at]
        at += step
    return BREAK


def find_all(text: str, words: str, start: int, end: int) -> Iterator[int]:
    """Every offset at which *words* stand whole between *start* and *end*.

    Occurrences that overlap each count: *ha ha* stands twice in *ha ha ha*, for an entry
    could mean either.
    """
    if not words:
        return
    text, words = in_order(text), in_order(words)
    at = text.find(words, start, end)
    while at >= 0:
        if is_whole(text, at, at + len(words)):
            yield at
        at = text.find(words, at + 1, end)


def occurrences(
    text: EditedText, words: str, start_block: int, end_block: int | None = None
) -> Iterator[Span]:
    """Every occurrence of *words* that begins in *start_block*.

    Words with a break run on into the blocks after it; with *end_block*, only what ends
    there counts.
    """
    first = text.span(start_block)
    reach = first.end
    if end_block is not None:
        reach = text.span(end_block).end
    elif BREAK in words:
        reach = min(len(text.joined), first.end + len(words))
    floor = 0 if end_block is None else text.starts[end_block]
    for at in find_all(text.joined, words, first.start, reach):
        if at > first.end:
            return
        if at + len(words) >= floor:
            yield Span(at, at + len(words))


def occurrences_ending(text: EditedText, words: str, block: int, since: int) -> Iterator[Span]:
    """Every occurrence of *words* that ends in *block*, none beginning before block *since*."""
    last = text.span(block)
    start = last.start
    if BREAK in words:
        start = max(text.starts[since], last.start - len(words))
    for at in find_all(text.joined, words, start, last.end):
        if at + len(words) >= last.start:
            yield Span(at, at + len(words))


def longer_lemma(text: EditedText, span: Span, limit: int = 12) -> str | None:
    """The shortest lemma around *span*, in whole words of its block, that stands there once.

    ``None`` where *limit* words on either side do not suffice.
    """
    block = text.block_at(span.start)
    edge = text.span(block)
    if span.end > edge.end:
        return None
    lefts = _steps(text.joined, span.start, edge.start, -1, limit)
    rights = _steps(text.joined, span.end, edge.end, 1, limit)
    for extra in range(len(lefts) + len(rights) - 1):
        # words after the lemma before words before it: the entry then sorts where it did
        for left in range(max(0, extra - len(rights) + 1), min(extra, len(lefts) - 1) + 1):
            wider = text.joined[lefts[left] : rights[extra - left]]
            found = occurrences(text, wider, block)
            if next(found, None) is not None and next(found, None) is None:
                return wider
    return None


def _steps(text: str, start: int, edge: int, direction: int, limit: int) -> list[int]:
    """Offsets reached from *start* by going out word by word, *start* itself first."""
    steps = [start]
    while len(steps) <= limit and steps[-1] != edge:
        at = steps[-1] + direction
        while at != edge and not _ends(text, at, direction):
            at += direction
        steps.append(at)
    return steps


def _ends(text: str, at: int, direction: int) -> bool:
    """Whether a word ends (or, going left, begins) at an offset: at a blank, or between letters that are words."""
    blank = text[at] if direction > 0 else text[at - 1]
    return blank == " " or parts_words(text[at - 1], text[at])
