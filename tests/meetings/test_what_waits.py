"""What meetings put on somebody's home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.followup.api import waiting_for
from samrad.kernel.clock import held_at
from samrad.meetings import api, waiting
from samrad.meetings.models import Minutes
from samrad.meetings.rules import ItemKind
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import called, circulated, item_on, planned


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def waits_for(who, on=TODAY):
    return [(one.url.rsplit("/", 2)[-2], one.tone) for one in waiting_for(who.actor, on)]


def test_minutes_wait_for_the_chair_and_for_nobody_else(cast):
    circulated(cast)

    assert waits_for(cast.chair) == [("approve", "warning")]
    for who in (cast.secretary, cast.police_member, cast.guest, cast.stranger, cast.analyst):
        assert waits_for(who) == []


def test_what_does_not_wait_for_me_hides_nothing_that_does(cast, monkeypatch):
    monkeypatch.setattr(waiting, "ENOUGH", 2)
    days = [NOON + timedelta(days=20 + n) for n in range(5)]
    several = [circulated(cast, starts_at=day) for day in days]
    Minutes.objects.filter(pk__in=[one.pk for one in several[:3]]).update(
        written_by=cast.chair.person
    )

    urls = [one.url for one in waiting_for(cast.chair.actor, TODAY)]
    assert len(urls) == 2
    for one in several[3:]:
        assert any(str(one.meeting.ref) in url for url in urls)


def test_those_that_have_waited_longest_come_first(cast, monkeypatch):
    monkeypatch.setattr(waiting, "ENOUGH", 1)
    late = circulated(cast, starts_at=NOON + timedelta(days=20))
    early = circulated(cast, starts_at=NOON + timedelta(days=25))
    Minutes.objects.filter(pk=early.pk).update(circulated_at=NOON - timedelta(days=9))

    (one,) = waiting_for(cast.chair.actor, TODAY)
    assert str(early.meeting.ref) in one.url
    assert str(late.meeting.ref) not in one.url


def test_an_agenda_waits_to_be_set_then_sent_then_is_late(cast):
    meeting = planned(cast, starts_at=NOON + timedelta(days=20))
    assert waits_for(cast.secretary) == [("agenda", "info")]

    item_on(meeting, cast.secretary.actor)
    assert waits_for(cast.secretary) == [("send", "info")]
    assert waits_for(cast.police_member) == []

    assert waits_for(cast.secretary, TODAY + timedelta(days=7)) == [("send", "danger")]


def test_a_meeting_far_off_does_not_wait(cast):
    planned(cast, starts_at=NOON + timedelta(days=60))

    assert waits_for(cast.secretary) == []


def test_minutes_wait_to_be_written_when_the_meeting_is_over(cast):
    meeting = called(cast, starts_at=NOON + timedelta(days=1))

    with held_at(NOON + timedelta(days=2)):
        assert [one.url for one in waiting_for(cast.secretary.actor, TODAY)] == [
            meeting.get_absolute_url()
        ]
        api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
        assert waits_for(cast.secretary) == [("minutes", "warning")]


def test_minutes_prepared_ahead_take_nothing_from_those_who_are_called(cast, client):
    meeting = called(cast, starts_at=NOON + timedelta(days=9))
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)

    with held_at(NOON):
        assert waits_for(cast.chair) == [(str(meeting.ref), "info")], "whether the chair comes"
        page = signed_in(client, cast.secretary).get(meeting.get_absolute_url())
        assert page.context["may_answer"]
        assert page.context["answers"].own is not None
        assert page.context["step"] is None, "the minutes are not what comes next"
        assert reverse("meetings:minutes", args=[meeting.ref]) in page.content.decode()
    with held_at(meeting.starts_at + timedelta(minutes=1)):
        assert waits_for(cast.chair) == []
        page = client.get(meeting.get_absolute_url())
        assert "may_answer" not in page.context
        assert page.context["step"].url == reverse("meetings:minutes", args=[meeting.ref])


def test_proposals_wait_for_those_who_answer_them(cast):
    for _n in range(3):
        api.propose_item(
            council=cast.council, title="x", reason="", kind=ItemKind.DISCUSSION,
            by=cast.police_member.actor, at=NOON,
        )  # fmt: skip

    assert waits_for(cast.secretary) == [("proposals", "info")]
    assert waits_for(cast.police_member) == []
    assert "3" in waiting_for(cast.secretary.actor, TODAY)[0].title
