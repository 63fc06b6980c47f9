"""Generated traditions: a text and witnesses copied from it and from each other, every word's descent known."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from collating import Line

from apparatus.collation.grouping import Grouped
from apparatus.model import Anchored, Block, Conspectus, EditedText, Entry, Kind, Origin, Witness

KEYS = tuple("ABCDEFGHJKLMN")
#: Which witness was copied from which; what stands behind none is a lost ancestor.
STEMMA = {
    "α": "", "β": "α", "γ": "α", "δ": "β", "A": "α", "B": "β", "C": "δ", "D": "δ", "E": "C", "F": "γ", "G": "γ",
    "H": "F", "J": "F", "K": "", "L": "K", "M": "", "N": "β",
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word as a witness has it, and which of the text it comes from; none: it was added."""

    text: str
    origin: int | None


Blocks = list[list[Word]]


@dataclass
class Tradition:
    text: EditedText
    words: list[str]
    witnesses: dict[str, Blocks]
    conspectus: Conspectus = field(init=False)

    def __post_init__(self) -> None:
        self.conspectus = Conspectus(
            tuple(Witness(key, transcription=f"{key}.txt") for key in self.witnesses)
        )

    @property
    def transcriptions(self) -> dict[str, list[Line]]:
        return {
            key: [Line(" ".join(word.text for word in block), n) for n, block in enumerate(blocks, 1)]
            for key, blocks in self.witnesses.items()
        }

    def lost(self, key: str) -> set[int]:
        """The words of the blocks that a witness lacks whole."""
        has = {word.origin for block in self.witnesses[key] for word in block}
        found: set[int] = set()
        at = 0
        for block in self.text.blocks:
            its = range(at, at := at + len(block.text.split(" ")))
            found |= set(its) if has.isdisjoint(its) else set()
        return found

    def readings(self, key: str) -> dict[int, str]:
        """What a witness has for each word of the text that it has otherwise; empty: it lacks the word."""
        found = dict.fromkeys(range(len(self.words)), "")
        found |= {w.origin: w.text for block in self.witnesses[key] for w in block if w.origin is not None}
        return {origin: text for origin, text in found.items() if text != self.words[origin]}

    def agreements(self) -> Iterator[tuple[int, str, str]]:
        """Word by word, each two witnesses that have the same, and the text otherwise.

        That one lacks a word and the other the whole block is none.
        """
        readings = {key: self.readings(key) for key in self.witnesses}
        lost = {key: self.lost(key) for key in self.witnesses}
        for one, other in combinations(self.witnesses, 2):
            for origin in readings[one].keys() & readings[other].keys():
                if readings[one][origin] == readings[other][origin] and (
                    (origin in lost[one]) == (origin in lost[other])
                ):
                    yield origin, one, other

    def shown(self, grouped: Grouped) -> tuple[int, int]:
        """How many agreements there are outside rewritten stretches, and how many of them one reading shows."""
        return self.shown_by(grouped.entries)

    def shown_by(self, entries: Iterable[Anchored[Entry]]) -> tuple[int, int]:
        """The same of entries."""
        entries = [*entries]
        shown = {pair for entry in entries for pair in self._pairs(entry)}
        rewritten = {one for entry in entries for one in self._rewritten(entry)}
        every = [
            (n, one, other)
            for n, one, other in self.agreements()
            if (n, one, other) in shown or rewritten.isdisjoint({(n, one), (n, other)})
        ]
        return len(every), sum(one in shown for one in every)

    def _pairs(self, anchored: Anchored[Entry]) -> Iterator[tuple[int, str, str]]:
        starts = self._starts()
        inside = [n for n, at in starts if anchored.span.start <= at < anchored.span.end]
        for reading in anchored.item.readings:
            if reading.kind in (Kind.TRANSP,):
                continue
            keys = sorted((s.key for s in reading.sigla), key=[*self.witnesses].index)
            for one, other in combinations(keys, 2):
                yield from ((n, one, other) for n in inside)

    def _rewritten(self, anchored: Anchored[Entry]) -> Iterator[tuple[int, str]]:
        """The words for which a witness has quite another text."""
        inside = [n for n, at in self._starts() if anchored.span.start <= at < anchored.span.end]
        for reading in anchored.item.readings:
            if reading.kind is Kind.TEXT and len(inside) > 12:
                yield from ((n, siglum.key) for siglum in reading.sigla for n in inside)

    def _starts(self) -> list[tuple[int, int]]:
        if not hasattr(self, "_at"):
            at, self._at = 0, []
            for n, word in enumerate(self.words):
                self._at.append((n, at))
                at += len(word) + 1
        return self._at


