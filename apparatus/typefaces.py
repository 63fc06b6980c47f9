"""Which face has the letters of a script, and which package of Debian has the face.

The book is set in one face, which has Latin, Greek and Cyrillic; what it lacks comes from others, one
a script. Those that are named here are Noto's, which Debian has in two packages. A script is known by the
words with which Unicode's names of its letters begin (*HEBREW LETTER ALEF*), and named by its code
(ISO 15924: *Hebr*). To add a script is to add a line to :data:`FACES`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

NOTO, CJK = "fonts-noto-core", "fonts-noto-cjk"
#: What Debian's packages have to be fetched for, in megabytes.
SIZES = {NOTO: 12, CJK: 57}


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its file, and the package of Debian that has it."""

    file: str
    debian: str = NOTO


#: The code of a script, the words by which its letters are known, its face.
_ROWS = """\
Latn LATIN NotoSerif
Grek GREEK NotoSerif
Cyrl CYRILLIC NotoSerif
Hebr HEBREW NotoSerifHebrew
Arab ARABIC NotoNaskhArabic
Syrc SYRIAC NotoSansSyriac
Samr SAMARITAN NotoSansSamaritan
Mand MANDAIC NotoSansMandaic
Thaa THAANA NotoSansThaana
Nkoo NKO NotoSansNKo
Armn ARMENIAN NotoSerifArmenian
Geor GEORGIAN NotoSerifGeorgian
Copt COPTIC NotoSansCoptic
Ethi ETHIOPIC NotoSerifEthiopic
Glag GLAGOLITIC NotoSansGlagolitic
Goth GOTHIC NotoSansGothic
Runr RUNIC NotoSansRunic
Ogam OGHAM NotoSansOgham
Ital OLD_ITALIC NotoSansOldItalic
Perm OLD_PERMIC NotoSansOldPermic
Orkh OLD_TURKIC NotoSansOldTurkic
Hung OLD_HUNGARIAN NotoSansOldHungarian
Deva DEVANAGARI NotoSerifDevanagari
Beng BENGALI NotoSerifBengali
Guru GURMUKHI NotoSerifGurmukhi
Gujr GUJARATI NotoSerifGujarati
Orya ORIYA NotoSansOriya
Taml TAMIL NotoSerifTamil
Telu TELUGU NotoSerifTelugu
Knda KANNADA NotoSerifKannada
Mlym MALAYALAM NotoSerifMalayalam
Sinh SINHALA NotoSerifSinhala
Gran GRANTHA NotoSerifGrantha
Shrd SHARADA NotoSansSharada
Sidd SIDDHAM NotoSansSiddham
Brah BRAHMI NotoSansBrahmi
Khar KHAROSHTHI NotoSansKharoshthi
Tibt TIBETAN NotoSerifTibetan
Mong MONGOLIAN NotoSansMongolian
Thai THAI NotoSerifThai
Laoo LAO NotoSerifLao
Khmr KHMER NotoSerifKhmer
Mymr MYANMAR NotoSerifMyanmar
Bali BALINESE NotoSerifBalinese
Java JAVANESE NotoSansJavanese
Cher CHEROKEE NotoSansCherokee
Tfng TIFINAGH NotoSansTifinagh
Phnx PHOENICIAN NotoSansPhoenician
Armi IMPERIAL_ARAMAIC NotoSansImperialAramaic
Palm PALMYRENE NotoSansPalmyrene
Nbat NABATAEAN NotoSansNabataean
Mani MANICHAEAN NotoSansManichaean
Phli INSCRIPTIONAL_PAHLAVI NotoSansInscriptionalPahlavi
Prti INSCRIPTIONAL_PARTHIAN NotoSansInscriptionalParthian
Avst AVESTAN NotoSansAvestan
Sogd SOGDIAN NotoSansSogdian
Sarb OLD_SOUTH_ARABIAN NotoSansOldSouthArabian
Narb OLD_NORTH_ARABIAN NotoSansOldNorthArabian
Xpeo OLD_PERSIAN NotoSansOldPersian
Ugar UGARITIC NotoSansUgaritic
Xsux CUNEIFORM NotoSansCuneiform
Egyp EGYPTIAN_HIEROGLYPH NotoSansEgyptianHieroglyphs
Lina LINEAR_A NotoSansLinearA
Linb LINEAR_B NotoSansLinearB
Cprt CYPRIOT NotoSansCypriot
Cari CARIAN NotoSansCarian
Lyci LYCIAN NotoSansLycian
Lydi LYDIAN NotoSansLydian
"""
#: The same of what is written in China, Japan and Korea, which one file has.
_EAST_ASIAN = {"Hani": "CJK IDEOGRAPHIC KANGXI", "Kana": "HIRAGANA KATAKANA", "Hang": "HANGUL"}

_LINES = [line.split() for line in _ROWS.splitlines()]
#: Script (ISO 15924) → its face.
FACES = {code: Face(f"{stem}-Regular.ttf") for code, _, stem in _LINES} | {
    code: Face("NotoSerifCJK-Regular.ttc", CJK) for code in _EAST_ASIAN
}
#: Words of Unicode's names → script; the longer first, for *OLD PERSIAN* begins as another might.
_BY_WORDS = {words.replace("_", " "): code for code, words, _ in _LINES} | {
    word: code for code, words in _EAST_ASIAN.items() for word in words.split()
}
_WORDS = re.compile(rf"\b({'|'.join(sorted(_BY_WORDS, key=len, reverse=True))})\b")


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """The script of a letter or of a mark for letters, by its code; empty for what belongs to none that has a face."""
    found = _WORDS.search(unicodedata.name(letter, ""))
    return _BY_WORDS[found[1]] if found else ""


def scripts_of(text: str) -> list[str]:
    """The scripts in which a text is written, in the order of their codes."""
    return sorted({script_of(letter) for letter in set(text)} - {""})


def files_of(faces: Iterable[Face]) -> list[str]:
    """The files of faces, each once."""
    return list(dict.fromkeys(face.file for face in faces))
