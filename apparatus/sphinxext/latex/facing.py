r"""Facing pages: the text of a witness or a translation, block by block, to stand opposite the reading text.

What is opposite what is found in :mod:`apparatus.parallel`; the pages are made by
``latex/critfacing.sty``. Here each numbered block gets a :class:`witness_block` before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes as dn
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.latex import LaTeXTranslator

from apparatus.edition import Edition
from apparatus.language import direction, is_in_cyrillic, is_other
from apparatus.parallel import Paragraph, beside, opposite
from apparatus.problems import Problem, ProblemKind
from apparatus.script import runs
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.latex.entries import note_letters
from apparatus.sphinxext.latex.flat import foreign, numbered_block, numbered_text
from apparatus.sphinxext.latex.visitors import close_brace, nothing
from apparatus.sphinxext.outputs import is_print
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import EnvUpdated, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.languages import LANGUAGE
from apparatus.sphinxext.tree.sigla import printed
from apparatus.sphinxext.tree.text import filled
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import ENGLISH, Voice
from apparatus.witness_text import transcribed

FILES = ("critfacing.sty", "critfacing.lua")


class facing_witness(dn.Element, dn.Invisible):
    """Which witness stands on the left: ``siglum`` and ``name``; and whether there are ``notes``."""


class facing_ends(dn.Element, dn.Invisible):
    """Where a text begins that has nothing opposite: the pages after it are plain."""


class witness_block(dn.TextElement):
    """What stands opposite the block after it: ``marker``, ``passage``; ``way`` if it runs otherwise than that."""


class witness_paragraph(dn.TextElement):
    """A paragraph of it, its remark first; ``runs_on`` where the witness has no new one."""


class witness_remark(dn.inline):
    """The editors' words on the paragraph; mostly none."""


def is_wanted(config: Config) -> bool:
    """Whether the book is to have facing pages."""
    return settings(config).layout == "facing"


def preamble(config: Config) -> list[str]:
    """What the document loads for it, after all else; the notes of the editors share the two pages."""
    shared = ",".join(note_letters(config))
    return ["\\usepackage{critfacing}", f"\\critshare{{{shared}}}"] if is_wanted(config) else []


def witness_of(edition: Edition | None, wanted: str) -> str | None:
    """What is for the left side: what is asked for, else the first witness that is transcribed, or translation."""
    known = (*transcribed(edition), *edition.translates) if edition else ()
    return wanted if wanted in known else next(iter(known), None)


