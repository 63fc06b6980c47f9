"""``:::{map} outline.json``: the places of the register that have coordinates, on an outline.

The content of the directive is the caption. Below the map stands what each place is, so that nobody
needs the picture; it is drawn for HTML and LaTeX, the other builders have the table alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes as dn
from sphinx.util.docutils import SphinxDirective

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.register import Named
from apparatus.source_file import read_source
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.parts.chronology import drawn
from apparatus.sphinxext.parts.table import Cell, table
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from apparatus.outline import Outline
    from apparatus.render.map import Site

HEAD = (phrase("Place"), phrase("What it is to the story"))
WIDTHS = (28, 72)


class MapDirective(SphinxDirective):
    """A map: picture, caption, table of the places."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[dn.Node]:
        outline = self._outline()
        if outline is None:
            return []
        from apparatus.render.map import Chart, draw, within

        chart = Chart(
            *(outline.west, outline.south, outline.east, outline.north),
            (*outline.coastlines, *outline.lakes),
            outline.rivers,
            outline.names,
        )
        places = [named for named in domain_of(self.env).register.entries if named.coordinates]
        shown = [named for named in places if within(chart, [_site(named)])]
        self._tell([_outside(named) for named in places if named not in shown])
        caption = dn.container(classes=["drawing-caption"])
        self.state.nested_parse(self.content, self.content_offset, caption)
        voice = voice_of(self.config)
        title, head = voice.say("Map of the places in the table"), list(map(voice.say, HEAD))
        figure = drawn(draw(chart, list(map(_site, shown)), title, voice), "map")
        rows = [self._row(named) for named in sorted(shown, key=lambda named: named.name)]
        return made_by_build([*figure, caption, table(head, rows, WIDTHS, "places", "colwidths-given")])

    def _outline(self) -> Outline | None:
        _, name = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        if register := domain_of(self.env).register_file:
            self.env.note_dependency(register)
        what, mend = f"the outline of the map '{self.arguments[0]}'", "make it or mend the directive"
        here = Origin(*self.get_source_info())
        data, found = read_source(Path(name), what, ProblemKind.BAD_MAP, mend, here)
        outline = None
        if data is not None:
            from apparatus.outline import read_outline  # most editions have none

            outline, found = read_outline(data, name)
        self._tell(found)
        return outline

    def _tell(self, found: list[Problem] | tuple[Problem, ...]) -> None:
        domain_of(self.env).remember(self.env.docname, *found)

    def _row(self, named: Named) -> list[Cell]:
        words = list(self.state.inline_text(named.identification, self.lineno)[0])
        if named.origin:
            for node in (node for part in words for node in part.findall(dn.Element)):
                node.source, node.line = named.origin.file, named.origin.line
        return [named.name, words]


def _site(named: Named) -> Site:
    from apparatus.render.map import Site

    north, east = named.coordinates or (0.0, 0.0)
    return Site(named.name, east, north)


def _outside(named: Named) -> Problem:
    message = f"'{named.name}' lies outside the map; widen its window, or take the coordinates away"
    return Problem(ProblemKind.BAD_MAP, message, named.origin)


def setup(app: Sphinx) -> None:
    app.add_directive("map", MapDirective)
