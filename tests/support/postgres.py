"""A PostgreSQL server of our own: made in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support.components import postgresql

SECONDS_TO_START = 60
PR_SET_PDEATHSIG = 1
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{socket}'
shared_buffers = 64MB
max_connections = 100
{durability}
log_min_messages = fatal
"""
# Statistics taken while a table happened to be empty make later queries crawl: no autovacuum.
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\njit = off"
SAFE = "fsync = on\nsynchronous_commit = on"


@dataclass
class Cluster:
    """A running server: its address for settings, and its process for campaigns that kill it."""

    folder: Path
    binaries: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres") -> str:
        """What SAMRAD_DATABASE_URL should say."""
        return f"postgresql://samrad@/{database}?host={quote(str(self.folder / 'socket'))}"

    def create_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        command = [
            self.binaries / "createdb", "--host", self.folder / "socket",
            "--username", "samrad", "--template", "template0", name,
        ]  # fmt: skip
        subprocess.run([*map(str, command)], check=True, capture_output=True)
        return self.url(name)


@contextlib.contextmanager
def temporary_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Start a server that nobody else can reach; `durable` keeps its promises through a crash."""
    binaries = postgresql()
    if binaries is None:
        message = "PostgreSQL is not installed"
        raise RuntimeError(message)
    folder = Path(tempfile.mkdtemp(prefix="samrad-pg-"))
    owner = unprivileged_user()
    try:
        (folder / "socket").mkdir()
        if owner:
            for place in (folder, folder / "socket"):
                os.chown(place, owner.pw_uid, owner.pw_gid)
            folder.chmod(0o755)
        make_cluster(binaries, folder, owner, durable=durable)
        process = start(binaries, folder, owner)
        try:
            yield Cluster(folder, binaries, process)
        finally:
            stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then the user its package made has to do it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return None


def become(owner: pwd.struct_passwd | None) -> dict[str, object]:
    """The arguments of subprocess that run a program as this user."""
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def make_cluster(
    binaries: Path, folder: Path, owner: pwd.struct_passwd | None, *, durable: bool
) -> None:
    """Lay the files of the server out."""
    command = [
        binaries / "initdb", "--pgdata", folder / "data", "--username", "samrad", "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, cwd="/", **become(owner))  # type: ignore[call-overload]
    with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(
            CONFIGURATION.format(socket=folder / "socket", durability=SAFE if durable else FAST)
        )


def start(binaries: Path, folder: Path, owner: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    log = (folder / "log").open("wb")
    process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
        [binaries / "postgres", "-D", folder / "data"],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 (it calls the kernel and nothing else)
        **become(owner),
    )  # fmt: skip
    log.close()
    deadline = time.monotonic() + SECONDS_TO_START
    ready = [binaries / "pg_isready", "--quiet", "--host", folder / "socket"]
    while subprocess.run([*map(str, ready)], check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            message = f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')}"
            raise RuntimeError(message)
        time.sleep(0.05)
    return process


def end_with_parent() -> None:
    """Linux: should the tests be killed, the kernel stops the server they started."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: connections are cut, nothing is left running."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=10)
