"""Speakers and stage directions: ``[Anna.]{.speaker}``, ``[aside]{.stage}``, in verse and prose.

They are words that witnesses have, so they are of the text: an entry may be on them, and they are proved. What
tells them from the words that are spoken is their class, which every output keeps (TEI ``speaker``, ``stage``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes as dn

from apparatus.drama import Speech
from apparatus.model import SPEAKER, Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.source.numbers import NUMBERS
from apparatus.sphinxext.tree.drama import WHO, kind_of
from apparatus.sphinxext.tree.text import Piece, fold, leaves

#: The attribute in braces that says who speaks, where the words do not: ``[Both.]{.speaker role="Anna, Otto"}``.
ROLE = "role"


def keep_roles(document: dn.document) -> None:
    """Keep who speaks where the source says it, before the numbers are taken out of the braces."""
    for node in document.findall(dn.inline):
        if SPEAKER in node["classes"] and ROLE in node.get(NUMBERS, {}):
            node[WHO] = node[NUMBERS][ROLE]


class Speakers:
    """Who speaks in a document, in its order."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.speeches: list[Speech] = []
        self.problems: list[Problem] = []
        self._waiting: tuple[str, Origin] | None = None  # a speaker who has not spoken yet

    def read(self, blocks: Sequence[dn.Element]) -> Speakers:
        """Take the speakers of all blocks."""
        for i, block in enumerate(blocks):
            if isinstance(block, dn.title):
                self._end()
            self._block(i, block, Origin(block.source or self.source, block.line or 1))
        self._end()
        return self

    def _block(self, i: int, block: dn.Element, origin: Origin) -> None:
        for speaker, pieces in _by_speaker(fold(list(leaves(block)))):
            words = "".join(piece.text for piece in pieces).strip()
            if speaker is not None:
                self._end()
                self._waiting = (words, origin)
                speaker.setdefault(WHO, words)
                who = tuple(filter(None, (name.strip() for name in speaker[WHO].split(","))))
                self.speeches.append(Speech(who, i, pieces[0].start, origin))
            elif any(c.isalnum() for c in words):
                self._waiting = None

    def _end(self) -> None:
        """Report a speaker who has said nothing."""
        if self._waiting is not None:
            name, origin = self._waiting
            message = (
                f"no words follow the speaker {name!r}; write what is said, or name all who speak it in one pair of "
                "brackets"
            )
            self.problems.append(Problem(ProblemKind.SILENT_SPEAKER, message, origin))
        self._waiting = None


def _by_speaker(pieces: Sequence[Piece]) -> Iterator[tuple[dn.Element | None, list[Piece]]]:
    """The pieces of a block, those of one speaker together."""
    now: list[Piece] = []
    before: dn.Element | None = None
    for piece in pieces:
        speaker = kind_of(piece.leaf, SPEAKER)
        if now and speaker is not before:
            yield before, now
            now = []
        before = speaker
        now.append(piece)
    if now:
        yield before, now
