"""Which book is to be printed: ``make pdf PAPER=royal SECTION=1 LAYOUT=facing``.

Variables on make's command line reach this program in its environment. Without any the book is
the whole edition on A4, under the edition's own name; every other has the choice in its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from steps import StepError

PAPERS = ("a4", "letter", "royal")
LAYOUTS = ("", "facing")


@dataclass(frozen=True)
class Variant:
    """A choice of paper, of one section, and of the witness facing the text."""

    paper: str = "a4"
    section: str = ""
    layout: str = ""

    @property
    def suffix(self) -> str:
        """What is added to the names of its files."""
        section = f"section-{self.section}" if self.section else ""
        paper = self.paper if self.paper != "a4" else ""
        return "".join(f"-{part}" for part in (section, self.layout, paper) if part)

    @property
    def settings(self) -> list[str]:
        """Options of ``sphinx-build``."""
        values = {"paper": self.paper, "offprint": self.section, "layout": self.layout}
        return [f"-Dapparatus_{name}={value}" for name, value in values.items() if value]


def variant(environment: Mapping[str, str]) -> Variant:
    """The variant that was asked for; a value that does not exist stops, with those that do."""
    asked = {
        name: environment.get(name.upper(), "").strip().lower() for name in ("paper", "section", "layout")
    }
    paper = asked["paper"] or "a4"
    if paper not in PAPERS:
        raise StepError(f"PAPER is “{paper}”; there are {', '.join(PAPERS)}")
    if asked["layout"] not in LAYOUTS:
        raise StepError(f"LAYOUT is “{asked['layout']}”; there is only facing")
    if asked["section"] and not re.fullmatch(r"\d+", asked["section"]):
        raise StepError(f"SECTION is “{asked['section']}”; give the number of a section, as 1")
    return Variant(paper, asked["section"], asked["layout"])
