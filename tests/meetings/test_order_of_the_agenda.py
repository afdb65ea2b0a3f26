"""An agenda is put in order by dragging: one request, nothing lost, nothing doubled (D3, D7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samrad.cooperation.seats import seats_filled
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.agenda import OrderChanged
from samrad.meetings.models import Meeting
from samrad.meetings.queries.agenda import agenda_of, reads_whole, with_hours
from samrad.meetings.queries.mandate import who_binds, without_mandate
from samrad.meetings.rules import ItemKind, Mandate
from samrad.meetings.rules.agenda import mark_of_order, timetable
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import IN_THREE_WEEKS, called, item_on, planned, restricted_on
from tests.support.examples import tries


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def refs_of(meeting):
    return [str(ref) for ref in meeting.items.order_by("order").values_list("ref", flat=True)]


def reorder(meeting, order, seen, by):
    return api.order_items(meeting=meeting, order=order, seen=seen, by=by, at=NOON)


@pytest.mark.django_db
@settings(
    max_examples=tries(12), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data())
def test_two_who_drag_at_once_lose_and_double_nothing(data, cast):
    another_day = IN_THREE_WEEKS + timedelta(days=Meeting.objects.count())
    meeting, by = planned(cast, starts_at=another_day), cast.secretary.actor
    for n in range(4):
        item_on(meeting, by, f"Sak {n}")
    seen = {who: refs_of(meeting) for who in "ab"}
    for _step in range(data.draw(st.integers(1, 8))):
        who = data.draw(st.sampled_from("ab"))
        before = refs_of(meeting)
        what = data.draw(st.sampled_from(["drag", "add", "remove", "look"]))
        if what == "look":
            seen[who] = before
        elif what == "add":
            item_on(meeting, by, "Ny sak")
        elif what == "remove" and before:
            gone = meeting.items.get(ref=data.draw(st.sampled_from(before)))
            api.remove_item(item=gone, by=by, at=NOON)
        elif what == "drag" and seen[who]:
            wanted = data.draw(st.permutations(seen[who]))
            mark = mark_of_order(seen[who])
            if seen[who] == before:
                reorder(meeting, wanted, mark, by)
                seen[who] = wanted
                assert refs_of(meeting) == wanted
            else:
                with pytest.raises(OrderChanged):
                    reorder(meeting, wanted, mark, by)
                assert refs_of(meeting) == before
        if what == "drag":
            assert sorted(refs_of(meeting)) == sorted(before)
    orders = list(meeting.items.order_by("order").values_list("order", flat=True))
    assert len(set(orders)) == len(orders)


@pytest.mark.parametrize("wrong", ["short", "twice", "strange"])
def test_an_order_that_is_not_the_whole_agenda_is_refused(cast, wrong):
    meeting, by = planned(cast), cast.secretary.actor
    for n in range(3):
        item_on(meeting, by, f"Sak {n}")
    there = refs_of(meeting)
    order = {
        "short": there[:2], "twice": [there[0], there[0], there[1]], "strange": [*there[:2], "x"],
    }[wrong]  # fmt: skip

    with pytest.raises(OrderChanged):
        reorder(meeting, order, mark_of_order(there), by)

    assert refs_of(meeting) == there


def test_the_page_saves_an_order_in_one_request_and_answers_with_hours(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    for n in range(3):
        item_on(meeting, by, f"Sak {n}", duration_minutes=20)
    page = signed_in(client, cast.secretary).get(reverse("meetings:agenda", args=[meeting.ref]))
    there = refs_of(meeting)
    wanted = [there[2], there[0], there[1]]
    address = reverse("meetings:order", args=[meeting.ref])

    answer = client.post(address, {"order": wanted, "seen": page.context["seen"]})

    assert answer.status_code == 200
    said = answer.json()
    assert [said["items"][ref]["from"] for ref in wanted] == ["12:00", "12:20", "12:40"]
    assert said["seen"] == mark_of_order(wanted)
    assert refs_of(meeting) == wanted
    assert event_codes_of(meeting)[-1] == "agenda.reordered"
    again = client.post(address, {"order": there, "seen": page.context["seen"]})
    assert again.status_code == 409
    assert "told" in again.json()
    assert refs_of(meeting) == wanted


def test_only_those_who_set_the_agenda_put_it_in_order(cast):
    meeting = called(cast, "En", "To")
    there = refs_of(meeting)

    for who in (cast.police_member, cast.guest, cast.director, cast.stranger, cast.analyst):
        with pytest.raises(Refused):
            reorder(meeting, there[::-1], mark_of_order(there), who.actor)


@settings(max_examples=tries(200), deadline=None)
@given(st.lists(st.none() | st.integers(1, 300), max_size=12), st.integers(15, 480))
def test_items_follow_each_other_and_no_hour_is_guessed(minutes, length):
    starts = NOON
    found = timetable(minutes, starts, starts + timedelta(minutes=length))

    assert found.total == sum(one or 0 for one in minutes)
    assert found.over - found.left == found.total - length
    assert min(found.over, found.left) == 0
    for place, at in enumerate(found.starts):
        before = minutes[:place]
        if None in before:
            assert at is None
        else:
            assert at == starts + timedelta(minutes=sum(before))


def test_hours_do_not_tell_that_something_is_hidden(cast):
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "Først", duration_minutes=10)
    seat = cast.council.seats.get(role="mayor")
    restricted = restricted_on(meeting, by, "Skjermet", seat)
    restricted.duration_minutes = 30
    restricted.save()
    item_on(meeting, by, "Sist", duration_minutes=10)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()

    whole = agenda_of(meeting, by)
    part = agenda_of(meeting, cast.police_member.actor)

    assert reads_whole(whole, meeting)
    assert not reads_whole(part, meeting)
    assert [one.starts_at for one in part] == [None, None]
    hours = [one.starts_at - meeting.starts_at for one in with_hours(whole, meeting)]
    assert [hour.seconds // 60 for hour in hours] == [0, 10, 40]


def test_before_sending_it_says_what_is_decided_on_without_a_mandate_and_who_could(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "Lys", kind=ItemKind.DECISION)
    item_on(meeting, by, "Vakthold", kind=ItemKind.DECISION, mandate=Mandate.SECURED)
    item_on(meeting, by, "Orientering", kind=ItemKind.INFORMATION)

    page = signed_in(client, cast.secretary).get(reverse("meetings:send", args=[meeting.ref]))

    assert [item.title for item in page.context["without_mandate"]] == ["Lys"]
    municipality, police = page.context["binding"]
    assert {one.names for one in municipality.seats} == {cast.chair.name, cast.director.name}
    assert {one.names for one in police.seats} == {cast.station_chief.name}
    assert cast.station_chief.name in page.text


def test_a_party_that_nobody_at_the_table_can_bind_is_told(cast):
    cast.council.seats.filter(role="station_chief").delete()

    _municipality, police = who_binds(cast.council, seats_filled(cast.council, TODAY))

    assert police.seats == ()


def test_only_decisions_need_a_mandate(cast):
    meeting = planned(cast)
    items = [item_on(meeting, cast.secretary.actor, kind=kind) for kind in ItemKind]

    assert [one.kind for one in without_mandate(items)] == [ItemKind.DECISION]
