"""Every page of a meeting, as each role meets it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Meeting, Minutes, Proposal
from samrad.meetings.rules import ItemKind, MeetingState, MinutesState, ProposalState
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from samrad.ui.formats import clock
from tests.cast import NOON, signed_in
from tests.meetings.bricks import (
    approved,
    called,
    circulated,
    decide,
    item_on,
    planned,
    restricted_on,
    sent_out,
    written,
)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def url(name, thing, *more):
    return reverse(f"meetings:{name}", args=[thing.ref, *more])


def test_a_year_is_planned_in_one_step(cast, client):
    page = signed_in(client, cast.secretary).get(url("plan", cast.council))
    rows = page.context["one"].rows

    assert "2013/012" in page.text
    assert len(rows.forms) == 3
    data = {"year": "2027", "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "3"}
    for n, row in enumerate(rows.initial):
        data |= {
            f"form-{n}-day": str(row["day"]),
            f"form-{n}-starts": "09:00",
            f"form-{n}-ends": "11:00",
            f"form-{n}-place": "Rådhuset",
        }
    data["form-1-day"] = "2027-06-09"
    data["form-2-DELETE"] = "on"

    answer = client.post(url("plan", cast.council), data)

    assert answer.status_code == 302
    assert [str(m.starts_at.date()) for m in Meeting.objects.all()] == [
        str(rows.initial[0]["day"]), "2027-06-09"
    ]  # fmt: skip
    listed = client.get(url("council", cast.council) + "?year=2027")
    assert listed.text.count("s-row__link") == 2


def test_a_plan_with_a_holiday_is_refused_with_its_name(cast, client):
    data = {
        "year": "2027", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1",
        "form-0-day": "2027-05-17", "form-0-starts": "09:00", "form-0-ends": "10:00",
    }  # fmt: skip

    answer = signed_in(client, cast.secretary).post(url("plan", cast.council), data)

    assert answer.status_code == 422
    assert "Grunnlovsdag" in answer.text
    assert not Meeting.objects.exists()


def test_a_plan_that_falls_short_says_so(cast, client):
    page = signed_in(client, cast.secretary).get(
        url("plan", cast.council),
        {"year": 2027, "count": 1, "weekday": 1, "starts": "09:00", "ends": "11:00"},
    )

    assert page.context["one"].short == 1


def test_an_extra_meeting_is_added_moved_and_cancelled(cast, client):
    signed_in(client, cast.secretary)
    times = {"day": "2026-12-15", "starts": "12:00", "ends": "13:00", "place": "Teams"}

    client.post(url("new", cast.council), times)
    meeting = Meeting.objects.get()
    client.post(url("move", meeting), {**times, "day": "2026-12-16"})
    meeting.refresh_from_db()
    assert str(meeting.starts_at.date()) == "2026-12-16"

    assert client.post(url("cancel", meeting), {"reason": ""}).status_code == 422
    client.post(url("cancel", meeting), {"reason": "Uvær"})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    assert "Uvær" in client.get(url("detail", meeting)).text


def test_a_proposal_goes_from_either_side_onto_the_agenda(cast, client):
    meeting = planned(cast)
    proposal = {
        "title": "Uro på stasjonen", "reason": "Mange klager.", "kind": "discussion",
        "classification": "internal",
    }  # fmt: skip
    signed_in(client, cast.police_member).post(url("propose", cast.council), proposal)
    made = Proposal.objects.get()
    assert made.side == "police"

    inbox = signed_in(client, cast.secretary).get(url("proposals", cast.council))
    assert "Uro på stasjonen" in inbox.text
    client.post(url("place", made), {"meeting": str(meeting.ref)})

    made.refresh_from_db()
    assert made.state == ProposalState.PLACED
    item = AgendaItem.objects.get()
    assert (item.title, item.text) == ("Uro på stasjonen", "Mange klager.")
    assert item.presenter == cast.police_member.person
    answered = client.get(url("proposals", cast.council)).text
    assert item.meeting.get_absolute_url() in answered, "the way to the agenda it stands on"


def test_whoever_proposed_an_item_is_told_that_it_was_placed(cast):
    by = cast.secretary.actor
    meeting = planned(cast)
    Person.objects.update(language="en")
    for who in (cast.director, cast.secretary):
        made = api.propose_item(
            council=cast.council, title="KANARI-TITTEL", reason="KANARI-GRUNN",
            kind=ItemKind.DISCUSSION, classification=Classification.RESTRICTED,
            legal_basis="politiregisterloven § 27", by=who.actor, at=NOON,
        )  # fmt: skip
        api.place_proposal(proposal=made, meeting=meeting, by=by, at=NOON)

    mail = Message.objects.get()
    assert mail.person == cast.director.person, "whoever places their own knows it"
    assert mail.subject == "Your proposal to Politirådet i Ås is on an agenda"
    assert meeting.get_absolute_url() in mail.text
    assert "KANARI" not in mail.subject + mail.text


def test_the_history_tells_who_moved_an_item_and_which_way(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    first, second = item_on(meeting, by, "Første"), item_on(meeting, by, "Andre")

    api.shift_item(item=second, up=True, by=by, at=NOON)
    api.shift_item(item=second, up=False, by=by, at=NOON)
    assert not api.shift_item(item=first, up=True, by=by, at=NOON)

    told = signed_in(client, cast.secretary).get(url("history", meeting)).text
    assert "Sara Eksempelsen moved “Andre” up the agenda." in told
    assert "Sara Eksempelsen moved “Andre” down the agenda." in told
    assert event_codes_of(first) == ["agenda_item.added"]


def test_a_declined_proposal_shows_its_answer_to_whoever_proposed_it(cast, client):
    made = api.propose_item(
        council=cast.council, title="Ny brandbil", reason="", kind=ItemKind.DECISION,
        by=cast.station_chief.actor, at=NOON,
    )  # fmt: skip
    signed_in(client, cast.secretary)

    assert client.post(url("decline", made), {"answer": ""}).status_code == 422
    client.post(url("decline", made), {"answer": "Hører til brannvesenet."})

    page = signed_in(client, cast.station_chief).get(url("proposals", cast.council))
    assert "Hører til brannvesenet." in page.text


def test_the_agenda_is_set_ordered_and_sent(cast, client):
    meeting = planned(cast)
    signed_in(client, cast.secretary)
    for title in ("Nattlivet", "Skoleveien"):
        answer = client.post(
            url("agenda", meeting),
            {"title": title, "kind": "discussion", "classification": "internal",
             "mandate": "unknown"},
        )  # fmt: skip
        assert answer.status_code == 302
    first, second = meeting.items.order_by("order")

    client.post(url("shift", second), {"to": "up"})
    assert list(meeting.items.order_by("order")) == [second, first]

    client.post(
        url("item", first),
        {"title": "Nattlivet i sentrum", "kind": "decision", "mandate": "secured",
         "classification": "open", "duration_minutes": "20"},
    )  # fmt: skip
    page = client.get(url("send", meeting))
    assert "Nattlivet i sentrum" in page.text
    assert client.post(url("send", meeting)).status_code == 302

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED
    seen = signed_in(client, cast.director).get(url("detail", meeting)).text
    assert seen.index("Skoleveien") < seen.index("Nattlivet i sentrum")


def test_an_item_is_taken_off_with_its_proposal_waiting_again(cast, client):
    meeting = planned(cast)
    made = api.propose_item(
        council=cast.council, title="Lyset", reason="", kind=ItemKind.DECISION,
        by=cast.director.actor, at=NOON,
    )  # fmt: skip
    item = api.place_proposal(proposal=made, meeting=meeting, by=cast.secretary.actor, at=NOON)

    signed_in(client, cast.secretary).post(url("remove", item))

    made.refresh_from_db()
    assert made.state == ProposalState.WAITING
    assert not meeting.items.exists()


def test_unfinished_decisions_come_onto_the_next_agenda_with_one_click(cast, client):
    minutes = written(cast, "Lyset")
    decide(cast, minutes.meeting.items.get(), "Lyset på gangveien rettes.")
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    following = planned(cast, starts_at=NOON + timedelta(days=90))
    signed_in(client, cast.secretary)
    assert "Lyset på gangveien rettes." in client.get(url("agenda", following)).text

    item_on(following, cast.secretary.actor, "Annet")
    assert client.get(url("send", following)).context["left_over"]
    client.post(url("unfinished", following))

    brought = following.items.get(source_kind="decision")
    assert brought.title == "Lyset på gangveien rettes."
    assert not client.get(url("send", following)).context["left_over"]


STEPS = {  # secretary, chair, member, guest
    "planned": ("Set the agenda", "Set the agenda", "Propose an item", None),
    "with_items": ("Send the agenda", "Send the agenda", "Propose an item", None),
    "called": (None, None, "Propose an item", None),
    "on_the_day": ("Write the minutes", "Write the minutes", "Propose an item", None),
    "moved": (None, None, "Propose an item", None),  # they have had a mail about that
    "changed": ("Send the agenda again", "Send the agenda again", "Propose an item", None),
    "written": (*("Propose an item",) * 3, None),  # ahead of the day; then they are finished
    "circulated": (None, "Read and approve the minutes", None, None),
    "approved": ("Read the minutes",) * 4,
    "cancelled": (None, None, None, None),
}


@pytest.mark.parametrize("state", STEPS)
def test_the_one_next_step(cast, client, state):
    meeting = in_state(cast, state)
    found = []
    for who in (cast.secretary, cast.chair, cast.police_member, cast.guest):
        Person.objects.filter(pk=who.person.pk).update(language="en")
        step = signed_in(client, who).get(url("detail", meeting)).context["step"]
        found.append(step.label if step else None)

    assert tuple(found) == STEPS[state]


def in_state(cast, state):
    """A meeting of which this is the latest that has happened."""
    by = cast.secretary.actor
    if state in {"written", "circulated", "approved"}:
        reach = {"written": written, "circulated": circulated, "approved": approved}[state]
        return reach(cast).meeting
    if state in {"planned", "with_items"}:
        meeting = planned(cast)
    else:
        soon = {"starts_at": NOON + timedelta(hours=1)} if state == "on_the_day" else {}
        meeting = called(cast, **soon)
    if state in {"with_items", "changed"}:
        item_on(meeting, by, "Noe nytt")
    if state == "moved":
        later = meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1)
        api.move_meeting(
            meeting=meeting, starts_at=later[0], ends_at=later[1], place="Rådhuset", by=by, at=NOON
        )
        meeting.refresh_from_db()
    if state == "cancelled":
        api.cancel_meeting(meeting=meeting, reason="Uvær", by=by, at=NOON)
    return meeting


def test_minutes_are_sent_back_mended_and_approved(cast, client):
    minutes = circulated(cast, "Nattlivet")
    meeting = minutes.meeting
    signed_in(client, cast.chair)
    assert client.get(url("approve", meeting)).context["may_approve"]

    assert client.post(url("send_back", meeting), {"comment": ""}).status_code == 422
    client.post(url("send_back", meeting), {"comment": "Navnet er feil."})
    editing = signed_in(client, cast.secretary).get(url("minutes", meeting))
    assert "Navnet er feil." in editing.text

    client.post(url("circulate", meeting))
    page = signed_in(client, cast.chair).get(url("approve", meeting))
    client.post(url("approve", meeting), {"sending": page.context["sending"]})
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED
    assert "Om Nattlivet." in signed_in(client, cast.police_member).get(url("read", meeting)).text
    assert signed_in(client, cast.secretary).get(url("minutes", meeting)).status_code == 403


def test_an_approval_is_for_the_text_that_was_read(cast, client):
    minutes = circulated(cast, "Nattlivet")
    meeting, item = minutes.meeting, minutes.meeting.items.get()
    opened = signed_in(client, cast.chair).get(url("approve", meeting)).context["sending"]
    by = cast.secretary.actor
    api.send_back_minutes(minutes=minutes, comment="Feil.", by=by, at=NOON)
    item.refresh_from_db()
    api.save_text(item=item, text="KANARI-NY", expected=item.minutes_version, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON + timedelta(hours=1))

    for sent in ({"sending": opened}, {}):
        answer = client.post(url("approve", meeting), sent)
        assert answer.status_code == 409
        assert "KANARI-NY" in answer.text
        assert "sent out again after you opened them" in answer.text
        minutes.refresh_from_db()
        assert minutes.state == MinutesState.CIRCULATED
        assert not minutes.approvals.exists()

    client.post(url("approve", meeting), {"sending": answer.context["sending"]})
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED


def test_the_history_is_told_to_those_with_a_seat(cast, client):
    meeting = approved(cast).meeting

    told = signed_in(client, cast.police_member).get(url("history", meeting)).text
    assert "Sara Eksempelsen" in told
    assert signed_in(client, cast.analyst).get(url("history", meeting)).status_code == 404


def test_a_covering_level_sees_when_and_that_and_open_items_once_approved(cast, client):
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor, "Åpen sak", classification=Classification.OPEN)
    item_on(meeting, cast.secretary.actor, "Intern sak")
    restricted_on(meeting, cast.secretary.actor, "Skjermet sak")
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    before = signed_in(client, cast.analyst).get(url("detail", meeting)).text
    assert "12 December 2026" in before
    assert not any(title in before for title in ("Åpen sak", "Intern sak", "Skjermet sak"))

    minutes = api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    api.note_everybody_present(meeting=meeting, by=cast.secretary.actor, at=NOON)
    assert client.get(url("read", meeting)).status_code == 404
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)

    after = client.get(url("read", meeting)).text
    assert "Åpen sak" in after
    assert "Intern sak" not in after
    assert "Skjermet sak" not in after
    assert "Pia Påfunn" not in after, "who was there is the council's own"


def test_when_and_where_stand_above_the_question_whether_one_comes(cast, client):
    meeting = called(cast)
    page = signed_in(client, cast.director).get(url("detail", meeting)).text
    head = page.split("Do you come?", 1)[0]
    start, end = (clock(one, cast.council.zone) for one in (meeting.starts_at, meeting.ends_at))
    assert "12\N{NO-BREAK SPACE}December 2026</h1>" in head
    assert f"{start}–{end}, Rådhuset" in head


def test_a_meeting_says_whom_to_ask_and_not_to_who_would_be_asked(cast, client):
    page = url("detail", planned(cast))
    asked = signed_in(client, cast.director).get(page)

    assert [person.pk for person in asked.context["to_ask"]] == [cast.secretary.person.pk]
    assert cast.secretary.person.get_absolute_url() in asked.text
    own = signed_in(client, cast.secretary).get(page)
    assert "Whom to ask" not in own.text


def test_everybody_who_sees_the_council_sees_whether_it_meets_often_enough(cast, client):
    planned(cast)
    address = reverse("meetings:council", args=[cast.council.ref])
    for who in (cast.analyst, cast.director, cast.guest):
        page = signed_in(client, who).get(address, {"year": 2026}).text
        assert "Meetings held: 0. Ahead: 1. There should be at least 2 in the year." in page
        assert "Fewer than there should be" in page


GET_PAGES = ["detail", "history", "move", "cancel", "agenda", "send", "minutes", "read", "approve"]
REFUSED, GONE, FINE = 403, 404, 200


@pytest.mark.parametrize("name", ["stranger", "stranger_chair", "other_analyst", "administrator"])
def test_a_stranger_finds_nothing(cast, client, name):
    meeting = written(cast).meeting
    item = meeting.items.get()
    signed_in(client, getattr(cast, name))

    for page in (*GET_PAGES, "token"):
        assert client.get(url(page, meeting)).status_code == GONE, page
    for page in ("council", "plan", "new", "propose", "proposals"):
        assert client.get(url(page, cast.council)).status_code == GONE, page
    for page in ("shift", "remove", "save_text"):
        assert client.post(url(page, item)).status_code == GONE, page
    for page in ("begin", "circulate", "send_back", "unfinished"):
        assert client.post(url(page, meeting)).status_code == GONE, page


def test_anonymous_goes_to_sign_in(cast, client):
    meeting = called(cast)

    for page in GET_PAGES:
        answer = client.get(url(page, meeting))
        assert answer.status_code == 302, page
        assert answer["Location"].startswith(reverse("account_login")), page


@pytest.mark.parametrize("name", ["police_member", "director", "guest"])
def test_a_member_reads_but_does_not_steer(cast, client, name):
    meeting = written(cast).meeting
    signed_in(client, getattr(cast, name))

    assert client.get(url("detail", meeting)).status_code == FINE
    for page in ("move", "cancel", "agenda", "send"):
        assert client.get(url(page, meeting)).status_code == REFUSED, page
    for page in ("minutes", "read", "approve"):
        assert client.get(url(page, meeting)).status_code == GONE, "a draft is the writers'"
    for page in ("begin", "unfinished"):
        assert client.post(url(page, meeting)).status_code == REFUSED, page
    assert Minutes.objects.get().state == MinutesState.DRAFT


@pytest.mark.parametrize("year", ["", "0", "99999", "9" * 5000, "two", "²", "-1"])
def test_a_year_nobody_meets_in_is_this_year(cast, client, year):
    signed_in(client, cast.secretary)

    assert client.get(url("council", cast.council), {"year": year}).context["year"] == 2026
    data = {"year": year, "form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    assert client.post(url("plan", cast.council), data).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-30", "x"])
def test_a_day_out_of_the_world_is_refused(cast, client, day):
    data = {"day": day, "starts": "09:00", "ends": "10:00"}

    answer = signed_in(client, cast.secretary).post(url("new", cast.council), data)

    assert answer.status_code == 422
