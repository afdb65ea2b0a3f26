"""What the council asks of the police goes into their own system, and the answer comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.followup.actions import (
    answer_for_police,
    ask_police,
    hand_to_police,
    report_task,
    withdraw_request,
)
from samrad.followup.attention import waiting_for
from samrad.followup.models import PoliceRequest, Task
from samrad.followup.rules import NEXT_POLICE_STATES, PoliceState, TaskState
from samrad.kernel.verdict import Refused
from samrad.people.actions.persons import record_absence
from samrad.post.api import Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.followup.test_the_register import BASIS, settled, task

pytestmark = pytest.mark.django_db


def asked(cast: Cast, thing: Any) -> PoliceRequest:
    return ask_police(
        thing=thing, organisation=cast.no.station, wish="Til fots på fredager.",
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def waits_for(who: Any) -> list[str]:
    """What of it stands on somebody's home page."""
    waiting = waiting_for(who.actor, TODAY)
    return [one.title for one in waiting if one.url.endswith("#police")]


def mails(template: str) -> set[str]:
    found = Message.objects.filter(template=f"followup/mail/{template}")
    return set(found.values_list("address", flat=True))


def test_a_decision_goes_to_the_police_and_comes_back_done(cast: Cast) -> None:
    decision = settled(cast, "Politiet går innom på fredager.")
    request = asked(cast, decision)
    police = cast.police_member.actor

    assert mails("police_asked") == {cast.police_member.person.email}
    assert waits_for(cast.police_member) == ["Asked of the police: Til fots på fredager."]
    assert waits_for(cast.station_chief) == waits_for(cast.chair) == []

    hand_to_police(request=request, reference="PO 114", by=police, at=NOON)
    answer_for_police(
        request=request, to=PoliceState.DONE, answer="Tre fredager.", by=police, at=NOON
    )

    request.refresh_from_db()
    assert (request.state, request.reference) == ("done", "PO 114")
    assert mails("police_answered") == {cast.secretary.person.email}
    assert waits_for(cast.police_member) == []
    assert event_codes_of(request) == [
        "police_request.asked", "police_request.handed_over", "police_request.done",
    ]  # fmt: skip


def test_where_nobody_is_police_contact_it_waits_for_all_who_sit_for_the_unit(cast: Cast) -> None:
    appointment = cast.police_member.appointment
    assert appointment is not None
    appointment.delete()
    asked(cast, task(cast, "Gå innom", person=cast.director.person))

    assert waits_for(cast.station_chief) == ["Asked of the police: Til fots på fredager."]


def test_while_the_police_contact_is_away_all_who_sit_for_the_unit_are_asked(cast: Cast) -> None:
    contact, chief = cast.police_member, cast.station_chief
    record_absence(person=contact.person, from_date=TODAY, to_date=TODAY, by=contact.actor, at=NOON)
    asked(cast, settled(cast, "Politiet går innom på fredager."))

    assert mails("police_asked") == {contact.person.email, chief.person.email}
    assert len(waits_for(chief)) == len(waits_for(contact)) == 1


