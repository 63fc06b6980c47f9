"""Cyrillic in a Latin-script edition: transliteration, and where Cyrillic stands in a text.

**Why ALA-LC is the default.** Catalogues and English books write Russian names by it: by the full
table (``ala-lc``) in catalogues and bibliographies, without ties, other marks and the signs of ь and ъ
(``ala-lc-plain``) in running text; :func:`plain` makes the second from the first. ISO 9:1995
serves readers who want to restore the original: it gives one Latin letter for one Cyrillic letter,
whatever its neighbours, е ё э, ъ and ь included, and a program can prove it. Two limits:
ʺ and ʹ have no capitals, so the case of Ъ and Ь is that of their neighbours; and a *grave*
stress mark cannot be told from the letters э and і (the usual acute can). The others serve who
knows a name from a map (BGN/PCGN) or a grammar (scholarly).

The engine is *iuliia*, through its schemas; the tables are ours (:mod:`apparatus.script.tables`),
because those it carries differ from the published ones.

- :func:`transliterate`, :data:`SCHEMES`, :func:`find_scheme`, :func:`plain`
- :func:`unknown_letters`: what a scheme has no value for
- :func:`runs`, :func:`mixed_words`, :func:`has_cyrillic`
- :func:`originals`: the Cyrillic behind the words of a name in Latin letters
- :func:`is_given`: whether a run stands in Latin letters beside itself already
- :func:`fold`: for sorting names in two scripts in one alphabet
"""

from apparatus.script.alphabet import fold
from apparatus.script.detect import WORD, has_cyrillic, mixed_words, runs
from apparatus.script.given import is_given
from apparatus.script.originals import originals
from apparatus.script.tables import DEFAULT, SCHEMES, Scheme, UnknownSchemeError, find_scheme, plain
from apparatus.script.transliteration import transliterate, unknown_letters

__all__ = [
    "DEFAULT",
    "SCHEMES",
    "WORD",
    "Scheme",
    "UnknownSchemeError",
    "find_scheme",
    "fold",
    "has_cyrillic",
    "is_given",
    "mixed_words",
    "originals",
    "plain",
    "runs",
    "transliterate",
    "unknown_letters",
]
