"""Somebody comes when the meeting has begun, or leaves before its end; could the council decide?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.models import Attendance
from samrad.meetings.queries import minutes as queries
from samrad.meetings.rules import CouldDecide, Mandate, MinutesState, Presence
from samrad.meetings.rules.attendance import Stay, stay_among
from samrad.meetings.rules.minutes import ItemFacts, Lack, TaskFacts, shortcomings_of
from samrad.profiles.reader import profile
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import (
    decide,
    decision_item,
    item_on,
    planned,
    planned_after,
    restricted_on,
    sent_out,
    written,
)
from tests.meetings.the_minutes_page import autosave, filled_in, page_of
from tests.support.examples import tries


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def minutes(cast):
    return written(cast, "Først", "Så", "Til slutt")


def came(cast, meeting, first=None, last=None, **more):
    return api.note_attendance(
        meeting=meeting, seat=cast.council.seats.get(role="station_chief"),
        presence=more.get("presence", Presence.EXCUSED), stand_in=more.get("name", "Vidar T."),
        from_item=first, until_item=last, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def read_by(client, who, meeting):
    return signed_in(client, who).get(reverse("meetings:read", args=[meeting.ref])).text


def test_a_stand_in_joins_at_the_second_item_and_the_minutes_say_so(cast, client, minutes):
    _first, second, _last = minutes.meeting.items.all()

    came(cast, minutes.meeting, second)

    assert "from item 2" in read_by(client, cast.secretary, minutes.meeting)
    noted = Attendance.objects.get(seat__role="station_chief")
    assert (noted.stand_in, noted.from_item) == ("Vidar T.", second)


def test_somebody_who_was_not_there_did_not_come_midway_either(cast, minutes):
    came(cast, minutes.meeting, minutes.meeting.items.last(), presence=Presence.ABSENT, name="")

    assert Attendance.objects.get(seat__role="station_chief").from_item is None


def test_nobody_leaves_before_they_have_come(cast, minutes):
    first, second, _last = minutes.meeting.items.all()

    with pytest.raises(Refused, match="before they have come"):
        came(cast, minutes.meeting, second, first)


def test_an_item_of_another_meeting_is_refused(cast, minutes):
    elsewhere = item_on(planned_after(cast), cast.secretary.actor)

    with pytest.raises(Refused, match="not on the agenda"):
        came(cast, minutes.meeting, elsewhere)


def test_the_page_saves_from_and_until_whole_and_part_by_part(cast, client, minutes):
    meeting, seat = minutes.meeting, cast.council.seats.get(role="station_chief")
    first, second, last = meeting.items.all()
    signed_in(client, cast.secretary)
    page = page_of(client, meeting)
    name = f"seat-{seat.ref}"
    wrong = {f"{name}-came": str(last.ref), f"{name}-left": str(first.ref)}

    refused = client.post(page.request["PATH_INFO"], filled_in(page, **wrong))
    assert refused.status_code == 422
    assert "before they have come" in refused.text

    right = {f"{name}-came": str(first.ref), f"{name}-left": str(second.ref)}
    assert client.post(page.request["PATH_INFO"], filled_in(page, **right)).status_code == 302
    noted = Attendance.objects.get(seat=seat)
    assert (noted.from_item, noted.until_item) == (first, second)

    mark = f"present||{first.ref}|{second.ref}"
    values = {"presence": "present", "stand_in": "", "came": str(second.ref), "left": ""}
    assert autosave(client, "save_attendance", meeting, values, mark, seat.ref).status_code == 200
    stale = autosave(client, "save_attendance", meeting, {**values, "came": ""}, mark, seat.ref)
    assert stale.status_code == 409
    assert stale.json()["values"]["came"] == str(second.ref)


def test_a_reader_counts_only_the_items_this_reader_sees(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    seat = cast.council.seats.get(role="mayor")
    item_on(meeting, by, "Åpent")
    hidden = restricted_on(meeting, by, "Skjult", seat)
    item_on(meeting, by, "Til slutt")
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    came(cast, meeting, hidden, name="")
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    Attendance.objects.filter(seat__role="station_chief").update(presence=Presence.PRESENT)
    Attendance.objects.filter(seat__role="station_chief").update(from_item=hidden)
    sent_out(minutes=minutes, by=by, at=NOON)

    assert "from item 2" in read_by(client, cast.secretary, meeting)
    seen = read_by(client, cast.police_member, meeting)
    assert "from item 2" in seen  # the last item, which is this reader's second
    assert "Skjult" not in seen


@settings(max_examples=tries(500))
@given(
    st.lists(st.integers(0, 40), unique=True).map(sorted), st.integers(0, 40), st.integers(0, 40)
)
def test_a_stay_covers_the_seen_items_between_its_ends(orders, a, b):
    first, last = min(a, b), max(a, b)

    stay = stay_among(orders, first, last)

    begin, end = stay.came or 1, len(orders) if stay.left is None else stay.left
    covered = [order for n, order in enumerate(orders, start=1) if begin <= n <= end]
    assert covered == [order for order in orders if first <= order <= last]
    assert stay_among(orders, None, None) == Stay()


def test_whether_the_council_could_decide_is_asked_and_told(cast, client, minutes):
    meeting = minutes.meeting
    decide(cast, meeting.items.first())
    signed_in(client, cast.secretary)
    assert "whether the council could decide" in page_of(client, meeting).text

    said = {"could_decide": "no", "note": "Politiet hadde ikke fullmakt."}
    assert autosave(client, "save_ability", meeting, said, "not_said|").status_code == 200
    stale = autosave(client, "save_ability", meeting, {"could_decide": "yes"}, "not_said|")

    assert (stale.status_code, stale.json()["values"]) == (409, said)
    page = page_of(client, meeting).text
    assert "could not decide, and yet there are decisions" in page
    assert "Politiet hadde ikke fullmakt." in read_by(client, cast.secretary, meeting)


def test_the_whole_page_says_it_too_and_never_over_somebody_else(cast, client, minutes):
    meeting = minutes.meeting
    signed_in(client, cast.secretary)
    page = page_of(client, meeting)
    said = {"could_decide": "yes", "could_decide_note": "", "could_decide-was": "not_said|"}
    url = page.request["PATH_INFO"]

    assert client.post(url, filled_in(page, **said)).status_code == 302
    minutes.refresh_from_db()
    assert minutes.could_decide == CouldDecide.YES
    again = client.post(url, filled_in(page, **said | {"could_decide": "no"}))

    assert again.status_code == 409
    minutes.refresh_from_db()
    assert minutes.could_decide == CouldDecide.YES


def test_where_a_country_has_a_rule_for_it_the_page_shows_the_rule(cast, monkeypatch):
    known = profile("no")
    rule = replace(known.rules[0], topic=queries.ABLE_TO_DECIDE, tiers=(cast.council.tier,))
    assert queries.ability_rule(cast.council) is None

    changed = replace(known, rules=(*known.rules, rule))
    monkeypatch.setattr(queries, "profile", lambda _country: changed)

    assert queries.ability_rule(cast.council) == rule


def test_the_tick_and_the_mandate_save_themselves(cast, client, minutes):
    item = minutes.meeting.items.first()
    signed_in(client, cast.secretary)
    wanted = {"no_task": "on", "mandate": "secured"}

    assert autosave(client, "save_settled", item, wanted, "|unknown").status_code == 200
    stale = autosave(client, "save_settled", item, {"mandate": "not_secured"}, "|unknown")

    assert (stale.status_code, stale.json()["values"]) == (409, wanted)
    item.refresh_from_db()
    assert (item.needs_no_task, item.mandate_there) == (True, Mandate.SECURED)


def test_a_decision_whose_task_has_no_deadline_does_not_go_out(cast, client):
    minutes = written(cast)
    decision_item(minutes.meeting, cast.secretary.actor)
    item = minutes.meeting.items.first()
    decide(cast, item, deadline=None)
    task = item_task(item)
    api.set_needs_no_task(
        item=minutes.meeting.items.last(), value=True, by=cast.chair.actor, at=NOON
    )
    signed_in(client, cast.secretary)

    with pytest.raises(Refused, match="not complete"):
        sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    page = page_of(client, minutes.meeting).text
    assert f'href="#task-{task.ref}"' in page
    assert f'id="task-{task.ref}"' in page

    task.deadline_date = TODAY
    task.save()
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.CIRCULATED


def item_task(item):
    from samrad.followup.models import Task

    return Task.objects.get(decision__source_ref=item.ref)


def test_a_task_that_lacks_somebody_is_no_task_given():
    task = TaskFacts("1. Rette lyset", "t", has_responsible=False, deadline=None)
    item = ItemFacts("1. Lyset", "r", True, True, [[task]])

    found = shortcomings_of([item], present=3, not_noted=0)

    assert [one.lack for one in found] == [Lack.NO_RESPONSIBLE, Lack.NO_DEADLINE]
    assert all(one.is_blocking and one.place == "task-t" for one in found)
