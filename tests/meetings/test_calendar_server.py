"""A real calendar server keeps the invitation, takes the update, and lets the meeting go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samrad.kernel.clock import held_at
from samrad.meetings import api
from tests.cast import NOON
from tests.meetings.bricks import called
from tests.meetings.calendars import INBOX, calendar_for
from tests.support import calendar_server
from tests.support.calendar_server import kept, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def somebodys_calendar(tmp_path: Path) -> Iterator[Any]:
    with calendar_server.somebodys_calendar(tmp_path) as calendar:
        yield calendar


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
