"""`samrad backup FILE`: everything, from one moment, while people work."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from samrad.site.safekeeping.archive import back_up


class Command(BaseCommand):
    help = "Write every row and file, as they are at this moment, into one ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            manifest = back_up(path)
        except OSError as problem:
            message = f"The backup could not be written to {path}: {problem}"
            raise CommandError(message) from problem
        except DatabaseError as problem:
            message = (
                f"The database could not be read ({type(problem).__name__}). If it is of an "
                "earlier version, run first: samrad manage migrate"
            )
            raise CommandError(message) from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        if options["json"]:
            self.stdout.write(json.dumps(manifest, indent=1))
        else:
            files = len(manifest["files"])
            self.stdout.write(f"{path}: {rows} rows and {files} files.")
