"""Run Samråd the way people do: as a program, asked over HTTP, stopped with Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 300
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    """A port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without the settings of the test run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAMRAD_", "DJANGO_", "PYTEST_", "COV_")) and name != "PYTHONPATH"
    }
    return {**kept, **more}


@dataclass
class Program:
    """A running server: its process, what it said so far, how long it took to answer."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int
    seconds_to_start: float = 0.0

    def said(self) -> str:
        """Everything it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page: its status and text."""
        try:
            with NO_PROXY.open(f"http://localhost:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def interrupt(self) -> int:
        """Ctrl-C: to the whole group, as a terminal does; the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=30)

    def left_something_running(self) -> bool:
        """True while any process of its group is there."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@contextlib.contextmanager
def running(command: list[str], *, port: int, **options: object) -> Iterator[Program]:
    """Start it and wait for the address it prints and the first answer; nothing stays behind."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        started = time.monotonic()
        with log.open("wb") as file:
            process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True, **options,
            )  # fmt: skip
        program = Program(process, log, port)
        try:
            wait_for_answer(program)
            program.seconds_to_start = time.monotonic() - started
            yield program
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for_answer(program: Program) -> None:
    """Until the page at / is answered in some way."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if program.process.poll() is not None:
            message = f"It ended with {program.process.returncode}:\n{program.said()}"
            raise RuntimeError(message)
        if re.search(rf":{program.port}/", program.said()):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                program.get("/")
                return
        time.sleep(0.05)
    message = f"No answer in {SECONDS_TO_START} s:\n{program.said()}"
    raise RuntimeError(message)
