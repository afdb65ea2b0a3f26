"""Who holds which role where, and what happens when that changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import SYSTEM, Actor
from samrad.kernel.clock import today
from samrad.kernel.verdict import Refused
from samrad.people import handover
from samrad.people.actions.addresses import refuse_taken_address
from samrad.people.events import (
    APPOINTED,
    APPOINTMENT_ENDED,
    HANDED_OVER,
    HOLDER_REPLACED,
    PERSON_REGISTERED,
)
from samrad.people.models import Appointment, Organisation, Person
from samrad.people.permissions import may_appoint, may_end_appointment, may_replace_holder
from samrad.people.rules import day_before
from samrad.profiles.reader import profile
from samrad.trail.api import record


@transaction.atomic
def appoint(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    from_date: date,
    by: Actor,
    at: datetime,
    to_date: date | None = None,
    title: str = "",
) -> Appointment:
    """Let a person hold a role at an organisation from a day on."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    may_appoint(by, person, organisation, role).enforce()
    appointment = _begin(
        person=person,
        organisation=organisation,
        role=role,
        from_date=from_date,
        to_date=to_date,
        title=title,
    )
    record(APPOINTED, about=appointment, by=by, at=at, **_told(appointment))
    return appointment


@transaction.atomic
def register_person(
    *,
    name: str,
    organisation: Organisation,
    role: str,
    from_date: date,
    by: Actor,
    at: datetime,
    email: str = "",
    phone: str = "",
    language: str = "",
    to_date: date | None = None,
    title: str = "",
) -> Appointment:
    """Add somebody new together with the role that brings them here."""
    person = Person(name=name, email=email.lower(), phone=phone, language=language)
    may_appoint(by, person, organisation, role).enforce()
    refuse_taken_address(person)
    person.save()
    record(PERSON_REGISTERED, about=person, by=by, at=at)
    return appoint(
        person=person,
        organisation=organisation,
        role=role,
        from_date=from_date,
        to_date=to_date,
        title=title,
        by=by,
        at=at,
    )


@transaction.atomic
def end_appointment(*, appointment: Appointment, to_date: date, by: Actor, at: datetime) -> None:
    """Let a role end with a day; access goes with it."""
    appointment = _locked(appointment)
    may_end_appointment(by, appointment).enforce()
    close(appointment, to_date)
    record(APPOINTMENT_ENDED, about=appointment, by=by, at=at, **_told(appointment))


@transaction.atomic
def replace_holder(
    *,
    appointment: Appointment,
    person: Person,
    from_date: date,
    by: Actor,
    at: datetime,
    title: str = "",
) -> Appointment:
    """Let `person` follow in the role: one act ends one appointment and begins the next.

    Seats follow because they belong to the role; what the apps above registered is handed over on
    the first day of the new holder.
    """
    before = _locked(appointment)
    may_replace_holder(by, before, person).enforce()
    if from_date <= before.from_date:
        raise Refused(_("The new holder must begin after the one before."))
    if before.to_date is None or before.to_date >= from_date:
        close(before, day_before(from_date))
    after = _begin(
        person=person,
        organisation=before.organisation,
        role=before.role,
        from_date=from_date,
        title=title,
        succeeds=before,
    )
    told = {**_told(after), "before": before.person.name}
    record(HOLDER_REPLACED, about=after, by=by, at=at, **told)
    if from_date <= today():
        _hand_over(after, by=by, at=at)
    return after


@transaction.atomic
def register_successor(
    *,
    appointment: Appointment,
    name: str,
    email: str,
    phone: str,
    from_date: date,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Let somebody who is not here yet follow in the role."""
    person = Person(name=name, email=email.lower(), phone=phone)
    may_replace_holder(by, appointment, person).enforce()
    refuse_taken_address(person)
    person.save()
    record(PERSON_REGISTERED, about=person, by=by, at=at)
    return replace_holder(appointment=appointment, person=person, from_date=from_date, by=by, at=at)


@transaction.atomic
def hand_over_due(*, on: date, at: datetime) -> int:
    """Hand over for every change of holder that was recorded ahead and whose day has come."""
    waiting = Appointment.objects.filter(
        succeeds__isnull=False, handed_over_at=None, from_date__lte=on
    )
    due = list(waiting.select_related("person", "organisation", "succeeds__person").order_by("pk"))
    for after in due:
        _hand_over(after, by=SYSTEM, at=at)
    return len(due)


def close(appointment: Appointment, to_date: date) -> None:
    """Set the last day, within the span the appointment has: nothing ended comes back this way."""
    refuse_to_prolong(appointment.from_date, appointment.to_date, to_date)
    appointment.to_date = to_date
    appointment.save(update_fields=["to_date"])


def refuse_to_prolong(first: date, last: date | None, to_date: date) -> None:
    """An end may be brought forward; going on for longer is to be given the role anew."""
    if to_date < first:
        raise Refused(_("The last day lies before the first one."))
    if last is not None and to_date > last:
        raise Refused(_("An end can only be brought forward. To go on, give the role anew."))


def _hand_over(after: Appointment, *, by: Actor, at: datetime) -> None:
    before = after.succeeds
    if before is None:
        return
    handover.run(before=before, after=after, by=by, at=at)
    after.handed_over_at = at
    after.save(update_fields=["handed_over_at"])
    told = {**_told(after), "before": before.person.name}
    record(HANDED_OVER, about=after, by=by, at=at, **told)


def _begin(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    from_date: date,
    to_date: date | None = None,
    title: str = "",
    succeeds: Appointment | None = None,
) -> Appointment:
    """A new appointment, unless the person would hold the same role twice on some day."""
    if to_date is not None and to_date < from_date:
        raise Refused(_("The last day lies before the first one."))
    if person.has_left_by(from_date):
        raise Refused(_("This person has left."))
    same = Appointment.objects.filter(person=person, organisation=organisation, role=role)
    if same.meeting(from_date, to_date).exists():
        raise Refused(_("This person holds the role already in that time."))
    return Appointment.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        title=title,
        from_date=from_date,
        to_date=to_date,
        succeeds=succeeds,
    )


def _locked(appointment: Appointment) -> Appointment:
    """The appointment as it stands now, with its organisation locked against other changes."""
    Organisation.objects.select_for_update().get(pk=appointment.organisation_id)
    return Appointment.objects.select_related("person", "organisation").get(pk=appointment.pk)


def _told(appointment: Appointment) -> dict[str, Any]:
    """What sentences about an appointment use; the role in the country's own word."""
    country = profile(appointment.organisation.country)
    return {
        "person": appointment.person.name,
        "role": appointment.title
        or country.role(appointment.role).name.in_language(country.languages[0]),
        "organisation": appointment.organisation.name,
        "from_date": appointment.from_date.isoformat(),
        "to_date": appointment.to_date.isoformat() if appointment.to_date else "",
    }
