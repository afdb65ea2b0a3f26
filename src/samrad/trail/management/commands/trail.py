"""`samrad trail`: check that the record is whole, or export where it ends."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samrad.trail.verify import Verification, heads, verify


class Command(BaseCommand):
    help = "Check that the record of what was done is whole, or export where its chains end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        check = doing.add_parser("verify", help="walk every chain and report each break")
        check.add_argument("--head", type=Path, help="heads exported earlier, kept elsewhere")
        check.add_argument("--json", action="store_true")
        export = doing.add_parser("head", help="print where every chain ends; keep it elsewhere")
        export.add_argument("--out", type=Path, help="file to write instead of printing")
        export.add_argument("--json", action="store_true", help="the only form there is")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["doing"] == "head":
            self._export(options["out"])
        else:
            self._verify(options["head"], as_json=options["json"])

    def _export(self, out: Path | None) -> None:
        text = json.dumps(heads(), indent=1)
        if out is None:
            self.stdout.write(text)
        else:
            out.write_text(text + "\n", encoding="utf-8")
            self.stdout.write(f"Heads written to {out}.")

    def _verify(self, head: Path | None, *, as_json: bool) -> None:
        result = verify(_read(head) if head else ())
        self.stdout.write(json.dumps(result.as_json(), indent=1) if as_json else _told(result))
        if not result.whole:
            raise CommandError("The record has been tampered with.", returncode=1)


def _told(result: Verification) -> str:
    lines = [
        f"{result.entries} entries in {result.chains} chains, {result.values} values, "
        f"{result.erased} erased as recorded."
    ]
    lines += [f"  {found.chain} #{found.sequence}: {found.what}" for found in result.breaks]
    lines.append("The record is whole." if result.whole else f"{len(result.breaks)} breaks.")
    return "\n".join(lines)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [
            {"chain": str(h["chain"]), "sequence": int(h["sequence"]), "hash": str(h["hash"])}
            for h in found
        ]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        message = f"{path} could not be read as exported heads: {problem}"
        raise CommandError(message, returncode=2) from problem
