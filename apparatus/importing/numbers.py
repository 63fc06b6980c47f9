"""The numbers of the passages of a TEI text: those that are given, and how those are counted that have none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from apparatus.importing.losses import Losses
from apparatus.reference_systems import GIVEN

#: Written before a block that goes on with the passage before it.
GOES_ON = "+"
_FIGURES = re.compile(r"([0-9]+)$")


@dataclass(slots=True)
class Numbers:
    """Gives each block its number, and no number twice."""

    losses: Losses
    is_numbered: bool  #: whether the file has numbers at all
    taken: set[str] = field(default_factory=set)
    latest: str = ""
    parts: int = 1
    section: int = 0
    counted: int = 0

    def is_good(self, number: str, line: int) -> bool:
        """Whether a number can be given; what cannot is reported."""
        if not GIVEN.fullmatch(number):
            self.losses.tell(
                "numbers that are none here",
                line,
                f"{number!r} cannot be the number of a passage (letters, figures, single signs between them); the passage is counted",
            )
            return False
        if number in self.taken:
            self.losses.tell(
                "numbers that come twice",
                line,
                f"the number {number} was given before; the passage is counted on from the one before",
            )
            return False
        return True

    def is_new(self, number: str) -> bool:
        """Whether neither it nor a number below it was given."""
        return not any(one == number or one.startswith(f"{number}.") for one in self.taken)

    def take(self, number: str) -> str:
        """Give a number."""
        self.taken.add(number)
        self.latest, self.parts = number, 1
        return number

    def next(self, *, is_heading: bool, is_verse: bool) -> tuple[str, str]:
        """Number, and what stands in the source, of a block that has none."""
        if not self.is_numbered:
            made = self._count(is_heading=is_heading)
            return self.take(made), made
        if not self.latest:
            made = "0" if "0" not in self.taken else "0.1"
            return self.take(made), made
        found = _FIGURES.search(self.latest)
        if is_verse and found and "+" not in self.latest:
            made = self.latest[: found.start()] + str(int(found[1]) + 1)
            if made not in self.taken:
                return self.take(made), made
        self.parts += 1
        base = self.latest.partition("+")[0]
        while (made := f"{base}+{self.parts}") in self.taken:
            self.parts += 1
        self.taken.add(made)
        return made, GOES_ON

    def _count(self, *, is_heading: bool) -> str:
        if is_heading or not self.section:
            self.section, self.counted = self.section + 1, 0
            if is_heading:
                return str(self.section)
        self.counted += 1
        return f"{self.section}.{self.counted}"
