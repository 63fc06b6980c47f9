"""Words on a terminal: wrapped, and in colour where there is any."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from apparatus.witness_text import Part, Stretch

#: What surrounds the words of a part: without colour, and in it (SGR: struck through and red, green).
PLAIN = {Part.BOTH: ("", ""), Part.TEXT_ONLY: ("[-", "-]"), Part.WITNESS_ONLY: ("{+", "+}")}
COLOURED = {
    Part.BOTH: ("", ""),
    Part.TEXT_ONLY: ("\x1b[9;31m", "\x1b[0m"),
    Part.WITNESS_ONLY: ("\x1b[1;32m", "\x1b[0m"),
}
BOLD = ("\x1b[1m", "\x1b[0m")
WIDEST = 100


@dataclass(frozen=True, slots=True)
class Terminal:
    """How to write: in colour or not, and in how many columns."""

    is_coloured: bool
    columns: int = WIDEST

    def bold(self, words: str) -> str:
        """A heading."""
        return f"{BOLD[0]}{words}{BOLD[1]}" if self.is_coloured else words

    def stretches(self, found: Iterable[Stretch]) -> str:
        """A text with what tells it from the other; marks stand round words, not round blanks."""
        return "".join(self._marked(one.part, one.words) for one in found)

    def _marked(self, part: Part, words: str) -> str:
        before, after = (COLOURED if self.is_coloured else PLAIN)[part]
        inner = words.strip(" \n")
        if not inner:
            return words
        at = words.index(inner)
        # Word by word, so that a line can end within them.
        marked = " ".join(f"{before}{word}{after}" for word in inner.split(" ")) if self.is_coloured else None
        return words[:at] + (marked or f"{before}{inner}{after}") + words[at + len(inner) :]

    def wrapped(self, text: str, indent: str = "  ", first: str | None = None) -> str:
        """Words in lines of the terminal's width; *first* stands before the first line."""
        lines, line = [], indent if first is None else first
        width, is_begun = _width(line), False
        for word in text.split():
            if is_begun and width + 1 + _width(word) > self.columns:
                lines.append(line)
                line, width, is_begun = indent, _width(indent), False
            line += f" {word}" if is_begun else word
            width += _width(word) + is_begun
            is_begun = True
        return "\n".join([*lines, line])


def _width(words: str) -> int:
    """How many columns words take; what colours them takes none."""
    width, is_code = 0, False
    for sign in words:
        is_code = is_code or sign == "\x1b"
        if not is_code and not unicodedata.combining(sign):
            width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        is_code = is_code and sign != "m"
    return width


def terminal(*, colour: str = "auto") -> Terminal:
    """The terminal that is written to; *colour* is ``always``, ``never`` or ``auto``.

    By itself there is colour on a terminal only, and none where ``NO_COLOR`` is set (https://no-color.org).
    """
    is_auto = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    columns = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    return Terminal(colour == "always" or (colour == "auto" and is_auto), max(20, columns))
