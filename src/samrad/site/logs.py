"""Log lines as JSON, without anything a person wrote."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from pythonjsonlogger.json import JsonFormatter

from samrad.kernel import identity


class Lines(JsonFormatter):
    """One JSON object a line, with time, level, logger and message.

    The time is UTC and says so: lines of servers in several zones, and of the hour in autumn that
    comes twice, stand in order.
    """

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
        )

    def formatTime(  # noqa: N802 - the name is the library's
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        """ISO 8601, as 2026-11-21T12:00:00.125Z."""
        moment = datetime.fromtimestamp(record.created, UTC)
        return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class WithoutContent(logging.Filter):
    """Drops the request and its data from records, and blanks identity numbers in messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        message = record.getMessage()
        if identity.find_identity_numbers(message):
            record.msg, record.args = "(a message with an identity number was left out)", None
        return True
