"""What is due is offered where the agenda is set, from wherever it comes; some of it waits (D3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.rules import Rhythm
from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api, sources
from samrad.meetings.models import Meeting
from samrad.meetings.rules import ItemKind, ProposalState
from samrad.meetings.sources import Suggestion, suggested_for
from samrad.meetings.suggested import what_is_due
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, signed_in
from tests.meetings.bricks import begun, circulated, item_on, planned


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.ref])


def proposed(cast, **more):
    return api.propose_item(
        council=cast.council, title="Lys i parken", reason="", kind=ItemKind.DISCUSSION,
        by=cast.police_member.actor, at=NOON, **more,
    )  # fmt: skip


def agreement_until(cast, day):
    return bring_into_force(
        council=cast.council,
        wanted=WantedAgreement(title="Avtale", from_date=date(2025, 1, 1), renewal_date=day),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def test_an_agreement_to_renew_within_half_a_year_is_put_on_with_one_press(cast, client):
    meeting = planned(cast)
    agreement = agreement_until(cast, date(2027, 5, 1))
    page = signed_in(client, cast.secretary).get(url("agenda", meeting))
    [one] = page.context["suggested"]

    client.post(url("suggested", meeting), {"only": one.key})
    client.post(url("suggested", meeting), {"only": one.key})

    item = meeting.items.get()
    assert (item.kind, item.source_ref) == (ItemKind.DECISION, agreement.ref)
    assert item.title == "Fornyelse: Avtale", "in the council's language"
    after = client.get(url("agenda", meeting))
    assert after.context["suggested"] == []
    detail = client.get(url("detail", meeting))
    assert agreement.get_absolute_url() in detail.text


def test_an_agreement_that_lasts_is_not_offered(cast):
    agreement_until(cast, date(2028, 1, 1))

    assert not suggested_for(planned(cast), cast.secretary.actor, besides=())


def guest_who_comes(cast, rhythm):
    seat = cast.council.seats.get(function="guest")
    seat.rhythm, seat.theme = rhythm, "Uteliv"
    seat.save(update_fields=["rhythm", "theme"])
    return seat


def test_a_guest_whose_turn_it_is_by_the_rhythm_is_offered_as_an_item(cast, client):
    seat = guest_who_comes(cast, Rhythm.EVERY_SECOND)
    meeting = planned(cast)
    [one] = suggested_for(meeting, cast.secretary.actor, besides=())
    assert (one.kind, one.ref) == ("seat", seat.ref)
    assert one.title == f"Gjest: {seat.organisation.name} (Uteliv)", "in the council's language"
    assert "second meeting" in one.why

    signed_in(client, cast.secretary).post(url("suggested", meeting), {"only": one.key})

    item = meeting.items.get()
    assert (item.kind, item.classification) == (ItemKind.INFORMATION, Classification.OPEN)
    assert not suggested_for(meeting, cast.secretary.actor, besides={seat.ref})
    page = client.get(url("detail", meeting))
    assert "A guest whose turn it is" in page.text, "without a page to lead to"


def test_a_guest_who_was_at_the_last_meeting_waits_for_the_one_after_the_next(cast):
    seat = guest_who_comes(cast, Rhythm.EVERY_SECOND)
    first, by = planned(cast, starts_at=NOON + timedelta(days=5)), cast.secretary.actor
    item_on(first, by)
    api.choose_guests(meeting=first, seat_ids=[seat.pk], by=by, at=NOON)
    api.send_agenda(meeting=first, by=by, at=NOON)
    second = planned(cast, starts_at=NOON + timedelta(days=40))

    assert not suggested_for(second, by, besides=())

    item_on(second, by)
    api.send_agenda(meeting=second, by=by, at=NOON)
    third = planned(cast, starts_at=NOON + timedelta(days=70))
    assert [one.ref for one in suggested_for(third, by, besides=())] == [seat.ref]


def test_a_guest_without_a_rhythm_or_without_a_seat_that_day_is_not_offered(
    cast, django_assert_max_num_queries
):
    meeting, by = planned(cast), cast.secretary.actor
    with django_assert_max_num_queries(1):
        assert not list(what_is_due(meeting, by))
    seat = guest_who_comes(cast, Rhythm.EVERY)
    seat.to_date = date(2026, 11, 30)
    seat.save(update_fields=["to_date"])

    assert not suggested_for(meeting, cast.secretary.actor, besides=())


def test_minutes_that_wait_are_offered_at_the_next_meeting_only(cast):
    waiting = circulated(cast, starts_at=NOON + timedelta(days=5))
    before = planned(cast, starts_at=NOON + timedelta(days=3))
    begun(before)
    after = planned(cast, starts_at=NOON + timedelta(days=30))

    [one] = suggested_for(after, cast.secretary.actor, besides=())

    assert one.ref == waiting.meeting.ref
    assert not suggested_for(before, cast.secretary.actor, besides=())


def test_another_app_offers_what_it_knows_and_nothing_else_is_put_on(cast, client, monkeypatch):
    meeting = planned(cast)
    offered = Suggestion("council", cast.council.ref, "Vandring i mars", due=date(2027, 3, 1))
    monkeypatch.setattr(sources, "_sources", {})
    sources.register(
        "council", words="Året", page="cooperation:council", suggest=lambda _m, _a: [offered]
    )

    signed_in(client, cast.secretary)
    client.post(url("suggested", meeting), {"only": "council:not-there"})
    assert not meeting.items.exists()
    client.post(url("suggested", meeting))

    assert meeting.items.get().title == "Vandring i mars"
    assert cast.council.get_absolute_url() in client.get(url("detail", meeting)).text


def test_a_proposal_kept_for_later_lies_ready_for_every_coming_meeting(cast, client):
    proposal = proposed(cast)
    Person.objects.update(language="en")
    signed_in(client, cast.secretary).post(url("later", proposal))
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.LATER
    assert event_codes_of(proposal)[-1] == "proposal.later"
    assert Message.objects.get().person == cast.police_member.person
    for days in (20, 40):
        page = client.get(url("agenda", planned(cast, starts_at=NOON + timedelta(days=days))))
        assert page.context["proposals"] == [proposal]

    later = Meeting.objects.latest("starts_at")
    client.post(url("place", proposal), {"meeting": str(later.ref), "back": "agenda"})

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PLACED
    with pytest.raises(Refused):
        api.keep_for_later(proposal=proposal, by=cast.secretary.actor, at=NOON)


def test_what_was_to_be_taken_up_at_a_cancelled_meeting_waits_for_another(cast):
    meeting, proposal, by = planned(cast), proposed(cast), cast.secretary.actor
    api.place_proposal(proposal=proposal, meeting=meeting, by=by, at=NOON)

    api.cancel_meeting(meeting=meeting, reason="Uvær", by=by, at=NOON)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING
    assert event_codes_of(proposal)[-1] == "proposal.freed"
    again = planned(cast, starts_at=NOON + timedelta(days=33))
    api.place_proposal(proposal=proposal, meeting=again, by=by, at=NOON)
    assert again.items.get().proposal == proposal


def test_a_member_asks_for_an_extra_meeting_and_the_matter_comes_with_it(cast, client):
    proposal = proposed(cast, asks_for_meeting=True)
    signed_in(client, cast.secretary)
    assert url("new", cast.council) in client.get(url("proposals", cast.council)).text

    client.post(
        f"{url('new', cast.council)}?proposal={proposal.ref}",
        {"day": "2026-12-15", "starts": "12:00", "ends": "13:00", "occasion": "Uro i sentrum"},
    )

    meeting = Meeting.objects.get()
    assert (meeting.is_extra, meeting.occasion) == (True, "Uro i sentrum")
    assert meeting.items.get().proposal == proposal
    assert event_codes_of(meeting)[0] == "meeting.extra_planned"
    assert "Uro i sentrum" in client.get(url("detail", meeting)).text


def test_the_page_of_an_agenda_asks_no_more_with_many_items(
    cast, client, django_assert_max_num_queries
):
    meeting, by = planned(cast), cast.secretary.actor
    for n in range(20):
        item_on(meeting, by, f"Sak {n}", duration_minutes=5, kind=ItemKind.DECISION)
    for _n in range(5):
        proposed(cast)
    signed_in(client, cast.secretary)
    client.get(url("agenda", meeting))

    for page in ("agenda", "send", "detail"):
        with django_assert_max_num_queries(12):
            client.get(url(page, meeting))
