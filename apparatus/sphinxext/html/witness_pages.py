"""A page for the text of each transcribed witness, as it stands and with its differences marked.

Made for every document of edited text, so that the text can be chosen without a script; with
one, the script puts the same page in place of the reading text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.edition import Edition
from apparatus.language import is_in_cyrillic
from apparatus.model import FIRST, Conspectus, Origin, Siglum
from apparatus.normalisation import disregarded
from apparatus.numbering import SourceBlock
from apparatus.problems import Problem, ProblemKind
from apparatus.reference_systems import is_part
from apparatus.render.runs import on_one_line
from apparatus.render.spoken import spoken_siglum
from apparatus.render.style import HouseStyle
from apparatus.script import runs as script_runs
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import Proof, domain_of
from apparatus.sphinxext.html.languages import language_attribute
from apparatus.sphinxext.html.positive_page import name_of
from apparatus.sphinxext.html.side_by_side import side_pages
from apparatus.sphinxext.html.visitors import length_class
from apparatus.sphinxext.outputs import is_for_browsers, makes_pages, page_language, spoken_language
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import ApparatusFiles, EnvUpdated, HtmlCollectPages, PostTransform
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.sigla import printed
from apparatus.sphinxext.tree.text import filled
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import ENGLISH, Voice, phrase
from apparatus.witness_text import Part, Passage, Stretch, passages_by_document

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


#: What stands above the text of a witness.
MARKED = phrase(
    "The text of {siglum} beside the reading text: what {siglum} lacks is struck through, what it has is underlined."
)
AS_IT_STANDS = phrase("The text of {siglum} as it stands, rebuilt from the reading text and the apparatus.")


NOT_MARKED = phrase("The comparison disregards {what}; what differs in nothing else is not marked either.")
AS_TRANSCRIBED = phrase(
    "The comparison disregards {what}; what differs in nothing else is as in its transcription."
)


class TextPage(NamedTuple):
    """The page of one witness and document."""

    docname: str
    key: str
    marked: bool  #: whether the differences are shown

    @property
    def name(self) -> str:
        return f"{self.docname}-{self.key}" + ("-differences" if self.marked else "")


class Shown(NamedTuple):
    """How pages show and say the witness, in the state that is transcribed."""

    siglum: Siglum
    plain: str  #: where nothing can be raised: ``A^ac``
    html: str
    spoken: str  #: ``A before correction``

    @classmethod
    def of(cls, conspectus: Conspectus, key: str, voice: Voice = ENGLISH) -> Shown:
        """The siglum of a transcribed witness."""
        siglum = conspectus.witness[key].state_transcribed
        raised = f"<sup>{escape(siglum.hand)}</sup>" if siglum.hand else ""
        label = escape(conspectus.label(key))
        return cls(siglum, conspectus.shown(siglum), label + raised, spoken_siglum(siglum, conspectus, voice))

    def aloud(self, said: str) -> str:
        """The attribute that says something of it; none where what is seen is read as it should be."""
        return f' aria-label="{escape(said)}"' if self.siglum.hand else ""


def text_pages(proof: Proof) -> list[TextPage]:
    """All pages, in the order of documents and witnesses."""
    return [
        TextPage(docname, key, marked)
        for docname in proof.texts
        if docname not in proof.second
        for key in proof.transcribed
        for marked in (False, True)
    ]


def are_wanted(app: Sphinx) -> bool:
    """Whether the builder makes pages and the edition wants these."""
    return makes_pages(app) and settings(app.config).witness_pages


def check_page_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Report a page that would be written over another (``env-updated``)."""
    domain = domain_of(env)
    if not makes_pages(app):
        return
    taken = {name.lower(): f"the document '{name}'" for name in (*env.all_docs, "genindex", "search")}
    for docname in filter(domain.has_text, env.all_docs):
        if docname.lower() in ("genindex", "search"):
            fault = f"the document '{docname}' has the name of a page that Sphinx writes; call it otherwise"
            report([Problem(ProblemKind.NAME_TAKEN, fault, Origin(str(env.doc2path(docname)), 1))])
        page_of = f"the page of the document '{docname}' in the positive form"
        if other := taken.get(name_of(docname).lower()):
            fault = f"{page_of} would have the name of {other}; call that document otherwise"
            report([Problem(ProblemKind.NAME_TAKEN, fault, Origin(str(env.doc2path(docname)), 1))])
        taken[name_of(docname).lower()] = page_of
    for side in side_pages(domain):
        if other := taken.get(side.name.lower()):
            fault = f"the page of '{side.first}' and '{side.second}' side by side would have the name of {other}; call that document otherwise"
            report([Problem(ProblemKind.NAME_TAKEN, fault, Origin(str(env.doc2path(side.second)), 1))])
        taken[side.name.lower()] = f"the page of '{side.first}' and '{side.second}' side by side"
    for page in text_pages(domain.proof) if are_wanted(app) else ():
        if other := taken.get(page.name.lower()):
            mend = "call the document otherwise, or choose another siglum"
            fault = f"the page of witness '{page.key}' would have the name of {other}; {mend}"
            report([Problem(ProblemKind.NAME_TAKEN, fault, domain.conspectus.by_key[page.key].origin)])
        taken[page.name.lower()] = f"the page of witness '{page.key}' for the document '{page.docname}'"


