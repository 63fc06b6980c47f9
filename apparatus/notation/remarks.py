"""Where a remark in parentheses closes, and how to write one."""

from __future__ import annotations

import re

_PARTS = re.compile(r"\\.|`+|[()]", re.DOTALL)
_BACKTICKS = re.compile(r"`+")


def closing(text: str, start: int) -> int | None:
    """Where the parenthesis that opens at *start* closes; ``\\)`` and code spans are skipped."""
    depth, at = 0, start
    spans: dict[int, int] | None = None
    while part := _PARTS.search(text, at):
        mark, at = part.group(), part.end()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
            if not depth:
                return part.start()
        elif mark[0] == "`":
            spans = _ends_of_code_spans(text, start) if spans is None else spans
            at = spans.get(part.start(), at)
    return None


def _ends_of_code_spans(text: str, start: int) -> dict[int, int]:
    """For each run of backticks, where the next run of the same length ends, if there is one."""
    ends: dict[int, int] = {}
    last: dict[str, int] = {}
    for run in _BACKTICKS.finditer(text, start):
        if run.group() in last:
            ends[last[run.group()]] = run.end()
        last[run.group()] = run.start()
    return ends


def write_remark(remark: str) -> str:
    """A remark in its parentheses. One that ends in ``\\`` keeps it from the parenthesis by a blank."""
    closed = f"({remark})"
    return closed if closing(closed, 0) == len(closed) - 1 else f"({remark} )"


def is_remark(remark: str) -> bool:
    """Whether *remark* can be written: its parentheses balanced, its code spans closed."""
    written = write_remark(remark)
    # What follows must not close a code span that the remark leaves open.
    return all(
        closing(f"{written} {run}", 0) == len(written) - 1 for run in ("", *_BACKTICKS.findall(remark))
    )
