"""What Python need not look through again while an edition is built.

Python looks for garbage through all that is alive, and the more often the more is made. Of a
large edition much is made. The programs that make it live to the end: they are set aside
before the first document is read, and are looked through again when the build is over.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def set_aside(*_: object) -> None:
    """Let what is alive now be looked through no more."""
    gc.collect()
    gc.freeze()


def take_back(*_: object) -> None:
    """Let all be looked through again: one process may build several editions."""
    gc.unfreeze()


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", set_aside)
    app.connect("build-finished", take_back)
