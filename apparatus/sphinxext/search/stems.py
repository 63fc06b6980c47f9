"""Stems that are known from builds before: to find one takes longer than to write the word.

They lie beside Sphinx's doctrees. The file says by which programs they were found; one of other programs, or
one that cannot be read, counts for nothing, and is written anew.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from apparatus.written import put

FILE = "stems.json"


def found_by(language: str) -> str:
    """By what the stems of a language are found."""
    return f"{language}, Sphinx {version('sphinx')}, snowballstemmer {version('snowballstemmer')}"


class Stems(dict[str, str]):
    """Word → stem, as a file has them; none where it has none."""

    def __init__(self, path: Path, by: str) -> None:
        super().__init__(_read(path, by))
        self._path, self._by, self._known = path, by, len(self)

    def keep(self) -> None:
        """Write what has been found since."""
        if len(self) > self._known:
            put(self._path, json.dumps({"by": self._by, "stems": self}, ensure_ascii=False))
            self._known = len(self)


def _read(path: Path, by: str) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        stems: dict[str, str] = kept["stems"] if kept["by"] == by else {}
        is_sound = all(isinstance(word, str) for pair in stems.items() for word in pair)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return stems if is_sound else {}
