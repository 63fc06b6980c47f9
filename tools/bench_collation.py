"""What it costs to collate witnesses from their transcriptions, and how much of what they have in common is shown.

    python tools/bench_collation.py

Traditions are generated (the same ones every time), the descent of every word known. Written is JSON: the seconds of one core
and the megabytes that five witnesses of 200,000 words take, and by tradition which hundredth part of the agreements
of two witnesses against the text, outside rewritten stretches, no entry shows.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from traditions import Rates, tradition  # noqa: E402

from apparatus.collation.grouping import group_witnesses  # noqa: E402

#: Traditions of thirteen witnesses, twelve of each.
KINDS = {
    "slips of 2 words in 100": Rates(),
    "slips of 5 words in 100": Rates(0.05),
    "one block moved, lost, added by each of four ancestors": Rates(0.02, 1, 1, 1),
    "two blocks moved, lost, added by each of four ancestors": Rates(0.02, 2, 2, 2),
}


def cost() -> tuple[float, float]:
    """Seconds and megabytes."""
    drawn = tradition(1, 2000, 100, Rates(0.01, 1, 1, 1), keys="ACEFK")
    text, conspectus, told = drawn.text, drawn.conspectus, drawn.transcriptions
    del drawn
    began = time.process_time()
    found = group_witnesses(text, conspectus, told)
    assert not found.unproved
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def hidden(rates: Rates) -> float:
    """Of a hundred agreements so many are shown by no entry."""
    every = shown = 0
    for seed in range(12):
        drawn = tradition(seed, rates=rates)
        found = group_witnesses(drawn.text, drawn.conspectus, drawn.transcriptions)
        assert not found.unproved
        its = drawn.shown(found)
        every, shown = every + its[0], shown + its[1]
    return 100 * (1 - shown / every)


def main() -> None:
    seconds, megabytes = cost()
    shares = {name: hidden(rates) for name, rates in KINDS.items()}
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "hidden": shares}))


if __name__ == "__main__":
    main()
