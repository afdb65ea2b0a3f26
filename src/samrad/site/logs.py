"""Log lines as JSON, without anything a person wrote."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from pythonjsonlogger.json import JsonFormatter

from samrad.kernel import identity

MOST_PLACES, MOST_CAUSES = 30, 5


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
    """Keeps what people wrote, and the addresses they opened, out of the log.

    Of an exception its kind and its places stay: its words may hold values, as a database's do. Of
    a request its route stays: an address may hold what lets its reader in.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if request is not None:
            record.msg, record.args = f"{_outcome(record)}: {route_of(request)}", None
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            record.__dict__ |= {"error": kinds(error), "places": places(error)}
        record.exc_info = record.exc_text = None
        message = record.getMessage()
        if identity.find_identity_numbers(message):
            record.msg, record.args = "(a message with an identity number was left out)", None
        return True


def _outcome(record: logging.LogRecord) -> str:
    """What became of the request, in the words of HTTP."""
    try:
        return HTTPStatus(record.__dict__.get("status_code", 0)).phrase
    except ValueError:
        return "Request"


def route_of(request: object) -> str:
    """The pattern of the address, such as agenda-items/<uuid:ref>/, and nothing of the address."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else "(none)"


def kinds(error: BaseException) -> str:
    """The class of the exception, and of those it came from."""
    return " from ".join(type(one).__name__ for one in _with_causes(error))


def places(error: BaseException) -> list[str]:
    """Where it happened, innermost last: files and lines, none of the values."""
    return [
        f"{path.parent.name}/{path.name}:{line}"
        for one in reversed(_with_causes(error))
        for frame, line in traceback.walk_tb(one.__traceback__)
        for path in (Path(frame.f_code.co_filename),)
    ][-MOST_PLACES:]


def _with_causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found and len(found) < MOST_CAUSES:
        found.append(following)
        unless_hidden = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or unless_hidden
    return found
