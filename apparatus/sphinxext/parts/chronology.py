"""``:::{chronology} events.toml``: the events of a file as a time line and as a table.

The content of the directive is the caption of the time line. ``:above:`` and ``:below:`` name the
sections of the text whose events stand above and below the line. The table holds all that the time
line shows; the time line is drawn for HTML and LaTeX, the other builders have the table alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from docutils import nodes as dn
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from apparatus.model import FIRST, Origin
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.source_file import read_source
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of, remembered
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import EnvUpdated
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from apparatus.chronology import Event
    from apparatus.render.drawing import Drawing
    from apparatus.render.timeline import Point

HEAD = (phrase("No."), phrase("Date"), phrase("Event"), phrase("Passage"), phrase("Source"))
WIDTHS = (5, 20, 38, 11, 26)


class Named(NamedTuple):
    """A passage that an event names."""

    number: str
    date: str
    origin: Origin


class ChronologyDirective(SphinxDirective):
    """A chronology: time line, caption, table."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], str]]] = {
        "above": directives.unchanged_required,
        "below": directives.unchanged_required,
    }

    def run(self) -> list[dn.Node]:
        events = self._events()
        if not events:
            return []
        from apparatus.render.timeline import describe, timeline

        points = [self._point(i, event) for i, event in enumerate(events, 1)]
        voice = voice_of(self.config)
        described = describe(points, self._section("above"), self._section("below"), voice)
        drawing = timeline(points, voice.say("Time line of the events in the table"), described, voice)
        figure = drawn(drawing, "time-line")
        caption = dn.container(classes=["drawing-caption"])
        self.state.nested_parse(self.content, self.content_offset, caption)
        return made_by_build([*figure, caption, self._table(events)])

    def _events(self) -> tuple[Event, ...]:
        _, name = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        events: tuple[Event, ...] = ()
        what, mend = f"the chronology '{self.arguments[0]}'", "make it or mend the directive"
        here = Origin(*self.get_source_info())
        data, found = read_source(Path(name), what, ProblemKind.BAD_CHRONOLOGY, mend, here)
        if data is not None:
            from apparatus.chronology import read_chronology  # most editions have none

            events, found = read_chronology(data, name)
        domain_of(self.env).remember(self.env.docname, *found)
        return events

    def _section(self, side: str) -> str:
        return str(self.options.get(side, "")).strip()

    def _point(self, number: int, event: Event) -> Point:
        """On which side an event stands: what names no section stands below.

        A section is any level of the numbers, of a text in books and chapters book 1 or chapter 1.2.
        """
        from apparatus.render.timeline import Point

        system = settings(self.config).references[FIRST]
        sections = {part for passage in event.passages for part in (*system.above(passage), passage)}
        above = bool(self._section("above")) and self._section("above") in sections
        below = not above or self._section("below") in sections
        return Point(number, event.start.first, event.end.last, above, below, event.label)

    # --- the table --------------------------------------------------------------------

    def _table(self, events: tuple[Event, ...]) -> dn.table:
        group = dn.tgroup("", *(dn.colspec(colwidth=w) for w in WIDTHS), cols=len(WIDTHS))
        head = dn.row(
            "", *(dn.entry("", *spoken(dn.paragraph("", voice_of(self.config).say(name)))) for name in HEAD)
        )
        rows = [self._row(i, event) for i, event in enumerate(events, 1)]
        group += [dn.thead("", head), dn.tbody("", *rows)]
        return dn.table("", group, classes=["chronology", "colwidths-given"])

    def _row(self, number: int, event: Event) -> dn.row:
        cells: list[list[dn.Node]] = [
            [dn.Text(str(number))],
            [dn.Text(event.date_in(voice_of(self.config)))],
            _placed(self.state.inline_text(event.words, self.lineno)[0], event, "event"),
            _listed([self._passage(passage, event) for passage in event.passages]),
            self._sources(event),
        ]
        row = dn.row()
        for cell in cells:
            row += dn.entry("", *_placed([dn.paragraph("", "", *cell)], event))
        spoken(row.children[1].children[0])  # how a date is written out
        return row

    def _passage(self, number: str, event: Event) -> dn.Node:
        if place := event.fields.get("passages"):
            domain_of(self.env).remember(self.env.docname, Named(number, event.printed_date, place))
        return addnodes.pending_xref(
            "",
            dn.inline("", number),
            refdomain="std",
            reftype="ref",
            reftarget=number.lower(),
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=False,  # ``check_passages`` does,
        )

    def _sources(self, event: Event) -> list[dn.Node]:
        """The citation in parentheses, by bibtex if the edition has it; what the date rests on besides."""
        basis = self.state.inline_text(event.basis, self.lineno)[0] if event.basis else []
        _placed(basis, event, "basis")
        if event.sources and event.basis:
            basis.insert(0, dn.Text("; "))
        return [*self._citation(event), *basis]

    def _citation(self, event: Event) -> list[dn.Node]:
        keys = ",".join(event.sources)
        if not keys or "cite" not in self.env.domains:
            return [dn.Text(keys)] if keys else []
        role = self.env.get_domain("cite").role("p")
        assert role is not None
        made, _ = role("cite:p", f"{{cite:p}}`{keys}`", keys, self.lineno, self.state.inliner, {}, [])
        return _placed(list(made), event, "sources")


def check_passages(app: Sphinx, env: BuildEnvironment) -> None:
    """Report passages that events name and the text does not have, in every build (``env-updated``)."""
    labels = env.domains.standard_domain.anonlabels
    for _, named in remembered(env, Named):
        if named.number.lower() not in labels:
            edition = domain_of(env).numbered
            numbers = edition.text.index if edition else {}
            near = nearest(named.number, numbers)
            hint = f"; the nearest number is {near}" if near else ""
            fault = (
                f"the event of {named.date} names passage {named.number}, and there is no such passage{hint}"
            )
            report([Problem(ProblemKind.BAD_CHRONOLOGY, fault, named.origin)])


def drawn(drawing: Drawing, name: str) -> list[dn.Node]:
    """A drawing for the two formats that can show it."""
    from apparatus.render.drawing import picture, svg

    return [
        dn.raw("", svg(drawing, name), format="html", ours=True),
        dn.raw("", picture(drawing), format="latex", ours=True),
    ]


def _placed(parts: list[dn.Node], event: Event, field: str = "") -> list[dn.Node]:
    """*parts*, as made from the line of the file that has the field, or the event."""
    place = event.fields.get(field, event.origin)
    for node in (node for part in parts for node in part.findall(dn.Element)):
        if place and (field or node.source is None or node.line is None):
            node.source, node.line = place.file, place.line
    return parts


def _listed(parts: list[dn.Node]) -> list[dn.Node]:
    found: list[dn.Node] = []
    for part in parts:
        found += [dn.Text(", "), part] if found else [part]
    return found


def setup(app: Sphinx) -> None:
    app.add_directive("chronology", ChronologyDirective)
    app.connect("env-updated", check_passages, priority=EnvUpdated.CHECK_CHRONOLOGY)
