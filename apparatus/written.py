"""Files that a build or a command leaves: written beside their place and moved there.

What stood there before stays until the new file is whole, so that a full disk, or a build that is ended in
the midst, takes nothing away.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
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


def put_all(files: Mapping[Path, bytes]) -> None:
    """Write several files, all or none.

    Each is written whole beside its place, then all are moved, and a signal waits until that is done. If one
    cannot be moved, those that have been are put back.
    """
    with ExitStack() as stack:
        ready = [
            (stack.enter_context(_whole_beside(path.resolve(), data)), path.resolve())
            for path, data in files.items()
        ]
        with _undisturbed():
            _move_all(ready)


@contextmanager
def _whole_beside(path: Path, data: bytes) -> Iterator[Path]:
    """A file beside *path* that has *data* on the disk, with the rights of what stands there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name[:100]}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        yield new
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _move_all(ready: list[tuple[Path, Path]]) -> None:
    moved: list[tuple[Path, bytes | None]] = []
    try:
        for new, path in ready:
            before = path.read_bytes() if path.exists() else None
            new.replace(path)
            moved.append((path, before))
    except BaseException:
        for path, before in reversed(moved):
            path.unlink() if before is None else path.write_bytes(before)
        raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let an interruption wait."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, lambda number, _: waiting.append(number)) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in waiting:
            signal.raise_signal(number)
