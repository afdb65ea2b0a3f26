"""`samrad manage work`: the queue as an operator sees it, and what to do about dead letters."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samrad.access.actor import SYSTEM
from samrad.kernel.clock import now
from samrad.work.actions import drop_job, retry_job
from samrad.work.figures import heartbeat_age, queue_figures
from samrad.work.models import Job


class Command(BaseCommand):
    """List, retry or drop queued work that was given up."""

    help = "The queue: its figures and dead letters (list), run one again (retry), or drop it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["list", "retry", "drop"], nargs="?", default="list")
        parser.add_argument("job", type=int, nargs="?", help="number of the dead letter")
        parser.add_argument("--json", action="store_true", help="figures and letters as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "list":
            self._list(as_json=options["json"])
            return
        if options["job"] is None:
            message = f"Which one? work {options['what']} NUMBER"
            raise CommandError(message)
        job = Job.objects.dead().filter(pk=options["job"]).first()
        if job is None:
            message = f"There is no dead letter with number {options['job']}."
            raise CommandError(message)
        act = retry_job if options["what"] == "retry" else drop_job
        act(job=job, by=SYSTEM, at=now())

    def _list(self, *, as_json: bool) -> None:
        at = now()
        figures, age = queue_figures(at), heartbeat_age(at)
        letters = list(Job.objects.dead().values("pk", "name", "attempts", "error", "finished_at"))
        if as_json:
            answer = {**vars(figures), "heartbeat_seconds": age, "letters": letters}
            self.stdout.write(json.dumps(answer, default=str, indent=2))
            return
        alive = "no worker has run yet" if age is None else f"a worker was alive {age:.0f} s ago"
        self.stdout.write(
            f"{figures.waiting} waiting, {figures.running} running, {figures.dead} dead; {alive}."
        )
        for row in letters:
            self.stdout.write(
                f"{row['pk']:>8}  {row['finished_at']:%Y-%m-%d %H:%M}  {row['name']}"
                f"  {row['error']} after {row['attempts']} attempts"
            )
