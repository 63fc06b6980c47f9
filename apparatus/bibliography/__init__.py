"""The bibliography of an edition: full entries, short author–year references, two scripts.

A style for pybtex, used through sphinxcontrib-bibtex (``bibtex_default_style = "apparatus"``).
It follows the short-title habit of the humanities: author, title, imprint; and what libraries
do with works in Cyrillic: each element in the original, its transliteration in brackets, the
title in English in parentheses::

    Артемьев, В. П. [Artemʹev, V. P.]. *Первая дивизия РОА* [*Pervaâ diviziâ ROA*]
    (The First Division of the ROA). London: СБОНР [SBONR], 1974.

What an entry does not have is not printed. A type or a field that looks misspelt, and an entry
without a title, are reported (``records``). Fields beyond BibTeX's
own: ``langid``, ``englishtitle`` (also ``englishbooktitle``, ``englishjournal``),
``shorttitle``, ``translator``, ``volumes``, ``pagetotal``, ``location`` (= ``address``) and,
where a transliteration is to differ from that of the scheme, ``translit`` before the name of
the field: ``translittitle``, ``translitauthor``, ``translitpublisher`` …
"""

from apparatus.bibliography.names import LANGUAGE, label, sort_key
from apparatus.bibliography.records import doubts, lines_of_works
from apparatus.bibliography.style import TRANSLITERATION, ShortTitleStyle, style_for
from apparatus.script import fold

__all__ = [
    "LANGUAGE",
    "TRANSLITERATION",
    "ShortTitleStyle",
    "doubts",
    "fold",
    "label",
    "lines_of_works",
    "sort_key",
    "style_for",
]
