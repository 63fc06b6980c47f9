"""Where a remark in parentheses closes, and how to write one."""

from __future__ import annotations

import re
from functools import cached_property

_PARTS = re.compile(r"\\.|`+|[()]", re.DOTALL)
_BACKTICKS = re.compile(r"`+")


class Parentheses:
    """The parentheses of a line, as a remark sees them: ``\\)`` and code spans are skipped."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: offset of each ``(`` met so far → where it closes; each is looked at once
        self._closing: dict[int, int | None] = {}

    def closing(self, start: int) -> int | None:
        """Where the parenthesis that opens at *start* closes, if it does."""
        if start not in self._closing:
            self._scan(start)
        return self._closing[start]

    def _scan(self, start: int) -> None:
        open_: list[int] = []
        at = start
        while part := _PARTS.search(self.text, at):
            mark, at = part.group(), part.end()
            if mark == "(" and part.start() in self._closing:
                end = self._closing[part.start()]
                if end is None:
                    break
                at = end + 1
            elif mark == "(":
                open_.append(part.start())
            elif mark == ")":
                self._closing[open_.pop()] = part.start()
                if not open_:
                    return
            elif mark[0] == "`":
                at = self._code_spans.get(part.start(), at)
        self._closing.update(dict.fromkeys(open_))

    @cached_property
    def _code_spans(self) -> dict[int, int]:
        """For each run of backticks, where the next run of the same length ends, if there is one."""
        ends: dict[int, int] = {}
        last: dict[str, int] = {}
        for run in _BACKTICKS.finditer(self.text):
            if run.group() in last:
                ends[last[run.group()]] = run.end()
            last[run.group()] = run.start()
        return ends


def closing(text: str) -> int | None:
    """Where the parenthesis at the head of *text* closes, if it does."""
    return Parentheses(text).closing(0)


def write_remark(remark: str) -> str:
    """A remark in its parentheses. A blank keeps a final ``\\`` apart from the closing parenthesis."""
    closed = f"({remark})"
    return closed if closing(closed) == len(closed) - 1 else f"({remark} )"


def is_remark(remark: str) -> bool:
    """Whether *remark* can be written: its parentheses balanced, its code spans closed."""
    written = write_remark(remark)
    # What follows must not close a code span that the remark leaves open.
    return all(closing(f"{written} {run}") == len(written) - 1 for run in ("", *_BACKTICKS.findall(remark)))
