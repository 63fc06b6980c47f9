"""Whether the words beside a run of Cyrillic are its transliteration already."""

from __future__ import annotations

import re

from apparatus.script.folding import fold, words

#: What stands between a name and the same name in the other script: a blank, a bracket, a comma …
_BETWEEN = re.compile(r"[\s(\[{«»“”„‘’,/=–—-]{1,3}\Z")

#: The end of a sentence; the stop of an initial is none.
_STOP = re.compile(r"\w\w[.!?…]\Z")
#: Of a word; what lies further off is not looked at.
_LONGEST = 60


def is_given(run: str, before: str, after: str) -> bool:
    """Whether the text has *run* in Latin letters too, right before it or right behind it.

    ``is_given("В. Ф. Малышкин", "signed by V. F. Malyshkin (", ")")``: in whatever transliteration, marks or
    none, forenames before or behind. A translation (*2nd Shock Army*) is no transliteration.
    """
    wanted = _keys(run)
    return bool(wanted) and (
        _keys(_end(before, len(wanted))) == wanted
        or _keys(_end(after[::-1], len(wanted), backwards=True)) == wanted
    )


def _end(text: str, count: int, *, backwards: bool = False) -> str:
    """The last *count* words of a text that ends in a sign or blank; nothing where it ends otherwise."""
    match = _BETWEEN.search(text)
    if match is None:
        return ""
    stretch = text[max(0, match.start() - _LONGEST * count) : match.start()]
    if not backwards and _STOP.search(stretch):
        return ""
    found = words(stretch[::-1] if backwards else stretch)
    return " ".join(found[:count] if backwards else found[-count:])


def _keys(text: str) -> list[str]:
    return sorted(fold(word) for word in words(text))
