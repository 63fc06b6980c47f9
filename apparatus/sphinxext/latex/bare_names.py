"""What the LaTeX writer puts into TeX as it stands must be names: there, data would run as code.

These are classes, labels of formulas, the places of works, the widths of columns, names of files and the title of
the contents. No words are lost by what is done here.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from docutils import nodes as dn
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.latex import LaTeXTranslator
from sphinxcontrib.bibtex.nodes import raw_latex

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import PostTransform

NAME = re.compile(r"[\w:.-]+")
#: What stands in the name of a file without harm.
FILE = re.compile(r"[\w:. /-]+")
#: What bibtex writes before a citation: the document of the work and its id, as a place in the PDF.
CITATION = re.compile(r"\\hyperlink\{(cite\..*:\w+)\}\{", re.DOTALL)
#: What an author may ask of the columns of a table in print.
COLUMNS = re.compile(r"(?:[|lcrLCRJT\s]|[pmb]\{[\d.]+(?:cm|mm|in|pt|em|ex)\}|\\[XY]\{\d+\}(?:\{\d+\})?)+")

NO_COLUMNS = "'{}' says more than the columns of a table are, and is left out; write letters such as l, c, r, or p{{4cm}}"


class BareNames(SphinxPostTransform):
    """Drop what is no name before anything is made of it, or make a name of it where it is needed."""

    default_priority = PostTransform.BARE_NAMES
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at the classes of every node, and at what some nodes give to TeX besides."""
        for node in list(self.document.findall(dn.Element)):
            if node.get("classes"):
                node["classes"] = [name for name in node["classes"] if NAME.fullmatch(name)]
            if isinstance(node, dn.math_block) and not NAME.fullmatch(str(node.get("label") or "none")):
                node["label"] = None
            if isinstance(node, addnodes.tabular_col_spec) and not COLUMNS.fullmatch(node["spec"]):
                report([no_columns(node)])
                node.parent.remove(node)
            if isinstance(node, raw_latex) and (found := CITATION.fullmatch(node.rawsource)):
                node.rawsource = f"\\hyperlink{{{bare(found[1])}}}{{"


def no_columns(node: addnodes.tabular_col_spec) -> Problem:
    """What is wrong with the widths of columns, and where."""
    file, line = get_source_line(node)
    origin = Origin(file, line or 1) if file else None
    return Problem(ProblemKind.UNTRUSTED, NO_COLUMNS.format(node["spec"][:80]), origin)


def bare(name: str) -> str:
    """*name*, the name of a file or one made of it, with a number for every sign that TeX may take for another thing."""
    return "".join(c if FILE.fullmatch(c) else f"-{ord(c):x}-" for c in name)


def visit_image(self: LaTeXTranslator, node: dn.Element) -> None:
    """A picture, by a name that TeX takes for nothing else; one that is not there is its words."""
    file = self.builder.images.get(node["uri"])
    if file is None and "://" not in node["uri"]:
        self.body.append(self.escape(f"[{node.get('alt') or PurePosixPath(node['uri']).name}]"))
        raise dn.SkipNode
    if file is not None:
        self.builder.images[node["uri"]] = bare(file)
    LaTeXTranslator.visit_image(self, node)


def visit_document(self: LaTeXTranslator, node: dn.Element) -> None:
    """The whole book: the title of its contents is the caption of a list of pages."""
    if caption := node.get("contentsname"):
        self.elements["contentsname"] = self.babel_renewcommand(r"\contentsname", self.escape(caption))
    LaTeXTranslator.visit_document(self, node)
