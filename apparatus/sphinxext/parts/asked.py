"""What a directive or role is asked for and does not know."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.util.docutils import SphinxDirective, SphinxRole

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.sphinxext.domain import domain_of


def keep_unknown(asking: SphinxDirective | SphinxRole, name: str, known: Iterable[str], what: str) -> None:
    """Remember that *name* is none of those that are *known*: nothing that can be *what*."""
    near = nearest(name, known := tuple(known))
    mend = f"did you mean '{near}'? There are" if near else "there are"
    fault = f"'{name}' is nothing that can be {what}; {mend} {', '.join(known)}"
    problem = Problem(ProblemKind.BAD_CONFIG, fault, Origin(*asking.get_source_info()))
    domain_of(asking.env).remember(asking.env.docname, problem)
