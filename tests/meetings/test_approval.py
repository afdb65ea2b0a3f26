"""Minutes are approved as the country's profile says, never by whoever wrote them (D4)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils.translation import override

from samrad.followup.models import Decision
from samrad.followup.rules import DecisionState
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.models import Minutes
from samrad.meetings.rules import MeetingState, MinutesState, Presence
from samrad.meetings.rules.minutes import ApprovalSlot, approval_slots, slot_for
from samrad.post.models import Message
from samrad.trail.api import event_codes_of, history_of
from samrad.ui.formats import day_long
from tests.cast import NOON, signed_in
from tests.meetings.bricks import (
    circulated,
    decide,
    item_on,
    planned,
    planned_in,
    sent_out,
    written,
)


def approve(minutes, who):
    api.approve_minutes(minutes=minutes, by=who.actor, at=NOON)
    minutes.refresh_from_db()


def test_the_trail_keeps_who_was_there_when_the_minutes_go_out(cast):
    minutes = written(cast)
    meeting, by = minutes.meeting, cast.secretary.actor
    for role, presence, stand_in in (
        ("mayor", Presence.EXCUSED, ""),
        ("municipal_director", Presence.EXCUSED, "Vera Vikar"),
    ):
        api.note_attendance(
            meeting=meeting, seat=cast.council.seats.get(role=role), presence=presence,
            stand_in=stand_in, by=by, at=NOON,
        )  # fmt: skip

    sent_out(minutes=minutes, by=by, at=NOON)

    told = history_of(minutes)
    noted = next(one.text for one in told if one.text.startswith("The minutes say who was there"))
    assert "Stein Oppdiktet" in noted
    assert "came for: Didrik Prøvemo (Vera Vikar)." in noted
    assert "Not there: Maja Prøvestad." in noted


def danish_minutes(cast, council, writer):
    by = writer.actor
    meeting = planned_in(council, by, starts_at=NOON + timedelta(days=5))
    item_on(meeting, by, "Trafik")
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)
    minutes.refresh_from_db()
    return minutes


@pytest.mark.parametrize(
    ("required", "holders", "writer", "given", "slots"),
    [
        (["chair"], {"chair": {1}}, 2, {}, [("chair", None)]),
        (["chair"], {"chair": {1}}, 1, {}, [("member", None)]),
        (["chair"], {"chair": set()}, 2, {}, [("member", None)]),
        (["chair"], {}, 2, {}, [("member", None)]),
        (["chair", "vice_chair"], {"chair": {1}, "vice_chair": {3}}, 2, {},
         [("chair", None), ("vice_chair", None)]),
        (["chair", "vice_chair"], {"chair": {1}}, 2, {}, [("chair", None)]),
        (["chair", "vice_chair"], {"chair": {1}, "vice_chair": {1}}, 2, {"chair": 1},
         [("chair", 1), ("member", None)]),
        (["chair", "vice_chair"], {"chair": {2}, "vice_chair": {2}}, 2, {}, [("member", None)]),
        (["chair", "vice_chair"], {"chair": {1}, "vice_chair": {3}}, 2, {"chair": 1},
         [("chair", 1), ("vice_chair", None)]),
    ],
)  # fmt: skip
def test_which_approvals_are_needed(required, holders, writer, given, slots):
    found = approval_slots(required, holders=holders, writer=writer, given=given)

    assert [(slot.function, slot.given_by) for slot in found] == slots


def test_nobody_gives_two_approvals():
    slots = [ApprovalSlot("chair", 1), ApprovalSlot("member")]

    assert slot_for(slots, {"chair"}, 1) == ""
    assert slot_for(slots, set(), 5) == "member"


def test_the_norwegian_chair_approves_and_the_decisions_bind(cast):
    minutes = written(cast)
    decision = decide(cast, minutes.meeting.items.get())
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    Message.objects.all().delete()

    approve(minutes, cast.chair)

    decision.refresh_from_db()
    minutes.meeting.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED
    assert decision.state == DecisionState.BINDING
    assert minutes.meeting.state == MeetingState.HELD
    assert event_codes_of(minutes) == [
        "minutes.begun", "minutes.circulated", "minutes.attendance", "minutes.approval_given",
        "minutes.approved",
    ]  # fmt: skip
    told = Message.objects.all()
    assert {message.person.name for message in told} == {
        who.name
        for who in (
            cast.chair, cast.director, cast.secretary, cast.station_chief, cast.police_member
        )
    }  # fmt: skip
    assert not any("Om Nattlivet" in message.text for message in told)


def test_the_writer_cannot_approve_their_own_minutes(cast):
    minutes = written(cast)
    sent_out(minutes=minutes, by=cast.chair.actor, at=NOON)
    minutes.refresh_from_db()

    with pytest.raises(Refused, match="Someone other than the writer"):
        approve(minutes, cast.chair)

    assert "minutes.approved" not in event_codes_of(minutes)


def test_when_the_chair_wrote_a_member_steps_in(cast):
    minutes = written(cast)
    sent_out(minutes=minutes, by=cast.chair.actor, at=NOON)
    minutes.refresh_from_db()
    assert Minutes.objects.visible_to(cast.police_member.actor).exists()

    approve(minutes, cast.police_member)

    assert minutes.state == MinutesState.APPROVED


@pytest.mark.parametrize(
    "who", ["secretary", "police_member", "guest", "analyst", "stranger", "stranger_chair"]
)
def test_nobody_else_approves_in_norway(cast, who):
    minutes = circulated(cast)

    with pytest.raises(Refused):
        approve(minutes, getattr(cast, who))


def test_a_draft_cannot_be_approved(cast):
    with pytest.raises(Refused, match="not waiting"):
        approve(written(cast), cast.chair)


def test_in_denmark_chair_and_vice_chair_both_approve_before_anybody_else_reads(cast):
    dk = cast.dk
    minutes = danish_minutes(cast, dk.kredsraad, dk.secretary)

    approve(minutes, dk.police_director)
    assert minutes.state == MinutesState.CIRCULATED
    with pytest.raises(Refused, match="somebody else"):
        approve(minutes, dk.police_director)

    approve(minutes, dk.mayor)
    assert minutes.state == MinutesState.APPROVED


def test_a_danish_local_council_without_a_vice_chair_needs_its_chair_only(cast):
    dk = cast.dk
    minutes = danish_minutes(cast, dk.lokalraad, dk.coordinator)
    assert not Minutes.objects.visible_to(dk.sector_head.actor).exists()

    approve(minutes, dk.station_chief)

    assert minutes.state == MinutesState.APPROVED
    assert Minutes.objects.visible_to(dk.sector_head.actor).exists()


def test_sending_back_takes_a_comment_and_voids_approvals_given(cast):
    dk = cast.dk
    minutes = danish_minutes(cast, dk.kredsraad, dk.secretary)
    approve(minutes, dk.police_director)

    with pytest.raises(Refused, match="Say what should be changed"):
        api.send_back_minutes(minutes=minutes, comment=" ", by=dk.mayor.actor, at=NOON)
    api.send_back_minutes(minutes=minutes, comment="Ret navnet.", by=dk.mayor.actor, at=NOON)

    minutes.refresh_from_db()
    assert minutes.state == MinutesState.DRAFT
    assert not minutes.approvals.exists()
    told = Message.objects.latest("pk")
    assert told.person == dk.secretary.person
    assert "Ret navnet" not in told.text


def test_those_who_approve_are_asked_by_mail(cast):
    Message.objects.all().delete()
    minutes = written(cast)
    Message.objects.all().delete()

    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)

    asked = Message.objects.get()
    assert asked.person == cast.chair.person
    assert f"/meetings/{minutes.meeting.ref}/minutes/approve/" in asked.text


def test_minutes_wait_until_the_meeting_has_begun(cast, client):
    minutes = written(cast)
    meeting, by = minutes.meeting, cast.secretary.actor
    with pytest.raises(Refused, match="has not begun"):
        api.circulate_minutes(minutes=minutes, by=by, at=meeting.starts_at - timedelta(minutes=1))

    page = signed_in(client, cast.secretary).get(reverse("meetings:minutes", args=[meeting.ref]))
    assert "The meeting has not begun" in page.text
    assert reverse("meetings:move", args=[meeting.ref]) in page.text
    assert 'name="circulate"' not in page.text

    api.circulate_minutes(minutes=minutes, by=by, at=meeting.starts_at)
    with pytest.raises(Refused, match="has not begun"):
        approve(minutes, cast.chair)


def test_the_mail_leads_to_the_page_where_one_approves_and_says_by_when(cast, client):
    planned(cast, starts_at=NOON + timedelta(days=50))
    minutes = circulated(cast)
    mail = Message.objects.get(person=cast.chair.person, template="meetings/mail/approve")
    address = reverse("meetings:approve", args=[minutes.meeting.ref])

    assert address in mail.text
    with override(mail.language):
        assert day_long(NOON + timedelta(days=50), cast.council.zone) in mail.text
    at_the_door = client.get(address)
    assert at_the_door.status_code == 302
    assert address in unquote(at_the_door.url), "back to the same page once signed in"
    page = signed_in(client, cast.chair).get(address).text
    assert f'action="{address}"' in page


def test_approved_minutes_are_locked(cast):
    minutes = circulated(cast)
    approve(minutes, cast.chair)
    item = minutes.meeting.items.get()

    with pytest.raises(Refused, match="approved and locked"):
        api.save_text(item=item, text="x", expected=1, by=cast.secretary.actor, at=NOON)
    with pytest.raises(Refused):
        api.send_back_minutes(minutes=minutes, comment="x", by=cast.chair.actor, at=NOON)
    with pytest.raises(Refused):
        api.record_decision(item=item, text="x", by=cast.secretary.actor, at=NOON)
    with pytest.raises(Refused):
        item_on(minutes.meeting, cast.secretary.actor)
    assert not Decision.objects.exists()
