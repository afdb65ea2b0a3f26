"""Reminders come before and after the deadline, once each, and go upwards when nothing happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from samrad.documents.rules import Classification
from samrad.followup.actions import (
    change_deadline,
    give_task,
    put_forward,
    report_task,
    take_decision,
)
from samrad.followup.models import Task
from samrad.followup.reminders import remind
from samrad.followup.rules import (
    DAYS_AFTER_DEADLINE,
    ESCALATION,
    TO_RESPONSIBLE,
    Reminder,
    TaskState,
    calendar_of,
    escalation_due,
    reminder_due,
)
from samrad.people.models import Person
from samrad.post.api import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, Character

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


def task_for_by(cast: Cast, who: Character) -> Task:
    """The same, given by somebody else than the secretary."""
    return give_task(
        council=cast.council, title="Tell opp belysningen", deadline_date=DEADLINE,
        person=cast.police_member.person, by=who.actor, at=NOON,
    )  # fmt: skip


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

    remind(on=DEADLINE + timedelta(days=30))

    assert told() == [cast.police_member.person.email, cast.secretary.person.email]


@pytest.mark.django_db
def test_the_chair_hears_a_fortnight_after_the_secretary_also_when_both_are_late(
    cast: Cast,
) -> None:
    task_for(cast)
    late = DEADLINE + timedelta(days=40)

    days = [late + timedelta(days=offset) for offset in range(20)]
    sent = {day: remind(on=day) for day in days}

    assert {day: number for day, number in sent.items() if number} == {
        late: 2, late + timedelta(days=14): 1,
    }  # fmt: skip
    assert told()[-1] == cast.chair.person.email


@pytest.mark.django_db
def test_without_a_secretary_the_chair_hears_in_time(cast: Cast) -> None:
    cast.council.seats.filter(function="secretary").delete()
    task = task_for_by(cast, cast.chair)
    for offset in range(30):
        remind(on=DEADLINE + timedelta(days=offset))

    assert told()[-1] == cast.chair.person.email
    assert {one.reminder for one in task.told.all()} == {"tomorrow", "overdue", "to_chair"}


@pytest.mark.django_db
def test_who_comes_into_an_office_later_is_not_told_again(cast: Cast) -> None:
    task_for(cast)
    remind(on=DEADLINE + timedelta(days=9))
    before = told()
    Person.objects.filter(pk=cast.secretary.person.pk).update(email="another@example.org")
    seat = cast.council.seats.get(function="secretary")
    seat.organisation = cast.no.next_kommune
    seat.save()

    remind(on=DEADLINE + timedelta(days=10))

    assert told() == before


@pytest.mark.django_db
def test_a_new_deadline_begins_a_new_calendar(cast: Cast) -> None:
    task = task_for(cast)
    remind(on=DEADLINE + timedelta(days=9))
    later = DEADLINE + timedelta(days=60)
    change_deadline(
        task=task, deadline_date=later, reason="Deler er ikke levert.",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    assert remind(on=DEADLINE + timedelta(days=30)) == 0
    assert remind(on=later + timedelta(days=1)) == 1


@pytest.mark.django_db
def test_an_escalation_stands_in_the_history_and_in_the_readers_language(cast: Cast) -> None:
    Person.objects.filter(pk=cast.secretary.person.pk).update(language="nb")
    task = task_for(cast)
    remind(on=DEADLINE + timedelta(days=9), at=NOON)

    assert "task.told_secretary" in event_codes_of(task)
    mail = Message.objects.get(address=cast.secretary.person.email)
    assert mail.language == "nb"
    assert "Tell opp belysningen" in mail.text


@pytest.mark.django_db
def test_an_installation_may_set_its_own_days(cast: Cast, settings: Any) -> None:
    settings.ESCALATE_AFTER = ["3", "5"]
    task_for(cast)
    sent = {offset: remind(on=DEADLINE + timedelta(days=offset)) for offset in range(1, 7)}

    assert sent == {1: 1, 2: 0, 3: 1, 4: 0, 5: 1, 6: 0}


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


@pytest.mark.django_db
def test_it_is_told_of_in_the_language_of_the_councils_country(cast: Cast, settings: Any) -> None:
    settings.LANGUAGE_CODE = "sv"
    Person.objects.update(language="")
    task_for(cast, classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 23")
    remind(on=DEADLINE - timedelta(days=7))

    assert Message.objects.get().language == "nb"


@given(offset=st.integers(min_value=-400, max_value=400))
def test_the_reminder_due_is_the_latest_whose_day_has_come(offset: int) -> None:
    reminder = reminder_due(TODAY, TODAY + timedelta(days=offset))
    passed = [one for one in TO_RESPONSIBLE if DAYS_AFTER_DEADLINE[one] <= offset]
    assert reminder == (passed[-1] if passed else None)
    assert list(DAYS_AFTER_DEADLINE.values()) == sorted(DAYS_AFTER_DEADLINE.values())
    by_the_calendar = {*TO_RESPONSIBLE, *ESCALATION}
    assert by_the_calendar == set(DAYS_AFTER_DEADLINE) == set(Reminder) - {Reminder.CHAIR_LOST}


@given(
    days_worked=st.sets(st.integers(min_value=-20, max_value=120)),
    to_secretary=st.integers(min_value=-5, max_value=60),
    to_chair=st.integers(min_value=-5, max_value=90),
    secretary_from=st.integers(min_value=-20, max_value=130),
)
def test_nobody_is_told_twice_or_too_early_whatever_days_the_worker_misses(
    days_worked: set[int], to_secretary: int, to_chair: int, secretary_from: int
) -> None:
    """The secretary's seat is vacant until a day; then somebody fills it."""
    days = calendar_of(to_secretary, to_chair)
    told: dict[Reminder, int] = {}
    for offset in sorted(days_worked):
        on, known = TODAY + timedelta(days=offset), set(told)
        as_dates = {one: TODAY + timedelta(days=day) for one, day in told.items()}
        has_secretary = offset >= secretary_from
        steps = [
            reminder_due(TODAY, on, days),
            escalation_due(TODAY, on, as_dates, has_secretary=has_secretary, days=days),
        ]
        assert steps[1] not in known
        for step in steps:
            if step and step not in known:
                assert offset >= days[step]
                assert step != Reminder.TO_SECRETARY or has_secretary
                told[step] = offset
    room = days[Reminder.TO_CHAIR] - days[Reminder.TO_SECRETARY]
    assert room >= 1
    if set(ESCALATION) <= set(told):
        assert told[Reminder.TO_CHAIR] - told[Reminder.TO_SECRETARY] >= room
    if any(offset >= days[Reminder.TO_CHAIR] for offset in days_worked):
        assert set(told) & set(ESCALATION), "somebody above has heard of it"
        assert Reminder.OVERDUE in told, "and so has whoever has the task"


@pytest.mark.django_db
def test_a_withheld_name_is_withheld_in_the_secretary_s_own_language(cast: Cast) -> None:
    task_for(cast)
    Person.objects.filter(pk=cast.police_member.person.pk).update(name_withheld=True)
    Person.objects.filter(pk=cast.secretary.person.pk).update(language="sv")
    for offset in range(9, 16):
        remind(on=DEADLINE + timedelta(days=offset))

    mail = Message.objects.get(address=cast.secretary.person.email)
    with override("sv"):
        assert gettext("Name withheld") in mail.text
    assert cast.police_member.name not in mail.text
