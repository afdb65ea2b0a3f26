"""`samrad move --to URL`: take an installation to another database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from samrad.settings import database
from samrad.site.safekeeping.archive import move
from samrad.site.safekeeping.reading import Unusable


class Command(BaseCommand):
    help = "Copy every row into another, empty database, checked row by row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", required=True, help="postgresql://user:password@host/name")
        parser.add_argument("--json", action="store_true", help="print the tables' fingerprints")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tables = move(database(options["to"]))
        except (Unusable, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            message = f"The other database does not answer: {problem}"
            raise CommandError(message) from problem
        rows = sum(table["rows"] for table in tables.values())
        if options["json"]:
            self.stdout.write(json.dumps(tables, indent=1))
        else:
            self.stdout.write(
                f"Moved {rows} rows in {len(tables)} tables, each equal on both sides. Set "
                "SAMRAD_DATABASE_URL to the new database and start again; the old one is as it was."
            )
