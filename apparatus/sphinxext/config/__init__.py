"""The configuration of an edition: declared once, checked once, read only through :func:`settings`.

=============  ====================================================================
``declare``    what a setting is: its default, what it may be, what a change rebuilds
``declared``   every setting there is, each in one line
``check``      what ``conf.py`` gives → :class:`Settings`, and what is wrong with it
``prepare``    what of Sphinx's and MyST's own settings an edition needs
=============  ====================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from apparatus.sphinxext.config import check, prepare
from apparatus.sphinxext.config.declared import Citation, Settings
from apparatus.sphinxext.config.prepare import is_set

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["Citation", "Settings", "call_usual_series", "is_set", "says_language", "settings"]


def settings(config: Config) -> Settings:
    """The checked configuration."""
    found: Settings = config[check.CHECKED]
    return found


def says_language(config: Config) -> bool:
    """Whether an edition says in what language its prose is; Sphinx takes English where nothing is said."""
    return is_set(config, "language") or settings(config).language is not None


def call_usual_series(config: Config, say: Callable[[str], str]) -> None:
    """Let the series that every edition has be called in its language, unless ``conf.py`` declares its own."""
    if not is_set(config, "apparatus_series"):
        series = {name: replace(one, label=say(one.label)) for name, one in settings(config).series.items()}
        config[check.CHECKED] = replace(settings(config), series=series)


def setup(app: Sphinx) -> None:
    check.setup(app)
    prepare.setup(app)
