"""``:::{whole-apparatus}``: all formal entries in one table, with their kind and who has a reading.

A plain table of the whole apparatus; with a script it can be filtered by kind, witness and cause and
sorted by any column. Causes have a column where the editors say any. In print every entry stands at the foot of its page, so there the table
is left out, and with it a heading that has nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from apparatus.edition import Edition, EditionEntry
from apparatus.model import ALL, REST, Conspectus, Entry
from apparatus.render.runs import COLLECTIVE
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.entries.faces import remarks_of
from apparatus.sphinxext.entries.feet import class_of
from apparatus.sphinxext.html.languages import editors_attribute
from apparatus.sphinxext.outputs import is_print, makes_pages, spoken_attribute
from apparatus.sphinxext.schedule import HtmlPageContext, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import made_by_build
from apparatus.sphinxext.tree.keys import entry_nodes, make_key
from apparatus.sphinxext.tree.kinds import had_at_rest, note_kinds
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import Voice, phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from apparatus.render.face import Faces

HEAD = (phrase("No."), phrase("Entry"), phrase("Kind"), phrase("Witness"), phrase("Cause"))
WIDTHS = (10, 50, 28, 12, 14)


@dataclass(frozen=True, slots=True)
class HasWholeApparatus:
    """That a document has the table."""


class Facts(NamedTuple):
    """By what an entry is found in the table."""

    kinds: list[str]
    named: list[str]  #: those who have a reading
    causes: list[str]


class whole_apparatus(nodes.gathers, dn.container):
    """Where the table is wanted."""


class WholeApparatusDirective(SphinxDirective):
    """The whole apparatus; takes nothing."""

    has_content = True

    def run(self) -> list[dn.Node]:
        domain_of(self.env).remember(self.env.docname, HasWholeApparatus())
        wanted = whole_apparatus()
        self.set_source_info(wanted)
        return made_by_build([wanted])


class FillWholeApparatus(SphinxPostTransform):
    """Write the table, once the edition has been put together."""

    default_priority = PostTransform.FILL_WHOLE_APPARATUS

    def run(self, **kwargs: Any) -> None:
        if not had_at_rest(self.document, whole_apparatus):
            return
        wanted = list(self.document.findall(whole_apparatus))
        faces, builder = domain_of(self.env).faces if wanted else None, self.env._app.builder
        for node in wanted:
            if is_print(builder):
                leave_to_print(node)
                continue
            rows = [] if faces is None else list(self._rows(faces))
            if faces is None or not rows:
                node.parent.remove(node)
                continue
            head = [faces.voice.say(name) for name in HEAD[: _columns(faces.edition)]]
            made: list[dn.Node] = [_table(head, [row for row, _ in rows])]
            if makes_pages(self.env._app):
                names = {_label(faces, key): one.name for key, one in faces.edition.conspectus.by_key.items()}
                made.insert(0, dn.raw("", self._filters([facts for _, facts in rows], names), format="html"))
            node.replace_self(made)
        if wanted:
            note_kinds(self.document)  # remarks of other documents stand here now, with what they refer to

    def _filters(self, facts: list[Facts], names: Mapping[str, str]) -> str:
        config, builder = self.config, self.env._app.builder
        languages = spoken_attribute(config, builder), editors_attribute(config, builder)
        return _filters(facts, names, *languages, voice_of(config))

    def _rows(self, faces: Faces) -> Iterator[tuple[dn.row, Facts]]:
        """The row of each entry, with what it is found by."""
        from apparatus.establishment import causes_of, kinds_of

        edition, builder = faces.edition, self.env._app.builder
        here, columns = self.env.current_document.docname, _columns(edition)
        remarks = self._remarks({entry.key[0] for entry in edition.entries})
        for entry in edition.entries:
            if not isinstance(entry.item, Entry) or entry.block is None:
                continue
            kinds, causes = list(kinds_of(edition, entry, faces.voice)), list(causes_of(edition, entry))
            named = [_label(faces, key) for key in named_in(entry, edition.conspectus)]
            face, key = faces.of(entry), make_key(*entry.key)
            number = dn.Text(face.place)
            place = link(builder, here, edition.document_of(entry.block), entry.place, number)
            line = nodes.entry_line("", "", *remarks.get(key, []), entry_key=key, docname=here)
            cells = (
                dn.paragraph("", "", place),
                dn.paragraph("", "", line, classes=["entry-in-table"]),
                *spoken(_words(", ".join(kinds))),
                _words(" ".join(named)),
                _words(", ".join(causes)),
            )
            classes = [*([] if face.is_substantive else ["accidental"]), *map(class_of, face.classes)]
            yield _row(cells[:columns], classes), Facts(kinds, named, causes)

    def _remarks(self, documents: Iterable[str]) -> dict[str, list[dn.Node]]:
        """The remarks as they were parsed, by the key of their entry."""
        return {
            key: [remark.deepcopy() for remark in remarks_of(node).values()]
            for docname in sorted(documents)
            for key, node in entry_nodes(self.env.get_doctree(docname)).items()
        }


def _columns(edition: Edition) -> int:
    """How many columns the table has: causes have one where any are said."""
    from apparatus.establishment import causes_of

    is_any = any(causes_of(edition, entry) for entry in edition.entries)
    return len(HEAD) if is_any else len(HEAD) - 1


def leave_to_print(node: whole_apparatus) -> None:
    """Say where the table would stand, and why the book has none."""
    left_out = nodes.not_in_print(why="every entry stands at the foot of its page")
    left_out.source, left_out.line = node.source, node.line
    node.replace_self(left_out)


def _label(faces: Faces, key: str) -> str:
    """A siglum as the table has it: blanks divide sigla there, so that inside one they are fixed."""
    label = faces.style.word(key) if key in COLLECTIVE else faces.edition.conspectus.label(key)
    return label.replace(" ", "\N{NO-BREAK SPACE}")


def named_in(entry: EditionEntry, conspectus: Conspectus) -> list[str]:
    """The keys of all who have a reading, in whatever state, in the order of the readings.

    Of those for whom one siglum stands the account knows who they are here.
    """
    readings = entry.item.readings if isinstance(entry.item, Entry) else ()
    several = {REST, ALL, *(group.key for group in conspectus.groups)} if entry.account else set()
    keys: list[str] = []
    for n, reading in enumerate(readings):
        keys += [siglum.key for siglum in reading.sigla if siglum.hand or siglum.key not in several]
        keys += [key for key, which in entry.account.depart if which == n] if entry.account else []
    return list(dict.fromkeys(keys))


def _words(text: str) -> dn.paragraph:
    return dn.paragraph("", text)


def _row(cells: Iterable[dn.Node], classes: Iterable[str] = ()) -> dn.row:
    return dn.row("", *(dn.entry("", cell) for cell in cells), classes=list(classes))


def _table(head: list[str], rows: list[dn.row]) -> dn.table:
    group = dn.tgroup("", *(dn.colspec(colwidth=width) for width in WIDTHS[: len(head)]), cols=len(head))
    group += [dn.thead("", _row(spoken(*map(_words, head)))), dn.tbody("", *rows)]
    return dn.table("", group, classes=["whole-apparatus"])


def _filters(
    facts: list[Facts],
    names: Mapping[str, str],
    spoken: str,
    written: str,
    voice: Voice,
) -> str:
    """The choices by which the script filters; without it they are not seen. *names* are those of the sigla."""

    def option(value: str) -> str:
        if not names.get(value):
            return f"<option>{escape(value)}</option>"
        return f'<option value="{escape(value)}"{written}>{escape(value)}: {escape(names[value])}</option>'

    def choice(label: str, values: Iterable[str]) -> str:
        options = "".join(map(option, values))
        every = escape(voice.say("all"))
        return f'<label>{escape(label)} <select><option value="">{every}</option>{options}</select></label>'

    kinds = sorted({kind for found in facts for kind in found.kinds})
    witnesses = sorted({key for found in facts for key in found.named})
    causes = sorted({cause for found in facts for cause in found.causes})
    what = escape(voice.say("Filter"))
    choices = choice(voice.say("Kind"), kinds) + choice(voice.say("Witness"), witnesses)
    choices += choice(voice.say("Cause"), causes) if causes else ""
    count = escape(voice.plural("{number} entry", "{number} entries", len(facts)))
    return (
        f'<div class="filters needs-script" role="group" aria-label="{what}"{spoken}>'
        f"{choices}<output>{count}</output></div>"
    )


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """The script that filters and sorts, on the pages that have the table."""
    if makes_pages(app) and domain_of(app.env).of_document(pagename, HasWholeApparatus):
        app.add_js_file("whole-apparatus.js", loading_method="defer")
        app.add_css_file("whole-apparatus.css")


def setup(app: Sphinx) -> None:
    app.add_directive("whole-apparatus", WholeApparatusDirective)
    app.connect("html-page-context", add_script, priority=HtmlPageContext.WHOLE_APPARATUS)
    app.add_post_transform(FillWholeApparatus)
