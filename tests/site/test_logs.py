"""A line of the log: one JSON object, in order of time wherever the server stands."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from samrad.site.logs import Lines, WithoutContent


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def line(message: str, at: datetime) -> dict[str, str]:
    record = logging.LogRecord("samrad.test", logging.INFO, "file.py", 1, message, None, None)
    record.created = at.timestamp()
    WithoutContent().filter(record)
    found: dict[str, str] = json.loads(Lines().format(record))
    return found


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 21, 12, 0, 0, 125_000, tzinfo=UTC), "2026-11-21T12:00:00.125Z"),
        (datetime(2026, 7, 1, tzinfo=UTC), "2026-07-01T00:00:00.000Z"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T00:30:00.000Z"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T01:30:00.000Z"),
    ],
)
def test_the_time_is_utc_and_says_so(in_new_york: None, at: datetime, told: str) -> None:
    assert line("hello", at)["at"] == told


def test_a_line_holds_its_level_its_logger_and_its_message() -> None:
    told = line("hello", datetime(2026, 11, 21, tzinfo=UTC))

    assert (told["level"], told["logger"], told["message"]) == ("INFO", "samrad.test", "hello")
