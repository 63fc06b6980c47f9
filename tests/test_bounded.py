"""Work that comes to no end is stopped, whatever the process does besides."""

from __future__ import annotations

import re
import time

import pytest

from apparatus.bounded import TooSlowError, at_most


class Lingering:
    """What takes longer to be cleared away than the work may take."""

    def __del__(self) -> None:
        until = time.process_time() + 0.3
        while time.process_time() < until:
            pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stop_that_is_lost_while_an_object_is_cleared_away_comes_again() -> None:
    with pytest.raises(TooSlowError), at_most(0.1):
        lingering = Lingering()
        del lingering
        re.search("(a+)+$", "a" * 60 + "c")
