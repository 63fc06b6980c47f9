"""Which languages beside Russian are written in Latin letters, and by which published tables.

Only what letters alone tell is written: a Hebrew, Syriac or Arabic word without its vowels has no transliteration that a
program could make, and neither has modern Greek here, whose letters are those of the ancient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from apparatus.language import is_of
from apparatus.script import greek, sanskrit, slavonic
from apparatus.script.tables import plain


@dataclass(frozen=True, slots=True, eq=False)
class Romanisation:
    """One way to write one language; the fields are those of a :class:`~apparatus.script.tables.Scheme`."""

    language: str
    name: str
    tag: str
    source: str
    write: Callable[[str], str]  #: a text → the same with the words of the language in Latin letters
    lacks: Callable[[str], str]  #: a text → what of it has no value and stays


_ALL = (
    Romanisation(
        "cu", "ala-lc", slavonic.SCHEME.tag, slavonic.SCHEME.source, slavonic.write_slavonic, slavonic.lacks
    ),
    Romanisation(
        "cu",
        "ala-lc-plain",
        slavonic.SCHEME.tag,
        f"{slavonic.SCHEME.source}. Without ties, diacritics and the signs of ь and ъ",
        partial(slavonic.write_slavonic, shape=plain),
        slavonic.lacks,
    ),
    Romanisation("grc", "ala-lc", greek.TAG, greek.SOURCE, greek.write_greek, greek.lacks),
    Romanisation(
        "grc",
        "ala-lc-plain",
        greek.TAG,
        f"{greek.SOURCE}, without the strokes of ē and ō",
        partial(greek.write_greek, shape=plain),
        greek.lacks,
    ),
    Romanisation(
        "sa", "iso15919", "sa-Latn-t-sa-m0-iso-2001", sanskrit.ISO_SOURCE, sanskrit.write_iso, sanskrit.lacks
    ),
    Romanisation(
        "sa", "iast", "sa-Latn-t-sa-x-iast", sanskrit.IAST_SOURCE, sanskrit.write_iast, sanskrit.lacks
    ),
)
#: By language, then by name.
ROMANISATIONS = {
    language: {each.name: each for each in _ALL if each.language == language}
    for language in dict.fromkeys(each.language for each in _ALL)
}


def romanisation_for(tag: str, chosen: dict[str, str]) -> Romanisation | None:
    """That which an edition has *chosen* for a language, or for what it is a variety of; ``None`` if for none.

    A language whose tag says that it is in Latin letters already has none.
    """
    if "-latn" in tag.lower():
        return None
    return next((ROMANISATIONS[each][name] for each, name in chosen.items() if is_of(tag, each)), None)
