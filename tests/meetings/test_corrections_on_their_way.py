"""What is written on the way to a correction is for its writers, and reaches those who act."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.actions.corrections import part_mark
from samrad.meetings.models import Correction, Minutes
from samrad.meetings.rules import PartKind
from samrad.meetings.tasks import ask_approvers
from samrad.post.models import Message
from tests.cast import NOON, Cast, signed_in
from tests.meetings.bricks import approved
from tests.meetings.test_newcomers import succeeds

pytestmark = pytest.mark.django_db
REASON, COMMENT = "KANARI i begrunnelsen", "KANARI i kommentaren"


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def history(client: Any, who: Any, minutes: Minutes) -> str:
    url = reverse("meetings:history", args=[minutes.meeting.ref])
    return str(signed_in(client, who).get(url).content.decode())


def sent_back(cast: Cast, minutes: Minutes) -> Correction:
    correction = api.open_correction(
        minutes=minutes, reason=REASON, asked_by="Stein Oppdiktet", by=cast.secretary.actor,
        at=NOON,
    )  # fmt: skip
    item = minutes.meeting.items.get()
    text = [api.PartNote(PartKind.TEXT, item.ref, "Noe annet.", part_mark(item.minutes_text))]
    api.save_correction(correction=correction, parts=text, by=cast.secretary.actor, at=NOON)
    api.circulate_correction(correction=correction, by=cast.secretary.actor, at=NOON)
    api.send_back_correction(correction=correction, comment=COMMENT, by=cast.chair.actor, at=NOON)
    return correction


def test_why_minutes_are_corrected_and_what_came_back_is_not_told_to_members_nor_guests(
    cast: Cast, client: Any
) -> None:
    minutes = approved(cast)
    sent_back(cast, minutes)

    for who in (cast.guest, cast.director, cast.police_member):
        assert "KANARI" not in history(client, who, minutes), who.name
    for who in (cast.chair, cast.secretary):
        shown = history(client, who, minutes)
        assert REASON in shown
        assert COMMENT in shown


def test_why_a_correction_that_holds_was_made_is_told_to_members_and_not_to_guests(
    cast: Cast, client: Any
) -> None:
    minutes = approved(cast)
    correction = sent_back(cast, minutes)
    api.circulate_correction(correction=correction, by=cast.secretary.actor, at=NOON)
    api.approve_correction(correction=correction, by=cast.chair.actor, at=NOON)

    assert REASON in history(client, cast.director, minutes)
    assert "KANARI" not in history(client, cast.guest, minutes)


def test_whoever_has_come_to_approve_is_asked_about_a_correction_that_waits(cast: Cast) -> None:
    minutes = approved(cast, "Lyset")
    _waits(cast, minutes)
    mayor = succeeds(cast, cast.chair, "mayor")

    ask_approvers()
    ask_approvers()

    mails = Message.objects.filter(template="meetings/mail/correction")
    assert mails.filter(person=mayor.person).count() == 1
    assert mails.filter(person=cast.chair.person).count() == 1


def _waits(cast: Cast, minutes: Minutes) -> Correction:
    correction = sent_back(cast, minutes)
    Message.objects.filter(template="meetings/mail/correction").delete()
    api.circulate_correction(correction=correction, by=cast.secretary.actor, at=NOON)
    return correction


def test_the_writer_hears_that_a_correction_came_back(cast: Cast) -> None:
    sent_back(cast, approved(cast))

    mail = Message.objects.get(template="meetings/mail/correction_returned")
    assert mail.person == cast.secretary.person
    assert COMMENT not in mail.text
