"""A real calendar server on loopback, and what a person's mail program does with invitations."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import caldav
from icalendar import Calendar


class Kept(NamedTuple):
    """What stands in the calendar of one meeting."""

    starts_at: datetime
    place: str
    sequence: int


@contextlib.contextmanager
def somebodys_calendar(folder: Path) -> Iterator[Any]:
    """A calendar on a server of our own, as a client meets it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "radicale", "--config", "", f"--server-hosts=127.0.0.1:{port}",
        "--auth-type=none", "--storage-type=multifilesystem", "--rights-type=authenticated",
        f"--storage-filesystem-folder={folder}",
    ]  # fmt: skip
    surroundings = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            with caldav.DAVClient(
                f"http://127.0.0.1:{port}", username="maja", password="maja"
            ) as opened:
                client: Any = opened  # what it is made of is not typed
                yield client.principal().make_calendar(name="Møter", cal_id="moter")
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _attempt in range(2400):  # two minutes, on a busy machine
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    message = "the calendar server did not start"
    raise RuntimeError(message)


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


def kept(calendar: Any) -> list[Kept]:
    """What stands in the calendar, in order of time."""
    events = [one.icalendar_component for one in calendar.events()]
    return sorted(
        Kept(one.decoded("dtstart"), str(one.get("location", "")), int(one["sequence"]))
        for one in events
    )
