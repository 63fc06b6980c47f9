"""The files of an edition: read as well as one can, and what hinders it said with its line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from apparatus.characters import named, refused
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest

LINE_END = re.compile(r"\r\n?|\n")
BOM = "\ufeff"
#: UTF-8 in which U+FFFD stands for what is none.
LENIENT = "apparatus-utf-8"
STRICT = {"utf-8", "utf-8-sig", "utf8"}


def read_source(
    path: Path, what: str, kind: ProblemKind, mend: str, origin: Origin | None = None
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """What is in a file; where it cannot be had, why, and which one in its folder may be meant.

    *what* is the file in the words of a message, as in ``the conspectus``; *origin* the place that
    names it.
    """
    try:
        return path.read_bytes(), ()
    except FileNotFoundError:
        fault = f"{what} is not in {path.parent}"
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
        fault = f"{what} cannot be read: {reason.lower()}"
    try:
        names = {p.stem: p.name for p in path.parent.iterdir() if p.is_file() and p.name != path.name}
    except (OSError, ValueError):
        names = {}
    near = nearest(path.stem, names)
    mend = f"did you mean '{names[near]}'?" if near else mend
    return None, (Problem(kind, f"{fault}; {mend}", origin or Origin(str(path), 1)),)


def lines_of(text: str) -> list[str]:
    """The lines of *text*, whichever line ends it has."""
    return LINE_END.split(text) if "\r" in text else text.split("\n")


def line_ends(text: str) -> list[str]:
    """The line ends of *text*, each as it is."""
    return LINE_END.findall(text) if "\r" in text else ["\n"] * text.count("\n")


def decode(
    data: bytes, file: str, what: str, kind: ProblemKind, line_end: str = LINE_END.pattern
) -> tuple[str, tuple[Problem, ...]]:
    """The text in *data*, the content of *file*; what is not UTF-8 is reported, and U+FFFD stands for it."""
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        at, line = error.start, len(re.findall(line_end.encode(), data[: error.start])) + 1
        fault = f"{what} is not UTF-8: byte {at}, in line {line}, is 0x{data[at]:02x}; save it as UTF-8"
        return data.decode(errors="replace"), (Problem(kind, fault, Origin(file, line)),)


def refused_characters(lines: Iterable[tuple[int, str]], file: str) -> Iterator[Problem]:
    """What in the numbered *lines* of a file is no character of a text, once for each line."""
    for number, line in lines:
        if found := dict.fromkeys(named(character) for _, character in refused(line)):
            is_it = "are no characters" if len(found) > 1 else "is no character"
            message = (
                f"{', '.join(found)} {is_it} of a text; a blank is read instead: type one, or leave it out"
            )
            yield Problem(ProblemKind.REFUSED_CHARACTER, message, Origin(file, number))


def lenient_codec(name: str) -> codecs.CodecInfo | None:
    """:data:`LENIENT` for ``codecs.register``: what is not UTF-8 is read as well as one can, and nothing stops."""
    if name != LENIENT.replace("-", "_"):
        return None
    utf8 = codecs.lookup("utf-8-sig")

    class Decoder(utf8.incrementaldecoder):  # type: ignore[name-defined, misc]
        def __init__(self, errors: str = "strict") -> None:
            super().__init__("replace")

    return codecs.CodecInfo(
        utf8.encode,
        lambda data, errors="": utf8.decode(data, "replace"),
        incrementaldecoder=Decoder,
        name=LENIENT,
    )
