"""`samrad mail receive`: one mail from a mail server's pipe, on standard input."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError

from samrad.kernel.clock import now
from samrad.post.incoming import LARGEST
from samrad.post.receiving import Outcome, Receipt, receive

# What a mail server understands (sysexits.h): it keeps the mail, sends it back, or is content.
TRY_LATER = 75
EXIT_CODES = {
    Outcome.TAKEN_IN: 0,
    Outcome.IGNORED: 0,
    Outcome.NOT_UNDERSTOOD: 65,
    Outcome.TOO_LARGE: 65,
    Outcome.UNKNOWN: 67,
    Outcome.STALE: 77,
    Outcome.NOT_NOW: TRY_LATER,
}


class Command(BaseCommand):
    """Take in an answer to an invitation, or the report that a mail did not arrive."""

    help = "Take in one mail from standard input: an answer to an invitation, or a bounce."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["receive"])
        parser.add_argument("--recipient", default="", help="address on the envelope")
        parser.add_argument("--json", action="store_true", help="the outcome as JSON")
        parser.add_argument(
            "--never-bounce",
            action="store_true",
            help="be content with what is not understood instead of having it sent back",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        raw = whole_mail(sys.stdin.buffer)
        try:
            receipt = receive(raw, at=now(), recipient=options["recipient"])
        except DatabaseError:
            receipt = Receipt(Outcome.NOT_NOW, "The database does not answer. Try again later.")
        if options["json"]:
            self.stdout.write(
                json.dumps({"outcome": receipt.outcome.value, "line": str(receipt.line)})
            )
        else:
            self.stdout.write(str(receipt.line))
        code = EXIT_CODES[receipt.outcome]
        if code and (code == TRY_LATER or not options["never_bounce"]):
            sys.exit(code)


def whole_mail(stream: BinaryIO) -> bytes:
    """The mail, or as much of it as shows that it is too large; the rest is read and dropped."""
    raw = stream.read(LARGEST + 1)
    while len(raw) > LARGEST and stream.read(LARGEST):
        pass
    return raw
