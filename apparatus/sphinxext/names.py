"""Names in the text and the index that they lead to.

The register is read before any document. When the edition has been put together, every name
is found at its words; when a document is written, the words become links to the entry in the
index, and the entry lists the passages. Inside a lemma, or any other link, a name keeps its
anchor and is no link of its own: there the reader has another way to go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from apparatus.edition import Edition
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.register import Named, Occurrence, find_names, read_register
from apparatus.sphinxext import nodes
from apparatus.sphinxext.assemble import split_key
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, domain_of
from apparatus.sphinxext.latex import names as latex
from apparatus.sphinxext.links import link, uri
from apparatus.sphinxext.report import report
from apparatus.sphinxext.text import Piece, fold, leaves, put_in_place

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

#: What stands in a block when it is written and is not of the text.
EDITORS = (
    nodes.passage_number,
    nodes.note_mark,
    nodes.lemma_open,
    nodes.lemma_close,
    nodes.editorial,
    nodes.transliteration,
)
#: How many characters of the text a link in the index quotes on either side of the name.
CONTEXT = 24


# --- the build --------------------------------------------------------------------------


def load_register(app: Sphinx) -> None:
    """Read the register before any document: the index prints it."""
    domain, file = domain_of(app.env), settings(app.config).register
    if file is None:
        return
    path = Path(app.srcdir) / file
    domain.register_file = str(path)
    try:
        data = path.read_bytes()
    except OSError:
        message = f"the register {file!r} does not exist; make it or mend apparatus_register in conf.py"
        domain.register_problems = (Problem(ProblemKind.BAD_REGISTER, message, Origin(str(path), 1)),)
        return
    domain.register, domain.register_problems = read_register(data, str(path))


def find(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Find the names, report what is wrong, name the documents in which they have changed."""
    domain = domain_of(env)
    report(domain.register_problems)
    edition = domain.edition
    if edition is None:
        return []
    domain.names, problems = find_names(edition.text, domain.register)
    report(problems)
    printed: dict[str, list[object]] = defaultdict(list)
    for found in domain.names:
        home = edition.document_of(found.block)
        entry = entry_document(env, found.key)
        start = found.span.start - edition.text.starts[found.block]
        printed[home].append((found.id, start, len(found.span), entry))
        if entry is not None:
            printed[entry].append((found.id, home, context(edition, found)))
    before: dict[str, list[object]] = getattr(env, "apparatus_names_printed", {})
    env.apparatus_names_printed = dict(printed)  # type: ignore[attr-defined]
    changed = (set(printed) | set(before)) & set(env.all_docs)
    return sorted(name for name in changed if printed.get(name) != before.get(name))


def entry_document(env: BuildEnvironment, key: str) -> str | None:
    """The document whose index has the entry of a name."""
    found = env.domains.standard_domain.anonlabels.get(f"name-{key}")
    return found[0] if found else None


def context(edition: Edition, found: Occurrence) -> str:
    """The words of the text round a name, for one who asks which of several places it is."""
    text, block = edition.text.joined, edition.text.span(found.block)
    start, end = max(found.span.start - CONTEXT, block.start), min(found.span.end + CONTEXT, block.end)
    if start > block.start:
        start = text.find(" ", start, found.span.start) + 1 or found.span.start
    if end < block.end:
        end = max(text.rfind(" ", found.span.end, end), found.span.end)
    return f"{'… ' * (start > block.start)}{text[start:end]}{' …' * (end < block.end)}"


# --- the index ----------------------------------------------------------------------------


