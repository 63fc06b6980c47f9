"""A TOML file of declarations, read so that every mistake in it has its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.source_file import BOM, decode

#: The fields that a table may have, and the type of each.
Fields = Mapping[str, type]

_CALLED = {str: "text in quotes", bool: "true or false", list: "a list in [ ]", dict: "a table"}


class Declarations:
    """One file; turns its tables into good fields, and notes what is wrong with the others."""

    def __init__(self, file: str) -> None:
        self.file, self.lines = file, [""]
        self.problems: list[Problem] = []

    # --- the file ---------------------------------------------------------------------

    def load(self, data: bytes | str) -> dict[str, Any]:
        """The TOML of the file; nothing if it cannot be read."""
        text = data if isinstance(data, str) else self._decode(data)
        text = text.removeprefix(BOM).replace("\r\n", "\n")
        self.lines = text.split("\n")
        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            self._not_toml(str(error))
            return {}

    def _decode(self, data: bytes) -> str:
        text, problems = decode(data, self.file, "the file", ProblemKind.BAD_CONSPECTUS, "\n")
        for problem in problems:
            self.problem(problem.message, problem.origin.line if problem.origin else 1)
        return text

    def _not_toml(self, error: str) -> None:
        """Report what the TOML reader said."""
        found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", error)
        line = int(found[1]) if found and found[1] else len(self.lines)
        said = error.replace(found[0], "") if found else error
        message = f"the file is not TOML: {said[:1].lower()}{said[1:]}; nothing in it was read"
        if re.match(r"\s*\[", self.lines[line - 1]) and not self.lines[line - 1].isascii():
            message += '; a siglum other than A–Z a–z 0-9 - _ stands in quotes, as in [group."ω"]'
        twice = re.match(r"Cannot declare \('(?:witness|group|scholar)', '[^']*'\) twice", said)
        self.problem(
            message, line, ProblemKind.SIGLUM_DECLARED_TWICE if twice else ProblemKind.BAD_CONSPECTUS
        )

    def problem(self, message: str, line: int, kind: ProblemKind = ProblemKind.BAD_CONSPECTUS) -> None:
        self.problems.append(Problem(kind, message, Origin(self.file, line)))

    def line(self, *path: str, at: int = 0) -> int:
        """The line of a table's header, or of a key in it; the *at*-th where there are several."""
        *tables, last = path
        header = rf"\s*\[+\s*{_dotted(path)}\s*\]"
        found = [i for i, line in enumerate(self.lines, 1) if re.match(header, line)]
        if found:
            return found[min(at, len(found) - 1)]
        start = self.line(*tables, at=at) if tables else 1
        key = rf"\s*{_dotted((last,))}\s*[=.]"
        for i, line in enumerate(self.lines[start - 1 :], start):
            if re.match(key, line):
                return i
            if tables and i > start and re.match(r"\s*\[", line):
                break
        return start

    # --- fields -----------------------------------------------------------------------

    def fields(
        self, table: Mapping[str, Any], known: Fields, path: tuple[str, ...], whose: str, at: int = 0
    ) -> dict[str, Any]:
        """The fields of a table that are known and of the right type."""
        good: dict[str, Any] = {}
        for name, value in table.items():
            wanted = known.get(name)
            if wanted is None:
                near = nearest(name, known)
                mend = f"did you mean '{near}'?" if near else f"it may have: {', '.join(known)}"
                self.problem(f"{whose} has an unknown field '{name}'; {mend}", self.line(*path, name, at=at))
            elif not isinstance(value, wanted):
                self.problem(f"'{name}' of {whose} must be {_CALLED[wanted]}", self.line(*path, name, at=at))
            else:
                good[name] = value
        return good

    def texts(self, values: list[Any], path: tuple[str, ...]) -> tuple[str, ...]:
        """Those members of a list that are texts."""
        for value in values:
            if not isinstance(value, str):
                self.problem(f"'{path[-1]}' must hold texts in quotes, not {value!r}", self.line(*path))
        return tuple(value for value in values if isinstance(value, str))

    def choices(self, values: list[Any], known: Collection[str], path: tuple[str, ...]) -> tuple[str, ...]:
        """Those members of a list that are known words."""
        texts = self.texts(values, path)
        return tuple(value for value in texts if self.choice(value, known, path))

    def choice(self, value: str, known: Collection[str], path: tuple[str, ...], at: int = 0) -> bool:
        if value not in known:
            self.problem(
                f"'{path[-1]}' cannot be '{value}'; it is one of {listed(known)}", self.line(*path, at=at)
            )
        return value in known


def _dotted(path: tuple[str, ...]) -> str:
    """A pattern for a dotted TOML key, its parts quoted or not."""
    return r"\s*\.\s*".join(rf"""(?:{re.escape(p)}|"{re.escape(p)}"|'{re.escape(p)}')""" for p in path)


def listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
