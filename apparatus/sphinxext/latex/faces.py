"""The faces of the book: which letters they have, read from their files (OpenType, table ``cmap``).

The book's own face has Latin, Greek and Cyrillic; what it lacks comes from a face for each script that the
words are written in (:mod:`apparatus.typefaces`), and last from one that has signs of many kinds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sphinx.config import Config

from apparatus.latex_log import no_face
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.config.declared import MAIN_FACE
from apparatus.sphinxext.tex_files import find_file
from apparatus.typefaces import FACES, SIZES, script_of

#: The book's own face, where no other is named, and that which comes last.
USUAL, LAST = "GentiumPlus", "DejaVuSans.ttf"
ENDINGS = (".ttf", ".otf")
#: The script, in the settings, of letters that have none.
OTHER = "Zzzz"
#: Characters that are not set: ends of lines, and what is never seen.
NOT_SET = ("Cc", "Cf")


@dataclass(frozen=True)
class Faces:
    """The faces that a book may have."""

    own: str  #: the file of the book's own face, upright
    named: tuple[tuple[str, str], ...] = ()  #: script and file, as the edition names them

    @property
    def own_name(self) -> tuple[str, str]:
        """The beginning of the names of its files, and their ending."""
        name, _, ending = self.own.rpartition("-Regular.")
        return name, f".{ending}"

    def file_for(self, script: str) -> str | None:
        """The file of the face for a script, where one is named or kept."""
        kept = FACES.get(script)
        return dict(self.named).get(script) or (kept.file if kept else None)

    def not_installed(self) -> list[str]:
        """The files that the edition names and TeX does not find."""
        own = [self.own] if self.own_name[0] != USUAL else []
        return [file for file in (*own, *dict(self.named).values()) if find_file(file) is None]

    def needed(self, letters: Iterable[str]) -> dict[str, str]:
        """The files that supply what the own face lacks, in the order of their scripts, each with its script."""
        lack = [c for c in letters if ord(c) not in letters_of(self.own) and is_set(c)]
        scripts = sorted({script_of(c) or OTHER for c in lack})
        found: dict[str, str] = {}
        for script in scripts:
            file = self.file_for(script)
            if file and find_file(file) and any(ord(c) in letters_of(file) for c in lack):
                found.setdefault(file, script)
        return found

    def has(self, letter: str) -> bool:
        """Whether a letter can be set."""
        file = self.file_for(script_of(letter) or OTHER)
        return any(ord(letter) in letters_of(name) for name in (self.own, file, LAST) if name)

    def lacking(self, text: str) -> Iterator[str]:
        """What is to be said of the letters of a text that no face has."""
        if text.isascii() or find_file(self.own) is None:  # LaTeX will say so
            return
        found = sorted({c for c in text if is_set(c) and not self.has(c)})
        for letter in found[:1]:
            others = f"; {len(found) - 1} more beside it" if found[1:] else ""
            yield f"{no_face(letter)}{others}{self._mend(letter)}"

    def _mend(self, letter: str) -> str:
        script = script_of(letter)
        if script and script not in dict(self.named):
            face = FACES[script]
            if find_file(face.file) is None:
                size = f"{SIZES[face.debian]} MB to fetch"
                return f"; {face.file} may have it, which the set-up takes out of Debian\u2019s {face.debian} ({size})"
        return f'; name a face that has it, as apparatus_faces = {{{script or OTHER!r}: "a file"}}'


def is_set(letter: str) -> bool:
    """Whether a face is asked for a character at all."""
    return unicodedata.category(letter) not in NOT_SET


def faces_of_book(config: Config) -> Faces:
    """The faces that the configuration names, or that are usual."""
    named = settings(config).faces
    stem = named.get(MAIN_FACE, USUAL)
    files = [f"{stem}-Regular{ending}" for ending in ENDINGS]
    own = next((file for file in files if find_file(file)), files[0])
    return Faces(own, tuple((script, file) for script, file in named.items() if script != MAIN_FACE))


@cache
def letters_of(name: str) -> frozenset[int]:
    """The letters of the face in a file; none if it is not installed."""
    path = find_file(name)
    if path is None:
        return frozenset()
    from fontTools.ttLib import TTFont  # few texts have a letter for which the faces must be read

    with TTFont(path, lazy=True, fontNumber=0) as face:
        return frozenset(face.getBestCmap())
