"""Problems to the log: the only place where the extension warns."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinx.util import logging

from apparatus.problems import Problem, ProblemKind

logger = logging.getLogger(__name__)


#: After so many of one kind the others are counted: among a thousand nobody would see nine of another.
MANY = 20
#: Characters of a message; a line that is offered to be pasted is hardly ever as long.
LONGEST = 10_000


def report(problems: Iterable[Problem]) -> None:
    """Log each problem as ``file:line: message [apparatus.kind]``; of a kind that has very many, only the first."""
    told: Counter[ProblemKind] = Counter()
    for problem in problems:
        told[problem.kind] += 1
        if told[problem.kind] > MANY:
            continue
        # A string location is printed as it stands; a pair would be taken for a document name.
        location = relative(str(problem.origin)) if problem.origin else None
        logger.warning(
            _bounded(relative(problem.message)),
            type="apparatus",
            subtype=problem.kind.value,
            location=location,
        )

    for kind, count in told.items():
        if count > MANY:
            message = f"{count - MANY} more of this kind; the next build has those that remain"
            logger.warning(message, type="apparatus", subtype=kind.value)


@contextmanager
def told_if_unwritten() -> Iterator[None]:
    """Report what the system would not write, and go on: what is in the way, rights, a full disk."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        what = os.fsdecode(error.filename2 or error.filename or "a file")
        message = f"{what} is not written: {reason}; see to that, then build again"
        report([Problem(ProblemKind.NOT_WRITTEN, message)])


def _bounded(message: str) -> str:
    """A message that can be read: of one that quotes a whole book its beginning and its end."""
    if len(message) <= LONGEST:
        return message
    begin, end = LONGEST * 4 // 5, LONGEST // 5
    return (
        f"{message[:begin]} [… {len(message) - begin - end} characters are left out here …] {message[-end:]}"
    )


def inform(message: str) -> None:
    """Log what an editor may want to know and need not mend."""
    logger.info(relative(message))


def relative(message: str) -> str:
    """*message* with its paths as they are reached from the folder in which the build was called."""
    here = Path.cwd()
    if here == here.parent:  # of the root every path is a part
        return message
    return re.sub(rf"(?<![^\s(‘“'\"]){re.escape(f'{here}{os.sep}')}", "", message)
