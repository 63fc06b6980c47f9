"""Cyrillic in a Latin-script edition: transliteration, and where Cyrillic stands in a text.

**Why ISO 9:1995 is the default.** It gives one Latin letter for one Cyrillic letter, whatever
its neighbours, so that a reader can restore the original letter by letter, е ё э, ъ and ь
included, and a program can prove it. The other schemes serve readers who
know a name from a catalogue (ALA-LC), a map (BGN/PCGN) or a grammar (scholarly); they write
one letter with two or three and cannot be turned back without knowing Russian. Two limits:
ʺ and ʹ have no capitals, so the case of Ъ and Ь is that of their neighbours; and a *grave*
stress mark cannot be told from the letters э and і (the usual acute can).

The engine is *iuliia*, through its schemas; the tables are ours (:mod:`apparatus.script.tables`),
because those it carries differ from the published ones.

- :func:`transliterate`, :data:`SCHEMES`, :func:`find_scheme`
- :func:`runs`, :func:`mixed_words`, :func:`has_cyrillic`
- :func:`originals`: the Cyrillic behind the words of a name in Latin letters
- :func:`fold`: for sorting names in two scripts in one alphabet
"""

from apparatus.script.alphabet import fold
from apparatus.script.detect import WORD, has_cyrillic, mixed_words, runs
from apparatus.script.originals import originals
from apparatus.script.tables import DEFAULT, SCHEMES, Scheme, UnknownSchemeError, find_scheme
from apparatus.script.transliteration import transliterate

__all__ = [
    "DEFAULT",
    "SCHEMES",
    "WORD",
    "Scheme",
    "UnknownSchemeError",
    "find_scheme",
    "fold",
    "has_cyrillic",
    "mixed_words",
    "originals",
    "runs",
    "transliterate",
]
