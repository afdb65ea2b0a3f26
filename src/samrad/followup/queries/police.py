"""What waits for somebody at the police."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samrad.access.actor import Actor
from samrad.access.vocabulary import PERMISSIONS_OF, Permission
from samrad.cooperation.models import Seat
from samrad.cooperation.seats import FilledSeat
from samrad.documents.rules import Classification
from samrad.followup.models import Decision, PoliceRequest, Task
from samrad.people.models import Absence, Appointment
from samrad.profiles.reader import all_profiles

KEEPERS = sorted(
    str(role) for role, given in PERMISSIONS_OF.items() if Permission.RESTRICTED_KEEP in given
)


def readers_among(thing: Decision | Task, seats: Sequence[FilledSeat]) -> set[int]:
    """The keys of those persons in these seats who may read what is asked of the police.

    What is restricted is for who keeps such matters, for the seats it names and for whoever is to
    do it.
    """
    persons = {person.pk for one in seats for person in one.persons}
    if not thing.is_restricted:
        return persons
    named = set(thing.audience.values_list("pk", flat=True))
    found = {
        person.pk
        for one in seats
        if one.seat.pk in named or one.seat.function in KEEPERS
        for person in one.persons
    }
    responsible = thing.responsible_person_id if isinstance(thing, Task) else None
    return found | ({responsible} & persons if responsible else set())


def _reading(contacts: QuerySet[Seat], on: date) -> Q:
    """Requests that one of these seats may read: all that are not restricted."""
    kept = Q(function__in=KEEPERS)
    for model, one in ((Decision, "decision"), (Task, "task")):
        through: Any = model.audience.through
        named = {"seat_id": OuterRef("pk"), f"{one}_id": OuterRef(OuterRef(one))}
        kept |= Q(Exists(through.objects.filter(**named)))
    is_to_do_it = Appointment.objects.on(on).filter(
        organisation=OuterRef("organisation"),
        role=OuterRef("role"),
        person=OuterRef(OuterRef("task__responsible_person")),
    )
    kept |= Q(Exists(is_to_do_it))
    restricted = Q(decision__classification=Classification.RESTRICTED) | Q(
        task__classification=Classification.RESTRICTED
    )
    return Q(Exists(contacts)) & (~restricted | Q(Exists(contacts.filter(kept))))


def requests_waiting(actor: Actor, on: date) -> QuerySet[PoliceRequest]:
    """Those asked of a unit the actor works at, unless a police contact of it sits in the council.

    A place as contact that nobody holds, whose holder is away, or may not read what is asked, keeps
    nobody from answering.
    """
    roles = {profile.police_contact.role for profile in all_profiles()}
    held = (
        Appointment.objects.on(on)
        .filter(organisation=OuterRef("organisation"), role=OuterRef("role"))
        .exclude(person__in=Absence.objects.on(on).values("person"))
    )
    contacts = (
        Seat.objects.on(on)
        .filter(council=OuterRef("council"), organisation=OuterRef("organisation"), role__in=roles)
        .exclude(function="guest")
        .filter(Exists(held))
    )
    return (
        PoliceRequest.objects.visible_to(actor)
        .pending()
        .filter(organisation__in=actor.organisation_ids)
        .filter(Q(Exists(contacts.filter(pk__in=actor.seat_ids))) | ~_reading(contacts, on))
        .select_related("council", "decision", "task")
        .order_by("asked_at", "pk")
    )


def may_read_request(actor: Actor, ref: UUID) -> bool:
    """Whether a mail about a request may still go to this person."""
    return PoliceRequest.objects.visible_to(actor).filter(ref=ref).exists()
