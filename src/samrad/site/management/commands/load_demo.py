"""`load_demo`: three councils' years into an empty database."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samrad.site.demo.loader import NotLoaded, load


class Command(BaseCommand):
    help = "Fill an empty database with the demo: three councils' years, told from today."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            told = load()
        except NotLoaded as reason:
            raise CommandError(str(reason), returncode=1) from reason
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"The demo is loaded: {told} steps in {seconds:.1f} s."
            if told
            else "The demo is there already."
        )
