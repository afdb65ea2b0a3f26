"""`manage texts`: bring translations up to date, see what is missing, take translations in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samrad.site.texts.catalogues import (
    LANGUAGES,
    faults,
    on_disk,
    texts_of,
    translations_of,
    update,
)
from samrad.site.texts.collecting import collected


class Command(BaseCommand):
    help = "Bring translations up to date, list what is missing, or take translations in."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_mutually_exclusive_group(required=True)
        doing.add_argument("--check", action="store_true", help="fail when a language lacks a text")
        doing.add_argument("--update", action="store_true", help="write the files anew")
        doing.add_argument("--missing", action="store_true", help="print what lacks, as JSON")
        doing.add_argument("--take", type=Path, help="JSON with translations, as --missing printed")
        parser.add_argument("--language", choices=LANGUAGES, help="only this one")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = [options["language"]] if options["language"] else list(LANGUAGES)
        if options["check"]:
            self._check(languages)
        elif options["missing"]:
            self._missing(languages)
        else:
            additions = _read(options["take"]) if options["take"] else None
            for language in languages:
                count = update(language, additions)
                self.stdout.write(f"{language}: {count} texts")

    def _check(self, languages: list[str]) -> None:
        found = [fault for language in languages for fault in faults(language)]
        for fault in found:
            self.stdout.write(str(fault))
        if found:
            message = f"{len(found)} texts are missing or do not fit."
            raise CommandError(message)
        self.stdout.write(f"Every text is there in {', '.join(languages)}.")

    def _missing(self, languages: list[str]) -> None:
        lacking = []
        there = {
            (message.context, texts_of(message)): message
            for message in on_disk(languages[0])
            if message.id
        }
        for message in collected():
            if not message.id:
                continue
            found = there.get((message.context, texts_of(message)))
            if not found or not all(translations_of(found)):
                lacking.append(
                    {
                        "context": message.context,
                        "source": list(texts_of(message)),
                        "where": sorted({place for place, _line in message.locations})[:3],
                        "translation": [""] * len(texts_of(message)),
                    }
                )
        self.stdout.write(json.dumps(lacking, indent=1, ensure_ascii=False))


def _read(path: Path) -> dict[Any, Any]:
    """Translations by (context, texts)."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {
        (row.get("context"), tuple(row["source"])): (
            row["translation"][0] if len(row["source"]) == 1 else tuple(row["translation"])
        )
        for row in rows
        if all(row["translation"])
    }
