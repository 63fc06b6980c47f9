"""Problems to the log: the only place where the extension warns."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.util import logging

from apparatus.problems import Problem

logger = logging.getLogger(__name__)


def report(problems: Iterable[Problem]) -> None:
    """Log each problem as ``file:line: message [apparatus.kind]``."""
    for problem in problems:
        # A string location is printed as it stands; a pair would be taken for a document name.
        location = relative(str(problem.origin)) if problem.origin else None
        logger.warning(
            relative(problem.message), type="apparatus", subtype=problem.kind.value, location=location
        )


def relative(message: str) -> str:
    """*message* with its paths as they are reached from the folder in which the build was called."""
    here = Path.cwd()
    if here == here.parent:  # of the root every path is a part
        return message
    return re.sub(rf"(?<![^\s(‘“'\"]){re.escape(f'{here}{os.sep}')}", "", message)
