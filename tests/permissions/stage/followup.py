"""Decisions and tasks of each classification, and what the police are asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samrad.documents.rules import Classification
from samrad.followup.actions import (
    ask_later,
    ask_police,
    give_task,
    hand_to_police,
    make_binding,
    put_forward,
    take_decision,
)
from samrad.followup.models import PoliceRequest
from tests.cast import NOON, TODAY, Cast

BASIS = "politiregisterloven § 27"


def decisions(cast: Cast, seat: Any) -> dict[str, Any]:
    """Binding ones of each classification, and tasks of the member and of others."""
    by = cast.secretary.actor

    def decided(text: str, classification: Classification, **more: Any) -> Any:
        decision = take_decision(
            council=cast.council, text=text, decided_date=TODAY,
            classification=classification, by=by, at=NOON, **more,
        )  # fmt: skip
        put_forward(decisions=[decision], by=by, at=NOON)
        make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
        return decision

    def task(person: Any, **more: Any) -> Any:
        return give_task(
            council=cast.council, title="Oppgave", person=person, by=by, at=NOON, **more
        )

    def asked(thing: Any) -> Any:
        return ask_police(
            thing=thing, organisation=cast.no.station, wish="Fredag kveld", by=by, at=NOON
        )

    restricted = {"legal_basis": BASIS, "audience": [seat]}
    handed_over = asked(task(cast.chair.person))
    hand_to_police(request=handed_over, reference="PO-1", by=cast.police_member.actor, at=NOON)
    late = task(cast.police_member.person, deadline_date=TODAY + timedelta(days=9))
    wish = ask_later(
        task=late, wanted_date=TODAY + timedelta(days=30), reason="Venter på deler",
        by=cast.police_member.actor, at=NOON,
    )  # fmt: skip
    return {
        "asked": asked(decided("Åpent vedtak med politi", Classification.OPEN)),
        "handed_over": PoliceRequest.objects.get(pk=handed_over.pk),
        "unit_task": task(None, organisation=cast.no.station),
        "open_decision": decided("Åpent vedtak", Classification.OPEN),
        "internal_decision": decided("Internt vedtak", Classification.INTERNAL),
        "restricted_decision": decided("Skjermet", Classification.RESTRICTED, **restricted),
        "task": task(cast.police_member.person),
        "dated_task": task(cast.police_member.person, deadline_date=TODAY + timedelta(days=9)),
        "wish": wish,
        "others_task": task(cast.station_chief.person),
        "restricted_task": task(
            cast.chair.person, classification=Classification.RESTRICTED, legal_basis=BASIS
        ),
    }