def page_files(app: Sphinx) -> list[Path]:
    """The files of all pages (``apparatus-files``)."""
    builder = app.builder
    if not is_for_browsers(builder) or not are_wanted(app):
        return []
    return [Path(builder.get_output_path(page.name)) for page in text_pages(domain_of(app.env).proof)]


def _are_as_they_were(app: Sphinx) -> bool:
    """Whether they are there and would be the same: with a setting or template Sphinx writes the texts again too."""
    domain = domain_of(app.env)
    return domain.is_as_written and not domain.assembled and all(file.exists() for file in page_files(app))


def make_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of all witnesses, for Sphinx to write."""
    domain = domain_of(app.env)
    proof, wanted = domain.proof, are_wanted(app) and not _are_as_they_were(app)
    edition = domain.edition if wanted and proof.transcribed else None
    if edition is None:
        return
    texts = {key: passages_by_document(edition, key) for key in proof.transcribed}
    voice = voice_of(app.config)
    for page in text_pages(proof):
        message = (
            phrase("{title}: {siglum}, differences marked")
            if page.marked
            else phrase("{title}: {siglum}, as it stands")
        )
        siglum = Shown.of(edition.conspectus, page.key, voice).plain
        title = app.env.titles[page.docname].astext()
        context = {
            "title": voice.say(message, title=title, siglum=escape(siglum)),
            "body": _body(app, edition, page, texts[page.key]),
            "parents": [],
            "text_page": page,
        }
        yield page.name, context, "page.html"


def _source_of(app: Sphinx, edition: Edition, home: int) -> tuple[str, SourceBlock]:
    """The document in which a block of the text stands, and the block as it was read."""
    docname = edition.document_of(home)
    document = domain_of(app.env).document(docname)
    assert document is not None
    return docname, document.blocks[home - edition.blocks_of[docname].start]


def _body(app: Sphinx, edition: Edition, page: TextPage, texts: Mapping[str, list[Passage]]) -> str:
    blocks = edition.blocks_of[page.docname]
    document = domain_of(app.env).document(page.docname)
    sources = document.blocks if document else ()
    style = settings(app.config).style
    voice = voice_of(app.config)
    siglum = Shown.of(edition.conspectus, page.key, voice)
    said = MARKED if page.marked else AS_IT_STANDS
    main = page_language(app.config, app.builder)
    targets = _targets(app, page.docname, blocks, sources)
    within = spoken_language(app.config, app.builder)
    spoken_here = f' lang="{within}"' if within else ""
    label = escape(voice.say(said, siglum=siglum.spoken))
    made = [f'<div class="page-body witness-text" role="group" aria-label="{label}"{spoken_here}>']
    lost = edition.conspectus.witness[page.key].lac_mark
    inside = [p for p in texts.get(page.docname, ()) if page.marked or not p.is_lacking]
    moved = _ends(texts) if page.marked else {}

    def other(end: tuple[int, str]) -> str | None:
        if (docname := moved.get(end)) in (None, page.docname):
            return None if docname is None else ""
        return app.builder.get_relative_uri(page.name, page._replace(docname=docname).name)

    writer = _Writer(edition, voice, siglum, style, main, within, targets, page.marked, other)
    writer.inline = settings(app.config).references[FIRST].inline
    shown = []
    for passage in inside:
        docname, source = _source_of(app, edition, passage.home)
        home = app.builder.get_relative_uri(page.name, docname)
        shown.append(writer.written(passage, source, home, is_lost=_words_of(passage) == lost))
    if not any(one.heading == 1 for one in shown):
        made.append(f"<h1{siglum.aloud(siglum.spoken)}>{siglum.html}</h1>")
    about = " ".join(
        [
            escape(voice.say(said), quote=False).format(siglum=siglum.html),
            *map(escape, _besides(edition.conspectus, page, voice)),
        ]
    )
    head = 1 if shown and shown[0].heading else 0  # what is said of the page stands below its heading
    made += [*(one.html for one in shown[:head]), f'<p class="about-text"{spoken_here}>{about}</p>']
    return "\n".join([*made, *_in_stanzas(shown[head:]), "</div>"])


def _end_of(stretch: Stretch) -> str:
    """Which end of a move it is: where the text has the words, or where the witness has them."""
    return "from" if stretch.part is Part.TEXT_ONLY else "to"


def _ends(texts: Mapping[str, list[Passage]]) -> dict[tuple[int, str], str]:
    """Entry and end of each move → the document on whose page it stands."""
    return {
        (stretch.move, _end_of(stretch)): docname
        for docname, inside in texts.items()
        for passage in inside
        for stretch in passage.stretches
        if stretch.move is not None
    }


def _words_of(passage: Passage) -> str:
    """The words that the witness has there."""
    return "".join(s.words for s in passage.stretches if s.part is not Part.TEXT_ONLY).strip()


#: Where a passage stands that only the witness has: after one of the text, before it.
ADDED = (phrase("Added after passage {number}"), phrase("Added before passage {number}"))


class Written(NamedTuple):
    """A passage of a page."""

    html: str
    heading: int  #: its level; 0 if it is none
    verse: str  #: ``stanza``, ``verse`` or nothing, as its block in the reading text


def _in_stanzas(shown: Sequence[Written]) -> Iterator[str]:
    """The passages, those of verse as the reading text has them: lines in stanzas."""
    before = ""
    for one in shown:
        if before and not one.verse:
            yield "</div></div>"
        elif one.verse and not before:
            yield '<div class="line-block verse"><div class="line-block">'
        elif one.verse == "stanza":
            yield '</div><div class="line-block">'
        yield one.html
        before = one.verse
    if before:
        yield "</div></div>"


@dataclass
class _Writer:
    """Writes the passages of one page."""

    edition: Edition
    voice: Voice
    siglum: Shown
    style: HouseStyle
    main: str
    within: str | None
    targets: Mapping[int, str]
    marked: bool
    other: Callable[[tuple[int, str]], str | None]  #: the address of the page that has one end of a move
    inline: bool = False  #: whether numbers within a block stand in the line
    halves: str = ""  #: the words of a shared verse so far
    ways: set[str] = field(default_factory=set)  #: the ends of moves that have their anchor

    def written(self, passage: Passage, source: SourceBlock, home: str, *, is_lost: bool) -> Written:
        """A passage: a heading, a line of verse or a paragraph, as its block in the reading text, at *home*."""
        is_heading = bool(source.heading) and passage.is_first and not is_lost
        heading = source.heading if is_heading else 0
        tag = f"h{min(heading, 6)}" if heading else "div" if source.verse else "p"
        in_language = language_attribute(source.language or self.main, self.within or self.main)
        names = " ".join(self._names(passage, source))
        inner = self._number(passage, home, in_language) + self._half(passage, source)
        cyrillic = is_in_cyrillic(source.language)
        begins = self._begins(home, in_language)
        inner += _words(
            passage, self.style, marked=self.marked, cyrillic=cyrillic, way=self._way, begins=begins
        )
        anchor = f' id="{self.edition.text.blocks[passage.home].number}"' if passage.is_first else ""
        html = f'<{tag} class="{names}"{anchor}{in_language}>{inner}</{tag}>'
        return Written(html, heading, source.verse)

    def _names(self, passage: Passage, source: SourceBlock) -> Iterator[str]:
        if source.verse:
            yield "line"
        yield "passage"
        if any(stretch.begins for stretch in passage.stretches):
            yield "of-several"
        if source.is_subtitle:
            yield "subtitle"
        if source.indent:
            yield f"indent-{source.indent}"
        if self.marked and (passage.is_lacking or (passage.is_added and not passage.is_first)):
            yield "lacking" if passage.is_lacking else "added"

    def _number(self, passage: Passage, home: str, in_language: str) -> str:
        """Target of the contents and number; what a witness adds has a plus in its place."""
        number = self.edition.text.blocks[passage.home].number
        is_added = self.marked and passage.is_added and not passage.is_first
        if not (passage.is_first or passage.is_lacking or is_added):
            return ""
        added = ADDED[passage.is_before]
        said = added if is_added else phrase("Passage {number} of the edition")
        aloud = escape(self.voice.say(said, number=number))
        lang = f' lang="{self.within}"' if in_language and self.within else ""
        target = self.targets.get(passage.home, "") if passage.is_first else ""
        shown = "+" if is_added else number
        return (
            f'{target}<a class="passage-number{length_class(shown)}" href="{escape(home)}#{number}" aria-label="{aloud}"{lang}>'
            f"{shown}</a>"
        )

    def _begins(self, home: str, in_language: str) -> Callable[[str], str]:
        """What stands where a number begins within a block, as on the page of the reading text."""
        lang = f' lang="{self.within}"' if in_language and self.within else ""
        where = "line" if self.inline else "margin"
        bar = "" if self.inline else '<span class="begins"></span>'

        def written(number: str) -> str:
            names = f"passage-number within in-{where}{length_class(number)}"
            said = escape(self.voice.say("Passage {number} of the edition", number=number))
            address = f"{escape(home)}#{number}"
            return f'<a class="{names}" id="{number}" href="{address}" aria-label="{said}"{lang}>{number} </a>{bar}'

        return written

    def _half(self, passage: Passage, source: SourceBlock) -> str:
        """Room for the words of a verse that stand before its further part."""
        if source.is_beside:
            return ""
        before = (
            self.halves if source.verse and is_part(self.edition.text.blocks[passage.home].number) else ""
        )
        self.halves = f"{before} {_words_of(passage)}".strip()
        return f'<span class="half" data-before="{escape(before)} "></span>' if before else ""

    def _way(self, stretch: Stretch) -> tuple[str, str]:
        """For moved words: the attributes of their element, and a link to their other place."""
        if stretch.move is None:
            return "", ""
        here = _end_of(stretch)
        there = "to" if here == "from" else "from"
        anchor = f"moved-{stretch.move}-{here}"
        first = f' id="{anchor}"' if anchor not in self.ways else ""
        self.ways.add(anchor)
        said = (
            phrase("Moved: to its place in {siglum}")
            if here == "from"
            else phrase("Moved: to its place in the text")
        )
        aloud = escape(self.voice.say(said, siglum=self.siglum.spoken))
        page = self.other((stretch.move, there)) if first else None
        address = f"{escape(page or '')}#moved-{stretch.move}-{there}"
        way = f'<a class="way way-{here}" href="{address}" aria-label="{aloud}" title="{aloud}"></a>'
        return f' class="moved"{first}', "" if page is None else way


def _besides(conspectus: Conspectus, page: TextPage, voice: Voice) -> Iterator[str]:
    """What the edition has declared that it does not compare, and what that means for the page."""
    if without := disregarded(conspectus.normalisation, voice):
        yield voice.say(NOT_MARKED if page.marked else AS_TRANSCRIBED, what=without)
    if conspectus.witness[page.key].lines:
        yield voice.say("What the list of witnesses says is not of the text is left out.")


def _targets(app: Sphinx, docname: str, blocks: range, sources: Sequence[Any]) -> dict[int, str]:
    """Where the contents of the reading text lead, for each heading: the text of a witness is put in its place."""
    headings = [home for home in blocks if sources[home - blocks.start].heading]
    anchors = [entry["anchorname"].lstrip("#") for entry in app.env.tocs[docname].findall(dn.reference)]
    if len(headings) != len(anchors):  # the page has a heading that is no block of the text
        return {}
    return {
        home: f'<span id="{escape(anchor)}"></span>'
        for home, anchor in zip(headings, anchors, strict=True)
        if anchor
    }


Way: TypeAlias = "Callable[[Stretch], tuple[str, str]]"


def _words(
    passage: Passage,
    style: HouseStyle,
    *,
    marked: bool,
    cyrillic: bool,
    way: Way,
    begins: Callable[[str], str],
) -> str:
    """The words of a passage; where the text is *cyrillic*, none of it is Russian beside others."""
    html = escape if cyrillic else _html
    made = []
    before, end = None, ""
    for stretch in passage.stretches:
        part, words = stretch.part, stretch.words
        if part is Part.TEXT_ONLY and not marked:
            continue
        if before is Part.TEXT_ONLY and words[0].isalnum():
            made.append(" ")  # what was struck out stands apart from what follows
        elif part is Part.TEXT_ONLY and end.isalnum() and words[0].isalnum():
            made.append(" ")  # and from what goes before, if the witness needs no space there
        before, end = part, words[-1]
        if stretch.begins:
            made.append(begins(stretch.begins))
        opening, closing = (f'<span class="{stretch.kind}">', "</span>") if stretch.kind else ("", "")
        if part is Part.BOTH or not marked:
            made.append(f"{opening}{html(words)}{closing}")
        else:
            attributes, link = way(stretch)
            inner = f"{opening}{html(on_one_line(words, style))}{closing}"
            made.append(f"<{part.value}{attributes}>{inner}{link}</{part.value}>")
    return "".join(made)


def _html(text: str) -> str:
    if text.isascii():
        return escape(text)
    return "".join(
        f'<span lang="ru">{escape(run)}</span>' if is_cyrillic else escape(run)
        for is_cyrillic, run in script_runs(text)
    )


class LinkTexts(SphinxPostTransform):
    """In the list of witnesses: the way to the text of each."""

    default_priority = PostTransform.LINK_WITNESS_PAGES
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        proof, builder = domain_of(self.env).proof, self.env._app.builder
        if not are_wanted(self.env._app):
            return
        here = self.env.current_document.docname
        for section in self.document.findall(dn.section):
            if "witness" not in section["classes"]:
                continue
            for page in text_pages(proof):
                if page.key in section["ids"] and not page.marked:
                    section += self._links(builder, here, page)

    def _links(self, builder: Any, here: str, page: TextPage) -> dn.paragraph:
        def link(to: TextPage, *words: dn.Node) -> dn.reference:
            uri = builder.get_relative_uri(here, to.name)
            return dn.reference("", "", *words, internal=True, refuri=uri)

        made = self._sentence(link, page)
        spoken(made)
        return made

    def _sentence(self, link: Callable[..., dn.reference], page: TextPage) -> dn.paragraph:
        conspectus, say = domain_of(self.env).conspectus, voice_of(self.config).say
        siglum = printed(conspectus.witness[page.key].state_transcribed, conspectus)
        plain = link(page, *filled(say("the text of {siglum} as it stands"), siglum=siglum))
        marked = link(page._replace(marked=True), dn.Text(say("with its differences marked")))
        words = filled(say("Read {plain}, or {marked}."), plain=[plain], marked=[marked])
        return dn.paragraph("", "", *words)


def setup(app: Sphinx) -> None:
    app.connect("env-updated", check_page_names, priority=EnvUpdated.CHECK_PAGE_NAMES)
    app.connect("apparatus-files", page_files, priority=ApparatusFiles.WITNESS_PAGES)
    app.connect("html-collect-pages", make_pages, priority=HtmlCollectPages.WITNESS_PAGES)
    app.add_post_transform(LinkTexts)
