"""Files that a build leaves: written beside their place and moved there.

What stood there before stays until the new file is whole, so that a full disk, or a build that is ended in
the midst, takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A path beside *path* to write to; what was written is moved to its place if nothing went wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name[:100]}.new")
    try:
        yield new
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def put(path: Path, text: str) -> None:
    """Write a text, in UTF-8 and with the line ends that it has."""
    with beside(path) as new:
        new.write_text(text, encoding="utf-8", newline="\n")
