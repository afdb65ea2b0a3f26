"""Who cannot come says who comes instead; the secretary sees it, and the minutes propose it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.calling import answer_path
from samrad.meetings.actions.minutes import note_everybody_present
from samrad.meetings.models import Called
from samrad.meetings.queries.answers import answers_of
from samrad.meetings.rules.invitations import Answer, Way
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import called
from tests.meetings.calendars import call_of

pytestmark = pytest.mark.django_db
KARI = "Kari Lund, SLT-koordinator"


@pytest.fixture(autouse=True)
def _noon(settings: Any) -> Any:
    settings.SECURE_SSL_REDIRECT = False
    with held_at(NOON):
        yield


@pytest.fixture
def meeting(cast: Any) -> Any:
    return called(cast)


def sends(meeting: Any, who: Any, stand_in: str = KARI, answer: Answer = Answer.DECLINED) -> Called:
    """Somebody answers, and perhaps says who comes instead."""
    api.answer_invitation(meeting=meeting, answer=answer, stand_in=stand_in, by=who.actor, at=NOON)
    return call_of(meeting, who)


def test_on_the_page_one_says_who_comes_instead_and_the_secretary_sees_it(
    cast: Any, meeting: Any, client: Any
) -> None:
    url = reverse("meetings:stand_in", args=[meeting.ref])
    answer = signed_in(client, cast.director).post(url, {"stand_in": f"  {KARI} "}, follow=True)

    assert f"Comes instead of you: {KARI}" in answer.text
    row = call_of(meeting, cast.director)
    assert (row.answer, row.stand_in, row.way) == (Answer.DECLINED, KARI, Way.PAGE)
    assert f"Comes instead: {KARI}" in (
        signed_in(client, cast.secretary).get(meeting.get_absolute_url()).text
    )
    assert event_codes_of(meeting)[-1] == "meeting.stand_in_named"
    assert signed_in(client, cast.director).get(url).text.count(KARI) == 1


def test_a_seat_with_a_stand_in_is_not_said_to_be_empty(cast: Any, meeting: Any) -> None:
    def empty() -> list[Any]:
        return answers_of(meeting, cast.secretary.actor, TODAY, calls=True).empty_seats

    sends(meeting, cast.director, "")
    assert len(empty()) == 1
    sends(meeting, cast.director)
    assert empty() == []


def test_coming_after_all_or_another_day_takes_the_stand_in_back(cast: Any, meeting: Any) -> None:
    sends(meeting, cast.director)
    again = sends(meeting, cast.director, stand_in=None)  # type: ignore[arg-type]
    assert again.stand_in == KARI  # the same no, from the calendar

    assert sends(meeting, cast.director, KARI, Answer.ACCEPTED).stand_in == ""


def test_who_is_not_called_names_nobody(cast: Any, meeting: Any) -> None:
    with pytest.raises(Refused, match="not called"):
        sends(meeting, cast.guest)


def test_by_the_link_in_the_mail_a_no_asks_who_comes_instead(
    cast: Any, meeting: Any, client: Any
) -> None:
    url = answer_path(call_of(meeting, cast.director), Answer.DECLINED)
    assert 'name="stand_in"' not in client.get(url).text

    after = client.post(url, follow=True).text
    assert 'name="stand_in"' in after

    done = client.post(url, {"stand_in": KARI}, follow=True).text
    assert f"Kommer i stedet for deg: {KARI}" in done or f"Comes instead of you: {KARI}" in done
    row = call_of(meeting, cast.director)
    assert (row.stand_in, row.way) == (KARI, Way.LINK)


def test_an_identity_number_is_caught_by_the_link_and_what_was_written_stays(
    cast: Any, meeting: Any, client: Any
) -> None:
    url = answer_path(call_of(meeting, cast.director), Answer.DECLINED)
    client.post(url)

    answer = client.post(url, {"stand_in": "Kari, 13097248022"})

    assert answer.status_code == 422
    assert "Kari, •••••••••••" in answer.text  # what must not be shown again is covered
    assert call_of(meeting, cast.director).stand_in == ""


def test_the_links_of_yes_and_maybe_take_no_stand_in(cast: Any, meeting: Any, client: Any) -> None:
    url = answer_path(call_of(meeting, cast.director), Answer.ACCEPTED)
    client.post(url, {"stand_in": KARI})
    row = call_of(meeting, cast.director)
    assert (row.answer, row.stand_in) == (Answer.ACCEPTED, "")


def test_the_minutes_propose_the_stand_in_and_note_it_with_one_press(
    cast: Any, meeting: Any, client: Any
) -> None:
    sends(meeting, cast.director)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    url = reverse("meetings:minutes", args=[meeting.ref])
    member = signed_in(client, cast.secretary)
    page = member.get(url).text
    assert f"Said beforehand, comes instead: {KARI}" in page
    assert meeting.attendance.count() == 0  # a proposal only

    member.post(url, {"stand_ins": "yes"})

    noted = meeting.attendance.get()
    assert (noted.person, noted.stand_in, noted.presence) == (cast.director.person, KARI, "excused")
    assert "Said beforehand" not in member.get(url).text


def test_everybody_there_means_the_stand_in_for_who_said_no(cast: Any, meeting: Any) -> None:
    sends(meeting, cast.director)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)

    note_everybody_present(meeting=meeting, by=cast.secretary.actor, at=NOON)

    noted = {row.person_id: row for row in meeting.attendance.all()}
    assert noted[cast.director.person.pk].stand_in == KARI
    assert noted[cast.chair.person.pk].presence == "present"
