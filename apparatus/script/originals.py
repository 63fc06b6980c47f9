"""Which Cyrillic word stands behind a word of a name in Latin letters."""

from __future__ import annotations

import re

from apparatus.script.detect import has_cyrillic
from apparatus.script.folding import fold

_DIVIDERS = re.compile(r"[\s,;()«»“”\"]+")
_INITIAL = re.compile(r"\w\.")


def originals(name: str, original: str) -> dict[str, str]:
    """The words of a *name* with those of its Cyrillic *original*, in whatever transliteration.

    ``originals("Nikita S. Khrushchev", "Хрущев, Никита Сергеевич")`` pairs all three, the initial
    with the initial of a word that is left. A name that is translated, wholly or in part
    (*Moscow*, *Southern Front*), has no pairs, and one in Cyrillic needs none.
    """
    left = [word for word in _DIVIDERS.split(original) if word]
    words = [word for word in _DIVIDERS.split(name) if word]
    pairs: dict[str, str] = {}
    for word in sorted(words, key=lambda word: bool(_INITIAL.fullmatch(word))):  # initials last
        is_initial = bool(_INITIAL.fullmatch(word))
        found = next((one for one in left if fold(one[0] if is_initial else one) == fold(word)), None)
        if found is None or has_cyrillic(word):
            return {}
        left.remove(found)
        pairs[word] = f"{found[0]}." if is_initial else found
    return pairs
