"""Problems to the log: the only place where the extension warns."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.util import logging

from apparatus.problems import Problem

logger = logging.getLogger(__name__)


def report(problems: Iterable[Problem]) -> None:
    """Log each problem as ``file:line: message [apparatus.kind]``."""
    for problem in problems:
        # A string location is printed as it stands; a pair would be taken for a document name.
        location = str(problem.origin) if problem.origin else None
        logger.warning(problem.message, type="apparatus", subtype=problem.kind.value, location=location)
