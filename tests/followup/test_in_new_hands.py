"""Whoever comes to a task has not heard what the one before was told; nothing is told in vain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samrad.documents.rules import Classification
from samrad.followup.actions import (
    give_task,
    hand_over_tasks,
    make_binding,
    put_forward,
    report_task,
    take_decision,
)
from samrad.followup.models import Decision, Task
from samrad.followup.reminders import remind
from samrad.followup.rules import TaskState
from samrad.people.models import Appointment
from samrad.post.api import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, Character, person
from tests.cast import seat as seated

pytestmark = pytest.mark.django_db
MONTH_AGO = TODAY - timedelta(days=30)


def new_mayor(cast: Cast) -> Character:
    """From today on the mayor is somebody else."""
    appointment = cast.chair.appointment
    assert appointment is not None
    Appointment.objects.filter(pk=appointment.pk).update(to_date=TODAY - timedelta(days=1))
    appointment.refresh_from_db()
    new = person(cast.no, "new_mayor", "Nora Nyvalgt", appointment.organisation, "mayor")
    assert new.appointment is not None
    Appointment.objects.filter(pk=new.appointment.pk).update(from_date=TODAY)
    return new


def given(cast: Cast, title: str, who: Character, deadline: date | None, **more: Any) -> Task:
    return give_task(
        council=cast.council, title=title, person=who.person, deadline_date=deadline,
        by=cast.secretary.actor, at=NOON - timedelta(days=60), **more,
    )  # fmt: skip


def pass_on(cast: Cast, after: Character) -> None:
    before = cast.chair.appointment
    assert before is not None
    assert after.appointment is not None
    hand_over_tasks(before=before, after=after.appointment, by=cast.secretary.actor, at=NOON)


def told(who: Character) -> list[str]:
    found = Message.objects.filter(person=who.person).order_by("pk")
    return [one.key.split(":")[3] if one.key else one.template.split("/")[-1] for one in found]


def test_the_new_mayor_hears_of_the_tasks_of_the_office_in_one_mail(cast: Cast) -> None:
    given(cast, "Rette lyset", cast.chair, MONTH_AGO)
    given(cast, "Uten frist", cast.chair, None)
    given(
        cast, "KANARI", cast.chair, None, classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven § 27",
    )  # fmt: skip
    mayor = new_mayor(cast)

    pass_on(cast, mayor)

    mail = Message.objects.get(person=mayor.person)
    assert mail.template == "followup/mail/handed_over"
    assert "Rette lyset" in mail.text
    assert "Uten frist" in mail.text
    assert "KANARI" not in mail.text
    assert mail.text.count("/done/") == 2


def test_the_new_mayor_is_reminded_and_others_hear_of_it_a_week_later(cast: Cast) -> None:
    task = given(cast, "Rette lyset", cast.chair, MONTH_AGO)
    remind(on=MONTH_AGO + timedelta(days=1), at=NOON)
    remind(on=MONTH_AGO + timedelta(days=8), at=NOON)
    mayor = new_mayor(cast)
    pass_on(cast, mayor)
    before = Message.objects.count()

    remind(on=TODAY, at=NOON)
    assert told(mayor)[-1] == "overdue"
    assert Message.objects.count() == before + 1, "the secretary has not to hear today"

    remind(on=TODAY + timedelta(days=7), at=NOON)
    assert told(cast.secretary)[-1] == "to_secretary"
    assert event_codes_of(task).count("task.told_secretary") == 2


def test_who_keeps_another_seat_in_the_council_keeps_the_tasks_there(cast: Cast) -> None:
    task = given(cast, "Rette lyset", cast.chair, None)
    mayor = new_mayor(cast)
    other = person(cast.no, "again", "-", cast.no.kommune, "sector_head").appointment
    assert other is not None
    Appointment.objects.filter(pk=other.pk).update(person=cast.chair.person)
    seated(cast.council, cast.no.kommune, "sector_head")

    pass_on(cast, mayor)

    task.refresh_from_db()
    assert task.responsible_person == cast.chair.person


def out(cast: Cast) -> tuple[Decision, Task]:
    """A decision of minutes read in, which are out for approval; its task was due years ago."""
    decision = take_decision(
        council=cast.council, text="Lyset rettes.", decided_date=date(2019, 3, 12),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    task = give_task(
        council=cast.council, title="Rette lyset", person=cast.director.person, decision=decision,
        deadline_date=date(2019, 6, 1), is_read_in=True, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)
    return decision, task


def test_what_was_read_in_with_a_deadline_long_past_is_told_once_and_only_when_approved(
    cast: Cast,
) -> None:
    decision, _task = out(cast)
    remind(on=TODAY + timedelta(days=1), at=NOON)
    assert not Message.objects.exists()

    make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
    for days in range(2, 60):
        remind(on=TODAY + timedelta(days=days), at=NOON)

    assert told(cast.director) == ["overdue"]
    assert Message.objects.count() == 1


def late(cast: Cast) -> Task:
    """Nobody did it, and the chair was told."""
    task = given(cast, "Rette lyset", cast.director, MONTH_AGO)
    for days in range(1, 31):
        remind(on=MONTH_AGO + timedelta(days=days), at=NOON)
    assert told(cast.chair) == ["to_chair"]
    return task


def test_when_the_chair_was_not_reached_the_secretary_hears(cast: Cast) -> None:
    task = late(cast)
    Message.objects.filter(person=cast.chair.person).update(state="bounced")

    remind(on=TODAY + timedelta(days=1), at=NOON)
    remind(on=TODAY + timedelta(days=2), at=NOON)

    assert told(cast.secretary) == ["to_secretary", "chair_lost"]
    assert event_codes_of(task)[-1] == "task.chair_not_reached"


def test_once_the_address_is_mended_the_chair_is_told_after_all(cast: Cast) -> None:
    late(cast)
    Message.objects.filter(person=cast.chair.person).update(state="failed")
    person_of_chair = cast.chair.person
    person_of_chair.email = "maja@example.org"
    person_of_chair.save(update_fields=["email"])

    remind(on=TODAY + timedelta(days=1), at=NOON)
    remind(on=TODAY + timedelta(days=2), at=NOON)

    mails = Message.objects.filter(person=person_of_chair).order_by("pk")
    assert [one.address for one in mails][1:] == ["maja@example.org"]


def test_a_task_is_opened_again_with_its_decision_held_first(cast: Cast) -> None:
    decision, task = out(cast)
    make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
    by = cast.secretary.actor
    report_task(task=task, to=TaskState.DONE, by=by, at=NOON)

    with CaptureQueriesContext(connection) as asked:
        report_task(task=task, to=TaskState.OPEN, by=by, at=NOON)

    read = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert 'FROM "followup_decision"' in read[0], "as whoever closes it: the second one waits"
