"""``:::{problem-kinds}``: the list of everything that can be reported, for the manual.

Made from the enumeration itself, so that the manual cannot say less than the code does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx.util.docutils import SphinxDirective

from apparatus.problems import ProblemKind

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ProblemKindsDirective(SphinxDirective):
    """Each warning subtype with its explanation."""

    def run(self) -> list[dn.Node]:
        listed = dn.definition_list(classes=["problem-kinds"])
        for kind in ProblemKind:
            explanation, messages = self.state.inline_text(kind.explanation.replace("``", "`"), self.lineno)
            term = dn.term("", "", dn.literal("", f"apparatus.{kind.value}"))
            definition = dn.definition("", dn.paragraph("", "", *explanation), *messages)
            listed += dn.definition_list_item("", term, definition)
        return [listed]


def setup(app: Sphinx) -> None:
    app.add_directive("problem-kinds", ProblemKindsDirective)
