"""``setup()``: the table of contents of the extension."""

from __future__ import annotations

from importlib import import_module, util
from typing import TYPE_CHECKING

from apparatus import __version__
from apparatus.sphinxext import assemble, collect, config, cyrillic, directives, domain, html, witnesses

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, in the order in which a build meets it."""
    config.setup(app)
    domain.setup(app)
    directives.setup(app)
    collect.setup(app)
    assemble.setup(app)
    cyrillic.setup(app)
    html.setup(app)
    witnesses.setup(app)
    for later in ("assets", "latex", "backlinks"):
        if util.find_spec(f"apparatus.sphinxext.{later}"):
            import_module(f"apparatus.sphinxext.{later}").setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
