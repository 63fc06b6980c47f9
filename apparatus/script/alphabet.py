"""One alphabet for two scripts: how bibliography and index sort."""

from __future__ import annotations

import unicodedata

from apparatus.script.tables import DEFAULT
from apparatus.script.transliteration import transliterate

#: Letters that have no decomposition, as a reader of English looks for them.
_SPELT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(words: str, scheme: str = DEFAULT) -> str:
    """*words* for sorting: Latin letters without accents, primes, case or punctuation."""
    plain = unicodedata.normalize("NFKD", transliterate(words, scheme)).casefold().translate(_SPELT)
    kept = (" " if char.isspace() or char == "-" else char for char in plain)
    return " ".join(
        "".join(c for c in kept if c == " " or unicodedata.category(c) in {"Ll", "Lo", "Nd"}).split()
    )
