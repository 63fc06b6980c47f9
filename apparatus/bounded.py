"""An expression that an edition brings, and that must come to an end.

The expressions of ``re`` are kept, and so is what they match: an engine that is fast by nature has no
references back and no looking ahead, and one with a limit of its own has another syntax. What is bounded is the
time of the processor, so that a busy machine stops nothing that an idle one would finish.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlowError(Exception):
    """The work was stopped."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what is done inside after so many *seconds* of the processor, with :class:`TooSlowError`.

    Where a program cannot be interrupted (Windows, a thread beside the first) it runs to its end.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    # Again and again: what is raised while Python clears away an object is lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(signum: int, frame: FrameType | None) -> None:
    raise TooSlowError
