"""What is asked of the police reaches somebody who may read it, and is called off in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samrad.documents.rules import Classification
from samrad.followup.actions import (
    close_decision,
    hand_to_police,
    report_task,
    withdraw_request,
)
from samrad.followup.models import Decision
from samrad.followup.rules import DecisionState, TaskState
from samrad.kernel.verdict import Refused
from samrad.people.models import Appointment
from samrad.post.api import Message
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.followup.test_the_police import asked, mails, waits_for
from tests.followup.test_the_register import BASIS, settled, task

pytestmark = pytest.mark.django_db


def restricted_to(cast: Cast, *roles: str) -> Decision:
    return settled(
        cast, "Skjermet tiltak", classification=Classification.RESTRICTED, legal_basis=BASIS,
        audience=list(cast.council.seats.filter(role__in=roles)),
    )  # fmt: skip


def test_what_only_the_station_chief_may_read_goes_to_the_station_chief(
    cast: Cast,
) -> None:
    asked(cast, restricted_to(cast, "mayor", "station_chief"))

    told = Message.objects.filter(about_kind="police_request")
    assert [one.address for one in told] == [cast.station_chief.person.email]
    assert waits_for(cast.station_chief) == ["Asked of the police: Til fots på fredager."]
    assert waits_for(cast.police_member) == []


def test_a_task_of_who_was_the_contact_before_waits_for_whoever_has_the_task(cast: Cast) -> None:
    before = cast.station_chief.person
    station, day = cast.no.station, TODAY - timedelta(days=400)
    contact = cast.police_member.appointment
    assert contact is not None
    Appointment.objects.create(
        person=before, organisation=station, role=contact.role,
        from_date=day, to_date=day + timedelta(days=100),
    )  # fmt: skip
    restricted: Any = {"classification": Classification.RESTRICTED, "legal_basis": BASIS}
    audience = list(cast.council.seats.filter(role="mayor"))

    asked(cast, task(cast, "Gå dit", person=before, audience=audience, **restricted))

    assert Message.objects.get(about_kind="police_request").address == before.email
    assert len(waits_for(cast.station_chief)) == 1


def test_where_nobody_at_the_unit_may_read_it_the_secretary_is_told_so(cast: Cast) -> None:
    decision = restricted_to(cast, "mayor")

    with pytest.raises(Refused, match="may read this"):
        asked(cast, decision)

    assert not decision.police_requests.exists()


def test_a_request_taken_back_is_told_to_whoever_was_asked(cast: Cast) -> None:
    request = asked(cast, settled(cast, "Politiet går innom."))
    withdraw_request(request=request, by=cast.secretary.actor, at=NOON)

    assert mails("police_withdrawn") == {cast.police_member.person.email}


@pytest.mark.parametrize("how", ["dropped", "task"])
def test_what_is_closed_is_no_longer_asked_also_once_it_stands_in_their_system(
    cast: Cast, client: Any, how: str
) -> None:
    thing: Any = (
        settled(cast, "Politiet går innom.")
        if how == "dropped"
        else task(cast, "Gå dit", person=cast.director.person)
    )
    request = asked(cast, thing)
    hand_to_police(request=request, reference="PO 7", by=cast.police_member.actor, at=NOON)
    by = cast.secretary.actor
    if how == "dropped":
        close_decision(decision=thing, to=DecisionState.DROPPED, reason="Ikke nå.", by=by, at=NOON)
    else:
        report_task(task=thing, to=TaskState.DROPPED, note="Ikke nå.", by=by, at=NOON)

    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert mails("police_withdrawn") == {cast.police_member.person.email}
    page = signed_in(client, cast.police_member).get(thing.get_absolute_url()).content.decode()
    assert "No longer asked for" in page
