"""Titles, places, days and calls, where a first answer was only half of one."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from samrad.followup.models import Decision, Task
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.actions.carrying import TITLE_LENGTH, title_of
from samrad.meetings.mail_guards import will_sit_there
from samrad.meetings.models import Attendance, Correction, Meeting, MinutesReading
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from samrad.wheel.models import Occasion
from samrad.wheel.planning import year_is_planned
from tests.cast import NOON, Cast, signed_in
from tests.meetings.bricks import (
    approved,
    begun,
    called,
    decide,
    item_on,
    planned,
    restricted_on,
    written,
)
from tests.wheel.bricks import in_use

pytestmark = pytest.mark.django_db
TAIL = " og ber kommunen legge fram et opplegg for arbeidet videre" * 4


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        Person.objects.update(language="en")
        yield


@pytest.mark.parametrize(
    "words",
    [
        "Politimester J. Hansen legger fram tallene for året" + TAIL,
        "Rådet støtter planen, jf. Ås kommunes vedtak i mars" + TAIL,
        "Ja. Politiet og kommunen gjør det sammen" + TAIL,
    ],
)
def test_a_long_title_is_not_cut_at_an_abbreviation(cast: Cast, words: str) -> None:
    title = title_of(Decision(text=words, state="binding", council=cast.council))

    assert title.endswith("…")
    assert len(title) > TITLE_LENGTH / 2


def test_a_long_title_ends_with_its_last_whole_sentence(cast: Cast) -> None:
    first = "Rådet ber politiet gå innom parken hver fredag."
    words = f"{first} Kommunen retter lyset{TAIL}"

    assert title_of(Decision(text=words, state="binding", council=cast.council)) == first


def test_who_had_no_address_when_others_were_called_is_called_when_it_moves(cast: Cast) -> None:
    Person.objects.filter(pk=cast.director.person.pk).update(email="")
    meeting = called(cast)
    Person.objects.filter(pk=cast.director.person.pk).update(email="didrik@example.org")

    later = {"starts_at": meeting.starts_at + timedelta(days=1), "place": "",
             "ends_at": meeting.ends_at + timedelta(days=1)}  # fmt: skip
    api.move_meeting(meeting=meeting, **later, by=cast.secretary.actor, at=NOON)

    (mail,) = Message.objects.filter(person=cast.director.person)
    assert mail.template == "meetings/mail/agenda"


def test_the_place_of_a_meeting_that_was_held_is_set_right_on_record_and_in_silence(
    cast: Cast, client: Any
) -> None:
    minutes = written(cast)
    begun(minutes.meeting)
    meeting = minutes.meeting
    mails = Message.objects.count()
    page = signed_in(client, cast.secretary).get(reverse("meetings:move", args=[meeting.ref]))
    assert "Save and tell" not in page.text

    api.move_meeting(
        meeting=meeting, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place="Biblioteket",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    assert event_codes_of(meeting)[-1] == "meeting.place_changed"
    assert Message.objects.count() == mails


def test_whoever_cancels_hears_to_whom_restricted_items_come_back(cast: Cast, client: Any) -> None:
    meeting = planned(cast)
    restricted_on(meeting, cast.secretary.actor, "KANARI", cast.council.seats.get(role="mayor"))
    url = reverse("meetings:cancel", args=[meeting.ref])

    lead = signed_in(client, cast.secretary).get(url).context["lead"]
    assert "is offered again when" in lead
    assert "offered only to those who may read it" in lead

    meeting.items.all().delete()
    item_on(meeting, cast.secretary.actor)
    lead = client.get(url).context["lead"]
    assert "without papers" in lead
    assert "those who may read it" not in lead


def test_an_extra_meeting_can_be_on_a_day_with_a_meeting(cast: Cast, client: Any) -> None:
    meeting = planned(cast)
    day = meeting.starts_at.date()

    told = signed_in(client, cast.secretary).post(
        reverse("meetings:new", args=[cast.council.ref]),
        {"day": f"{day}", "starts": "18:00", "ends": "19:00", "place": "", "occasion": ""},
    )

    assert told.status_code == 302
    assert Meeting.objects.filter(is_extra=True, starts_at__date=day).exists()


def test_the_day_the_wheel_s_meeting_is_planned_for_is_said_to_be_taken_at_its_field(
    cast: Cast, client: Any
) -> None:
    in_use(cast.council)
    day = planned(cast).starts_at.date()

    page = signed_in(client, cast.secretary).post(
        reverse("wheel:plan_meeting", args=[cast.council.ref, "2026-year_evaluation-1"]),
        {"day": f"{day}", "starts": "18:00", "ends": "19:00", "place": "Biblioteket"},
    )

    assert page.status_code == 422
    assert "a meeting on this day already" in page.text
    assert "Biblioteket" in page.text


def test_who_sat_there_on_the_day_hears_no_more_of_a_meeting_that_has_been(cast: Cast) -> None:
    meeting = called(cast)
    assert will_sit_there(cast.chair.person, meeting.ref)

    with held_at(meeting.ends_at + timedelta(days=1)):
        assert not will_sit_there(cast.chair.person, meeting.ref)


def test_tasks_of_minutes_that_were_read_in_before_are_known_as_such(cast: Cast) -> None:
    minutes = written(cast)
    decide(cast, minutes.meeting.items.get())
    other = written(cast, starts_at=minutes.meeting.starts_at + timedelta(days=7))
    decide(cast, other.meeting.items.get(), title="En annen")
    MinutesReading.objects.create(
        council=cast.council, result={}, read_by=cast.secretary.person, read_at=NOON,
        meeting=minutes.meeting, state="confirmed",
    )  # fmt: skip

    import_module("samrad.meetings.migrations.0017_tasks_of_minutes_read_in").say_so(
        apps, SimpleNamespace(connection=connection)
    )

    assert [one.title for one in Task.objects.filter(is_read_in=True)] == ["Rette lyset"]


def test_a_correction_begun_before_keeps_the_stay_of_the_minutes(cast: Cast) -> None:
    minutes = approved(cast)
    row = Attendance.objects.filter(meeting=minutes.meeting, presence="present").first()
    assert row is not None
    row.from_item = minutes.meeting.items.get()
    row.save()
    correction = Correction.objects.create(
        minutes=minutes, reason="-", asked_by="-", written_by=cast.secretary.person, opened_at=NOON
    )
    part = correction.parts.create(
        kind="seat", about_ref=row.seat.ref, text="present|Vidar", saved_at=NOON
    )

    name = "samrad.meetings.migrations.0018_stays_of_corrections_under_way"
    import_module(name).say_the_stay(apps, SimpleNamespace(connection=connection))

    part.refresh_from_db()
    assert part.text == f"present@{row.from_item.order}|Vidar"


def test_a_plan_made_from_above_ticks_off_that_it_is_to_be_made(cast: Cast) -> None:
    in_use(cast.council)
    year_is_planned(cast.council, 2027, cast.stranger.actor, NOON)

    (done,) = Occasion.objects.all()
    assert done.mark == "done"
    assert event_codes_of(done)[-1] == "occasion.planned"
