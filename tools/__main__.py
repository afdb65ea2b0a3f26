"""`python -m tools COMMAND`: hands over to the module of a developer command."""

from __future__ import annotations

import importlib
import sys

from tools.commands import DEVELOPER


def main(argv: list[str]) -> int:
    """Run the command that the first word names."""
    modules = {command.name: command.runs for command in DEVELOPER}
    if not argv or argv[0] not in modules:
        print(f"One of: {', '.join(modules)}", file=sys.stderr)
        return 2
    outcome: int = importlib.import_module(modules[argv[0]]).main(argv[1:])
    return outcome


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
