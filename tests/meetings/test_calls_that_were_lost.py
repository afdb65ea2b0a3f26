"""A call to a meeting arrives, or it is seen that it did not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samrad.cooperation.models import Seat
from samrad.documents.rules import Classification
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Called, Meeting
from samrad.meetings.queries.answers import answers_of
from samrad.meetings.waiting_answers import invitations
from samrad.people.models import Person
from samrad.people.rules import Delivery, MailKind
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.work.api import work_off
from tests.cast import NOON, TODAY, Cast, Character
from tests.meetings.bricks import item_on, planned
from tests.meetings.calendars import INBOX, call_of
from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inbox(settings: Any, cast: Cast) -> Any:
    settings.MAIL_INBOX, settings.PUBLIC_URL = INBOX, "https://samrad.example.org"
    with held_at(NOON):
        Person.objects.update(language="en")
        yield


def sent_open(cast: Cast, *titles: str) -> Meeting:
    """A meeting called with open items, whose titles stand in the mail."""
    meeting, by = planned(cast), cast.secretary.actor
    for title in titles:
        item_on(meeting, by, title, classification=Classification.OPEN)
    again(cast, meeting)
    return meeting


def again(cast: Cast, meeting: Meeting) -> None:
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    meeting.refresh_from_db()


def restrict(item: AgendaItem) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(classification="restricted", legal_basis="§ 27")


def remove(cast: Cast, item: AgendaItem) -> None:
    api.remove_item(item=item, by=cast.secretary.actor, at=NOON)


def calls_for(mailbox: Mailbox, who: Character) -> list[Any]:
    mails = mailbox.to(who.person.email)
    return [mail for mail in mails if b"METHOD:REQUEST" in whole(mail)]


def whole(mail: Any) -> bytes:
    return b"".join(part.get_payload(decode=True) or b"" for part in mail.walk())


def last_mail(who: Character) -> Message:
    return Message.objects.filter(person=who.person).latest("pk")


def wants_none(who: Character) -> None:
    chosen = {MailKind.AGENDAS.value: Delivery.NONE.value}
    Person.objects.filter(pk=who.person.pk).update(mail_choices=chosen)


@pytest.mark.parametrize("gone", [True, False])
def test_the_call_comes_without_its_titles_when_an_item_goes_before_it_is_delivered(
    cast: Cast, mailbox: Mailbox, *, gone: bool
) -> None:
    meeting = sent_open(cast, "KANARI ved havna", "Nattlivet")
    item = meeting.items.get(title="KANARI ved havna")
    remove(cast, item) if gone else restrict(item)
    work_off()

    (mail,) = calls_for(mailbox, cast.chair)
    assert b"KANARI" not in whole(mail)
    assert b"Yes, I come" in whole(mail)
    assert str(meeting.ref).encode() in whole(mail)
    assert b"Agenda\n" not in whole(mail), "no heading over nothing"
    kept = last_mail(cast.chair)
    assert (kept.state, kept.text, kept.bare_text) == (MessageState.SENT, "", "")


def test_as_long_as_nothing_goes_the_titles_are_there(cast: Cast, mailbox: Mailbox) -> None:
    sent_open(cast, "Nattlivet")
    work_off()

    (mail,) = calls_for(mailbox, cast.chair)
    assert b"1. Nattlivet" in whole(mail)


@pytest.mark.parametrize(
    "state", [MessageState.FAILED, MessageState.BOUNCED, MessageState.WITHHELD]
)
def test_whoever_wants_no_agendas_is_called_when_the_first_call_did_not_arrive(
    cast: Cast, mailbox: Mailbox, state: MessageState
) -> None:
    wants_none(cast.chair)
    meeting = sent_open(cast, "Nattlivet")
    Message.objects.update(state=state)
    again(cast, meeting)
    work_off()

    (mail,) = calls_for(mailbox, cast.chair)
    assert "Changed" not in mail["Subject"], "to them it is the first they hear of it"


def test_whoever_wants_no_agendas_has_the_second_call_too_while_the_first_is_on_its_way(
    cast: Cast, mailbox: Mailbox
) -> None:
    wants_none(cast.chair)
    meeting = sent_open(cast, "Nattlivet")
    again(cast, meeting)
    work_off()

    assert len(calls_for(mailbox, cast.chair)) == 2


def test_whoever_had_the_call_and_wants_no_agendas_is_left_in_peace(
    cast: Cast, mailbox: Mailbox
) -> None:
    wants_none(cast.chair)
    meeting = sent_open(cast, "Nattlivet")
    work_off()
    again(cast, meeting)
    work_off()

    assert len(calls_for(mailbox, cast.chair)) == 1


def test_a_call_that_was_withheld_is_seen_in_the_panel_and_on_home(cast: Cast) -> None:
    meeting = sent_open(cast, "Nattlivet")
    row = call_of(meeting, cast.director)
    Message.objects.filter(pk=row.message_id).update(state=MessageState.WITHHELD)

    rows = answers_of(meeting, cast.secretary.actor, TODAY, calls=True).rows
    lost = [one for one in rows if not one.has_arrived]
    assert [one.person for one in lost] == [cast.director.person]
    assert lost[0].may_call_again
    (part,) = invitations(cast.secretary.actor, TODAY)
    waiting = part.things.filter(person=cast.director.person)
    assert waiting.exists()


def test_a_cancellation_goes_to_who_was_called_and_to_nobody_else(cast: Cast) -> None:
    meeting = sent_open(cast, "Nattlivet")
    Called.objects.filter(meeting=meeting, person=cast.chair.person).delete()  # came afterwards
    Message.objects.filter(person=cast.chair.person).delete()

    api.cancel_meeting(meeting=meeting, reason="Storm", by=cast.secretary.actor, at=NOON)

    assert not Message.objects.filter(person=cast.chair.person).exists()
    assert last_mail(cast.director).subject.startswith("Cancelled")


def test_a_guest_who_is_not_asked_when_the_agenda_goes_again_is_taken_out(cast: Cast) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by)
    seat = cast.council.seats.get(function="guest")
    api.choose_guests(meeting=meeting, seat_ids=[seat.pk], by=by, at=NOON)
    again(cast, meeting)
    meeting.guests.clear()

    again(cast, meeting)

    assert last_mail(cast.guest).template == "meetings/mail/let_go"
    assert not Called.objects.filter(meeting=meeting, person=cast.guest.person).exists()


def test_whoever_lost_the_seat_the_day_of_the_cancellation_is_told_too(cast: Cast) -> None:
    meeting = sent_open(cast, "Nattlivet")
    Seat.objects.filter(council=cast.council, role="station_chief").update(
        to_date=TODAY - timedelta(days=1)
    )

    api.cancel_meeting(meeting=meeting, reason="Storm", by=cast.secretary.actor, at=NOON)

    mail = last_mail(cast.station_chief)
    assert mail.template == "meetings/mail/let_go"
    assert b"METHOD:CANCEL" in bytes(mail.enclosures.get().content)
