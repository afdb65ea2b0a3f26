"""Asking the police, handing it over to their own system, and the answer that comes back (E4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.cooperation.models import Seat
from samrad.cooperation.rules import Side
from samrad.followup import events, letters
from samrad.followup.actions.holding import hold_decision_of
from samrad.followup.actions.letting_police_go import no_longer_ask
from samrad.followup.actions.reasons import needed
from samrad.followup.actions.tasks import report_task
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.followup.permissions import (
    is_responsible,
    may_answer_for_police,
    may_ask_police,
    may_hand_to_police,
    may_withdraw_request,
)
from samrad.followup.rules import WITH_THE_POLICE, PoliceState, TaskState
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.people.models import Organisation
from samrad.trail.api import record

NO_REFERENCE = _("Write the reference it has in the police's own system.")


@transaction.atomic
def ask_police(
    *, thing: Decision | Task, organisation: Organisation, wish: str, by: Actor, at: datetime
) -> PoliceRequest:
    """Ask a unit of the police that sits in the council to be present; its contact is told."""
    related = ("council", "decision") if isinstance(thing, Task) else ("council",)
    hold_decision_of(thing)
    thing = locked(thing, *related)
    may_ask_police(by, thing).enforce()
    if not normalise(wish):
        raise Refused(_("Say where and when the police are wanted, in a sentence."))
    if thing.police_requests.filter(state__in=WITH_THE_POLICE).exists():
        raise Refused(_("The police have been asked already, and have not answered yet."))
    seats = Seat.objects.on(day_of(at)).filter(council=thing.council_id, side=Side.POLICE)
    if not seats.filter(organisation=organisation).exclude(function="guest").exists():
        raise Refused(_("Only a unit of the police with a seat in the council can be asked."))
    if thing.is_restricted and not letters.those_asked(thing, organisation, on=day_of(at)):
        raise Refused(
            _(
                "Nobody who sits in the council for that unit may read this. Ask a unit of those it"
                " is for, or tell them in another way."
            )
        )
    request = PoliceRequest.objects.create(
        council=thing.council,
        decision=thing if isinstance(thing, Decision) else None,
        task=thing if isinstance(thing, Task) else None,
        organisation=organisation,
        wish=normalise(wish),
        asked_at=at,
        asked_by_id=by.person_id,
    )
    record(events.POLICE_ASKED, about=request, by=by, at=at, to=organisation.name)
    letters.tell_police(request, on=day_of(at))
    return request


def _locked(request: PoliceRequest) -> PoliceRequest:
    """The decision first, as whoever closes it does, and with it what is asked because of it."""
    hold_decision_of(request)
    return locked(request, "council", "decision", "task__decision", "asked_by")


@transaction.atomic
def hand_to_police(*, request: PoliceRequest, reference: str, by: Actor, at: datetime) -> None:
    """It stands in the police's own system now, under this reference."""
    request = _locked(request)
    may_hand_to_police(by, request).enforce()
    reference = normalise_line(reference)
    if not reference:
        raise Refused(NO_REFERENCE)
    request.state, request.reference = PoliceState.HANDED_OVER, reference
    request.handed_over_at, request.handed_over_by_id = at, by.person_id
    request.save(update_fields=["state", "reference", "handed_over_at", "handed_over_by"])
    record(events.POLICE_HANDED_OVER, about=request, by=by, at=at, reference=reference)


@transaction.atomic
def answer_for_police(
    *, request: PoliceRequest, to: PoliceState, answer: str, by: Actor, at: datetime
) -> None:
    """What came of it goes back to the council; a task of the one who answers is done with it."""
    request = _locked(request)
    may_answer_for_police(by, request, to).enforce()
    is_done = to == PoliceState.DONE
    request.answer = normalise(answer) if is_done else needed(answer)
    request.state, request.answered_at, request.answered_by_id = to, at, by.person_id
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    if is_done:
        record(events.POLICE_DONE, about=request, by=by, at=at)
    else:
        record(events.POLICE_NOT_POSSIBLE, about=request, by=by, at=at, reason=request.answer)
    task = request.task
    if is_done and task and task.is_open and is_responsible(by, task):
        task.council = request.council
        report_task(task=task, to=TaskState.DONE, note=request.answer, by=by, at=at)
    letters.tell_of_police_answer(request, on=day_of(at))


@transaction.atomic
def withdraw_request(*, request: PoliceRequest, by: Actor, at: datetime) -> None:
    """The council no longer asks, before anything has gone into the police's own system."""
    request = _locked(request)
    may_withdraw_request(by, request).enforce()
    no_longer_ask(request, by=by, at=at)
