"""`samrad COMMAND`: what an operator types.

Here a command line becomes settings and a call; what the commands do belongs to the apps.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from samrad import __version__
from samrad.cli.commands import PRODUCT, Command, overview
from samrad.cli.data import place_data, take_data_option
from samrad.cli.trouble import Trouble


def main(argv: list[str] | None = None) -> int:
    """Run the command that the first word names and return its exit code."""
    data, words = take_data_option(list(sys.argv[1:] if argv is None else argv))
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview("samrad", PRODUCT))
        return 0
    if words[0] == "--version":
        print(__version__)
        return 0
    known = {command.name: command for command in PRODUCT if command.is_there()}
    command = known.get(words[0])
    if command is None:
        print(f"There is no command {words[0]!r}. samrad --help lists them.", file=sys.stderr)
        return 2
    return carry_out(command, words[1:], data)


def carry_out(command: Command, rest: list[str], data: str | None) -> int:
    """Decide where the data is, then hand over; a failure is told in words, not as a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.settings")
    module, _, function = (command.runs or "samrad.cli.manage:same_name").partition(":")
    try:
        place_data(data)
        outcome: int = getattr(import_module(module), function)(rest, command.name)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        outcome = 130
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        outcome = 1
    except BrokenPipeError:  # the reader has seen enough: `samrad areas list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        outcome = 1
    return outcome
