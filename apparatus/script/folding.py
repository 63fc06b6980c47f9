"""One key for a name however it is spelt: in Cyrillic, in any scheme, with or without its marks.

A reader types «Vlasov», «Власов», «Artemev» or «Artemʹev». The key of a word keeps what all
published tables agree on and drops the rest: letters with diacritics are their plain letters,
primes and apostrophes go, *sh* and *š*, *kh* and *x*, *ya*, *i͡a* and *â* are each one thing. It is
a key and no transliteration: several words may share one.

The search page needs the same keys in the browser. Therefore the folding is a :class:`Table`
of plain data, made here and nowhere else, which :func:`fold` follows and the browser's script
follows too: map letters, then replace patterns one after another. The patterns are in the part
of the syntax of regular expressions that Python and JavaScript share.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache

from apparatus.script.detect import MARK
from apparatus.script.tables import SCHEMES

#: What may stand inside a word: apostrophes, primes (ь and ъ), the dot of BGN/PCGN (Sovet·skiy).
SIGNS = "'’ʼʹʺ”·"

#: Latin letters that do not decompose into a letter and its marks.
_UNDECOMPOSED = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}

#: Where the tables part, and what is left where they meet. The order matters: a digraph is
#: undone before the letters that it leaves can meet their neighbours.
_RULES = (
    ("x", "h"),  # х: scholarly x, ISO h
    ("k+h", "h"),  # х: ALA-LC and BGN kh
    ("([scz])h+", "$1"),  # ш ж ч: sh zh ch, without diacritics s z c
    ("ts", "c"),  # ц: ts, c
    ("c+", "c"),
    ("sc", "s"),  # щ: shch, šč, ISO ŝ
    ("[ijy]+", "i"),  # и й ы, and the first letter of ya, ju, i͡e
    ("i([aeou])", "$1"),
)

#: The endings of a Russian noun or adjective, so that «Власова» is found by «Власов». Not -ов, -ев:
#: they end more surnames than genitives.
_ENDINGS = (
    "ами|ями|ого|его|ому|ему|ыми|ими|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им|ом|ем|ам|ям|ах|ях|"
    "а|я|о|е|у|ю|ы|и|ь|й"
)
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Table:
    """All that folding goes by, as plain data."""

    letters: dict[str, str]  #: a letter without marks → plain Latin letters
    rules: tuple[tuple[str, str], ...]  #: pattern, replacement (``$1``: its first group)
    signs: str
    mark: str  #: the class of characters, in a pattern, that stand on letters
    ending: str  #: the end of a Cyrillic word that its stem lacks


@cache
def table() -> Table:
    """The table for the letters of all alphabets that ISO 9 has a value for."""
    # A letter that decomposes (й) is folded as the letter without its mark.
    letters = {
        letter: _plain(value)
        for letter, value in SCHEMES["iso9"].letters.items()
        if unicodedata.is_normalized("NFKD", letter)
    }
    # Where ISO 9 has only a diacritic, the key is that of the digraphs.
    letters |= {letter: _plain(SCHEMES["ala-lc"].letters[letter]) for letter in "хцчшщжюя"}
    return Table(letters | _UNDECOMPOSED, _RULES, SIGNS, MARK, f"(?:{_ENDINGS})$")


def as_data() -> dict[str, object]:
    """The table for a script in another language."""
    return asdict(table())


def words(text: str) -> list[str]:
    """The words of a text; apostrophes and primes inside them belong to them, the ending of a possessive does not."""
    found: list[str] = _WORD.findall(text.replace("’", "'"))
    return [word[:-2] if word.endswith(("'s", "'S")) else word for word in found]


def fold(word: str) -> str:
    """The key of one word."""
    made = unicodedata.normalize("NFKD", word).lower()
    letters = table().letters
    # Primes are letters to Unicode; here they are signs.
    made = "".join(letters.get(c, c) for c in made if c.isalnum() and c not in SIGNS)
    for pattern, replacement in _COMPILED:
        made = pattern.sub(replacement, made)
    return made


def keys(word: str) -> list[str]:
    """The key of a word; of a Cyrillic one also that of its stem."""
    found = [fold(word)]
    plain = word.lower()
    stem = _ENDING.sub("", plain)
    if stem != plain and len(stem) >= _SHORTEST_STEM and (key := fold(stem)) != found[0]:
        found.append(key)
    return [key for key in found if key]


def is_foldable(word: str) -> bool:
    """Whether a word of a text may be a name or foreign: that is, has a capital or a letter beyond ASCII.

    Ordinary English words are left to the stemmer.
    """
    return word != word.lower() or not word.isascii()


def _plain(value: str) -> str:
    bare = "".join(_UNDECOMPOSED.get(c, c) for c in unicodedata.normalize("NFKD", value))
    return "".join(c for c in bare if "a" <= c <= "z")


_WORD = re.compile(rf"\w[\w{MARK[1:-1]}]*(?:[{SIGNS}]\w[\w{MARK[1:-1]}]*)*")
_ENDING = re.compile(table().ending)
_COMPILED = [(re.compile(pattern), replacement.replace("$1", r"\1")) for pattern, replacement in _RULES]
