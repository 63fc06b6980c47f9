"""The letters that the book's faces have, read from their files (OpenType, table ``cmap``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from fontTools.ttLib import TTFont

from apparatus.latex_log import no_face
from apparatus.sphinxext.latex.division import find_file

#: The face of the book, and that which supplies what it lacks (``critpage.sty``).
FACE, FALLBACK = "GentiumPlus-Regular.ttf", "DejaVuSans.ttf"
#: Characters that are not set: ends of lines, and what is never seen.
NOT_SET = ("Cc", "Cf")


@cache
def letters() -> frozenset[int] | None:
    """All that can be set; ``None`` where the face is not installed, which LaTeX will say."""
    if find_file(FACE) is None:
        return None
    return frozenset(code for name in (FACE, FALLBACK) for code in _letters_of(name))


def _letters_of(name: str) -> set[int]:
    path = find_file(name)
    if path is None:
        return set()
    with TTFont(path, lazy=True) as face:
        return set(face.getBestCmap())


def lacking(text: str) -> Iterator[str]:
    """What is to be said of the letters of a text that no face has."""
    known = None if text.isascii() else letters()
    if known is None:
        return
    found = sorted({c for c in text if ord(c) not in known and unicodedata.category(c) not in NOT_SET})
    for letter in found[:1]:
        others = f"; {len(found) - 1} more beside it" if found[1:] else ""
        yield f"{no_face(letter)}{others}"
