"""Whether a document is edited text: ``edited-text`` in its front matter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.source_file import BOM, LINE_END, decode

KEY = "edited-text"
#: What an editor may declare, of a whole document, to be no part of what is compared: the author's footnotes, and
#: references and citations whose words the build makes.
FOOTNOTES, REFERENCES, UNCOMPARED = "footnotes", "references", "uncompared"
#: The document that this one translates: a second text beside the first.
TRANSLATES = "translates"
#: What goes on from the document before, and what is no edited text; as MyST and reST give them.
GOES_ON, IS_NOT = ("true", "yes", "null", ""), ("false", "no")
#: A longer number would be a slip.
SECTION = re.compile(r"[0-9]{1,4}")
#: The line with which front matter ends.
END = re.compile(rb"[\r\n](?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
KEY_AND_VALUE = re.compile(r"""['"]?([\w-]+)['"]?\s*:\s*(.*)""")


class EditedText(NamedTuple):
    """What the front matter of a document says."""

    is_text: bool = False
    first_section: int | None = None  #: ``None``: it goes on from the document before it
    problems: tuple[Problem, ...] = ()
    uncompared: frozenset[str] = frozenset()  #: what the document declares not to be compared
    translates: str = ""  #: the document of which it is a translation


def read_front_matter(metadata: Mapping[str, Any], path: Path) -> EditedText:
    """What the front matter of a document says; a slip in it is reported, and what was meant is taken.

    *metadata* is what the parser made of it; in what it could not read, *path* has the line.
    """
    written = _written(path)
    # Only what is nearly the same word: other keys may be anyone's.
    near = difflib.get_close_matches(KEY, _plain(metadata), n=1, cutoff=0.85)
    key = KEY if KEY in metadata or KEY in written else _plain(metadata)[near[0]] if near else None
    if key is None:
        return EditedText(problems=tuple(_no_second_text(metadata, written, path)))
    lines, value = written.get(key, ([1], ""))
    value = str(metadata.get(key, value)).strip()
    problems: list[Problem] = []

    def report(message: str, line: int) -> None:
        problems.append(Problem(ProblemKind.BAD_FRONT_MATTER, message, Origin(str(path), line)))

    if key != KEY:
        report(f"the front matter has no key '{key}'; write '{KEY}', for which it is taken", lines[0])
    if key not in metadata:
        report(f"the front matter cannot be read as YAML; mend it: of it '{KEY}' alone counts", lines[0])
    if len(lines) > 1:
        report(f"'{key}' stands twice, first in line {lines[0]}; the last counts, remove one", lines[-1])
    if value.lower() in IS_NOT:
        return EditedText(problems=tuple(problems))
    first = int(value) if SECTION.fullmatch(value) else None
    if first is None and value.lower() not in GOES_ON:
        report(
            f"{key} is {value!r}; it wants the number of the first section, or true to go on from the document "
            "before, as is done here",
            lines[-1],
        )
    said = {name: str(metadata.get(name, "")).strip() for name in (FOOTNOTES, REFERENCES)}
    for name, value in said.items():
        if value not in ("", UNCOMPARED):
            line = written.get(name, ([1], ""))[0][-1]
            report(f"{name} is {value!r}; it can only be '{UNCOMPARED}'", line)
    uncompared = frozenset(name for name, value in said.items() if value == UNCOMPARED)
    translates = str(metadata.get(TRANSLATES) or "").strip()
    return EditedText(True, first, tuple(problems), uncompared, translates)


def _no_second_text(
    metadata: Mapping[str, Any], written: Mapping[str, tuple[list[int], str]], path: Path
) -> Iterator[Problem]:
    """That a document which translates another is no edited text."""
    if metadata.get(TRANSLATES):
        line = written.get(TRANSLATES, ([1], ""))[0][-1]
        message = f"a document that translates another is edited text; add '{KEY}: true' to its front matter"
        yield Problem(ProblemKind.BAD_FRONT_MATTER, message, Origin(str(path), line))


def line_of(key: str, file: str) -> int:
    """The line of a key in the front matter of a file; the first if it is not found."""
    return _written(Path(file)).get(key, ([1], ""))[0][-1]


def _plain(metadata: Mapping[str, Any]) -> dict[str, str]:
    """The keys in small letters and with hyphens, each with its own form."""
    return {key.lower().replace("_", "-"): key for key in metadata}


def _written(path: Path) -> dict[str, tuple[list[int], str]]:
    """The keys as the front matter has them, each with its lines and its last value."""
    data = path.read_bytes()
    end = END.search(data)  # a document is read several times for it, and need not be read whole
    text, _ = decode(data[: end.end()] if end else data, str(path), "", ProblemKind.NOT_UTF8)
    lines = LINE_END.split(text.removeprefix(BOM))
    found: dict[str, tuple[list[int], str]] = {}
    for i, line in enumerate(lines, 1):
        if i > 1 and line.rstrip() in ("---", "..."):
            break
        if key := KEY_AND_VALUE.match(line):
            found[key[1]] = ([*found.get(key[1], ([], ""))[0], i], key[2])
    return found if lines[0].rstrip() == "---" else {}
