"""What editors say, and the frame of edited text, as TEI: every construct of docutils that a document can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes as dn
from sphinx import addnodes

from apparatus.edition import Edition
from apparatus.sphinxext.tei.addresses import Addresses
from apparatus.sphinxext.tei.blocks import HIGHLIGHTED, marks_in, markup_of
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.constructs import is_declared
from apparatus.sphinxext.tree.keys import BLOCK, block_of
from apparatus.sphinxext.tree.languages import LANGUAGE, language_class
from apparatus.tei import EncodedText, Mixed
from apparatus.tei.elements import Element, element
from apparatus.tei.header import name_id
from apparatus.tei.names import passage_id, pointers

#: What has no words, or says what the file says elsewhere: entries stand with their words, lists of contents are divisions.
LEFT_OUT = (
    *(dn.comment, dn.substitution_definition, dn.system_message, dn.meta, dn.pending, dn.raw),
    *(addnodes.index, addnodes.toctree, addnodes.highlightlang, addnodes.tabular_col_spec),
    *(nodes.foot, nodes.series_block, nodes.transliteration, nodes.name_passages),
)
#: Blocks that hold others, and the element that they are.
HOLDERS: dict[type, tuple[str, dict[str, str]]] = {
    dn.block_quote: ("quote", {}),
    dn.bullet_list: ("list", {"rend": "bulleted"}),
    dn.enumerated_list: ("list", {"rend": "numbered"}),
    dn.list_item: ("item", {}),
    dn.definition: ("item", {}),
    dn.field_body: ("item", {}),
    dn.row: ("row", {}),
    dn.entry: ("cell", {}),
    dn.Admonition: ("note", {"type": "admonition"}),
    dn.topic: ("note", {"type": "topic"}),
    dn.sidebar: ("note", {"type": "sidebar"}),
    dn.figure: ("figure", {}),
}
#: Blocks that hold words.
OF_WORDS: dict[type, tuple[str, dict[str, str]]] = {
    dn.title: ("head", {}),
    dn.line: ("l", {}),
    dn.term: ("label", {}),
    dn.field_name: ("label", {}),
    dn.caption: ("head", {}),
    dn.rubric: ("ab", {"type": "heading"}),
    dn.attribution: ("ab", {"type": "attribution"}),
    dn.literal_block: ("ab", {"type": "code"}),
    dn.doctest_block: ("ab", {"type": "code"}),
    dn.math_block: ("ab", {"type": "formula"}),
    dn.paragraph: ("p", {}),
}
#: Holders without an element of their own.
THROUGH = (
    dn.compound,
    dn.container,
    dn.definition_list_item,
    dn.field,
    dn.tgroup,
    dn.thead,
    dn.tbody,
    dn.legend,
)


class Writer:
    """Writes a document."""

    def __init__(self, docname: str, edition: Edition, encoded: EncodedText, addresses: Addresses) -> None:
        self.docname, self.edition, self.encoded, self.addresses = docname, edition, encoded, addresses
        self.skipped: set[str] = set()  #: constructs for which there is no element

    # --- blocks -----------------------------------------------------------------------

    def blocks(self, children: Sequence[dn.Node]) -> list[Element]:
        """Elements for nodes among blocks; loose words are a paragraph."""
        made: list[Element] = []
        loose: list[dn.Node] = []
        for child in children:
            if isinstance(child, dn.Text | dn.Inline | dn.inline):
                loose.append(child)
                continue
            made += self._paragraph(loose)
            made += self._block(child) if isinstance(child, dn.Element) else []
        return made + self._paragraph(loose)

    def _paragraph(self, loose: list[dn.Node]) -> list[Element]:
        made = element("p")
        self.words(Mixed(made), loose)
        is_any = any(
            (isinstance(node, dn.Text) and node.strip()) or not isinstance(node, dn.Text) for node in loose
        )
        loose.clear()
        return [made] if is_any and (len(made) or made.text) else []

    def _block(self, node: dn.Element) -> list[Element]:
        if isinstance(node, LEFT_OUT):
            return []
        if BLOCK in node and not is_declared(node):
            return [self._passage(node)]
        own = self.addresses.own(self.docname, node)
        if isinstance(node, dn.section):
            return [self._division(node, own)]
        if isinstance(node, dn.line_block):
            return [self._verse(node, own)]
        if isinstance(node, dn.definition_list | dn.field_list | dn.option_list):
            return [self._filled("list", _paired(self.blocks(node.children)), type="gloss", id=own)]
        if isinstance(node, dn.table):
            return [self._filled("table", self.blocks(node.children), id=own)]
        if isinstance(node, dn.image):
            return [self._picture(node, own)]
        if isinstance(node, dn.footnote):
            label, *rest = node.children
            return [self._filled("note", self.blocks(rest), n=label.astext(), place="foot", id=own)]
        if isinstance(node, dn.citation):
            label, *rest = node.children
            return [self._work(rest, own)]
        if isinstance(node, dn.transition):
            return [element("milestone", unit="rule")]
        if isinstance(node, dn.target):
            return [element("anchor", id=own)] if own else []
        for kind, (tag, attributes) in HOLDERS.items():
            if isinstance(node, kind):
                return [self._filled(tag, self.blocks(node.children), id=own, **attributes)]
        for kind, (tag, attributes) in OF_WORDS.items():
            if isinstance(node, kind):
                made = self._begun(tag, node, id=own, **attributes)
                self.words(Mixed(made), node.children)
                return [made]
        if not isinstance(node, THROUGH):
            self.skipped.add(type(node).__name__)
        inner = self.blocks(node.children)
        if own and inner:
            inner[0].attrib.setdefault("{http://www.w3.org/XML/1998/namespace}id", own)
        return inner

    def _begun(self, tag: str, node: dn.Element, **attributes: str | None) -> Element:
        return element(tag, lang=language_class(node) or None, **attributes)

    def _filled(self, tag: str, inside: Iterable[Element], **attributes: str | None) -> Element:
        made = element(tag, **attributes)
        made.extend(inside)
        return made

    def _division(self, node: dn.Element, own: str | None) -> Element:
        made = element("div", id=own)
        inside = self.blocks(node.children)
        heads = [child for child in inside if child.tag.endswith("}head")]
        made.extend([*heads, *(child for child in inside if not child.tag.endswith("}head"))])
        if len(made) == len(heads):  # a heading alone is no division
            made.append(element("p"))
        return made

    def _verse(self, node: dn.Element, own: str | None) -> Element:
        return self._filled("lg", self.blocks(node.children) or [element("l")], id=own)

    def _picture(self, node: dn.Element, own: str | None) -> Element:
        made = element("figure", id=own)
        made.append(element("graphic", url=node.get("uri", "")))
        if alt := node.get("alt"):
            made.append(element("figDesc", alt))
        return made

    def _work(self, children: Sequence[dn.Node], own: str | None) -> Element:
        made = element("bibl", id=own)
        mixed = Mixed(made)
        for i, child in enumerate(children):
            if i:
                mixed.text(" ")
            if isinstance(child, dn.paragraph):
                self.words(mixed, child.children)
            elif isinstance(child, dn.Element):
                with mixed.inside(element("note")):
                    for block in self._block(child):
                        mixed.put(block)
        return made

    # --- passages ---------------------------------------------------------------------

    def _passage(self, node: dn.Element) -> Element:
        index = block_of(self.edition, node[BLOCK])
        block = self.edition.text.blocks[index]
        tag, attributes = next((own for kind, own in OF_WORDS.items() if isinstance(node, kind)), ("p", {}))
        if "subtitle" in node["classes"]:
            tag, attributes = "head", {"type": "sub"}
        language = node.get(LANGUAGE) or None
        attributes = {**attributes, "corresp": self._beside(block.number)}
        made = element(tag, id=passage_id(block.number), n=block.number, lang=language, **attributes)
        points = marks_in(node, self.addresses, self.docname)
        for point in block.points:
            own, beside = passage_id(point.number), self._beside(point.number)
            number = element("milestone", unit="passage", n=point.number, id=own, corresp=beside)
            points.setdefault(point.at, []).append(number)
        for point, anchor in self.edition.text.milestones.get(index, ()):
            other = element("milestone", unit=point.system, n=point.number, id=passage_id(anchor))
            points.setdefault(point.at, []).append(other)
        self.encoded.block(index, made, markup_of(node, block.text, self.addresses, self.docname), points)
        return made

    def _beside(self, number: str) -> str:
        """The passages of the text to which one of a translation answers."""
        if self.docname not in self.edition.translates:
            return ""
        return pointers(*map(passage_id, self.edition.counterparts.get(number, ())))

    # --- words ------------------------------------------------------------------------

    def words(self, mixed: Mixed, children: Sequence[dn.Node]) -> None:
        """Write words with their markup."""
        for child in children:
            if isinstance(child, dn.Text):
                mixed.text(str(child))
            elif isinstance(child, dn.Element) and not isinstance(child, LEFT_OUT):
                self._inline(mixed, child)

    def _inline(self, mixed: Mixed, node: dn.Element) -> None:
        own = self.addresses.own(self.docname, node)
        made = self._marked(node, own)
        if made is None:
            if own:
                mixed.put(element("anchor", id=own))
            self.words(mixed, node.children)
        elif isinstance(node, dn.image):
            mixed.put(made)
        else:
            with mixed.inside(made):
                self.words(mixed, node.children)

    def _marked(self, node: dn.Element, own: str | None) -> Element | None:
        """The element of an inline node; ``None``: its words alone."""
        if isinstance(node, dn.image):
            return self._picture(node, own)
        if isinstance(node, dn.reference):
            target = self.addresses.target(self.docname, node.get("refuri") or f"#{node.get('refid', '')}")
            return element("ref", id=own, target=target)
        if isinstance(node, dn.footnote_reference):
            target = self.addresses.target(self.docname, f"#{node.get('refid', '')}")
            return element("ref", id=own, type="footnote", target=target)
        if isinstance(node, nodes.name):
            return element("rs", id=own, ref=f"#{name_id(node['key'])}")
        if isinstance(node, nodes.cyrillic):
            return element("foreign", id=own, lang=node["lang"])
        if isinstance(node, dn.math):
            return element("formula", id=own, notation="TeX")
        if tag := language_class(node):
            return element("foreign", id=own, lang=tag)
        look = next((look for kind, look in HIGHLIGHTED.items() if isinstance(node, kind)), None)
        return element("hi", id=own, rend=look) if look else None


def _paired(inside: Sequence[Element]) -> Iterator[Element]:
    """Labels and items in turn: what explains nothing, and what nothing explains, stands beside an empty one."""
    before = "item"
    for made in inside:
        tag = made.tag.rpartition("}")[2]
        if tag == before:
            yield element("label" if tag == "item" else "item")
        yield made
        before = tag
    if before == "label":
        yield element("item")
