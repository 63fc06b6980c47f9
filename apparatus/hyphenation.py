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


#: The dictionaries of pyphen that are used, each of a language and country, with what is not cut off.
_PYPHEN = {
    (
        2,
        2,
    ): "be_BY bg_BG ca da_DK eo es eu fr gl hr_HR hu_HU is it_IT lt lv_LV nb_NO nl_NL nn_NO pl_PL ro_RO sl_SI "
    "sq_AL sr sv uk_UA",
    (2, 3): "cs_CZ en_GB en_US et_EE pt_PT sk_SK",
}
#: The sets of hyph-utf8, by the package of Debian that has them.
_HYPH_UTF8 = {
    "texlive-lang-cyrillic": "cu ru",
    "texlive-lang-european": "la la-x-classic la-x-liturgic",
    "texlive-lang-german": "de-1901 de-1996",  # pyphen's: Fron-t-end
    "texlive-lang-greek": "el-monoton el-polyton grc",  # pyphen's: λόγος
    "texlive-lang-other": "cop hy ka sa",
}
#: How many letters a set wants after a division, where these are more than two.
_RIGHT = {"sa": 3}


def _of_pyphen() -> dict[str, Rules]:
    """The rules by the tags of their languages: the country is left out where there is one alone."""
    every = {name: ends for ends, names in _PYPHEN.items() for name in names.split()}
    kept = {
        name.replace("_", "-") if name.startswith("en") else name.partition("_")[0]: name for name in every
    }
    return {tag: Rules(*every[name], pyphen=name) for tag, name in kept.items()}


def _of_hyph_utf8() -> dict[str, Rules]:
    """The rules by the tags of their sets; German and Greek are those of today where nothing else is said."""
    every = {name: package for package, names in _HYPH_UTF8.items() for name in names.split()}
    rules = {
        name: Rules(2, _RIGHT.get(name, 2), hyph_utf8=name, debian=package) for name, package in every.items()
    }
    usual = {"de": "de-1996", "el": "el-monoton", "sa-Latn": "sa"}
    return rules | {tag: rules[name] for tag, name in usual.items()}


#: Language (BCP 47) → its rules.
RULES = {**_of_pyphen(), **_of_hyph_utf8()}


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
