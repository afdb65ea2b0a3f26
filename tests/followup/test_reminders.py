"""Reminders come before and after the deadline, once each, and go upwards when nothing happens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.documents.rules import Classification
from samrad.followup.actions import give_task, put_forward, report_task, take_decision
from samrad.followup.models import Task
from samrad.followup.reminders import remind
from samrad.followup.rules import DAYS_AFTER_DEADLINE, Reminder, TaskState, reminder_due
from samrad.post.api import Message
from tests.cast import NOON, TODAY, Cast

DEADLINE = date(2026, 12, 15)


def task_for(cast: Cast, **more: object) -> Task:
    """A task of the police contact, due on 15 December."""
    given: dict[str, object] = {"person": cast.police_member.person, **more}
    return give_task(
        council=cast.council,
        title="Tell opp belysningen",
        deadline_date=DEADLINE,
        by=cast.secretary.actor,
        at=NOON,
        **given,  # type: ignore[arg-type]
    )


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("address", flat=True))


@pytest.mark.django_db
def test_a_task_is_followed_from_a_week_ahead_up_to_the_chair(cast: Cast) -> None:
    task_for(cast)
    for offset in range(-20, 40):
        remind(on=DEADLINE + timedelta(days=offset))

    assert told() == [
        cast.police_member.person.email,
        cast.police_member.person.email,
        cast.police_member.person.email,
        cast.secretary.person.email,
        cast.chair.person.email,
    ]


@pytest.mark.django_db
def test_the_same_reminder_is_never_sent_twice(cast: Cast) -> None:
    task_for(cast)
    for _again in range(3):
        remind(on=DEADLINE - timedelta(days=7))

    assert len(told()) == 1


@pytest.mark.django_db
def test_a_worker_that_stood_still_sends_only_what_matters_now(cast: Cast) -> None:
    task_for(cast)

    remind(on=DEADLINE + timedelta(days=10))

    assert told() == [cast.secretary.person.email]


@pytest.mark.django_db
def test_what_is_done_is_not_reminded_of(cast: Cast) -> None:
    task = task_for(cast)
    report_task(task=task, to=TaskState.DONE, by=cast.police_member.actor, at=NOON)

    assert remind(on=DEADLINE) == 0


@pytest.mark.django_db
def test_what_stands_in_draft_minutes_reminds_nobody_and_escalates_to_nobody(cast: Cast) -> None:
    decision = take_decision(
        council=cast.council, text="Lyset telles.", decided_date=TODAY,
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    task_for(cast, decision=decision)
    days = [DEADLINE + timedelta(days=after) for after in DAYS_AFTER_DEADLINE.values()]

    assert [remind(on=day) for day in days] == [0, 0, 0, 0, 0]

    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)
    assert [remind(on=day) for day in days] == [1, 1, 1, 1, 1]


@pytest.mark.django_db
def test_an_organisations_task_is_told_to_those_who_sit_for_it(cast: Cast) -> None:
    task_for(cast, person=None, organisation=cast.no.station)
    remind(on=DEADLINE - timedelta(days=7))

    assert sorted(told()) == sorted(
        [cast.police_member.person.email, cast.station_chief.person.email]
    )


@pytest.mark.django_db
def test_a_restricted_task_is_told_of_without_its_title(cast: Cast) -> None:
    task_for(cast, classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 23")
    remind(on=DEADLINE - timedelta(days=7))

    mail = Message.objects.get()
    assert "belysningen" not in mail.subject + mail.text


@given(offset=st.integers(min_value=-400, max_value=400))
def test_the_reminder_due_is_the_latest_whose_day_has_come(offset: int) -> None:
    reminder = reminder_due(TODAY, TODAY + timedelta(days=offset))
    passed = [one for one, after in DAYS_AFTER_DEADLINE.items() if after <= offset]
    assert reminder == (passed[-1] if passed else None)
    assert list(DAYS_AFTER_DEADLINE.values()) == sorted(DAYS_AFTER_DEADLINE.values())
    assert set(DAYS_AFTER_DEADLINE) == set(Reminder)
