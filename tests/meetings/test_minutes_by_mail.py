"""The mail about approved minutes: what is open in words, one's own tasks, of the rest a number."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext, override

from samrad.documents.rules import Classification
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Minutes
from samrad.meetings.queries.mailed import MinutesInMail
from samrad.meetings.queries.recipients import recipients_of
from samrad.meetings.queries.said import everything_said
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.work.api import work_off
from tests.cast import NOON, TODAY, Cast, Character
from tests.meetings.bricks import decide, item_on, planned, restricted_on, sent_out
from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def minutes(cast: Cast) -> Minutes:
    """Minutes that wait for the chair: an open, an internal and a restricted item, each decided."""
    Person.objects.update(language="en")
    meeting, by = planned(cast), cast.secretary.actor
    lights = item_on(meeting, by, "Lys", classification=Classification.OPEN)
    patrols = item_on(meeting, by, "Vakter")
    hidden = restricted_on(meeting, by, "Skjult", cast.council.seats.get(role="police_contact"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    made = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    api.save_text(item=lights, text="Det er mørkt.", expected=0, by=by, at=NOON)
    decide(cast, lights, "Lyset rettes.", title="Bestille lamper", person=cast.director.person)
    decide(cast, patrols, "Vaktene går.", title="Lage liste", person=cast.police_member.person)
    decide(cast, hidden, "Skjult vedtak.", title="Skjult gjøremål", person=cast.chair.person)
    sent_out(minutes=made, by=by, at=NOON)
    made.refresh_from_db()
    return made


def approve(cast: Cast, minutes: Minutes) -> None:
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)


def mail_to(who: Character) -> str:
    return Message.objects.filter(person=who.person, template__endswith="/approved").get().text


def test_what_is_open_was_decided_in_words(cast: Cast, minutes: Minutes) -> None:
    approve(cast, minutes)

    told = mail_to(cast.station_chief)
    for words in ("1. Lys", "Det er mørkt.", "Lyset rettes.", "Bestille lamper – Didrik Prøvemo"):
        assert words in told
    assert "One more item is for you" in told
    assert "Vakter" not in told
    assert "What you are to do" not in told


def test_ones_own_task_is_named_with_a_link_and_nobody_elses_is(
    cast: Cast, minutes: Minutes
) -> None:
    approve(cast, minutes)

    own = mail_to(cast.police_member)
    assert "Lage liste" in own
    assert own.count("/done/") == 1
    assert "2 more items are for you" in own
    assert "/done/" in mail_to(cast.director)
    assert "Lage liste" not in mail_to(cast.director)


def test_what_is_restricted_is_in_no_mail_not_even_ones_own_task(
    cast: Cast, minutes: Minutes
) -> None:
    approve(cast, minutes)

    mails = Message.objects.values_list("text", flat=True)
    assert not [text for text in mails if "Skjult" in text]
    assert "/done/" not in mail_to(cast.chair)


def test_what_becomes_restricted_before_the_mail_goes_out_does_not_go(
    cast: Cast, minutes: Minutes, mailbox: Mailbox
) -> None:
    work_off()
    mailbox.mails.clear()
    approve(cast, minutes)
    AgendaItem.objects.filter(title="Lys").update(
        classification=Classification.RESTRICTED, legal_basis="offl. § 13"
    )

    work_off()

    assert not mailbox.mails


def test_a_task_that_is_done_already_is_not_asked_for(cast: Cast, minutes: Minutes) -> None:
    Task.objects.filter(title="Bestille lamper").update(state=TaskState.DONE)

    approve(cast, minutes)

    assert "/done/" not in mail_to(cast.director)


def test_it_is_read_once_for_them_all(
    cast: Cast, minutes: Minutes, django_assert_max_num_queries: Any
) -> None:
    recipients = recipients_of(minutes.meeting, TODAY)

    said = everything_said(minutes)
    with django_assert_max_num_queries(7):
        in_mail = MinutesInMail(minutes.meeting, said, recipients)
        told = [in_mail.to(one.person) for one in recipients]

    assert [len(one.items) for one in told] == [1] * len(recipients)


def test_a_withheld_name_is_withheld_in_each_reader_s_own_language(
    cast: Cast, minutes: Minutes
) -> None:
    Person.objects.filter(pk=cast.director.person.pk).update(name_withheld=True)
    Person.objects.filter(pk=cast.station_chief.person.pk).update(language="nb")
    Person.objects.filter(pk=cast.police_member.person.pk).update(language="sv")

    approve(cast, minutes)

    assert f"Bestille lamper – {said_in('nb')}" in mail_to(cast.station_chief)
    assert f"Bestille lamper – {said_in('sv')}" in mail_to(cast.police_member)
    assert f"Bestille lamper – {said_in('en')}" in mail_to(cast.chair)


def said_in(language: str) -> str:
    with override(language):
        return gettext("Name withheld")
