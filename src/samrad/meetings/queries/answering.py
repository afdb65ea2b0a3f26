"""Who answers an invitation without signing in: whoever it was sent to."""

from __future__ import annotations

from datetime import date

from samrad.access.actor import Actor
from samrad.kernel.clock import day_of
from samrad.meetings.models import Called
from samrad.people.sources import actor_of_person


def who_answers(called: Called, on: date) -> Actor:
    """As they are today; called ahead, before they have any seat, as on the day of the meeting."""
    actor = actor_of_person(called.person, on)
    if actor.person_id is not None:
        return actor
    meeting = called.meeting
    return actor_of_person(called.person, day_of(meeting.starts_at, meeting.council.zone))
