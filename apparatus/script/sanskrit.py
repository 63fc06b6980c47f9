"""Sanskrit in Devanagari, in Latin letters: by ISO 15919 or as scholars write it (IAST).

The two differ in five places: ISO 15919 has *r̥, r̥̄, l̥, l̥̄, ē, ō, ṁ, ḷ* where IAST has *ṛ, ṝ, ḷ, ḹ, e, o, ṃ, ḻ*. Accents of the Veda and
letters with a dot below, which Sanskrit has not, have no value here.
"""

from __future__ import annotations

import re
import unicodedata

ISO_SOURCE = "ISO 15919:2001, the part for Devanagari, as far as Sanskrit has its letters"
IAST_SOURCE = "the International Alphabet of Sanskrit Transliteration (Geneva, 1894)"

_CONSONANTS = dict(
    zip(
        [
            "क",
            "ख",
            "ग",
            "घ",
            "ङ",
            "च",
            "छ",
            "ज",
            "झ",
            "ञ",
            "ट",
            "ठ",
            "ड",
            "ढ",
            "ण",
            "त",
            "थ",
            "द",
            "ध",
            "न",
            "प",
            "फ",
            "ब",
            "भ",
            "म",
            "य",
            "र",
            "ल",
            "व",
            "श",
            "ष",
            "स",
            "ह",
            "ळ",
        ],
        [
            "k",
            "kh",
            "g",
            "gh",
            "ṅ",
            "c",
            "ch",
            "j",
            "jh",
            "ñ",
            "ṭ",
            "ṭh",
            "ḍ",
            "ḍh",
            "ṇ",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "v",
            "ś",
            "ṣ",
            "s",
            "h",
            "ḷ",
        ],
        strict=True,
    )
)
_VOWELS = dict(
    zip(
        ["अ", "आ", "इ", "ई", "उ", "ऊ", "ऋ", "ॠ", "ऌ", "ॡ", "ए", "ऐ", "ओ", "औ"],
        ["a", "ā", "i", "ī", "u", "ū", "r̥", "r̥̄", "l̥", "l̥̄", "ē", "ai", "ō", "au"],
        strict=True,
    )
)
#: The same vowels behind a consonant, but *a*, which is not written.
_VOWEL_SIGNS = dict(zip("ािीुूृॄॢॣेैोौ", list(_VOWELS.values())[1:], strict=True))
_OTHERS = {"ं": "ṁ", "ः": "ḥ", "ँ": "m̐", "ऽ": "’", "ॐ": "ōṁ"} | {chr(0x966 + n): str(n) for n in range(10)}
_VIRAMA, _NUKTA = "\u094d", "\u093c"
_IAST = {"r̥̄": "ṝ", "r̥": "ṛ", "l̥̄": "ḹ", "l̥": "ḷ", "ē": "e", "ō": "o", "ṁ": "ṃ", "ḷ": "ḻ"}

_SYLLABLE = re.compile(f"([{''.join(_CONSONANTS)}])(?!{_NUKTA})([{''.join(_VOWEL_SIGNS)}{_VIRAMA}]?)")
_ALONE = str.maketrans(_VOWELS | _OTHERS)
_IN_IAST = re.compile("|".join(unicodedata.normalize("NFC", value) for value in _IAST))
_AS_IAST = {unicodedata.normalize("NFC", iso): iast for iso, iast in _IAST.items()}
_DEVANAGARI = re.compile("[\u0900-\u0963\u0966-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff]")


def write_iso(text: str) -> str:
    """*text* with its Devanagari in the letters of ISO 15919; its strokes (।) stay."""
    bound = _SYLLABLE.sub(_syllable, unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", bound.translate(_ALONE))


def write_iast(text: str) -> str:
    """*text* with its Devanagari in the letters of IAST."""
    return _IN_IAST.sub(lambda found: _AS_IAST[found[0]], write_iso(text))


def lacks(text: str) -> str:
    """Devanagari letters of *text* that have no value, each once, in order."""
    return "".join(dict.fromkeys(_DEVANAGARI.findall(write_iso(text))))


def _syllable(found: re.Match[str]) -> str:
    consonant, sign = found.groups()
    return _CONSONANTS[consonant] + ("" if sign == _VIRAMA else _VOWEL_SIGNS.get(sign, "a"))
