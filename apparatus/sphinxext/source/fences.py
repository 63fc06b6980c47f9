"""Fences of fewer than three colons: they open no directive, and all that they hold would be text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

#: What opens a directive, rightly or not; what closes it.
OPENS = re.compile(r"([ \t]*)(:{2,})(\{([\w-]+)\}.*)")
CLOSES = re.compile(r"([ \t]*)(:{2,})[ \t]*")
CODE = re.compile(r"[ \t]*(`{3,}|~{3,})(?!\{)")
ENOUGH = 3


def mended(
    lines: list[str], is_meant: Callable[[str], bool], series: Collection[str]
) -> tuple[list[str], list[int]]:
    """*lines* with a third colon where a fence has two, and the index of each line at fault.

    *is_meant* says whether a name is that of a directive; in a *series* two colons alone can only
    be meant to close it, elsewhere they may be text. Inside a fence of three colons a
    second one would close it: there nothing is mended, but the fence is found all the same.
    """
    made, found = list(lines), []
    stack: list[tuple[int, str]] = []  # colons and name
    code = ""
    for i, line in enumerate(lines):
        if code or (mark := CODE.match(line)):
            if not code:
                code = mark[1] if mark else ""
            elif line.strip() == code:
                code = ""
            continue
        if opening := OPENS.fullmatch(line):
            blank, colons, rest, name = opening.groups()
            if len(colons) < ENOUGH and not is_meant(name):
                continue
            if len(colons) < ENOUGH:
                found.append(i)
                if any(count == ENOUGH for count, _ in stack):
                    continue
                made[i] = f"{blank}:{colons}{rest}"
            stack.append((len(colons), name))
            continue
        closing = CLOSES.fullmatch(line)
        if not closing or not stack:
            continue
        count, name = stack[-1]
        is_short = len(closing[2]) < count == ENOUGH and name in series
        if is_short or len(closing[2]) >= count:
            stack.pop()
            made[i] = f"{closing[1]}{closing[2]:{':'}<{ENOUGH}}"
        if is_short:
            found.append(i)
    return made, found
