"""Invitations, the accounts they lead to, and ending every session of an account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Role
from samrad.kernel.clock import day_of
from samrad.kernel.verdict import Refused
from samrad.people import letters
from samrad.people.actions.addresses import refuse_taken_address
from samrad.people.actions.roles import grant_role
from samrad.people.agencies import Agency
from samrad.people.events import (
    AGENCY_CONNECTED,
    INVITATION_ACCEPTED,
    INVITATION_WITHDRAWN,
    INVITED,
    PERSON_REGISTERED,
    SIGNED_OUT_EVERYWHERE,
)
from samrad.people.models import Appointment, Invitation, Organisation, Person, User
from samrad.people.models.accounts import new_session_seed
from samrad.people.permissions import (
    may_change_person,
    may_grant_role,
    may_invite,
    may_sign_out,
)
from samrad.people.queries.directory import works_within
from samrad.people.rules import INVITATION_LASTS, InvitationState
from samrad.profiles.reader import profile
from samrad.trail.api import record
from samrad.trail.events import Event

GONE = {
    InvitationState.ACCEPTED: _("This invitation has been used."),
    InvitationState.WITHDRAWN: _("This invitation was withdrawn."),
    InvitationState.EXPIRED: _("This invitation has expired."),
}


def digest_of(token: str) -> str:
    """How a link's token is kept: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(*, person: Person, by: Actor, at: datetime) -> Invitation:
    """Mail a link that works once; an earlier one stops working."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    may_invite(by, person, day_of(at)).enforce()
    person.invitations.waiting().update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=person.email,
        token_digest=digest_of(token),
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    invitation.url = settings.PUBLIC_URL + reverse("people:invitation", args=[token])
    letters.send(
        to=person,
        template="people/mail/invitation",
        context={
            "person": person.name,
            "inviter": by.label,
            "url": invitation.url,
            "days": INVITATION_LASTS.days,
        },
        about=invitation,
        language=_language_of(person),
    )
    record(INVITED, about=person, by=by, at=at, person=person.name)
    return invitation


@transaction.atomic
def invite_administrator(
    *, name: str, email: str, from_date: date, by: Actor, at: datetime
) -> Invitation:
    """Register somebody who runs the installation, and invite them: how a new one begins."""
    may_grant_role(by).enforce()
    person = Person(name=name, email=email.lower())
    refuse_taken_address(person)
    person.save()
    record(PERSON_REGISTERED, about=person, by=by, at=at)
    reason = str(_("Runs the installation."))
    grant_role(
        person=person, role=Role.ADMINISTRATOR, reason=reason, from_date=from_date, by=by, at=at
    )
    return invite_person(person=person, by=by, at=at)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """The link stops working."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    may_change_person(by, invitation.person).enforce()
    _refuse_unless_waiting(invitation, at)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(
        INVITATION_WITHDRAWN, about=invitation.person, by=by, at=at, person=invitation.person.name
    )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, at: datetime) -> User:
    """Make the invited person's account with a password of their own."""
    invitation = _usable(invitation, at)
    if invitation.person.user_id is not None:
        raise Refused(_("You have an account already. Sign in with it."))
    user = _new_account(invitation, password)
    _accept(invitation, at)
    return user


@transaction.atomic
def accept_through_agency(
    *, invitation: Invitation, agency: Agency, key: str, at: datetime
) -> User:
    """Bind what the agency calls the invited person to that person's account."""
    invitation = _usable(invitation, at)
    person = invitation.person
    organisation = Organisation.objects.filter(ref=agency.organisation).first()
    if organisation is None or not works_within(person, organisation, day_of(at)):
        raise Refused(_("This agency does not vouch for anybody who works where you do."))
    if SocialAccount.objects.filter(provider=agency.id, uid=key).exists():
        raise Refused(_("Somebody else signs in with this already."))
    user = person.user or _new_account(invitation, None)
    SocialAccount.objects.filter(user=user, provider=agency.id).delete()
    SocialAccount.objects.create(user=user, provider=agency.id, uid=key, extra_data={})
    _accept(invitation, at)
    record(
        AGENCY_CONNECTED, about=person, by=_as(person), at=at,
        person=person.name, agency=agency.name,
    )  # fmt: skip
    return user


@transaction.atomic
def sign_out_everywhere(*, person: Person, by: Actor, at: datetime) -> None:
    """End every session of the person's account, on every machine."""
    may_sign_out(by, person).enforce()
    User.objects.filter(person=person).update(session_seed=new_session_seed())
    record(SIGNED_OUT_EVERYWHERE, about=person, by=by, at=at)


def note_about_account(*, user: User, event: Event, at: datetime) -> None:
    """Somebody changed how they sign in: it stands in their history."""
    person = Person.objects.filter(user=user).first()
    if person is not None:
        record(event, about=person, by=_as(person), at=at)


def _usable(invitation: Invitation, at: datetime) -> Invitation:
    """The invitation, locked, if it can still be accepted."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person__user")
        .get(pk=invitation.pk)
    )
    _refuse_unless_waiting(invitation, at)
    went_elsewhere = invitation.email.lower() != invitation.person.email.lower()
    if went_elsewhere or invitation.person.has_left_by(day_of(at)):
        raise Refused(GONE[InvitationState.WITHDRAWN])
    return invitation


def _refuse_unless_waiting(invitation: Invitation, at: datetime) -> None:
    state = invitation.state_at(at)
    if state != InvitationState.WAITING:
        raise Refused(GONE[state])


def _new_account(invitation: Invitation, password: str | None) -> User:
    """An account with the address the invitation was sent to, which the link has proven."""
    email = invitation.email.lower()
    if User.objects.filter(email=email).exists():
        raise Refused(_("Another account has this e-mail address. Ask an administrator."))
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Person.objects.filter(pk=invitation.person_id).update(user=user)
    return user


def _accept(invitation: Invitation, at: datetime) -> None:
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    invitation.person.invitations.waiting().update(withdrawn_at=at)
    person = invitation.person
    record(INVITATION_ACCEPTED, about=person, by=_as(person), at=at, person=person.name)


def _language_of(person: Person) -> str:
    """The person's own language, or that of the country where they are appointed."""
    if person.language:
        return person.language
    countries = Appointment.objects.filter(person=person).order_by("-from_date", "-pk")
    country = countries.values_list("organisation__country", flat=True).first()
    return profile(country).languages[0] if country else ""


def _as(person: Person) -> Actor:
    """The person as the one who did it, before there is an account to act with."""
    return Actor(label=person.name, person_id=person.pk, person_ref=person.ref)
