"""The page of the minutes posted whole: by "Everybody was there", and when it is very long."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.followup.models import Decision
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.rules import Presence
from tests.cast import NOON, signed_in
from tests.meetings.bricks import called, decide, written
from tests.meetings.the_minutes_page import filled_in, page_of

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def item(cast):
    meeting = called(cast)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return meeting.items.get()


def test_everybody_was_there_saves_what_was_typed_as_well(cast, client, item):
    meeting = item.meeting
    signed_in(client, cast.secretary)
    away = cast.council.seats.get(role="mayor")
    data = filled_in(
        page_of(client, meeting),
        **{
            f"text-{item.ref}": "Det ble sagt mye.",
            f"new_decision-{item.ref}": "Lyset rettes.",
            f"seat-{away.ref}-presence": "excused",
            "everybody": "yes",
        },
    )

    answer = client.post(reverse("meetings:minutes", args=[meeting.ref]), data)

    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.minutes_text == "Det ble sagt mye."
    assert Decision.objects.get().text == "Lyset rettes."
    noted = dict(meeting.attendance.values_list("seat__role", "presence"))
    assert noted.pop("mayor") == Presence.EXCUSED
    assert len(noted) == 4
    assert set(noted.values()) == {Presence.PRESENT}


def test_the_button_for_everybody_posts_to_the_page_it_stands_on(cast, client, item):
    page = page_of(signed_in(client, cast.secretary), item.meeting)

    assert 'name="everybody"' in page.text
    assert "formaction" not in page.text


def test_long_minutes_are_saved_in_one_press(cast, client):
    minutes = written(cast, *[f"Sak {n}" for n in range(30)])
    meeting = minutes.meeting
    for one in meeting.items.all():
        for n in range(3):
            decide(cast, one, f"Vedtak {n} i {one.title}.")
    signed_in(client, cast.secretary)
    last = meeting.items.latest("order")
    data = filled_in(page_of(client, meeting), **{f"text-{last.ref}": "Til slutt."})
    assert len(data) > 600

    more = {f"answer-to-nothing-{n}": "" for n in range(1000)}
    answer = client.post(reverse("meetings:minutes", args=[meeting.ref]), {**more, **data})

    assert answer.status_code == 302
    last.refresh_from_db()
    assert last.minutes_text == "Til slutt."
