"""``:::{establishment} witnesses`` (or ``files``, ``kinds``, ``changes``, ``places``, ``grades``): how the text was established.

The directive leaves a node :class:`figures`; what it says is known only when the whole
edition has been put together, and is written into it then (a post-transform).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from apparatus.collation import disregarded
from apparatus.edition import Edition
from apparatus.establishment import Compared, Establishment, changes, establish, grades_of, stretches
from apparatus.file_facts import FileFacts
from apparatus.model import Witness
from apparatus.render.places import Row, places
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.parts.asked import keep_unknown
from apparatus.sphinxext.parts.chronology import drawn
from apparatus.sphinxext.parts.table import table
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.tree.sigla import listed, printed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = ("witnesses", "files", "kinds", "changes", "places", "grades")


class figures(nodes.gathers, dn.container):
    """Figures on how the text was established; ``part`` says which."""


class EstablishmentDirective(SphinxDirective):
    """One part of the account; its content is the caption of the picture."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[dn.Node]:
        part = self.arguments[0]
        if part not in PARTS:
            keep_unknown(self, part, PARTS, "told of the text")
            return []
        made = figures(part=part)
        self.state.nested_parse(self.content, self.content_offset, made)
        return made_by_build([made])


def _sentence(*parts: str | dn.Node) -> dn.paragraph:
    return dn.paragraph("", "", *(dn.Text(part) if isinstance(part, str) else part for part in parts))


def _table(
    head: tuple[str | dn.Node, ...], rows: Iterable[tuple[str | dn.Node, ...]], widths: tuple[int, ...]
) -> dn.table:
    return table(head, rows, widths, "figures", "colwidths-given", "longtable")


def _file_rows(file: FileFacts) -> Iterator[tuple[str | dn.Node, ...]]:
    """What a file’s bytes say of it."""
    yield "Size", f"{file.size:,} bytes"
    yield "SHA-256", dn.inline("", "", dn.literal("", file.sha256), classes=["digest"])
    yield "Encoding", file.encoding
    yield "Line ends", file.line_ends
    yield "Last line", dn.literal("", file.last_line)
    yield "After it", "a line end" if file.is_closed else "no line end"


def _same(one: Compared, found: Establishment) -> str:
    """That a witness and its transcription are the same, and but for what."""
    said = ["but for what is disregarded" if found.normalisation else "character for character"]
    said += [] if one.is_whole else ["without what is not of the text"]
    return ", ".join([f"the same as {one.transcription}", *said])


