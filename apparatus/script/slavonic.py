"""Church Slavonic in Latin letters, by the table of the Library of Congress.

The table is *Church Slavic* of the ALA-LC Romanization Tables (version of August 2022). It ignores accents and breathings
(its note 1), and asks that abbreviated words be written out (note 2) and numbers be given as figures (note 3). What a word
with a titlo, a letter above the line or a payerok is in full, its letters do not tell: such a word stays as it is written.
So do letters of the manuscripts that the table does not name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from apparatus.script.detect import MARK, WORD
from apparatus.script.tables import Scheme
from apparatus.script.transliteration import by_table, lacking

_LETTERS = (
    "а б в г д е є ж ѕ з и й і к л м н о п р с т у ѹ ꙋ ф х ѡ ѿ ц ч ш щ ъ ы ꙑ ь ѣ ю ꙗ я ѥ ѧ ѩ ѫ ѭ ѯ ѱ ѳ ѵ ѷ ћ"
)
_VALUES = (
    "a b v g d e ē zh ż z i ĭ ī k l m n o p r s t u u ū f kh ō ō͡t t͡s ch sh sht ʺ ȳ y ʹ ě i͡u i͡a i͡a i͡e ę i͡ę ǫ i͡ǫ "
    "k͡s p͡s ḟ v̇ ẏ ǵ"
)
SCHEME = Scheme(
    "ala-lc",
    "ALA-LC",
    "cu-Latn-t-cu-m0-alaloc",
    "ALA-LC Romanization Tables: Church Slavic (2022). Its letters in Unicode are those of ScriptShifter, the programme of the "
    "Library of Congress (є is ē beside е), where that has them; я is written as ꙗ",
    dict(zip(_LETTERS.split(), _VALUES.split(), strict=True)),
)

#: Titlo, pokrytie, signs of numbers, letters above the line, vzmet and payerok.
_ABBREVIATING = "\u033e\u0483\u0487-\u0489\u2de0-\u2dff\ua66f-\ua672\ua674-\ua67f\ua69e\ua69f"
_ABBREVIATED = re.compile(f"[{_ABBREVIATING}]")
#: Izhitsa with any mark is a vowel (note 1).
_VOWEL = re.compile(f"([Ѵѵ]){MARK}+")
#: All marks but the breve of й.
_IGNORED = re.compile(f"(?<=[Ии])\u0306|({MARK})")
#: о and у, one letter in two shapes.
_UK = re.compile("([Ооᲂ])[Уу]")


def write_slavonic(text: str, shape: Callable[[str], str] = str) -> str:
    """*text* with its words in Latin letters, each in a *shape*."""
    return WORD.sub(lambda word: word[0] if _ABBREVIATED.search(word[0]) else shape(_whole(word[0])), text)


def lacks(text: str) -> str:
    """Letters and signs of *text* that have no value, each once, in order."""
    signs = dict.fromkeys(_ABBREVIATED.findall(text))
    whole = " ".join(word for word in WORD.findall(text) if not _ABBREVIATED.search(word))
    return "".join([*lacking(_bare(whole), SCHEME), *signs])


def _whole(word: str) -> str:
    return by_table(_bare(word), SCHEME)


def _bare(word: str) -> str:
    """The word without its accents and breathings, in the letters that the table names."""
    parts = _VOWEL.sub(lambda found: "Ѷ" if found[1] == "Ѵ" else "ѷ", unicodedata.normalize("NFD", word))
    kept = _IGNORED.sub(lambda found: "" if found[1] else found[0], parts)
    return _UK.sub(lambda found: "Ѹ" if found[1] == "О" else "ѹ", unicodedata.normalize("NFC", kept))
