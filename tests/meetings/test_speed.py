"""Pages ask the database a bounded number of questions, however long the list is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.followup.api import waiting_for
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.rules import ItemKind
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import called, circulated, decide, planned, sent_out, written

pytestmark = pytest.mark.slow

TITLES = [f"Sak {n}" for n in range(30)]


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.ref])


def queries(client, address, count):
    client.get(address)  # the first reading of a day, and what is worked out once
    with count(100, exact=False) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def count(django_assert_max_num_queries):
    return lambda most, **_rest: django_assert_max_num_queries(most)


@pytest.mark.parametrize(
    ("who", "most"), [("secretary", 12), ("police_member", 10), ("guest", 9), ("analyst", 8)]
)
def test_a_meeting_of_thirty_items(cast, client, count, who, most):
    few = called(cast, "Sak")
    many = called(cast, *TITLES, starts_at=NOON + timedelta(days=30))
    signed_in(client, getattr(cast, who))

    found = queries(client, url("detail", many), count)

    assert found <= most
    assert found == queries(client, url("detail", few), count)


def test_thirty_restricted_items_cost_one_question_more_once_they_are_read(cast, client, count):
    meeting, by = planned(cast), cast.secretary.actor
    for title in TITLES:
        api.add_item(
            meeting=meeting, title=title, classification=Classification.RESTRICTED,
            legal_basis="politiregisterloven § 27", by=by, at=NOON,
        )  # fmt: skip
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    signed_in(client, cast.chair)

    assert queries(client, url("detail", meeting), count) <= 12


def test_writing_and_reading_minutes_of_thirty_items(cast, client, count):
    few, many = written(cast, "Sak"), written(cast, *TITLES, starts_at=NOON + timedelta(days=30))
    for minutes in (few, many):
        for item in minutes.meeting.items.all():
            decide(cast, item)
    signed_in(client, cast.secretary)

    for page, most in (("minutes", 12), ("read", 12)):
        found = queries(client, url(page, many.meeting), count)
        assert found <= most, page
        assert found == queries(client, url(page, few.meeting), count), page


def test_approving_minutes(cast, client, count):
    minutes = circulated(cast)
    signed_in(client, cast.chair)

    assert queries(client, url("approve", minutes.meeting), count) <= 11


def test_setting_and_sending_an_agenda_of_thirty_items(cast, client, count):
    earlier = written(cast, *TITLES, starts_at=NOON + timedelta(days=14))
    for item in earlier.meeting.items.all():
        decide(cast, item)
    sent_out(minutes=earlier, by=cast.secretary.actor, at=NOON)
    api.approve_minutes(minutes=earlier, by=cast.chair.actor, at=NOON)
    few = called(cast, "Sak")
    many = called(cast, *TITLES, starts_at=NOON + timedelta(days=30))
    signed_in(client, cast.secretary)

    for page, most in (("agenda", 12), ("send", 12)):
        found = queries(client, url(page, many), count)
        assert found <= most, page
        assert found == queries(client, url(page, few), count), page


def test_a_hundred_meetings_and_a_hundred_proposals(cast, client, count):
    by = cast.secretary.actor
    start = NOON.replace(year=2027, month=1, day=4)
    days = [start + timedelta(days=n) for n in range(100)]
    api.plan_meetings(
        council=cast.council,
        meetings=[api.Planned(day, day + timedelta(hours=1)) for day in days],
        by=by,
        at=NOON,
    )
    for n in range(100):
        api.propose_item(
            council=cast.council, title=f"Forslag {n}", reason="", kind=ItemKind.DISCUSSION,
            by=cast.director.actor, at=NOON,
        )  # fmt: skip
    signed_in(client, cast.secretary)

    assert queries(client, url("council", cast.council) + "?year=2027", count) <= 7
    assert queries(client, url("proposals", cast.council), count) <= 10


def test_home_asks_little_for_meetings(cast, count):
    for n in range(5):
        circulated(cast, starts_at=NOON + timedelta(days=20 + n))
        planned(cast, starts_at=NOON + timedelta(days=10 + n))

    with count(40):
        assert waiting_for(cast.chair.actor, TODAY)
