"""Who came later or left early stays noted when the agenda changes after that."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Attendance, Meeting
from samrad.meetings.rules import Presence
from samrad.meetings.rules.agenda import mark_of_order
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, Cast, signed_in
from tests.meetings.bricks import called
from tests.meetings.the_minutes_page import filled_in, page_of

pytestmark = pytest.mark.django_db
TITLES = ("En", "To", "Tre", "Fire")


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Minutes begun with four items, and nothing written yet."""
    made = called(cast, *TITLES)
    api.begin_minutes(meeting=made, by=cast.secretary.actor, at=NOON)
    made.refresh_from_db()
    return made


def item(meeting: Meeting, title: str | None) -> AgendaItem | None:
    return meeting.items.get(title=title) if title else None


def there(cast: Cast, meeting: Meeting, came: str | None, left: str | None) -> None:
    api.note_attendance(
        meeting=meeting, seat=cast.council.seats.get(role="station_chief"),
        presence=Presence.PRESENT, stand_in="", by=cast.secretary.actor, at=NOON,
        from_item=item(meeting, came), until_item=item(meeting, left),
    )  # fmt: skip


def noted() -> tuple[str | None, str | None]:
    row = Attendance.objects.get(seat__role="station_chief")
    return (
        row.from_item.title if row.from_item else None,
        row.until_item.title if row.until_item else None,
    )


def remove(cast: Cast, meeting: Meeting, title: str) -> bool:
    found = meeting.items.get(title=title)
    return api.remove_item(item=found, by=cast.secretary.actor, at=NOON)


@pytest.mark.parametrize(
    ("before", "gone", "after"),
    [
        (("Tre", None), "Tre", ("Fire", None)),  # not: from the start
        ((None, "Tre"), "Tre", (None, "To")),  # not: to the end
        (("Fire", None), "Fire", ("Tre", None)),
        ((None, "En"), "En", (None, "To")),
        (("To", "To"), "To", ("Tre", "Tre")),
        (("Fire", "Fire"), "Fire", ("Tre", "Tre")),
        (("To", "Tre"), "To", ("Tre", "Tre")),
        (("To", "Fire"), "Tre", ("To", "Fire")),
    ],
)
def test_an_item_goes_and_the_note_moves_to_its_neighbour(
    cast: Cast,
    meeting: Meeting,
    before: tuple[str | None, str | None],
    gone: str,
    after: tuple[str | None, str | None],
) -> None:
    there(cast, meeting, *before)

    has_moved = remove(cast, meeting, gone)

    assert noted() == after
    assert has_moved is (before != after)
    assert ("minutes.stays_moved" in event_codes_of(meeting.minutes)) is has_moved


def test_the_record_says_whose_note_moved_and_the_secretary_is_told(
    cast: Cast, client: Any, meeting: Meeting
) -> None:
    there(cast, meeting, "Tre", None)
    found = meeting.items.get(title="Tre")

    url = reverse("meetings:remove", args=[found.ref])
    page = signed_in(client, cast.secretary).post(url, follow=True)

    assert "is noted at the neighbouring item" in page.text
    (told,) = [line.text for line in history_of(meeting.minutes) if "neighbouring" in line.text]
    assert str(cast.council.seats.get(role="station_chief")) in told


def in_order(cast: Cast, meeting: Meeting, *titles: str) -> None:
    there_now = list(meeting.items.order_by("order"))
    refs = {one.title: str(one.ref) for one in there_now}
    api.order_items(
        meeting=meeting, order=[refs[title] for title in titles],
        seen=mark_of_order([str(one.ref) for one in there_now]),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def test_items_change_places_and_nobody_leaves_before_coming(
    cast: Cast, client: Any, meeting: Meeting
) -> None:
    there(cast, meeting, "To", "Tre")
    in_order(cast, meeting, "En", "Tre", "To", "Fire")
    assert noted() == ("Tre", "To")
    assert "minutes.stays_moved" in event_codes_of(meeting.minutes)

    signed_in(client, cast.secretary)
    data = filled_in(page_of(client, meeting))
    answer = client.post(reverse("meetings:minutes", args=[meeting.ref]), data)
    assert answer.status_code == 302, "the whole page can still be saved"


def test_one_step_up_is_the_same(cast: Cast, meeting: Meeting) -> None:
    there(cast, meeting, "To", "Tre")
    found = meeting.items.get(title="Tre")

    api.shift_item(item=found, up=True, by=cast.secretary.actor, at=NOON)

    assert noted() == ("Tre", "To")


def test_an_order_that_crosses_nothing_moves_no_note(cast: Cast, meeting: Meeting) -> None:
    there(cast, meeting, "To", "Tre")

    in_order(cast, meeting, "To", "En", "Fire", "Tre")

    assert noted() == ("To", "Tre")
    assert "minutes.stays_moved" not in event_codes_of(meeting.minutes)
