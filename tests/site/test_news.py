"""What is new since somebody was here: of their councils, for their eyes, once, newest first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.documents.rules import Classification
from samrad.followup.actions import give_task, report_task
from samrad.followup.news import NEWEST, Happened, newest
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.people.actions.visits import look_in
from samrad.people.models import Person
from samrad.people.rules import NOTED_EVERY, VISIT_ENDS_AFTER, Looks, looked_again
from tests.cast import NOON, TODAY, Cast, Character, actor_of_person, signed_in
from tests.meetings.bricks import IN_THREE_WEEKS, approved, called, circulated, planned, written
from tests.support.examples import tries

BEFORE = NOON - timedelta(days=1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def told(who: Character, since: datetime = BEFORE) -> list[str]:
    actor = actor_of_person(who.person)
    found = [one.text for one in Happened(actor, since)[:50]]
    assert [one.text for one in newest(actor, since)] == found[:NEWEST], "home tells the first"
    return found


def was_here(who: Character, at: datetime) -> None:
    Person.objects.filter(pk=who.person.pk).update(seen_at=at)


# Visits ------------------------------------------------------------------------------------------

gaps = st.lists(st.integers(0, 300), min_size=1, max_size=40)  # minutes from one look to the next


@given(gaps=gaps)
@settings(max_examples=tries(500), deadline=None)
def test_a_visit_lasts_while_looks_are_less_than_half_an_hour_apart(gaps: list[int]) -> None:
    looks, at, writes = looked_again(Looks(), LONG_AGO), LONG_AGO, 1
    for gap in gaps:
        last, at = at, at + timedelta(minutes=gap)
        after = looked_again(looks, at)
        if at - last < VISIT_ENDS_AFTER:
            assert after.before_at == looks.before_at, "the same visit"
        if at - last >= VISIT_ENDS_AFTER + NOTED_EVERY:
            assert after.before_at is not None
            assert last - NOTED_EVERY < after.before_at <= last, "nothing is missed in between"
        writes += after is not looks
        looks = after
    assert writes <= 1 + (at - LONG_AGO) / NOTED_EVERY, "a page that is read is seldom written"


@pytest.mark.django_db
def test_the_mark_moves_on_with_the_next_visit_and_not_before(cast: Cast) -> None:
    def looks(at: datetime) -> datetime | None:
        return look_in(by=actor_of_person(cast.chair.person), at=at)

    assert looks(NOON) is None
    assert looks(NOON + timedelta(minutes=25)) is None
    assert looks(NOON + timedelta(hours=5)) == NOON + timedelta(minutes=25)
    assert looks(NOON + timedelta(hours=5, minutes=12)) == NOON + timedelta(minutes=25)


@pytest.mark.django_db
def test_two_windows_opened_at_once_move_it_once(cast: Cast) -> None:
    was_here(cast.chair, BEFORE)
    first, second = (actor_of_person(cast.chair.person) for _window in range(2))

    assert look_in(by=first, at=NOON) == look_in(by=second, at=NOON) == BEFORE
    assert Person.objects.get(pk=cast.chair.person.pk).before_at == BEFORE


# What is told, and to whom -----------------------------------------------------------------------


@pytest.mark.django_db
def test_an_agenda_and_a_change_are_told_to_those_who_did_not_do_it(cast: Cast) -> None:
    meeting = called(cast, "Nattlivet")

    assert [text for text in told(cast.police_member) if text.startswith("The agenda of")]
    assert not [text for text in told(cast.secretary) if text.startswith("The agenda of")]

    api.cancel_meeting(meeting=meeting, reason="Sykdom", by=cast.secretary.actor, at=NOON)
    (text,) = told(cast.police_member)
    assert text.startswith("The meeting on ")
    assert text.endswith("is cancelled")


@pytest.mark.django_db
def test_a_meeting_that_moved_is_told_once(cast: Cast) -> None:
    meeting = planned(cast)
    api.move_meeting(
        meeting=meeting, starts_at=meeting.starts_at + timedelta(days=7),
        ends_at=meeting.ends_at + timedelta(days=7), place="Rådhuset",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    (text,) = told(cast.chair)
    assert text.startswith("A meeting has another time or place: ")


@pytest.mark.django_db
def test_drafts_are_told_to_nobody_and_approved_minutes_to_all(cast: Cast) -> None:
    written(cast, "Nattlivet")
    assert not [text for text in told(cast.police_member) if "minutes" in text]

    circulated(cast, "Nattlivet", starts_at=IN_THREE_WEEKS + timedelta(days=7))
    assert [text for text in told(cast.police_member) if text.endswith("wait for approval")]
    assert not [text for text in told(cast.guest) if "minutes" in text]

    approved(cast, "Nattlivet", starts_at=IN_THREE_WEEKS + timedelta(days=14))
    assert [text for text in told(cast.guest) if text.endswith("are approved")]


@pytest.mark.django_db
@pytest.mark.parametrize("classification", list(Classification))
def test_a_task_that_is_done_is_told_to_those_who_read_it(
    cast: Cast, classification: Classification
) -> None:
    restricted = classification == Classification.RESTRICTED
    task = give_task(
        council=cast.council, title="Ring rektor", person=cast.police_member.person,
        classification=classification, legal_basis="offl. § 13" if restricted else "",
        deadline_date=TODAY, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    report_task(task=task, to=TaskState.DONE, by=cast.police_member.actor, at=NOON)

    expected = [] if restricted else ["Done: Ring rektor"]
    assert told(cast.secretary) == told(cast.chair) == expected
    assert told(cast.police_member) == [], "who did it knows"
    assert told(cast.stranger) == told(cast.analyst) == told(cast.dk.people["secretary"]) == []


@pytest.mark.django_db
def test_what_was_there_before_the_visit_is_not_told_again(cast: Cast) -> None:
    called(cast, "Nattlivet")

    assert told(cast.police_member)
    assert told(cast.police_member, NOON + timedelta(days=30)) == []


# The pages ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_home_tells_it_from_the_second_visit_on_under_each_council(
    client: Client, cast: Cast
) -> None:
    called(cast, "Nattlivet")
    signed_in(client, cast.police_member)
    later = NOON + timedelta(hours=1)

    with held_at(later):
        assert "New since" not in client.get("/").content.decode()
    was_here(cast.police_member, BEFORE)
    with held_at(later):
        page = client.get("/").content.decode()

    assert "New since" in page
    assert page.index("Politirådet i Ås") < page.index("The agenda of")


@pytest.mark.django_db
def test_home_pays_one_question_for_it_and_a_note_every_ten_minutes(
    client: Client, cast: Cast
) -> None:
    called(cast, "Nattlivet")
    signed_in(client, cast.police_member)

    def asked(at: datetime) -> int:
        with held_at(at), CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    asked(NOON)  # the first visit is noted
    without = asked(NOON + timedelta(minutes=1))
    new_visit = asked(NOON + timedelta(days=1))
    same_visit = asked(NOON + timedelta(days=1, minutes=1))

    assert same_visit == without + 1
    assert new_visit == without + 2


@pytest.mark.django_db
def test_the_page_behind_is_paged_and_asks_little(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        task = give_task(
            council=cast.council, title=f"Oppgave {number}", person=cast.police_member.person,
            deadline_date=TODAY, by=cast.secretary.actor, at=NOON,
        )  # fmt: skip
        report_task(task=task, to=TaskState.DONE, by=cast.police_member.actor, at=NOON)
    signed_in(client, cast.chair)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("news")).content.decode()

    assert page.count("Done: Oppgave") == 25
    assert client.get(reverse("news"), {"page": 2}).content.decode().count("Done: Oppgave") == 5
