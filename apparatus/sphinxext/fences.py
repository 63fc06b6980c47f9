"""Fences of fewer than three colons: they open no directive, and all that they hold would be text."""

from __future__ import annotations

import re
from collections.abc import Callable

#: What opens a directive, rightly or not; what closes it.
OPENS = re.compile(r"([ \t]*)(:{2,})(\{([\w-]+)\}.*)")
CLOSES = re.compile(r"([ \t]*)(:{2,})[ \t]*")
CODE = re.compile(r"[ \t]*(`{3,}|~{3,})(?!\{)")
ENOUGH = 3


def mended(lines: list[str], is_meant: Callable[[str], bool]) -> tuple[list[str], list[int]]:
    """*lines* with a third colon where a fence has two, and the index of each line that opened one.

    *is_meant* says whether a name is that of a directive. Inside a fence of three colons a
    second one would close it: there nothing is mended, but the fence is found all the same.
    """
    made, found = list(lines), []
    stack: list[int] = []  # of colons
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
                if ENOUGH in stack:
                    continue
                made[i] = f"{blank}:{colons}{rest}"
            stack.append(len(colons))
            continue
        closing = CLOSES.fullmatch(line)
        if closing and stack and len(closing[2]) >= stack[-1]:
            stack.pop()
            made[i] = f"{closing[1]}{closing[2]:{':'}<{ENOUGH}}"
    return made, found
