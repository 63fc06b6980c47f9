"""The program ``apparatus``, also ``python -m apparatus``: an edition's tasks without a browser.

It reads an edition as a build does, with the same messages and the same proof, and writes nothing that is not proved.
Each command is a module of its own; :data:`COMMANDS` has them in the order in which ``--help`` lists them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from apparatus import __version__
from apparatus.sphinxext.program import (
    check,
    completion,
    new,
    record,
    rename,
    renumber,
    show,
    stats,
    take_in,
    variants,
)
from apparatus.sphinxext.program.command import Command, RefusalError

COMMANDS: tuple[Command, ...] = (
    new.COMMAND,
    check.COMMAND,
    record.COMMAND,
    rename.COMMAND,
    show.SHOW,
    show.WITNESS,
    stats.COMMAND,
    variants.COMMAND,
    renumber.COMMAND,
    take_in.COMMAND,
    completion.COMMAND,
)
#: What a shell expects of a program that was interrupted.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the status with which the program ends.

    It is 0 when all is well, 1 when something is to be mended, 2 when the command line cannot be read.
    """
    asked = parser().parse_args(arguments)
    try:
        status: int = asked.run(asked)
    except BrokenPipeError:  # who reads it has enough
        sys.stdout = None  # or Python would try again at its end
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\napparatus: interrupted; nothing was changed that is not whole\n")
        return INTERRUPTED
    except (RefusalError, OSError) as error:
        sys.stderr.write(f"apparatus: {_said(error)}\n")
        return 1
    return status


def _said(error: Exception) -> str:
    """What went wrong, in a sentence."""
    if isinstance(error, OSError):
        return ": ".join(filter(None, (str(error.filename or ""), (error.strerror or "").lower())))
    return str(error)


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    made = argparse.ArgumentParser("apparatus", description="The tasks of a critical edition.")
    made.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    tasks = made.add_subparsers(dest="task", required=True, metavar="TASK")
    for command in COMMANDS:
        task = tasks.add_parser(command.name, help=command.help, description=command.description)
        task.formatter_class = argparse.RawDescriptionHelpFormatter
        task.set_defaults(run=command.run)
        command.declare(task)
    return made
