"""``:::{establishment} witnesses`` (or ``files``, ``kinds``, ``changes``, ``places``, ``grades``): how the text was established.

The directive leaves a node :class:`figures`; what it says is known only when the whole
edition has been put together, and is written into it then (a post-transform).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from apparatus.edition import Edition
from apparatus.file_facts import FileFacts
from apparatus.model import Witness
from apparatus.normalisation import disregarded
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.parts.asked import keep_unknown
from apparatus.sphinxext.parts.chronology import drawn
from apparatus.sphinxext.parts.table import table
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.kinds import had_at_rest
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.tree.sigla import listed, printed
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import Voice, phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from apparatus.establishment import Compared, Establishment

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


def _table(
    head: tuple[str | dn.Node, ...], rows: Iterable[tuple[str | dn.Node, ...]], widths: tuple[int, ...]
) -> dn.table:
    return table(head, rows, widths, "figures", "colwidths-given", "longtable")


def _file_rows(file: FileFacts, voice: Voice) -> Iterator[tuple[str | dn.Node, ...]]:
    """What a file’s bytes say of it."""
    say = voice.say
    yield say("Size"), voice.plural("{number} byte", "{number} bytes", file.size)
    yield "SHA-256", dn.inline("", "", dn.literal("", file.sha256), classes=["digest"])
    yield say("Encoding"), say(file.encoding)
    yield say("Line ends"), say(file.line_ends)
    yield say("Last line"), dn.literal("", file.last_line)
    yield say("After it"), say("a line end") if file.is_closed else say("no line end")


#: That a witness and its transcription are the same: but for what, and whether the whole of it.
SAME = {
    (False, True): phrase("the same as {file}, character for character"),
    (True, True): phrase("the same as {file}, but for what is disregarded"),
    (False, False): phrase("the same as {file}, character for character, without what is not of the text"),
    (True, False): phrase("the same as {file}, but for what is disregarded, without what is not of the text"),
}


def _sentences(*parts: str) -> dn.paragraph:
    return dn.paragraph("", " ".join(parts))


class FillEstablishment(SphinxPostTransform):
    """Write the figures where they were asked for."""

    default_priority = PostTransform.FILL_ESTABLISHMENT

    def run(self, **kwargs: Any) -> None:
        if not had_at_rest(self.document, figures):
            return
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
        from apparatus.establishment import establish

        found = establish(edition)
        say = self._voice.say
        if not found.is_compared:
            return [
                _sentences(
                    say("No witness is rebuilt and compared: this edition is built without its proof.")
                )
            ]
        rows = [self._compared(one, found, edition) for one in found.compared]
        head = (say("Witness"), say("Passages"), say("Characters"), say("Departs in"), say("Result"))
        made: list[dn.Node] = [
            _sentences(self._rebuilt(found), self._normalised(found)),
            _table(head, rows, (12, 24, 16, 18, 30)),
        ]
        if found.uncompared:
            sigla = listed(found.uncompared, edition.conspectus)
            made.append(
                _sentences(say("Without a transcription, and therefore not compared: {sigla}", sigla=sigla))
            )
        return made

    @property
    def _voice(self) -> Voice:
        return voice_of(self.config)

    def _rebuilt(self, found: Establishment) -> str:
        date = self.config.today or self._date_of_build()
        version = self.config.release
        if date:
            version = self._voice.say("{version} of {date}", version=version, date=date)
        return self._voice.plural(
            "At every build, and so also for this version, {version}, each witness with a transcription is rebuilt "
            "from text and apparatus, over all {number} passage of the text, and compared with the transcription.",
            "At every build, and so also for this version, {version}, each witness with a transcription is rebuilt "
            "from text and apparatus, over all {number} passages of the text, and compared with the transcription.",
            found.passages,
            version=version,
        )

    def _date_of_build(self) -> str:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return self._voice.day(datetime.fromtimestamp(int(epoch), UTC).date()) if epoch else ""

    def _normalised(self, found: Establishment) -> str:
        say, forms = self._voice.say, ", ".join(found.normalisation) or self._voice.say("nothing")
        if without := disregarded(found.normalisation, self._voice):
            message = phrase("Normalised for the comparison: {forms}; it disregards {what}.")
            return say(message, forms=forms, what=without)
        return say("Normalised for the comparison: {forms}.", forms=forms)

    def _compared(self, one: Compared, found: Establishment, edition: Edition) -> tuple[str | dn.Node, ...]:
        voice = self._voice
        result = (
            voice.plural("{number} fault reported", "{number} faults reported", found.problems)
            if found.problems
            else voice.say(SAME[bool(found.normalisation), one.is_whole], file=one.transcription)
        )
        return (
            self._siglum(edition.conspectus.witness[one.key]),
            self._how_many(one, found),
            voice.number(one.characters),
            voice.plural("{number} entry", "{number} entries", one.departs),
            result,
        )

    def _how_many(self, one: Compared, found: Establishment) -> str:
        say, has, every, without = self._voice.say, one.passages, found.passages, ", ".join(one.without)
        if without:
            return say("{number} of {all} (not {passages})", number=has, all=every, passages=without)
        return say("{number} of {all}", number=has, all=every)

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
            _table(
                (self._siglum(witness), witness.transcription or ""), _file_rows(file, self._voice), (22, 78)
            )
            for witness in edition.conspectus.witnesses
            if witness.key in read and (file := read[witness.key].file)
        ]

    def _changes(self, edition: Edition) -> list[dn.Node]:
        from apparatus.establishment import changes

        say = self._voice.say
        rows = [
            (
                found.change.called(self._voice),
                found.series,
                str(found.readings),
                self._passages(edition, found.where),
            )
            for found in changes(edition)
        ]
        head = (say("Kind of difference"), say("List"), say("Readings"), say("Where"))
        return [_table(head, rows, (28, 18, 12, 42))]

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
        from apparatus.establishment import establish

        found, say = establish(edition), self._voice.say
        voice = self._voice
        rows = [(each.called(voice), str(number), each.means(voice)) for each, number in found.classes]
        counted = say(
            "A reading counts once; if several rules fit, under the one that stands first in the list."
        )
        if found.said:
            counted = say(
                "Of {said} readings the editors say of which kind they are, and may name several; of all others the rules tell it.",
                said=found.said,
            )
        head = (say("Kind of difference"), say("Readings"), say("Rule"))
        return [
            _sentences(*self._counted(edition, found)),
            _table(head, rows, (28, 12, 60)),
            _sentences(counted),
        ]

    def _counted(self, edition: Edition, found: Establishment) -> Iterator[str]:
        """The figures in sentences that need no plural: in many languages each of them would change another word."""
        say, total = self._voice.say, found.readings
        prose = (entry.series for entry in edition.entries if entry.series.holds == "prose")
        notes = sum(series.form != "discussion" for series in prose)  # which go on with a note
        yield say(
            "The apparatus has {entries} entries with {readings} readings; there are {notes} notes besides.",
            entries=found.entries,
            readings=total,
            notes=notes,
        )
        yield say(
            "In {emended} entries no witness has the words of the text: they are emendations, "
            "{supplied} of them words supplied within a passage.",
            emended=found.emended,
            supplied=found.supplied,
        )
        yield say("Readings after a named scholar: {number}.", number=found.conjectures)
        if found.is_compared:
            yield say(
                "Checked against a transcription: {checked} entries; not checked, because no transcribed witness is "
                "named: {unchecked}.",
                checked=found.checked,
                unchecked=found.unchecked,
            )

    def _places(self, edition: Edition) -> list[dn.Node]:
        from apparatus.establishment import stretches
        from apparatus.render.places import Row, places

        rows = [Row(s.section, s.length, s.entries, s.notes) for s in stretches(edition)]
        return drawn(places(rows, self._voice), "places-of-entries")

    def _grades(self, edition: Edition) -> list[dn.Node]:
        """A row a grade, a column a series; what has no grade comes last."""
        from apparatus.establishment import grades_of

        counted = grades_of(edition)
        series = {name: each for name, each in settings(self.config).series.items() if name in counted}
        found = {name: counted[name] for name in series}
        grades = dict.fromkeys(grade for each in series.values() for grade in each.grades)
        names: list[str | None] = [*grades, None]
        none = self._voice.say("none")
        rows = [(name or none, *(str(found[each][name]) for each in found)) for name in names]
        head = (self._voice.say("Grade"), *(series[each].label for each in found))
        widths = (40, *(60 // len(found) for _ in found)) if found else (100,)
        return [_table(head, rows, widths)] if found else []


def setup(app: Sphinx) -> None:
    app.add_directive("establishment", EstablishmentDirective)
    app.add_post_transform(FillEstablishment)
