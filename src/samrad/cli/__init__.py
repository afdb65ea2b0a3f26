"""`samrad COMMAND`: what an operator types.

Here a command line becomes settings and a call; what the commands do belongs to the apps.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from samrad.cli.commands import PRODUCT, overview
from samrad.cli.data import place_data, take_data_option
from samrad.cli.trouble import Trouble


def main(argv: list[str] | None = None) -> int:
    """Run the command that the first word names and return its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    data, argv = take_data_option(argv)
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(overview("samrad", PRODUCT))
        return 0
    if argv[0] == "--version":
        return version()
    known = {command.name: command for command in PRODUCT if command.is_there()}
    command = known.get(argv[0])
    if command is None:
        print(f"There is no command {argv[0]!r}. samrad --help lists them.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.settings")
    try:
        place_data(data)
        module, _, function = (command.runs or "samrad.cli.manage:same_name").partition(":")
        outcome: int = getattr(import_module(module), function)(argv[1:], command.name)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return outcome


def version() -> int:
    """Print the version that is installed."""
    from samrad import __version__  # noqa: PLC0415

    print(__version__)
    return 0
