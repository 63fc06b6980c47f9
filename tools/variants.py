"""Which book is to be printed: ``make pdf PAPER=royal``, ``LAYOUT=facing``, ``SECTION=1``.

Variables on make's command line reach this program in its environment. Without any the book is
the whole edition on A4, under the edition's own name; every other has the choice in its name.
Whether there is such a section or witness only the edition knows: Sphinx says so when it has read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from steps import StepError

PAPERS = ("a4", "letter", "royal")
LAYOUTS = ("plain", "facing")


@dataclass(frozen=True)
class Variant:
    """A choice of paper, layout and section; they go together freely."""

    paper: str = "a4"
    layout: str = "plain"
    witness: str = ""  #: on the left of facing pages; empty: the first that is transcribed
    section: str = ""  #: of an offprint; empty: the whole

    @property
    def suffix(self) -> str:
        """What is added to the names of its files."""
        parts = [self.paper] if self.paper != "a4" else []
        parts += [self.layout] if self.layout != "plain" else []
        parts += [re.sub(r"[^\w.]+", "_", self.witness)] if self.witness else []
        parts += [f"section-{self.section}"] if self.section else []
        return "".join(f"-{part}" for part in parts)

    @property
    def settings(self) -> list[str]:
        """Options of ``sphinx-build``."""
        chosen = {
            "paper": self.paper,
            "layout": self.layout,
            "facing_witness": self.witness,
            "section": self.section,
        }
        return [f"-Dapparatus_{name}={value}" for name, value in chosen.items() if value]


def variant(environment: Mapping[str, str]) -> Variant:
    """The variant that was asked for; what does not exist stops, with what there is."""
    paper, layout, witness, section = (
        environment.get(name, "").strip() for name in ("PAPER", "LAYOUT", "WITNESS", "SECTION")
    )
    paper, layout = paper.lower() or "a4", layout.lower() or "plain"
    for name, value, known in (("PAPER", paper, PAPERS), ("LAYOUT", layout, LAYOUTS)):
        if value not in known:
            raise StepError(f"{name} is “{value}”; there are {', '.join(known)}")
    if witness and layout != "facing":
        raise StepError(f"WITNESS={witness} needs LAYOUT=facing: it is the witness on the left")
    if section and not re.fullmatch(r"\d+", section):
        raise StepError(f"SECTION is “{section}”; it is the number of a section, such as 1")
    return Variant(paper, layout, witness, section)
