"""Kill writers and workers on one database, at random, and reckon: one process, one JSON answer.

python -m tests.support.kills.harness --kills 200 --seed 1 [--postgresql] [--power 200]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.postgres import Cluster, start, stop, temporary_cluster, unprivileged_user
from tests.support.scratch import fresh_installation

if TYPE_CHECKING:
    from tests.support.kills.children import Child
    from tests.support.kills.ground import Ground

WRITERS = 2
LEASE = timedelta(seconds=3)
MOST_LINES = 3
LONGEST_LIFE = 1.5
SERVER_CRASHES = 5


def main() -> None:
    """Run, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--power", type=int, default=0)
    options = parser.parse_args()
    with contextlib.ExitStack() as endings:
        cluster = (
            endings.enter_context(temporary_cluster(durable=True)) if options.postgresql else None
        )
        url = cluster.create_database("kills") if cluster else "sqlite:///"
        folder = fresh_installation(database_url=url)
        print(json.dumps(campaign(options, cluster, folder)))
        if cluster:
            stop(cluster.process)


def campaign(options: argparse.Namespace, cluster: Cluster | None, folder: Path) -> dict[str, Any]:
    """The kills, then the controls that must fail."""
    from samrad.post.models import Message
    from samrad.work.registry import TASKS
    from tests.support.kills import ground as work
    from tests.support.kills.reckoning import reckon

    for name in (work.FOLLOW_UP, "post.deliver"):
        TASKS[name] = replace(TASKS[name], lease=LEASE, attempts=60)
    chance = random.Random(options.seed)
    ground = work.lay_ground(WRITERS)
    crash = (lambda: crash_server(cluster)) if cluster else None
    kills = Killing(ground, chance)
    kills.run(options.kills, crash=crash)
    drain()
    answer: dict[str, Any] = {**kills.counts, **reckon(ground, kills.acknowledged)}
    answer["message_ids"] = list(Message.objects.values_list("message_id", flat=True))
    if not cluster:
        answer["control_lost"] = control(ground, chance, max(15, options.kills // 8))
    if options.power:
        from tests.support.kills.power import cut_the_power

        answer["power"] = cut_the_power(folder, ground, chance, options.power)
    return answer


class Killing:
    """Keeps writers and a worker alive, and kills one of them again and again."""

    def __init__(self, ground: Ground, chance: random.Random, *, too_early: bool = False) -> None:
        self.ground, self.chance, self.too_early = ground, chance, too_early
        self.runs = 1000 * too_early
        self.acknowledged: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.children: list[Child] = []

    def run(self, kills: int, *, crash: Callable[[], None] | None = None) -> None:
        """`kills` SIGKILLs; with `crash`, the database server goes down hard now and then."""
        self.children = [self.writer(number) for number in range(WRITERS)]
        if not self.too_early:
            self.children.append(self.worker())
        crashes = set(self.chance.sample(range(kills), min(SERVER_CRASHES, kills // 10)))
        for number in range(kills):
            if crash and number in crashes:
                crash()
                self.counts["server_crashes"] += 1
                self.replace_the_dead()
            self.kill_one()
        for child in self.children:
            self.end(child)

    def wait(self, seconds: float) -> None:
        """Let them work, and hear what they say."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            pipes = {child.pipe: child for child in self.children}
            for pipe in select.select(list(pipes), [], [], left)[0]:
                if not pipes[pipe].listen():
                    time.sleep(0.001)  # it has died by itself, as when the server went down

    def kill_one(self) -> None:
        """Kill one in the middle of what it does, and put another in its place."""
        place = self.chance.randrange(len(self.children))
        child = self.children[place]
        from tests.support.kills.children import TOO_EARLY

        self.hear(child, self.chance.randint(1, MOST_LINES))
        self.wait(self.chance.uniform(0, TOO_EARLY if self.too_early else 2 * child.pace))
        self.counts[f"kills_of_{child.role}s"] += 1
        self.replace(place)

    def hear(self, child: Child, lines: int) -> None:
        """Wait until the child has said so much more, as far as it says anything."""
        enough, until = child.lines + lines, time.monotonic() + LONGEST_LIFE
        while child.lines < enough and time.monotonic() < until:
            self.wait(0.002)

    def replace_the_dead(self) -> None:
        """Writers end when the server goes down, as requests do; a worker waits for it."""
        self.wait(0.1)
        for place, child in enumerate(self.children):
            if child.has_died():
                self.counts[f"{child.role}s_ended_by_the_crash"] += 1
                self.replace(place)

    def replace(self, place: int) -> None:
        """Another child in the place of this one, whatever state it is in."""
        child = self.children[place]
        self.end(child)
        self.children[place] = self.worker() if child.role == "worker" else self.writer(place)

    def end(self, child: Child) -> None:
        """Kill it, and keep what it acknowledged."""
        from tests.support.kills.children import ACKNOWLEDGED, BEGUN

        said = child.kill()
        self.acknowledged |= {token for what, token in said if what == ACKNOWLEDGED}
        if said and said[-1][0] == BEGUN:
            self.counts["kills_inside_a_save"] += 1

    def writer(self, number: int) -> Child:
        """A new writer on that item."""
        from tests.support.kills.children import born, writer

        self.runs += 1
        work = writer(self.ground, number, self.runs, too_early=self.too_early)
        return born("writer", work)

    def worker(self) -> Child:
        """A new worker."""
        from tests.support.kills.children import born, queue_worker

        return born("worker", queue_worker())


def drain() -> None:
    """Let the leases of the dead run out, and do what is left."""
    from samrad.kernel.clock import now
    from samrad.work.models import Job
    from samrad.work.rules import UNFINISHED
    from samrad.work.worker import work_off

    time.sleep(LEASE.total_seconds())
    for _ in range(100):
        Job.objects.filter(state__in=UNFINISHED).update(due_at=now())
        if not work_off(limit=100_000):
            return


def control(ground: Ground, chance: random.Random, kills: int) -> int:
    """Writers that acknowledge before the commit: how many of their saves are gone."""
    from tests.support.kills.reckoning import reckon

    killing = Killing(ground, chance, too_early=True)
    killing.run(kills)
    return reckon(ground, killing.acknowledged)["lost"]


def crash_server(cluster: Cluster) -> None:
    """PostgreSQL goes down without a word, and comes back by its log."""
    cluster.process.send_signal(signal.SIGQUIT)
    cluster.process.wait()
    cluster.process = start(cluster.binaries, cluster.folder, unprivileged_user())


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[3] / "src")]
    main()
