"""``:::{apparatus}``, ``:::{commentary}`` and every other declared series; verse.

A series directive takes no option and no argument, ever: its content is verbatim, so that an
entry may begin with a colon or three hyphens. It leaves a :class:`~nodes.series_block` where
it stands; ``collect`` finds its host when the whole document has been read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from docutils import nodes as dn
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from apparatus.edition import Series
from apparatus.model import Entry, Note, Origin
from apparatus.notation import parse_entries, parse_notes
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import ConfigInited
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.languages import is_block_of_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


#: The entries of a series, and what is wrong with them.
Read: TypeAlias = tuple[Sequence[Entry | Note], tuple[Problem, ...]]
#: The line that opens a directive.
FENCE = re.compile(r"[ \t]*:{3,}\{")


class SeriesDirective(SphinxDirective):
    """A block of entries of one series. TEI: ``listApp``, or a run of ``note``."""

    has_content = True
    # No option_spec at all: with one, MyST would take an entry that begins with a colon for an option.
    series: ClassVar[Series]

    def run(self) -> list[dn.Node]:
        origin = Origin(self.get_source_info()[0], self.lineno + self.content_offset + 1)
        block = nodes.series_block(series=self.series.name)
        block.source, block.line = origin.file, self.lineno
        items, problems = self._notes(origin) if self.series.holds == "prose" else self._entries(origin)
        # Taken out again by ``collect``: what is at rest carries only keys.
        block["items"], block["problems"] = items, problems
        block += [self._entry(item, i) for i, item in enumerate(items) if _has_body(item)]
        return [block]

    def _content(self, origin: Origin) -> tuple[list[str], tuple[Problem, ...]]:
        """The lines of the series, up to where another directive begins inside it by mistake."""
        lines = list(self.content)
        for i, line in enumerate(lines):
            if FENCE.match(line):
                message = (
                    f"{line.strip()} begins before this {self.series.name} is closed; write ::: on the line above it "
                    "(what follows is left out)"
                )
                place = Origin(origin.file, origin.line + i)
                return lines[:i], (Problem(ProblemKind.UNCLOSED_FENCE, message, place),)
        return lines, ()

    def _entries(self, origin: Origin) -> Read:
        known = domain_of(self.env).conspectus
        lines, unclosed = self._content(origin)
        found, problems = parse_entries(lines, origin, known.keys, known.scholar_keys)
        return found, (*unclosed, *problems)

    def _notes(self, origin: Origin) -> Read:
        lines, unclosed = self._content(origin)
        found, problems = parse_notes(lines, origin)
        return found, (*unclosed, *problems)

    def _entry(self, item: Entry | Note, i: int) -> nodes.apparatus_entry:
        """The node of the entry that is number *i* in its series."""
        made = nodes.apparatus_entry if isinstance(item, Note) else nodes.formal_entry
        # The paragraphs of a note are translated, each by itself.
        entry = made(translatable=False, number=i)
        entry.source = item.origin.file if item.origin else None
        entry.line = item.origin.line if item.origin else self.lineno
        entry += self._body(item) if isinstance(item, Note) else self._remarks(item)
        return entry

    def _body(self, note: Note) -> list[dn.Node]:
        body = nodes.note_body()
        body.source, body.line = (
            note.origin.file if note.origin else None,
            note.body_lines[0] if note.body_lines else 0,
        )
        lines = StringList(list(note.body), source=body.source or "")
        # nested_parse counts its lines from the offset it is given.
        self.state.nested_parse(lines, (note.body_lines[0] - 1 - self.lineno) if note.body_lines else 0, body)
        self._say_language(body)
        return [body]

    def _say_language(self, body: dn.Element) -> None:
        """Mark the words of what editors write as those of the language of the series."""
        if not self.series.language:
            return
        found = [body] if isinstance(body, dn.inline) else list(body.findall(is_block_of_words))
        for block in (block for block in found if isinstance(block, dn.Element)):
            inside = dn.inline("", "", *block.children, classes=[f"language-{self.series.language}"])
            block.children = []
            block += inside

    def _remarks(self, entry: Entry) -> list[dn.Node]:
        line = entry.origin.line if entry.origin else self.lineno
        remarks: list[dn.Node] = []
        for part, text in entry.remarks:
            parsed, messages = self.state.inline_text(text, line)
            # Sphinx's way to have words of a line translated; it takes the inner node out again.
            message = dn.inline(text, "", *parsed, translatable=True)
            message.source, message.line = (entry.origin.file if entry.origin else None), line
            remark = nodes.remark("", "", message, part=part)
            self._say_language(remark)
            remarks += [remark, *messages]
        return remarks


def _has_body(item: Entry | Note) -> bool:
    """Whether an entry holds MyST. What does not is printed from its face: no node stands for it."""
    return isinstance(item, Note) or bool(item.remarks)


class VerseDirective(SphinxDirective):
    """Verse: every line is a block of its own, an empty line divides stanzas (TEI ``lg``, ``l``)."""

    has_content = True

    def run(self) -> list[dn.Node]:
        poem = dn.line_block(classes=["verse"])
        poem.source, poem.line = self.get_source_info()[0], self.lineno
        stanza = dn.line_block()
        edge = min((_indent(text) for text in self.content if text.strip()), default=0)
        for i, text in enumerate(self.content):
            if not text.strip():
                stanza = dn.line_block()
                continue
            if not stanza.children:
                poem += stanza
            number = self.lineno + self.content_offset + 1 + i
            parsed, messages = self.state.inline_text(text.strip(), number)
            line = dn.line("", "", *parsed)
            line.source, line.line = poem.source, number
            line["verse"] = "verse" if stanza.children else "stanza"
            if steps := -(-(_indent(text) - edge) // STEP):
                line["indent"] = min(steps, FURTHEST)
                line["classes"].append(f"indent-{line['indent']}")
            stanza += [line, *messages]
        return [poem]


#: How many blanks of the source are a step of the indentation of verse, and how many steps there are.
STEP, FURTHEST = 2, 12


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def register_series(app: Sphinx, config: Config) -> None:
    """Make a directive of every series that the configuration declares."""
    for series in settings(config).series.values():
        directive: type[Directive] = type(
            f"{series.name.capitalize()}Directive", (SeriesDirective,), {"series": series}
        )
        app.add_directive(series.name, directive, override=True)


def setup(app: Sphinx) -> None:
    app.add_directive("verse", VerseDirective)
    app.connect("config-inited", register_series, priority=ConfigInited.REGISTER_SERIES)
