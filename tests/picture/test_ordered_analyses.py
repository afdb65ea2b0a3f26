"""A council orders an analysis, and what it served is known afterwards (G10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.followup.api import waiting_for
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.picture import ordering
from samrad.picture.models import Order
from samrad.picture.rules import NEXT_ORDER_STATES, OrderState
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import planned
from tests.picture.bricks import accepted, an_order, answered


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def url(name, thing):
    return reverse(f"picture:{name}", args=[thing.ref])


def waits(who):
    return [one.title for one in waiting_for(who.actor, TODAY)]


def test_what_is_declined_or_used_stays_so():
    ends = {state for state, further in NEXT_ORDER_STATES.items() if not further}
    assert ends == {OrderState.DECLINED, OrderState.USED}


def test_from_the_question_to_what_it_served(cast, client):
    meeting = planned(cast)
    who = signed_in(client, cast.secretary)
    page = who.post(
        url("new_order", cast.council),
        {
            "question": "Hvor og når?", "why": "Valget i mars", "deadline_date": "2027-01-15",
            "answers": str(cast.no.police.ref), "classification": "internal",
        },
        follow=True,
    )  # fmt: skip
    assert "Hvor og når?" in page.content.decode()
    order = Order.objects.get()

    analyst = signed_in(client, cast.analyst)
    analyst.post(url("accept", order))
    analyst.post(url("answer_order", order), {"answer": "Fredag mellom 22 og 02."})
    who = signed_in(client, cast.secretary)
    assert "Fredag mellom" in who.get(url("order", order)).content.decode()
    who.post(url("use", order), {"served": f"meeting:{meeting.ref}"})

    order.refresh_from_db()
    assert order.state == OrderState.USED
    assert meeting.get_absolute_url() in who.get(url("order", order)).content.decode()
    assert event_codes_of(order) == [
        "analysis.ordered", "analysis.accepted", "analysis.answered", "analysis.used",
    ]  # fmt: skip


def test_it_is_declined_with_a_reason_that_the_council_reads(cast, client):
    order = an_order(cast)
    who = signed_in(client, cast.analyst)
    assert who.post(url("decline_order", order), {"reason": ""}).status_code == 422
    who.post(url("decline_order", order), {"reason": "Tallene finnes ikke."})

    page = signed_in(client, cast.secretary).get(url("order", order)).content.decode()
    assert "Tallene finnes ikke." in page
    with pytest.raises(Refused, match="another point meanwhile"):
        ordering.accept_order(order=order, by=cast.analyst.actor, at=NOON)


def test_each_is_reminded_of_their_own_part(cast):
    answer, use = "Answer the analysis that was ordered", "say what it serves"
    order = an_order(cast)
    assert answer in waits(cast.analyst)
    assert answer not in waits(cast.secretary)

    ordering.accept_order(order=order, by=cast.analyst.actor, at=NOON)
    ordering.answer_order(order=order, answer="Fredag.", by=cast.analyst.actor, at=NOON)
    assert answer not in waits(cast.analyst)
    assert any(use in title for title in waits(cast.secretary))


RESTRICTED = {
    "classification": Classification.RESTRICTED, "legal_basis": "politiregisterloven § 27"
}  # fmt: skip


def test_a_restricted_question_stays_with_the_seats_it_names(cast):
    chief = cast.council.seats.get(role="station_chief")
    an_order(cast, asked=cast.no.station, audience=[chief], **RESTRICTED)
    assert Order.objects.visible_to(cast.secretary.actor).exists()
    assert Order.objects.visible_to(cast.station_chief.actor).exists()
    assert not Order.objects.visible_to(cast.analyst.actor).exists()
    assert not Order.objects.visible_to(cast.police_member.actor).exists()


def test_a_restricted_question_that_nobody_asked_could_read_is_not_ordered(cast, client):
    with pytest.raises(Refused, match="none of them is of whoever should answer"):
        an_order(cast, **RESTRICTED)

    page = signed_in(client, cast.secretary).post(
        url("new_order", cast.council),
        {
            "question": "Hvor og når?", "why": "Valget i mars", "deadline_date": "2027-01-15",
            "answers": str(cast.no.police.ref), **RESTRICTED,
        },
    )  # fmt: skip
    assert page.status_code == 422
    assert "none of them is of whoever should answer" in page.content.decode()
    assert "Hvor og når?" in page.content.decode()
    assert not Order.objects.exists()


def test_what_is_declined_or_late_waits_for_whoever_keeps_the_council(cast):
    declined, late = an_order(cast), an_order(cast)
    ordering.decline_order(order=declined, reason="Nei.", by=cast.analyst.actor, at=NOON)
    Order.objects.filter(pk=late.pk).update(deadline_date=TODAY - timedelta(days=1))
    found = {one.title: one for one in waiting_for(cast.secretary.actor, TODAY)}

    assert found["An analysis has been declined: see why"].url == url("order", declined)
    assert found["An analysis has not come in time"].due == TODAY - timedelta(days=1)
    later = [one.title for one in waiting_for(cast.secretary.actor, TODAY + timedelta(days=31))]
    assert "An analysis has been declined: see why" not in later


def test_what_is_open_stands_first_and_the_newest_is_on_the_list_however_many_are_closed(
    cast, client, monkeypatch
):
    monkeypatch.setattr("samrad.picture.order_pages.SHOWN", 2)
    for number in range(3):
        order = an_order(cast)
        Order.objects.filter(pk=order.pk).update(
            state=OrderState.USED, deadline_date=TODAY - timedelta(days=300 - number),
            question=f"Gammelt {number}",
        )  # fmt: skip
    newest = an_order(cast)
    listed = signed_in(client, cast.secretary).get(url("orders", cast.council)).context["orders"]

    assert [one.question for one in listed] == [newest.question, "Gammelt 2", "Gammelt 1"]


def test_an_answer_serves_only_the_council_that_asked(cast):
    order = answered(cast)
    meeting = planned(cast)
    meeting.council = cast.sibling
    with pytest.raises(Refused, match="another council"):
        ordering.note_use(order=order, served=meeting, by=cast.secretary.actor, at=NOON)


def test_the_pages_ask_little_and_an_empty_list_says_what_it_is_for(
    cast, client, django_assert_max_num_queries
):
    who = signed_in(client, cast.secretary)
    assert "No analysis has been ordered" in who.get(url("orders", cast.council)).content.decode()
    for _number in range(4):
        accepted(cast)
    order = answered(cast)
    for page in (url("orders", cast.council), url("order", order)):
        who.get(page)
        with django_assert_max_num_queries(12):
            who.get(page)


def test_whoever_accepts_it_answers_for_it_by_name(cast, client):
    order = accepted(cast)
    secretary = signed_in(client, cast.secretary)

    assert (order.accepted_by, order.accepted_at) == (cast.analyst.person, NOON)
    for page in (url("order", order), reverse("picture:orders", args=[cast.council.ref])):
        assert cast.analyst.person.label in secretary.get(page).content.decode()
