"""A witness in its own letters, where it may differ from the edition in what the conspectus disregards.

What is rebuilt has the letters of the text and the entries. Under a declared normalisation they are only
proved to count as those of the transcription; what is shown as the witness must be the transcription's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from apparatus.collation.align import Hunk, hunks
from apparatus.collation.compare import TranscribedBlock
from apparatus.collation.rebuild import RebuiltBlock
from apparatus.collation.stream import Piece

#: As many characters at most count as one (NFKC of U+FDFA).
LONGEST = 18


def as_transcribed(
    rebuilt: Sequence[RebuiltBlock],
    transcribed: Sequence[TranscribedBlock],
    normalise: Callable[[str], str],
) -> tuple[RebuiltBlock, ...]:
    """The blocks, each that is proved in the letters of the transcription; another stays, and has been reported."""
    ours, theirs = ([normalise(block.text) for block in blocks] for blocks in (rebuilt, transcribed))
    made, i, j = list(rebuilt), 0, 0
    for hunk in [*hunks(ours, theirs), Hunk(len(ours), 0, len(theirs), 0)]:
        for n in range(hunk.a0 - i):
            made[i + n] = in_letters(made[i + n], transcribed[j + n].text, normalise)
        i, j = hunk.a1, hunk.b1
    return tuple(made)


def in_letters(block: RebuiltBlock, text: str, normalise: Callable[[str], str]) -> RebuiltBlock:
    """The block with *text*, which counts as the same, in place of its own; each piece has its share."""
    if text == block.text:
        return block
    shares = zip(block.pieces, _shares(block.pieces, text, normalise), strict=True)
    pieces = (piece._replace(text=words) for piece, words in shares if words or not piece.text)
    return replace(block, text=text, pieces=tuple(pieces))


def _shares(pieces: Sequence[Piece], text: str, normalise: Callable[[str], str]) -> Iterator[str]:
    """*text* divided as the pieces are; the last one with words takes what is left."""
    last = max((n for n, piece in enumerate(pieces) if piece.text), default=0)
    at = 0
    for n, piece in enumerate(pieces):
        end = len(text) if n == last else _end(piece.text, text, at, normalise)
        yield text[at:end]
        at = end


def _end(words: str, text: str, at: int, normalise: Callable[[str], str]) -> int:
    """Where from *at* on *text* has what counts as *words*; where that is within a character, after it."""
    wanted = normalise(words)

    def length(end: int) -> int:
        return len(normalise(text[at:end]))

    ends = range(at, min(at + LONGEST * len(words), len(text)) + 1)
    first = end = at + bisect_left(ends, len(wanted), key=length)
    while end < len(text) and normalise(text[at:end]) != wanted and length(end + 1) == len(wanted):
        end += 1  # an accent that is a character of its own
    return end if normalise(text[at:end]) == wanted else min(first, len(text))
