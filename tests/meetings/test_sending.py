"""The agenda goes out by mail: to whom, in which words, and what has changed since (D3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samrad.documents.rules import Classification
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.sending import choose_guests
from samrad.meetings.models import AgendaSending
from samrad.meetings.queries.recipients import items_to_send, snapshot_of
from samrad.meetings.queries.saying import says_now
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.sending import Changes, Reader, SentItem, changes_between, snapshot
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON
from tests.meetings.bricks import called, has_changed, item_on, planned, restricted_on


def mail_to(who):
    return Message.objects.filter(person=who.person).latest("pk")


def test_everybody_with_a_permanent_seat_is_called_and_the_lead_time_kept(cast):
    meeting = called(cast)

    assert meeting.state == MeetingState.CALLED
    sending = AgendaSending.objects.get()
    assert (sending.recipients, sending.lead_days, sending.number) == (5, 21, 1)
    assert {message.person for message in Message.objects.all()} == {
        who.person
        for who in (
            cast.chair, cast.director, cast.secretary, cast.station_chief, cast.police_member
        )
    }  # fmt: skip
    assert event_codes_of(meeting)[-1] == "agenda.sent"


def test_a_guest_is_called_only_when_asked_to_come(cast):
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor)
    seat = cast.council.seats.get(function="guest")

    choose_guests(meeting=meeting, seat_ids=[seat.pk], by=cast.secretary.actor, at=NOON)
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)

    assert mail_to(cast.guest)
    assert AgendaSending.objects.get().recipients == 6


def test_mail_names_open_items_and_counts_the_rest_that_are_for_the_reader(cast):
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "KANARI-APEN", classification=Classification.OPEN)
    item_on(meeting, by, "KANARI-INTERN", text="KANARI-TEKST")
    restricted_on(meeting, by, "KANARI-SKJERMET", cast.council.seats.get(role="station_chief"))
    choose_guests(
        meeting=meeting,
        seat_ids=[cast.council.seats.get(function="guest").pk],
        by=by,
        at=NOON,
    )
    for who in (cast.guest, cast.police_member, cast.station_chief):
        who.person.language = "en"
        who.person.save()

    api.send_agenda(meeting=meeting, by=by, at=NOON)

    everything = " ".join(f"{m.subject} {m.text}" for m in Message.objects.all())
    assert "KANARI-APEN" in everything
    for canary in ("KANARI-INTERN", "KANARI-SKJERMET", "KANARI-TEKST"):
        assert canary not in everything
    assert "more item" not in mail_to(cast.guest).text
    assert "One more item is for you" in mail_to(cast.police_member).text
    assert "2 more items are for you" in mail_to(cast.station_chief).text


def test_each_gets_it_in_their_own_language_with_day_place_and_link(cast):
    Person.objects.filter(pk=cast.director.person.pk).update(language="sv")
    meeting = called(cast)

    swedish, norwegian = mail_to(cast.director), mail_to(cast.chair)

    assert swedish.language == "sv"
    assert "lördag" in swedish.subject
    assert "lørdag 12. desember 2026" in norwegian.subject
    assert "Rådhuset" in norwegian.text
    assert meeting.get_absolute_url() in norwegian.text


def test_sent_again_it_says_what_has_changed(cast):
    meeting, by = planned(cast), cast.secretary.actor
    kept = item_on(meeting, by, "Nattlivet", classification=Classification.OPEN)
    gone = item_on(meeting, by, "Skoleveien", classification=Classification.OPEN)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    Person.objects.filter(pk=cast.chair.person.pk).update(language="en")
    api.remove_item(item=gone, by=by, at=NOON)
    item_on(meeting, by, "Havna", classification=Classification.OPEN)
    item_on(meeting, by, "Internt")
    later = meeting.starts_at + timedelta(days=1)
    api.move_meeting(
        meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=2), place="Teams",
        by=by, at=NOON,
    )  # fmt: skip
    assert kept.title == "Nattlivet"

    api.send_agenda(meeting=meeting, by=by, at=NOON + timedelta(days=1))

    mail = mail_to(cast.chair)
    assert mail.subject.startswith("Changed:")
    for words in (
        "New time.", "New place.", "New on the agenda: Havna",
        "No longer on the agenda: Skoleveien", "One other item is new, changed or gone.",
    ):  # fmt: skip
        assert words in mail.text
    assert "Internt" not in mail.text
    assert AgendaSending.objects.latest("number").number == 2
    assert event_codes_of(meeting)[-1] == "agenda.sent_again"


def test_whether_something_has_changed_since_it_was_sent(cast):
    meeting = called(cast)
    assert not has_changed(meeting)

    item_on(meeting, cast.secretary.actor, "Noe nytt")

    assert has_changed(meeting)


def test_whom_a_restricted_item_is_for_counts_as_a_change(cast):
    meeting, by = planned(cast), cast.secretary.actor
    restricted_on(meeting, by, "Skjermet", cast.council.seats.get(role="station_chief"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)

    assert not has_changed(meeting)
    meeting.items.get().audience.set([cast.council.seats.get(role="mayor")])
    assert has_changed(meeting)


def test_what_an_agenda_says_is_read_by_one_question(cast, django_assert_num_queries):
    meeting, by = planned(cast), cast.secretary.actor
    seats = cast.council.seats.filter(role__in=["station_chief", "mayor"])
    item_on(meeting, by, "Nattlivet")
    restricted_on(meeting, by, "Skjermet", *seats)
    meeting.items.update(presenter=cast.chair.person, duration_minutes=20, text="Litt om saken")

    with django_assert_num_queries(1):
        says = says_now(meeting)

    assert says == snapshot_of(meeting, items_to_send(meeting), [])
    assert len(says["items"]) == 2


def test_changes_never_count_what_the_reader_does_not_read():
    def said(*items):
        return snapshot(starts="a", ends="b", place="c", items=items)

    before = said(SentItem("1", "x", "open", "Åpen"), SentItem("2", "x", [7]))
    after = said(
        SentItem("1", "x", "open", "Åpen"), SentItem("2", "y", [7]), SentItem("3", "z", [8])
    )

    assert not changes_between(before, after, Reader([5]))
    assert changes_between(before, after, Reader([7])) == Changes(further=1)
    assert changes_between(before, after, Reader([5], keeps_restricted=True)).further == 2


def test_a_snapshot_keeps_no_title_that_is_not_open():
    said = snapshot(
        starts="", ends="", place="", items=[SentItem("1", "x", [7], "Hemmelig"),
                                             SentItem("2", "x", "internal", "Intern")],
    )  # fmt: skip

    assert "Hemmelig" not in str(said)
    assert "Intern'" not in str(said)


@pytest.mark.parametrize("who", ["police_member", "guest", "analyst", "stranger"])
def test_only_secretary_and_chair_send(cast, who):
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor)

    with pytest.raises(Refused):
        api.send_agenda(meeting=meeting, by=getattr(cast, who).actor, at=NOON)


def test_an_empty_agenda_is_not_sent(cast):
    with pytest.raises(Refused, match="nothing on the agenda"):
        api.send_agenda(meeting=planned(cast), by=cast.secretary.actor, at=NOON)


def test_somebody_without_an_address_is_counted_out(cast):
    Person.objects.filter(pk=cast.director.person.pk).update(email="")

    called(cast)

    assert AgendaSending.objects.get().recipients == 4
