"""The published tables of transliteration for Russian, one scheme each.

Tables give lower-case letters only; capitals are the business of
:mod:`apparatus.script.transliteration`. What a table does not contain is said at its scheme.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from apparatus.problems import Problem, ProblemKind, nearest

DEFAULT = "ala-lc-plain"

#: The signs of ь and ъ, which are letters to Unicode and no marks.
_PRIMES = "ʹʺ"

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
#: Letters that the reform of 1918 abolished, with what it put in their place.
_ABOLISHED = {"і": "и", "ѣ": "е", "ѳ": "ф", "ѵ": "и"}
_VOWELS = "аеёиоуыэюяіѣѵ"
_CONSONANTS = "бвгджзклмнпрстфхцчшщѳ"  # all but й


def plain(latin: str) -> str:
    """A transliteration by the full table of ALA-LC as English footnotes have it.

    Without ties, breves and all other marks, and without the signs of ь and ъ: *Drobi͡azko* is
    *Drobiazko*, *Artemʹev* is *Artemev*, *Khrushchëv* is *Khrushchev*.
    """
    bare = (
        c for c in unicodedata.normalize("NFD", latin) if not unicodedata.combining(c) and c not in _PRIMES
    )
    return "".join(bare)


class UnknownSchemeError(KeyError):
    """A scheme that :data:`SCHEMES` does not name; carries the :class:`Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """A system of transliteration as its table was published.

    ``tag`` is the language tag of the result (BCP 47): Russian in Latin script, *transformed*
    from Russian (extension T, RFC 6497), with the mechanism (``m0``) that CLDR registers in
    ``common/bcp47/transform.xml``: ``iso``, ``alaloc``, ``bgn``, and a date where the table has
    one. The scholarly system has no registered name; a private-use subtag says what it is.
    """

    name: str
    label: str
    tag: str
    source: str  #: the published table
    letters: Mapping[str, str] = field(repr=False)
    #: in the form of iuliia's schemas: previous letter + letter; a lone letter begins a word
    after: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: letter + next letter; a lone letter ends a word
    before: Mapping[str, str] = field(default_factory=dict, repr=False)
    full: str = ""  #: the scheme that this one is the plain form of

    @property
    def in_catalogues(self) -> str:
        """The scheme that names and titles in a bibliography take where running text takes this one."""
        return self.full or self.name


def _table(romanised: str, abolished: str) -> dict[str, str]:
    """The alphabet against the romanisations, both in order; then і ѣ ѳ ѵ."""
    keys = [*_RUSSIAN, *_ABOLISHED]
    return dict(zip(keys, [*romanised.split(), *abolished.split()], strict=True))


_ISO9 = _table(
    "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â",
    "ì ě f̀ ỳ",
) | {
    # the other Slavic alphabets, which a Russian text may quote
    **{"ґ": "g̀", "є": "ê", "ї": "ï", "ў": "ŭ", "ѫ": "ǎ", "ђ": "đ", "ѓ": "ǵ", "ѕ": "ẑ"},
    **{"ј": "ǰ", "љ": "l̂", "њ": "n̂", "ћ": "ć", "ќ": "ḱ", "џ": "d̂"},
}

_ALA_LC = _table(
    "a b v g d e ë zh z i ĭ k l m n o p r s t u f kh t͡s ch sh shch ʺ y ʹ ė i͡u i͡a",
    "ī i͡e ḟ ẏ",
)

_ALA_LC_PLAIN = {letter: plain(value) for letter, value in _ALA_LC.items()}

_SCHOLARLY = _table(
    "a b v g d e ë ž z i j k l m n o p r s t u f x c č š šč ʺ y ʹ è ju ja",
    "i ě f i",
)

_BGN = _table(
    "a b v g d e ë zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya",
    "i e f i",
)
#: Notes 1 and 2: *ye*, *yë* at the beginning of a word and after vowels, й, ъ and ь.
_BGN_AFTER = {
    before + letter: "y" + _BGN[letter] for letter in "еёѣ" for before in ("", *_VOWELS, "й", "ъ", "ь")
}
#: Note 3: dots that keep unusual sequences apart from the digraphs they would look like.
_BGN_DOTS_AFTER = {vowel + "ы": "·y" for vowel in _VOWELS} | {
    consonant + "э": "·e" for consonant in _CONSONANTS
}
_BGN_DOTS_BEFORE = {first + vowel: "y·" for first in "йы" for vowel in "ауыэ"} | {"тс": "t·", "шч": "sh·"}

_ALA_LC_SOURCE = "ALA-LC Romanization Tables: Russian (2012)"
_BGN_SOURCE = "BGN/PCGN 1947 System for Russian, U.S. Board on Geographic Names and Permanent Committee on Geographical Names"

SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme(
            "ala-lc-plain",
            "ALA-LC without marks",
            "ru-Latn-t-ru-m0-alaloc",
            f"{_ALA_LC_SOURCE}, without ties, diacritics and the signs of ь and ъ, as English footnotes mostly have it",
            _ALA_LC_PLAIN,
            full="ala-lc",
        ),
        Scheme(
            "ala-lc",
            "ALA-LC",
            "ru-Latn-t-ru-m0-alaloc",
            f"{_ALA_LC_SOURCE}. ъ is disregarded at the end of a word",
            _ALA_LC,
            before={"ъ": ""},
        ),
        Scheme(
            "iso9",
            "ISO 9:1995",
            "ru-Latn-t-ru-m0-iso-1995",
            "ISO 9:1995, tables 1 and 2 (= GOST 7.79-2000, system A)",
            _ISO9,
        ),
        Scheme(
            "bgn-pcgn",
            "BGN/PCGN",
            "ru-Latn-t-ru-m0-bgn-1947",
            f"{_BGN_SOURCE}, with all its notes, the optional dots of note 3 included (Sovet·skiy). "
            "It lacks the abolished letters; they are given as the letters that replaced them",
            _BGN,
            after=_BGN_AFTER | _BGN_DOTS_AFTER,
            before=_BGN_DOTS_BEFORE,
        ),
        Scheme(
            "bgn-pcgn-plain",
            "BGN/PCGN without dots",
            "ru-Latn-t-ru-m0-bgn-1947",
            f"{_BGN_SOURCE}, with notes 1 and 2 only, as on most maps (Sovetskiy)",
            _BGN,
            after=_BGN_AFTER,
        ),
        Scheme(
            "scientific",
            "scholarly (international)",
            "ru-Latn-t-ru-x-scholar",
            "the international scholarly system, as system III of J. Thomas Shaw, The Transliteration of "
            "Modern Russian for English-Language Publications (Madison, 1967). It lacks the abolished "
            "letters: ѣ is given as ě, as in the grammars, the others as the letters that replaced them",
            _SCHOLARLY,
        ),
    )
}


def find_scheme(name: str) -> Scheme | Problem:
    """The scheme of that name, or the problem that there is none, with the nearest name."""
    if name in SCHEMES:
        return SCHEMES[name]
    like = nearest(name.lower(), SCHEMES)
    hint = f"did you mean '{like}'?" if like else f"known are {', '.join(SCHEMES)}"
    return Problem(ProblemKind.UNKNOWN_SCHEME, f"no transliteration scheme '{name}'; {hint}")
