"""What an import reports: each thing with its line, the same sort twenty times, and at the end how often."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

#: A sort of report is told so often; the others are counted.
TOLD = 20


@dataclass(slots=True)
class Losses:
    """What could not be taken over as it stands, or was understood in a way that is to be known."""

    file: str
    lines: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def tell(self, sort: str, line: int, what: str) -> None:
        """Report one thing; *sort* is what it is counted as."""
        self.counted[sort] += 1
        if self.counted[sort] <= TOLD:
            self.lines.append(f"{self.file}:{line}: {what}")
        elif self.counted[sort] == TOLD + 1:
            self.lines.append(f"{self.file}:{line}: {sort}: further ones are counted only")

    def summary(self) -> list[str]:
        """How often each sort was met."""
        return [f"{number} × {sort}" for sort, number in self.counted.most_common()]
