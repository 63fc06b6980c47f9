"""What the tools share: one way to say what is being done, to run it, and to stop.

A step that takes long shows where it is; a step that fails ends with one line that says
what to do. Two steps never work in one folder at the same time, whichever terminals they were
called from. Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # no Unix: nothing here locks
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
TEXMF = ROOT / ".cache" / "texmf"  # what the set-up fetches for TeX

Command = Sequence[str | Path]

HEARTBEAT = 15.0  # seconds between two signs of life where the output is not a terminal


class StepError(Exception):
    """A step cannot go on; the message is the one line the reader is left with."""


def say(step: str, text: str) -> None:
    """Print one line of progress."""
    print(f"{step}: {text}", flush=True)


def guarded(step: str, work: Callable[[], None]) -> int:
    """Do the work of a step and give the exit code; a stop is one line, never a traceback."""
    try:
        with alone(step):
            work()
    except StepError as stop:
        stopped(step, str(stop))
        return 1
    except OSError as error:
        stopped(step, refused(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:  # a fault of these programs, which whoever builds cannot mend
        stopped(step, f"this is a fault of the program, please report it ({kept(traceback.format_exc())})")
        return 1
    return 0


def stopped(step: str, why: str) -> None:
    """Say in one line why a step stops."""
    print(f"{step}: {why}", file=sys.stderr, flush=True)


def refused(error: OSError) -> str:
    """What the system would not do, with which file, and what would mend it."""
    reason = (error.strerror or type(error).__name__).lower()
    file = named(Path(os.fsdecode(error.filename))) if error.filename else "a file"
    return f"{file}: {reason}; see to that (rights, space on the disk), then run make again"


def kept(report: str) -> str:
    """Where a traceback was written, or its last line where nothing can be written."""
    log = BUILD / "log" / "fault.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(report, encoding="utf-8")
    except OSError:
        return report.strip().splitlines()[-1]
    return f"log: {named(log)}"


@contextmanager
def alone(step: str) -> Iterator[None]:
    """Wait until no other step works in this folder, and keep others waiting; says so if it waits."""
    if fcntl is None:
        yield
        return
    if BUILD.exists() and not BUILD.is_dir():
        raise StepError("build is a file, and the folder of the outputs has that name; move it away")
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(step, "another build works in this folder; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def where_tex_looks() -> dict[str, str]:
    """The environment in which TeX finds what the set-up has fetched for it, beside the reader's own files."""
    home = os.environ.get("TEXMFHOME", "~/texmf")
    return {"TEXMFHOME": f"{{{TEXMF},{home}}}"} if TEXMF.is_dir() and str(TEXMF) not in home else {}


def put(data: bytes, output: Path) -> None:
    """Write a file beside its place and move it there: it is never half written, nor lost for a full disk."""
    output.parent.mkdir(parents=True, exist_ok=True)
    beside = output.with_name(f".{output.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(output)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


class _Ticker:
    """Shows the last sign of progress: in place on a terminal, now and then elsewhere."""

    def __init__(self, step: str) -> None:
        self.step, self.started, self.width = step, time.monotonic(), 0
        self.said = self.started

    def show(self, text: str) -> None:
        now = time.monotonic()
        line = f"{self.step}:   {text} ({now - self.started:.0f} s)"[:100]
        if sys.stdout.isatty():
            print(f"\r{line:<{self.width}}", end="", flush=True)
            self.width = len(line)
        elif now - self.said >= HEARTBEAT:
            print(line, flush=True)
            self.said = now

    def close(self) -> None:
        if self.width:
            print(f"\r{'':<{self.width}}\r", end="", flush=True)


def run(
    step: str,
    command: Command,
    log: Path,
    progress: str,
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a command, its output to the log; give its exit code and the output.

    ``progress`` is a pattern: what it matches in a line of output is shown as it comes.
    The command gets no standard input, so that nothing can stop to ask.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    pattern, lines, ticker = re.compile(progress), [], _Ticker(step)
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise StepError(f"{command[0]} cannot be run ({error.strerror})") from error
    with process, log.open("w", encoding="utf-8") as record:
        for line in process.stdout or ():
            record.write(line)
            lines.append(line)
            if found := pattern.search(line):
                ticker.show(found.group(0))
    ticker.close()
    return process.returncode, "".join(lines)


def named(path: Path) -> str:
    """A path as the reader would type it: from the project's folder."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
