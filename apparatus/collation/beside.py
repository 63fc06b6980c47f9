"""What words are added beside, or moved to: a witness has to have it.

*three ] add. drei P* says that P has *drei* after *three*, *two ] transp. ante four P* that it has *two* before
*four*. For these words P may have others, of which another entry tells; if it has none for them, or has them
elsewhere, the entry says what is not so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apparatus.characters import is_of_word
from apparatus.collation.edits import Edit, Insertion
from apparatus.collation.within import Within
from apparatus.model import EditedText, Effect, Span


def lacking_beside(text: EditedText, insertion: Insertion, edits: Sequence[Edit]) -> Edit | None:
    """By which of the *edits* around it the witness has nothing beside which the insertion could stand, if by any."""
    beside = insertion.beside
    near = [edit for edit in edits if edit.span.start < beside.end and beside.start < edit.span.end]
    taken = [edit for edit in near if _is_against(edit, insertion)]
    if insertion.is_beside_block:
        gone = [edit for edit in taken if not edit.text]
        return gone[-1] if gone and not _has_letters(text, beside, gone) else None
    at = _edge(text, insertion)
    here = (edit for edit in taken if edit.span.start <= at < edit.span.end)
    return next((edit for edit in here if _has_nothing(text, edit, beside, at)), None)


def _is_against(edit: Edit, insertion: Insertion) -> bool:
    """Whether an edit takes words away in the state of the witness of which the insertion is said.

    What is lost stood there; an earlier hand may have added to what a later one cuts.
    """
    if edit is insertion.move or edit.said is None or edit.said.kind.effect is Effect.LOSES:
        return False
    if edit.is_move and (edit.stays or edit.span.contains(insertion.beside)):
        return False  # words stay, or take what stands beside them along
    return insertion.rank <= edit.rank


def _has_nothing(text: EditedText, edit: Edit, beside: Span, at: int) -> bool:
    """Whether the witness has no word for that at an offset: none at all, or fewer by a reading of words beyond."""
    if not edit.text or beside.contains(edit.span):
        return not edit.text
    return Within(text.slice(edit.span), edit.text).has_fewer(at - edit.span.start)


def _edge(text: EditedText, insertion: Insertion) -> int:
    """Where the word begins or ends next to which the insertion stands; of signs alone, the sign."""
    beside = insertion.beside
    letters = [i for i in range(beside.start, beside.end) if is_of_word(text.joined[i])]
    found = letters or range(beside.start, beside.end)
    return found[0] if insertion.before else found[-1]


def _has_letters(text: EditedText, span: Span, gone: Sequence[Edit]) -> bool:
    """Whether anything is left of a stretch without the words that are cut or moved away."""
    return any(part.strip() for part in left_of(text, span, gone))


def left_of(text: EditedText, span: Span, gone: Sequence[Edit]) -> Iterator[str]:
    """What is left of a stretch without the words that are cut or moved away, which are given in order."""
    at = span.start
    for edit in gone:
        yield text.joined[at : max(at, min(edit.span.start, span.end))]
        at = max(at, edit.span.end)
    yield text.joined[at : max(at, span.end)]
