"""Which book is to be printed: ``make pdf PAPER=royal``.

Variables on make's command line reach this program in its environment. Without any the book is
the whole edition on A4, under the edition's own name; every other has the choice in its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steps import StepError

PAPERS = ("a4", "letter", "royal")
#: Choices that a printer may expect; better refused than passed over in silence.
NOT_YET = ("SECTION", "LAYOUT")


@dataclass(frozen=True)
class Variant:
    """A choice of paper."""

    paper: str = "a4"

    @property
    def suffix(self) -> str:
        """What is added to the names of its files."""
        return f"-{self.paper}" if self.paper != "a4" else ""

    @property
    def settings(self) -> list[str]:
        """Options of ``sphinx-build``."""
        return [f"-Dapparatus_paper={self.paper}"]


def variant(environment: Mapping[str, str]) -> Variant:
    """The variant that was asked for; a paper that does not exist stops, with those that do."""
    paper = environment.get("PAPER", "").strip().lower() or "a4"
    if paper not in PAPERS:
        raise StepError(f"PAPER is “{paper}”; there are {', '.join(PAPERS)}")
    for name in NOT_YET:
        if environment.get(name):
            raise StepError(f"{name} cannot be chosen yet; only PAPER can ({', '.join(PAPERS)})")
    return Variant(paper)
