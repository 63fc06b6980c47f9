"""The fences of directives: too few colons, and names that are no series.

A fence of fewer than three colons opens no directive, and all that it holds would be text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from docutils.parsers.rst import directives

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import SourceRead

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What opens a directive, rightly or not; what closes it.
OPENS = re.compile(r"([ \t]*)(:{2,})(\{([\w-]+)\}.*)")
CLOSES = re.compile(r"([ \t]*)(:{2,})[ \t]*")
CODE = re.compile(r"[ \t]*(`{3,}|~{3,})(?!\{)")
ENOUGH = 3
#: The line that opens a directive, and its name.
NAMED = re.compile(r"[ \t]*:{3,}\{([\w-]+)\}")


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


def check_series_names(app: Sphinx, docname: str, content: list[str]) -> None:
    """Report a directive that holds entries but names no declared series, or has two colons only.

    MyST says only that it does not know the directive; the editor wants to hear which
    series there are. What has two colons it takes for text.
    """
    known = settings(app.config).series

    def is_known(name: str) -> bool:
        return name in known or _is_directive(name)

    lines, short = mended(
        content[0].split("\n"), lambda name: is_known(name) or nearest(name, known) is not None, known
    )
    content[0] = "\n".join(lines)
    file = str(app.env.doc2path(docname))
    problems = [_short_fence(lines[i].strip(), Origin(file, i + 1)) for i in short]
    for i, line in enumerate(lines):
        found = NAMED.match(line)
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if found and " ] " in following and not is_known(found[1]):
            guess = nearest(found[1], known)
            mend = f"did you mean {guess!r}?" if guess else f"declared are: {', '.join(known)}"
            message = f"series {found[1]!r} is not declared in apparatus_series; {mend}"
            problems.append(Problem(ProblemKind.UNKNOWN_SERIES, message, Origin(file, i + 1)))
    domain_of(app.env).remember(docname, *problems)


def _short_fence(line: str, origin: Origin) -> Problem:
    told = " (it is read so)" if line.startswith(":::") else ""
    rest = line.lstrip(":")
    closes = ", and ::: where it closes" if rest else ""
    message = f"a fence needs three colons; write :::{rest} here{closes}{told}"
    return Problem(ProblemKind.SHORT_FENCE, message, origin)


def _is_directive(name: str) -> bool:
    return name in directives._directives or name in directives._directive_registry  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    app.connect("source-read", check_series_names, priority=SourceRead.CHECK_FENCES)
