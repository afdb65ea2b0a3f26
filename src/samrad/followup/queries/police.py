"""What waits for somebody at the police."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samrad.access.actor import Actor
from samrad.cooperation.models import Seat
from samrad.followup.models import PoliceRequest
from samrad.people.models import Absence, Appointment
from samrad.profiles.reader import all_profiles


def requests_waiting(actor: Actor, on: date) -> QuerySet[PoliceRequest]:
    """Those asked of a unit the actor works at, unless a police contact of it sits in the council.

    A place as contact that nobody holds, or whose holder is away, keeps nobody from answering.
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
        .filter(Q(Exists(contacts.filter(pk__in=actor.seat_ids))) | ~Q(Exists(contacts)))
        .select_related("council", "decision", "task")
        .order_by("asked_at", "pk")
    )


def may_read_request(actor: Actor, ref: UUID) -> bool:
    """Whether a mail about a request may still go to this person."""
    return PoliceRequest.objects.visible_to(actor).filter(ref=ref).exists()
