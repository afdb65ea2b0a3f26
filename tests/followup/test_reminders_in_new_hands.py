"""Every holder of a task has a round of their own; what was lost in one is nothing to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samrad.followup.actions import give_task
from samrad.followup.models import Task
from samrad.followup.reminders import remind
from samrad.post.api import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, Character
from tests.followup.test_in_new_hands import MONTH_AGO, given, new_mayor, pass_on, told

pytestmark = pytest.mark.django_db


def in_second_hands(cast: Cast, *, lost: bool = False) -> tuple[Task, Character]:
    """The director heard nothing of it: the secretary and the chair did, long ago."""
    task = given(cast, "Rette lyset", cast.director, MONTH_AGO)
    for days in range(1, 31):
        remind(on=MONTH_AGO + timedelta(days=days), at=NOON)
    if lost:
        Message.objects.filter(person=cast.chair.person).update(state="bounced")
    task.responsible_person = cast.police_member.person
    task.save()
    return task, cast.police_member


def test_secretary_and_chair_hear_of_every_holder(cast: Cast) -> None:
    in_second_hands(cast)
    for days in range(1, 40):
        remind(on=TODAY + timedelta(days=days), at=NOON)

    assert told(cast.police_member) == ["overdue"]
    assert told(cast.secretary) == ["to_secretary", "to_secretary"]
    assert told(cast.chair) == ["to_chair", "to_chair"]


def test_a_mail_lost_in_the_round_before_is_nothing_to_the_next(cast: Cast) -> None:
    task, _holder = in_second_hands(cast, lost=True)
    for days in range(1, 10):
        remind(on=TODAY + timedelta(days=days), at=NOON)

    assert told(cast.secretary) == ["to_secretary", "to_secretary"]
    assert "task.chair_not_reached" not in event_codes_of(task)


def test_who_came_to_a_task_of_which_one_thing_was_told_has_a_week(cast: Cast) -> None:
    given(cast, "Rette lyset", cast.chair, MONTH_AGO)
    remind(on=MONTH_AGO + timedelta(days=1), at=NOON)
    mayor = new_mayor(cast)
    pass_on(cast, mayor)

    remind(on=TODAY, at=NOON)

    assert told(mayor)[-1] == "overdue"
    assert told(cast.secretary) == []


def test_an_organisation_s_task_is_told_again_once_the_address_is_mended(cast: Cast) -> None:
    give_task(
        council=cast.council, title="Rette lyset", organisation=cast.no.ravens,
        deadline_date=TODAY, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    remind(on=TODAY + timedelta(days=1), at=NOON)
    Message.objects.filter(person=cast.guest.person).update(state="bounced")
    cast.guest.person.email = "gro@example.org"
    cast.guest.person.save()

    remind(on=TODAY + timedelta(days=2), at=NOON)

    mails = Message.objects.filter(person=cast.guest.person).order_by("pk")
    assert [one.address for one in mails][1:] == ["gro@example.org"]


def test_minutes_written_up_late_are_followed_as_others(cast: Cast) -> None:
    give_task(
        council=cast.council, title="Rette lyset", person=cast.director.person,
        deadline_date=TODAY - timedelta(days=5), by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    for days in range(1, 40):
        remind(on=TODAY + timedelta(days=days), at=NOON)

    assert told(cast.secretary) == ["to_secretary"]
    assert told(cast.chair) == ["to_chair"]
