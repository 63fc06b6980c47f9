"""How the words of a language are divided: where its patterns are kept, and what is not cut off.

The patterns are those of Frank Liang's method, which TeX has. None is kept here: they come from
PyPI's *pyphen* (the dictionaries of LibreOffice) where these divide as well, else from *hyph-utf8*,
the collection of TeX, of which distributions have a package for each group of languages. A language
is added by a line in :data:`RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Lines of a dictionary that are no pattern: its comments and settings.
_NO_PATTERN = re.compile(r"[%#]|[A-Z]{4,}( |$)")
#: What TeX does not need (it divides before it makes ligatures; words end at a hyphen or apostrophe) or cannot do.
_NOT_FOR_TEX = re.compile("['’/\ufb00-\ufb06-]")


@dataclass(frozen=True, slots=True)
class Rules:
    """Where the patterns of a language are kept, and how many letters stay before and after a division."""

    left: int
    right: int
    pyphen: str = ""  #: the name of a dictionary of pyphen
    hyph_utf8: str = ""  #: or that of a set of hyph-utf8
    debian: str = ""  #: Debian's package that has the set

    @property
    def files(self) -> tuple[str, str]:
        """The names of the set's files: patterns, and words that they would divide wrongly."""
        return f"hyph-{self.hyph_utf8}.pat.txt", f"hyph-{self.hyph_utf8}.hyp.txt"


#: Language (BCP 47) → its rules.
RULES = {
    "en-GB": Rules(2, 3, pyphen="en_GB"),
    "de": Rules(2, 2, hyph_utf8="de-1996", debian="texlive-lang-german"),  # pyphen's: Fron-t-end
    "ru": Rules(2, 2, hyph_utf8="ru", debian="texlive-lang-cyrillic"),
}


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a language, with the words that they would divide wrongly, divided."""

    patterns: tuple[str, ...]
    words: tuple[str, ...] = ()


def rules_of(language: str) -> Rules | None:
    """The rules for a language: its own, or those of the language that it is a variety of (*de* for *de-AT*)."""
    known = {tag.lower(): rules for tag, rules in RULES.items()}
    parts = language.lower().split("-")
    varieties = ("-".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((known[tag] for tag in varieties if tag in known), None)


def patterns_by(rules: Rules, find: Callable[[str], Path | None]) -> Patterns | None:
    """What *rules* name; ``None`` if it is not installed. *find* knows where TeX keeps a file."""
    if rules.pyphen:
        return Patterns(_of_dictionary(rules.pyphen))
    patterns, words = (find(name) for name in rules.files)
    return Patterns(_lines(patterns), _lines(words) if words else ()) if patterns else None


def _lines(path: Path) -> tuple[str, ...]:
    lines = (line.partition("%")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


def _of_dictionary(name: str) -> tuple[str, ...]:
    import pyphen  # the set-up reads the table before any package is installed

    data = Path(pyphen.LANGUAGES[name]).read_bytes()
    encoding, _, rest = data.partition(b"\n")
    lines = rest.decode(encoding.strip().decode("ascii")).split("\n")
    return tuple(filter(None, (pattern_of(line) for line in lines)))


def pattern_of(line: str) -> str:
    """The pattern in a line of a dictionary of LibreOffice, as TeX has it; empty if there is none for TeX."""
    line = line.strip()
    return "" if _NO_PATTERN.match(line) or _NOT_FOR_TEX.search(line) else line
