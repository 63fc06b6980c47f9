"""What LaTeX must know of the words of a book before it begins: faces beside the book's own, and directions.

Without words from right to left no algorithm for two directions is loaded, and a book whose letters its own
face has loads no other.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes as dn
from sphinx.builders.latex import LaTeXBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.characters import turns_round
from apparatus.language import direction
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.entries.faces import shown
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.latex.faces import OTHER, USUAL, Faces, faces_of_book
from apparatus.sphinxext.latex.languages import languages_of
from apparatus.sphinxext.outputs import titles
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes


class Scripts(SphinxPostTransform):
    """Tell the preamble which faces the book needs, and which of its languages run from right to left."""

    default_priority = PostTransform.SCRIPTS
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at every word once."""
        builder = self.env._app.builder
        assert isinstance(builder, LaTeXBuilder)
        words = "".join(self._words())
        main = book_language(self.config)
        found = [tag for tag in (main, *languages_of(self.document, main)) if direction(tag) == "rtl"]
        said = self.config.latex_elements
        commands = faces_for(faces_of_book(self.config), set(words))
        if found or turns_round(words):
            commands += directions_for(found, direction(main) == "rtl")
            loaded = "\\PassOptionsToPackage{bidi=basic}{babel}"
            builder.context["passoptionstopackages"] = f"{said.get('passoptionstopackages', '')}{loaded}"
        builder.context["fontpkg"] = "\n".join([said.get("fontpkg", ""), *commands]).strip()

    def _words(self) -> Iterator[str]:
        yield from self.document.findall(dn.Text)
        for node in self.document.findall(nodes.formal_entry):
            yield shown(self.env._app.builder, node)[1].plain
        yield from (*titles(self.config), self.config.author, *settings(self.config).imprint)


def faces_for(faces: Faces, letters: set[str]) -> list[str]:
    """The commands that name the faces of a book, as far as they are not the usual."""
    files = [
        f"{file}:{'' if script == OTHER else script.lower()}"
        for file, script in faces.needed(letters).items()
    ]
    commands = [f"\\newcommand\\critfaces{{{','.join(files)}}}"] if files else []
    stem, ending = faces.own_name
    if stem != USUAL:
        commands += [f"\\newcommand\\critmainface{{{stem}}}", f"\\newcommand\\critmainending{{{ending}}}"]
    return commands


def directions_for(languages: list[str], whole: bool) -> list[str]:
    """The commands that name the languages that run from right to left, and say whether the *whole* book does."""
    return [
        f"\\newcommand\\critbookdirection{{{int(whole)}}}",
        f"\\newcommand\\critrightleft{{{','.join(languages)}}}",
    ]
