"""`samrad demo`: the invented year on real ground, in one go on this machine."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from samrad.cli import server
from samrad.cli.commands import PRODUCT
from samrad.cli.ports import check_port


def main(argv: list[str], name: str) -> int:
    """Fill an empty database, then serve it on loopback with a worker beside it."""
    started = time.monotonic()
    options = server.options_for(
        name, "Load the demo if the database is empty, and serve it to this machine only."
    ).parse_args(argv)
    check_port("127.0.0.1", options.port)
    server.load_django()
    bring_database_up()
    server.prepare_static_files()

    def announce() -> None:
        print(greeting(options.port, time.monotonic() - started), flush=True)

    with worker_beside():
        server.run_server(
            host="127.0.0.1", port=options.port, workers=1, threads=8, when_ready=announce
        )
    print("\nThe demo has stopped. Everything is kept for the next start.")
    return 0


def bring_database_up() -> None:
    """Migrate, and load the demo into a database nobody has used."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if server.waiting_migrations():
        with told("Preparing the database"):
            call_command("migrate", interactive=False, verbosity=0)
    if not get_user_model()._default_manager.exists():
        with told("Loading three councils' years"):
            call_command("load_demo")


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


def greeting(port: int, seconds: float) -> str:
    """Where to go and whom to be."""
    return f"""
  Samråd's demo is ready ({seconds:.1f} s):  http://localhost:{port}/

  Choose there whom you want to be; the people are invented, the places and rules are real.
  Ctrl-C stops it.
"""
