"""``apparatus completion``: the script by which a shell completes commands, options and files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from apparatus.sphinxext.program.command import Command, print_out

SHELLS = ("bash", "zsh", "fish")


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    task.add_argument("shell", choices=SHELLS, help="of which it is the script")


def run(asked: argparse.Namespace) -> int:
    """Print the script."""
    print_out(script(asked.shell))
    return 0


def script(shell: str) -> str:
    """The script of a shell for all commands as they are."""
    import shtab

    from apparatus.sphinxext.program import parser

    made, kinds = parser(), {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE}
    for action in _actions(made):
        if action.metavar in kinds:
            action.complete = kinds[str(action.metavar)]  # type: ignore[attr-defined]
    return str(shtab.complete(made, shell)).rstrip("\n") + "\n"


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _actions(one)


COMMAND = Command(
    "completion",
    "print the script by which a shell completes what you type",
    "Print a script for bash, zsh or fish. Let the shell read it when it starts, for instance:\n\n"
    "  apparatus completion bash > ~/.local/share/bash-completion/completions/apparatus\n"
    "  apparatus completion zsh > ~/.zfunc/_apparatus      (with fpath+=~/.zfunc before compinit)\n"
    "  apparatus completion fish > ~/.config/fish/completions/apparatus.fish",
    declare,
    run,
)