def check_facing(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Say if the pages cannot be had as they are asked for (``env-updated``)."""
    wanted = settings(app.config).facing_witness
    if not is_print(app.builder):
        return []
    edition = domain_of(env).edition
    if is_wanted(app.config) and edition:
        known = (*transcribed(edition), *edition.translates)
        has = "is not transcribed" if wanted in edition.conspectus.witness else "is no witness"
        if not known:
            complain(
                "facing pages need a witness with a transcription, or a translation, and the edition has neither"
            )
        elif wanted and wanted not in known:
            complain(f"{wanted!r} {has}: facing pages can be had with {', '.join(known)}")
    return []


def complain(message: str) -> None:
    """Report what is wrong with the choice."""
    report([Problem(ProblemKind.BAD_CONFIG, message)])


class FacingText(SphinxPostTransform):
    """Put the witness before each block."""

    default_priority = PostTransform.FACING_TEXT
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Put the witness before each block, if facing pages are wanted."""
        edition = domain_of(self.env).edition
        key = witness_of(edition, settings(self.config).facing_witness) if is_wanted(self.config) else None
        if edition is None or key is None:
            return
        is_second = key in edition.translates
        siglum, name = self._called(edition, key)
        texts = beside(edition, key) if is_second else opposite(edition, key)
        own = self._language(key) if is_second else None
        index = {block.number: i for i, block in enumerate(edition.text.blocks[: edition.witnessed])}
        main = book_language(self.config)
        stretches = list(self.document.findall(numbered_text))
        for stretch in stretches:
            for block in [child for child in stretch.children if isinstance(child, numbered_block)]:
                if block["passage"] in index:
                    made = witness_block(marker=block["marker"], passage=block["passage"])
                    language = block.get(LANGUAGE, "") if own is None else own
                    way = direction(language or main)
                    if way != direction(block.get(LANGUAGE) or main):
                        made["way"] = way
                    language = language if is_other(language, main) else ""
                    found = texts.get(index[block["passage"]], [])
                    made.extend(paragraphs(found, siglum, language, voice_of(self.config)))
                    for half in block.findall(nodes.half):
                        first = next(made.findall(witness_paragraph))
                        first.insert(1, nodes.half("", "", words=half["words"]))  # behind the remark
                    stretch.insert(stretch.index(block), made)
        notes = any(True for _ in self.document.findall(nodes.note_mark))
        is_open = False
        for stretch in stretches:  # second texts, which nothing stands opposite, are set on plain pages
            passages = [block["passage"] for block in stretch.findall(numbered_block)]
            is_wanted_here = any(passage in index for passage in passages)
            if is_wanted_here != is_open and passages:
                is_open = is_wanted_here
                said = facing_witness(siglum=siglum, name=name, notes=notes, is_second=is_second)
                stretch.parent.insert(stretch.parent.index(stretch), said if is_open else facing_ends())

    def _called(self, edition: Edition, key: str) -> tuple[list[dn.Node], str]:
        """By what the left pages are called: siglum and name of a witness, or the title of a second text."""
        if key in edition.translates:
            return [dn.Text(self.env.titles[key].astext())], ""
        witness = edition.conspectus.witness[key]
        return printed(witness.state_transcribed, edition.conspectus), witness.name

    def _language(self, docname: str) -> str:
        """The language of a second text: that of its first block."""
        text = domain_of(self.env).text_of(docname)
        return text.blocks[0].language if text and text.blocks else ""


def paragraphs(
    found: list[Paragraph], siglum: list[dn.Node], language: str = "", voice: Voice = ENGLISH
) -> Iterator[witness_paragraph]:
    """What is printed opposite a block, in the *language* of it, if that is not the book's."""
    every: list[Paragraph | None] = [*found] or [None]
    for paragraph in every:
        made = witness_paragraph(runs_on=bool(paragraph and paragraph.runs_on))
        made += witness_remark("", "", *remark(paragraph, siglum, voice))
        made += words_of_witness(paragraph.text if paragraph else "", language)
        yield made


def words_of_witness(text: str, language: str) -> list[dn.Node]:
    """Words of a witness; those of a text in Cyrillic are all in its language."""
    if is_in_cyrillic(language):
        return [foreign("", text, lang=language)]
    words: list[dn.Node] = [
        nodes.cyrillic("", part) if is_cyrillic else dn.Text(part) for is_cyrillic, part in runs(text)
    ]
    return [foreign("", "", *words, lang=language)] if language and text else words


def remark(paragraph: Paragraph | None, siglum: list[dn.Node], voice: Voice = ENGLISH) -> list[dn.Node]:
    """What the editors say of a paragraph that is not there, not one, or not here."""
    if paragraph is None:
        return filled(voice.say("not in {siglum}"), siglum=[_siglum(siglum)])
    if paragraph.runs_on:
        return [dn.Text(voice.say("runs on"))]
    if paragraph.after is None:
        return []
    if not paragraph.after:
        return filled(voice.say("in {siglum} at the beginning"), siglum=[_siglum(siglum)])
    after = [dn.Text(paragraph.after)]
    return filled(voice.say("in {siglum} after {passage}"), siglum=[_siglum(siglum)], passage=after)


def _siglum(parts: list[dn.Node]) -> nodes.siglum:
    """The siglum once more: a node stands in one place."""
    return nodes.siglum("", "", *(part.deepcopy() for part in parts))


def visit_witness(self: LaTeXTranslator, node: dn.Element) -> None:
    """Say once which witness it is."""
    label, *raised = (self.escape(part.astext()) for part in node["siglum"])
    siglum = label + "".join(f"\\textsuperscript{{{hand}}}" for hand in raised)
    name = self.escape(node["name"])
    notes = self.escape(voice_of(self.config).say("the notes, first on the left")) if node["notes"] else ""
    if node["is_second"]:  # it is called by its title alone
        self.body.append("\\renewcommand\\critsaystransmitted[1]{#1}\n")
    self.body.append(f"\\facingwitness{{{siglum}}}{{{name}}}{{{notes}}}\n")
    raise dn.SkipNode


def visit_ends(self: LaTeXTranslator, node: dn.Element) -> None:
    """End the openings."""
    self.body.append("\\facingends\n")
    raise dn.SkipNode


def visit_block(self: LaTeXTranslator, node: dn.Element) -> None:
    """What stands opposite the next passage."""
    if "way" in node:
        self.body.append(f"\n\\critturnwitness{{{int(node['way'] == 'rtl')}}}%")
    self.body.append(f"\n\\witnessblock{{{self.escape(node['marker'])}}}{{{node['passage']}}}{{%\n")


def visit_paragraph(self: LaTeXTranslator, node: dn.Element) -> None:
    """A paragraph of the witness; its first child is the remark."""
    self.body.append(f"\\witnessparagraph{{{'on' if node['runs_on'] else ''}}}{{")


def depart_remark(self: LaTeXTranslator, node: dn.Element) -> None:
    """After the remark, the words."""
    self.body.append("}{")


def depart_paragraph(self: LaTeXTranslator, node: dn.Element) -> None:
    """The end of a paragraph."""
    self.body.append("}%\n")


def setup(app: Sphinx) -> None:
    """Register the check and the text of the left pages."""
    app.connect("env-updated", check_facing, priority=EnvUpdated.CHECK_FACING)
    app.add_post_transform(FacingText)
    app.add_node(facing_witness, latex=(visit_witness, None))
    app.add_node(facing_ends, latex=(visit_ends, None))
    app.add_node(witness_block, latex=(visit_block, close_brace))
    app.add_node(witness_paragraph, latex=(visit_paragraph, depart_paragraph))
    app.add_node(witness_remark, latex=(nothing, depart_remark))
