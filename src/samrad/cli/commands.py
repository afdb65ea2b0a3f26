"""The commands of the product, each in a line.

Read by the launcher before anything is installed, so: standard library only, and no import of the
commands themselves. A command runs either a function (`module:function`) or, where `runs` is empty,
the Django management command of the same name in the app it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Command:
    """A word after `samrad`, what it does in a line, and what carries it out."""

    name: str
    help: str
    runs: str = ""

    def is_there(self) -> bool:
        """False while no app brings the management command: then it is not in the menu."""
        pattern = f"*/management/commands/{self.name}.py"
        return bool(self.runs) or any(PACKAGE.glob(pattern))


PRODUCT = (
    Command(
        "demo", "load the demo, serve it on this machine and say where", "samrad.cli.demo:main"
    ),
    Command("serve", "serve the pages", "samrad.cli.server:main"),
    Command("worker", "do the queued work: mail, reminders, imports", "samrad.cli.worker:main"),
    Command(
        "manage", "administration: migrate, check, settings and more", "samrad.cli.manage:main"
    ),
    Command("mail", "take in a mail from a mail server's pipe: an answer, a bounce"),
    Command("backup", "write everything, database and files, into one file"),
    Command("restore", "bring a backup back into an empty installation"),
    Command("move", "copy everything from SQLite to PostgreSQL, and compare"),
    Command("trail", "verify the record of what was done, or export its head"),
    Command("areas", "load municipalities, police districts and their relations"),
    Command("data", "take in statistics and incidents, fetch them, list and check them"),
    Command("agreement", "read an agreement into its parts, or check what was signed"),
    Command(
        "analysis", "find what rises and falls in a file of counts", "samrad.cli.analysis:main"
    ),
)


def overview(program: str, commands: tuple[Command, ...]) -> str:
    """What `--help` prints: every command there is, one a line."""
    there = [command for command in commands if command.is_there()]
    width = max(len(command.name) for command in there)
    lines = [
        "Samråd: where police and municipality prevent crime together.",
        "",
        f"Usage: {program} COMMAND [options]      {program} COMMAND --help",
        "",
        *(f"  {command.name:<{width}}  {command.help}" for command in there),
        "",
        "Every command takes --data DIR (where everything is kept); demo, serve and worker take",
        "--port N; what reads or computes takes --json.",
    ]
    return "\n".join(lines)
