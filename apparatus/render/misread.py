"""What of a house style would be read as something else, or not be seen, in the edition that it is for."""

from __future__ import annotations

from collections.abc import Iterator

from apparatus.edition import Edition
from apparatus.model import Conspectus, Entry
from apparatus.problems import Problem, ProblemKind
from apparatus.render.style import LATIN, HouseStyle


def misread_style(style: HouseStyle, edition: Edition) -> list[Problem]:
    """Signs that are not seen or that the text has as its own, and words that are printed like others or like a siglum."""
    conspectus = edition.conspectus
    said = [*_signs(style, edition), *_words(style, conspectus)]
    return [Problem(ProblemKind.STYLE_MISREAD, f"apparatus_style['{name}'] {what}") for name, what in said]


def _signs(style: HouseStyle, edition: Edition) -> Iterator[tuple[str, str]]:
    """The signs for a passage and for a break, which nothing else says."""
    for name, sign in (("block", style.block.strip()), ("line_break", style.line_break.strip())):
        if not sign:
            yield name, "is blank, and what it stands for would not be seen; write a sign"
        elif where := _that_has(sign, edition):
            yield (
                name,
                f"is '{sign}', which {where} has as well: the two could not be told apart; write another sign",
            )


def _that_has(sign: str, edition: Edition) -> str:
    """Where a sign is text; empty if nowhere."""
    block = next((block for block in edition.text.blocks if sign in block.text), None)
    if block is not None:
        return f"passage {block.number}"
    for entry in edition.entries:
        if isinstance(entry.item, Entry) and any(sign in reading.text for reading in entry.item.readings):
            return f"a reading of {entry.place or 'an entry'}"
    return ""


def _words(style: HouseStyle, conspectus: Conspectus) -> Iterator[tuple[str, str]]:
    """What is printed for the editor's Latin, against the notation's own words, one another and the sigla."""
    labels = {conspectus.label(key): key for key in conspectus.by_key}
    taken: dict[str, str] = {}
    for word in LATIN:
        printed = style.word(word).strip()
        name = f"latin']['{word}"
        if not printed:
            yield name, "is blank, and a reading of that kind would look like another; write a word"
        elif printed != word and printed in LATIN:
            yield name, f"is '{printed}', which means something else in every apparatus; write another word"
        elif printed in labels:
            yield name, f"is '{printed}', as the siglum of {labels[printed]} is printed; write another word"
        elif printed in taken:
            yield name, f"is '{printed}', as '{taken[printed]}' is printed; write another word"
        taken.setdefault(printed, word)
