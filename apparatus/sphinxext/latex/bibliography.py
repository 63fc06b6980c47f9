"""Bibliographies stay where they were asked for.

Sphinx's LaTeX builder collects every citation of the document into one list at its end
(``BibliographyTransform``), which leaves the headings of several bibliographies
empty. So citations become nodes of ours before that.
"""

from __future__ import annotations

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.latex.bare_names import bare
from apparatus.sphinxext.latex.flat import bibliography_item, bibliography_list
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree.keys import ancestors


class Bibliographies(SphinxPostTransform):
    """Turn runs of citations into lists."""

    default_priority = PostTransform.BIBLIOGRAPHIES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Replace every citation; neighbours share a list."""
        for citation in list(self.document.findall(dn.citation)):
            parent = citation.parent
            at = parent.children.index(citation)
            before = parent.children[at - 1] if at else None
            made = item(citation, docname_of(parent))
            if isinstance(before, bibliography_list):
                before += made
                parent.remove(citation)
            else:
                citation.replace_self(bibliography_list("", made))


def docname_of(node: dn.Element) -> str:
    """The document from which *node* was assembled.

    Sphinx marks the sections that it takes over with it; their parent is still the old document.
    """
    marked = (above for above in (node, *ancestors(node)) if "docname" in above)
    return str(next((above["docname"] for above in marked), ""))


def item(citation: dn.citation, docname: str) -> bibliography_item:
    """One entry, known by the name that sphinxcontrib-bibtex gives to links to it."""
    made = bibliography_item(target=bare(f"cite.{docname}:{citation['ids'][0]}"))
    made["ids"] = list(citation["ids"])
    label, *rest = citation.children
    made += dn.Text(f"[{label.astext()}]")  # by which notes and introduction cite the work
    for child in rest:
        made += dn.Text(" ")
        if (
            isinstance(child, dn.paragraph) and "cited-at" in child["classes"]
        ):  # an offprint keeps of these what it prints
            made += dn.inline("", "", *child.children, classes=["cited-at"])
        else:
            made.extend(list(child.children) if isinstance(child, dn.paragraph) else [child])
    return made