class FillEstablishment(SphinxPostTransform):
    """Write the figures where they were asked for."""

    default_priority = PostTransform.FILL_ESTABLISHMENT

    def run(self, **kwargs: Any) -> None:
        wanted = list(self.document.findall(figures))
        edition = domain_of(self.env).edition if wanted else None
        for node in wanted:
            if edition is None or not edition.text.blocks:
                node.parent.remove(node)
                continue
            made = getattr(self, f"_{node['part']}")
            caption = dn.container("", *node.children, classes=["drawing-caption"])
            node.replace_self([*spoken(*made(edition)), *([caption] if caption.children else [])])

    def _witnesses(self, edition: Edition) -> list[dn.Node]:
        found = establish(edition)
        fixed = format_date("%-d %B %Y", language="en") if os.environ.get("SOURCE_DATE_EPOCH") else ""
        date = self.config.today or fixed
        dated = f" of {date}" if date else ""
        normalised = ", ".join(found.normalisation) or "nothing"
        without = disregarded(found.normalisation)
        disregards = f"; it disregards {without}" if without else ""
        rows = [self._compared(one, found, edition) for one in found.compared]
        made: list[dn.Node] = [
            _sentence(
                f"At every build, and so also for this version, {self.config.release}{dated}, each witness with a "
                f"transcription is rebuilt from text and apparatus, over all {found.passages} passages of the "
                f"text, and compared with the transcription. Normalised for the comparison: {normalised}{disregards}."
            ),
            _table(
                ("Witness", "Passages", "Characters", "Departs in", "Result"),
                rows,
                (12, 24, 16, 18, 30),
            ),
        ]
        if found.uncompared:
            sigla = listed(found.uncompared, edition.conspectus)
            made.append(_sentence(f"Without a transcription, and therefore not compared: {sigla}"))
        return made

    def _compared(self, one: Compared, found: Establishment, edition: Edition) -> tuple[str | dn.Node, ...]:
        without = f" (not {', '.join(one.without)})" if one.without else ""
        faults = f"{found.problems} {'fault' if found.problems == 1 else 'faults'} reported"
        result = faults if found.problems else _same(one, found)
        return (
            self._siglum(edition.conspectus.witness[one.key]),
            f"{one.passages} of {found.passages}{without}",
            f"{one.characters:,}",
            f"{one.departs} {'entry' if one.departs == 1 else 'entries'}",
            result,
        )

    def _siglum(self, witness: Witness) -> dn.Node:
        """The siglum of the state that was compared, which leads to the witness."""
        home, conspectus = domain_of(self.env).conspectus_doc, domain_of(self.env).conspectus
        label = nodes.siglum("", "", *printed(witness.state_transcribed, conspectus), siglum=witness.key)
        here = self.env.current_document.docname
        return link(self.env._app.builder, here, home, witness.key, label) if home else label

    def _files(self, edition: Edition) -> list[dn.Node]:
        """Each transcription as a file, in a table of its own."""
        read = domain_of(self.env).transcriptions
        return [
            _table((self._siglum(witness), witness.transcription or ""), _file_rows(file), (22, 78))
            for witness in edition.conspectus.witnesses
            if witness.key in read and (file := read[witness.key].file)
        ]

    def _changes(self, edition: Edition) -> list[dn.Node]:
        rows = [
            (found.change.value, found.series, str(found.readings), self._passages(edition, found.where))
            for found in changes(edition)
        ]
        return [_table(("Kind of difference", "List", "Readings", "Where"), rows, (28, 18, 12, 42))]

    def _passages(self, edition: Edition, where: Iterable[tuple[int, int]]) -> dn.inline:
        """The passages as links, each with how many stand there."""
        here = self.env.current_document.docname
        made = dn.inline()
        for block, number in where:
            passage = edition.text.blocks[block].number
            made += [dn.Text(", ")] if made.children else []
            made += link(self.env._app.builder, here, edition.document_of(block), passage, dn.Text(passage))
            made += [dn.Text(f" ({number})")] if number > 1 else []
        return made

    def _kinds(self, edition: Edition) -> list[dn.Node]:
        found = establish(edition)
        total = sum(number for _, number in found.readings)
        rows = [(change.value, str(number), change.rule) for change, number in found.readings]
        prose = (entry.series for entry in edition.entries if entry.series.holds == "prose")
        notes = sum(series.form != "discussion" for series in prose)  # which go on with a note
        return [
            _sentence(
                f"The apparatus has {found.entries} entries with {total} readings; there are {notes} notes besides. "
                f"In {found.emended} entries no witness has the words of the text: they are emendations, "
                f"{found.supplied} of them words supplied within a passage. Readings after a named scholar: {found.conjectures}. "
                f"Checked against a transcription: {found.checked} entries; not checked, because no transcribed "
                f"witness is named: {found.unchecked}."
            ),
            _table(("Kind of difference", "Readings", "Rule"), rows, (28, 12, 60)),
            _sentence(
                "A reading counts once; if several rules fit, under the one that stands first in the list."
            ),
        ]

    def _places(self, edition: Edition) -> list[dn.Node]:
        rows = [Row(s.section, s.length, s.entries, s.notes) for s in stretches(edition)]
        return drawn(places(rows, "Where in the text entries and notes fall"), "places-of-entries")

    def _grades(self, edition: Edition) -> list[dn.Node]:
        """A row a grade, a column a series; what has no grade comes last."""
        counted = grades_of(edition)
        series = {name: each for name, each in settings(self.config).series.items() if name in counted}
        found = {name: counted[name] for name in series}
        grades = dict.fromkeys(grade for each in series.values() for grade in each.grades)
        names: list[str | None] = [*grades, None]
        rows = [(name or "none", *(str(found[each][name]) for each in found)) for name in names]
        head = ("Grade", *(series[each].label for each in found))
        widths = (40, *(60 // len(found) for _ in found)) if found else (100,)
        return [_table(head, rows, widths)] if found else []


def setup(app: Sphinx) -> None:
    app.add_directive("establishment", EstablishmentDirective)
    app.add_post_transform(FillEstablishment)
