"""Page and line of the printed edition, for every output that says them.

Readers of the book quote its pages. ``make pdf`` writes a concordance; where there is one of the
same version and text, the domain has it from here on, and the outputs say where an entry is printed.
Without one, or with another's, nothing is said.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus import concordance
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.schedule import EnvUpdated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def text_digest(env: BuildEnvironment) -> str:
    """What tells one state of the edited text, with its apparatus and notes, from another."""
    files = [Path(env.doc2path(name)) for name in sorted(domain_of(env).documents)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def load_concordance(app: Sphinx, env: BuildEnvironment) -> None:
    """Read the concordance (``env-updated``, before it is asked what is written again)."""
    name, found = settings(app.config).concordance, concordance.Concordance()
    if name:
        found = concordance.read_concordance(Path(app.confdir) / name, app.config.release, text_digest(env))
    domain_of(env).concordance = found


def setup(app: Sphinx) -> None:
    app.connect("env-updated", load_concordance, priority=EnvUpdated.LOAD_CONCORDANCE)
