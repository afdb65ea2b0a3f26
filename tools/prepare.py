"""Make a clone ready to run, then hand over to the command.

Standard library only: this runs before anything is installed. Each step is done only when what it
is made from has changed (content, not dates), so that a second start costs next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from samrad.cli.commands import PRODUCT, Command, overview
from tools.commands import DEVELOPER
from tools.steps import Step, Trouble, clone_lock, frontend, packages, texts, venv

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"


def main(argv: list[str]) -> int:
    """Prepare what the command needs and become it."""
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(overview("./samrad", (*PRODUCT, *DEVELOPER)))
        return 0
    names = {command.name: command for command in (*PRODUCT, *DEVELOPER)}
    command = names.get(argv[0])
    if command is None:
        print(f"There is no command {argv[0]!r}. ./samrad --help lists them.", file=sys.stderr)
        return 2
    try:
        with clone_lock(ROOT):
            for step in needed(command):
                step.bring_up_to_date()
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing is half-done: the next start continues here.", file=sys.stderr)
        return 130
    become(command, argv[1:])
    return 0


def needed(command: Command) -> list[Step]:
    """The steps for this command: developer commands also need the tools that test and check."""
    developer = command in DEVELOPER
    return [
        venv(ROOT, VENV),
        packages(ROOT, VENV, "dev" if developer else "runtime"),
        frontend(ROOT, VENV),
        texts(ROOT, VENV),
    ]


def become(command: Command, rest: list[str]) -> None:
    """Replace this process, so that signals and exit codes are the command's own."""
    python = VENV / "bin" / "python"
    if command in DEVELOPER:
        os.chdir(ROOT)
        arguments = ["-m", "tools", command.name, *rest]
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        )
    else:
        arguments = ["-m", "samrad", command.name, *rest]
    keep_bytecode()
    sys.stdout.flush()
    sys.stderr.flush()
    replace: Callable[[str, list[str]], None] = os.execv
    replace(str(python), [str(python), *arguments])


def keep_bytecode() -> None:
    """Let Python keep what it compiles, in the environment's folder rather than beside the sources.

    Half of a warm start is compiling otherwise; some systems tell Python to keep nothing anywhere.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(VENV / "bytecode")
