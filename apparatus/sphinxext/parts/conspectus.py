"""``:::{conspectus}``: the list of witnesses as sections of a page; sigla link to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docutils import nodes as dn
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from apparatus.model import Conspectus, Gap, Group, LineRule, Scholar, Siglum, Silence, Witness
from apparatus.normalisation import disregarded
from apparatus.render.runs import lemma_text
from apparatus.render.style import STYLE
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ListsWitnesses, domain_of
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.sigla import listed, printed
from apparatus.sphinxext.tree.text import filled
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import Voice, phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx


#: Facts that the edition puts into words, and what it says where there is no transcription.
SILENT, NOW, COMPARED = phrase("Where an entry is silent"), phrase("Now"), phrase("Compared")
OWN = (SILENT, NOW, COMPARED)
NOT_CHECKED = phrase("none: what is cited from it is not checked by the build")


class ConspectusDirective(SphinxDirective):
    """The list of witnesses, groups and scholars, each with a section that its siglum links to."""

    def run(self) -> list[dn.Node]:
        domain = domain_of(self.env)
        domain.remember(self.env.docname, ListsWitnesses())
        if domain.conspectus_file:
            self.env.note_dependency(domain.conspectus_file)
        return made_by_build(_sections(self, domain.conspectus, voice_of(self.config)))


def _sections(directive: SphinxDirective, conspectus: Conspectus, voice: Voice) -> list[dn.Node]:
    """A section for each witness, group and scholar, with its siglum as anchor."""
    declared: tuple[Witness | Group | Scholar, ...] = (
        *conspectus.witnesses,
        *conspectus.groups,
        *conspectus.scholars,
    )
    # One siglum may be witness and scholar: then the witness has the section.
    by_key: dict[str, Witness | Group | Scholar] = {item.key: item for item in reversed(declared)}
    return [_section(directive, item, conspectus, voice) for item in reversed(by_key.values())]


def _section(
    directive: SphinxDirective, item: Witness | Group | Scholar, conspectus: Conspectus, voice: Voice
) -> dn.section:
    label = conspectus.label(item.key)
    title = dn.title("", "", dn.inline("", label, classes=["siglum"]))
    if item.name:
        title += dn.Text(f" {item.name}")
    section = dn.section("", title, ids=[item.key], names=[], classes=["witness"])
    if isinstance(item, Group):
        sigla = listed(item.members, conspectus)
        section += spoken(dn.paragraph("", voice.say("The agreement of {sigla}", sigla=sigla)))
        return section
    if item.description:
        origin = item.origin.file if item.origin else ""
        directive.state.nested_parse(StringList(item.description.splitlines(), source=origin), 0, section)
    if isinstance(item, Witness):
        section += _facts(item, conspectus, voice, is_proved=settings(directive.config).collation)
    return section


def _facts(witness: Witness, conspectus: Conspectus, voice: Voice, *, is_proved: bool) -> dn.field_list:
    """What the edition declares about a witness, in words."""
    without = disregarded(conspectus.normalisation, voice)
    rows: list[tuple[str, str | list[dn.Node]]] = [(phrase("Date"), witness.date)] if witness.date else []
    rows.append((phrase("Transcription"), witness.transcription or NOT_CHECKED))
    if witness.transcription and without and is_proved:
        message = phrase("disregarding {what}; so are the readings that entries give of it")
        rows.append((COMPARED, voice.say(message, what=without)))
    if witness.transcription and witness.state and witness.state != witness.key:
        rows.append((phrase("State transcribed"), printed(witness.state_transcribed, conspectus)))
    rows.append(
        (SILENT, _silence(witness if is_proved else replace(witness, transcription=None), conspectus, voice))
    )
    if witness.lost:
        rows.append((NOW, voice.say("lost")))
    rows += [(phrase("Not of the text"), rule.why or _taken(rule, voice)) for rule in witness.lines]
    rows += [(phrase("Absent"), _absent(gap)) for gap in witness.gaps]
    texts: dict[str, list[str | list[dn.Node]]] = {}
    for name, text in rows:  # a list of definitions has each name once
        texts.setdefault(name, []).append(text)
    fields = [
        dn.field(
            "",
            *spoken(dn.field_name("", voice.say(name))),
            dn.field_body("", *(_fact(text, name, voice) for text in its)),
        )
        for name, its in texts.items()
    ]
    return dn.field_list("", *fields, classes=["witness-facts"])


def _absent(gap: Gap) -> str:
    """Where a witness is absent: whole passages, or the words from here to there."""
    return f"{gap.place}" if gap.lemma.is_block else f"{gap.place} ({lemma_text(gap.lemma, STYLE)})"


def _taken(rule: LineRule, voice: Voice) -> str:
    """What a rule takes out of a transcription, where nothing says why."""
    if rule.match is not None:
        return voice.say("what matches {pattern}", pattern=rule.match)
    if rule.end:
        message = phrase("from a line that matches {begin} to one that matches {end}")
        return voice.say(message, begin=rule.begin, end=rule.end)
    return voice.say("from a line that matches {begin} to the end", begin=rule.begin)


def _silence(witness: Witness, conspectus: Conspectus, voice: Voice) -> str | list[dn.Node]:
    """What it means that an entry does not name the witness."""
    if witness.silence is Silence.UNKNOWN:
        return voice.say("nothing is known; it is cited only where named")
    if witness.is_vouched_for:
        return voice.say("it has the lemma")
    if (state := witness.state_proved) is not None:
        message = voice.say(
            "{state} has the lemma, as its transcription proves; so has {siglum}, it is taken, which nothing proves"
        )
        siglum = printed(Siglum(witness.key), conspectus)
        return filled(message, state=printed(state, conspectus), siglum=siglum)
    return voice.say(
        "it is taken to have the lemma, which nothing proves; the positive form does not name it there"
    )


def _fact(text: str | list[dn.Node], name: str, voice: Voice) -> dn.paragraph:
    """What is declared is the editors' word, what follows from it the edition's own."""
    if text == NOT_CHECKED:
        return dn.paragraph("", voice.say(NOT_CHECKED), spoken=True)
    made = dn.paragraph("", text) if isinstance(text, str) else dn.paragraph("", "", *text)
    if name in OWN:
        spoken(made)
    return made


def setup(app: Sphinx) -> None:
    app.add_directive("conspectus", ConspectusDirective)
