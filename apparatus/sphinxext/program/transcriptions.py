"""Plain transcriptions that an editor brings: read, looked at, declared in the file of witnesses."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from apparatus.characters import fold_passage, words
from apparatus.collation.align import hunks
from apparatus.conspectus import read_conspectus
from apparatus.sphinxext.program.command import RefusalError

#: A key that TOML takes without quotes.
BARE = re.compile(r"[A-Za-z0-9_-]+")
#: Shares of equal words: under the first two texts are taken for different works, under the second it is said.
ANOTHER_WORK, FAR = 0.15, 0.35
#: How files begin that are no plain text: archives (word processors among them), PDF, old word processors.
NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Plain:
    """A transcription: a passage a line, or passages with an empty line between."""

    siglum: str
    path: Path
    text: str  #: with LF line ends, without a byte order mark
    by_blank: bool = False  #: whether an empty line divides its passages, and not each line end

    @property
    def passages(self) -> list[str]:
        """Its passages, white space folded."""
        parts = re.split(r"\n[ \t]*\n", self.text) if self.by_blank else self.text.split("\n")
        return [folded for part in parts if (folded := fold_passage(part))]


def read_plain(given: str) -> Plain:
    """The transcription that is given as ``FILE`` or ``SIGLUM=FILE``; without a siglum it is the file's name.

    Raises:
        RefusalError: if the file is not there, has no text or is no plain text in UTF-8.
    """
    siglum, _, name = given.rpartition("=") if "=" in given and not Path(given).exists() else ("", "", given)
    path = Path(name)
    if not path.is_file():
        raise RefusalError(f"there is no file {name}")
    data = path.read_bytes()
    if data.startswith(NO_TEXT):
        raise RefusalError(
            f"{name} is no plain text; save the transcription as plain text in UTF-8, a passage a line"
        )
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise RefusalError(f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    if not text.strip():
        raise RefusalError(f"{name} has no text")
    return Plain(siglum or path.stem, path, text)


def divided_like(plain: Plain, count: int) -> Plain:
    """The transcription divided by lines or by empty lines, whichever gives more nearly *count* passages."""
    by_line, by_blank = (Plain(plain.siglum, plain.path, plain.text, way) for way in (False, True))
    return min(by_line, by_blank, key=lambda way: abs(len(way.passages) - count))


#: A line of a text that is set in lines of one width is hardly longer.
WIDEST = 120


def divided(plain: Plain) -> Plain:
    """The transcription divided by empty lines, if it has any and its lines are short, else by line ends."""
    by_blank = replace(plain, by_blank=True)
    is_wrapped = max(map(len, plain.text.split("\n"))) <= WIDEST
    return by_blank if is_wrapped and 1 < len(by_blank.passages) < len(plain.passages) else plain


def check_siglum(siglum: str, known: Collection[str]) -> None:
    """Refuse what can be no siglum, and one that is declared already.

    Raises:
        RefusalError: with the reason.
    """
    if siglum in known:
        raise RefusalError(f"{siglum} is declared already; choose another siglum")
    _, problems = read_conspectus(declaration(siglum, ""), "witnesses.toml")
    if problems:
        raise RefusalError(f"{siglum!r} can be no siglum ({problems[0].message}); give one: SIGLUM=FILE")


def declaration(siglum: str, transcription: str, *, name: str = "", by_blank: bool = False) -> str:
    """The table of a witness for the file of witnesses."""
    lines = [f"[witness.{key_in_toml(siglum)}]"]
    lines += [f"name = {_quoted(name)}"] if name else []
    lines += [f"transcription = {_quoted(transcription)}"] if transcription else []
    lines += ['blocks_by = "blank"'] if by_blank else []
    return "\n".join(lines) + "\n"


def key_in_toml(siglum: str) -> str:
    """A siglum as a key of TOML: in quotation marks where it needs them."""
    return siglum if BARE.fullmatch(siglum) else _quoted(siglum)


def _quoted(words: str) -> str:
    """A string of TOML; what JSON escapes TOML escapes in the same way."""
    return json.dumps(words, ensure_ascii=False)


def with_witness(conspectus: str, table: str) -> str:
    """The file of witnesses with one more table at its end, all else as it was."""
    end = "\r\n" if "\r\n" in conspectus else "\n"
    text = conspectus if not conspectus or conspectus.endswith("\n") else conspectus + end
    return text + (end if text else "") + table.replace("\n", end)


def place_beside(transcriptions: Iterable[str | None], siglum: str) -> str:
    """Where a further transcription goes: the folder of the others, from the file of witnesses."""
    folders = [str(PurePosixPath(path).parent) for path in transcriptions if path]
    folder = max(folders, key=folders.count) if folders else "witnesses"
    name = re.sub(r"[^\w.-]", "_", siglum)
    return str(PurePosixPath(folder) / f"{name}.txt")


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Which share of the words of two texts is equal, in one order; capitals and marks do not count."""
    a, b = ([_key(word) for passage in its for word in words(passage)] for its in (one, other))
    equal = len(a) - sum(hunk.a1 - hunk.a0 for hunk in hunks(a, b))
    return equal / max(len(a), len(b), 1)


def _key(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold())) or word


def look_at(plain: Plain, passages: Sequence[str], others: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """What is to be said of a transcription beside the text; *others* are those of other witnesses.

    Raises:
        RefusalError: if it seems to be another work.
    """
    share = likeness(passages, plain.passages)
    if share < ANOTHER_WORK:
        raise RefusalError(
            f"{plain.path} seems to be another work: {share:.0%} of its words are those of the text; nothing is written"
        )
    said = [f"{plain.path}: only {share:.0%} of the words are those of the text"] if share < FAR else []
    same = [key for key, its in others if list(its) == plain.passages]
    return [*said, *(f"{plain.path} has the same text as {key}" for key in same)]