def test_what_is_not_possible_takes_a_reason(cast: Cast) -> None:
    request = asked(cast, settled(cast, "Patrulje hver kveld."))
    with pytest.raises(Refused, match="Say why"):
        answer_for_police(
            request=request, to=PoliceState.NOT_POSSIBLE, answer=" ",
            by=cast.police_member.actor, at=NOON,
        )  # fmt: skip
    answer_for_police(
        request=request, to=PoliceState.NOT_POSSIBLE, answer="Det er for få på vakt.",
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    assert asked(cast, request.thing).state == PoliceState.ASKED, "and may be asked for again"


def test_the_task_of_whoever_answers_is_done_with_the_answer(cast: Cast) -> None:
    own = task(cast, "Gå innom", person=cast.police_member.person)
    others = task(cast, "Ringe rundt", person=cast.director.person)
    for thing in (own, others):
        request = asked(cast, thing)
        hand_to_police(request=request, reference="1", by=cast.police_member.actor, at=NOON)
        answer_for_police(
            request=request, to=PoliceState.DONE, answer="Gjort.",
            by=cast.police_member.actor, at=NOON,
        )  # fmt: skip
    states = {one.title: one.state for one in Task.objects.all()}
    assert states == {"Gå innom": TaskState.DONE, "Ringe rundt": TaskState.OPEN}


def test_nobody_asks_twice_nor_takes_back_what_lies_in_their_system(cast: Cast) -> None:
    decision = settled(cast, "Patrulje.")
    request = asked(cast, decision)
    with pytest.raises(Refused, match="asked already"):
        asked(cast, decision)
    hand_to_police(request=request, reference="1", by=cast.police_member.actor, at=NOON)
    with pytest.raises(Refused, match="dealt with"):
        withdraw_request(request=request, by=cast.secretary.actor, at=NOON)
    assert set(NEXT_POLICE_STATES) == set(PoliceState)


def test_what_is_restricted_goes_as_a_link_to_whoever_it_is_for(cast: Cast) -> None:
    seat = cast.council.seats.get(role="police_contact")
    decision = settled(
        cast, "Skjermet tiltak", classification=Classification.RESTRICTED, legal_basis=BASIS,
        audience=[seat],
    )  # fmt: skip
    request = asked(cast, decision)

    mail = Message.objects.get(person=cast.police_member.person)
    assert "Skjermet" not in mail.subject + mail.text
    seen = PoliceRequest.objects.filter(pk=request.pk)
    readers = [cast.chair, cast.secretary, cast.police_member, cast.station_chief, cast.director]
    assert [seen.visible_to(one.actor).exists() for one in readers] == [  # type: ignore[attr-defined]
        True, True, True, False, False,
    ]  # fmt: skip


def test_the_page_takes_it_the_whole_way(cast: Cast, client: Client) -> None:
    decision = settled(cast, "Politiet går innom på fredager.")
    url = reverse("followup:ask_police_for_decision", args=[decision.ref])
    form = {"police-unit": str(cast.no.station.ref), "police-wish": "Fredag kveld ved stasjonen."}
    assert (
        signed_in(client, cast.secretary).post(url, {**form, "police-wish": ""}).status_code == 422
    )
    assert client.post(url, form).status_code == 302

    request = decision.police_requests.get()
    hand = reverse("followup:hand_over", args=[request.ref])
    answer = reverse("followup:answer_for_police", args=[request.ref])
    signed_in(client, cast.police_member)
    assert "PO (" in client.get(decision.get_absolute_url()).content.decode()
    assert client.post(hand, {"reference-reference": ""}).status_code == 422
    assert client.post(hand, {"reference-reference": "PO 114"}).status_code == 302
    lacking = {"answer-to": "not_possible", "answer-answer": ""}
    assert client.post(answer, lacking).status_code == 422
    assert client.post(answer, {"answer-to": "done", "answer-answer": "Gjort."}).status_code == 302
    assert (
        "PO 114" in signed_in(client, cast.chair).get(decision.get_absolute_url()).content.decode()
    )


def test_who_was_told_and_who_handed_it_over_hear_that_it_is_asked_no_longer(cast: Cast) -> None:
    record_absence(
        person=cast.police_member.person, from_date=TODAY, to_date=TODAY,
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    given = task(cast, "Gå innom", person=cast.director.person)
    request = asked(cast, given)
    were_asked = mails("police_asked")
    hand_to_police(request=request, reference="PO 1", by=cast.station_chief.actor, at=NOON)
    cast.police_member.person.absences.all().delete()

    report_task(task=given, to=TaskState.DONE, by=cast.director.actor, at=NOON)

    assert cast.station_chief.person.email in were_asked
    assert mails("police_withdrawn") >= were_asked | {cast.police_member.person.email}


def test_a_task_the_unit_itself_reports_is_done_by_the_police(cast: Cast) -> None:
    given = task(cast, "Gå innom", person=cast.station_chief.person)
    request = asked(cast, given)

    report_task(task=given, to=TaskState.DONE, note="Gjort.", by=cast.station_chief.actor, at=NOON)

    request.refresh_from_db()
    assert (request.state, request.answer) == ("done", "Gjort.")
    assert mails("police_withdrawn") == set()


def test_a_request_for_a_loose_task_is_answered_with_the_task_held_first(cast: Cast) -> None:
    """As whoever reports on the task does: the second one waits, and neither for the other."""
    request = asked(cast, task(cast, "Gå innom", person=cast.police_member.person))
    request = PoliceRequest.objects.get(pk=request.pk)
    by = cast.police_member.actor
    hand_to_police(request=request, reference="PO 1", by=by, at=NOON)
    request = PoliceRequest.objects.select_related("task").get(pk=request.pk)

    with CaptureQueriesContext(connection) as read:
        answer_for_police(request=request, to=PoliceState.DONE, answer="", by=by, at=NOON)

    first = next(one["sql"] for one in read if one["sql"].startswith("SELECT"))
    assert 'FROM "followup_task"' in first
