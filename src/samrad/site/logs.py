"""Log lines as JSON, without anything a person wrote."""

from __future__ import annotations

import logging

from pythonjsonlogger.json import JsonFormatter

from samrad.kernel import identity


class Lines(JsonFormatter):
    """One JSON object a line, with time, level, logger and message."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
        )


class WithoutContent(logging.Filter):
    """Drops the request and its data from records, and blanks identity numbers in messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        message = record.getMessage()
        if identity.find_identity_numbers(message):
            record.msg, record.args = "(a message with an identity number was left out)", None
        return True
