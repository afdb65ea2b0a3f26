"""`manage settings`: every setting, what it means and what it is now."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from samrad.kernel.given import CATALOGUE, Setting, given


class Command(BaseCommand):
    help = "List every setting with its meaning and where its value comes from."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [_described(setting) for setting in CATALOGUE.values()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row['name']}\n    {row['meaning']}\n    now: {row['now']}\n")


def _described(setting: Setting) -> dict[str, str]:
    """A secret's value is never shown, only whether there is one."""
    value, source = given(setting)
    shown = ("(set)" if value else "(not set)") if setting.secret else value or "(empty)"
    return {
        "name": f"SAMRAD_{setting.name}",
        "meaning": setting.help,
        "now": f"{shown}, {source}",
    }
