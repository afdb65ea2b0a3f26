"""`samrad serve`: the pages, by gunicorn with settings that suit the database."""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from samrad.cli.ports import check_port
from samrad.cli.trouble import Trouble

LOOPBACK = ("127.0.0.1", "localhost", "::1")
HIGHEST_PORT = 65535
M_ARENA_MAX, ARENAS = -8, 2  # malloc.h of glibc


def port_number(word: str) -> int:
    """A port as written on the command line."""
    if not word.isdigit() or not 1 <= int(word) <= HIGHEST_PORT:
        message = f"{word!r} is not a port; expected a number from 1 to {HIGHEST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(word)


def options_for(name: str, description: str) -> argparse.ArgumentParser:
    """The options that `serve` and `demo` share."""
    parser = argparse.ArgumentParser(prog=f"samrad {name}", description=description)
    parser.add_argument("--port", type=port_number, default=8000, help="port (8000)")
    parser.add_argument("--data", metavar="DIR", help="where everything is kept")
    return parser


def main(argv: list[str], name: str) -> int:
    """Serve an installation that is ready; refuse, and say why, when it is not."""
    parser = options_for(name, "Serve the pages. Put a proxy with HTTPS in front of it.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--workers", type=int, help="processes; on SQLite always one")
    parser.add_argument("--threads", type=int, default=8, help="threads a process (8)")
    options = parser.parse_args(argv)
    check_port(options.host, options.port)
    os.environ["SAMRAD_DEMO"] = "no"  # signing in with one click is the demo's alone
    load_django()
    refuse_old_database()
    prepare_static_files()

    def announce() -> None:
        print(f"Samråd listens on http://{shown(options.host)}:{options.port}/", flush=True)

    run_server(
        host=options.host, port=options.port, workers=options.workers,
        threads=options.threads, when_ready=announce,
    )  # fmt: skip
    return 0


def shown(host: str) -> str:
    """An address as it is written in a URL."""
    return f"[{host}]" if ":" in host else host


def load_django() -> None:
    """Start Django once the environment says where the data is."""
    import django

    django.setup()


def waiting_migrations() -> int:
    """How many steps the database is behind this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_old_database() -> None:
    """On a database of another version pages would fail; fail once, and say what to do."""
    from django.db import OperationalError

    try:
        behind = waiting_migrations()
    except OperationalError as error:
        message = f"The database does not answer: {error}".strip()
        raise Trouble(message) from error
    if behind:
        message = f"The database is {behind} steps behind this version. Run: samrad manage migrate"
        raise Trouble(message)


def prepare_static_files() -> None:
    """Gather style sheets, scripts and images under stamped names, when they have changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    marks = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = os.stat(storage.path(path))  # noqa: PTH116 (a storage speaks in plain paths)
            marks.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.gathered")
    wanted = "\n".join(sorted(marks))
    if root.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted, encoding="utf-8")


def run_server(
    *, host: str, port: int, workers: int | None, threads: int, when_ready: Callable[[], None]
) -> None:
    """Serve until told to stop; returns when the last request has been answered."""
    from django.db import connection, connections
    from gunicorn.app.base import BaseApplication

    share_free_memory()
    one_writer = connection.vendor == "sqlite"
    processes = 1 if one_writer else workers or min(4, (os.cpu_count() or 1) + 1)

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
        def load_config(self) -> None:
            choices: dict[str, Any] = {
                "bind": [f"{shown(host)}:{port}"],
                "workers": processes,
                "threads": threads,
                "worker_class": "gthread",
                "preload_app": True,
                "timeout": 60,
                "graceful_timeout": 20,
                "keepalive": 5,
                "loglevel": "warning",
                "control_socket_disable": True,
                "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
                "when_ready": lambda _server: when_ready(),
                "pre_fork": lambda _server, _worker: before_fork(connections),
            }
            for key, value in choices.items():
                self.cfg.set(key, value)

        def load(self) -> Any:
            from django.urls import get_resolver

            from samrad.site.wsgi import application

            # Every page is loaded before the first request: nobody waits for it, processes share
            # it, and a page that declares no audience stops the server from starting.
            get_resolver().url_patterns  # noqa: B018 (reading it loads them)
            return application

    parent = os.getpid()
    try:
        Server().run()
    except SystemExit as end:
        if os.getpid() != parent:  # a forked worker: what follows here is its parent's to do
            os._exit(int(end.code or 0))
        if end.code:
            raise


def before_fork(connections: Any) -> None:
    """A worker shares the loaded program with its parent, but never a database connection."""
    connections.close_all()
    gc.freeze()


def share_free_memory() -> None:
    """Let threads share what they gave back, instead of a hoard for each: a tenth of a worker.

    Where the C library knows no such thing, nothing is changed.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(M_ARENA_MAX, ARENAS)
