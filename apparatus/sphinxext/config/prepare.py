"""What of Sphinx's and MyST's own settings every edition needs, so that its conf.py need not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apparatus.sphinxext.schedule import ConfigInited

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: What the source of an edition is written with: fences of colons, classes of blocks and words.
MYST_EXTENSIONS = {"colon_fence", "attrs_block", "attrs_inline"}


def is_set(config: Config, name: str) -> bool:
    """Whether ``conf.py`` or the command line gives a value."""
    return name in config._raw_config or name in config.overrides


def prepare_sphinx(app: Sphinx, config: Config) -> None:
    """Set what every edition needs (``config-inited``)."""
    if "myst_enable_extensions" in config:
        config.myst_enable_extensions = {*config.myst_enable_extensions, *MYST_EXTENSIONS}
    if "smartquotes" not in config._raw_config:
        config.smartquotes = False  # punctuation is evidence


def setup(app: Sphinx) -> None:
    app.connect("config-inited", prepare_sphinx, priority=ConfigInited.PREPARE)
