"""Outputs without visitors of ours (plain text, man pages, Texinfo, XML): everything spelt out.

What HTML and LaTeX print from a face, and the numbers that they set in the margin, becomes plain docutils
here, last of all, so that any writer can print it: ``1.1 led ] lead W``. Passages begin with their number;
a note's mark is ``[n. 9]`` after its words, by the letter of its series, and its note begins ``n. 9``:
the author's own footnotes have bare numbers in these outputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import make_filename_from_project

from apparatus.characters import turns_round
from apparatus.edition import Series
from apparatus.model import STAGE
from apparatus.render.runs import Run, RunKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.entries.cut import UNPLACED
from apparatus.sphinxext.entries.faces import remarks_of, shown
from apparatus.sphinxext.entries.feet import cluster_of
from apparatus.sphinxext.outputs import NAME_BYTES, has_visitors, keeps_apart, slug
from apparatus.sphinxext.schedule import ConfigInited, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from apparatus.render.face import Face


#: Settings of Sphinx’s whose files are called after the title: rows of which a part is the name, and names.
ROWS = ("man_pages", "texinfo_documents")
BASENAMES = ("qthelp_basename", "htmlhelp_basename", "devhelp_basename", "applehelp_bundle_name")


class SpellOut(SphinxPostTransform):
    """Put into words what else no writer would print."""

    default_priority = PostTransform.SPELL_OUT

    def run(self, **kwargs: Any) -> None:
        if has_visitors(self.env._app.builder) or keeps_apart(self.env._app.builder):
            return
        for number in self.document.findall(nodes.passage_number):
            told = f"({number['number']})" if number["within"] else number["number"]
            number += dn.Text(told if number.get("in_word") else f"{told} ")
        for beside in self.document.findall(nodes.milestone):
            told = f"|{' '.join(filter(None, (beside['label'], beside['number'])))}|"
            beside += dn.Text(told if beside["in_word"] else f"{told} ")
        for way in self.document.findall(nodes.counterpart):
            way[:] = [dn.Text(" ["), *way.children, dn.Text("]")]
        for stage in self.document.findall(dn.inline):
            if STAGE in stage["classes"]:
                stage[:] = [dn.emphasis("", "", *stage.children)]
        for poem in self.document.findall(dn.line_block):
            if "verse" in poem["classes"]:
                space_out(poem)
        for sign in [node for node in self.document.findall(nodes.lemma) if "block-lemma" in node["classes"]]:
            sign.parent.remove(sign)  # a link to the entry, where there are links
        for mark in self.document.findall(nodes.note_mark):
            series, style = settings(self.config).series[mark["series"]], settings(self.config).style
            mark += dn.Text(name_of_note(series, mark["number"]).join(style.note_mark))
        for listed in list(self.document.findall(nodes.series_list)):
            listed.insert(0, dn.rubric("", listed["label"]))
        for run in list(self.document.findall(nodes.formal_entries)):
            run.replace_self([cluster_of((one, None) for one in cluster) for cluster in run["clusters"]])
        for node in list(self.document.findall(nodes.apparatus_entry)):
            self._spell_out(node)
        for line in list(self.document.findall(nodes.entry_line)):
            _, face = shown(self.env._app.builder, line)
            line.children = list(self._line(line, face))

    def _spell_out(self, node: nodes.apparatus_entry) -> None:
        entry, face = shown(self.env._app.builder, node)
        for head in list(node.findall(nodes.note_head)):
            head += dn.Text(face.plain)
        formal = isinstance(node, nodes.formal_entry)
        made = [dn.paragraph("", "", *self._line(node, face))] if formal else list(_paragraphs(node))
        name = name_of_note(entry.series, entry.number) if entry.number else face.place
        made[0].insert(0, dn.Text(f"{name} " if name else ""))
        made[-1] += (
            [dn.Text(voice_of(self.config).say(UNPLACED))]
            if entry.span is None and isinstance(made[-1], dn.paragraph)
            else []
        )
        made[0]["ids"] += node["ids"]
        node.replace_self(made)

    def _line(self, node: dn.Element, face: Face) -> Iterator[dn.Node]:
        """The line of a formal entry; its remarks are in the node."""
        remarks = remarks_of(node)
        opening, closing = settings(self.config).style.remark
        for run in face.printed():
            if run.kind is RunKind.REMARK:
                yield dn.inline("", "", dn.Text(opening), *remarks[run.text].children, dn.Text(closing))
            else:
                yield from _plain(run)


def space_out(poem: dn.Element) -> None:
    """Set stanzas apart by an empty line, and lines as far in as they stand."""
    for line in poem.findall(dn.line):
        behind_number = next((i for i, n in enumerate(line, 1) if isinstance(n, nodes.passage_number)), 0)
        line.insert(behind_number, dn.Text("\N{NO-BREAK SPACE}" * 2 * line.get("indent", 0)))
        for half in line.findall(nodes.half):
            half += dn.Text("\N{NO-BREAK SPACE}" * (len(half["words"]) + 1))
    for stanza in list(poem.children)[:-1]:
        if isinstance(stanza, dn.line_block):
            stanza.append(dn.line("", ""))


def _plain(run: Run) -> Iterator[dn.Node]:
    if run.kind in (RunKind.EDITORIAL, RunKind.DOUBTFUL):
        yield nodes.editorial("", run.text)
        return
    is_words = run.kind in (RunKind.LEMMA, RunKind.READING)
    yield dn.Text(_isolated(run.text) if is_words and turns_round(run.text) else run.text)
    if run.siglum and run.siglum.hand:
        yield dn.superscript("", run.siglum.hand)


def _isolated(words: str) -> str:
    """Words that run as their first letter does and turn nothing else round, where there are no elements to say so."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _paragraphs(node: nodes.apparatus_entry) -> Iterator[dn.Element]:
    """The paragraphs of a note; what is run in stands in one, but for lists and the like."""
    bodies = [child for child in node.children if isinstance(child, nodes.note_body)]
    inside = [part for body in bodies for part in body.children] if bodies else list(node.children)
    if not inside or not isinstance(inside[0], dn.paragraph | dn.Inline | dn.Text):
        yield dn.paragraph()
    run: list[dn.Node] = []
    for part in inside:
        if isinstance(part, dn.Element) and not isinstance(part, dn.Inline):
            yield from _gathered(run)
            yield part
        else:
            run.append(part)
    yield from _gathered(run)


def _gathered(run: list[dn.Node]) -> Iterator[dn.paragraph]:
    if run:
        yield dn.paragraph("", "", *run)
        run.clear()


def name_of_note(series: Series, number: int) -> str:
    """What tells a numbered note from those of other series, and from the author's footnotes: ``n. 9``."""
    return f"{series.letter}. {number}"


def cut_names(app: Sphinx, config: Config) -> None:
    """Names of files that Sphinx makes out of the title, cut where no file could have them (``config-inited``)."""
    long = make_filename_from_project(config.project)
    if len(long.encode()) <= NAME_BYTES:
        return
    short = slug(config.project)
    for name in (name for name in ROWS if name in config):
        rows = [tuple(short if part == long else part for part in row) for row in config[name]]
        setattr(config, name, rows)
    for name in (name for name in BASENAMES if name in config and config[name] == long):
        setattr(config, name, short)


def setup(app: Sphinx) -> None:
    app.connect("config-inited", cut_names, priority=ConfigInited.NAMES_OF_FILES)
    app.add_post_transform(SpellOut)
