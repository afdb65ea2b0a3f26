"""`samrad restore FILE`: fill an empty installation from a backup."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from samrad.site.safekeeping.archive import restore
from samrad.site.safekeeping.reading import Unusable


class Command(BaseCommand):
    help = "Fill this installation from a backup, checked row by row; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="replace what is here")
        parser.add_argument("--json", action="store_true", help="print the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], over=options["over"])
        except Unusable as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            message = f"The files could not be written, and nothing was changed: {problem}"
            raise CommandError(message) from problem
        except DatabaseError as problem:
            message = f"The database does not answer: {problem}"
            raise CommandError(message) from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        if options["json"]:
            self.stdout.write(json.dumps(manifest, indent=1))
        else:
            self.stdout.write(
                f"Restored {rows} rows and {len(manifest['files'])} files of "
                f"{manifest['made_at']}; every table equals the backup, and the record is whole."
            )
