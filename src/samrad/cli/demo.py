"""`samrad demo`: the invented year on real ground, in one go on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from samrad.cli import server
from samrad.cli.commands import PRODUCT
from samrad.cli.ports import check_port
from samrad.cli.trouble import Trouble

HOST = "127.0.0.1"


def main(argv: list[str], name: str) -> int:
    """Fill an empty database, then serve it on loopback with a worker beside it."""
    started = time.monotonic()
    options = server.options_for(
        name, "Load the demo if the database is empty, and serve it to this machine only."
    ).parse_args(argv)
    check_port(HOST, options.port)
    settle_for_this_machine(options.port)
    server.load_django()
    bring_database_up()
    server.prepare_static_files()

    words = people()

    def announce() -> None:
        print(greeting(options.port, time.monotonic() - started, words), flush=True)

    with worker_beside():
        server.run_server(host=HOST, port=options.port, workers=1, threads=8, when_ready=announce)
    print("\nThe demo has stopped. Everything is kept for the next start.")
    return 0


def settle_for_this_machine(port: int) -> None:
    """Plain HTTP on loopback, and the sign-in without a password that only the demo has.

    Set whatever the environment says: the demo never serves anybody else, so nothing of a real
    installation's settings may open it wider.
    """
    os.environ.setdefault("SAMRAD_LOG_LEVEL", "WARNING")  # the greeting should stay in sight
    os.environ.update(
        SAMRAD_DEMO="yes",
        SAMRAD_HTTPS="no",
        SAMRAD_HOSTS="localhost,127.0.0.1,[::1]",
        SAMRAD_PUBLIC_URL=f"http://localhost:{port}",
    )
    for name in ("SAMRAD_MAIL_URL", "SAMRAD_MAIL_URL_FILE"):
        os.environ.pop(name, None)  # its mail stays in the data folder


def bring_database_up() -> None:
    """Migrate, and load the demo into a database nobody has used; refuse anybody else's."""
    from django.core.management import call_command

    from samrad.people.models import DemoMarker

    refuse_the_database_of_others()
    if server.waiting_migrations():
        with told("Preparing the database"):
            call_command("migrate", interactive=False, verbosity=0)
    if not DemoMarker.objects.exists():
        with told("Loading three councils' years"):
            load_apart()


def load_apart() -> None:
    """In a process of its own, which has ended before the server forks.

    The demo's agreements are printed while it is loaded, and what the typesetter starts for that
    does not live on in a forked process: no paper would ever come out of the server's workers.
    """
    command = [sys.executable, "-m", "samrad", "manage", "load_demo"]
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise Trouble(done.stderr.strip().removeprefix("CommandError: "))


def refuse_the_database_of_others() -> None:
    """Know whose the database is before anything in it is changed, whatever version made it."""
    from django.db import DatabaseError

    try:
        found = use_of_the_database()
    except DatabaseError as error:
        message = f"The database does not answer: {error}".strip()
        raise Trouble(message) from error
    if found:
        message = (
            f"The database holds {found}, not the demo. Nothing in it was changed. Give the demo a "
            "place of its own: --data DIR, and no SAMRAD_DATABASE_URL."
        )
        raise Trouble(message)


def use_of_the_database() -> str:
    """What others use the database for; empty for a new one and for the demo's own."""
    from django.db import connection

    from samrad.people.models import DemoMarker
    from samrad.site.safekeeping.rows import is_in_use, tables_of_others

    marker = DemoMarker._meta.db_table
    if marker in connection.introspection.table_names() and DemoMarker.objects.exists():
        return ""
    if is_in_use("default"):
        return "an installation that people use"
    return "tables of another program" if tables_of_others("default") else ""


@contextmanager
def told(title: str) -> Iterator[None]:
    """A line when something starts, and how long it took."""
    started = time.monotonic()
    print(f"  {title} …", file=sys.stderr, flush=True)
    yield
    print(f"  {title}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker that lives as long as the server does."""
    command = next(command for command in PRODUCT if command.name == "worker")
    worker = subprocess.Popen(
        [sys.executable, "-m", "samrad", command.name], stdin=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def greeting(port: int, seconds: float, people: str) -> str:
    """Where to go and whom to be."""
    return f"""
  Samråd's demo is ready ({seconds:.1f} s):  http://localhost:{port}/

  Choose there whom you want to be; the people are invented, the places and rules are real.
{people}
  Ctrl-C stops it.
"""


def people() -> str:
    """The people a visitor can be, a line for each council."""
    from samrad.people.models import DemoPerson

    groups: dict[str, list[str]] = {}
    for somebody in DemoPerson.objects.select_related("person"):
        groups.setdefault(somebody.group, []).append(str(somebody.person))
    return "\n".join(f"    {group}: {', '.join(names)}" for group, names in groups.items())
