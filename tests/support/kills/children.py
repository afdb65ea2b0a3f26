"""The processes that get killed: writers, which acknowledge after the commit, and workers."""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from django.db import InterfaceError, OperationalError, connections, transaction

from samrad.work.worker import Worker
from tests.support.kills.ground import Ground, save

BEGUN, ACKNOWLEDGED, WORKED = "begun", "saved", "worked"
LONGEST_PAUSE = 0.02  # so that workers come to the lock as well
TOO_EARLY = 0.03


@dataclass
class Child:
    """A running child: what it does, and what it has said through its pipe."""

    role: str
    pid: int
    pipe: int
    said: bytearray = field(default_factory=bytearray)
    born_at: float = field(default_factory=time.monotonic)

    @property
    def lines(self) -> int:
        """How often it has said something."""
        return self.said.count(b"\n")

    @property
    def pace(self) -> float:
        """Seconds from one thing it says to the next, on the whole."""
        return (time.monotonic() - self.born_at) / max(1, self.lines)

    def listen(self) -> bool:
        """Take what it has said; False at the end of the pipe."""
        heard = os.read(self.pipe, 65536)
        self.said += heard
        return bool(heard)

    def has_died(self) -> bool:
        """Whether it ended by itself, as writers do when the database server goes down."""
        ended = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return ended is not None

    def kill(self) -> list[tuple[str, str]]:
        """SIGKILL, and everything it had said by then."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while self.listen():
            pass
        os.close(self.pipe)
        lines = bytes(self.said).decode().splitlines()
        return [(what, token) for what, _, token in (line.partition(" ") for line in lines)]


def born(role: str, work: Callable[[int], None]) -> Child:
    """Fork a child that shares no connection with its parent."""
    connections.close_all()
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reads)
        live(work, writes)
    os.close(writes)
    return Child(role, pid, reads)


def live(work: Callable[[int], None], pipe: int) -> NoReturn:
    """The whole life of a child; it ends by SIGKILL or, if it breaks, loudly."""
    try:
        work(pipe)
    except (OperationalError, InterfaceError):
        os._exit(2)  # the server went down: a request fails too, and nothing was acknowledged
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    os._exit(1)


def writer(
    ground: Ground, number: int, run: int, *, too_early: bool = False
) -> Callable[[int], None]:
    """Save one text after the other, and acknowledge each after its commit.

    `too_early` acknowledges inside the transaction: a control that must be caught.
    """

    def work(pipe: int) -> None:
        pauses = random.Random(f"{number}-{run}")
        for count in itertools.count():
            token = f"{number}-{run}-{count}."
            os.write(pipe, f"{BEGUN} {token}\n".encode())
            with transaction.atomic():
                save(ground, number, token)
                if too_early:
                    os.write(pipe, f"{ACKNOWLEDGED} {token}\n".encode())
                    time.sleep(TOO_EARLY)
            if not too_early:
                os.write(pipe, f"{ACKNOWLEDGED} {token}\n".encode())
            time.sleep(pauses.uniform(0, LONGEST_PAUSE))

    return work


def queue_worker() -> Callable[[int], None]:
    """An ordinary worker, which says so after each job."""

    def work(pipe: int) -> None:
        worker = Worker()
        while True:
            if worker.turn():
                os.write(pipe, f"{WORKED} .\n".encode())
            else:
                time.sleep(LONGEST_PAUSE)

    return work
