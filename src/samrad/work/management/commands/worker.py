"""`samrad worker`: do the queued work until told to stop."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from samrad.work.worker import Worker, work_off


class Command(BaseCommand):
    """Run as many workers as there should be jobs done at a time."""

    help = "Do the queued work: mail, reminders, imports. Ends after the job in hand on SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        worker = Worker()
        if options["once"]:
            worker.turn()
            work_off()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        worker.run()
