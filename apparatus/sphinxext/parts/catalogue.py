"""What the manual lists of the code: ``:::{problem-kinds}``, and ``:::{settings}`` for all that can be set.

Made from the enumeration and the declarations themselves, so that the manual cannot say less than
the code does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx.util.docutils import SphinxDirective

from apparatus.problems import ProblemKind
from apparatus.sphinxext.config.check import DECLARED
from apparatus.sphinxext.config.declare import Setting, either, settings_of
from apparatus.sphinxext.config.declared import (
    CauseFields,
    Citation,
    ClassFields,
    Lines,
    ReferenceFields,
    SeriesFields,
    of_the_style,
)
from apparatus.sphinxext.parts.asked import keep_unknown
from apparatus.sphinxext.parts.table import table
from apparatus.sphinxext.tree.constructs import made_by_build

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
        return made_by_build([listed])


#: The tables of the manual: what each lists, by its name.
TABLES = {
    **{of: {n: s for n, s in DECLARED.items() if s.declared.group == of} for of in ("edition", "print")},
    "series": {part.name: part for part in settings_of(SeriesFields)},
    "lines": {part.name: part for part in settings_of(Lines)},
    "references": {part.name: part for part in settings_of(ReferenceFields)},
    "classes": {part.name: part for part in settings_of(ClassFields)},
    "causes": {part.name: part for part in settings_of(CauseFields)},
    "citation": {part.name: part for part in settings_of(Citation)},
    "style": {part.name: part for part in of_the_style()},
}
HEAD, WIDTHS = (
    ("setting", "what it may be", "default", "meaning"),
    (22, 18, 15, 45),
)  # of the manual, which is English


class SettingsDirective(SphinxDirective):
    """The settings of the edition or of its print, the fields of a series, a citation or the house style."""

    required_arguments = 1

    def run(self) -> list[dn.Node]:
        if (name := self.arguments[0]) not in TABLES:
            keep_unknown(self, name, TABLES, "listed")
            return []
        rows = TABLES[name].items()
        made = table(HEAD, (self._row(name, its) for name, its in rows), WIDTHS, "colwidths-auto")
        return made_by_build([made])

    def _row(self, name: str, its: Setting) -> tuple[list[dn.Node], ...]:
        said = (f"`{name}`", _may_be(its), _default(its), its.declared.help)
        return tuple(self.state.inline_text(words, self.lineno)[0] for words in said)


def _may_be(its: Setting) -> str:
    return either(f"`{choice}`" for choice in its.declared.choices) or its.wanted


def _default(its: Setting) -> str:
    default = its.declared.default
    if isinstance(default, str) and default != default.strip():
        return f"`{default!r}`"  # a blank at its end is seen
    return its.declared.shown or (f"`{default}`" if default or default is False else "none")


def setup(app: Sphinx) -> None:
    app.add_directive("settings", SettingsDirective)
    app.add_directive("problem-kinds", ProblemKindsDirective)