class IndexOfNamesDirective(SphinxDirective):
    """Every entry of the register: name, original, dates, identification, passages."""

    def run(self) -> list[dn.Node]:
        domain = domain_of(self.env)
        if domain.register_file is None:
            message = "the index of names has no register; name its file in apparatus_register in conf.py"
            report([Problem(ProblemKind.BAD_CONFIG, message, Origin(*self.get_source_info()))])
            return []
        self.env.note_dependency(domain.register_file)
        entries = domain.register.alphabetical(settings(self.config).scheme)
        return [dn.definition_list("", *map(self._item, entries), classes=["index-of-names"])]

    def _item(self, named: Named) -> dn.definition_list_item:
        anchor = f"name-{named.key}"
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(anchor, self.env.docname, anchor, named.name)
        body = dn.definition("", *self._identification(named), nodes.name_passages(key=named.key, classes=["name-passages"]))
        term = dn.term("", "", *heading(named), ids=[anchor])
        item = dn.definition_list_item("", term, body, classes=[named.kind])
        for node in item.findall(dn.Element):
            node.source, node.line = (named.origin.file, named.origin.line) if named.origin else (None, None)
        return item

    def _identification(self, named: Named) -> list[dn.Node]:
        cited = f" {{cite:p}}`{','.join(named.sources)}`" if named.sources else ""
        text = f"{named.identification.rstrip('.')}{cited}."
        if not text.strip(" ."):
            return []
        holder = dn.container()
        self.state.nested_parse(StringList([text], source=self.get_source_info()[0]), 0, holder)
        return list(holder.children)


def heading(named: Named) -> list[dn.Node]:
    """The name as the index has it, with its original and dates."""
    made: list[dn.Node] = [dn.inline("", named.name, classes=["preferred-name"])]
    if named.original and named.transliteration:
        original = nodes.cyrillic("", named.original, lang="ru", classes=["language-ru"])
        beside = nodes.transliteration(
            "", f" [{named.transliteration}]", lang="ru-Latn", classes=["language-ru-Latn"]
        )
        made += [dn.Text(" "), original, beside]
    elif named.original:  # its transliteration is set beside it with all others
        made.append(dn.Text(f" {named.original}"))
    if named.dates:
        made.append(dn.Text(f", {named.dates}"))
    return made


# --- writing --------------------------------------------------------------------------------


class MarkNames(SphinxPostTransform):
    """Make the names of a document links, and fill the index.

    After Cyrillic has been marked (200), so that a transliteration, which stands behind a
    whole run of Cyrillic, is never cut into by a name.
    """

    default_priority = 210

    def run(self, **kwargs: Any) -> None:
        domain = domain_of(self.env)
        if domain.edition is None or domain.register_file is None:
            return
        writer = Writer(self.env, domain, domain.edition)
        for block in [node for node in self.document.findall(dn.Element) if "block_key" in node]:
            writer.mark(block)
        for passages in list(self.document.findall(nodes.name_passages)):
            writer.fill(passages)
        if writer.in_print:
            latex.flatten(self.document)


