"""Who reads which item, by hand: role by classification by how far the meeting has come (N4)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.access.actor import ANONYMOUS
from samrad.documents.rules import Classification
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.models import AgendaItem, Meeting, Minutes, Proposal
from samrad.meetings.queries.agenda import agenda_of
from samrad.meetings.queries.recipients import readers_of, recipients_of
from samrad.meetings.rules import ItemKind
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, TODAY, signed_in
from tests.meetings.bricks import called, item_on, planned, restricted_on, sent_out

ROLES = (
    "chair", "secretary", "station_chief", "police_member", "guest", "analyst",
    "national_officer", "other_analyst", "stranger", "stranger_chair", "administrator",
)  # fmt: skip

# o: open, i: internal, r: restricted to the station chief's seat. A dot is nothing.
TABLE = {
    #                   planned  called  circulated  approved  cancelled
    "chair":            ("oir",  "oir",  "oir",      "oir",    "oir"),
    "secretary":        ("oir",  "oir",  "oir",      "oir",    "oir"),
    "station_chief":    (".",    "oir",  "oir",      "oir",    "oir"),
    "police_member":    (".",    "oi",   "oi",       "oi",     "oi"),
    "guest":            (".",    "o",    "o",        "o",      "o"),
    "analyst":          (".",    ".",    ".",        "o",      "."),
    "national_officer": (".",    ".",    ".",        "o",      "."),
    "other_analyst":    (".",    ".",    ".",        ".",      "."),
    "stranger":         (".",    ".",    ".",        ".",      "."),
    "stranger_chair":   (".",    ".",    ".",        ".",      "."),
    "administrator":    (".",    ".",    ".",        ".",      "."),
}  # fmt: skip
STATES = ("planned", "called", "circulated", "approved", "cancelled")

# Which minutes somebody may open: those who write and approve from the start.
MINUTES = {
    #                   draft  circulated  approved
    "chair":            ("x",  "x",        "x"),
    "secretary":        ("x",  "x",        "x"),
    "station_chief":    (".",  "x",        "x"),
    "police_member":    (".",  "x",        "x"),
    "guest":            (".",  ".",        "x"),
    "analyst":          (".",  ".",        "x"),
    "national_officer": (".",  ".",        "x"),
    "other_analyst":    (".",  ".",        "."),
    "stranger":         (".",  ".",        "."),
    "stranger_chair":   (".",  ".",        "."),
    "administrator":    (".",  ".",        "."),
}  # fmt: skip


def three_items(cast, meeting):
    by = cast.secretary.actor
    seat = cast.council.seats.get(role="station_chief")
    item_on(meeting, by, "o", classification=Classification.OPEN)
    item_on(meeting, by, "i")
    restricted_on(meeting, by, "r", seat)


def bring_to(cast, state):
    meeting, by = planned(cast), cast.secretary.actor
    three_items(cast, meeting)
    if state == "planned":
        return meeting
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    if state == "cancelled":
        api.cancel_meeting(meeting=meeting, reason="Uvær", by=by, at=NOON)
    if state in {"draft", "circulated", "approved"}:
        minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
        api.note_everybody_present(meeting=meeting, by=by, at=NOON)
        if state != "draft":
            sent_out(minutes=minutes, by=by, at=NOON)
        if state == "approved":
            api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    return meeting


@pytest.mark.parametrize("state", STATES)
def test_who_reads_which_item(cast, state):
    meeting = bring_to(cast, state)
    expected = {role: TABLE[role][STATES.index(state)] for role in ROLES}

    found = {}
    for role in ROLES:
        actor = getattr(cast, role).actor
        titles = [one.item.title for one in agenda_of(meeting, actor)]
        found[role] = "".join(titles) or "."

    assert found == expected
    assert not AgendaItem.objects.visible_to(ANONYMOUS).exists()


@pytest.mark.parametrize("state", ["draft", "circulated", "approved"])
def test_who_opens_the_minutes(cast, state):
    bring_to(cast, state)
    column = ("draft", "circulated", "approved").index(state)

    found = {
        role: "x" if Minutes.objects.visible_to(getattr(cast, role).actor).exists() else "."
        for role in ROLES
    }

    assert found == {role: MINUTES[role][column] for role in ROLES}


def test_why_minutes_came_back_is_told_only_to_those_who_write_and_approve(cast, client):
    meeting = bring_to(cast, "circulated")
    minutes, by = meeting.minutes, cast.secretary.actor
    api.send_back_minutes(
        minutes=minutes, comment="KANARI-KOMMENTAR", by=cast.chair.actor, at=NOON
    )  # fmt: skip
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    url = reverse("meetings:history", args=[meeting.ref])

    told = {
        who: "KANARI-KOMMENTAR" in signed_in(client, getattr(cast, who)).get(url).text
        for who in ("chair", "secretary", "police_member", "guest")
    }

    assert told == {"chair": True, "secretary": True, "police_member": False, "guest": False}
    assert "minutes are approved and locked" in client.get(url).text


def test_numbers_leave_no_gap_where_something_is_hidden(cast):
    meeting = bring_to(cast, "called")
    item_on(meeting, cast.secretary.actor, "last", classification=Classification.OPEN)

    numbered = [(n.number, n.item.title) for n in agenda_of(meeting, cast.guest.actor)]

    assert numbered == [(1, "o"), (2, "last")]


def test_mail_and_page_agree_on_who_reads_what(cast):
    meeting = bring_to(cast, "called")
    meeting.guests.set(cast.council.seats.filter(function="guest"))
    people = {who.person.pk: who for who in cast.no.people.values()}

    for recipient in recipients_of(meeting, TODAY):
        actor = people[recipient.person.pk].actor
        page = {one.item.title for one in agenda_of(meeting, actor)}
        mail = {
            item.title for item in meeting.items.all() if recipient.reader.reads(readers_of(item))
        }
        assert mail == page, recipient.person.name


def test_a_restricted_item_needs_its_legal_basis_and_seats_of_the_council(cast):
    meeting = planned(cast)
    foreign = cast.sibling.seats.first()

    with pytest.raises(Refused, match="legal basis"):
        item_on(meeting, cast.secretary.actor, classification=Classification.RESTRICTED)
    with pytest.raises(Refused, match="seats of this council"):
        restricted_on(meeting, cast.secretary.actor, "x", foreign)


def test_once_something_is_decided_the_readers_of_the_item_stay(cast):
    meeting = called(cast)
    item = meeting.items.get()
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    api.record_decision(item=item, text="Ja.", by=cast.secretary.actor, at=NOON)

    with pytest.raises(Refused, match="whom it is for"):
        api.change_item(
            item=item, title="x", kind=ItemKind.DECISION, classification=Classification.OPEN,
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip


def test_reading_a_restricted_item_is_recorded_once_a_day(cast):
    meeting = bring_to(cast, "called")
    items = {one.item.title: one.item for one in agenda_of(meeting, cast.station_chief.actor)}

    for _time in range(3):
        record_reading(items=list(items.values()), by=cast.station_chief.actor, at=NOON)
    record_reading(
        items=list(items.values()),
        by=cast.station_chief.actor,
        at=NOON.replace(day=NOON.day + 1),
    )

    assert event_codes_of(items["r"]).count("agenda_item.read") == 2
    assert "agenda_item.read" not in event_codes_of(items["i"])
    told = history_of(items["r"])
    assert any("Stein Oppdiktet" in line.text for line in told)


def test_a_proposal_is_read_by_seat_and_by_whoever_made_it(cast):
    def propose(who, **given):
        return api.propose_item(
            council=cast.council, title="t", reason="", kind=ItemKind.DISCUSSION,
            by=who.actor, at=NOON, **given,
        )  # fmt: skip

    internal = propose(cast.director)
    restricted = propose(
        cast.police_member,
        classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven § 27",
        audience=[cast.council.seats.get(role="station_chief")],
    )

    seen = {
        role: set(Proposal.objects.visible_to(getattr(cast, role).actor))
        for role in ("chair", "police_member", "station_chief", "director", "guest", "analyst")
    }
    assert seen == {
        "chair": {internal, restricted},
        "police_member": {internal, restricted},
        "station_chief": {internal, restricted},
        "director": {internal},
        "guest": set(),
        "analyst": set(),
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [("guest", True), ("analyst", True), ("stranger", False), ("administrator", False)],
)
def test_who_sees_that_a_meeting_is_held(cast, role, seen):
    planned(cast)

    assert Meeting.objects.visible_to(getattr(cast, role).actor).exists() is seen


def test_reading_a_restricted_proposal_is_recorded(cast, client):
    made = api.propose_item(
        council=cast.council, title="t", reason="", kind=ItemKind.DISCUSSION,
        classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 27",
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip

    for _time in range(2):
        signed_in(client, cast.secretary).get(
            reverse("meetings:proposals", args=[cast.council.ref])
        )

    assert event_codes_of(made) == ["proposal.made", "proposal.read"]
