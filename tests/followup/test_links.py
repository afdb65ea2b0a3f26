"""A task is ticked off with one press in the mail that reminds of it."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from samrad.documents.rules import Classification
from samrad.followup.actions import give_task, report_task
from samrad.followup.links import TICKING_OFF, done_path
from samrad.followup.models import Task
from samrad.followup.reminders import remind
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.meetings.actions.calling import answer_path
from samrad.meetings.rules.invitations import Answer
from samrad.people.models import Person
from samrad.post.api import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, Cast
from tests.meetings.bricks import called
from tests.meetings.calendars import call_of

pytestmark = pytest.mark.django_db
DEADLINE = date(2026, 12, 15)


@pytest.fixture(autouse=True)
def _noon(settings: Any) -> Any:
    settings.SECURE_SSL_REDIRECT = False
    settings.PUBLIC_URL = "https://samrad.example.org"
    cache.clear()
    with held_at(NOON):
        yield


def task_for(cast: Cast, **more: Any) -> Task:
    values = {"person": cast.police_member.person, "title": "Tell opp belysningen", **more}
    return give_task(
        council=cast.council, deadline_date=DEADLINE, by=cast.secretary.actor, at=NOON, **values
    )


def links() -> list[str]:
    texts = Message.objects.order_by("pk").values_list("text", flat=True)
    return re.findall(r"https://samrad\.example\.org(/done/\S+)", "\n".join(texts))


def test_the_reminder_ticks_the_task_off(cast: Cast, client: Any) -> None:
    task = task_for(cast)
    remind(on=DEADLINE - timedelta(days=7))
    (url,) = links()

    page = client.get(url)
    task.refresh_from_db()
    assert (page.status_code, task.state) == (200, TaskState.OPEN)
    assert "Tell opp belysningen" in page.text
    assert "data-submit-now" in page.text

    page = client.post(url, follow=True)

    task.refresh_from_db()
    assert (task.state, task.closed_by) == (TaskState.DONE, cast.police_member.person)
    assert "data-submit-now" not in page.text
    assert event_codes_of(task)[-2:] == ["task.done", "task.ticked_off_by_mail"]
    assert client.post(url).status_code == 302
    assert event_codes_of(task).count("task.done") == 1


def test_those_who_only_hear_of_a_late_task_get_no_such_link(cast: Cast) -> None:
    task_for(cast)
    for offset in range(-10, 40):
        remind(on=DEADLINE + timedelta(days=offset))

    assert Message.objects.filter(person=cast.secretary.person).exists()
    mails = Message.objects.exclude(person=cast.police_member.person)
    assert not any("/done/" in mail.text for mail in mails)
    assert len(links()) == 3


def test_a_restricted_task_is_not_ticked_off_from_a_mail(cast: Cast, client: Any) -> None:
    task_for(
        cast, person=cast.chair.person, title="KANARI", legal_basis="politiregisterloven § 27",
        classification=Classification.RESTRICTED,
    )  # fmt: skip
    remind(on=DEADLINE - timedelta(days=7))
    assert links() == []

    grown = task_for(cast)
    url = done_path(grown, cast.police_member.person)
    Task.objects.filter(pk=grown.pk).update(
        classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 27"
    )
    assert client.get(url).status_code == 404


def test_the_link_ends_when_the_task_is_closed_or_somebody_elses(cast: Cast, client: Any) -> None:
    closed, passed_on = task_for(cast), task_for(cast)
    member = cast.police_member.person
    urls = [done_path(task, member) for task in (closed, passed_on)]
    report_task(task=closed, to=TaskState.DROPPED, by=cast.chair.actor, at=NOON, note="Borte")
    Task.objects.filter(pk=passed_on.pk).update(responsible_person=cast.director.person)

    for url in urls:
        assert {client.get(url).status_code, client.post(url).status_code} == {404}
    gone = task_for(cast)
    Person.objects.filter(pk=member.pk).update(left_date=NOON.date() - timedelta(days=1))
    assert client.post(done_path(gone, member)).status_code == 404
    assert Task.objects.get(pk=gone.pk).state == TaskState.OPEN


def test_the_link_ends_with_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = done_path(task_for(cast), cast.police_member.person).split("/")[-2]
    assert TICKING_OFF.words_of(signed, 2)

    after = time.time() + TICKING_OFF.lasts.total_seconds() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: after)

    assert TICKING_OFF.words_of(signed, 2) is None


def test_a_link_for_one_thing_does_nothing_else(cast: Cast, client: Any) -> None:
    answer = answer_path(call_of(called(cast), cast.chair), Answer.ACCEPTED)
    done = done_path(task_for(cast), cast.police_member.person)

    assert client.post(answer.replace("/answer/", "/done/")).status_code == 404
    assert client.post(done.replace("/done/", "/answer/")).status_code == 404