class Writer:
    """Writes the names of one document."""

    def __init__(self, env: BuildEnvironment, domain: ApparatusDomain, edition: Edition) -> None:
        self.env, self.edition, self.builder = env, edition, env._app.builder
        self.in_print = self.builder.format == "latex"
        self.by_block: dict[int, list[Occurrence]] = defaultdict(list)
        self.by_key: dict[str, list[Occurrence]] = defaultdict(list)
        for found in domain.names:
            self.by_block[found.block].append(found)
            self.by_key[found.key].append(found)

    # --- in the text

    def mark(self, block: dn.Element) -> None:
        """Make the names of a block links, across whatever markup it has."""
        docname, i = split_key(block["block_key"])
        index = self.edition.blocks_of[docname][i]
        names = self.by_block.get(index, [])
        if not names:
            return
        start = self.edition.text.starts[index]
        waiting = {found.id for found in names}  # their anchors
        for piece in fold([leaf for leaf in leaves(block) if not _inside(leaf, EDITORS)]):
            within = [
                n for n in names if n.span.start - start < piece.end and piece.start < n.span.end - start
            ]
            if within:
                self._cut(piece, within, start, docname, waiting)
        # Where the words were not found as they were read, the passage itself is the place.
        block["ids"] += sorted(waiting)

    def _cut(
        self, piece: Piece, within: list[Occurrence], start: int, docname: str, waiting: set[str]
    ) -> None:
        made: list[dn.Node] = []
        at, linked = (
            0,
            not _inside(piece.leaf, (dn.reference, addnodes.pending_xref)) and not _in_lemma(piece),
        )
        for found in within:
            begin = max(found.span.start - start - piece.start, 0)
            end = min(found.span.end - start - piece.start, len(piece.text))
            made += [dn.Text(piece.text[at:begin])] if begin > at else []
            made.append(self._name(found, piece.text[begin:end], docname, waiting, linked=linked))
            at = end
        made += [dn.Text(piece.text[at:])] if at < len(piece.text) else []
        put_in_place(piece.leaf, made)

    def _name(
        self, found: Occurrence, words: str, docname: str, waiting: set[str], *, linked: bool
    ) -> nodes.name:
        made = nodes.name("", words, key=found.key)
        if found.id in waiting:
            waiting.discard(found.id)
            made["ids"].append(found.id)
        home = entry_document(self.env, found.key)
        if linked and home is not None and words.strip():
            made["refuri"] = uri(self.builder, docname, home, f"name-{found.key}")
        return made

    # --- in the index

    def fill(self, passages: nodes.name_passages) -> None:
        """List where a name occurs: on the screen every place, in print passages and pages."""
        docname = entry_document(self.env, passages["key"]) or ""
        found = self.by_key.get(passages["key"], [])
        if not found:
            passages.parent.remove(passages)
            return
        if self.in_print:
            links = [
                self._link(docname, occurrence, self._number(occurrence))
                for occurrence in {o.block: o for o in reversed(found)}.values()
            ][::-1]
        else:
            links = [self._link(docname, o, o.id, reftitle=context(self.edition, o)) for o in found]
        for i, made in enumerate(links):
            passages += [dn.Text(", "), made] if i else [made]
        if self.in_print:
            passages += dn.Text("; ")
            passages += nodes.name_pages("", "", occurrences=[o.id for o in found])

    def _number(self, found: Occurrence) -> str:
        return self.edition.text.blocks[found.block].number

    def _link(self, docname: str, found: Occurrence, anchor: str, **attributes: object) -> dn.reference:
        home = self.edition.document_of(found.block)
        return link(self.builder, docname, home, anchor, dn.Text(self._number(found)), **attributes)


def _inside(leaf: dn.Text, kinds: tuple[type[dn.Element], ...]) -> bool:
    node = leaf.parent
    while node is not None and "block_key" not in node:
        if isinstance(node, kinds) or "block-lemma" in node["classes"]:
            return True
        node = node.parent
    return False


def _in_lemma(piece: Piece) -> bool:
    node = piece.leaf.parent
    while node is not None and "block_key" not in node:
        if isinstance(node, nodes.lemma) and "refuri" in node:
            return True
        node = node.parent
    return False


def visit_name(self: HTML5Translator, node: dn.Element) -> None:
    tag, attributes = ("a", {"href": node["refuri"]}) if "refuri" in node else ("span", {})
    self.body.append(self.starttag(node, tag, "", CLASS="name", **attributes))
    self.context.append(f"</{tag}>")


def depart_name(self: HTML5Translator, node: dn.Element) -> None:
    self.body.append(self.context.pop())


def setup(app: Sphinx) -> None:
    app.add_directive("index-of-names", IndexOfNamesDirective)
    app.connect("builder-inited", load_register)
    app.connect("env-updated", find, priority=600)  # the edition has been put together (500)
    app.add_post_transform(MarkNames)
    app.add_node(nodes.name, html=(visit_name, depart_name), latex=latex.NAME)
    app.add_node(nodes.name_pages, latex=latex.PAGES)
