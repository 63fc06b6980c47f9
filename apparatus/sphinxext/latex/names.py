"""Names in print: a destination, a label for its page, and the index with page numbers."""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.latex import LaTeXTranslator

from apparatus.sphinxext.latex.flat import bibliography_item, bibliography_list
from apparatus.sphinxext.schedule import PostTransform


class IndexOfNames(SphinxPostTransform):
    """Set the index as hanging paragraphs, one to an entry, as a bibliography is."""

    default_priority = PostTransform.INDEX_OF_NAMES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Replace every list that is an index of names."""
        for listed in list(self.document.findall(dn.definition_list)):
            if "index-of-names" not in listed["classes"]:
                continue
            made = bibliography_list()
            made += [_item(each) for each in listed.children if isinstance(each, dn.definition_list_item)]
            listed.replace_self(made)


def _item(entry: dn.definition_list_item) -> bibliography_item:
    term, definition = (part for part in entry.children if isinstance(part, dn.Element))
    made = bibliography_item(target=term["ids"][0], ids=list(term["ids"]))
    made.extend([*term.children, dn.Text(": ")])
    for paragraph in definition.findall(dn.paragraph):
        is_places = "name-passages" in paragraph["classes"]
        made.extend([*([dn.Text(" ")] if is_places else []), *paragraph.children])
    return made


def visit_name(self: LaTeXTranslator, node: dn.Element) -> None:
    """A name: the first part of it is the place, every part a link."""
    occurrence = node["ids"][0] if node["ids"] else ""
    self.body.append(f"\\critname{{{occurrence}}}{{{node['key'] if 'refuri' in node else ''}}}{{")


def visit_pages(self: LaTeXTranslator, node: dn.Element) -> None:
    """The pages of an entry of the index."""
    self.body.append(f"\\critnamepages{{{','.join(node['occurrences'])}}}")
