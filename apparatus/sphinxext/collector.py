"""Python's collector of garbage while an edition is built.

An edition is many small values that stay to the end, and the collector walks over them again and again in
search of what can go: a quarter of a build. While one runs it looks less often, and what has been read and
proved it leaves alone; afterwards all is as it was. When the program ends it would look for the last time,
and everything would be taken apart value by value, for an eighth of a build: the system has that memory at once.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

from apparatus.sphinxext.schedule import BuildFinished, ConfigInited, EnvUpdated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: After how many new values it looks, and how many of its looks go deeper.
SELDOM = (1_000_000, 20, 100)


class Collector:
    """The collector's ways before, during and after a build."""

    def __init__(self) -> None:
        self.before = gc.get_threshold()

    def hold(self, app: Sphinx, config: Config) -> None:
        """Look seldom (``config-inited``: before what an earlier build remembered is read)."""
        gc.set_threshold(*SELDOM)

    def leave_alone(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Look no more at what is there when all is read and proved (``env-updated``)."""
        gc.freeze()
        return []

    def release(self, app: Sphinx, exception: Exception | None) -> None:
        """Go on as before (``build-finished``)."""
        gc.freeze()  # else it would look at once at all that is there
        gc.unfreeze()
        gc.set_threshold(*self.before)
        atexit.unregister(gc.freeze)  # once, however many builds one program makes
        atexit.register(gc.freeze)


def setup(app: Sphinx) -> None:
    collector = Collector()
    app.connect("config-inited", collector.hold, priority=ConfigInited.HOLD_COLLECTOR)
    app.connect("env-updated", collector.leave_alone, priority=EnvUpdated.LEAVE_ALONE)
    app.connect("build-finished", collector.release, priority=BuildFinished.RELEASE_COLLECTOR)
