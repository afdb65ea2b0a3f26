"""`samrad manage search`: how the index stands, or writing it anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from samrad.kernel.clock import now
from samrad.search.actions import rebuild
from samrad.search.database import index_parts
from samrad.search.models import Entry, Progress


class Command(BaseCommand):
    """Say how many texts are found, or read everything anew."""

    help = "How the search index stands; with --rebuild, compare it with everything and mend it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="read everything anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self._rebuild()
        if not index_parts(DEFAULT_DB_ALIAS):
            self.stderr.write(
                "PostgreSQL's extension pg_trgm may not be had here, so parts of words are found "
                "slowly. Have an administrator of the database run: CREATE EXTENSION pg_trgm"
            )
        progress = Progress.objects.filter(pk=1).first()
        looked = f"{progress.looked_at:%Y-%m-%d %H:%M}" if progress else "never"
        self.stdout.write(
            f"{Entry.objects.count()} texts are found; last brought up to date {looked}."
        )

    def _rebuild(self) -> None:
        started = time.perf_counter()
        written = rebuild(at=now())
        seconds = time.perf_counter() - started
        self.stdout.write(f"{written.added} written, {written.removed} removed in {seconds:.1f} s.")