@dataclass(frozen=True)
class Rates:
    """How often a scribe changes a word, and how many blocks he moves, loses and adds."""

    words: float = 0.02
    moved: int = 0
    lost: int = 0
    added: int = 0
    ancestors_only: bool = True


def tradition(
    seed: int, blocks: int = 12, length: int = 40, rates: Rates = Rates(), keys: Sequence[str] = KEYS
) -> Tradition:
    """A text of so many *blocks*, each of about *length* words, and its witnesses."""
    draw = random.Random(seed)
    vocabulary = [_word(draw) for _ in range(800)]
    weights = [1 / (n + 3) for n in range(len(vocabulary))]
    made: list[list[str]] = []
    for _ in range(blocks):
        words = draw.choices(vocabulary, weights, k=draw.randint(length // 2, length * 3 // 2))
        made.append(
            [w + ("." if (i + 1) % 11 == 0 or i + 1 == len(words) else "") for i, w in enumerate(words)]
        )
    every = [word for block in made for word in block]
    numbers = iter(range(len(every)))
    first: Blocks = [[Word(word, next(numbers)) for word in block] for block in made]
    copied: dict[str, Blocks] = {"": first}
    for key, parent in STEMMA.items():
        copied[key] = _copied(
            draw, copied[parent], vocabulary, rates, faults=not rates.ancestors_only or key in "βγδK"
        )
    text = EditedText(
        tuple(Block(f"1.{n}", " ".join(block), Origin("text.md", n)) for n, block in enumerate(made, 1))
    )
    return Tradition(text, every, {key: copied[key] for key in keys})


def _word(draw: random.Random) -> str:
    return "".join(draw.choice("bcdfglmnprstv") + draw.choice("aeiou") for _ in range(draw.randint(1, 4)))


def _copied(
    draw: random.Random, parent: Blocks, vocabulary: Sequence[str], rates: Rates, *, faults: bool
) -> Blocks:
    """What a scribe makes of his exemplar."""
    blocks = [[*_with_slips(draw, block, vocabulary, rates.words)] for block in parent]
    blocks = [block for block in blocks if block]
    for _ in range(rates.moved if faults else 0):
        block = blocks.pop(draw.randrange(len(blocks)))
        blocks.insert(draw.randrange(len(blocks) + 1), block)
    for _ in range(rates.lost if faults else 0):
        blocks.pop(draw.randrange(len(blocks)))
    for _ in range(rates.added if faults else 0):
        words = [Word(word, None) for word in draw.choices(vocabulary, k=12)]
        blocks.insert(draw.randrange(len(blocks) + 1), words)
    return blocks


def _with_slips(
    draw: random.Random, block: Sequence[Word], vocabulary: Sequence[str], rate: float
) -> Iterator[Word]:
    for word in block:
        slip = draw.random()
        if slip < rate * 0.45:
            yield Word(_misspelt(draw, word.text), word.origin)
        elif slip < rate * 0.65:
            yield Word(draw.choice(vocabulary), word.origin)
        elif slip < rate * 0.85:
            continue
        else:
            yield word
            if slip < rate:
                yield Word(draw.choice(vocabulary), None)


def _misspelt(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word))
    return (
        word[:at] + draw.choice("aeiounrst") + word[at + 1 :]
        if word[at] != "."
        else f"{word[:at]}s{word[at:]}"
    )
