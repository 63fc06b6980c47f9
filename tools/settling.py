"""Run LaTeX until what a run reads is what it writes: then another would print the same.

A run that changes nothing is the last. States that come by turns would never end: they are told from the first that
comes again. Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from steps import StepError

#: What a run of LaTeX writes for the next, by the ends of the names.
KEPT = (".aux", ".toc", ".out", ".idx", ".ind")


def settled(once: Callable[[], None], state: Callable[[], str], most: int) -> int:
    """Call *once* until *state* stays; give how often that was. Raise :class:`StepError` if it never will, or not in *most*."""
    seen = [state()]
    for count in range(1, most + 1):
        once()
        now = state()
        if now == seen[-1]:
            return count
        if now in seen:
            turns = len(seen) - seen.index(now)
            raise StepError(f"not built: the book never stands still, {turns} states of it come by turns")
        seen.append(now)
    raise StepError(f"not built: the line numbers do not stand still after {most} runs")


def kept(folder: Path, name: str) -> str:
    """A digest of what a run over the book *name* has left for the next one in *folder*."""
    digest = hashlib.sha256()
    for file in (folder / f"{name}{end}" for end in KEPT):
        digest.update(f"{file.name}\0".encode() + (file.read_bytes() if file.is_file() else b"") + b"\0")
    return digest.hexdigest()


def forget(folder: Path, name: str) -> None:
    """Remove what runs have left: the next is the first."""
    for end in KEPT:
        (folder / f"{name}{end}").unlink(missing_ok=True)
