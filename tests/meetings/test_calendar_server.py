"""A real calendar server keeps the invitation, takes the update, and lets the meeting go."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import caldav
import pytest
from icalendar import Calendar

from samrad.kernel.clock import held_at
from samrad.meetings import api
from tests.cast import NOON
from tests.meetings.bricks import called
from tests.meetings.calendars import INBOX, calendar_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def somebodys_calendar(tmp_path: Path) -> Iterator[Any]:
    """A calendar on a server of our own on loopback, as a client meets it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "radicale", "--config", "", f"--server-hosts=127.0.0.1:{port}",
        "--auth-type=none", "--storage-type=multifilesystem", "--rights-type=authenticated",
        f"--storage-filesystem-folder={tmp_path}",
    ]  # fmt: skip
    surroundings = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            with caldav.DAVClient(
                f"http://127.0.0.1:{port}", username="maja", password="maja"
            ) as client:
                yield client.principal().make_calendar(name="Møter", cal_id="moter")
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _attempt in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    pytest.fail("the calendar server did not start")


def take_in(calendar: Any, text: str) -> None:
    """What a mail program does with an invitation: keep it, or with a cancellation drop it.

    It is put there as it came: the client's own way of saving counts the number up.
    """
    whole = Calendar.from_ical(text)
    (event,) = whole.walk("VEVENT")
    method = str(whole.pop("method"))
    everything = calendar.events()
    found = [one for one in everything if str(one.icalendar_component["uid"]) == event["uid"]]
    if method == "CANCEL":
        for one in found:
            one.delete()
    elif not found or event["sequence"] >= found[0].icalendar_component["sequence"]:
        place = calendar.url.join(f"{event['uid']}.ics")
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        assert calendar.client.put(str(place), whole.to_ical().decode(), kind).status in {201, 204}


def kept(calendar: Any) -> list[tuple[Any, ...]]:
    """What stands in the calendar: when, where, which number."""
    events = [one.icalendar_component for one in calendar.events()]
    return [(one.decoded("dtstart"), str(one["location"]), int(one["sequence"])) for one in events]


def test_an_invitation_is_kept_moved_and_taken_out(
    cast: Any, somebodys_calendar: Any, settings: Any
) -> None:
    settings.MAIL_INBOX = INBOX
    by = cast.secretary.actor
    with held_at(NOON):
        meeting = called(cast)
        first = calendar_for(cast.chair)
        take_in(somebodys_calendar, first)
        assert kept(somebodys_calendar) == [(meeting.starts_at, "Rådhuset", 0)]

        later = meeting.starts_at + timedelta(days=2, hours=1)
        api.move_meeting(
            meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), place="Teams",
            by=by, at=NOON,
        )  # fmt: skip
        take_in(somebodys_calendar, calendar_for(cast.chair))
        assert kept(somebodys_calendar) == [(later, "Teams", 1)]

        take_in(somebodys_calendar, first)  # a mail that was held up on the way
        assert kept(somebodys_calendar) == [(later, "Teams", 1)]

        api.cancel_meeting(meeting=meeting, reason="Sykdom", by=by, at=NOON)
        take_in(somebodys_calendar, calendar_for(cast.chair))
        assert kept(somebodys_calendar) == []
