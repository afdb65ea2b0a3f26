"""A person's details, absences, withheld name and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.meanwhile import enforce_seen
from samrad.kernel.verdict import Refused
from samrad.people import as_written
from samrad.people.actions.addresses import refuse_taken_address
from samrad.people.actions.appointments import close
from samrad.people.events import (
    ABSENCE_RECORDED,
    ABSENCE_SHORTENED,
    INVITATION_WITHDRAWN,
    MAIL_CHOSEN,
    NAME_SHOWN,
    NAME_WITHHELD,
    PERSON_CHANGED,
    PERSON_LEFT,
    PERSON_RETURNED,
)
from samrad.people.models import Absence, Appointment, ExplicitGrant, Person
from samrad.people.permissions import (
    may_change_own_details,
    may_change_person,
    may_choose_mail,
    may_record_absence,
    may_take_back,
    may_withhold_name,
)
from samrad.people.rules import Delivery, MailKind
from samrad.trail.api import record


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def change_person(
    *, person: Person, name: str, email: str, by: Actor, at: datetime, seen: str = ""
) -> None:
    """Correct a name, or the address that mail goes to. Signing in keeps its own address.

    An invitation that waits at an earlier address is withdrawn: somebody else may read it there.
    """
    person = _locked(person)
    may_change_person(by, person).enforce()
    enforce_seen(seen, as_written.of_person(person))
    is_new = email.lower() != person.email
    if name != person.name and person.name not in person.former_names.splitlines():
        person.former_names = "\n".join([*person.former_names.splitlines(), person.name])
    person.name, person.email = name, email.lower()
    if is_new:
        refuse_taken_address(person)
    person.save(update_fields=["name", "folded", "former_names", "email"])
    record(PERSON_CHANGED, about=person, by=by, at=at)
    if is_new:
        _withdraw_invitations(person, by=by, at=at)


def _withdraw_invitations(person: Person, *, by: Actor, at: datetime) -> None:
    waiting = person.invitations.waiting()
    if waiting.filter(expires_at__gt=at).exists():
        record(INVITATION_WITHDRAWN, about=person, by=by, at=at, person=person.name)
    waiting.update(withdrawn_at=at)


@transaction.atomic
def change_own_details(
    *, person: Person, phone: str, language: str, by: Actor, at: datetime
) -> None:
    """Change the telephone number others call and the language of mail and pages."""
    person = _locked(person)
    may_change_own_details(by, person).enforce()
    person.phone, person.language = phone, language
    person.save(update_fields=["phone", "language"])
    record(PERSON_CHANGED, about=person, by=by, at=at)


@transaction.atomic
def choose_language(*, person: Person, language: str, by: Actor, at: datetime) -> None:
    """The language of pages and mail, as it is chosen on any page."""
    person = _locked(person)
    may_change_own_details(by, person).enforce()
    if person.language == language:
        return
    person.language = language
    person.save(update_fields=["language"])
    record(PERSON_CHANGED, about=person, by=by, at=at)


@transaction.atomic
def choose_mail(
    *, person: Person, choices: Mapping[MailKind, Delivery], by: Actor, at: datetime
) -> None:
    """How mail of some kinds comes from now on; the other kinds stay as they were."""
    person = _locked(person)
    may_choose_mail(by, person).enforce()
    chosen = {kind.value: person.delivery_of(kind).value for kind in MailKind}
    chosen |= {kind.value: delivery.value for kind, delivery in choices.items()}
    kept = {kind: one for kind, one in chosen.items() if one != Delivery.AT_ONCE}
    if kept == person.mail_choices:
        return
    person.mail_choices = kept
    person.save(update_fields=["mail_choices"])
    record(MAIL_CHOSEN, about=person, by=by, at=at, **kept)


@transaction.atomic
def withhold_name(*, person: Person, withheld: bool, by: Actor, at: datetime) -> None:
    """Keep a name and unit away from public pages, exports and lists, or let it be shown (N6)."""
    person = _locked(person)
    may_withhold_name(by, person).enforce()
    if person.name_withheld == withheld:
        return
    person.name_withheld = withheld
    person.save(update_fields=["name_withheld"])
    record(NAME_WITHHELD if withheld else NAME_SHOWN, about=person, by=by, at=at)


@transaction.atomic
def record_absence(
    *, person: Person, from_date: date, to_date: date, by: Actor, at: datetime
) -> Absence:
    """Note that somebody is away; whoever comes next in a chain takes the calls meanwhile."""
    person = _locked(person)
    may_record_absence(by, person).enforce()
    if to_date < from_date:
        raise Refused(_("The last day lies before the first one."))
    if Absence.objects.filter(
        person=person, from_date__lte=to_date, to_date__gte=from_date
    ).exists():
        raise Refused(_("An absence in that time is recorded already."))
    absence = Absence.objects.create(person=person, from_date=from_date, to_date=to_date)
    record(
        ABSENCE_RECORDED, about=person, by=by, at=at,
        from_date=from_date.isoformat(), to_date=to_date.isoformat(),
    )  # fmt: skip
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, to_date: date, by: Actor, at: datetime) -> None:
    """Somebody is back earlier than planned: `to_date` was the last day away."""
    person = _locked(absence.person)
    may_record_absence(by, person).enforce()
    if to_date < absence.from_date:
        absence.delete()
    else:
        absence.to_date = to_date
        absence.save(update_fields=["to_date"])
    record(ABSENCE_SHORTENED, about=person, by=by, at=at, to_date=to_date.isoformat())


@transaction.atomic
def person_leaves(*, person: Person, left_date: date, by: Actor, at: datetime) -> None:
    """Somebody leaves for good: every role ends with that day, waiting invitations at once."""
    person = _locked(person)
    may_change_person(by, person).enforce()
    ahead = Appointment.objects.filter(person=person, from_date__gt=left_date)
    if ahead.exists():
        raise Refused(_("A role begins after that day. End it first."))
    open_ones = Appointment.objects.filter(person=person).meeting(left_date, None)
    for appointment in open_ones.select_related("organisation"):
        close(appointment, left_date)
    for grant in ExplicitGrant.objects.filter(person=person).meeting(left_date, None):
        grant.to_date = max(left_date, grant.from_date)
        grant.save(update_fields=["to_date"])
    person.invitations.waiting().update(withdrawn_at=at)
    person.left_date = left_date
    person.save(update_fields=["left_date"])
    record(PERSON_LEFT, about=person, by=by, at=at, left_date=left_date.isoformat())


@transaction.atomic
def person_returns(*, person: Person, by: Actor, at: datetime) -> None:
    """Somebody who left is here again, or stays after all; what they do here is given anew."""
    person = _locked(person)
    may_take_back(by, person).enforce()
    person.left_date = None
    person.save(update_fields=["left_date"])
    record(PERSON_RETURNED, about=person, by=by, at=at)
