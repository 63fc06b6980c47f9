"""Small editions for the tests of the collation: blocks and entry lines in, witnesses out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apparatus.anchoring import anchor
from apparatus.collation import Collation, Rebuilt, collate, rebuild
from apparatus.model import (
    Anchored,
    Block,
    Conspectus,
    EditedText,
    Entry,
    Group,
    Origin,
    Scholar,
    Siglum,
    Witness,
)
from apparatus.notation import parse_entry
from apparatus.problems import Problem

FOUR = Conspectus(
    witnesses=tuple(Witness(key, transcription=f"{key}.txt") for key in "ABCD"),
    groups=(Group("ω", ("A", "B", "C")), Group("β", ("B", "C"))),
    scholars=(Scholar("Madvig"), Scholar("Müller")),
)


@dataclass(frozen=True)
class Line:
    """A block of a transcription."""

    text: str
    line: int


@dataclass(frozen=True)
class Transcript:
    blocks: tuple[Line, ...]


def transcript(*blocks: str) -> Transcript:
    return Transcript(tuple(Line(text, n) for n, text in enumerate(blocks, 1)))


class SmallEdition:
    """Blocks numbered 1, 2, …; each entry line is given with the block that it stands under."""

    def __init__(
        self,
        blocks: Sequence[str],
        lines: Sequence[str | tuple[int, str]] = (),
        conspectus: Conspectus = FOUR,
    ) -> None:
        self.text = EditedText(
            tuple(Block(str(i), b, Origin("text.md", 10 * i)) for i, b in enumerate(blocks, 1))
        )
        self.conspectus = conspectus
        items: list[tuple[Entry, int | None]] = []
        self.problems: list[Problem] = []
        for n, row in enumerate(lines, 1):
            host, line = (1, row) if isinstance(row, str) else row
            entry, problems = parse_entry(
                line, conspectus.keys, Origin("text.md", 100 + n), conspectus.scholar_keys
            )
            self.problems += problems
            assert entry is not None, (line, problems)
            items.append((entry, host - 1))
        anchored, found = anchor(self.text, items)
        self.problems += found
        self.entries: list[Anchored[Entry]] = [a for a in anchored if isinstance(a.item, Entry)]  # type: ignore[misc]

    def witness(self, key: str, hand: str | None = None) -> Rebuilt:
        assert self.problems == []
        return rebuild(self.text, self.entries, self.conspectus, Siglum(key, hand))

    def reads(self, key: str, hand: str | None = None) -> str:
        """The text of a witness, its blocks divided by `` / ``."""
        rebuilt = self.witness(key, hand)
        assert rebuilt.problems == ()
        return " / ".join(block.text for block in rebuilt.blocks)

    def collate(self, *, positive: bool = False, **transcripts: Sequence[str]) -> Collation:
        assert self.problems == []
        told = {key: transcript(*blocks) for key, blocks in transcripts.items()}
        return collate(self.text, self.entries, self.conspectus, told, positive=positive)
