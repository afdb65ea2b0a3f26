"""Those who are called say whether they come: on the page, or with one press in a mail."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.followup.api import waiting_for
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.calling import answer_path
from samrad.meetings.models import Called
from samrad.meetings.queries.answers import answers_of
from samrad.meetings.rules.invitations import Answer, Way
from samrad.people.models import Person
from samrad.post.links import MOST_BROKEN, MOST_PRESSED
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import called, item_on, planned
from tests.meetings.calendars import answer_of, call_of

pytestmark = pytest.mark.django_db
BASIS = {"answer": Answer.ACCEPTED, "at": NOON}


@pytest.fixture(autouse=True)
def _noon(settings: Any) -> Any:
    settings.SECURE_SSL_REDIRECT = False
    settings.PUBLIC_URL = "https://samrad.example.org"
    cache.clear()
    with held_at(NOON):
        yield


@pytest.fixture
def meeting(cast: Any) -> Any:
    return called(cast)


def link(meeting: Any, who: Any, answer: Answer = Answer.ACCEPTED) -> str:
    return answer_path(call_of(meeting, who), answer)


def unsigned(url: str) -> str:
    """What a link says, without when it was signed: two made after one another may differ there."""
    return url.rsplit(":", 2)[0]


def links_in_the_mail_to(who: Any) -> list[str]:
    text = Message.objects.filter(person=who.person).latest("pk").text
    return re.findall(r"https://samrad\.example\.org(/answer/\S+)", text)


def move(cast: Any, meeting: Any) -> None:
    start = meeting.starts_at + timedelta(days=1)
    api.move_meeting(
        meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=2), place="Rådhuset",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


# On the page --------------------------------------------------------------------------------------


def test_an_answer_on_the_page_is_noted_and_seen_by_the_members(
    cast: Any, meeting: Any, client: Any
) -> None:
    url = reverse("meetings:answer", args=[meeting.ref])
    answer = signed_in(client, cast.police_member).post(url, {"answer": "declined"})
    assert answer.url == meeting.get_absolute_url(), "where the thanks stand"

    row = call_of(meeting, cast.police_member)
    assert (row.answer, row.way) == (Answer.DECLINED, Way.PAGE)
    page = signed_in(client, cast.director).get(meeting.get_absolute_url()).text
    assert "Does not come" in page
    assert "1 does not come" in page
    assert "4 have not answered" in page
    assert event_codes_of(meeting)[-1] == "meeting.declined"


def test_without_a_choice_nothing_is_noted_and_the_page_says_so(
    cast: Any, meeting: Any, client: Any
) -> None:
    url = reverse("meetings:answer", args=[meeting.ref])
    for given in ({}, {"answer": "none"}, {"answer": "perhaps"}):
        page = signed_in(client, cast.chair).post(url, given, follow=True)
        assert "Choose one of the answers." in page.text

    assert answer_of(meeting, cast.chair) == Answer.NONE


def test_one_may_change_ones_mind_and_the_same_answer_is_recorded_once(
    cast: Any, meeting: Any
) -> None:
    for answer in (Answer.ACCEPTED, Answer.ACCEPTED, Answer.TENTATIVE):
        api.answer_invitation(meeting=meeting, answer=answer, by=cast.chair.actor, at=NOON)

    assert event_codes_of(meeting)[-2:] == ["meeting.accepted", "meeting.tentative"]


@pytest.mark.parametrize("who", ["guest", "analyst", "stranger", "administrator"])
def test_only_those_who_are_called_answer(cast: Any, meeting: Any, who: str) -> None:
    with pytest.raises(Refused, match="not called"):
        api.answer_invitation(meeting=meeting, by=getattr(cast, who).actor, **BASIS)
    with pytest.raises(Refused):
        api.answer_invitation(meeting=meeting, by=SYSTEM, **BASIS)


def test_a_meeting_nobody_is_called_to_yet_is_not_answered(cast: Any) -> None:
    with pytest.raises(Refused):
        api.answer_invitation(meeting=planned(cast), by=cast.chair.actor, **BASIS)


def test_who_comes_is_no_business_of_guests_and_covering_levels(
    cast: Any, meeting: Any, client: Any
) -> None:
    api.answer_invitation(meeting=meeting, by=cast.chair.actor, **BASIS)
    url = meeting.get_absolute_url()
    assert "Who comes" in signed_in(client, cast.police_member).get(url).text
    for who in (cast.guest, cast.analyst, cast.national_officer):
        page = signed_in(client, who).get(url)
        assert page.status_code == 200
        assert "Who comes" not in page.text
    history = reverse("meetings:history", args=[meeting.ref])
    assert "comes to the meeting" in signed_in(client, cast.police_member).get(history).text
    assert "comes to the meeting" not in signed_in(client, cast.guest).get(history).text


def test_a_withheld_name_stays_withheld(cast: Any, meeting: Any, client: Any) -> None:
    Person.objects.filter(pk=cast.station_chief.person.pk).update(name_withheld=True)

    page = signed_in(client, cast.director).get(meeting.get_absolute_url()).text

    assert cast.station_chief.name not in page
    assert "Name withheld" in page


def test_a_seat_for_which_nobody_comes_asks_for_a_stand_in(
    cast: Any, meeting: Any, client: Any
) -> None:
    api.answer_invitation(
        meeting=meeting, answer=Answer.DECLINED, by=cast.police_member.actor, at=NOON
    )
    found = answers_of(meeting, cast.secretary.actor, TODAY, calls=True)
    assert [seat.role for seat in found.empty_seats] == ["police_contact"]

    url = meeting.get_absolute_url()
    assert "Ask who comes instead" in signed_in(client, cast.secretary).get(url).text
    assert "Ask who comes instead" not in signed_in(client, cast.director).get(url).text


def test_the_page_costs_the_same_however_many_are_called(
    cast: Any, meeting: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    signed_in(client, cast.secretary).get(meeting.get_absolute_url())

    with django_assert_max_num_queries(12):
        client.get(meeting.get_absolute_url())


# What waits ---------------------------------------------------------------------------------------


def test_an_invitation_waits_until_it_is_answered(cast: Any, meeting: Any) -> None:
    def waits() -> list[str]:
        return [one.title for one in waiting_for(cast.chair.actor, TODAY) if "come" in one.title]

    assert waits() == ["Do you come on 12 Dec 2026?"]
    api.answer_invitation(meeting=meeting, by=cast.chair.actor, **BASIS)
    assert waits() == []


def test_the_secretary_hears_what_did_not_arrive_and_sends_it_again(
    cast: Any, meeting: Any, client: Any
) -> None:
    lost = call_of(meeting, cast.police_member)
    Message.objects.filter(pk=lost.message_id).update(state=MessageState.BOUNCED)

    titles = [one.title for one in waiting_for(cast.secretary.actor, TODAY)]
    assert "The invitation to Pia Påfunn for 12 Dec 2026 did not arrive" in titles
    assert "arrive" not in str(waiting_for(cast.director.actor, TODAY))
    page = signed_in(client, cast.secretary).get(meeting.get_absolute_url()).text
    assert "See that the address is right" in page
    assert (
        "See that the address"
        not in signed_in(client, cast.director).get(meeting.get_absolute_url()).text
    )

    url = reverse("meetings:call_again", args=[meeting.ref, cast.police_member.person.ref])
    assert signed_in(client, cast.secretary).post(url).status_code == 302

    assert Message.objects.filter(person=cast.police_member.person).count() == 2
    assert Message.objects.count() == 6
    assert "arrive" not in str(waiting_for(cast.secretary.actor, TODAY))
    assert event_codes_of(meeting)[-1] == "meeting.called_again"


def test_nobody_is_called_alone_who_is_not_called_or_has_no_address(
    cast: Any, meeting: Any
) -> None:
    by = cast.secretary.actor
    with pytest.raises(Refused, match="not called"):
        api.call_again(meeting=meeting, person=cast.guest.person, by=by, at=NOON)
    Person.objects.filter(pk=cast.director.person.pk).update(email="")
    with pytest.raises(Refused, match="no address"):
        api.call_again(meeting=meeting, person=cast.director.person, by=by, at=NOON)
    with pytest.raises(Refused):
        api.call_again(
            meeting=planned(cast, starts_at=NOON + timedelta(days=90)),
            person=cast.chair.person, by=by, at=NOON,
        )  # fmt: skip


# One press in a mail ------------------------------------------------------------------------------


def test_the_mail_brings_a_link_for_each_answer(cast: Any, meeting: Any, client: Any) -> None:
    yes, no, maybe = links_in_the_mail_to(cast.chair)

    for url, answer in ((yes, "accepted"), (no, "declined"), (maybe, "tentative")):
        assert client.post(url).status_code == 302
        assert answer_of(meeting, cast.chair) == answer
    row = call_of(meeting, cast.chair)
    assert row.way == Way.LINK
    assert Called.objects.filter(answer=Answer.NONE).count() == 4


def test_opening_a_link_changes_nothing(cast: Any, meeting: Any, client: Any) -> None:
    url = link(meeting, cast.chair)
    before = event_codes_of(meeting)

    for ask in (client.get, client.head):
        assert ask(url).status_code == 200
    assert client.put(url).status_code == 405

    assert answer_of(meeting, cast.chair) == Answer.NONE
    assert event_codes_of(meeting) == before


def test_the_page_behind_a_link_says_what_the_mail_said_and_no_more(cast: Any, client: Any) -> None:
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor, "KANARI", classification="open")
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)

    page = client.get(link(meeting, cast.chair))

    assert "Politirådet i Ås" in page.text
    assert "Ja, jeg kommer" in page.text  # in the language of the mail, days too
    assert "lørdag 12. desember 2026" in page.text
    assert '<html lang="nb"' in page.text
    assert "KANARI" not in page.text
    assert cast.secretary.name not in page.text
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in client.cookies


def test_after_the_press_it_says_thanks_and_offers_the_other_answers(
    cast: Any, meeting: Any, client: Any
) -> None:
    page = client.post(link(meeting, cast.chair), follow=True, headers={"Accept-Language": "en"})

    assert "Takk. Det er notert at du kommer." in page.text
    assert "data-submit-now" not in page.text
    assert unsigned(link(meeting, cast.chair, Answer.DECLINED)) in page.text


def test_the_record_says_who_and_that_it_came_from_a_mail(
    cast: Any, meeting: Any, client: Any
) -> None:
    signed_in(client, cast.stranger).post(link(meeting, cast.chair))

    told = history_of(meeting)[0].text
    assert told.startswith("Maja Prøvestad comes to the meeting")
    assert "without signing in" in told


def test_a_link_ends_with_the_meeting_the_time_it_was_for_and_the_seat(
    cast: Any, meeting: Any, client: Any
) -> None:
    url = link(meeting, cast.police_member)
    seat = cast.council.seats.get(role="police_contact")

    def works() -> bool:
        found = {client.get(url).status_code, client.post(url).status_code}
        assert found in ({200, 302}, {404})
        return found != {404}

    with held_at(meeting.ends_at + timedelta(minutes=1)):
        assert not works()
    Person.objects.filter(pk=cast.police_member.person.pk).update(left_date="2026-11-20")
    assert not works()
    Person.objects.filter(pk=cast.police_member.person.pk).update(left_date=None)
    seat.delete()
    assert not works()
    assert answer_of(meeting, cast.police_member) == Answer.NONE

    other = link(meeting, cast.chair)
    move(cast, meeting)
    assert client.post(other).status_code == 404
    newer = link(meeting, cast.chair)
    assert client.get(newer).status_code == 200
    api.cancel_meeting(meeting=meeting, reason="Sykdom", by=cast.secretary.actor, at=NOON)
    assert client.post(newer).status_code == 410
    assert "Møtet er avlyst" in client.get(newer).text
    assert client.get(url).status_code == 404, "who is no longer called is told nothing"
    assert answer_of(meeting, cast.chair) == Answer.NONE


@pytest.mark.parametrize("place", [2, 12, 40, -12, -3])
def test_a_link_of_which_anything_is_changed_is_no_link(
    cast: Any, meeting: Any, client: Any, place: int
) -> None:
    url = link(meeting, cast.chair)
    head, signed = "/answer/", url.removeprefix("/answer/").rstrip("/")
    changed = "A" if signed[place] != "A" else "B"
    parts = list(signed)
    parts[place] = changed

    assert client.get(f"{head}{''.join(parts)}/").status_code == 404


def test_who_tries_broken_links_waits(cast: Any, meeting: Any, client: Any) -> None:
    for _attempt in range(MOST_BROKEN):
        assert client.get("/answer/WyJ4Il0:1abcde:nobody/").status_code == 404

    assert client.get(link(meeting, cast.chair)).status_code == 429
    cache.clear()
    assert client.get(link(meeting, cast.chair)).status_code == 200


def test_a_link_pressed_without_end_waits(cast: Any, meeting: Any, client: Any) -> None:
    yes, no = link(meeting, cast.chair), link(meeting, cast.chair, Answer.DECLINED)
    answers = [client.post(yes if n % 2 else no).status_code for n in range(MOST_PRESSED + 3)]

    assert answers[-3:] == [429, 429, 429]
    assert client.post(link(meeting, cast.director)).status_code == 302


@pytest.mark.browser
@pytest.mark.slow
def test_with_scripts_the_button_presses_itself_once_for_a_reader_who_has_just_come(
    cast: Any, transactional_db: None, open_page: Any
) -> None:
    meeting = called(cast)
    phone = open_page(width=390)
    phone.context.add_init_script("Object.defineProperty(navigator, 'webdriver', {value: false})")

    phone.goto(link(meeting, cast.chair))
    phone.get_by_text("Det er notert at du kommer").wait_for()
    assert answer_of(meeting, cast.chair) == Answer.ACCEPTED

    phone.get_by_role("button", name="Nei, jeg kan ikke komme").click()
    phone.get_by_text("Det er notert at du ikke kan komme").wait_for()
    phone.go_back()
    phone.wait_for_timeout(1500)  # longer than the page waits before it presses
    assert answer_of(meeting, cast.chair) == Answer.DECLINED
    size = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert size[0] <= size[1]
