"""What two texts may differ in and count as the same, as the conspectus declares it (TEI: ``normalization``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import reduce

from apparatus.voice import ENGLISH, Voice, phrase

_FORMS: dict[str, Callable[[str], str]] = {
    "nfc": lambda text: unicodedata.normalize("NFC", text),
    "nfkc": lambda text: unicodedata.normalize("NFKC", text),
    "casefold": str.casefold,
}


#: What two texts may differ in and count as the same, in words.
_DISREGARDED = {
    "nfc": phrase("how accented letters are encoded"),
    "nfkc": phrase("how characters are encoded (ﬁ or fi, ² or 2)"),
    "casefold": phrase("capitals and small letters (ß and ss, ſ and s among them)"),
}


def disregarded(names: Sequence[str], voice: Voice = ENGLISH) -> str:
    """What a comparison under these normalisations disregards; empty if nothing."""
    said = dict.fromkeys(voice.say(_DISREGARDED[name]) for name in names if name in _DISREGARDED)

    def joined(one: str, other: str) -> str:
        return voice.say("{one}, and {other}", one=one, other=other)

    return reduce(joined, said) if said else ""


def normaliser(names: Sequence[str]) -> Callable[[str], str]:
    """What makes two texts equal that may differ only as declared."""
    forms = [_FORMS[name] for name in names if name in _FORMS]

    def normalise(text: str) -> str:
        for form in forms:
            text = form(text)
        return text

    return normalise
