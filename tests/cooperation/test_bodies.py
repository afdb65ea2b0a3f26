"""Bodies below a council and beside it: set up, at rest, ended, reported on, or not there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samrad.cooperation import actions
from samrad.cooperation.actions import HowItStands, WantedCouncil, WantedSeat
from samrad.cooperation.models import Consideration, Council
from samrad.cooperation.rules import DAYS_BETWEEN, Rhythm, is_guest_due
from samrad.followup.attention import waiting_for
from samrad.followup.models import Task
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api as meetings
from samrad.meetings.models import Meeting
from samrad.meetings.rules import MeetingState
from samrad.profiles.model import Level
from samrad.profiles.reader import all_profiles
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.meetings.bricks import called, planned, written
from tests.permissions.stage import things as stage_of


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def below(cast: Cast, **given: Any) -> Council:
    """A project group under the politiråd of Ås, with its secretary."""
    own = cast.council.seats.get(function="secretary")
    wanted = {
        "tier": "prosjektgruppe", "name": "Trygge bad", "area": cast.no.home,
        "planned_end_date": TODAY + timedelta(days=90),
        "seats": (WantedSeat(own.role, own.organisation, own.side, "secretary"),),
    }  # fmt: skip
    return actions.set_up_below(
        parent=cast.council,
        wanted=WantedCouncil(**wanted | given),
        by=cast.secretary.actor,
        at=NOON,
    )


def consider(cast: Cast, **given: Any) -> Council:
    stands = {"course": "not_now", "reason": "Ingen miljøer", "review_date": TODAY}
    return actions.consider_council(
        wanted=WantedCouncil(
            tier="arbeidsgruppe", name="Banderåd", area=cast.no.home, parent=cast.council
        ),
        stands=HowItStands(**stands | given),
        by=cast.secretary.actor,
        at=NOON,
    )


def titles(cast: Cast, who: Any) -> list[tuple[str, str]]:
    return [(one.title, one.where) for one in waiting_for(who.actor, TODAY)]


# Below a council -------------------------------------------------------------------------------


@pytest.mark.parametrize("made", all_profiles(), ids=lambda made: made.code)
def test_every_country_has_groups_for_a_time_and_networks_below_its_councils(made: Any) -> None:
    levels = {tier.level for tier in made.tiers}

    assert {Level.STRATEGIC, Level.COORDINATING, Level.EXECUTING} <= levels
    assert {Level.PROJECT, Level.NETWORK} <= levels
    assert all(tier.parents for tier in made.tiers if tier.level is not Level.STRATEGIC)


@pytest.mark.django_db
def test_the_secretary_sets_a_group_up_below_the_council_and_keeps_it(cast: Cast) -> None:
    group = below(cast)

    assert (group.parent, group.level) == (cast.council, Level.PROJECT)
    assert group in Council.objects.visible_to(cast.secretary.actor)
    assert event_codes_of(group)[0] == "council.set_up_below"


@pytest.mark.django_db
def test_a_body_lies_only_where_the_countrys_profile_has_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="does not lie below"):
        below(cast, tier="politiraad", planned_end_date=None)
    with pytest.raises(Refused, match="own area"):
        below(cast, area=cast.no.next_door)
    with pytest.raises(Refused, match="say until when"):
        below(cast, planned_end_date=None)
    assert not Council.objects.filter(parent=cast.council).exists()


@pytest.mark.django_db
def test_a_member_sets_nothing_up_and_nobody_makes_themselves_the_lead(cast: Cast) -> None:
    own = cast.council.seats.get(function="secretary")
    lead = WantedSeat(own.role, own.organisation, own.side, "chair")
    with pytest.raises(Refused, match="somebody else gives it"):
        below(cast, seats=(lead,))
    wanted = WantedCouncil(tier="nettverk", name="Nett", area=cast.no.home)
    with pytest.raises(Refused):
        actions.set_up_below(
            parent=cast.council, wanted=wanted, by=cast.police_member.actor, at=NOON
        )


@pytest.mark.django_db
def test_the_form_below_keeps_what_was_written_and_says_what_lacks(cast: Cast, client: Any) -> None:
    url = reverse("cooperation:below", args=[cast.council.ref])
    chair = cast.council.seats.get(function="chair")
    answers = {
        "tier": "prosjektgruppe", "name": "Trygge bad", "purpose": "Badevett",
        "area": str(cast.no.home.ref), "chair": str(chair.ref), "secretary": str(chair.ref),
    }  # fmt: skip
    page = signed_in(client, cast.secretary).post(url, answers)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"planned_end_date", "secretary"}
    assert "Trygge bad" in page.content.decode()
    answers |= {"planned_end_date": str(TODAY + timedelta(days=30)), "secretary": ""}
    assert client.post(url, answers).status_code == 302
    assert Council.objects.get(name="Trygge bad").seats.get().function == "chair"


# Time that is out -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_when_its_time_is_out_the_group_is_asked_for_its_final_report(
    cast: Cast, client: Any
) -> None:
    group = below(cast, planned_end_date=TODAY + timedelta(days=15))
    assert not titles(cast, cast.secretary)
    Council.objects.filter(pk=group.pk).update(planned_end_date=TODAY + timedelta(days=14))
    assert titles(cast, cast.secretary) == [("The final report is due", "Trygge bad")]
    page = signed_in(client, cast.secretary).get(group.get_absolute_url()).content.decode()
    assert "The final report is due" in page

    by = cast.secretary.actor
    actions.deliver_report(council=group, text="Badevakter hver helg", by=by, at=NOON)

    assert not titles(cast, cast.secretary)
    page = client.get(group.get_absolute_url()).content.decode()
    assert "The final report is due" not in page


@pytest.mark.django_db
def test_the_council_above_reads_the_report_and_a_covering_level_does_not(
    cast: Cast, client: Any
) -> None:
    group = below(cast)
    by = cast.secretary.actor
    actions.deliver_report(council=group, text="Badevakter hver helg", by=by, at=NOON)
    url = reverse("cooperation:report", args=[group.ref])
    structure = reverse("cooperation:structure", args=[cast.council.ref])

    assert "Badevakter" in signed_in(client, cast.chair).get(url).content.decode()
    assert url in client.get(structure).content.decode()
    for who in (cast.guest, cast.analyst, cast.stranger):
        assert signed_in(client, who).get(url).status_code == 404
    assert url not in signed_in(client, cast.analyst).get(structure).content.decode()


@pytest.mark.django_db
def test_the_page_of_a_group_that_has_ended_leads_to_its_report_and_speaks_of_nothing_to_come(
    cast: Cast, client: Any
) -> None:
    group = below(cast)
    by = cast.secretary.actor
    actions.deliver_report(council=group, text="Badevakter hver helg", by=by, at=NOON)
    url = reverse("cooperation:report", args=[group.ref])
    signed_in(client, cast.secretary)
    working = client.get(group.get_absolute_url()).content.decode()

    actions.end_council(council=group, reason="Ferdig", by=by, at=NOON)

    ended = client.get(group.get_absolute_url()).content.decode()
    notice = ended.split("Ended ")[1].split("What was decided here stays readable.")[1]
    assert url in notice.split("</p>")[0]
    for words in ("Works until", "Open the wheel", "Decided, and not yet carried out"):
        assert words in working, words
        assert words not in ended, words


# At rest and ended --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_council_that_ends_takes_its_agreement_and_its_coming_meetings_with_it(
    cast: Cast, client: Any
) -> None:
    agreement = stage_of(cast)["agreement"]
    Meeting.objects.filter(council=cast.council).delete()
    meeting = planned(cast)
    task = Task.objects.filter(council=cast.council, state="open").first()
    url = reverse("cooperation:end", args=[cast.council.ref])
    page = signed_in(client, cast.secretary).get(url)
    told = [one.text for one in page.context["open_ends"]]
    assert any(one.startswith("1 meeting to come is cancelled") for one in told)
    assert any("stay with those who have them" in one for one in told)

    answers = {"kind": "end", "reason": "Slått sammen med naboens", "last_date": str(TODAY)}
    assert client.post(url, answers).status_code == 302

    for row in (cast.council, agreement, meeting, task):
        row.refresh_from_db()
    assert (cast.council.state, cast.council.ended_date) == ("ended", TODAY)
    assert (agreement.state, agreement.to_date) == ("ended", TODAY)
    assert (meeting.state, meeting.state_reason) == (
        MeetingState.CANCELLED, "Slått sammen med naboens",
    )  # fmt: skip
    assert task.state == "open"
    page = client.get(cast.council.get_absolute_url()).content.decode()
    assert "Slått sammen med naboens" in page


@pytest.mark.django_db
def test_minutes_that_do_not_count_yet_stop_the_ending(cast: Cast, client: Any) -> None:
    written(cast, "Sak")
    url = reverse("cooperation:end", args=[cast.council.ref])
    page = signed_in(client, cast.secretary).post(url, {"kind": "end", "reason": "Nok"})

    assert page.status_code == 422
    assert "Minutes of 1 meeting are not approved" in page.content.decode()
    cast.council.refresh_from_db()
    assert cast.council.state == "active"


@pytest.mark.django_db
def test_a_council_at_rest_keeps_its_agreement_meets_not_and_begins_again(cast: Cast) -> None:
    by = cast.secretary.actor
    meeting = called(cast, "Sak")
    actions.rest_council(council=cast.council, reason="Vakanse", by=by, at=NOON)

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    cast.council.refresh_from_db()
    with pytest.raises(Refused, match="not at work"):
        planned(cast)
    with pytest.raises(Refused):
        actions.rest_council(council=cast.council, reason="Igjen", by=by, at=NOON)
    actions.wake_council(council=cast.council, by=by, at=NOON)
    cast.council.refresh_from_db()
    assert (cast.council.state, cast.council.state_reason) == ("active", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "why"), [(1, "lies ahead"), (-5000, "before the council")])
def test_the_last_day_has_come_and_is_not_before_the_first(cast: Cast, days: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        actions.end_council(
            council=cast.council, reason="Nok", last_date=TODAY + timedelta(days=days),
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip


# Not set up -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_body_not_set_up_is_no_council_and_comes_back_on_its_day(cast: Cast, client: Any) -> None:
    body = consider(cast, review_date=TODAY + timedelta(days=1))
    assert not titles(cast, cast.secretary)
    assert body not in Council.objects.active()

    Consideration.objects.update(review_date=TODAY)

    assert titles(cast, cast.secretary) == [("Considered, and to be looked at again", "Banderåd")]
    assert not titles(cast, cast.police_member)
    actions.reconsider(
        council=body, stands=HowItStands(course="declined", reason="Kommunen takket nei"),
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    assert not titles(cast, cast.secretary)
    page = signed_in(client, cast.police_member).get(body.get_absolute_url()).content.decode()
    assert "Kommunen takket nei" in page
    assert "Ingen miljøer" in page  # what was recorded before


@pytest.mark.django_db
def test_a_covering_level_sees_that_a_body_is_not_there_but_not_why(
    cast: Cast, client: Any
) -> None:
    body = consider(cast)
    page = signed_in(client, cast.analyst).get(body.get_absolute_url())

    assert page.status_code == 200
    assert "Ingen miljøer" not in page.content.decode()


@pytest.mark.django_db
def test_why_a_body_is_no_longer_considered_is_told_inside_only(cast: Cast, client: Any) -> None:
    body = consider(cast)
    actions.drop_considered(
        council=body, reason="Miljøet flyttet", by=cast.secretary.actor, at=NOON
    )
    pages = [body.get_absolute_url(), reverse("cooperation:history", args=[body.ref])]

    for who, told in ((cast.secretary, True), (cast.police_member, True), (cast.analyst, False)):
        for page in pages:
            answer = signed_in(client, who).get(page)
            assert answer.status_code == 200
            assert ("Miljøet flyttet" in answer.content.decode()) is told, (who, page)


@pytest.mark.django_db
def test_that_a_body_was_dropped_is_seen_by_the_council_above_and_by_no_guest(
    cast: Cast, client: Any
) -> None:
    body = consider(cast)
    drop = reverse("cooperation:drop", args=[body.ref])
    answer = signed_in(client, cast.secretary).post(drop, {"reason": "Miljøet flyttet"})
    assert answer.headers["Location"] == body.get_absolute_url()

    page = signed_in(client, cast.police_member).get(body.get_absolute_url()).content.decode()
    assert "It was considered and not set up" in page
    assert "Set it up after all" not in page
    for who in (cast.guest, cast.stranger):
        assert signed_in(client, who).get(body.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_no_needs_its_reason_and_a_not_now_its_day(cast: Cast, client: Any) -> None:
    url = reverse("cooperation:consider_below", args=[cast.council.ref])
    answers = {
        "tier": "arbeidsgruppe", "name": "Banderåd", "area": str(cast.no.home.ref),
        "course": "not_now", "asked_date": "2026-05-02", "answered_date": "2026-05-01",
    }  # fmt: skip
    page = signed_in(client, cast.chair).post(url, answers)

    assert set(page.context["form"].errors) == {"reason", "review_date", "answered_date"}
    answers |= {"reason": "Ikke nå", "review_date": "2027-05-01", "answered_date": "2026-05-03"}
    assert client.post(url, answers).status_code == 302
    assert Council.objects.get(name="Banderåd").state == "considered"


@pytest.mark.django_db
def test_what_was_considered_is_set_up_after_all(cast: Cast) -> None:
    body = consider(cast)
    actions.set_up_considered(council=body, by=cast.secretary.actor, at=NOON)

    body.refresh_from_db()
    assert (body.state, body.established_date) == ("active", TODAY)
    assert not titles(cast, cast.secretary)


# How it works, and whether it is said ------------------------------------------------------------


@pytest.mark.django_db
def test_terms_of_reference_are_one_click_away_and_keep_their_versions(
    cast: Cast, client: Any
) -> None:
    url = reverse("cooperation:terms", args=[cast.council.ref])
    by = cast.secretary.actor
    for day, text in ((1, "Fire møter i året"), (20, "Fem møter i året")):
        actions.adopt_terms(
            council=cast.council, text=text, adopted_date=date(2026, 11, day), by=by, at=NOON
        )
    signed_in(client, cast.guest)
    page = client.get(cast.council.get_absolute_url()).content.decode()

    assert url in page
    assert "Fem møter" in client.get(url).content.decode()
    assert "Fire møter" in client.get(url, {"version": "1"}).content.decode()
    assert client.get(url, {"version": "3"}).status_code == 404
    with pytest.raises(Refused, match="lies ahead"):
        actions.adopt_terms(
            council=cast.council, text="Seks", adopted_date=date(2026, 11, 23), by=by, at=NOON
        )


@pytest.mark.django_db
def test_where_there_is_slt_its_secretary_is_asked_to_state_the_relation(
    cast: Cast, client: Any
) -> None:
    hint = "Say who steers, who coordinates"
    url = cast.council.get_absolute_url()
    assert hint in signed_in(client, cast.secretary).get(url).content.decode()
    assert hint not in signed_in(client, cast.police_member).get(url).content.decode()
    Council.objects.filter(pk=cast.council.pk).update(slt_relation="Rådet styrer SLT.")
    assert hint not in signed_in(client, cast.secretary).get(url).content.decode()
    Council.objects.filter(pk=cast.council.pk).update(slt_relation="")
    cast.council.seats.filter(role="prevention_coordinator").update(role="head_teacher")
    assert hint not in signed_in(client, cast.chair).get(url).content.decode()


# Guests by rhythm ---------------------------------------------------------------------------------


@given(
    rhythm=st.sampled_from(list(Rhythm)),
    since=st.integers(0, 12),
    days=st.integers(1, 800),
)
def test_a_guest_once_due_stays_due_until_asked(rhythm: Rhythm, since: int, days: int) -> None:
    last = TODAY - timedelta(days=days)
    if is_guest_due(rhythm, meetings_since=since, last=last, on=TODAY):
        later = TODAY + timedelta(days=1)
        assert is_guest_due(rhythm, meetings_since=since + 1, last=last, on=later)
    assert is_guest_due(rhythm, meetings_since=since, last=None, on=TODAY)
    assert not is_guest_due("", meetings_since=since, last=last, on=TODAY)
    far = TODAY - timedelta(days=max(DAYS_BETWEEN.values()))
    assert is_guest_due(rhythm, meetings_since=12, last=far, on=TODAY)


@pytest.mark.django_db
def test_the_secretary_is_told_which_guest_is_due_and_finds_the_tick_there(
    cast: Cast, client: Any
) -> None:
    guest = cast.council.seats.get(function="guest")
    guest.rhythm = "every_second_meeting"
    guest.save(update_fields=["rhythm"])
    ahead = NOON + timedelta(days=30)
    signed_in(client, cast.secretary)

    def told(meeting: Meeting) -> tuple[bool, bool]:
        page = client.get(reverse("meetings:send", args=[meeting.ref]))
        return "due now" in page.content.decode(), bool(page.context["form"].initial["guests"])

    first = called(cast, "Sak", starts_at=ahead)
    first.guests.set([guest])
    second = planned(cast, starts_at=ahead + timedelta(days=30))
    third = planned(cast, starts_at=ahead + timedelta(days=60))
    assert told(second) == (False, False)
    Meeting.objects.filter(pk=second.pk).update(state="called")
    assert told(third) == (True, True)


def test_a_group_that_was_to_end_long_ago_has_a_page(cast: Cast, client: Any) -> None:
    Council.objects.filter(pk=cast.council.pk).update(planned_end_date=date.min)

    page = signed_in(client, cast.secretary).get(cast.council.get_absolute_url())

    assert page.status_code == 200


@pytest.mark.django_db
def test_minutes_prepared_for_a_meeting_to_come_do_not_hold_a_council_back(
    cast: Cast, client: Any
) -> None:
    Meeting.objects.filter(council=cast.council).delete()
    meeting = called(cast)
    meetings.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)

    url = reverse("cooperation:end", args=[cast.council.ref])
    told = [one.text for one in signed_in(client, cast.secretary).get(url).context["open_ends"]]
    assert any(one.startswith("1 meeting to come is cancelled") for one in told)
    assert not any("not approved" in one for one in told)

    answers = {"kind": "end", "reason": "Slått sammen med naboens", "last_date": str(TODAY)}
    assert client.post(url, answers).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


@pytest.mark.django_db
def test_minutes_begun_of_a_meeting_that_was_cancelled_do_not_hold_a_council_back(
    cast: Cast, client: Any
) -> None:
    Meeting.objects.filter(council=cast.council).delete()
    meeting, by = called(cast), cast.secretary.actor
    meetings.begin_minutes(meeting=meeting, by=by, at=NOON)
    meetings.cancel_meeting(meeting=meeting, reason="Uvær", by=by, at=NOON)

    actions.rest_council(council=cast.council, reason="Vakanse", by=by, at=NOON)

    cast.council.refresh_from_db()
    assert cast.council.state == "resting"
