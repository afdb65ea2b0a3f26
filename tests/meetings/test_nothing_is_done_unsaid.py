"""Who hears of it is said before it is done; what was called off, begun or left out is not lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.sending import choose_guests
from samrad.meetings.models import AgendaItem, Attendance, Meeting
from samrad.meetings.queries.lists import coming_meetings
from samrad.meetings.rules import Presence
from samrad.meetings.rules.attendance import presence_meant
from samrad.meetings.sources import suggested_for
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, Cast, signed_in
from tests.meetings.bricks import (
    IN_THREE_WEEKS,
    called,
    decide,
    item_on,
    planned,
    planned_after,
    restricted_on,
    sent_out,
    written,
)
from tests.meetings.the_minutes_page import autosave, filled_in, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings: Any) -> Any:
    settings.PUBLIC_URL = "https://samrad.example.org"
    with held_at(NOON):
        yield


def at(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.ref])


def last_mail_to(who: Any) -> str:
    return Message.objects.filter(person=who.person).latest("pk").text


# Who was there ------------------------------------------------------------------------------------


def test_who_came_at_an_item_was_there_though_nobody_said_so(cast: Cast, client: Any) -> None:
    meeting = called(cast, "Først", "Så")
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    seat = cast.council.seats.get(role="station_chief")
    second = meeting.items.last()
    page = page_of(signed_in(client, cast.secretary), meeting)

    client.post(at("minutes", meeting), filled_in(page, **{f"seat-{seat.ref}-came": second.ref}))

    noted = Attendance.objects.get(meeting=meeting, seat=seat)
    assert (noted.presence, noted.from_item) == (Presence.PRESENT, second)


def test_what_saves_itself_means_the_same_and_with_a_stand_in_the_stand_in_came(
    cast: Cast, client: Any
) -> None:
    meeting = called(cast, "Først", "Så")
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    seat = cast.council.seats.get(role="station_chief")
    values = {"presence": "", "stand_in": "Vidar T.", "came": str(meeting.items.last().ref)}
    signed_in(client, cast.secretary)

    assert autosave(client, "save_attendance", meeting, values, "|", seat.ref).status_code == 200
    assert Attendance.objects.get(seat=seat).presence == Presence.EXCUSED

    taken_away = presence_meant(None, "", was="present|", partly=True)
    assert taken_away is None, "saying that it is not noted takes a note away"


def test_everybody_was_there_and_so_were_the_guests_who_were_called(
    cast: Cast, client: Any
) -> None:
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor)
    seat = cast.council.seats.get(function="guest")
    choose_guests(meeting=meeting, seat_ids=[seat.pk], by=cast.secretary.actor, at=NOON)
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    page = page_of(signed_in(client, cast.secretary), meeting)
    first = filled_in(
        page, **{f"seat-{cast.council.seats.get(role='mayor').ref}-presence": "present"}
    )
    client.post(at("minutes", meeting), first)
    assert cast.guest.name in page_of(client, meeting).text.partition("Ready to send out?")[2]

    api.note_everybody_present(meeting=meeting, by=cast.secretary.actor, at=NOON)

    assert Attendance.objects.get(meeting=meeting, seat=seat).presence == Presence.PRESENT


def test_approved_minutes_are_put_right_about_who_came_later(cast: Cast, client: Any) -> None:
    draft = written(cast, "Først", "Så")
    sent_out(minutes=draft, by=cast.secretary.actor, at=NOON)
    api.approve_minutes(minutes=draft, by=cast.chair.actor, at=NOON)
    correction = api.open_correction(
        minutes=draft, reason="Kom senere.", asked_by="Stein", by=cast.secretary.actor, at=NOON
    )
    seat = cast.council.seats.get(role="station_chief")
    url = reverse("meetings:write_correction", args=[correction.ref])
    form = signed_in(client, cast.secretary).get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {f"{name}-was": form._part(name).mark for name in form.saved}
    first, second = (one.order for one in draft.meeting.items.all())
    name = f"seat-{seat.ref}"

    wrong = client.post(url, {**data, f"{name}-came": second, f"{name}-left": first})
    assert (wrong.status_code, "before they have come" in wrong.text) == (422, True)
    client.post(url, {**data, f"{name}-came": second})
    assert [one.about_ref for one in correction.parts.all()] == [seat.ref]
    assert "Present, from item 2" in client.get(correction.get_absolute_url()).text
    api.circulate_correction(correction=correction, by=cast.secretary.actor, at=NOON)
    api.approve_correction(correction=correction, by=cast.chair.actor, at=NOON)

    noted = Attendance.objects.get(meeting=draft.meeting, seat=seat)
    assert (noted.presence, noted.from_item) == (Presence.PRESENT, draft.meeting.items.last())


# Minutes begun ahead ------------------------------------------------------------------------------


def test_an_empty_draft_of_minutes_takes_nothing_from_a_meeting_to_come(
    cast: Cast, client: Any
) -> None:
    meeting = called(cast)
    page = signed_in(client, cast.secretary).get(meeting.get_absolute_url())
    assert at("begin", meeting) not in page.text, "three weeks ahead there is nothing to write"
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)

    page = client.get(meeting.get_absolute_url())
    assert at("cancel", meeting) in page.text
    assert list(coming_meetings(cast.council, NOON)) == [meeting]
    assert client.get(at("send", meeting)).status_code == 200
    with held_at(meeting.starts_at):
        assert not coming_meetings(cast.council, meeting.starts_at)


# Called off ---------------------------------------------------------------------------------------


def test_what_was_to_be_taken_up_at_a_cancelled_meeting_is_offered_until_it_is(cast: Cast) -> None:
    by = cast.secretary.actor
    off, coming = called(cast, "Knivvold"), planned(cast, starts_at=IN_THREE_WEEKS + timedelta(30))
    restricted_on(off, by, "Saken", cast.council.seats.get(role="mayor"))
    assert suggested_for(coming, by, besides=()) == []

    api.cancel_meeting(meeting=off, reason="Storm", by=by, at=NOON)
    [offered] = [one for one in suggested_for(coming, by, besides=()) if one.title == "Knivvold"]
    assert "was cancelled" in offered.why
    api.add_suggested(meeting=coming, only=offered.key, by=by, at=NOON)

    again = planned(cast, starts_at=IN_THREE_WEEKS + timedelta(60))
    assert "Knivvold" not in {one.title for one in suggested_for(again, by, besides=())}
    api.cancel_meeting(meeting=coming, reason="Storm", by=by, at=NOON)
    assert "Knivvold" in {one.title for one in suggested_for(again, by, besides=())}


def test_what_was_restricted_is_offered_for_the_same_seats_to_those_who_read_it(
    cast: Cast, client: Any
) -> None:
    by, mayor = cast.secretary.actor, cast.council.seats.get(role="mayor")
    off, coming = called(cast, "Knivvold"), planned(cast, starts_at=IN_THREE_WEEKS + timedelta(30))
    restricted = restricted_on(off, by, "Saken", mayor)
    AgendaItem.objects.filter(pk=restricted.pk).update(text="Det gjelder skolen.")
    api.cancel_meeting(meeting=off, reason="Storm", by=by, at=NOON)

    page = signed_in(client, cast.secretary).get(at("agenda", coming))
    assert "Saken" in page.text
    assert event_codes_of(restricted)[-1] == "agenda_item.read", "who is shown it has read it"
    for who in (cast.station_chief, cast.guest, cast.director):
        assert {one.title for one in suggested_for(coming, who.actor, besides=())} <= {"Knivvold"}
    [offered] = [one for one in page.context["suggested"] if one.title == "Saken"]
    stranger = cast.station_chief.actor
    with pytest.raises(Refused):
        api.add_suggested(meeting=coming, only=offered.key, by=stranger, at=NOON)

    client.post(at("suggested", coming), {"only": offered.key})

    again = coming.items.get()
    assert (again.title, again.text) == ("Saken", "Det gjelder skolen.")
    assert (again.classification, again.legal_basis) == ("restricted", restricted.legal_basis)
    assert list(again.audience.all()) == [mayor]
    assert not AgendaItem.objects.visible_to(stranger).filter(pk=again.pk).exists()
    assert "Saken" not in client.get(at("agenda", coming)).context["suggested"]


def test_an_agenda_with_many_restricted_matters_offered_asks_no_more(
    cast: Cast, client: Any, django_assert_max_num_queries: Any
) -> None:
    by, mayor = cast.secretary.actor, cast.council.seats.get(role="mayor")
    off, coming = called(cast, "Knivvold"), planned(cast, starts_at=IN_THREE_WEEKS + timedelta(30))
    for n in range(6):
        restricted_on(off, by, f"Sak {n}", mayor)
    api.cancel_meeting(meeting=off, reason="Storm", by=by, at=NOON)
    signed_in(client, cast.secretary).get(at("agenda", coming))

    with django_assert_max_num_queries(12):
        page = client.get(at("agenda", coming))
    assert len(page.context["suggested"]) == 7


def test_cancelling_says_who_gets_a_mail_and_the_mail_says_why_where_it_may(
    cast: Cast, client: Any
) -> None:
    meeting = called(cast)
    page = signed_in(client, cast.secretary).get(at("cancel", meeting)).text
    assert f"{meeting.called.count()} people get a mail." in page
    assert "is offered again" in page

    given = {"reason": "Formannen er syk.", "reason_in_mail": "on"}
    told = client.post(at("cancel", meeting), given, follow=True).text

    assert "people get a mail about it" in told
    assert "Formannen er syk." in last_mail_to(cast.chair)


def test_why_it_was_cancelled_stays_out_of_the_mail_unless_somebody_says_so(
    cast: Cast, client: Any
) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary).post(at("cancel", meeting), {"reason": "Formannen er syk."})

    assert "Formannen er syk." not in last_mail_to(cast.chair)
    assert "Formannen er syk." in client.get(meeting.get_absolute_url()).text


def test_moving_says_how_many_hear_of_it_and_the_mail_says_when_it_was(
    cast: Cast, client: Any
) -> None:
    meeting = called(cast)
    page = signed_in(client, cast.secretary).get(at("move", meeting)).text
    assert f"Save and tell {meeting.called.count()} people" in page
    assert "Save and tell" not in client.get(at("move", planned_after(cast))).text

    start = meeting.starts_at + timedelta(days=1)
    api.move_meeting(
        meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=2), place="Kulturhuset",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    mail = last_mail_to(cast.chair)
    for told in ("12. desember 2026", "13. desember 2026", "Rådhuset", "Kulturhuset"):
        assert told in mail


# An extra meeting ---------------------------------------------------------------------------------


def test_what_an_extra_meeting_is_for_comes_first_on_its_agenda_and_stands_in_the_mail(
    cast: Cast, client: Any
) -> None:
    url = reverse("meetings:new", args=[cast.council.ref])
    day = (NOON + timedelta(days=9)).date()
    given = {"day": day, "starts": "09:00", "ends": "10:00", "occasion": "Knivvold i sentrum"}
    told = signed_in(client, cast.secretary).post(url, given, follow=True).text
    assert "Nobody has been told yet" in told
    assert "as soon as possible" in told, "the day by which it should be out has passed"
    extra = Meeting.objects.get(is_extra=True)
    assert [one.title for one in extra.items.all()] == ["Knivvold i sentrum"]

    assert "not named in the mail" not in client.get(at("send", extra)).text

    client.post(at("send", extra))

    assert "Knivvold i sentrum" in last_mail_to(cast.chair)
    assert "Ett trykk er nok" not in last_mail_to(cast.chair), "the page asks for one more"


def test_an_extra_meeting_is_not_asked_to_take_up_what_is_unfinished(
    cast: Cast, client: Any
) -> None:
    minutes = circulated_with_a_decision(cast)
    usual = planned(cast, starts_at=minutes.meeting.starts_at + timedelta(weeks=20))
    later = api.Planned(usual.starts_at + timedelta(1), usual.ends_at + timedelta(1), is_extra=True)
    extra = api.plan_meetings(
        council=cast.council, meetings=[later], by=cast.secretary.actor, at=NOON
    )[0]
    for meeting in (usual, extra):
        item_on(meeting, cast.secretary.actor)
    signed_in(client, cast.secretary)

    assert "unfinished matter" in client.get(at("send", usual)).text
    assert "unfinished matter" not in client.get(at("send", extra)).text


def circulated_with_a_decision(cast: Cast) -> Any:
    minutes = written(cast)
    decide(cast, minutes.meeting.items.get())

    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    return minutes


# Sending ------------------------------------------------------------------------------------------


def test_before_it_is_sent_it_is_said_who_gets_it_and_what_the_mail_does_not_name(
    cast: Cast, client: Any
) -> None:
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor)
    item_on(meeting, cast.secretary.actor, classification=Classification.OPEN)
    signed_in(client, cast.secretary)

    page = client.get(at("send", meeting)).text

    assert "1 of 2 items is not named in the mail" in page
    assert "members and the guests chosen" in page
    assert client.get(at("agenda", meeting)).text.count("Not named in the mail") == 1


# What binds ---------------------------------------------------------------------------------------


def test_whoever_approves_reads_first_what_becomes_binding(cast: Cast, client: Any) -> None:
    minutes = circulated_with_a_decision(cast)

    page = signed_in(client, cast.chair).get(at("approve", minutes.meeting)).text

    assert "One decision becomes binding" in page
    assert page.index("One decision becomes binding") < page.index("Who was there")
    page = signed_in(client, cast.secretary).get(at("read", minutes.meeting)).text
    assert "becomes binding" not in page


# What comes back ----------------------------------------------------------------------------------


def test_a_long_decision_comes_back_under_whole_sentences(cast: Cast) -> None:
    first = (
        "Kommunen utbedrer lyset på gangveien mellom stasjonen og ungdomsskolen før nr. 12 rives."
    )
    minutes = written(cast)
    text = f"{first} {'De andre strekningene tas med i budsjettarbeidet til neste år. ' * 4}"
    decide(cast, minutes.meeting.items.get(), text)

    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    minutes.refresh_from_db()
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)

    following = planned(cast, starts_at=IN_THREE_WEEKS + timedelta(30))
    made = api.add_unfinished(meeting=following, by=cast.secretary.actor, at=NOON)[0]

    assert made.title.startswith(first)
    assert made.title.endswith("neste år.")
    assert AgendaItem.objects.filter(title__contains="…").count() == 0


# The plan -----------------------------------------------------------------------------------------


def test_the_plan_begins_with_the_weekday_hours_and_place_the_council_is_used_to(
    cast: Cast, client: Any
) -> None:
    for weeks in (0, 4, 8):  # Mondays at 14 in Norway
        planned(cast, starts_at=IN_THREE_WEEKS + timedelta(weeks=weeks, days=2, hours=2))
    url = reverse("meetings:plan", args=[cast.council.ref])

    years = signed_in(client, cast.secretary).get(url, {"year": 2028}).context["years"]

    asked = years.each[0].wishes.cleaned_data
    assert (asked["weekday"], asked["starts"].hour, asked["place"]) == (0, 14, "Rådhuset")


def test_a_holiday_is_told_only_in_a_month_that_has_no_meeting_already(
    cast: Cast, client: Any
) -> None:
    url = reverse("meetings:plan", args=[cast.council.ref])
    asked = {"year": 2027, "count": 4, "weekday": 3, "starts": "09:00", "ends": "11:00"}
    skipped = date(2027, 3, 25)  # Maundy Thursday
    days = signed_in(client, cast.secretary).get(url, asked).context["years"].each[0].holidays
    assert skipped in {one for one, _name in days}

    planned(cast, starts_at=datetime(2027, 3, 10, 9, tzinfo=UTC))

    days = client.get(url, asked).context["years"].each[0].holidays
    assert days
    assert skipped not in {one for one, _name in days}
