"""The patterns by which words are divided, put beside the book for the languages that it has.

A file ``hyph-de.pat.txt`` has a pattern a line, after a line with the numbers of letters that
are not cut off at the two ends of a word. Words that the patterns would divide wrongly stand, divided
rightly, in ``hyph-de.hyp.txt``. So the book
can be typeset wherever its folder is taken, and is the same whatever else is installed there.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes as dn
from docutils.utils import get_source_line
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.hyphenation import Rules, patterns_by, rules_of
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.latex.dates import book_language
from apparatus.sphinxext.latex.languages import RUSSIAN, languages_of
from apparatus.sphinxext.report import inform, report
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tex_files import find_file
from apparatus.sphinxext.tree.languages import LANGUAGE


class Division(SphinxPostTransform):
    """Write the patterns, and report a language whose patterns are not installed."""

    default_priority = PostTransform.DIVISION
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Write the patterns of each language once."""
        folder = Path(self.env._app.outdir)
        main = book_language(self.config)
        every = {main: None, RUSSIAN: None, **languages_of(self.document, main)}
        for language, first in every.items():
            rules = rules_of(language)
            if rules is None and first is not None and LANGUAGE in first:
                inform(_undivided(language, first))
            elif rules and not write_patterns(language, rules, folder) and first is not None:
                report([_missing(language, rules, first)])


def write_patterns(language: str, rules: Rules, folder: Path) -> bool:
    """Put the patterns of a language into the folder, and say whether they are installed."""
    found = patterns_by(rules, find_file)
    if found is None:
        return False
    name = folder / f"hyph-{language}"
    kept = f"% {rules.left} {rules.right}"
    name.with_suffix(".pat.txt").write_text("\n".join([kept, *found.patterns, ""]), encoding="utf-8")
    if found.words:
        name.with_suffix(".hyp.txt").write_text("\n".join([*found.words, ""]), encoding="utf-8")
    return True


def _missing(language: str, rules: Rules, first: dn.Element) -> Problem:
    file, line = get_source_line(first)
    message = (
        f"in print: words in {language!r} are not divided, for {rules.files[0]} is not installed; "
        f"it is in Debian's {rules.debian}, and in TeX Live's collection of the language"
    )
    return Problem(ProblemKind.PRINT, message, Origin(file, line or 1) if file else None)


def _undivided(language: str, first: dn.Element) -> str:
    file, line = get_source_line(first)
    return f"{file}:{line}: in print words in {language!r} are not divided, for no patterns of the language are kept"
