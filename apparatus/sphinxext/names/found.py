"""The names of an edition, found when it has been put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.edition import Edition
from apparatus.problems import Problem, ProblemKind
from apparatus.register import Occurrence, find_names, read_register
from apparatus.source_file import read_source
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, domain_of
from apparatus.sphinxext.report import report

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: How many characters of the text a link in the index quotes on either side of the name.
CONTEXT = 24


def load_register(app: Sphinx) -> None:
    """Read the register before any document: the index prints it."""
    domain, file = domain_of(app.env), settings(app.config).register
    if file is None:
        return
    path = Path(app.srcdir) / file
    domain.register_file = str(path)
    mend = "make it or mend apparatus_register in conf.py"
    data, domain.register_problems = read_source(
        path, f"the register '{file}'", ProblemKind.BAD_REGISTER, mend
    )
    if data is not None:
        domain.register, domain.register_problems = read_register(data, str(path))


def find_all_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Say how names are found in the text, and report what is wrong with them."""
    domain = domain_of(env)
    domain.find_names = lambda: _find(domain)[0]
    report(domain.register_problems)
    report(domain.found("names", domain.register, lambda: _find(domain)[1]))


def _find(domain: ApparatusDomain) -> tuple[tuple[Occurrence, ...], tuple[Problem, ...]]:
    if domain.numbered is None or domain.register_file is None:
        return (), ()
    return find_names(domain.numbered.text, domain.register)


def entry_document(env: BuildEnvironment, key: str) -> str | None:
    """The document whose index has the entry of a name."""
    found = env.domains.standard_domain.anonlabels.get(f"name-{key}")
    return found[0] if found else None


def context(edition: Edition, found: Occurrence) -> str:
    """The words of the text round a name, for one who asks which of several places it is."""
    text, block = edition.text.joined, edition.text.span(found.block)
    start, end = max(found.span.start - CONTEXT, block.start), min(found.span.end + CONTEXT, block.end)
    if start > block.start:
        start = text.find(" ", start, found.span.start) + 1 or found.span.start
    if end < block.end:
        end = max(text.rfind(" ", found.span.end, end), found.span.end)
    return f"{'… ' * (start > block.start)}{text[start:end]}{' …' * (end < block.end)}"
