"""Is a port free, and if not, who has it?"""

from __future__ import annotations

import errno
import shutil
import socket
import subprocess
from pathlib import Path

from samrad.cli.trouble import Trouble

LISTENING = "0A"
TRIES = 100


def check_port(host: str, port: int) -> None:
    """Say plainly why the server could not listen there, before it tries."""
    error = why_not(host, port)
    if error is None:
        return
    if error == errno.EADDRINUSE:
        holder = holder_of(port)
        message = f"Port {port} is taken{f' by {holder}' if holder else ''}."
        free = free_port_after(host, port)
        if free:
            message += f"\nStop that program, or use another port: --port {free}"
        raise Trouble(message)
    if error == errno.EACCES:
        message = f"Only the administrator may listen on port {port}. Use another: --port 8000"
        raise Trouble(message)
    message = f"{host} is not an address of this machine; use --host 127.0.0.1"
    raise Trouble(message)


def why_not(host: str, port: int) -> int | None:
    """The system's error number for listening there, or None when it works."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OSError as error:
            return error.errno
    return None


def free_port_after(host: str, port: int) -> int | None:
    """The next port that would work."""
    candidates = range(port + 1, min(port + TRIES, 65536))
    return next((number for number in candidates if why_not(host, number) is None), None)


def holder_of(port: int) -> str:
    """The program that listens on a port, as `name (process 123)`, where the system tells."""
    try:
        return _from_proc(port)
    except OSError:
        return _from_lsof(port)


def _from_proc(port: int) -> str:
    sockets = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{fields[9]}]")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            opened = {str(handle.readlink()) for handle in (process / "fd").iterdir()}
            if opened & sockets:
                return f"{_name_of(process)} (process {process.name})"
        except OSError:
            continue  # another person's process, or one that has just ended
    return ""


def _name_of(process: Path) -> str:
    words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    if "samrad" in {Path(word).name for word in words[:4]}:
        return "another Samråd"
    return (process / "comm").read_text(encoding="utf-8").strip()


def _from_lsof(port: int) -> str:
    lsof = shutil.which("lsof")
    if not lsof:
        return ""
    answer = subprocess.run(
        [lsof, "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"],
        capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip
    found = {line[0]: line[1:] for line in answer[:2] if line}
    return f"{found['c']} (process {found['p']})" if {"c", "p"} <= set(found) else ""
