"""Mark every run of Cyrillic as Russian and set its transliteration beside it.

A post-transform, after references and citations have been resolved, so that bibliography,
notes and text are all reached. Entries of a formal apparatus quote letters, so there the
run is marked but not transliterated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.script import mixed_words, runs, transliterate
from apparatus.sphinxext import nodes
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.report import report

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Whose words are no prose.
SKIPPED = (dn.literal, dn.literal_block, dn.raw, dn.comment, nodes.cyrillic, nodes.transliteration)


class MarkCyrillic(SphinxPostTransform):
    """Wrap runs of Cyrillic; add their transliteration."""

    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        config = settings(self.config)
        for leaf in list(self.document.findall(dn.Text)):
            text = leaf.astext()
            if text.isascii() or _inside(leaf, SKIPPED):
                continue
            pieces = list(runs(text))
            if not any(is_cyrillic for is_cyrillic, _ in pieces):
                continue
            self._report_mixed(leaf, text)
            beside = (
                config.transliterate
                and not _inside(leaf, (nodes.entry_lemma, nodes.reading))
                and not _has_its_own(leaf)
            )
            made: list[dn.Node] = []
            for is_cyrillic, run in pieces:
                if not is_cyrillic:
                    made.append(dn.Text(run))
                    continue
                made.append(nodes.cyrillic("", run, lang="ru", classes=["language-ru"]))
                if beside:
                    made += [dn.Text(" "), _transliteration(run, config.scheme)]
            leaf.parent.replace(leaf, made)

    def _report_mixed(self, leaf: dn.Text, text: str) -> None:
        for word in mixed_words(text):
            message = f"{word!r} mixes Latin and Cyrillic letters; retype it in one script"
            block = leaf.parent
            while block is not None and block.line is None and block.parent is not None:
                block = block.parent
            origin = (
                Origin(block.source or self.document["source"], block.line or 1)
                if block is not None
                else None
            )
            report([Problem(ProblemKind.MIXED_SCRIPT, message, origin)])


def _transliteration(run: str, scheme: str) -> nodes.transliteration:
    return nodes.transliteration(
        "", f"[{transliterate(run, scheme)}]", lang="ru-Latn", classes=["language-ru-Latn"]
    )


def _inside(leaf: dn.Text, kinds: tuple[type[dn.Element], ...]) -> bool:
    node = leaf.parent
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


def _has_its_own(leaf: dn.Text) -> bool:
    """Whether the transliteration is written beside the run already, as in a bibliography."""
    node = leaf.parent
    while node is not None:
        if "transliterated" in node.get("classes", ()):
            return True
        node = node.parent
    return False


def setup(app: Sphinx) -> None:
    app.add_post_transform(MarkCyrillic)
