"""What can be known of a file from its bytes alone: a description that nobody types, and anyone can repeat."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from apparatus.source_file import BOM, line_ends, lines_of
from apparatus.voice import phrase

_ENDS = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it lies on the disk."""

    size: int  #: in bytes
    sha256: str
    encoding: str
    line_ends: str  #: each kind with its number
    last_line: str  #: of the lines that have text
    is_closed: bool  #: whether a line end follows the last line


def facts(data: bytes) -> FileFacts:
    """Describe the bytes of a text file; what is no UTF-8 is shown as U+FFFD."""
    text = data.decode(errors="replace")
    ends = line_ends(text)
    lines = [line for line in lines_of(text.removeprefix(BOM)) if line.strip()]
    return FileFacts(
        len(data),
        hashlib.sha256(data).hexdigest(),
        _encoding(data),
        ", ".join(f"{number} {_ENDS[end]}" for end, number in Counter(ends).most_common()) or phrase("none"),
        lines[-1].strip() if lines else "",
        bool(ends) and text.endswith(ends[-1]),
    )


def _encoding(data: bytes) -> str:
    if data.isascii():
        return "ASCII"
    try:
        data.decode()
    except UnicodeDecodeError:
        return phrase("not UTF-8")
    if data.startswith(BOM.encode()):
        return phrase("UTF-8 with a byte order mark")
    return phrase("UTF-8 without a byte order mark")
